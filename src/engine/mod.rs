//! The engine: four doors in (orders, venue, market, clock), one door out (poll). The only
//! mutator.
//!
//! A call validates, then lets time pass, then does its work to the end: it succeeds whole or
//! changes nothing. Follow an order: `orders.rs` (submit), `held.rs` (waits here for a price),
//! `poll.rs` (handed out), `reports.rs` (what the venue says), `executions.rs` (each booked once),
//! `fills.rs` (positions and money), `closes.rs` (stops and targets), `deadlines.rs` (what the
//! clock ends). Every change of an order goes through `change.rs`.
//!
//! Executions that are taken back: `busts.rs` (which), `undo.rs` (how); of unknown orders:
//! `foreign.rs`. Orders that belong together: `links.rs`, `bracket.rs`, `reducers.rs`. Without
//! orders of this run: `adopt.rs` (orders), `hand.rs` (positions). Against the venue's books:
//! `reconcile.rs`.
#![forbid(unsafe_code)]

mod adopt;
mod audit;
mod audit_books;
mod audit_full;
mod audit_kills;
mod audit_values;
mod audit_venue;
mod awaited;
mod bars;
mod books;
mod bracket;
mod breakers;
mod burst;
mod busts;
mod change;
mod claims;
mod clearings;
mod clock;
mod close_burst;
mod closes;
mod conditions;
mod config;
mod control;
mod counts;
mod deadlines;
mod executions;
mod fills;
mod flatten;
mod folds;
mod foreign;
mod found;
mod full_folds;
mod full_gate;
mod groups;
mod hand;
mod held;
mod judge;
mod kill_switch;
mod links;
mod mass_cancel;
mod measure;
mod memory;
mod order_log;
mod orders;
mod parents;
mod pieces;
mod plain;
mod plain_arm;
mod plain_deal;
mod plain_fill;
mod plain_note;
mod plain_report;
mod poll;
mod pump;
mod quotes;
mod reads;
mod reconcile;
mod records;
mod records_sim;
mod reducers;
mod reports;
mod scopes;
mod self_trade;
mod sequences;
mod symbols;
#[cfg(test)]
mod tests;
mod triggers;
mod undo;
mod values;
mod views;
mod warn;

pub use audit::AuditReport;
pub use config::{Capacity, Config};
pub use groups::{GroupSet, GroupView};
pub use kill_switch::KillSwitch;
pub use memory::{Memory, Storage};
pub use orders::Submitted;
#[cfg(feature = "capi")]
pub(crate) use plain::Word;
pub use poll::Polled;
#[cfg(feature = "capi")]
pub(crate) use quotes::Calm;
pub use records::{CashAdjust, Control, Drain, MassCancel, Poll, Timer};
pub use records_sim::{FeesSet, SimulationSet};
pub use views::TableView;

use core::sync::atomic as sync;
use full_folds::Folding;

use crate::event::{Event, EventLog};
use crate::exec::{Desk, Dispatch, Statistics};
use crate::market::{Place, Symbols};
use crate::num::{Money, Nanos, TickLots};
use crate::order::{Executions, Orders};
use crate::position::{Account, Positions};
use crate::risk::{
    Band, Books, Counters, Exposure, Path, RateRing, Reconcile, Scope, ScopeFold, ScopeRoom,
    Scopes, Sequences, Worth,
};
use crate::status::{ConfigField, Status, SymbolFlag};
use crate::store::{Hash64, at};
use crate::trigger::Triggers;
use clearings::Freed;
use values::Looks;

/// An order-management and risk engine over lent memory.
pub struct Engine<'a> {
    config: Config,
    now: Nanos,
    /// Before this time the clock alone changes nothing; 0 when that is not known, and while the
    /// whole firm is being cleared.
    idle_until: Nanos,
    /// When the next session begins; meaningless while `idle_until` is not known.
    session_end: Nanos,
    /// The same as `idle_until` while the band is open: quotes may be calm; else 0.
    quiet_until: Nanos,
    /// Where the breaker lets the equity move.
    band: Band,
    /// The symbols, and what is reserved in each.
    symbols: Symbols<'a, Exposure>,
    orders: Orders<'a>,
    executions: Executions<'a>,
    positions: Positions<'a>,
    triggers: Triggers<'a>,
    scopes: Scopes<'a>,
    books: Books<'a>,
    /// Times of the last orders, of the root.
    rates: RateRing<'a>,
    sequences: Sequences<'a>,
    /// Scopes that count requests and executions: derived.
    counting: u32,
    /// Scopes that count cancels, with these or by themselves: derived.
    watching: u32,
    /// What the root scope comes to for plain orders: derived.
    root: ScopeFold,
    /// What it leaves for one more LIMIT order that is judged by more: derived.
    root_room: ScopeRoom,
    account: Account,
    /// Equity at the session's start.
    session_equity: Money,
    dispatch: Dispatch,
    /// What came of the orders that were handed out.
    statistics: Statistics<'a>,
    /// The simulated venue, in the modes that have one; away while it is being talked to.
    desk: Option<&'a mut Desk<'a>>,
    events: EventLog<'a>,
    kill: &'a KillSwitch,
    /// For people.
    counters: Counters,
    /// Highest client id of the caller's that was accepted.
    last_client_id: u64,
    /// Orders accepted so far: the number of the last one.
    submitted: u64,
    /// Requests the engine made itself: client ids and request ids come of it.
    own_requests: u64,
    /// Kills so far.
    kills: u64,
    /// Orders up to this number are to be cancelled by the kill in force; 0 without one.
    killed_through: u64,
    /// The number of the last kill before the walk over the orders that is under way.
    walk_began: u64,
    /// Places that are being cleared. Derived.
    clearings: u32,
    /// What has become free since people were told where nothing is left.
    freed: Freed,
    /// Whether another walk over the positions follows the one that is under way.
    walk_again: bool,
    /// What is left of limits follows at the end of what is being done. Between calls: no.
    folds: Folding,
    /// Books of scopes that make reduce-only orders as large as fits.
    clamping: u32,
    /// The walk under way tries positions again whose close came to nothing.
    walk_retries: bool,
    /// Whether a position waits for the clock to be closed.
    flatten_stalled: bool,
    /// The number of the session, from 1.
    session: u32,
    /// Whether the limits of a scope look at values, and at leverage. Derived.
    looks: Looks,
    /// Symbols whose values are counted.
    counted: u32,
    /// What the order that is about to change is counted with, tick-lots.
    noted: TickLots,
    /// Whether a timer was too short for all that was due.
    deadlines_left: bool,
    /// The venue's books held against ours.
    reconcile: Reconcile<'a>,
    /// No call takes a short way: an engine to compare with.
    #[cfg(test)]
    long_way: bool,
}

impl<'a> Engine<'a> {
    /// An engine over lent memory; what the memory held before does not matter. O(capacity).
    ///
    /// # Errors
    /// The first invalid field of the configuration; a capacity that differs from the memory's is
    /// invalid too.
    #[inline(always)] // It is large: made in its place it is in no frame.
    pub fn new(
        memory: Memory<'a>,
        kill: &'a KillSwitch,
        config: &Config,
    ) -> Result<Self, ConfigField> {
        if let Some(field) = config.invalid() {
            return Err(field);
        }
        if let Some(field) = differing(&memory.capacity(), &config.capacity) {
            return Err(field);
        }
        if config.is_simulated() != memory.desk.is_some() {
            return Err(ConfigField::Mode);
        }
        if config.measures()
            && !memory.statistics.has_room(config.capacity.orders, config.capacity.symbols)
        {
            return Err(ConfigField::Flags);
        }
        let tag = u16::try_from(config.engine_tag).map_err(|_| ConfigField::EngineTag)?;
        let (seed, measures) = (config.hash_seed, config.measures());
        memory.symbols.iter_mut().for_each(clear);
        let rate = memory.rate.split_at_mut_checked(at(config.capacity.rate));
        let (rate, rates_below) = rate.unwrap_or_default();
        let mut scopes = Scopes::new(memory.scopes, rates_below, &config.breaker);
        if let Some(root) = scopes.first_mut() {
            // Without a balance the breaker does not know the equity: only counts bind.
            root.breaker.set_equity(Nanos::ZERO, config.starting_balance);
        }
        kill.begin(config.is_simulated());
        Ok(Self {
            config: *config,
            now: Nanos::ZERO,
            idle_until: Nanos::ZERO,
            session_end: Nanos::ZERO,
            quiet_until: Nanos::ZERO,
            band: Band::CLOSED,
            symbols: Symbols::new(memory.symbols),
            orders: Orders::new(memory.orders, tag, seed).measured(measures),
            executions: Executions::new(memory.executions, memory.execution_index, seed),
            positions: Positions::new(memory.positions, tag, seed),
            triggers: Triggers::new(memory.triggers, tag, config.capacity.orders),
            scopes,
            books: Books::new(memory.books, memory.book_index, seed),
            rates: RateRing::new(rate),
            sequences: Sequences::new(memory.sequences, seed),
            counting: 0,
            watching: 0,
            root: ScopeFold::EMPTY,
            root_room: ScopeRoom::UNSET,
            account: Account::new(config.starting_balance),
            session_equity: config.starting_balance,
            dispatch: Dispatch::new(),
            statistics: Statistics::new(memory.statistics, measures),
            desk: memory.desk,
            events: EventLog::new(memory.events),
            kill,
            counters: Counters::NONE,
            last_client_id: 0,
            submitted: 0,
            own_requests: 0,
            kills: 0,
            killed_through: 0,
            walk_began: 0,
            clearings: 0,
            freed: Freed::None,
            walk_again: false,
            folds: Folding::AtOnce,
            clamping: 0,
            walk_retries: false,
            flatten_stalled: false,
            session: Worth::FIRST,
            looks: Looks::NONE,
            counted: 0,
            noted: 0,
            deadlines_left: false,
            reconcile: Reconcile::new(memory.reconcile),
            #[cfg(test)]
            long_way: false,
        })
    }

    /// Whether calls may take a short way: all that is common has one, which comes to the same as
    /// the long one. Always, but for an engine to compare with.
    #[inline(always)] // Of nothing.
    const fn goes_short(&self) -> bool {
        #[cfg(test)]
        return !self.long_way;
        #[cfg(not(test))]
        true
    }

    /// The root scope. The configuration guarantees that there is one.
    fn scope(&self) -> Option<&Scope> {
        self.scopes.first()
    }

    fn scope_mut(&mut self) -> Option<&mut Scope> {
        self.scopes.first_mut()
    }

    /// Whether there is such a scope.
    fn check_scope(&self, scope: u32) -> Result<(), Status> {
        if scope < self.scopes.count() { Ok(()) } else { Err(Status::Scope) }
    }

    /// The scopes that an order of this one counts in.
    #[inline]
    fn path(&self, scope: u32) -> Path {
        self.scopes.path(scope)
    }

    fn exposure(&self, symbol: u32) -> &Exposure {
        self.symbols.beside(symbol).unwrap_or(&Exposure::EMPTY)
    }

    /// Whether a symbol has positions side by side. Not so for one that is not there.
    fn is_hedged(&self, symbol: u32) -> bool {
        self.symbols.get(symbol).is_some_and(|symbol| symbol.spec.has(SymbolFlag::Hedged))
    }

    /// The slot of the net position that a scope has in a symbol, while that is open.
    fn open_net(&self, symbol: u32, scope: u32) -> Option<u32> {
        let slot = match scope {
            0 => self.positions.totals(symbol)?.net,
            _ => self.books.find(scope, symbol)?.totals.net,
        };
        self.positions.get(slot).filter(|position| position.is_open()).map(|_| slot)
    }

    #[inline(never)] // Its event would be in every caller's frame.
    fn emit(&mut self, event: Event) {
        self.events.push(self.now, event);
    }

    /// What was told is known already, or changes nothing.
    fn ignore(&mut self) -> Status {
        self.counters.ignored = self.counters.ignored.wrapping_add(1);
        Status::Ignored
    }

    /// The number of one more order.
    fn next_number(&mut self) -> u64 {
        self.submitted = self.submitted.wrapping_add(1);
        self.submitted
    }

    /// A number for a request of the engine itself: top bit set, from `id_base` on.
    fn next_own_id(&mut self) -> u64 {
        loop {
            let id = self.config.id_base.wrapping_add(self.own_requests) | 1 << 63;
            self.own_requests = self.own_requests.wrapping_add(1);
            // An order that was taken over, or is another system's, may carry one of these.
            if self.orders.table().find(id).is_none() {
                return id;
            }
        }
    }

    /// Feeds all that can change a later answer. O(everything).
    pub(crate) fn feed(&self, hash: &mut Hash64) {
        hash.word(self.now.0);
        hash.u32(u32::from(self.kill.is_thrown()));
        self.symbols.digest(hash);
        self.orders.digest(hash);
        self.executions.digest(hash);
        self.positions.digest(hash);
        self.triggers.digest(hash);
        for place in self.symbols.places() {
            place.beside.feed(self.session, hash);
        }
        for (number, scope) in self.scopes.iter() {
            scope.digest(&self.figures(number, scope), hash);
        }
        self.rates.digest(hash);
        self.sequences.digest(hash);
        self.scopes.digest_times(hash);
        self.books.digest(self.session, hash);
        self.account.feed(hash);
        hash.i64(self.session_equity.0);
        self.events.digest(hash);
        self.reconcile.digest(hash);
        self.counters.feed(hash);
        self.statistics.feed(hash);
        if let Some(desk) = &self.desk {
            desk.feed(hash);
        }
        for word in [
            self.dispatch.sent(),
            self.last_client_id,
            self.submitted,
            self.own_requests,
            self.kills,
            self.killed_through,
            self.walk_began,
            self.freed.word(),
            u64::from(self.walk_retries) << 2
                | u64::from(self.walk_again) << 1
                | u64::from(self.flatten_stalled),
            u64::from(self.deadlines_left),
        ] {
            hash.word(word);
        }
    }
}

/// Nothing is reserved of a symbol.
#[inline(never)] // A loop of its own in the code would copy by way of a pointer.
fn clear(place: &mut Place<Exposure>) {
    place.beside = Exposure::EMPTY;
}

/// The first capacity that differs.
fn differing(memory: &Capacity, asked: &Capacity) -> Option<ConfigField> {
    let pairs = [
        (memory.orders, asked.orders, ConfigField::Orders),
        (memory.symbols, asked.symbols, ConfigField::Symbols),
        (memory.positions, asked.positions, ConfigField::Positions),
        (memory.triggers, asked.triggers, ConfigField::Triggers),
        (memory.events, asked.events, ConfigField::Events),
        (memory.executions, asked.executions, ConfigField::Executions),
        (memory.scopes, asked.scopes, ConfigField::Scopes),
        (memory.rate, asked.rate, ConfigField::Rate),
        (memory.books, asked.books, ConfigField::Books),
        (memory.symbol_rate, asked.symbol_rate, ConfigField::SymbolRate),
        (memory.recent, asked.recent, ConfigField::Recent),
    ];
    pairs.into_iter().find(|(has, wants, _)| has != wants).map(|(_, _, field)| field)
}
