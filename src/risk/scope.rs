//! What belongs to one scope: its place in the tree, trading state, breaker, limits and what they
//! count.
#![forbid(unsafe_code)]

use super::fold::{ORDER, POSITION, RECORD, is_full};
use super::{
    Breaker, BreakerConfig, Clearing, Counters, Denials, Figures, Heartbeat, Path, ScopeLimits,
    ScopeRate, ScopeRoom, Traffic, Values,
};
use crate::market::NAME_BYTES;
use crate::num::{Money, Nanos};
use crate::position::Account;
use crate::status::{ScopeFlag, TradingState};
use crate::store::Hash64;

/// One scope.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Name, padded with zeros.
    pub name: [u8; NAME_BYTES],
    /// The scope it lies in.
    pub parent: u32,
    /// [`ScopeFlag`] bits.
    pub flags: u32,
    /// The way down to it.
    pub path: Path,
    /// What it lets through.
    pub trading: TradingState,
    /// Its breaker.
    pub breaker: Breaker,
    /// Its limits.
    pub limits: ScopeLimits,
    /// Working orders.
    pub open_orders: u32,
    /// Positions that are open, or that working orders may open.
    pub claims: u32,
    /// What came and went, of it and the scopes in it; the root's is the engine's.
    pub account: Account,
    /// Equity at the session's start; likewise.
    pub session_equity: Money,
    /// What its symbols are worth, of those that are counted.
    pub values: Values,
    /// Checks of which a figure was near its limit, and was warned of: bits.
    pub warned: u64,
    /// Where the times of its last orders lie; the root has a ring of its own.
    pub rate: ScopeRate,
    /// What is left of it for one more LIMIT order. Derived.
    pub room: ScopeRoom,
    /// Its requests.
    pub traffic: Traffic,
    /// The host's signs of life.
    pub heartbeat: Heartbeat,
    /// What was asked and told of it and of those in it; the root's is the engine's.
    pub counters: Counters,
    /// What of that was denied, the root's too.
    pub denials: Denials,
    /// Orders in it up to this number are to be cancelled by the walk that is under way.
    pub cancelled_through: u64,
    /// What is being closed in it.
    pub clearing: Clearing,
    /// Live orders of it and the scopes in it; the root's are those of the table.
    pub live: u32,
    /// Open positions of it and the scopes in it; likewise.
    pub positions: u32,
}

/// What a scope comes to for one more plain order. All is derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeFold {
    /// Plain orders pass after this time; at the greatest one never. At time 0 none passes here:
    /// the whole gate judges it.
    pub closed_through: Nanos,
    /// The same for orders that may take any room: the greatest time while there is not some.
    pub shut_through: Nanos,
    /// The last time at which one more order is too many while something else holds orders back;
    /// else the greatest.
    pub full_through: Nanos,
    /// Room that one more order may take and that there is not, or that is not counted here.
    pub lacks: u32,
}

impl ScopeFold {
    /// Nothing was counted yet, and there are no limits: nothing passes.
    pub const EMPTY: Self = Self {
        closed_through: Nanos::ZERO,
        shut_through: Nanos(u64::MAX),
        full_through: Nanos(u64::MAX),
        lacks: ORDER | POSITION | RECORD,
    };

    /// Whether there is room for an order, and for a position.
    #[inline]
    #[must_use]
    pub const fn has_room(&self) -> bool {
        self.lacks & (ORDER | POSITION) == 0
    }

    /// Plain orders pass after this time.
    #[inline]
    pub fn close_through(&mut self, time: Nanos) {
        self.closed_through = time;
        self.shut_through = if self.has_room() { time } else { Nanos(u64::MAX) };
    }

    /// There is not this room.
    #[inline]
    pub fn set_lacks(&mut self, lacks: u32) {
        self.lacks = lacks;
        self.close_through(self.closed_through);
    }
}

impl Scope {
    /// A scope without a name. Nothing passes before its limits are set.
    #[must_use]
    pub const fn new(config: &BreakerConfig) -> Self {
        Self {
            name: [0; NAME_BYTES],
            parent: 0,
            flags: 0,
            path: Path::ROOT,
            trading: TradingState::Active,
            breaker: Breaker::new(config),
            limits: ScopeLimits::CLOSED,
            open_orders: 0,
            claims: 0,
            account: Account::EMPTY,
            session_equity: Money::ZERO,
            values: Values::ZERO,
            warned: 0,
            rate: ScopeRate::EMPTY,
            room: ScopeRoom::CLOSED,
            traffic: Traffic::EMPTY,
            heartbeat: Heartbeat::NONE,
            counters: Counters::NONE,
            denials: Denials::NONE,
            cancelled_through: 0,
            clearing: Clearing::NONE,
            live: 0,
            positions: 0,
        }
    }

    /// Whether this flag is set.
    #[must_use]
    pub const fn has(&self, flag: ScopeFlag) -> bool {
        flag.is_in(self.flags)
    }

    /// Room that one more order may take and that there is not, or that is not counted here. O(1).
    #[inline]
    #[must_use]
    pub fn lacks(&self) -> u32 {
        let full = |room: u32, count, max| if is_full(count, max) { room } else { 0 };
        full(ORDER, self.open_orders, self.limits.open_orders_max)
            | full(POSITION, self.claims, self.limits.positions_max)
            | RECORD
    }

    /// One more order works; whether that took the last room. O(1).
    #[inline]
    pub fn begin_work(&mut self) -> bool {
        self.open_orders = self.open_orders.wrapping_add(1);
        is_full(self.open_orders, self.limits.open_orders_max)
    }

    /// An order opens the first position of its symbol; whether that took the last room. O(1).
    #[inline]
    pub fn claim(&mut self) -> bool {
        self.claims = self.claims.wrapping_add(1);
        is_full(self.claims, self.limits.positions_max)
    }

    /// Whether trading is active and the breaker closed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.trading == TradingState::Active && self.breaker.is_closed()
    }

    /// Feeds what can change a later answer.
    /// `figures` are the breaker's, also those that it was not told yet.
    pub fn digest(&self, figures: &Figures, hash: &mut Hash64) {
        for part in self.name.chunks_exact(8) {
            hash.word(u64::from_le_bytes(part.try_into().unwrap_or_default()));
        }
        hash.u32(self.parent);
        hash.u32(self.flags);
        hash.u32(u32::from(self.trading.raw()));
        self.breaker.digest_with(figures, hash);
        self.limits.feed(hash);
        hash.u32(self.open_orders);
        hash.u32(self.claims);
        self.account.feed(hash);
        hash.i64(self.session_equity.0);
        self.traffic.feed(hash);
        self.heartbeat.feed(hash);
        hash.word(self.cancelled_through);
        self.clearing.feed(hash);
        hash.word(self.warned);
        self.counters.feed(hash);
        self.denials.feed(hash);
    }
}
