//! Random storms against a scan over all triggers that shares no code with them: the same fires in
//! the same order, however the work is cut.

use super::*;

/// Prices are near this one.
const MIDDLE: i64 = 1_000;
const ROOM: usize = 120;

/// splitmix64.
struct Rng(u64);

impl Rng {
    fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((z ^ (z >> 31)) >> 1).unwrap() % n
    }

    fn range(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    fn chance(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }
}

/// What is asked of both.
#[derive(Clone, Copy, Debug)]
enum Op {
    Arm {
        dir: usize,
        level: i64,
        list: usize,
    },
    Trail {
        dir: usize,
        ride: Ride,
        trail: Trail,
    },
    Move {
        pick: usize,
        level: i64,
    },
    Cancel {
        pick: usize,
    },
    Rearm {
        pick: usize,
    },
    Price {
        bid: i64,
        ask: i64,
    },
    /// So many units of work.
    Work {
        units: u32,
    },
}

/// A trigger as the scan sees it. Prices are turned so that it fires when x <= level.
#[derive(Clone, Copy, Debug)]
struct Plain {
    slot: u32,
    dir: usize,
    place: u64,
    armed: bool,
    list: Option<usize>,
    level: Option<i64>,
    trail: Option<Follower>,
}

#[derive(Clone, Copy, Debug)]
struct Follower {
    ride: Ride,
    trail: Trail,
    peak: Option<i64>,
    tight: bool,
    parked: bool,
}

/// What a direction has before it: farthest price, followed price, arrival, last price.
type Storm = (i64, i64, u64, Option<i64>);

#[derive(Default)]
struct Scan {
    all: Vec<Plain>,
    storms: [Option<Storm>; 4],
    clock: u64,
}

/// bid-fall, bid-rise, ask-rise, ask-fall.
fn turn(dir: usize, ticks: i64) -> i64 {
    if dir == 0 || dir == 3 { ticks } else { -ticks }
}

impl Follower {
    fn snap(&self, x: i64) -> i64 {
        let step = i64::from(self.ride.step).max(1);
        x.div_euclid(step) * step
    }

    fn level(&self, dir: usize, peak: i64) -> i64 {
        let trail = if self.tight { self.ride.second } else { self.trail };
        let whole = i128::from(turn(dir, peak).abs()) * i128::from(trail.ratio.0);
        let share = (whole + 999_999_999) / 1_000_000_000;
        let share = i64::try_from(share).unwrap().max(1);
        peak - if trail.ratio.0 == 0 { trail.offset.0 } else { share }
    }

    fn rides(&self) -> bool {
        !self.parked && (self.peak.is_some() || self.ride.activation.0 == 0)
    }

    /// The turned price that brings it more than a new peak.
    fn wakes_at(&self, dir: usize) -> Option<i64> {
        let second = self.ride.second_level.0;
        let second = (second != 0 && !self.tight).then(|| turn(dir, second));
        match self.peak {
            None if self.ride.activation.0 != 0 => Some(turn(dir, self.ride.activation.0)),
            None => second,
            Some(peak) if self.parked => {
                let next = peak + i64::from(self.ride.step).max(1);
                Some(second.map_or(next, |second| second.min(next)))
            }
            Some(_) => second,
        }
    }
}

impl Scan {
    fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }

    fn next_wake(&self, dir: usize, x: i64) -> Option<usize> {
        let at = |t: &Plain| t.trail.filter(|_| t.armed && t.dir == dir)?.wakes_at(dir);
        let all = self.all.iter().enumerate();
        let woken = all.filter_map(|(n, t)| Some((at(t)?, t.place, n)).filter(|&(at, ..)| at <= x));
        woken.min().map(|(.., n)| n)
    }

    fn best(&self, dir: usize, x: i64) -> Option<usize> {
        let all = self.all.iter().enumerate().filter(|(_, t)| t.armed && t.dir == dir);
        let crossed = all.filter_map(|(n, t)| Some((-t.level?, t.place, n)));
        crossed.filter(|&(level, ..)| x <= -level).min().map(|(.., n)| n)
    }

    fn has_work(&self, dir: usize, (price, high, ..): Storm) -> bool {
        self.next_wake(dir, high).is_some() || self.best(dir, price).is_some()
    }

    fn raise(&mut self, dir: usize, x: i64) {
        for t in self.all.iter_mut().filter(|t| t.armed && t.dir == dir) {
            let Some(f) = t.trail.as_mut().filter(|f| f.rides()) else { continue };
            let new = f.snap(x);
            if f.peak.is_none_or(|peak| new > peak) {
                f.peak = Some(new);
                t.level = Some(f.level(dir, new));
            }
        }
    }

    fn wake(&mut self, n: usize, x: i64) {
        let place = self.tick();
        let t = &mut self.all[n];
        let mut f = t.trail.unwrap();
        let second = f.ride.second_level.0;
        if !f.rides() && f.peak.is_none_or(|peak| f.snap(x) > peak) {
            (f.peak, f.parked, t.place) = (Some(f.snap(x)), false, place);
        }
        f.tight |= second != 0 && x >= turn(t.dir, second);
        t.level = f.peak.map(|peak| f.level(t.dir, peak));
        t.trail = Some(f);
    }

    fn price(&mut self, bid: i64, ask: i64) {
        for dir in 0..4 {
            let x = turn(dir, if dir < 2 { bid } else { ask });
            let old = self.storms[dir].filter(|&storm| self.has_work(dir, storm));
            self.storms[dir] = if let Some((price, high, arrival, _)) = old {
                Some((price.min(x), high, arrival, Some(x)))
            } else {
                self.raise(dir, x);
                let storm = (x, x, self.tick(), None);
                self.has_work(dir, storm).then_some(storm)
            };
        }
    }

    fn next(&mut self) -> Option<(usize, Option<i64>, usize, i64)> {
        for dir in 0..4 {
            while let Some(storm) = self.storms[dir].filter(|&storm| !self.has_work(dir, storm)) {
                self.storms[dir] = storm.3.map(|x| (x, x, storm.2, None));
                if let Some(x) = storm.3 {
                    self.raise(dir, x);
                }
            }
        }
        let first = (0..4).filter(|&dir| self.storms[dir].is_some());
        let dir = first.min_by_key(|&dir| self.storms[dir].map(|storm| storm.2))?;
        let (price, high, ..) = self.storms[dir]?;
        match self.next_wake(dir, high) {
            Some(n) => Some((n, Some(high), dir, price)),
            None => self.best(dir, price).map(|n| (n, None, dir, price)),
        }
    }

    fn picked(&self, pick: usize, armed: bool) -> Option<usize> {
        let some: Vec<usize> =
            (0..self.all.len()).filter(|&n| self.all[n].armed == armed).collect();
        some.get(pick % some.len().max(1)).copied()
    }
}

/// Both, side by side.
struct Pair<'a> {
    triggers: Triggers<'a>,
    lists: [List; 2],
    scan: Scan,
    basis: Option<(i64, i64)>,
    /// Level and place of what has fired.
    fired: Vec<(i64, u32)>,
}

impl Pair<'_> {
    fn act(&mut self, op: Op) {
        match op {
            Op::Arm { dir, level, list } => self.arm(dir, level, list),
            Op::Trail { dir, ride, trail } => self.trail(dir, ride, trail),
            Op::Move { pick, level } => {
                let Some(n) = self.scan.picked(pick, true) else { return };
                if self.scan.all[n].trail.is_some() {
                    return;
                }
                let place = self.scan.tick();
                let t = &mut self.scan.all[n];
                (t.level, t.place) = (Some(turn(t.dir, level)), place);
                self.triggers.relocate(t.slot, Ticks(level));
            }
            Op::Cancel { pick } => {
                let Some(n) = self.scan.picked(pick, pick % 3 != 0) else { return };
                let t = self.scan.all.remove(n);
                self.triggers.remove(t.slot, t.list.map(|list| &mut self.lists[list]));
            }
            Op::Rearm { pick } => {
                let Some(n) = self.scan.picked(pick, false) else { return };
                let place = self.scan.tick();
                let t = &mut self.scan.all[n];
                (t.armed, t.place) = (true, place);
                if let Some(f) = &mut t.trail {
                    f.parked = true;
                }
                self.triggers.rearm(t.slot);
            }
            Op::Price { bid, ask } => {
                self.basis = Some((bid, ask));
                self.triggers.reach(0, Ticks(bid), Ticks(ask));
                self.scan.price(bid, ask);
            }
            Op::Work { units } => {
                self.work(units);
            }
        }
    }

    fn arm(&mut self, dir: usize, level: i64, list: usize) {
        let direction = Direction::ALL[dir];
        let new = trigger(direction, level);
        let armed = self.triggers.arm(&new, Some(&mut self.lists[list]));
        assert_eq!(armed.is_none(), self.scan.all.len() == ROOM);
        let Some((slot, _)) = armed else { return };
        let place = self.scan.tick();
        let level = Some(turn(dir, level));
        let list = Some(list);
        self.scan.all.push(Plain { slot, dir, place, armed: true, list, level, trail: None });
    }

    /// As its caller does: not in a storm, and from the present price on.
    fn trail(&mut self, dir: usize, ride: Ride, trail: Trail) {
        let direction = Direction::ALL[dir];
        while self.work(64) == 64 {}
        let mut steps: Vec<u32> = self
            .scan
            .all
            .iter()
            .filter(|t| t.dir == dir)
            .filter_map(|t| Some(t.trail?.ride.step).filter(|&step| step > 0))
            .collect();
        steps.sort_unstable();
        steps.dedup();
        let fits = ride.step == 0 || steps.contains(&ride.step) || steps.len() < 2;
        assert_eq!(self.triggers.has_step(0, direction, ride.step), fits);
        if !fits || self.scan.all.len() == ROOM {
            return;
        }
        let (kind, action) = (TriggerKind::TrailingStop, TriggerAction::Signal);
        let mut new = Trigger { kind, action, trail, ride, ..trigger(direction, 0) };
        let basis = self.basis.map(|(bid, ask)| if dir < 2 { bid } else { ask });
        if let Some(price) = basis {
            new.follow(Ticks(price));
        }
        let (slot, _) = self.triggers.arm(&new, None).unwrap();
        let place = self.scan.tick();
        let own = Follower { ride, trail, peak: None, tight: false, parked: false };
        let plain =
            Plain { slot, dir, place, armed: true, list: None, level: None, trail: Some(own) };
        self.scan.all.push(plain);
        let n = self.scan.all.len() - 1;
        let activation = ride.activation.0;
        let Some(x) = basis.map(|price| turn(dir, price)) else { return };
        if activation == 0 || x >= turn(dir, activation) {
            // At once: the same as waking, and the first peak of one without activation.
            let f = self.scan.all[n].trail.as_mut().unwrap();
            f.peak = Some(f.snap(x));
            self.scan.wake(n, x);
            self.scan.all[n].place = place;
        }
    }

    /// Answers how many units there were.
    fn work(&mut self, units: u32) -> u32 {
        for done in 0..units {
            let ours = self.triggers.next_work(0);
            let Some((n, woken, dir, price)) = self.scan.next() else {
                assert_eq!(ours, None);
                return done;
            };
            let slot = self.scan.all[n].slot;
            let work = match woken {
                Some(high) => Work::Wake(slot, Ticks(turn(dir, high))),
                None => Work::Fire(slot, Ticks(turn(dir, price))),
            };
            assert_eq!(ours, Some(work));
            if let Some(high) = woken {
                self.triggers.wake(slot, Ticks(turn(dir, high)));
                self.scan.wake(n, high);
                continue;
            }
            self.triggers.fire(slot, Lots(1), Nanos(1));
            let level = self.triggers.get(slot).unwrap().level.0;
            assert_eq!(Some(turn(dir, level)), self.scan.all[n].level);
            self.scan.all[n].armed = false;
            self.fired.push((level, slot));
        }
        units
    }

    fn compare(&self) {
        for t in &self.scan.all {
            let shown = self.triggers.shown(t.slot).unwrap();
            assert!(self.triggers.is_placed(t.slot));
            assert_eq!(shown.state == TriggerState::Armed, t.armed);
            if let Some(level) = t.level {
                assert_eq!(turn(t.dir, shown.level.0), level, "{t:?}");
            }
            let Some(f) = t.trail else { continue };
            assert_eq!(shown.peak.map(|peak| turn(t.dir, peak.0)), f.peak, "{t:?}");
            assert_eq!(shown.is_tight, f.tight);
        }
        assert!(self.triggers.is_watched(0));
        let closers = self.scan.all.iter().filter(|t| t.trail.is_none()).count();
        assert_eq!(usize::try_from(self.triggers.closers()).unwrap(), closers);
        for (n, list) in self.lists.iter().enumerate() {
            let first = Some(list.head).filter(|_| list.len > 0);
            let slots = core::iter::successors(first, |&slot| self.triggers.next_of_position(slot));
            let mut own: Vec<u32> = slots.collect();
            let owned = self.scan.all.iter().filter(|t| t.list == Some(n)).map(|t| t.slot);
            let mut owned: Vec<u32> = owned.collect();
            own.sort_unstable();
            owned.sort_unstable();
            assert_eq!(own, owned);
        }
    }
}

fn random_trail(rng: &mut Rng, dir: usize) -> Op {
    let far = rng.range(2, 30);
    let near = rng.range(1, far - 1);
    let by_ratio = rng.chance(40);
    let of = |n: i64| {
        if by_ratio {
            Trail { offset: Ticks(0), ratio: Ratio(n * 777_777) }
        } else {
            Trail { offset: Ticks(n), ratio: Ratio(0) }
        }
    };
    let up = if dir == 0 { 1 } else { -1 };
    let mut ride = Ride::NONE;
    if rng.chance(30) {
        ride.activation = Ticks(MIDDLE + up * rng.range(-10, 40));
    }
    if rng.chance(30) {
        ride.second_level = Ticks(MIDDLE + up * rng.range(-10, 50));
        ride.second = of(near);
    }
    if rng.chance(30) {
        ride.step = u32::try_from(rng.range(2, 5)).unwrap();
    }
    Op::Trail { dir, ride, trail: of(far) }
}

fn random(rng: &mut Rng, price: &mut i64) -> Op {
    let pick = usize::try_from(rng.below(1_000)).unwrap();
    match rng.below(100) {
        0..22 => {
            // Many at the same level.
            let level = MIDDLE + rng.range(-12, 12) * rng.range(1, 4);
            Op::Arm { dir: pick % 4, level, list: pick / 4 % 2 }
        }
        22..34 => random_trail(rng, if pick.is_multiple_of(2) { 0 } else { 2 }),
        34..38 => Op::Move { pick, level: MIDDLE + rng.range(-30, 30) },
        38..52 => Op::Cancel { pick },
        52..58 => Op::Rearm { pick },
        58..82 => {
            *price = match rng.below(20) {
                // A gap through many levels, or back at once.
                0 => MIDDLE + rng.range(-60, 60),
                1 => MIDDLE,
                _ => *price + rng.range(-4, 4),
            };
            *price = (*price).clamp(MIDDLE - 80, MIDDLE + 80);
            Op::Price { bid: *price, ask: *price + rng.below(3) }
        }
        82..94 => Op::Work { units: u32::try_from(rng.range(1, 4)).unwrap() },
        _ => Op::Work { units: 1_000 },
    }
}

fn operations() -> usize {
    let given = std::env::var("OMS_TRIGGER_OPS").ok().and_then(|text| text.parse().ok());
    given.unwrap_or(if cfg!(debug_assertions) { 200_000 } else { 2_500_000 })
}

/// One history of many: enough of each that what is armed early meets what comes late.
const HISTORY: usize = 2_000;

fn with_pair(test: impl FnOnce(&mut Pair<'_>)) {
    let mut room = Room::of(ROOM);
    let mut triggers = room.triggers();
    triggers.allow(0, Watch::within(Ticks(1), Ticks(Ticks::MAX)), true);
    let mut pair = Pair {
        triggers,
        lists: [List::EMPTY; 2],
        scan: Scan::default(),
        basis: None,
        fired: Vec::new(),
    };
    test(&mut pair);
}

#[test]
fn the_same_fires_in_the_same_order() {
    let mut fired = 0;
    for history in 0..operations().div_ceil(HISTORY) {
        let mut rng = Rng(u64::try_from(history).unwrap());
        with_pair(|pair| {
            let mut price = MIDDLE;
            for n in 0..HISTORY {
                pair.act(random(&mut rng, &mut price));
                if n % 16 == 0 {
                    pair.compare();
                }
            }
            fired += pair.fired.len();
        });
    }
    assert!(fired > operations() / 20, "only {fired} fires");
}

#[test]
fn how_the_work_is_cut_does_not_matter() {
    for history in 0..operations().div_ceil(HISTORY * 6) {
        let run = |most: u32| {
            let mut rng = Rng(u64::try_from(history).unwrap() | 1 << 32);
            let mut fired = Vec::new();
            with_pair(|pair| {
                let mut price = MIDDLE;
                for _ in 0..HISTORY {
                    let op = random(&mut rng, &mut price);
                    if matches!(op, Op::Work { .. }) {
                        continue;
                    }
                    pair.act(op);
                    // The call that brings the price, then drains until one answers OK; the price
                    // may fall on in between.
                    let falls = rng.chance(50);
                    let mut first = true;
                    while pair.work(most) == most {
                        if let (Op::Price { bid, ask }, true, true) = (op, falls, first) {
                            pair.act(Op::Price { bid, ask });
                        }
                        first = false;
                    }
                }
                fired = std::mem::take(&mut pair.fired);
            });
            fired
        };
        let whole = run(1_000);
        for most in [1, 2, 3, 7, 64] {
            assert_eq!(run(most), whole, "{most} a call");
        }
    }
}
