"""A strategy of freqtrade with the core's breaker and stops: copy it to user_data/strategies.

It buys when the close is above its average and sells when it is below; the stops, the limits and
the breaker are the core's.
"""

from __future__ import annotations

from typing import Any

from freqtrade.strategy import IStrategy
from oms.freqtrade import OmsMixin
from order_manager import CircuitBreakerConfig


class OmsExample(OmsMixin, IStrategy):
    """The mixin comes first."""

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
        """Above the average, unless the breaker is open."""
        dataframe["enter_long"] = (dataframe["close"] > dataframe["average"]).astype(int)
        return self.oms_guard(dataframe)

    def populate_exit_trend(self, dataframe: Any, metadata: dict[str, Any]) -> Any:
        """Well below the average."""
        dataframe["exit_long"] = (dataframe["close"] < 0.99 * dataframe["average"]).astype(int)
        return dataframe

    def adjust_trade_position(self, trade: Any, *args: Any, **kwargs: Any) -> Any:
        """Once more the same after a small fall; a half is sold after a small rise."""
        profit = args[2] if len(args) > 2 else kwargs["current_profit"]
        if trade.nr_of_successful_exits == 0 and profit > 0.015:
            return -trade.stake_amount / 2
        if trade.nr_of_successful_entries == 1 and profit < -0.007:
            return trade.stake_amount / 2
        return None
