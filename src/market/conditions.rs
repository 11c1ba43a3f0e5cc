//! What is said of a symbol besides its limits and its prices: phase, volume, located lots, bands
//! of the tick grid.
#![forbid(unsafe_code)]

use super::{BANDS_MAX, BandsSet};
use crate::num::{Lots, OFF, Ticks};
use crate::status::{OrderType, Phase, Request, Status};
use crate::store::Hash64;

impl Phase {
    /// Whether an order of this type may be sent, or wait here when it is `held`.
    #[must_use]
    pub const fn allows(self, order_type: OrderType, held: bool) -> bool {
        match self {
            Self::Closed | Self::Halt => false,
            Self::PreOpen => matches!(order_type, OrderType::Limit),
            Self::Auction => matches!(order_type, OrderType::Limit) || held,
            Self::Continuous => true,
        }
    }
}

/// The bands of a tick grid: prices from one level on, below the next one, are multiples of the
/// band's step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    /// How many there are.
    pub count: u32,
    /// Lowest price of each, rising; beyond `count` 0.
    pub from: [Ticks; BANDS_MAX],
    /// Step of each, > 0; beyond `count` 0.
    pub step: [Ticks; BANDS_MAX],
}

impl Bands {
    /// No bands: the step of the limits holds for every price.
    pub const NONE: Self =
        Self { count: 0, from: [Ticks::ZERO; BANDS_MAX], step: [Ticks::ZERO; BANDS_MAX] };

    /// Reads a request record.
    ///
    /// # Errors
    /// The frame's (`Kind`, `Size`, `Reserved`), `Range` for too many bands, levels that do not
    /// rise or are beyond 2^60, a step that is not positive, or anything beyond `count`.
    pub fn decode(request: &BandsSet) -> Result<Self, Status> {
        request.check_frame()?;
        let BandsSet { count, from, step, .. } = *request;
        let used = usize::try_from(count).ok().filter(|&count| count <= BANDS_MAX);
        let used = used.ok_or(Status::Range)?;
        let pairs = || from.iter().zip(&step);
        let fits = |&(from, step): &(&Ticks, &Ticks)| {
            let steps = (1..=Ticks::MAX).contains(&step.0);
            steps && from.0.unsigned_abs() <= Ticks::MAX.unsigned_abs()
        };
        let rise = pairs().zip(pairs().skip(1)).take(used.saturating_sub(1));
        let rises = rise.clone().all(|((low, _), (high, _))| low.0 < high.0);
        let empty = pairs().skip(used).all(|(from, step)| from.0 | step.0 == 0);
        let valid = pairs().take(used).all(|pair| fits(&pair)) && rises && empty;
        if valid { Ok(Self { count, from, step }) } else { Err(Status::Range) }
    }

    /// The step that prices like this one are multiples of; `other` below the first band, and where
    /// there is none. O(bands).
    #[inline]
    #[must_use]
    pub fn step_at(&self, price: Ticks, other: Ticks) -> Ticks {
        if self.count == 0 { other } else { self.step_in(price, other) }
    }

    #[cold]
    #[inline(never)] // Few symbols have bands.
    fn step_in(&self, price: Ticks, other: Ticks) -> Ticks {
        self.step_among(price, other)
    }

    /// The same where there are bands.
    #[inline(always)] // It calls nothing.
    pub(crate) fn step_among(&self, price: Ticks, other: Ticks) -> Ticks {
        let used = usize::try_from(self.count).unwrap_or(BANDS_MAX);
        let bands = self.from.iter().zip(&self.step).take(used);
        bands.take_while(|(from, _)| from.0 <= price.0).last().map_or(other, |(_, step)| *step)
    }
}

/// What is said of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conditions {
    /// Phase of its trading.
    pub phase: Phase,
    /// Average daily volume; [`OFF`] when it is not known.
    pub volume: Lots,
    /// Lots located for shorts.
    pub located: Lots,
    /// Bands of its tick grid.
    pub bands: Bands,
}

impl Conditions {
    /// Continuous trading; nothing else is known.
    pub const USUAL: Self = Self {
        phase: Phase::Continuous,
        volume: Lots(OFF),
        located: Lots::ZERO,
        bands: Bands::NONE,
    };

    /// Whether no check that is always on looks at any of it.
    #[must_use]
    pub fn are_usual(&self) -> bool {
        self.phase == Phase::Continuous && self.bands.count == 0
    }

    /// Feeds every field.
    pub fn feed(&self, hash: &mut Hash64) {
        hash.u32(u32::from(self.phase.raw()));
        hash.i64(self.volume.0);
        hash.i64(self.located.0);
        hash.u32(self.bands.count);
        for ticks in self.bands.from.iter().chain(&self.bands.step) {
            hash.i64(ticks.0);
        }
    }
}
