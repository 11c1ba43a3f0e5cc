//! Every check at its limit, one beyond it, off, and under a replace.
#![forbid(unsafe_code)]

mod deals;
mod sequences;
mod state;

use super::*;
use crate::market::{Limits, Market, Spec, Symbol};
use crate::num::{Lots, Ticks};
use crate::order::{Bracket, Terms, Trail};
use crate::position::Totals;
use crate::status::{Check, Hold, LimitFlag, OrderFlag, OrderType, Side, SymbolFlag, TradingState};
use crate::store::Id;

const OPEN: Limits = Limits::OFF;

/// One symbol, quoted 99 / 101, and what the gate is asked.
struct Desk {
    symbol: Symbol,
    exposure: Exposure,
    scope: Scope,
    net_qty: i64,
    last_client_id: Option<u64>,
    proposal: Proposal,
}

impl Desk {
    fn new(side: Side, order_type: OrderType) -> Self {
        let (bid, ask) = (Ticks(99), Ticks(101));
        let market = Market { bid, ask, is_quoted: true, stamp: Nanos(5), ..Market::default() };
        let priced = |wanted: bool, price: i64| Ticks(if wanted { price } else { 0 });
        let terms = Terms {
            client_id: 1,
            qty: Lots(10),
            price: priced(order_type.has_price(), 100),
            side,
            order_type,
            ..Terms::EMPTY
        };
        Self {
            symbol: Symbol { limits: OPEN, market, ..Symbol::EMPTY },
            exposure: Exposure::EMPTY,
            scope: Scope { limits: ScopeLimits::OFF, ..Scope::new(&QUIET) },
            net_qty: 0,
            last_client_id: None,
            proposal: Proposal {
                terms,
                asked: Lots(10),
                shared: Lots::ZERO,
                uncut: Lots(10),
                meeting: None,
                parent: Parentage::NONE,
                children: 0,
                replaces: None,
                target: None,
                client_id_taken: false,
                own: false,
                has_room: true,
            },
        }
    }

    fn terms(&mut self) -> &mut Terms {
        &mut self.proposal.terms
    }

    fn qty(&mut self, qty: i64) {
        self.terms().qty = Lots(qty);
        self.proposal.asked = Lots(qty);
    }

    fn with_gate<R>(&self, ask: impl FnOnce(&Gate<'_, '_>) -> R) -> R {
        let mut memory = [Nanos::ZERO; 4];
        let none = SequenceMemory {
            times: &mut [],
            noted: &mut [],
            repeats: &mut [],
            book_times: &mut [],
            book_noted: &mut [],
            book_repeats: &mut [],
            recent: &mut [],
            resting: &mut [],
            nodes: &mut [],
        };
        let mut ring = RateRing::new(&mut memory);
        ring.close(&self.scope.breaker);
        ask(&Gate {
            symbol: Some(&self.symbol),
            limits: &self.symbol.limits,
            exposure: &self.exposure,
            totals: &Totals::EMPTY,
            net_qty: self.net_qty,
            leaf: Leaf { place: LeafPlace::Root(&self.exposure), net_qty: self.net_qty },
            scope: &self.scope,
            number: 0,
            is_own: true,
            trading: TradingState::Active,
            rates: Rates::Root(&ring),
            sequences: &Sequences::new(none, 0),
            books: &Books::new(&mut [], &mut [], 0),
            book: None,
            rates_hold: false,
            rates_begin: false,
            last_client_id: self.last_client_id,
            now: Nanos(10),
        })
    }

    fn verdict(&self) -> Verdict {
        let value = value(&self.symbol, &self.proposal.terms).unwrap();
        self.with_gate(|gate| {
            let mut word = Word::new();
            evaluate(gate, &self.proposal, value, &mut word);
            word.verdict()
        })
    }

    fn passes(&self) {
        assert_eq!(self.verdict().mask, 0, "{:?}", self.verdict());
    }

    /// It is denied by this check alone.
    fn fails(&self, check: Check, unit: Unit, limit: i64, observed: i64) {
        let verdict = self.verdict();
        assert_eq!(verdict.mask, bit(check), "{verdict:?}");
        let shown = (verdict.first, verdict.unit, verdict.limit, verdict.observed);
        assert_eq!(shown, (check.raw(), unit.raw(), limit, observed));
    }

    /// It is a replace of an order with this much working.
    fn replaces(&mut self, working: i64, cum: i64, in_place: bool) {
        let (working, cum) = (Lots(working), Lots(cum));
        self.proposal.replaces = Some(Replaced { slot: 0, working, cum, in_place, probe: 0 });
    }
}

fn wrong(desk: &Desk) {
    desk.fails(Check::Fields, Unit::None, 0, 0);
}

mod fields {
    use super::*;

    #[test]
    fn stops_lie_beyond_the_market_and_targets_before_it() {
        use OrderType::{Stop, StopLimit, TakeProfit, TakeProfitLimit};
        let cases = [
            (Side::Buy, [Stop, StopLimit], 101, 102, 101),
            (Side::Sell, [Stop, StopLimit], 99, 98, 99),
            (Side::Buy, [TakeProfit, TakeProfitLimit], 101, 100, 101),
            (Side::Sell, [TakeProfit, TakeProfitLimit], 99, 100, 99),
        ];
        for (side, types, reached, beyond, market) in cases {
            for order_type in types {
                let mut desk = Desk::new(side, order_type);
                desk.terms().stop_price = Ticks(beyond);
                desk.passes();
                desk.terms().stop_price = Ticks(reached);
                desk.fails(Check::Fields, Unit::Ticks, market, reached);
                desk.symbol.market.is_quoted = false;
                desk.passes();
                desk.terms().stop_price = Ticks::ZERO;
                desk.fails(Check::Fields, Unit::Ticks, 0, 0);
            }
        }
    }

    #[test]
    fn each_type_has_its_prices() {
        for order_type in OrderType::ALL.iter().copied() {
            let mut desk = Desk::new(Side::Buy, order_type);
            desk.symbol.market.is_quoted = false;
            if order_type.has_stop_price() {
                desk.terms().stop_price = Ticks(102);
            }
            if order_type == OrderType::TrailingStop {
                desk.terms().trail.offset = Ticks(1);
            }
            desk.passes();
            let price = Ticks(if order_type.has_price() { 0 } else { 7 });
            let good = core::mem::replace(&mut desk.terms().price, price);
            desk.fails(Check::Fields, Unit::Ticks, 0, price.0);
            desk.terms().price = good;
            let stop = Ticks(if order_type.has_stop_price() { -3 } else { 8 });
            desk.terms().stop_price = stop;
            desk.fails(Check::Fields, Unit::Ticks, 0, stop.0);
        }
    }

    #[test]
    fn a_trailing_stop_has_one_distance() {
        let mut desk = Desk::new(Side::Sell, OrderType::TrailingStop);
        let mut ask = |offset: i64, ratio: i64| {
            desk.terms().trail = Trail { offset: Ticks(offset), ratio: Ratio(ratio) };
            let verdict = desk.verdict();
            (verdict.mask, verdict.unit, verdict.limit, verdict.observed)
        };
        let good = (0, 0, 0, 0);
        let bad = |unit: Unit, observed| (1, unit.raw(), 1, observed);
        assert_eq!(ask(1, 0), good);
        assert_eq!(ask(0, 1), good);
        assert_eq!(ask(0, Ratio::ONE - 1), good);
        assert_eq!(ask(0, Ratio::ONE), bad(Unit::Ratio, Ratio::ONE));
        assert_eq!(ask(0, 0), bad(Unit::Ratio, 0));
        assert_eq!(ask(0, -1), bad(Unit::Ratio, -1));
        assert_eq!(ask(-1, 0), bad(Unit::Ticks, -1));
        assert_eq!(ask(5, 5), bad(Unit::Ticks, 5));
        let mut limit = Desk::new(Side::Sell, OrderType::Limit);
        limit.terms().trail.ratio = Ratio(9);
        limit.fails(Check::Fields, Unit::Ratio, 1, 9);
    }

    #[test]
    fn times_are_to_come() {
        let mut desk = Desk::new(Side::Buy, OrderType::Limit);
        desk.terms().timeout_at = Nanos(11);
        desk.passes();
        desk.terms().timeout_at = Nanos(10);
        desk.fails(Check::Fields, Unit::Nanos, 10, 10);
    }

    #[test]
    fn a_venue_holds_stops_only() {
        let mut desk = Desk::new(Side::Buy, OrderType::Limit);
        desk.terms().hold = Hold::Venue;
        wrong(&desk);
        desk = Desk::new(Side::Buy, OrderType::StopLimit);
        desk.terms().stop_price = Ticks(102);
        desk.terms().hold = Hold::Venue;
        desk.passes();
        desk.terms().flags = OrderFlag::PostOnly.raw();
        wrong(&desk);
    }

    #[test]
    fn a_bracket_lies_around_the_entry() {
        let bracket =
            |stop: i64, target: i64| Bracket { stop_loss: Ticks(stop), take_profit: Ticks(target) };
        let fits = |side, order_type: OrderType, stop_price: i64, levels: (i64, i64)| {
            let mut desk = Desk::new(side, order_type);
            desk.terms().stop_price = Ticks(stop_price);
            desk.terms().bracket = bracket(levels.0, levels.1);
            desk.verdict().mask == 0
        };
        use OrderType::{Limit, Market, Stop};
        // A limit order at 100, a stop at 105 or 95, the market at 101 (buy) or 99 (sell).
        for (side, kind, stop, entry) in
            [(Side::Buy, Limit, 0, 100), (Side::Buy, Stop, 105, 105), (Side::Buy, Market, 0, 101)]
        {
            assert!(fits(side, kind, stop, (entry - 1, entry + 1)));
            assert!(fits(side, kind, stop, (0, entry + 1)) && fits(side, kind, stop, (1, 0)));
            assert!(!fits(side, kind, stop, (entry, 0)) && !fits(side, kind, stop, (0, entry)));
        }
        for (kind, stop, entry) in [(Limit, 0, 100), (Stop, 95, 95), (Market, 0, 99)] {
            assert!(fits(Side::Sell, kind, stop, (entry + 1, entry - 1)));
            assert!(!fits(Side::Sell, kind, stop, (entry, 0)));
            assert!(!fits(Side::Sell, kind, stop, (0, entry)));
            assert!(!fits(Side::Sell, kind, stop, (0, -1)));
        }
        let mut desk = Desk::new(Side::Sell, Market);
        desk.terms().bracket = bracket(500, 1);
        desk.passes();
        desk.net_qty = 50;
        desk.terms().flags = OrderFlag::ReduceOnly.raw();
        wrong(&desk);
        desk.terms().flags = 0;
        desk.terms().bracket = bracket(1, 500);
        wrong(&desk);
        // Before the first quote nobody knows where the market is.
        desk.symbol.market.is_quoted = false;
        desk.passes();
    }
}

mod prices {
    use super::*;

    fn stop_limit(side: Side, price: i64, stop_price: i64) -> Desk {
        let mut desk = Desk::new(side, OrderType::StopLimit);
        desk.terms().price = Ticks(price);
        desk.terms().stop_price = Ticks(stop_price);
        desk
    }

    #[test]
    fn a_stop_is_valued_at_its_own_prices() {
        let worth = |desk: &Desk| value(&desk.symbol, &desk.proposal.terms).unwrap().unwrap().0;
        assert_eq!(worth(&stop_limit(Side::Buy, 130, 120)), 1_300);
        assert_eq!(worth(&stop_limit(Side::Buy, 110, 120)), 1_200);
        let mut desk = Desk::new(Side::Buy, OrderType::Stop);
        desk.terms().stop_price = Ticks(150);
        assert_eq!(worth(&desk), 1_500);
        desk.symbol.limits.notional_max = Money(1_500);
        desk.passes();
        desk.symbol.limits.notional_max = Money(1_499);
        desk.fails(Check::Notional, Unit::Money, 1_499, 1_500);
        desk = Desk::new(Side::Buy, OrderType::TrailingStop);
        assert_eq!(worth(&desk), 1_010);
    }

    #[test]
    fn a_limit_is_held_against_its_own_trigger_price() {
        let mut desk = stop_limit(Side::Buy, 125, 120);
        desk.symbol.limits.collar_ticks = Ticks(5);
        desk.passes();
        desk.terms().price = Ticks(126);
        desk.fails(Check::Collar, Unit::Ticks, 125, 126);
        desk.symbol.market.is_quoted = false;
        desk.fails(Check::Collar, Unit::Ticks, 125, 126);
        let mut desk = stop_limit(Side::Sell, 75, 80);
        desk.symbol.limits.collar_ticks = Ticks(5);
        desk.passes();
        desk.terms().price = Ticks(74);
        desk.fails(Check::Collar, Unit::Ticks, 75, 74);
        let mut desk = Desk::new(Side::Buy, OrderType::Stop);
        desk.terms().stop_price = Ticks(100_000);
        desk.symbol.limits.collar_ticks = Ticks(5);
        desk.passes();
    }

    #[test]
    fn trigger_prices_lie_on_the_grid() {
        let mut desk = stop_limit(Side::Buy, 120, 115);
        desk.symbol.limits.price_step = Ticks(5);
        desk.passes();
        desk.terms().stop_price = Ticks(116);
        desk.fails(Check::Increment, Unit::Ticks, 5, 116);
        desk.terms().price = Ticks(121);
        desk.fails(Check::Increment, Unit::Ticks, 5, 121);
    }
}

mod counts {
    use super::*;

    #[test]
    fn working_orders_of_one_side() {
        let mut desk = Desk::new(Side::Buy, OrderType::Limit);
        (desk.exposure.buys, desk.exposure.sells) = (2, 9);
        desk.symbol.limits.open_orders_max = 3;
        desk.passes();
        desk.symbol.limits.open_orders_max = 2;
        desk.fails(Check::OpenOrders, Unit::Count, 2, 3);
        desk.replaces(10, 0, true);
        desk.passes();
        desk.proposal.replaces = None;
        desk.symbol.limits.open_orders_max = OFF;
        desk.scope.open_orders = 11;
        desk.scope.limits.0.open_orders_max = 12;
        desk.passes();
        desk.scope.limits.0.open_orders_max = 11;
        desk.fails(Check::OpenOrders, Unit::Count, 11, 12);
    }

    #[test]
    fn working_lots_of_one_side() {
        let mut desk = Desk::new(Side::Buy, OrderType::Limit);
        (desk.exposure.buy, desk.exposure.sell) = (20, 999);
        desk.symbol.limits.open_qty_max = Lots(30);
        desk.passes();
        desk.symbol.limits.open_qty_max = Lots(29);
        desk.fails(Check::OpenOrders, Unit::Lots, 29, 30);
        // In place the new quantity counts alone, on its way the larger one.
        desk.replaces(20, 5, true);
        desk.qty(35);
        desk.symbol.limits.open_qty_max = Lots(30);
        desk.passes();
        desk.qty(36);
        desk.fails(Check::OpenOrders, Unit::Lots, 30, 31);
        desk.replaces(20, 5, false);
        desk.qty(6);
        desk.symbol.limits.open_qty_max = Lots(19);
        desk.fails(Check::OpenOrders, Unit::Lots, 19, 20);
        desk.symbol.limits.open_qty_max = Lots(0);
        desk.fails(Check::OpenOrders, Unit::Lots, 0, 20);
    }

    #[test]
    fn positions_of_a_net_symbol() {
        let mut desk = Desk::new(Side::Buy, OrderType::Limit);
        desk.symbol.limits.positions_max = 1;
        desk.passes();
        desk.symbol.limits.positions_max = 0;
        desk.fails(Check::Positions, Unit::Count, 0, 1);
        // One that is open, or on its way, is there already.
        desk.exposure.claims = 1;
        desk.passes();
        desk.exposure.claims = 0;
        desk.symbol.limits.positions_max = OFF;
        (desk.scope.claims, desk.scope.limits.0.positions_max) = (4, 5);
        desk.passes();
        desk.scope.limits.0.positions_max = 4;
        desk.fails(Check::Positions, Unit::Count, 4, 5);
    }

    #[test]
    fn positions_of_a_hedged_symbol() {
        let mut desk = Desk::new(Side::Buy, OrderType::Limit);
        let spec = desk.symbol.spec;
        desk.symbol.spec = Spec { flags: SymbolFlag::Hedged.raw(), ..spec };
        desk.exposure.claims = 3;
        desk.symbol.limits.positions_max = 4;
        desk.passes();
        desk.symbol.limits.positions_max = 3;
        desk.fails(Check::Positions, Unit::Count, 3, 4);
        desk.replaces(10, 0, true);
        desk.passes();
        desk.proposal.replaces = None;
        desk.terms().position = Id(77);
        desk.passes();
    }

    #[test]
    fn client_ids_rise() {
        let mut desk = Desk::new(Side::Buy, OrderType::Limit);
        desk.terms().client_id = 8;
        desk.last_client_id = Some(7);
        desk.passes();
        desk.last_client_id = Some(8);
        desk.fails(Check::ClientId, Unit::Count, 8, 8);
        desk.last_client_id = None;
        desk.passes();
        desk.proposal.client_id_taken = true;
        desk.last_client_id = Some(8);
        desk.fails(Check::ClientId, Unit::None, 0, 0);
    }
}

mod reducing {
    use super::*;

    fn reducer(position: i64, others: i128, qty: i64) -> Desk {
        let mut desk = Desk::new(Side::Sell, OrderType::Limit);
        desk.terms().flags = OrderFlag::ReduceOnly.raw();
        desk.net_qty = position;
        desk.exposure.sell = others;
        desk.qty(qty);
        desk
    }

    #[test]
    fn never_beyond_the_position() {
        reducer(30, 20, 10).passes();
        reducer(30, 20, 11).fails(Check::ReduceOnly, Unit::Lots, 30, 31);
        reducer(-30, 0, 1).fails(Check::ReduceOnly, Unit::Lots, 0, 1);
        let mut desk = reducer(30, 30, 35);
        desk.replaces(20, 15, true);
        desk.passes();
        desk.qty(36);
        desk.fails(Check::ReduceOnly, Unit::Lots, 30, 31);
    }

    #[test]
    fn partners_count_once() {
        // The partner has 20 of the 20 that work.
        let mut desk = reducer(30, 20, 30);
        desk.proposal.shared = Lots(20);
        desk.passes();
        desk.symbol.limits.open_qty_max = Lots(30);
        desk.symbol.limits.short_max = Lots(0);
        desk.passes();
        desk.qty(31);
        let verdict = desk.verdict();
        assert_eq!((verdict.limit, verdict.observed), (0, 1));
        for check in [Check::Position, Check::OpenOrders, Check::ReduceOnly] {
            assert!(verdict.fails(check));
        }
        assert_eq!(desk.with_gate(|gate| reduction_room(&gate.leaf, &desk.proposal)), Lots(30));
        // Of a pair of 20 and 25 that works as 25, the larger one changes.
        let mut desk = reducer(30, 25, 30);
        desk.proposal.shared = Lots(20);
        desk.replaces(25, 0, true);
        desk.passes();
        desk.qty(31);
        desk.fails(Check::ReduceOnly, Unit::Lots, 30, 31);
    }

    #[test]
    fn room_is_what_others_leave() {
        let room = |position, others| {
            let desk = reducer(position, others, 1);
            desk.with_gate(|gate| reduction_room(&gate.leaf, &desk.proposal)).0
        };
        assert_eq!((room(30, 0), room(30, 29), room(30, 30), room(30, 31)), (30, 1, 0, 0));
        assert_eq!((room(0, 0), room(-5, 0)), (0, 0));
    }

    #[test]
    fn a_close_finds_something() {
        let both = OrderFlag::ReduceOnly.raw() | OrderFlag::ClosePosition.raw();
        let mut desk = reducer(30, 10, 0);
        desk.terms().flags = both;
        desk.symbol.limits.qty_min = Lots(1);
        desk.symbol.limits.notional_max = Money(0);
        // What is held here is told its quantity later.
        desk.terms().order_type = OrderType::TrailingStop;
        desk.terms().trail.offset = Ticks(1);
        desk.terms().price = Ticks::ZERO;
        desk.passes();
        desk.net_qty = 0;
        desk.exposure.sell = 0;
        desk.fails(Check::ReduceOnly, Unit::Lots, 0, 0);
        desk.net_qty = 30;
        desk.terms().hold = Hold::Venue;
        desk.exposure.sell = 30;
        desk.fails(Check::ReduceOnly, Unit::Lots, 30, 30);
        desk.proposal.asked = Lots(4);
        desk.terms().qty = Lots(4);
        desk.symbol.limits.notional_max = Money(OFF);
        let verdict = desk.verdict();
        assert_eq!((verdict.first, verdict.limit, verdict.observed), (0, 0, 4));
    }

    #[test]
    fn the_flag_of_the_limits_is_the_engines_affair() {
        let mut desk = reducer(30, 20, 11);
        desk.symbol.limits.flags |= LimitFlag::ReduceClamp.raw();
        desk.fails(Check::ReduceOnly, Unit::Lots, 30, 31);
    }
}

#[test]
fn a_position_by_hand_is_judged_by_few() {
    let mut desk = Desk::new(Side::Buy, OrderType::Limit);
    desk.symbol.limits.notional_max = Money(0);
    desk.symbol.limits.open_orders_max = 0;
    desk.symbol.limits.collar_ticks = Ticks(0);
    desk.last_client_id = Some(99);
    let judge = |desk: &Desk| {
        desk.with_gate(|gate| {
            let mut word = Word::new();
            evaluate_hand(gate, &desk.proposal, &mut word);
            word.verdict().mask
        })
    };
    assert_eq!(judge(&desk), 0);
    desk.symbol.limits.qty_max = Lots(9);
    desk.symbol.limits.long_max = Lots(9);
    desk.symbol.limits.positions_max = 0;
    desk.symbol.limits.flags |= LimitFlag::Disabled.raw();
    desk.proposal.has_room = false;
    desk.terms().price = Ticks::ZERO;
    let all = [
        Check::Fields,
        Check::Symbol,
        Check::Qty,
        Check::Position,
        Check::Positions,
        Check::Capacity,
    ];
    assert_eq!(judge(&desk), all.into_iter().map(bit).sum::<u64>());
}
