//! A limit of the breaker is near: told once, until it is not near any more.
#![forbid(unsafe_code)]

use super::breaker::cause_bit;
use super::figures::share;
use super::{Breaker, Figures};
use crate::num::{Money, OFF, Ratio, div_ceil};
use crate::status::{BreakerState, Cause, Unit};

/// A limit of the breaker that is near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What it would trip for.
    pub cause: Cause,
    /// Unit of both numbers.
    pub unit: Unit,
    /// The limit.
    pub limit: i64,
    /// What comes near it.
    pub observed: i64,
}

/// A limit on how far the equity may fall.
struct Fall {
    cause: Cause,
    base: Money,
    ratio: Ratio,
    money: Money,
}

impl Fall {
    /// The smallest falls that are near the ratio and the money, money units.
    fn near(&self, breaker: &Breaker) -> [Option<i128>; 2] {
        let config = &breaker.config;
        let one = i128::from(Ratio::ONE).saturating_mul(i128::from(Ratio::ONE));
        let on = self.ratio.0 != OFF && config.warn_ratio.0 != OFF;
        let by_ratio = on.then(|| {
            let parts = i128::from(self.ratio.0).saturating_mul(i128::from(config.warn_ratio.0));
            let parts = parts.saturating_mul(i128::from(self.base.0));
            div_ceil(parts, one).unwrap_or(0).max(1)
        });
        [by_ratio, config.near_value(self.money.0).map(i128::from)]
    }

    /// The lowest equity that is not near.
    fn level(&self, breaker: &Breaker) -> Option<i128> {
        let [by_ratio, by_money] = self.near(breaker);
        let least = [by_ratio, by_money].into_iter().flatten().min()?;
        Some(i128::from(self.base.0).saturating_sub(least).saturating_add(1))
    }

    /// What is near at this equity.
    fn warning(&self, breaker: &Breaker, equity: Money) -> Option<Warning> {
        let fall = i128::from(self.base.0).saturating_sub(i128::from(equity.0));
        if fall <= 0 {
            return None;
        }
        let [by_ratio, by_money] = self.near(breaker);
        let near = |level: Option<i128>| level.is_some_and(|level| fall >= level);
        let (unit, limit, observed) = if near(by_ratio) {
            (Unit::Ratio, self.ratio.0, share(self.base, equity).unwrap_or_default().0)
        } else if near(by_money) {
            (Unit::Money, self.money.0, i64::try_from(fall).unwrap_or(i64::MAX))
        } else {
            return None;
        };
        Some(Warning { cause: self.cause, unit, limit, observed })
    }
}

impl Breaker {
    fn falls(&self, figures: &Figures) -> [Fall; 2] {
        let config = &self.config;
        [
            Fall {
                cause: Cause::DailyLoss,
                base: self.loss_base,
                ratio: config.daily_loss_ratio,
                money: config.daily_loss_money,
            },
            Fall {
                cause: Cause::Drawdown,
                base: figures.drawdown_base,
                ratio: config.drawdown_ratio,
                money: config.drawdown_money,
            },
        ]
    }

    /// A count of losses or errors that is near its limit.
    fn counted(&self, cause: Cause, count: u32, limit: i32) -> Option<Warning> {
        let most = u32::try_from(limit).ok()?;
        let near = self.config.near_count(most).is_some_and(|near| count >= near);
        let (limit, observed) = (i64::from(most), i64::from(count));
        near.then_some(Warning { cause, unit: Unit::Count, limit, observed })
    }

    fn streak(&self) -> Option<Warning> {
        let cause = Cause::ConsecutiveLosses;
        let by_count = self.counted(cause, self.losses, self.config.consecutive_losses);
        by_count.or_else(|| {
            let (limit, observed) = (self.config.streak_loss_money.0, self.streak_loss.0);
            let near = self.config.near_value(limit).is_some_and(|near| observed >= near);
            near.then_some(Warning { cause, unit: Unit::Money, limit, observed })
        })
    }

    fn errors_near(&self) -> Option<Warning> {
        self.counted(Cause::SystemError, self.errors, self.config.consecutive_errors)
    }

    /// The next limit that has come near and was not told of; to be asked after every change of
    /// equity, losses or errors, until there is none. Nothing is near while it is open. O(1).
    pub fn next_warning(&mut self) -> Option<Warning> {
        if self.state == BreakerState::Open || self.config.warn_ratio.0 == OFF {
            return None;
        }
        for fall in self.falls(&self.figures) {
            let warning = self.figures.equity.and_then(|equity| fall.warning(self, equity));
            if let Some(news) = self.latch(fall.cause, warning) {
                return Some(news);
            }
        }
        let streak = self.streak();
        let errors = self.errors_near();
        let news = self.latch(Cause::ConsecutiveLosses, streak);
        news.or_else(|| self.latch(Cause::SystemError, errors))
    }

    /// A limit is near or not; whether that is to be told.
    fn latch(&mut self, cause: Cause, warning: Option<Warning>) -> Option<Warning> {
        let bit = cause_bit(cause);
        let told = self.warned & bit != 0;
        if warning.is_some() {
            self.warned |= bit;
        } else {
            self.warned &= !bit;
        }
        warning.filter(|_| !told)
    }

    /// The lowest equity that is near none of the limits that were not told of.
    pub(super) fn warning_floor(&self) -> Option<i128> {
        let quiet = |fall: &Fall| self.warned & cause_bit(fall.cause) == 0;
        let falls = self.falls(&self.figures);
        falls.iter().filter(|fall| quiet(fall)).filter_map(|fall| fall.level(self)).max()
    }

    /// The lowest equity that is not near a limit that was told of; none while none was.
    #[must_use]
    pub fn ceiling(&self) -> Option<i128> {
        let told = |fall: &Fall| self.warned & cause_bit(fall.cause) != 0;
        let watched = self.state != BreakerState::Open;
        let falls = self.falls(&self.figures);
        let levels = falls.iter().filter(|fall| watched && told(fall));
        levels.filter_map(|fall| fall.level(self)).min()
    }

    /// Bits of the causes whose limits are near at these figures.
    pub(super) fn near(&self, figures: &Figures) -> u32 {
        let equity = figures.equity;
        let falls = self.falls(figures);
        let falls = falls.iter().filter_map(|fall| fall.warning(self, equity?));
        let counts = [self.streak(), self.errors_near()].into_iter().flatten();
        falls.chain(counts).fold(0, |bits, warning| bits | cause_bit(warning.cause))
    }
}
