"""A mixin for strategies of freqtrade: the core's breaker, limits and stops in freqtrade's hooks.

    from freqtrade.strategy import IStrategy
    from oms.freqtrade import OmsMixin

    class MyStrategy(OmsMixin, IStrategy):
        oms_max_positions = 3
        oms_stop_loss_pct = 5.0

- `confirm_trade_entry` asks the core: breaker, rate limits, number of positions. That is where it
  counts; `oms_guard(dataframe)` at the end of `populate_entry_trend` besides takes signals away
  while the breaker is open.
- `adjust_trade_position` of the strategy stays its own; what it would buy more (freqtrade confirms
  no such order) is asked of the core too, and is not bought once a stop was reached. What makes a
  position smaller always passes.
- `order_filled` tells it of every execution: positions open, grow and shrink, long and short, with
  their fees and, of futures, what was funded; the breaker sees PnL, streaks and equity.
- `custom_exit` tells it the price and answers "oms_stop_loss" or "oms_take_profit";
  `custom_stoploss` gives freqtrade the same level as a stop of its own, which freqtrade rounds to
  the price's tick towards the price.

Time is freqtrade's. The state lives as long as the process: there is no snapshot of the core yet,
so after a restart open trades are taken over by `bot_start`, and the breaker begins anew. A
strategy that calls super() in these hooks may have its own besides.
"""

from __future__ import annotations

import functools
import importlib
import logging
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import oms

from order_manager.circuit_breaker import REASONS, CircuitBreakerConfig
from order_manager.clock import nanos_of
from order_manager.core import ONE, drain
from order_manager.units import (
    MONEY,
    MONEY_DIGITS,
    PRICE_DIGITS,
    QUANTITY_DIGITS,
    from_money,
    from_ticks,
    lots,
    money,
    percent,
    ticks,
)

logger = logging.getLogger("oms.freqtrade")

DUST = 10
"""Lots of 10^-8 that are no position of their own."""
HAIR = 2e-15
"""More than what floats add to the distance of a stop; far less than a tick of a price."""
ADJUST = ("trade", "current_time", "current_rate")
"""The first parameters of `adjust_trade_position`."""
STOP = "oms_stop_loss"
TARGET = "oms_take_profit"
KINDS = {oms.TriggerKind.STOP_LOSS: STOP, oms.TriggerKind.TAKE_PROFIT: TARGET}
EXITS = {
    STOP: oms.ExitReason.STOP_LOSS,
    "stop_loss": oms.ExitReason.STOP_LOSS,
    "stoploss_on_exchange": oms.ExitReason.STOP_LOSS,
    "trailing_stop_loss": oms.ExitReason.TRAILING_STOP,
    TARGET: oms.ExitReason.TAKE_PROFIT,
    "roi": oms.ExitReason.TAKE_PROFIT,
}


class Ledger:
    """An engine with one net position a pair, in units of 10^-8."""

    def __init__(
        self, balance: float, breaker: CircuitBreakerConfig, max_positions: int | None,
        pairs: int = 1024,
    ) -> None:
        self.engine = oms.Engine(
            starting_balance=money(balance, "balance"),
            money_exp=-MONEY_DIGITS,
            work_per_call=65536,
            capacity={"orders": 64, "symbols": pairs, "positions": 2 * pairs,
                      "triggers": 4 * pairs, "events": 4096, "executions": 16, "scopes": 1,
                      "rate": 1024, "books": 0, "symbol_rate": 0, "recent": 0},
            breaker=breaker.core(),
        )
        self.limits = oms.scope_limits_off()
        if max_positions is not None:
            self.limits.positions_max = max_positions
        self.engine.scope_limits_set(self.limits)
        self.pairs: dict[str, int] = {}
        self.reached: dict[int, str] = {}
        self.levels: dict[tuple[str, int], tuple[int, int]] = {}
        self.asked = 0

    def symbol(self, pair: str, now: int) -> int:
        """The number of a pair."""
        if pair not in self.pairs:
            number = self.engine.symbol_define(
                now=now, name=f"PAIR {len(self.pairs)}", multiplier=ONE, conversion=ONE,
                tick_size={"mantissa": 1, "exponent": -PRICE_DIGITS},
                lot_size={"mantissa": 1, "exponent": -QUANTITY_DIGITS},
            ).symbol
            limits = oms.limits_off()
            limits.now, limits.symbol = now, number
            self.engine.limits_set(limits)
            self.pairs[pair] = number
        return self.pairs[pair]

    def position(self, pair: str, now: int) -> oms.Position | None:
        """The open position of a pair."""
        try:
            found = self.engine.position_net(self.symbol(pair, now))
        except oms.OmsError:
            return None
        return None if found.closed_at else found

    def ask(self, pair: str, is_short: bool, amount: float, rate: float, now: int) -> oms.Verdict:
        """What the gate says of an entry; one that passes counts against the rate limits.

        The order itself is freqtrade's: here it is withdrawn at once, and booked when it is filled.
        """
        self.asked += 1
        said = self.engine.order_submit(
            now=now, symbol=self.symbol(pair, now), client_id=self.asked,
            side=oms.Side.SELL if is_short else oms.Side.BUY, qty=max(lots(amount), 1),
            price=ticks(rate), order_type=oms.OrderType.LIMIT, time_in_force=oms.TimeInForce.GTC,
        )
        if said.order:
            self.engine.order_cancel(now=now, order=said.order, request_id=self.asked)
        return said.verdict

    def enter(self, pair: str, is_short: bool, amount: float, rate: float, fee: float, now: int,
              tag: int = 0) -> oms.Position | None:
        """Books an entry: opens the position, or makes it larger, whatever the limits say now."""
        entry = oms.PositionOpen(
            now=now, symbol=self.symbol(pair, now), qty=lots(amount), price=ticks(rate),
            side=oms.PositionSide.SHORT if is_short else oms.PositionSide.LONG,
            commission=money(fee), tag=tag,
        )
        self.show(pair, rate, now)
        verdict = self.engine.position_open(entry).verdict
        if verdict.denied:
            logger.warning("%s: executed beyond a limit: %s", pair, oms.explain(verdict))
            self.engine.scope_limits_set(oms.scope_limits_off())
            verdict = self.engine.position_open(entry).verdict
            self.engine.scope_limits_set(self.limits)
        if verdict.denied:
            logger.error("%s: an entry that was executed is not booked: %s", pair,
                         oms.explain(verdict))
        return self.position(pair, now)

    def adopt(self, pair: str, is_short: bool, amount: float, rate: float, fee: float,
              opened_at: int, now: int, tag: int = 0) -> None:
        """Takes over a position of an earlier run."""
        self.engine.position_adopt(
            now=now, symbol=self.symbol(pair, now), tag=tag, qty=lots(amount), price=ticks(rate),
            commission=money(fee), opened_at=min(opened_at, now),
            side=oms.PositionSide.SHORT if is_short else oms.PositionSide.LONG,
        )

    def leave(self, pair: str, amount: float, rate: float, fee: float, reason: str | None,
              is_all: bool, now: int) -> None:
        """Books an exit: makes the position smaller, or closes it."""
        held = self.position(pair, now)
        if held is None:
            logger.warning("%s: an exit without a position", pair)
            return
        self.show(pair, rate, now)
        size = lots(amount)
        # What freqtrade sums up in floats may differ in the last place.
        is_all = is_all or size >= held.qty - DUST
        self.engine.position_exit(
            now=now, position=held.position, qty=0 if is_all else size,
            price=ticks(rate), commission=money(fee),
            reason=EXITS.get(reason or "", oms.ExitReason.NONE),
        )
        self.take(now)

    def watch(self, pair: str, kind: int, at: int | None, now: int) -> None:
        """Sets, moves or takes away a stop or target, ticks."""
        held = self.position(pair, now)
        known = self.levels.get((pair, kind))
        if known is not None and known[1] == at:
            return
        if known is not None:
            try:
                self.engine.trigger_cancel(now=now, trigger=known[0])
            except oms.OmsError:
                pass  # it has fired, or its position is closed
            del self.levels[(pair, kind)]
            self.reached.pop(known[0], None)
        if held is not None and at is not None and at > 0:
            said = self.engine.trigger_arm(
                now=now, position=held.position, kind=kind, level=at,
                action=oms.TriggerAction.SIGNAL,
            )
            self.levels[(pair, kind)] = (said.trigger, at)
            drain(self.engine, said.status, now)
            self.take(now)

    def level(self, pair: str, kind: int) -> float | None:
        """Where a stop or target stands."""
        known = self.levels.get((pair, kind))
        return from_ticks(known[1]) if known else None

    def show(self, pair: str, rate: float, now: int) -> None:
        """Tells a price."""
        at = ticks(rate)
        status = self.engine.quote(now=now, symbol=self.symbol(pair, now), bid=at, ask=at)
        drain(self.engine, status, now)
        self.take(now)

    def take(self, now: int) -> None:
        """Takes the events: levels that were reached, trips."""
        more = True
        while more:
            polled = self.engine.poll(max_commands=1, now=now)
            more = polled.more
            for event in polled.events:
                if event.kind == oms.EventKind.TRIGGER_FIRED:
                    self.reached[event.trigger] = KINDS[oms.TriggerKind(event.code)]
                elif event.kind == oms.EventKind.BREAKER_TRIPPED:
                    logger.critical("breaker tripped: %s", REASONS[oms.Cause(event.code)].value)

    def why_leave(self, pair: str) -> str | None:
        """The stop or target of a pair that was reached."""
        for kind in KINDS:
            known = self.levels.get((pair, kind))
            if known is not None and known[0] in self.reached:
                return self.reached[known[0]]
        return None

    def forget(self, pair: str) -> None:
        """The position is closed: so are its levels."""
        for kind in KINDS:
            known = self.levels.pop((pair, kind), None)
            if known is not None:
                self.reached.pop(known[0], None)

    def is_operational(self, now: int) -> bool:
        """Whether the breaker lets orders pass; it recovers when that is due."""
        drain(self.engine, self.engine.timer(now=now), now)
        return self.engine.risk_get(0).operational == 1


def distant(held: oms.Position, ratio: int, is_above: bool) -> int:
    """The price so far from the average one of what is open, ticks, rounded towards that.

    The ratio is parts per 10^9 of it.
    """
    whole = int(held.qty) * MONEY
    if is_above:
        return int(held.cost) * (MONEY + ratio) // whole
    return -(-int(held.cost) * (MONEY - ratio) // whole)


def gated(own: Callable[..., Any]) -> Callable[..., Any]:
    """An `adjust_trade_position` whose purchases the core is asked about, once."""

    @functools.wraps(own)
    def asks(self: OmsMixin, *args: Any, **kwargs: Any) -> Any:
        if self._oms_adjusting:
            return own(self, *args, **kwargs)
        self._oms_adjusting = True
        try:
            answer = own(self, *args, **kwargs)
        finally:
            self._oms_adjusting = False
        given = dict(zip(ADJUST, args)) | kwargs
        return answer if self._oms_may_adjust(answer, *(given[n] for n in ADJUST)) else None

    return asks


def open_trades() -> list[Any]:
    """Trades of freqtrade that are open, as after a restart."""
    try:
        persistence = importlib.import_module("freqtrade.persistence")
    except ImportError:
        return []
    return list(persistence.Trade.get_trades_proxy(is_open=True))


class OmsMixin:
    """Put it before IStrategy. Attributes beginning with oms_ configure it."""

    oms_breaker = CircuitBreakerConfig()
    oms_max_positions: int | None = None
    oms_stop_loss_pct: float | None = None
    """Distance of the stop from the average entry price of what is open, in percent of it."""
    oms_take_profit_pct: float | None = None

    oms_ledger: Ledger | None = None
    _oms_now = 0
    _oms_used = False
    _oms_adjusting = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = cls.__dict__.get("adjust_trade_position")
        if own is not None:
            setattr(cls, "adjust_trade_position", gated(own))

    # What freqtrade calls.

    def bot_start(self, **kwargs: Any) -> None:
        """A run begins: an engine of its own, with the trades that are open."""
        self.oms_ledger = Ledger(self._oms_balance(), self.oms_breaker, self.oms_max_positions)
        self._oms_used = False
        for trade in open_trades():
            opened = nanos_of(trade.open_date_utc)
            now = max(opened, nanos_of(datetime.now(timezone.utc)))
            fee = float(trade.amount) * float(trade.open_rate) * float(trade.fee_open or 0)
            self.oms_ledger.adopt(trade.pair, trade.is_short, trade.amount, trade.open_rate, fee,
                                  opened, now, int(trade.id or 0))
            self._oms_protect(self.oms_ledger, trade.pair, now)
        self._oms_super("bot_start", None, **kwargs)

    def confirm_trade_entry(
        self, pair: str, order_type: str, amount: float, rate: float, time_in_force: str,
        current_time: Any, entry_tag: str | None, side: str, **kwargs: Any,
    ) -> bool:
        """Whether an entry may be sent."""
        ledger, now = self._oms(current_time)
        if ledger.position(pair, now) is None:
            ledger.show(pair, rate, now)
        verdict = ledger.ask(pair, side == "short", amount, rate, now)
        if verdict.denied:
            logger.warning("%s: no entry: %s", pair, oms.explain(verdict))
            return False
        return bool(self._oms_super(
            "confirm_trade_entry", True, pair, order_type, amount, rate, time_in_force,
            current_time, entry_tag, side, **kwargs,
        ))

    def order_filled(self, pair: str, trade: Any, order: Any, current_time: Any,
                     **kwargs: Any) -> None:
        """Something was executed."""
        ledger, now = self._oms(current_time)
        amount = float(order.safe_amount_after_fee)
        rate = float(order.safe_price)
        # Positive: what was received.
        funded = float(order.funding_fee or 0)
        if amount > 0 and rate > 0:
            if order.ft_order_side == trade.entry_side:
                fee = amount * rate * float(trade.fee_open or 0) - funded
                ledger.enter(pair, trade.is_short, amount, rate, fee, now, int(trade.id or 0))
                self._oms_protect(ledger, pair, now)
            else:
                fee = amount * rate * float(trade.fee_close or trade.fee_open or 0) - funded
                is_all = not trade.is_open
                ledger.leave(pair, amount, rate, fee, trade.exit_reason, is_all, now)
                if ledger.position(pair, now) is None:
                    ledger.forget(pair)
        self._oms_super("order_filled", None, pair, trade, order, current_time, **kwargs)

    @gated
    def adjust_trade_position(self, *args: Any, **kwargs: Any) -> Any:
        """What the next class in line says; a class below may have its own."""
        return self._oms_super("adjust_trade_position", None, *args, **kwargs)

    def custom_exit(self, pair: str, trade: Any, current_time: Any, current_rate: float,
                    current_profit: float, **kwargs: Any) -> Any:
        """The price, and whether it has reached a stop or target."""
        ledger, now = self._oms(current_time)
        ledger.show(pair, current_rate, now)
        return ledger.why_leave(pair) or self._oms_super(
            "custom_exit", None, pair, trade, current_time, current_rate, current_profit, **kwargs
        )

    def custom_stoploss(self, pair: str, trade: Any, current_time: Any, current_rate: float,
                        current_profit: float, after_fill: bool = False,
                        **kwargs: Any) -> float | None:
        """The stop, as its distance from the present price; None: freqtrade's stays."""
        ledger, _ = self._oms(current_time)
        level = ledger.level(pair, oms.TriggerKind.STOP_LOSS)
        if level is None or not current_rate:
            return None
        if after_fill:
            # A backtest applies the distance to the average price once more.
            entry = float(trade.open_rate or current_rate)
            current_rate = (min if trade.is_short else max)(current_rate, entry)
        away = level / current_rate - 1
        distance = (away if trade.is_short else -away) + HAIR
        # 0 would mean that there is no new stop.
        return max(distance * float(trade.leverage or 1), 1e-8)

    def bot_loop_start(self, current_time: Any, **kwargs: Any) -> None:
        """Time goes on: days roll, the breaker recovers."""
        ledger, now = self._oms(current_time)
        ledger.is_operational(now)
        self._oms_super("bot_loop_start", None, current_time, **kwargs)

    # For the strategy.

    def oms_guard(self, dataframe: Any) -> Any:
        """Takes entry signals away while the breaker is open."""
        if self.oms_ledger is not None and not self.oms_ledger.is_operational(self._oms_now):
            for column in ("enter_long", "enter_short"):
                dataframe[column] = 0
        return dataframe

    def oms_report(self) -> dict[str, Any]:
        """PnL, trades and the breaker, in numbers."""
        ledger = self.oms_ledger
        if ledger is None:
            return {}
        found, breaker = ledger.engine.statistics_get(0), ledger.engine.risk_get(0)
        return {
            "closed": found.closed, "wins": found.wins, "losses": found.losses,
            "total": from_money(found.total), "commission": from_money(found.commission),
            "equity": from_money(breaker.equity),
            "breaker": oms.BreakerState(breaker.state).name.lower(),
            "denied": found.denied,
        }

    # Inside.

    def _oms(self, current_time: Any) -> tuple[Ledger, int]:
        if self.oms_ledger is None:
            self.oms_ledger = Ledger(self._oms_balance(), self.oms_breaker, self.oms_max_positions)
        self._oms_used = True
        self._oms_now = max(self._oms_now, nanos_of(current_time))
        return self.oms_ledger, nanos_of(current_time)

    def _oms_may_adjust(self, answer: Any, trade: Any, current_time: Any, rate: float) -> bool:
        """Whether a stake, or a stake and a tag, may be added to a trade."""
        stake = answer[0] if isinstance(answer, tuple) and answer else answer
        if not isinstance(stake, (int, float)) or stake <= 0 or not rate:
            return True
        ledger, now = self._oms(current_time)
        ledger.show(trade.pair, rate, now)
        reached = ledger.why_leave(trade.pair)
        if reached is not None:
            logger.warning("%s: not enlarged: %s", trade.pair, reached)
            return False
        amount = stake * float(trade.leverage or 1) / rate
        verdict = ledger.ask(trade.pair, trade.is_short, amount, rate, now)
        if verdict.denied:
            logger.warning("%s: not enlarged: %s", trade.pair, oms.explain(verdict))
        return not verdict.denied

    def _oms_protect(self, ledger: Ledger, pair: str, now: int) -> None:
        """Stop and target by the average price of what is open, after every entry."""
        held = ledger.position(pair, now)
        if held is None:
            return
        is_long = held.side == oms.PositionSide.LONG
        for kind, distance, is_above in (
            (oms.TriggerKind.STOP_LOSS, self.oms_stop_loss_pct, not is_long),
            (oms.TriggerKind.TAKE_PROFIT, self.oms_take_profit_pct, is_long),
        ):
            if distance is not None:
                ratio = percent(distance, "distance")
                ledger.watch(pair, kind, distant(held, ratio, is_above), now)

    def _oms_balance(self) -> float:
        """What there is at the start, in the stake currency."""
        wallets, config = getattr(self, "wallets", None), getattr(self, "config", {}) or {}
        if wallets is not None:
            return float(wallets.get_total_stake_amount())
        wallet = config.get("dry_run_wallet", 1000)
        if isinstance(wallet, dict):
            wallet = wallet.get(config.get("stake_currency"), 1000)
        return float(wallet)

    def _oms_super(self, name: str, default: Any, *args: Any, **kwargs: Any) -> Any:
        """What the next class in line says, if it says something."""
        method = getattr(super(), name, None)
        return default if method is None else method(*args, **kwargs)

    def __getstate__(self) -> dict[str, Any]:
        """For hyperopt: a run begins anew, so the engine is left out, unless it is in use."""
        state = dict(self.__dict__)
        if self._oms_used and self.oms_ledger is not None:
            if self.oms_ledger.engine.statistics_get(0).open:
                raise TypeError(
                    "a strategy with open positions cannot be copied: its engine has no snapshot "
                    "yet"
                )
        state.pop("oms_ledger", None)
        return state
