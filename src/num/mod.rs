//! Units: ticks, lots, money, ratios, nanoseconds. Integers only, checked, with the rounding in
//! the name of every operation that rounds.
#![forbid(unsafe_code)]

mod decimal;
mod divide;
mod fraction;
mod units;
mod worth;

pub use decimal::Decimal;

pub use divide::{div_ceil, div_floor, share_floor};
pub(crate) use divide::{floor64, narrow};
pub use fraction::Fraction;
pub use units::{Int128, Lots, Money, Nanos, OFF, Ratio, TickLots, Ticks};
pub use worth::{VALUE_MAX, capped};

#[cfg(test)]
mod tests;
