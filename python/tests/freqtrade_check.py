"""What a backtest of freqtrade must have done, recomputed; freqtrade itself is not needed here.

`Account` compares the core's position with freqtrade's trade at every hook, `exits` an outcome with
the candles. Both answer what is wrong in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import oms
from order_manager.clock import nanos_of
from order_manager.units import from_lots, from_money, lots, percent, ticks

# An amount of money may differ by so much: freqtrade counts in floats and 18 decimals.
CENT = 1e-6
OURS = ("oms_stop_loss", "oms_take_profit")
STOPS = ("stop_loss", "trailing_stop_loss")


@dataclass
class Fill:
    """One execution of a trade: candle's time in nanoseconds, lots, ticks."""

    time: int
    is_entry: bool
    amount: int
    price: int


@dataclass
class Outcome:
    """A trade of freqtrade that is closed, as its orders tell it."""

    pair: str
    is_short: bool
    tick: int
    reason: str
    fills: list[Fill]
    begin: Any = None

    @classmethod
    def of(cls, trade: Any) -> Outcome:
        """From a trade."""
        fills = [
            Fill(nanos_of(o.order_filled_utc), o.ft_order_side == trade.entry_side,
                 lots(o.safe_amount_after_fee), ticks(o.safe_price))
            for o in trade.orders if o.filled
        ]
        # freqtrade finds it in the candles; of large prices it finds the last digit of a float.
        tick = max(ticks(trade.price_precision), 1)
        return cls(trade.pair, trade.is_short, tick, trade.exit_reason, fills,
                   trade.open_date_utc)


@dataclass
class Levels:
    """Where a position stands: its stop and target by the core, and its stop as freqtrade has it.

    Ticks. Distances are parts per 10^9 of the average price of what is open.
    """

    is_short: bool
    tick: int
    stop_ratio: int
    target_ratio: int
    amount: int = 0
    cost: Fraction = Fraction(0)
    stop: int = 0
    target: int = 0
    rounded: int = 0

    def fill(self, one: Fill) -> None:
        """Books an execution as freqtrade does: an exit leaves the average as it is."""
        if not one.is_entry:
            self.cost -= self.cost / self.amount * one.amount
            self.amount -= one.amount
            return
        self.amount += one.amount
        self.cost += one.amount * one.price
        average = self.cost / self.amount
        self.stop = away(average, self.stop_ratio, self.is_short)
        self.target = away(average, self.target_ratio, not self.is_short)
        # freqtrade leaves a stop where it is when the price is there already.
        if not self.rounded or not self.beyond(one.price, self.rounded):
            whole = self.stop // self.tick if self.is_short else -(-self.stop // self.tick)
            self.rounded = whole * self.tick

    def beyond(self, price: int, level: int) -> bool:
        """Whether a price is at a stop's level, or worse."""
        return price >= level if self.is_short else price <= level

    def exit(self, candle: Any) -> tuple[str, int] | None:
        """Why and at what price a candle ends it."""
        opens, high, low = (ticks(float(candle[n])) for n in ("open", "high", "low"))
        if self.beyond(opens, self.stop):
            return "oms_stop_loss", opens
        if opens <= self.target if self.is_short else opens >= self.target:
            return "oms_take_profit", opens
        if not self.beyond(high if self.is_short else low, self.rounded):
            return None
        # A level that lies beyond the whole candle: at the open.
        is_outside = self.rounded < low if self.is_short else self.rounded > high
        return "stop_loss", opens if is_outside else self.rounded


def away(average: Fraction, ratio: int, is_above: bool) -> int:
    """A price so far from the average, rounded to ticks towards it."""
    level = average * (10**9 + (ratio if is_above else -ratio)) / 10**9
    return level.__floor__() if is_above else level.__ceil__()


def exits(one: Outcome, rows: list[Any], times: dict[int, int], stop: float, target: float) -> (
        str | None):
    """What is wrong with the exit of a trade, by the candles alone.

    freqtrade asks with the open of each candle, beginning with the entry's own; where that is no
    reason it looks whether the candle reached the stop.
    """
    levels = Levels(one.is_short, one.tick, percent(stop, "stop"), percent(target, "target"))
    *before, last = one.fills
    for i in range(times[before[0].time], times[last.time] + 1):
        candle = rows[i]
        now = nanos_of(candle["date"])
        for fill in (f for f in before if f.time == now):
            if fill.price != ticks(float(candle["open"])):
                return f"an order was filled at {fill.price}, not at the open"
            levels.fill(fill)
        said = levels.exit(candle)
        if said is not None and now != last.time:
            return f"{said[0]} was due at {candle['date']} already"
    if levels.amount != last.amount:
        return f"{last.amount} lots left it at the end of {levels.amount}"
    reason = "stop_loss" if one.reason in STOPS else one.reason
    if reason not in (*OURS, "stop_loss"):
        # A signal comes first, and the end of the candles last; both at the open.
        return None if last.price == ticks(float(candle["open"])) else "not at the open"
    if said is None:
        return f"{one.reason}, but the candles do not reach it"
    return None if said == (reason, last.price) else f"{said}, not {(reason, last.price)}"


class Account:
    """Stands before the hooks of a strategy and compares the core with freqtrade's trade."""

    def __init__(self, strategy: Any) -> None:
        self.strategy = strategy
        self.wrong: list[str] = []
        self.compared = self.refused = 0
        self.funded = 0.0
        self.outcomes: dict[int, float] = {}
        for name in ("order_filled", "custom_exit", "adjust_trade_position"):
            setattr(strategy, name, getattr(self, name)(getattr(strategy, name)))

    def order_filled(self, inner: Any) -> Any:
        """Notes the position's outcome when this closes it."""
        def hook(pair: str, trade: Any, order: Any, current_time: Any, **kwargs: Any) -> None:
            engine, now = self.strategy.oms_ledger.engine, nanos_of(current_time)
            is_entry = order.ft_order_side == trade.entry_side
            if is_entry and engine.risk_get(0).state == oms.BreakerState.OPEN:
                self.say(trade, "an entry while the breaker was open")
            held = self.strategy.oms_ledger.position(pair, now)
            inner(pair=pair, trade=trade, order=order, current_time=current_time, **kwargs)
            if held is not None:
                after = engine.position_get(held.position)
                if after.closed_at:
                    self.outcomes[trade.id] = from_money(after.outcome)
        return hook

    def custom_exit(self, inner: Any) -> Any:
        """Compares first."""
        def hook(pair: str, trade: Any, current_time: Any, *args: Any, **kwargs: Any) -> Any:
            self.compare(trade, nanos_of(current_time))
            return inner(pair, trade, current_time, *args, **kwargs)
        return hook

    def adjust_trade_position(self, inner: Any) -> Any:
        """Compares first."""
        def hook(trade: Any, current_time: Any, **kwargs: Any) -> Any:
            self.compare(trade, nanos_of(current_time))
            return inner(trade=trade, current_time=current_time, **kwargs)
        return hook

    def compare(self, trade: Any, now: int) -> None:
        """Side, quantity, average price and realised PnL of an open trade."""
        self.compared += 1
        held = self.strategy.oms_ledger.position(trade.pair, now)
        if held is None:
            self.say(trade, "the core has no position")
            return
        if (held.side == oms.PositionSide.SHORT) != trade.is_short or held.tag != trade.id:
            self.say(trade, f"the core's is {held}")
        if held.qty != lots(trade.amount):
            self.say(trade, f"the core has {from_lots(held.qty)}, freqtrade {trade.amount}")
        average = Fraction(held.cost, held.qty)
        # freqtrade rounds to the price's tick.
        if 2 * abs(average - ticks(trade.open_rate)) > ticks(trade.price_precision) + 2:
            self.say(trade, f"average {float(average) / 1e8}, freqtrade's {trade.open_rate}")
        # What was funded is in the core's commission, in freqtrade's profit only at the end.
        funded = sum(o.funding_fee or 0.0 for o in trade.orders if not o.ft_is_open)
        fees = from_money(held.commission) + funded - trade.fee_open * held.cost / 1e16
        realised = from_money(held.realised) - fees
        if abs(realised - (trade.realized_profit or 0.0)) > CENT:
            self.say(trade, f"realised {realised}, freqtrade's {trade.realized_profit}")

    def close(self, trades: list[Any]) -> None:
        """At the end: what every trade brought."""
        if {t.id for t in trades} != set(self.outcomes):
            self.wrong.append(f"{len(trades)} trades, but {len(self.outcomes)} positions closed")
        for trade in trades:
            ours = self.outcomes.get(trade.id, 0.0)
            self.funded += sum(abs(o.funding_fee or 0.0) for o in trade.orders)
            if abs(ours - trade.close_profit_abs) > CENT:
                self.say(trade, f"brought {ours}, freqtrade says {trade.close_profit_abs}")

    def say(self, trade: Any, text: str) -> None:
        """Notes a fault."""
        self.wrong.append(f"{trade.pair} trade {trade.id}: {text}")
