"""What a trailing stop follows: a trigger of the core, in an engine of its own."""

from __future__ import annotations

import oms

from order_manager.core import drain, engine, symbol


class Trail:
    """The level, the best price and whether it was reached."""

    def __init__(self, sells: bool, distance: dict[str, int], now: int) -> None:
        self._engine = engine(orders=2, symbols=1, positions=1, triggers=1, events=16)
        self._symbol = symbol(self._engine, "TRAIL", now)
        # Watched is what it would close: a sale closes a long position.
        self._side = oms.PositionSide.LONG if sells else oms.PositionSide.SHORT
        self._distance = distance
        self._trigger = 0
        self.level = 0
        self.peak = 0
        self.has_fired = False

    def show(self, price: int, now: int) -> None:
        """Tells a price, ticks. After it has fired nothing moves any more."""
        if self.has_fired:
            return
        status = self._engine.quote(now=now, symbol=self._symbol, bid=price, ask=price)
        drain(self._engine, status, now)
        if not self._trigger:
            self._arm(price, now)
        for event in self._engine.poll(now=now).events:
            self.has_fired |= event.kind == oms.EventKind.TRIGGER_FIRED
        if not self.has_fired:
            trigger = self._engine.trigger_get(self._trigger)
            self.level, self.peak = trigger.level, trigger.peak

    def _arm(self, price: int, now: int) -> None:
        opened = self._engine.position_open(
            now=now, symbol=self._symbol, side=self._side, qty=1, price=price
        )
        if opened.verdict.denied:
            raise oms.Denied(opened.verdict)
        arm = oms.TriggerArm(
            now=now,
            position=opened.position,
            kind=oms.TriggerKind.TRAILING_STOP,
            action=oms.TriggerAction.SIGNAL,
            **self._distance,
        )
        self._trigger = self._engine.trigger_arm(arm).trigger
