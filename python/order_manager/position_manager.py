"""Positions: opened and closed by hand, valued and watched by the core."""

from __future__ import annotations

import logging
import uuid
from array import array
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import oms

from order_manager.clock import Clock, datetime_of, now_of
from order_manager.core import drain, engine, symbol
from order_manager.slippage_simulator import positive
from order_manager.units import (
    Number,
    from_average,
    from_lots,
    from_money,
    from_ratio,
    from_ticks,
    lots,
    many_ticks,
    scaled,
    ticks,
)

logger = logging.getLogger("order_manager")


class PositionSide(str, Enum):
    """Bought or sold."""

    LONG = "long"
    SHORT = "short"


SIDES = {PositionSide.LONG: oms.PositionSide.LONG, PositionSide.SHORT: oms.PositionSide.SHORT}
REASONS = {
    "stop_loss": oms.ExitReason.STOP_LOSS,
    "take_profit": oms.ExitReason.TAKE_PROFIT,
    "trailing_stop": oms.ExitReason.TRAILING_STOP,
}


class Level:
    """A stop or target: a trigger of the core that tells when the price is there."""

    def __init__(self, book: Book, position: int, kind: oms.TriggerKind) -> None:
        self.book = book
        self.position = position
        self.kind = kind
        self.price: Number | None = None
        self.trigger = 0
        self.is_reached = False

    def set(self, price: Number | None, now: int) -> None:
        """Sets it, moves it, or takes it away."""
        level = None if price is None else positive(ticks(price, self.kind.name.lower()),
                                                    self.kind.name.lower(), price)
        self.book.settle(now)
        if self.trigger:
            self.book.engine.trigger_cancel(now=now, trigger=self.trigger)
            self.book.levels.pop(self.trigger)
            self.trigger = 0
        self.is_reached = False
        self.book.reached.discard(self)
        self.price = price
        if level is not None:
            self.arm(level, now)
            self.book.listen(now)

    def arm(self, level: int, now: int) -> None:
        """Has it watched; a price that is there already is told of at once."""
        said = self.book.engine.trigger_arm(
            now=now, position=self.position, kind=self.kind, level=level,
            action=oms.TriggerAction.SIGNAL,
        )
        self.trigger = said.trigger
        self.book.levels[said.trigger] = self
        drain(self.book.engine, said.status, now)


class Batch:
    """Quotes of some symbols in one block of memory, to be filled in again and again."""

    def __init__(self, names: tuple[str, ...], places: list[int]) -> None:
        self.names = names
        self.quotes = oms.Array(oms.Quote, len(names))
        for quote, place in zip(self.quotes, places, strict=True):
            quote.symbol = place
        self.now, self.bid, self.ask = map(self.quotes.column, ("header.now", "bid", "ask"))

    def fill(self, prices: array[int], now: int) -> oms.Array[oms.Quote]:
        """Bid and ask are the price."""
        self.now[:] = array("q", [now]) * len(prices)
        self.bid[:] = prices
        self.ask[:] = prices
        return self.quotes


class Book:
    """The engine of a manager: places for symbols, and the levels that are watched."""

    def __init__(self, manager: PositionManager, now: int) -> None:
        most = manager.max_positions
        # One place more than positions: the symbol of one that is denied needs a place too.
        self.engine = engine(
            orders=1, symbols=most + 1, positions=2 * most + 2, triggers=2 * most + 2,
            events=8 * most + 64, work_per_call=65536,
        )
        limits = oms.scope_limits_off()
        limits.positions_max = most
        limits.now = now
        self.engine.scope_limits_set(limits)
        self.clock = manager.clock
        self.per_symbol = manager.max_position_per_symbol
        self.qty_max = oms.OFF
        if manager.max_quantity is not None:
            self.qty_max = lots(manager.max_quantity, "max_quantity")
        self.places: dict[str, int] = {}
        self.free: list[int] = []
        self.prices: dict[str, Number] = {}
        self.levels: dict[int, Level] = {}
        self.reached: set[Level] = set()
        self.batch: Batch | None = None
        self.is_settled = True

    def place(self, name: str, now: int) -> int:
        """The number of a symbol, which keeps it while it has a position."""
        if name in self.places:
            return self.places[name]
        self.batch = None
        if self.free:
            number = self.free.pop()
        else:
            number = symbol(self.engine, f"PLACE {len(self.places)}", now,
                            flags=oms.SymbolFlags.HEDGED)
            limits = oms.limits_off()
            limits.symbol, limits.now = number, now
            limits.positions_max, limits.qty_max = self.per_symbol, self.qty_max
            self.engine.limits_set(limits)
        self.places[name] = number
        return number

    def leave(self, name: str) -> None:
        """Gives the place of a symbol to the next one."""
        self.free.append(self.places.pop(name))
        self.prices.pop(name, None)

    def show(self, prices: Mapping[str, Number], now: int) -> None:
        """Tells prices of symbols that have a place: one call of the core for all of them."""
        if not prices.keys() <= self.places.keys():
            prices = {name: price for name, price in prices.items() if name in self.places}
        if not prices:
            return
        at = many_ticks(prices.values())
        names = tuple(prices)
        if self.batch is None or self.batch.names != names:
            self.batch = Batch(names, [self.places[name] for name in names])
        quotes = self.batch.fill(at, now)
        drain(self.engine, self.engine.quote_batch(quotes).status, now)
        self.prices.update(prices)
        self.is_settled = False

    def settle(self, now: int) -> None:
        """Learns which levels the present prices have reached, when somebody asks."""
        if not self.is_settled:
            self.is_settled = True
            self.listen(now)
            self.look_again(now)

    def listen(self, now: int) -> None:
        """Takes the events: which levels were reached."""
        more = True
        while more:
            polled = self.engine.poll(max_commands=1, now=now)
            more = polled.more
            for event in polled.events:
                if event.kind != oms.EventKind.TRIGGER_FIRED:
                    continue
                level = self.levels.pop(event.trigger, None)
                if level is None:
                    continue
                level.trigger = 0
                level.is_reached = True
                self.reached.add(level)

    def look_again(self, now: int) -> None:
        """Whether levels that were reached still are: the core says so of one that is armed."""
        again, self.reached = self.reached, set()
        for level in again:
            level.is_reached = False
            level.arm(ticks(level.price), now)
        if again:
            self.listen(now)


class Position:
    """A position of a `PositionManager`: a record of the core, and names."""

    def __init__(self, manager: PositionManager, number: int, symbol: str, side: PositionSide,
                 **kept: Any) -> None:
        self._manager: PositionManager | None = manager
        self._number = number
        self._frozen: oms.Position | None = None
        self.position_id: str = kept.pop("position_id")
        self.symbol = symbol
        self.side = side
        self.strategy_name: str | None = kept.pop("strategy_name")
        self.entry_reason: str | None = kept.pop("entry_reason")
        self.entry_order_id: str | None = kept.pop("entry_order_id")
        self.trade_id: Any = kept.pop("trade_id")
        self.entry_commission: float = kept.pop("entry_commission")
        self.exit_commission = 0.0
        self.exit_reason: str | None = None
        self.exit_order_id: str | None = None
        book = manager._book
        self._stop = Level(book, number, oms.TriggerKind.STOP_LOSS)
        self._target = Level(book, number, oms.TriggerKind.TAKE_PROFIT)
        self._quantity = manager._engine.position_get(number).qty

    def _record(self) -> oms.Position:
        if self._frozen is not None or self._manager is None:
            assert self._frozen is not None
            return self._frozen
        return self._manager._engine.position_get(self._number)

    def _freeze(self) -> None:
        """Keeps the record: the core may use its place again."""
        self._frozen = self._record()
        for level in (self._stop, self._target):
            level.book.levels.pop(level.trigger, None)
            level.book.reached.discard(level)
            level.trigger, level.is_reached = 0, False

    @property
    def is_open(self) -> bool:
        """Whether it is open."""
        return self._record().closed_at == 0

    @property
    def quantity(self) -> float:
        """Its quantity; of a closed one what it had."""
        record = self._record()
        return from_lots(record.qty or self._quantity)

    @property
    def entry_price(self) -> float:
        """Average price of its entries."""
        record = self._record()
        return from_average(record.entry_price, record.entry_price_frac)

    @property
    def exit_price(self) -> float | None:
        """Average price of its exits; None before."""
        record = self._record()
        if record.exit == oms.ExitReason.NONE:
            return None
        return from_average(record.exit_price, record.exit_price_frac)

    @property
    def current_price(self) -> float:
        """The last price told; of a closed one its exit price."""
        exit_price = self.exit_price
        if exit_price is not None or self._manager is None:
            return exit_price or 0.0
        return float(self._manager._book.prices[self.symbol])

    @property
    def entry_time(self) -> datetime | None:
        """When it was opened."""
        return datetime_of(self._record().opened_at)

    @property
    def exit_time(self) -> datetime | None:
        """When it was closed."""
        return datetime_of(self._record().closed_at)

    @property
    def duration_minutes(self) -> float:
        """How long it has been held."""
        if self._frozen is None and self._manager is not None:
            self._manager._engine.timer(now=now_of(self._manager.clock))
        return self._record().held / 60e9

    @property
    def unrealized_pnl(self) -> float:
        """What it would bring now, less the entry commission; 0 once it is closed."""
        return from_money(self._record().total) if self.is_open else 0.0

    @property
    def unrealized_pnl_pct(self) -> float:
        """The same as a share of what was paid for it, in percent."""
        return from_ratio(self._record().return_ratio) if self.is_open else 0.0

    @property
    def realized_pnl(self) -> float:
        """What it brought, less both commissions; 0 while it is open."""
        return from_money(self._record().outcome)

    @property
    def total_commission(self) -> float:
        """What was paid for entry and exit."""
        return from_money(self._record().commission)

    @property
    def is_profitable(self) -> bool:
        """Whether it brings, or brought, more than nothing."""
        record = self._record()
        return (record.outcome if record.closed_at else record.total) > 0

    @property
    def stop_loss(self) -> Number | None:
        """The price that stops it; it may be assigned."""
        return self._stop.price

    @stop_loss.setter
    def stop_loss(self, value: Number | None) -> None:
        self._set(self._stop, value)

    @property
    def take_profit(self) -> Number | None:
        """The price that takes its profit; it may be assigned."""
        return self._target.price

    @take_profit.setter
    def take_profit(self, value: Number | None) -> None:
        self._set(self._target, value)

    def _set(self, level: Level, value: Number | None) -> None:
        if self._manager is None or not self.is_open:
            raise ValueError(f"position {self.position_id} is closed: it has no stops to be set")
        level.set(value, now_of(self._manager.clock))

    @property
    def should_stop_loss(self) -> bool:
        """Whether the present price is at the stop or beyond it."""
        return self._has_reached(self._stop)

    @property
    def should_take_profit(self) -> bool:
        """Whether the present price is at the target or beyond it."""
        return self._has_reached(self._target)

    def _has_reached(self, level: Level) -> bool:
        if self._frozen is None:
            level.book.settle(now_of(level.book.clock))
        return level.is_reached

    def update_price(self, price: Number) -> None:
        """Tells the price of the symbol; all its positions are valued at it."""
        positive(ticks(price), "price", price)
        if self._manager is not None and self.is_open:
            self._manager.update_prices({self.symbol: price})

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values."""
        names = (
            "position_id symbol entry_price quantity current_price stop_loss take_profit "
            "unrealized_pnl unrealized_pnl_pct realized_pnl entry_commission exit_commission "
            "total_commission is_open exit_price exit_reason duration_minutes is_profitable "
            "strategy_name entry_reason entry_order_id exit_order_id trade_id"
        ).split()
        found = {name: getattr(self, name) for name in names}
        found["side"] = self.side.value
        for name in ("entry_time", "exit_time"):
            moment = getattr(self, name)
            found[name] = moment.isoformat() if moment else None
        return found

    def __getstate__(self) -> dict[str, Any]:
        if self._frozen is None:
            raise TypeError(
                f"position {self.position_id} is open and lives in the core: it cannot be copied"
            )
        state = dict(self.__dict__, _manager=None)
        for name in ("_stop", "_target"):
            state[name] = state[name].price
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        for name in ("_stop", "_target"):
            level = Level.__new__(Level)
            level.price, level.is_reached = state[name], False
            setattr(self, name, level)

    def __repr__(self) -> str:
        state = "open" if self.is_open else "closed"
        return (
            f"Position({self.symbol!r}, {self.side.value}, {self.quantity} @ {self.entry_price}, "
            f"{state}, id={self.position_id[:8]})"
        )


class PositionManager:
    """Positions of several symbols, within limits on their number and size."""

    def __init__(
        self,
        max_positions: int = 5,
        max_position_per_symbol: int = 1,
        max_quantity: Number | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        for what, number in (("max_positions", max_positions),
                             ("max_position_per_symbol", max_position_per_symbol)):
            if number < 1:
                raise ValueError(f"{what} must be at least 1, not {number}")
        self._limits = (max_positions, max_position_per_symbol, max_quantity)
        self.clock = clock
        self.positions: dict[str, Position] = {}
        self.closed_positions: list[Position] = []
        self._book = Book(self, now_of(clock))
        self._engine = self._book.engine

    @property
    def max_positions(self) -> int:
        """Most positions; the core was given it, so it stays."""
        return self._limits[0]

    @property
    def max_position_per_symbol(self) -> int:
        """Most positions in a symbol."""
        return self._limits[1]

    @property
    def max_quantity(self) -> Number | None:
        """Largest quantity of a position."""
        return self._limits[2]

    def open_position(
        self,
        symbol: str,
        side: PositionSide | str,
        entry_price: Number,
        quantity: Number,
        stop_loss: Number | None = None,
        take_profit: Number | None = None,
        strategy_name: str | None = None,
        entry_reason: str | None = None,
        entry_commission: Number = 0.0,
        entry_order_id: str | None = None,
        trade_id: Any = None,
    ) -> Position | None:
        """Opens a position at this price; None when a limit is against it."""
        side = PositionSide(side)
        price = positive(ticks(entry_price, "entry_price"), "entry_price", entry_price)
        size = positive(lots(quantity), "quantity", quantity)
        paid = scaled(entry_commission, 9, "entry_commission", 2**62)
        for what, level in (("stop_loss", stop_loss), ("take_profit", take_profit)):
            if level is not None:
                positive(ticks(level, what), what, level)
        now = now_of(self.clock)
        book, is_new = self._book, symbol not in self._book.places
        place = book.place(symbol, now)
        said = self._engine.position_open(
            now=now, symbol=place, side=SIDES[side], qty=size, price=price, commission=paid,
        )
        if said.verdict.denied:
            if is_new:
                book.leave(symbol)
            logger.warning("position in %s: %s", symbol, oms.explain(said.verdict))
            return None
        position = Position(
            self, said.position, symbol, side, position_id=uuid.uuid4().hex,
            strategy_name=strategy_name, entry_reason=entry_reason, trade_id=trade_id,
            entry_order_id=entry_order_id, entry_commission=float(entry_commission),
        )
        if is_new:
            book.show({symbol: entry_price}, now)
        position._stop.set(stop_loss, now)
        position._target.set(take_profit, now)
        self.positions[position.position_id] = position
        logger.info("opened %r", position)
        return position

    def close_position(
        self,
        position_id: str,
        exit_price: Number,
        exit_commission: Number = 0.0,
        reason: str = "manual",
        exit_order_id: str | None = None,
    ) -> bool:
        """Closes a position at this price; False when there is no such open one."""
        price = positive(ticks(exit_price, "exit_price"), "exit_price", exit_price)
        paid = scaled(exit_commission, 9, "exit_commission", 2**62)
        position = self.positions.get(position_id)
        if position is None:
            logger.warning("no open position is called %s", position_id)
            return False
        now = now_of(self.clock)
        self._engine.position_exit(
            now=now, position=position._number, price=price, commission=paid,
            reason=REASONS.get(reason, oms.ExitReason.NONE),
        )
        position.exit_reason, position.exit_order_id = reason, exit_order_id
        position.exit_commission = float(exit_commission)
        position._freeze()
        self._book.listen(now)
        del self.positions[position_id]
        self.closed_positions.append(position)
        if not self.get_positions_by_symbol(position.symbol):
            self._book.leave(position.symbol)
        logger.info("closed %r: %s, %s", position, reason, position.realized_pnl)
        return True

    def can_open_position(self, symbol: str) -> bool:
        """Whether the limits leave room for a position in this symbol."""
        now = now_of(self.clock)
        is_new = symbol not in self._book.places
        place = self._book.place(symbol, now)
        verdict = self._engine.order_check(
            now=now, symbol=place, client_id=1, side=oms.Side.BUY, qty=1, price=1,
            order_type=oms.OrderType.LIMIT,
        )
        if is_new:
            self._book.leave(symbol)
        return not verdict.denied

    def update_prices(self, prices: Mapping[str, Number]) -> None:
        """Tells prices of symbols, in one call of the core; those without a position are passed."""
        self._book.show(prices, now_of(self.clock))

    def check_stop_loss_take_profit(self) -> list[Position]:
        """Positions whose stop or target the present price has reached."""
        return [p for p in self.positions.values() if p.should_stop_loss or p.should_take_profit]

    def get_position(self, position_id: str) -> Position | None:
        """A position, open or closed."""
        found = self.positions.get(position_id)
        if found is None:
            closed = (p for p in self.closed_positions if p.position_id == position_id)
            found = next(closed, None)
        return found

    def get_position_by_trade_id(self, trade_id: Any) -> Position | None:
        """The open position that was opened with this trade id."""
        return next((p for p in self.positions.values() if p.trade_id == trade_id), None)

    def get_positions_by_symbol(self, symbol: str) -> list[Position]:
        """Open positions in a symbol."""
        return [p for p in self.positions.values() if p.symbol == symbol]

    def get_all_positions(self) -> list[Position]:
        """All open positions."""
        return list(self.positions.values())

    def _totals(self) -> tuple[oms.Statistics, int]:
        """The statistics, and what the closed positions brought."""
        found = self._engine.statistics_get(0)
        return found, found.gross_profit - found.gross_loss

    def get_total_unrealized_pnl(self) -> float:
        """What all open positions would bring now, less their entry commissions."""
        found, realized = self._totals()
        return from_money(found.total - realized)

    def get_total_realized_pnl(self) -> float:
        """What all closed positions brought, less commissions."""
        return from_money(self._totals()[1])

    def get_statistics(self) -> dict[str, Any]:
        """Counts and sums."""
        found, realized = self._totals()
        by_symbol: dict[str, int] = {}
        for position in self.positions.values():
            by_symbol[position.symbol] = by_symbol.get(position.symbol, 0) + 1
        return {
            "open_positions": found.open,
            "closed_positions": found.closed,
            "total_unrealized_pnl": from_money(found.total - realized),
            "total_realized_pnl": from_money(realized),
            "total_pnl": from_money(found.total),
            "winning_trades": found.wins,
            "losing_trades": found.losses,
            "win_rate": from_ratio(found.win_rate),
            "max_positions": self.max_positions,
            "positions_by_symbol": by_symbol,
        }

    def __reduce__(self) -> Any:
        """By configuration: positions are not carried over, so there may be none."""
        if self.positions or self.closed_positions:
            raise TypeError(
                "a position manager that has had positions cannot be copied: they would be "
                "forgotten. Copy it before, or make another one by its limits"
            )
        return type(self), self._limits
