//! Random scopes: how they are defined, limited and given money, and which one a call is about.

use oms_core::market::LimitsSet;
use oms_core::num::{Money, Nanos, Ratio};
use oms_core::risk::{BreakerConfig, ScopeDefine, ScopeLimitsSet};
use oms_core::status::Request;

use crate::breaker::{HOUR, MINUTE};
use crate::calls::{Act, Call, Flow, NEWEST, Rng};
use crate::draw::{random_limits, random_scope_limits};

/// The tree as far as the sequence knows it, and the scope that most calls of a while are about.
pub(crate) struct Forest {
    /// Whether most is about scopes below the root.
    pub(crate) is_tall: bool,
    /// Name and depth of each scope.
    known: Vec<(u8, usize)>,
    home: u32,
}

const MOST: usize = crate::rig::SCOPES;

impl Forest {
    pub(crate) fn new(rng: &mut Rng) -> Self {
        Self { is_tall: rng.chance(65), known: vec![(0, 1)], home: 0 }
    }

    /// Any scope there is, deep ones more often.
    fn any(&self, rng: &mut Rng) -> u32 {
        let count = self.known.len() as u64;
        rng.below(count).max(rng.below(count)) as u32
    }

    /// Now and then it is another one.
    pub(crate) fn moves(&mut self, rng: &mut Rng) {
        if rng.chance(10) {
            let root = !self.is_tall || rng.chance(15);
            self.home = if root { 0 } else { self.any(rng) };
        }
    }

    /// A call at this time.
    pub(crate) fn call(&self, rng: &mut Rng, now: u64, act: Act) -> Call {
        let scope = match rng.below(100) {
            0 => rng.below(8) as u32,
            1..8 => self.any(rng),
            _ => self.home,
        };
        Call { now, scope, fits: rng.chance(90), act }
    }

    /// A scope below another one, that there may be already; now and then one that cannot be.
    fn define(&mut self, rng: &mut Rng) -> ScopeDefine {
        let parent = self.any(rng);
        let letter = b'a' + self.known.len() as u8;
        let mut r = ScopeDefine { parent, ..ScopeDefine::EMPTY };
        r.name[0] = letter;
        r.flags = u32::from(rng.chance(4));
        if rng.chance(15) {
            // The same again, somewhere else, badly named, flags that there are not.
            r.name[0] = b'a' + rng.below(8) as u8;
            r.parent = rng.below(8) as u32;
            r.name[1] = if rng.chance(10) { 1 } else { 0 };
            r.flags = if rng.chance(30) { rng.below(3) as u32 } else { 0 };
            return r;
        }
        let depth = self.known[parent as usize].1 + 1;
        let taken = self.known.iter().any(|&(name, _)| name == letter);
        if depth <= 4 && !taken && self.known.len() < MOST {
            self.known.push((letter, depth));
        }
        r
    }

    /// A scope is defined and mostly opened; it may get limits, money and a breaker.
    pub(crate) fn grow(&mut self, rng: &mut Rng, now: u64) -> Vec<Call> {
        let newest = |act| Call { now, scope: NEWEST, fits: false, act };
        let mut calls = vec![newest(Act::Scope(self.define(rng)))];
        if rng.chance(92) {
            calls.push(newest(Act::ScopeLimits(ScopeLimitsSet::OFF)));
        }
        if rng.chance(45) {
            let limits = Flow::random(rng).over(&random_scope_limits(rng));
            calls.push(newest(Act::ScopeLimits(limits)));
            calls.push(newest(Act::Control { action: 6, value: 0 }));
        }
        if rng.chance(30) {
            let symbol = rng.below(3) as u32;
            let limits = random_limits(rng, symbol);
            calls.push(newest(Act::Limits(within_scope(rng, &limits))));
        }
        if rng.chance(50) {
            calls.push(newest(Act::Cash { amount: rng.range(-10, 2000) }));
        }
        if rng.chance(45) {
            calls.push(newest(Act::Breaker(random_breaker(rng, 1000))));
        }
        calls
    }
}

/// Limits of a symbol in a scope below the root: mostly without what is of the whole symbol.
pub(crate) fn within_scope(rng: &mut Rng, l: &LimitsSet) -> LimitsSet {
    if rng.chance(4) {
        return *l;
    }
    LimitsSet { self_trade: 0, ..*l }
}

/// Breaker limits from off to tight; shares of the equity of about a million over `part`.
pub(crate) fn random_breaker(rng: &mut Rng, part: i64) -> BreakerConfig {
    let mut b = BreakerConfig::DEFAULT;
    let mut some = |low, high| if rng.chance(30) { rng.range(low, high) } else { -1 };
    b.daily_loss_ratio = Ratio(some(1, 80_000));
    b.daily_loss_money = Money(some(1, 80));
    b.drawdown_ratio = Ratio(some(1, 80_000));
    b.drawdown_money = Money(some(1, 80));
    b.streak_loss_money = Money(some(1, 60));
    b.consecutive_losses = some(1, 3) as i32;
    b.consecutive_errors = some(1, 3) as i32;
    b.orders_per_minute = some(3, 20) as i32;
    b.orders_per_hour = some(8, 40) as i32;
    b.orders_per_window = some(2, 6) as i32;
    for ratio in [&mut b.daily_loss_ratio, &mut b.drawdown_ratio] {
        ratio.0 = (ratio.0 * part).max(-1);
    }
    b.rate_window = Nanos(5_000_000_000);
    b.auto_reset_after = Nanos(if rng.chance(50) { HOUR } else { 10 * MINUTE });
    b.cooldown = Nanos(if rng.chance(50) { 15 * MINUTE } else { MINUTE });
    b.max_auto_resets = rng.below(5) as u32;
    b.flags = if rng.chance(50) { 0 } else { rng.below(16) as u32 };
    // The root's, mostly.
    b.session_offset = Nanos(u64::from(part != 1 && rng.chance(2)));
    b.half_open_probes = if rng.chance(35) { 0 } else { rng.range(1, 3) as u32 };
    b.probe_wins = rng.range(1, i64::from(b.half_open_probes.max(1))) as u32;
    b.probe_size = Ratio(if rng.chance(70) { 400_000_000 } else { 1_000_000_000 });
    b.warn_ratio = Ratio(if rng.chance(30) { -1 } else { rng.range(1, 10) * 100_000_000 });
    b
}
