//! The path that the price takes inside a bar, and how much of it is done.
//!
//! Open, one extreme, the other one, close, at the beginning, after a third, after two thirds, at
//! the end. Between two of these *points* the price moves evenly, tick by tick.
#![forbid(unsafe_code)]

use crate::num::{Nanos, Ticks};
use crate::store::Hash64;

/// What the venue offers each side at a price inside a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Whatever is wanted: the volume is not known.
    Unknown,
    /// The fill ratio of so many lots.
    Lots(i64),
    /// What is left of the point before.
    Rest,
}

/// A way from one point to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    from: Ticks,
    to: Ticks,
    since: Nanos,
    until: Nanos,
}

impl Leg {
    /// Whether the price goes up.
    #[must_use]
    pub const fn rises(&self) -> bool {
        self.to.0 > self.from.0
    }

    /// How many ticks it goes.
    #[must_use]
    pub const fn ticks(&self) -> u64 {
        self.to.0.abs_diff(self.from.0)
    }

    /// How many ticks it is to a price that lies on the way or beyond; none to one behind.
    #[must_use]
    pub const fn ticks_to(&self, price: Ticks) -> u64 {
        let is_behind = if self.rises() { price.0 < self.from.0 } else { price.0 > self.from.0 };
        if is_behind { 0 } else { price.0.abs_diff(self.from.0) }
    }

    /// The price after so many ticks, at most all.
    #[must_use]
    pub fn price(&self, ticks: u64) -> Ticks {
        let ticks = ticks.min(self.ticks());
        Ticks(match self.rises() {
            true => self.from.0.saturating_add_unsigned(ticks),
            false => self.from.0.saturating_sub_unsigned(ticks),
        })
    }

    /// When the price is so many ticks from the beginning, at most all.
    #[must_use]
    pub fn time(&self, ticks: u64) -> Nanos {
        if ticks >= self.ticks() {
            return self.until;
        }
        let passed = part(self.until.since(self.since), ticks, self.ticks());
        Nanos(self.since.0.saturating_add(passed))
    }

    /// How many ticks the price has gone before this time.
    #[must_use]
    pub fn ticks_before(&self, time: Nanos) -> u64 {
        if time <= self.since {
            return 0;
        }
        if time > self.until {
            return self.ticks();
        }
        let whole = u128::from(self.until.since(self.since));
        let passed = u128::from(time.since(self.since));
        // As many as `time` puts below it, which rounds down.
        let before = passed.saturating_mul(u128::from(self.ticks())).saturating_sub(1);
        let before = before.checked_div(whole).unwrap_or(0);
        u64::try_from(before).unwrap_or(u64::MAX).min(self.ticks())
    }
}

/// How often between two points something that was armed again beyond its level is tried, at one
/// tick after the other: a venue that refuses whatever comes does not make every tick a stop.
const AGAIN_MAX: u32 = 64;

/// A bar that is being walked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarWalk {
    /// Symbol number.
    pub symbol: u32,
    /// The point that comes next: 0 is the open, after 3 it is over.
    next: u8,
    /// Whether the order of the extremes is settled.
    is_settled: bool,
    points: [Ticks; 4],
    /// Ticks from bid to ask.
    spread: i64,
    /// What was traded in it, lots; 0 when unknown.
    volume: i64,
    begin: Nanos,
    end: Nanos,
    /// Ticks of the present way that are done.
    done: u64,
    /// Ticks of it that were stops because something was armed again beyond its level.
    again: u32,
}

impl BarWalk {
    /// A bar of these prices, open, high, low, close, before its open.
    #[must_use]
    pub const fn new(
        symbol: u32,
        [open, high, low, close]: [Ticks; 4],
        (spread, volume): (i64, i64),
        (begin, end): (Nanos, Nanos),
    ) -> Self {
        let points = [open, low, high, close];
        let (next, done, again, is_settled) = (0, 0, 0, false);
        Self { symbol, next, is_settled, points, spread, volume, begin, end, done, again }
    }

    /// Ticks from bid to ask.
    #[must_use]
    pub const fn spread(&self) -> i64 {
        self.spread
    }

    /// Whether the order of the extremes is to be settled: the open is over.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.next == 1 && !self.is_settled
    }

    /// Settles which extreme comes first; when nothing says so the nearer one, of equal ones the
    /// low.
    pub const fn settle(&mut self, high_first: Option<bool>) {
        let [open, low, high, close] = self.points;
        let high_first = match high_first {
            Some(high_first) => high_first,
            None => open.0.abs_diff(high.0) < open.0.abs_diff(low.0),
        };
        if high_first {
            self.points = [open, high, low, close];
        }
        self.is_settled = true;
    }

    /// The way to the next point; of no length to the open. `None` when the bar is over.
    #[must_use]
    pub fn leg(&self) -> Option<Leg> {
        let [open, first, second, close] = self.points;
        let (from, to) = match self.next {
            0 => (open, open),
            1 => (open, first),
            2 => (first, second),
            3 => (second, close),
            _ => return None,
        };
        let thirds = u64::from(self.next);
        let since = self.after(thirds.saturating_sub(1));
        let until = if self.next == 0 { since } else { self.after(thirds) };
        Some(Leg { from, to, since, until })
    }

    /// So many thirds after the beginning.
    fn after(&self, thirds: u64) -> Nanos {
        let passed = part(self.end.since(self.begin), thirds, 3);
        Nanos(self.begin.0.saturating_add(passed))
    }

    /// Ticks of the present way that are done.
    #[must_use]
    pub const fn done(&self) -> u64 {
        self.done
    }

    /// Whether what was armed again beyond its level is still tried on this way.
    #[must_use]
    pub const fn tries_again(&self) -> bool {
        self.again < AGAIN_MAX
    }

    /// What was armed again beyond its level is tried.
    pub const fn try_again(&mut self) {
        self.again = self.again.saturating_add(1);
    }

    /// Where the price is; of a bar before its open, there.
    #[must_use]
    pub fn price(&self) -> Ticks {
        let [.., close] = self.points;
        self.leg().map_or(close, |leg| leg.price(self.done))
    }

    /// Lots that each point shows on each side; 0: not known, or none.
    #[must_use]
    pub fn shown(&self) -> i64 {
        self.volume.checked_div(4).unwrap_or(0)
    }

    /// Goes so many ticks from the last point, all that there are being the next one; answers the
    /// bid there and what is offered.
    pub fn go(&mut self, ticks: u64) -> (Ticks, Offer) {
        let Some(leg) = self.leg() else { return (self.price(), Offer::Rest) };
        let bid = leg.price(ticks);
        if ticks < leg.ticks() {
            self.done = ticks;
            return (bid, Offer::Rest);
        }
        (self.next, self.done, self.again) = (self.next.saturating_add(1), 0, 0);
        let offer = if self.volume == 0 { Offer::Unknown } else { Offer::Lots(self.shown()) };
        (bid, offer)
    }

    /// Feeds every field.
    pub fn feed(&self, hash: &mut Hash64) {
        hash.u32(self.symbol);
        hash.u32(u32::from(self.next) << 1 | u32::from(self.is_settled));
        hash.u32(self.again);
        for price in self.points {
            hash.i64(price.0);
        }
        hash.i64(self.spread);
        hash.i64(self.volume);
        for word in [self.begin.0, self.end.0, self.done] {
            hash.word(word);
        }
    }

    /// Whether its fields fit together.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let [open, first, second, close] = self.points;
        let (low, high) = (first.min(second), first.max(second));
        let within = |price: Ticks| (low..=high).contains(&price);
        let on_its_way = self.leg().is_some_and(|leg| self.done <= leg.ticks());
        within(open) && within(close) && on_its_way && self.begin <= self.end
    }
}

/// value x of / all, rounded down.
fn part(value: u64, of: u64, all: u64) -> u64 {
    let product = u128::from(value).saturating_mul(u128::from(of));
    let part = product.checked_div(u128::from(all)).unwrap_or(0);
    u64::try_from(part).unwrap_or(u64::MAX)
}
