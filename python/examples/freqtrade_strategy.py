"""Strategies of freqtrade with the core's breaker and stops: copy them to user_data/strategies.

They buy when the close is above its average and leave when it is well below, buy once more after a
small loss and sell a half after a small profit; OmsExampleFutures goes short the other way round. The
stops, the limits and the breaker are the core's.
"""

from __future__ import annotations

from typing import Any

from freqtrade.strategy import IStrategy
from oms.freqtrade import OmsMixin
from order_manager import CircuitBreakerConfig


class OmsExample(OmsMixin, IStrategy):
    """Spot, long only. The mixin comes first."""

    INTERFACE_VERSION = 3
    timeframe = "5m"
    startup_candle_count = 20
    can_short = False
    minimal_roi = {"0": 10.0}
    stoploss = -0.20
    use_custom_stoploss = True
    position_adjustment_enable = True

    oms_breaker = CircuitBreakerConfig(max_consecutive_losses=4, max_auto_resets=10)
    oms_max_positions = 3
    oms_stop_loss_pct = 1.5
    oms_take_profit_pct = 3.0

    def populate_indicators(self, dataframe: Any, metadata: dict[str, Any]) -> Any:
        """The average of the last twenty closes."""
        dataframe["average"] = dataframe["close"].rolling(20).mean()
        return dataframe

    def populate_entry_trend(self, dataframe: Any, metadata: dict[str, Any]) -> Any:
        """Above the average, or below it, unless the breaker is open."""
        close, average = dataframe["close"], dataframe["average"]
        dataframe["enter_long"] = (close > 1.001 * average).astype(int)
        if self.can_short:
            dataframe["enter_short"] = (close < 0.999 * average).astype(int)
        return self.oms_guard(dataframe)

    def populate_exit_trend(self, dataframe: Any, metadata: dict[str, Any]) -> Any:
        """Well on the other side of the average."""
        close, average = dataframe["close"], dataframe["average"]
        dataframe["exit_long"] = (close < 0.988 * average).astype(int)
        if self.can_short:
            dataframe["exit_short"] = (close > 1.012 * average).astype(int)
        return dataframe

    def adjust_trade_position(
        self, trade: Any, current_time: Any, current_rate: float, current_profit: float,
        **kwargs: Any,
    ) -> Any:
        """A half more after a small loss, a half less after a small profit, each once.

        The core is asked about what is more before freqtrade is told.
        """
        profit = current_profit / trade.leverage
        if trade.nr_of_successful_exits == 0 and profit > 0.011:
            return -trade.stake_amount / 2, "oms_part"
        if trade.nr_of_successful_entries == 1 and profit < -0.007:
            return trade.stake_amount / 2, "oms_more"
        return None


class OmsExampleFutures(OmsExample):
    """Futures, long and short, with twice the stake."""

    can_short = True

    def leverage(self, *args: Any, **kwargs: Any) -> float:
        """The same for every pair."""
        return 2.0
