//! A session of the program's own: trends that pay, and stretches that turn before they do.

use crate::session::{Quote, Session, Size, Trade};

/// The n-th number of a seed: SplitMix64.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x0005_DEEC_E66D)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 to n - 1.
    pub(crate) fn below(&mut self, n: u64) -> i64 {
        i64::try_from((self.next() >> 33) % n).unwrap()
    }

    /// Both included.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below(u64::try_from(most - least + 1).unwrap())
    }
}

/// Parts of a tick in which the price moves.
const FINE: i64 = 1_024;

/// A stretch of the market: how far it drifts in a quote, and after how many quotes it turns.
struct Weather {
    drift: i64,
    turn: u64,
    left: u64,
    /// Quotes since it turned last.
    age: u64,
}

impl Weather {
    fn next(dice: &mut Dice) -> Self {
        let calm = dice.below(10) < 6;
        let sign = if dice.below(2) == 0 { 1 } else { -1 };
        let drift = sign * if calm { dice.between(8, 16) } else { dice.between(40, 60) };
        let turn = if calm { u64::MAX } else { u64::try_from(dice.between(900, 1_600)).unwrap() };
        Self { drift, turn, left: u64::try_from(dice.between(4_000, 10_000)).unwrap(), age: 0 }
    }
}

/// So many quotes of this seed, with a trade after every fourth or so.
pub(crate) fn session(seed: u64, rows: u64) -> Session {
    let mut dice = Dice::new(seed);
    let mut quotes = Vec::new();
    let mut trades = Vec::new();
    let mut at = 1_714_982_400_000_000_000; // 2024-05-06 08:00:00 UTC
    let mut fine = 20_000 * FINE;
    let mut weather = Weather::next(&mut dice);
    for _ in 0..rows {
        at += u64::try_from(dice.between(20_000_000, 460_000_000)).unwrap();
        if weather.left == 0 {
            weather = Weather::next(&mut dice);
        }
        if weather.age == weather.turn {
            (weather.drift, weather.age) = (-weather.drift, 0);
        }
        weather.left -= 1;
        weather.age += 1;
        fine += weather.drift + dice.between(-700, 700);
        fine = fine.max(4_000 * FINE);
        let bid = fine.div_euclid(FINE);
        let ask = bid + dice.between(1, 2);
        let (bid_qty, ask_qty) = (dice.between(50, 1_500), dice.between(50, 1_500));
        quotes.push(Quote { at, bid, ask, bid_qty, ask_qty });
        if dice.below(4) == 0 {
            let price = if dice.below(2) == 0 { bid } else { ask };
            let later = u64::try_from(dice.between(1_000, 15_000_000)).unwrap();
            trades.push(Trade { at: at + later, price, qty: dice.between(1, 400) });
        }
    }
    Session {
        source: format!("generated, seed {seed}"),
        symbol: "SYNTH".into(),
        tick: Size { mantissa: 1, exponent: -2 },
        lot: Size { mantissa: 1, exponent: 0 },
        sizes: "of the generated session".into(),
        quotes,
        trades,
        bars: Vec::new(),
        crossed: 0,
        volume: 500_000_000,
    }
}
