//! Limits at random: of a symbol, a scope and a group.

use oms_core::engine::GroupSet;
use oms_core::market::LimitsSet;
use oms_core::num::{Lots, Money, Nanos, Ratio, Ticks};
use oms_core::risk::ScopeLimitsSet;
use oms_core::status::Request;

use crate::calls::Rng;
use crate::rig::free;

pub(crate) fn random_limits(rng: &mut Rng, symbol: u32) -> LimitsSet {
    let mut l = free(0, symbol);
    if rng.chance(40) {
        return l;
    }
    let mut some = |low, high| if rng.chance(35) { rng.range(low, high) } else { -1 };
    l.qty_min = Lots(some(0, 2));
    l.qty_max = Lots(some(3, 9));
    l.qty_step = Lots(some(0, 2).max(0));
    l.price_step = Ticks(some(0, 2).max(0));
    l.notional_min = Money(some(0, 300));
    l.notional_max = Money(some(500, 2000));
    l.collar_ticks = Ticks(some(0, 4));
    l.collar_ratio = Ratio(some(0, 60_000_000));
    l.reference_age_max = some(0, 100) * 1_000_000_000;
    l.reference_age_max = l.reference_age_max.max(-1);
    l.long_max = Lots(some(0, 15));
    l.short_max = Lots(some(0, 15));
    l.open_orders_max = some(0, 5);
    l.open_qty_max = Lots(some(0, 15));
    l.positions_max = some(0, 3);
    let clamps = 4 * u32::from(rng.chance(30));
    let shorts = 8 * u32::from(rng.chance(80)) + 16 * u32::from(rng.chance(20));
    l.flags = u32::from(rng.chance(20)) + 2 * u32::from(rng.chance(5)) + clamps + shorts;
    (l.types, l.times_in_force) = (most(rng), most(rng));
    if rng.chance(15) {
        l.adv_ratio = Ratio(rng.range(0, 1_200_000_000));
    }
    l.reference = rng.one(&[0, 0, 0, 1, 2, 3]);
    if rng.chance(30) {
        limit_values(rng, &mut l);
    }
    random_sequences(rng, &mut l);
    l
}

/// Limits in money: a tick-lot is about a unit.
fn limit_values(rng: &mut Rng, l: &mut LimitsSet) {
    let mut some = |low, high| if rng.chance(40) { rng.range(low, high) } else { -1 };
    l.open_notional_max = Money(some(0, 2500));
    l.gross_max = Money(some(0, 6000));
    l.net_max = Money(some(0, 2500));
    l.margin_ratio = Ratio(some(0, 1_500_000_000));
}

pub(crate) fn random_scope_limits(rng: &mut Rng) -> ScopeLimitsSet {
    let off = |rng: &mut Rng| if rng.chance(60) { -1 } else { rng.range(0, 6) };
    let (open_orders_max, positions_max) = (off(rng), off(rng));
    // Mostly off: what else binds takes the short ways from all.
    let (qty, value) = match rng.below(6) {
        0 => (rng.range(0, 20), -1),
        1 => (-1, rng.range(0, 2_000)),
        2 => (rng.range(5, 30), rng.range(100, 5_000)),
        _ => (-1, -1),
    };
    let l = ScopeLimitsSet {
        open_orders_max,
        positions_max,
        qty_max: Lots(qty),
        notional_max: Money(value),
        types: most(rng),
        times_in_force: most(rng),
        warn_ratio: Ratio(rng.one(&[-1, -1, 0, 500_000_000, 800_000_000, 1_000_000_000])),
        ..ScopeLimitsSet::OFF
    };
    if rng.chance(60) {
        return l;
    }
    let mut some = |low, high| if rng.chance(35) { rng.range(low, high) } else { -1 };
    ScopeLimitsSet {
        open_notional_max: Money(some(0, 4000)),
        gross_max: Money(some(0, 12_000)),
        net_max: Money(some(0, 4000)),
        credit_max: Money(some(0, 3000)),
        // The equity is about a million.
        leverage_max: Ratio(some(0, 4_000_000)),
        ..l
    }
}

pub(crate) fn random_group(rng: &mut Rng) -> GroupSet {
    let flags = rng.one(&[1, 1, 1, 1, 2, 0, 0, 3]);
    GroupSet {
        group: rng.below(5) as u32,
        symbol: if flags == 0 && rng.chance(90) { 0 } else { rng.below(4) as u32 },
        max: Money(if rng.chance(30) { -1 } else { rng.range(-2, 3000) }),
        flags,
        ..GroupSet::EMPTY
    }
}

fn random_sequences(rng: &mut Rng, l: &mut LimitsSet) {
    let mut some = |low, high| if rng.chance(20) { rng.range(low, high) } else { -1 };
    (l.rate_max, l.repeat_max, l.duplicate_max) = (some(0, 4), some(0, 3), some(0, 3));
    l.repeat_range = Ticks(some(0, 3));
    l.self_trade = if rng.chance(30) { rng.range(1, 4) as u8 } else { 0 };
    let window = |rng: &mut Rng| Nanos(rng.range(1, 90) as u64 * 1_000_000_000);
    l.rate_window = window(rng);
    l.repeat_window = window(rng);
    l.duplicate_window = window(rng);
    if rng.chance(3) {
        let most = rng.range(4, 17);
        match rng.below(3) {
            0 => l.rate_max = most,
            1 => l.repeat_max = most,
            _ => l.duplicate_max = most,
        }
    }
}

/// Every bit, more often than not; else one is missing.
fn most(rng: &mut Rng) -> u32 {
    if rng.chance(80) { u32::MAX } else { !(1 << rng.below(8)) }
}
