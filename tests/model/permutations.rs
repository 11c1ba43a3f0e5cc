//! The reports of one order may overtake each other: they come from several sessions and drop
//! copies. Whatever their order, and when each comes twice, the end is the same: executed
//! quantity and value, Σ of the executions, position, commissions, realised + unrealised money.
//!
//! The histories are the conformance cases that are made of venue reports. Left out, because a
//! contract makes them meaningless:
//! - A report before the request that was made before it, and an answer to a request after the
//!   next request: nobody answers what was not asked, and nobody asks again before the answer.
//!   (A request may be refused where executions that the venue took back are still counted.)
//! - Of case 27 the same id with another quantity: the first that comes is the fact.
//! - Case 28, two totals of the venue that contradict each other: the first that comes is booked.
//! - Executions reported with and without the venue's total for one gap: only a report with a
//!   total can be told from a further execution.
//! - Two corrections of one execution of which neither names the other: the last to come counts.
//! - Case 30 at unequal prices: an execution that never comes stays at its estimate, and which
//!   lots are estimated depends on what came before.

use oms_core::engine::{Engine, Poll};
use oms_core::event::{Command, Event};
use oms_core::num::{Lots, Money, Ticks};
use oms_core::order::{OrderCancel, OrderReplace, OrderSubmit, VenueReport};
use oms_core::status::Request;
use oms_core::store::Id;

use crate::calls::Rng;
use crate::rig::{calm, define, free, head, quote, with_engine};

#[derive(Clone, Copy, Debug)]
enum Step {
    Cancel,
    Replace(i64, i64),
    /// Of the venue, in any order.
    Report(VenueReport),
    /// The answer to the last request: before the next one.
    Answer(VenueReport),
}

use Step::{Cancel, Replace};

fn told(report: u8) -> VenueReport {
    VenueReport { report, ..VenueReport::EMPTY }
}

fn plain(report: u8) -> Step {
    Step::Report(told(report))
}

fn answer(report: u8) -> Step {
    Step::Answer(told(report))
}

fn execution(report: u8, exec_id: u64, qty: i64, price: i64) -> VenueReport {
    let commission = Money(exec_id as i64);
    let (qty, price) = (Lots(qty), Ticks(price));
    VenueReport { exec_id, qty, price, commission, ..told(report) }
}

fn fill(exec: u64, qty: i64, price: i64) -> Step {
    Step::Report(execution(3, exec, qty, price))
}

/// With the venue's total and its average price in tenths of a tick.
fn total(exec: u64, qty: i64, price: i64, cum: i64, tenths: i64) -> Step {
    Step::Report(VenueReport {
        venue_cum: Lots(cum),
        venue_avg: Ticks(tenths / 10),
        venue_avg_frac: tenths % 10 * 100_000_000,
        ..execution(3, exec, qty, price)
    })
}

fn correct(exec: u64, of: u64, qty: i64, price: i64) -> Step {
    Step::Report(VenueReport { ref_exec_id: of, ..execution(10, exec, qty, price) })
}

fn bust(of: u64) -> Step {
    Step::Report(VenueReport { ref_exec_id: of, ..told(9) })
}

fn changed(report: u8, qty: i64, price: i64) -> VenueReport {
    VenueReport { qty: Lots(qty), price: Ticks(price), ..told(report) }
}

fn snapshot(order_status: u8, cum: i64, tenths: i64) -> Step {
    Step::Report(VenueReport {
        order_status,
        venue_cum: Lots(cum),
        venue_avg: Ticks(tenths / 10),
        venue_avg_frac: tenths % 10 * 100_000_000,
        ..told(16)
    })
}

/// Number of the case, and what happens after NEW was handed out; quantity 10000.
fn histories() -> Vec<(&'static str, Vec<Step>)> {
    let ack = plain(1);
    let replaced = |qty, price| Step::Answer(changed(6, qty, price));
    let (a, b) = (fill(1, 2000, 100), fill(2, 3000, 101));
    vec![
        ("1", vec![ack, a, b, fill(3, 5000, 99)]),
        ("2", vec![fill(1, 4000, 100), ack]),
        ("3", vec![fill(1, 10_000, 100), ack]),
        ("5", vec![ack, a, Cancel, b, fill(3, 1000, 102), answer(4)]),
        ("6", vec![ack, a, Cancel, b, fill(3, 1000, 102), answer(5)]),
        ("7", vec![ack, a, Cancel, b, fill(3, 5000, 102), answer(5)]),
        ("8", vec![Cancel, answer(4), ack]),
        ("12", {
            let (c, d) = (fill(2, 100, 99), fill(3, 10_900, 103));
            vec![ack, fill(1, 1000, 100), Replace(12_000, 100), c, replaced(12_000, 100), d]
        }),
        ("13", vec![ack, Replace(10_000, 105), fill(1, 10_000, 104), answer(7)]),
        ("14", {
            let (c, d, e) = (fill(2, 500, 99), fill(3, 100, 98), fill(4, 6400, 103));
            let acked = replaced(8000, 100);
            vec![ack, fill(1, 1000, 100), Replace(8000, 100), c, d, acked, e]
        }),
        ("15", vec![ack, Replace(7000, 100), fill(1, 7000, 100), replaced(7000, 100)]),
        ("16", vec![ack, Replace(7000, 100), fill(1, 8000, 100), replaced(7000, 100)]),
        ("17", {
            let first = [ack, Replace(11_000, 101), replaced(11_000, 101), a];
            [&first[..], &[Replace(12_000, 102), replaced(12_000, 102), b]].concat()
        }),
        ("19", vec![ack, Replace(11_000, 103), a, Cancel, replaced(11_000, 103), answer(4)]),
        ("20", vec![ack, a, plain(4)]),
        ("21", vec![ack, a, Step::Report(changed(11, 6000, 100)), b]),
        ("22", vec![ack, a, plain(4), b]),
        ("24", vec![ack, fill(1, 3000, 100), plain(4)]),
        ("25", {
            let (c, d) = (fill(1, 1000, 100), fill(2, 9000, 110));
            let (f, g) = (correct(3, 2, 9000, 100), fill(4, 1000, 120));
            let (h, k) = (correct(5, 3, 9000, 120), correct(6, 5, 9500, 120));
            let acked = replaced(12_000, 100);
            vec![ack, c, d, bust(1), f, g, h, Replace(12_000, 100), acked, k]
        }),
        ("25, the chain", {
            let (d, f) = (fill(2, 9000, 110), correct(3, 2, 9000, 100));
            vec![d, f, correct(5, 3, 9000, 120), correct(6, 5, 9500, 120), ack]
        }),
        ("25, the chain busted", {
            let (d, f) = (fill(2, 9000, 110), correct(3, 2, 8000, 100));
            vec![d, f, correct(5, 3, 7000, 120), bust(5), fill(7, 100, 90)]
        }),
        ("26", vec![ack, fill(1, 5000, 50), Cancel, answer(4), bust(1), fill(2, 4000, 51)]),
        ("29", vec![ack, total(1, 2000, 50, 2000, 500), total(2, 3000, 51, 5000, 506)]),
        ("29, three", {
            let (c, d) = (total(1, 2000, 50, 2000, 500), total(2, 3000, 51, 5000, 506));
            vec![ack, c, d, total(3, 1000, 53, 6000, 510)]
        }),
        ("29, and a snapshot", {
            let (c, d) = (total(1, 2000, 50, 2000, 500), total(2, 3000, 51, 5000, 506));
            vec![ack, c, d, snapshot(3, 5000, 506)]
        }),
        ("30", {
            let (c, d) = (total(1, 2000, 50, 2000, 500), total(2, 1000, 50, 9000, 500));
            vec![ack, c, d]
        }),
        ("31", vec![ack, fill(1, 6000, 100), fill(2, 6000, 101)]),
        ("32", vec![ack, plain(8), fill(3, 10, 100), a]),
        ("33", vec![plain(2), fill(1, 10, 100), fill(2, 20, 101)]),
        ("34", vec![ack, Cancel, fill(1, 10_000, 100), answer(4)]),
        ("35", vec![ack, a, plain(8)]),
        ("37", vec![plain(18), plain(18), plain(18), ack, a]),
        ("suspended", vec![ack, plain(12), a, plain(13), plain(14), b]),
    ]
}

/// Everything that must not depend on the order of arrival.
#[derive(Debug, PartialEq, Eq)]
struct End {
    cum: i64,
    notional: i128,
    /// Σ of the executions that count: lots, value.
    executions: (i64, i128),
    position: i64,
    order_commission: i64,
    commission: i64,
    money: i128,
}

struct Venue<'e, 'a> {
    engine: &'e mut Engine<'a>,
    order: Id,
    requests: u64,
}

impl Venue<'_, '_> {
    fn submit(&mut self, client_id: u64, buy: bool) {
        let r = OrderSubmit {
            header: head::<OrderSubmit>(2),
            client_id,
            qty: Lots(10_000),
            price: Ticks(100),
            side: if buy { 1 } else { 2 },
            order_type: 2,
            time_in_force: 1,
            ..OrderSubmit::EMPTY
        };
        self.order = self.engine.order_submit(&r).unwrap().order;
        assert!(!self.order.is_none());
        self.poll();
    }

    fn poll(&mut self) {
        let r = Poll { max_commands: 8, max_events: 256, ..Poll::EMPTY };
        let (mut commands, mut events) = ([Command::default(); 8], vec![Event::EMPTY; 256]);
        self.engine.poll(&r, &mut commands, &mut events).unwrap();
    }

    fn take(&mut self, step: Step, twice: bool) {
        self.requests += 1;
        let (order, request_id) = (self.order, self.requests);
        match step {
            // The venue may have ended it before we ask.
            Cancel => {
                let r = OrderCancel { order, request_id, ..OrderCancel::EMPTY };
                let _may_be_refused = self.engine.order_cancel(&r);
            }
            Replace(qty, price) => {
                let (qty, price) = (Lots(qty), Ticks(price));
                let r = OrderReplace { order, request_id, qty, price, ..OrderReplace::EMPTY };
                let _may_be_refused = self.engine.order_replace(&r);
            }
            Step::Report(r) | Step::Answer(r) => {
                let r = VenueReport { header: head::<VenueReport>(3), order, ..r };
                for _ in 0..=u8::from(twice) {
                    let taken = self.engine.venue_report(&r);
                    assert!(taken.is_ok(), "{taken:?}: {step:?}");
                }
            }
        }
        self.poll();
        assert_eq!(self.engine.audit(), Ok(()));
    }

    fn end(&self) -> End {
        let order = self.engine.order_get(self.order, 0).unwrap();
        let symbol = self.engine.symbol_get(0).unwrap();
        let account = self.engine.account_get();
        let all = (0..).map_while(|back| self.engine.execution_recent(back).ok());
        let own = all.filter(|e| e.order == self.order && e.busted == 0 && e.superseded_by == 0);
        let executions = own
            .fold((0, 0), |(qty, value), e| (qty + e.applied_qty.0, value + i128::from(e.value)));
        let money = i128::from(account.realised_exact) + i128::from(account.unrealised_exact);
        End {
            cum: order.cum_qty.0,
            notional: order.notional.into(),
            executions,
            position: symbol.long_qty.0 - symbol.short_qty.0,
            order_commission: order.commission.0,
            commission: account.commission.0,
            money,
        }
    }
}

/// Where it happens: the symbol's flags, and lots sold before.
const PLACES: [(u32, i64); 4] = [(0, 0), (0, 4500), (0, 50_000), (1, 0)];

fn run(steps: &[Step], place: (u32, i64), twice: bool) -> End {
    with_engine(&calm(), |engine| {
        let tick = oms_core::num::Decimal::new(1, -6);
        engine.symbol_define(&define(1, b'A', place.0, tick)).unwrap();
        engine.limits_set(&free(1, 0)).unwrap();
        engine.quote(&quote(1, 0, 107, 107)).unwrap();
        let mut venue = Venue { engine, order: Id::NONE, requests: 0 };
        if place.1 > 0 {
            venue.submit(1, false);
            venue.take(fill(99, place.1, 103), false);
        }
        venue.submit(2, true);
        for &step in steps {
            venue.take(step, twice);
        }
        if twice {
            for &step in steps {
                if matches!(step, Step::Report(_)) {
                    venue.take(step, false);
                }
            }
        }
        venue.end()
    })
}

/// Whether nothing comes before what it follows from.
fn possible(steps: &[Step], order: &[usize]) -> bool {
    let is_request = |n: usize| matches!(steps[n], Cancel | Replace(..));
    let fixed = |n: usize| is_request(n) || matches!(steps[n], Step::Answer(_));
    order.iter().enumerate().all(|(at, &n)| {
        order[..at].iter().all(|&earlier| {
            // Later in history, but arrived earlier.
            let overtook = earlier > n;
            let asked = is_request(n) || (fixed(n) && fixed(earlier));
            !overtook || !asked
        })
    })
}

/// All orders of n things.
fn all_orders(n: usize) -> Vec<Vec<usize>> {
    let Some(last) = n.checked_sub(1) else { return vec![Vec::new()] };
    let shorter = all_orders(last);
    let with = |order: &Vec<usize>, at: usize| {
        let mut order = order.clone();
        order.insert(at, last);
        order
    };
    shorter.iter().flat_map(|order| (0..n).map(move |at| with(order, at))).collect()
}

fn random_orders(rng: &mut Rng, steps: &[Step]) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    while found.len() < 500 {
        let mut order: Vec<_> = (0..steps.len()).collect();
        // Neighbours change places: every possible order is reached.
        for _ in 0..60 {
            let at = rng.below(steps.len() as u64 - 1) as usize;
            order.swap(at, at + 1);
            if !possible(steps, &order) {
                order.swap(at, at + 1);
            }
        }
        found.push(order);
    }
    found
}

/// Executions, corrections of each one's last correction, and busts by any of its ids.
fn random_history(rng: &mut Rng) -> Vec<Step> {
    let mut steps = Vec::new();
    // The ids of each execution; none once it is busted.
    let mut chains: Vec<Vec<u64>> = Vec::new();
    let count = 3 + rng.below(3);
    for id in 1..=count {
        let (qty, price) = (rng.range(1, 4) * 1000, rng.range(95, 105));
        let at = rng.below(1 + chains.len() as u64) as usize;
        let Some(chain) = chains.get_mut(at).filter(|chain| !chain.is_empty()) else {
            chains.push(vec![id]);
            steps.push(fill(id, qty, price));
            continue;
        };
        if rng.chance(35) {
            steps.push(bust(chain[rng.below(chain.len() as u64) as usize]));
            chain.clear();
        } else {
            steps.push(correct(id, *chain.last().unwrap(), qty, price));
            chain.push(id);
        }
    }
    steps
}

/// What differs, for the first order of arrival that does.
fn differs(steps: &[Step], orders: &[Vec<usize>], runs: &mut u64) -> Option<String> {
    for place in PLACES {
        let wanted = run(steps, place, false);
        for order in orders {
            let arrived: Vec<_> = order.iter().map(|&n| steps[n]).collect();
            for twice in [false, true] {
                *runs += 1;
                let found = run(&arrived, place, twice);
                if found != wanted {
                    let how = format!("at {place:?}, {order:?}, twice {twice}");
                    return Some(format!("{how}:\n  {wanted:?}\n  {found:?}"));
                }
            }
        }
    }
    None
}

#[test]
fn arrival_does_not_matter() {
    let mut rng = Rng(7);
    let mut wrong = Vec::new();
    let mut runs = 0;
    for (case, steps) in histories() {
        let orders = if steps.len() <= 6 {
            let all = all_orders(steps.len()).into_iter();
            all.filter(|order| possible(&steps, order)).collect()
        } else {
            random_orders(&mut rng, &steps)
        };
        let found = differs(&steps, &orders, &mut runs);
        wrong.extend(found.map(|text| format!("case {case} {text}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(runs > 20_000, "{runs} runs");
}

#[test]
fn arrival_of_chains_does_not_matter() {
    for seed in 0..150 {
        let steps = random_history(&mut Rng(seed));
        let found = differs(&steps, &all_orders(steps.len()), &mut 0);
        assert_eq!(found, None, "seed {seed}: {steps:?}");
    }
}
