//! DUPLICATE: the same order again and again.
#![forbid(unsafe_code)]

use super::ask::Ask;
use super::checks::{Held, held};
use super::verdict::Breach;
use crate::market::Controls;
use crate::num::{Lots, Nanos, OFF, Ticks};
use crate::order::Terms;
use crate::status::{Side, Unit};
use crate::store::{Hash64, count, mix64};

/// What makes two orders the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    symbol: u32,
    scope: u32,
    side: Side,
    price: Ticks,
    qty: Lots,
}

impl Likeness {
    /// Of a LIMIT order.
    #[inline(always)] // It would be written to memory and read from there.
    #[must_use]
    pub const fn of_limit(
        (symbol, scope): (u32, u32),
        side: Side,
        price: Ticks,
        qty: Lots,
    ) -> Self {
        Self { symbol, scope, side, price, qty }
    }

    /// Of an order: scope, symbol, side, quantity, and its price or, where it has none, its trigger
    /// price.
    #[must_use]
    pub fn of(terms: &Terms) -> Self {
        let Terms { symbol, scope, side, price, stop_price, qty, .. } = *terms;
        let price = if price == Ticks::ZERO { stop_price } else { price };
        Self { symbol, scope, side, price, qty }
    }

    #[inline(always)] // Of a few instructions.
    fn hash(&self, factor: u64) -> u64 {
        let names = u64::from(self.scope) << 32 | u64::from(self.symbol);
        // Few scopes share the upper half with prices.
        let turn = if self.side == Side::Buy { 32 } else { 33 };
        let place = self.price.0.cast_unsigned().rotate_left(turn) ^ names;
        let size = self.qty.0.cast_unsigned();
        // A sum of products: the bits of each word reach the highest ones, which decide.
        place.wrapping_mul(factor).wrapping_add(size.wrapping_mul(FACTOR))
    }
}

/// An odd number without a pattern.
const FACTOR: u64 = mix64(2) | 1;

/// An order that was accepted a while ago.
#[derive(Clone, Copy, Debug)]
pub struct Recent {
    at: Nanos,
    like: Likeness,
    /// Number of the one before that is the same; 0 for none.
    same: u64,
    /// Number of the youngest one of the next other kind of this bucket; 0 for none.
    other: u64,
    /// Number of the youngest one of the bucket of this place; 0 for none.
    head: u64,
    /// The bits of all kinds that are kept in that bucket, perhaps of some that are not any more.
    marks: u64,
}

impl Recent {
    /// Fills unused memory.
    pub const EMPTY: Self = Self {
        at: Nanos::ZERO,
        like: Likeness {
            symbol: 0,
            scope: 0,
            side: Side::Buy,
            price: Ticks::ZERO,
            qty: Lots::ZERO,
        },
        same: 0,
        other: 0,
        head: 0,
        marks: 0,
    };
}

/// The orders that were accepted last, in a ring; numbered from 1.
///
/// From each a chain leads to those before it that are the same. The youngest ones of each kind
/// hang in chains from buckets that a hash names, young to old: a chain has ended where the next
/// one is kept no more. Finding is O(1), as hashing lets expect, and O(number counted).
pub struct RecentOrders<'a> {
    orders: &'a mut [Recent],
    /// The last number given.
    last: u64,
    /// The time of the oldest one that is kept once others are not; before that 0.
    oldest: Nanos,
    /// An odd number of the seed's.
    factor: u64,
    /// As many as orders that are kept.
    buckets: u64,
}

impl<'a> RecentOrders<'a> {
    /// No orders yet; the seed varies which ones share a bucket, never an answer. O(capacity).
    #[must_use]
    pub fn new(orders: &'a mut [Recent], seed: u64) -> Self {
        orders.fill(Recent::EMPTY);
        let buckets = u64::from(count(orders.len()));
        Self {
            orders,
            last: 0,
            oldest: Nanos::ZERO,
            factor: mix64(seed.wrapping_add(3)) | 1,
            buckets,
        }
    }

    /// Notes an order. O(1), as hashing lets expect.
    pub fn note(&mut self, like: Likeness, now: Nanos) {
        let bucket = self.bucket(&like);
        let (before, same) = self.find(bucket, &like);
        let other = self.get(same).map_or(0, |found| found.other);
        // The youngest of its kind stands for it from now on, at the head.
        match self.get_mut(before) {
            Some(before) if same != 0 => before.other = other,
            _ if same != 0 => self.set_head(bucket, other),
            _ => {}
        }
        let next = self.head(bucket);
        self.last = self.last.wrapping_add(1);
        let number = self.last;
        if let Some(place) = self.place(number).and_then(|place| self.orders.get_mut(place)) {
            *place = Recent { at: now, like, same, other: next, ..*place };
            self.set_head(bucket, number);
        }
        let marks = self.marks(bucket);
        if let Some(place) = self.orders.get_mut(bucket) {
            place.marks = marks;
        }
        if self.last > u64::from(self.capacity()) {
            let oldest =
                self.get(self.last.wrapping_sub(u64::from(self.capacity())).wrapping_add(1));
            self.oldest = oldest.map_or(now, |oldest| oldest.at);
        }
    }

    /// How many orders like this one are younger than the window, counted up to `most`.
    #[must_use]
    pub fn count(&self, like: &Likeness, window: Nanos, now: Nanos, most: u32) -> u32 {
        let (_, first) = self.find(self.bucket(like), like);
        let younger = |recent: &&Recent| now.since(recent.at) < window.0;
        let next = |recent: &&Recent| self.get(recent.same);
        let same = core::iter::successors(self.get(first), next).take_while(younger);
        u32::try_from(same.take(usize::try_from(most).unwrap_or(usize::MAX)).count())
            .unwrap_or(u32::MAX)
    }

    /// Whether none of the orders that are kept is like this one, which shows at once; `false` says
    /// nothing. O(1).
    #[inline(always)] // In its only place.
    #[must_use]
    pub fn lacks(&self, like: &Likeness) -> bool {
        let (bucket, mark) = self.spread(like);
        self.orders.get(bucket).is_some_and(|place| place.marks & mark == 0)
    }

    /// Whether fewer than so many like this one are younger than the window. O(1), as hashing lets
    /// expect.
    #[inline(never)] // Mostly none hangs where it would.
    #[must_use]
    pub fn passes(&self, like: &Likeness, (window, most): (Nanos, u32), now: Nanos) -> bool {
        self.count(like, window, now, most) < most
    }

    /// Whether every order of a window that ends now, or later than all of them, is kept; `false`
    /// says nothing.
    #[inline(always)] // Of a comparison.
    #[must_use]
    pub fn reaches(&self, window: Nanos, now: Nanos) -> bool {
        now.0.wrapping_sub(self.oldest.0) >= window.0
    }

    /// How far back, at least, all orders are kept; `None` for all there ever were. O(1).
    #[must_use]
    pub fn reach(&self, now: Nanos) -> Option<u64> {
        let forgotten = self.last > u64::from(self.capacity());
        forgotten.then(|| {
            let oldest = self.last.wrapping_sub(u64::from(self.capacity())).wrapping_add(1);
            self.get(oldest).map_or(0, |oldest| now.since(oldest.at))
        })
    }

    /// Orders that can be kept.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        count(self.orders.len())
    }

    /// Orders that are kept.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.last).unwrap_or(u32::MAX).min(self.capacity())
    }

    /// Whether none is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every order is found, with as many like it as there are. O(orders^2).
    #[must_use]
    pub fn is_linked(&self) -> bool {
        let all = || self.numbers().filter_map(|number| self.get(number));
        all().all(|one| {
            let same = all().filter(|other| other.like == one.like).count();
            let found = self.count(&one.like, Nanos(u64::MAX), one.at, u32::MAX);
            found == count(same) && !self.lacks(&one.like)
        })
    }

    /// The youngest of a kind, 0 for none, and the one that it comes after in its bucket.
    fn find(&self, bucket: usize, like: &Likeness) -> (u64, u64) {
        let (mut before, mut number) = (0, self.head(bucket));
        // It ends because numbers fall.
        while let Some(recent) = self.get(number) {
            if recent.like == *like {
                return (before, number);
            }
            (before, number) = (number, recent.other);
        }
        (before, 0)
    }

    fn bucket(&self, like: &Likeness) -> usize {
        self.spread(like).0
    }

    /// The bucket of a kind, and the bit that it leaves there.
    #[inline(always)] // Of a multiplication.
    fn spread(&self, like: &Likeness) -> (usize, u64) {
        let wide = u128::from(like.hash(self.factor)).wrapping_mul(u128::from(self.buckets));
        let [low, high] = [wide & u128::from(u64::MAX), wide >> 64];
        let mark = 1 << (low >> 58);
        (usize::try_from(high).unwrap_or(0), mark)
    }

    /// The bits of the kinds that hang in a bucket.
    fn marks(&self, bucket: usize) -> u64 {
        let next = |recent: &&Recent| self.get(recent.other);
        let kinds = core::iter::successors(self.get(self.head(bucket)), next);
        kinds.fold(0, |marks, recent| marks | self.spread(&recent.like).1)
    }

    fn head(&self, bucket: usize) -> u64 {
        self.orders.get(bucket).map_or(0, |place| place.head)
    }

    fn set_head(&mut self, bucket: usize, number: u64) {
        if let Some(place) = self.orders.get_mut(bucket) {
            place.head = number;
        }
    }

    /// The order with this number while it is kept.
    fn get(&self, number: u64) -> Option<&Recent> {
        let kept = number != 0 && self.last.wrapping_sub(number) < u64::from(self.capacity());
        self.place(number).filter(|_| kept).and_then(|place| self.orders.get(place))
    }

    fn get_mut(&mut self, number: u64) -> Option<&mut Recent> {
        let kept = self.get(number).is_some();
        self.place(number).filter(|_| kept).and_then(|place| self.orders.get_mut(place))
    }

    fn place(&self, number: u64) -> Option<usize> {
        usize::try_from(number.checked_rem(u64::from(self.capacity()))?).ok()
    }

    fn numbers(&self) -> impl Iterator<Item = u64> {
        let first = self.last.wrapping_sub(u64::from(self.len())).wrapping_add(1);
        first..=self.last
    }

    /// Feeds what can change a later answer. O(orders kept).
    pub fn digest(&self, hash: &mut Hash64) {
        hash.word(self.last);
        for recent in self.numbers().filter_map(|number| self.get(number)) {
            let Likeness { symbol, scope, side, price, qty } = recent.like;
            for word in [recent.at.0, u64::from(symbol), u64::from(scope), u64::from(side.raw())] {
                hash.word(word);
            }
            hash.i64(price.0);
            hash.i64(qty.0);
        }
    }
}

/// A new order of the caller's is not the same as so many younger than the window. Where the ring
/// does not reach back over the window, and what it holds is not enough to tell, it fails.
pub(super) fn check<const USUAL: bool>(
    limits: &Controls,
    recent: &RecentOrders<'_>,
    ask: Ask<'_, USUAL>,
    now: Nanos,
) -> Held {
    let (max, window) = (limits.duplicate_max, limits.duplicate_window);
    if max == OFF || !ask.is_new() {
        return Ok(());
    }
    let one_more = Breach::new(Unit::Count, max, max.saturating_add(1));
    let most = u32::try_from(max).unwrap_or(u32::MAX);
    let count = recent.count(&Likeness::of(&ask.terms), window, now, most);
    held(count < most, one_more)?;
    let (window, reach) = (signed(window.0), recent.reach(now).map(signed));
    let known = reach.is_none_or(|reach| reach >= window);
    held(known, Breach::new(Unit::Nanos, window, reach.unwrap_or_default()))
}

fn signed(nanos: u64) -> i64 {
    i64::try_from(nanos).unwrap_or(i64::MAX)
}
