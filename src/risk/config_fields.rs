//! The limits of a breaker, field by field.
#![forbid(unsafe_code)]

use super::BreakerConfig;
use crate::num::Nanos;
use crate::status::{LimitField, Unit};

impl BreakerConfig {
    /// Unit and value of a field of a breaker; `None` for those of symbols and scopes.
    #[must_use]
    pub fn field(&self, field: LimitField) -> Option<(Unit, i64)> {
        let nanos = |time: Nanos| i64::try_from(time.0).unwrap_or(i64::MAX);
        Some(match field {
            LimitField::BreakerDailyLossRatio => (Unit::Ratio, self.daily_loss_ratio.0),
            LimitField::BreakerDailyLossMoney => (Unit::Money, self.daily_loss_money.0),
            LimitField::BreakerDrawdownRatio => (Unit::Ratio, self.drawdown_ratio.0),
            LimitField::BreakerDrawdownMoney => (Unit::Money, self.drawdown_money.0),
            LimitField::BreakerStreakLossMoney => (Unit::Money, self.streak_loss_money.0),
            LimitField::BreakerRateWindow => (Unit::Nanos, nanos(self.rate_window)),
            LimitField::BreakerAutoResetAfter => (Unit::Nanos, nanos(self.auto_reset_after)),
            LimitField::BreakerCooldown => (Unit::Nanos, nanos(self.cooldown)),
            LimitField::BreakerConsecutiveLosses => {
                (Unit::Count, i64::from(self.consecutive_losses))
            }
            LimitField::BreakerConsecutiveErrors => {
                (Unit::Count, i64::from(self.consecutive_errors))
            }
            LimitField::BreakerOrdersPerMinute => (Unit::Count, i64::from(self.orders_per_minute)),
            LimitField::BreakerOrdersPerHour => (Unit::Count, i64::from(self.orders_per_hour)),
            LimitField::BreakerOrdersPerWindow => (Unit::Count, i64::from(self.orders_per_window)),
            LimitField::BreakerMaxAutoResets => (Unit::Count, i64::from(self.max_auto_resets)),
            LimitField::BreakerFlags => (Unit::Count, i64::from(self.flags)),
            LimitField::BreakerHalfOpenProbes => (Unit::Count, i64::from(self.half_open_probes)),
            LimitField::BreakerProbeWins => (Unit::Count, i64::from(self.probe_wins)),
            LimitField::BreakerProbeSize => (Unit::Ratio, self.probe_size.0),
            LimitField::BreakerWarnRatio => (Unit::Ratio, self.warn_ratio.0),
            _ => return None,
        })
    }
}
