"""Orders and their life. What becomes of an order is decided by the core; this is its face."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime
from enum import Enum
from typing import Any

import oms

from order_manager.clock import Clock, datetime_of, nanos_of, now_of
from order_manager.desk import Desk, Home
from order_manager.trail import Trail
from order_manager.units import (
    Number,
    from_average,
    from_lots,
    from_money,
    from_ticks,
    lots,
    percent,
    scaled,
    ticks,
)

logger = logging.getLogger("order_manager")


class OrderType(str, Enum):
    """What kind of order it is."""

    MARKET = "market"
    LIMIT = "limit"
    STOP_LOSS = "stop_loss"
    TAKE_PROFIT = "take_profit"
    TRAILING_STOP = "trailing_stop"


class OrderSide(str, Enum):
    """Buys or sells."""

    BUY = "buy"
    SELL = "sell"


class OrderStatus(str, Enum):
    """Where an order stands."""

    PENDING = "pending"
    SUBMITTED = "submitted"
    OPEN = "open"
    PARTIALLY_FILLED = "partially_filled"
    FILLED = "filled"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    EXPIRED = "expired"
    FAILED = "failed"


SIDES = {OrderSide.BUY: oms.Side.BUY, OrderSide.SELL: oms.Side.SELL}
STATUSES = {status: OrderStatus[status.name] for status in list(oms.OrderStatus)[:9]}
# On their way to something else: what they are meanwhile.
BETWEEN = {
    oms.OrderStatus.PENDING_CANCEL,
    oms.OrderStatus.PENDING_REPLACE,
    oms.OrderStatus.SUSPENDED,
    oms.OrderStatus.DONE_FOR_DAY,
}
AT_THE_VENUE = {OrderStatus.SUBMITTED, OrderStatus.OPEN, OrderStatus.PARTIALLY_FILLED}
ENDED = {
    OrderStatus.FILLED,
    OrderStatus.CANCELLED,
    OrderStatus.REJECTED,
    OrderStatus.EXPIRED,
    OrderStatus.FAILED,
}


class Order:
    """An order. It is a description until it is submitted, and from then on a record of the core.

    `update_status` and `update_fill` tell what happened to it; an `OrderExecutor` does so itself.
    """

    def __init__(
        self,
        symbol: str,
        side: OrderSide | str = OrderSide.BUY,
        quantity: Number = 0.0,
        price: Number | None = None,
        stop_price: Number | None = None,
        strategy_name: str | None = None,
        position_id: str | None = None,
        tags: dict[str, Any] | None = None,
        max_retries: int = 3,
        timeout_seconds: float = 300,
        reduce_only: bool = False,
        post_only: bool = False,
        *,
        order_type: OrderType | str = OrderType.MARKET,
        order_id: str | None = None,
        client_order_id: str | None = None,
        clock: Clock | None = None,
    ) -> None:
        for what, value in (("quantity", quantity), ("price", price), ("stop_price", stop_price)):
            if value is not None:
                scaled(value, 8, what)
        self.symbol = symbol
        self.side = OrderSide(side)
        self.quantity = quantity
        self.price = price
        self.strategy_name = strategy_name
        self.position_id = position_id
        self.tags: dict[str, Any] = dict(tags or {})
        self.max_retries = max_retries
        self.timeout_seconds = timeout_seconds
        self.reduce_only = reduce_only
        self.post_only = post_only
        self.order_type = OrderType(order_type)
        self.order_id = order_id or uuid.uuid4().hex
        self.client_order_id = client_order_id or self.order_id
        self.exchange_order_id: str | None = None
        self.commission_asset: str | None = None
        self.error_message: str | None = None
        self.retry_count = 0
        self.clock = clock
        self._stop_price = stop_price
        self._created = now_of(clock)
        self._home: Home | None = None
        self._id = 0
        self._frozen: oms.Order | None = None
        self._ended: OrderStatus | None = None
        self._executions = 0

    # What it is.

    @property
    def stop_price(self) -> Number | None:
        """The price at which a stop or target triggers."""
        return self._stop_price

    @stop_price.setter
    def stop_price(self, value: Number | None) -> None:
        self._stop_price = value

    def core_terms(self, reduce_only: bool = False) -> dict[str, Any]:
        """The order as the core's request says it."""
        quantity = lots(self.quantity)
        if quantity <= 0:
            raise ValueError(f"quantity must be positive, not {self.quantity}")
        terms: dict[str, Any] = {
            "side": SIDES[self.side],
            "qty": quantity,
            "flags": oms.OrderFlags.POST_ONLY if self.post_only else 0,
            "time_in_force": oms.TimeInForce.GTC,
        }
        if reduce_only:
            terms["flags"] |= oms.OrderFlags.REDUCE_ONLY
        has_price = self.price is not None and self.order_type is not OrderType.MARKET
        if has_price:
            terms["price"] = ticks(self.price)
        return terms | self._typed(has_price)

    def _typed(self, has_price: bool) -> dict[str, Any]:
        kinds = oms.OrderType
        if self.order_type is OrderType.MARKET:
            return {"order_type": kinds.MARKET}
        if self.order_type is OrderType.LIMIT:
            return {"order_type": kinds.LIMIT}
        is_stop = self.order_type is OrderType.STOP_LOSS
        kind = kinds.STOP if is_stop else kinds.TAKE_PROFIT
        if has_price:
            kind = kinds.STOP_LIMIT if is_stop else kinds.TAKE_PROFIT_LIMIT
        return {"order_type": kind, "stop_price": ticks(self.stop_price, "stop_price")}

    # Where it stands.

    def _record(self) -> oms.Order | None:
        """The core's record; None before it is submitted."""
        if self._frozen is not None or self._home is None:
            return self._frozen
        return self._home.engine.order_get(self._id)

    @property
    def status(self) -> OrderStatus:
        """Where it stands, by what is known now."""
        record = self._record()
        if record is None:
            return OrderStatus.PENDING
        if self._ended is not None and record.status == oms.OrderStatus.CANCELLED:
            return self._ended
        if record.status in BETWEEN:
            return OrderStatus.PARTIALLY_FILLED if record.cum_qty else OrderStatus.OPEN
        return STATUSES[oms.OrderStatus(record.status)]

    @status.setter
    def status(self, value: OrderStatus | str) -> None:
        self.update_status(OrderStatus(value))

    @property
    def filled_quantity(self) -> float:
        """What was executed."""
        record = self._record()
        return from_lots(record.cum_qty) if record else 0.0

    @property
    def remaining_quantity(self) -> float:
        """What was not executed."""
        record = self._record()
        if record is None:
            return from_lots(lots(self.quantity))
        return from_lots(max(record.order_qty - record.cum_qty, 0))

    @property
    def fill_percentage(self) -> float:
        """Share that was executed, in percent."""
        record = self._record()
        return 100 * record.cum_qty / record.order_qty if record else 0.0

    @property
    def average_fill_price(self) -> float:
        """Average price of what was executed; 0 before."""
        record = self._record()
        return from_average(record.avg_price, record.avg_price_frac) if record else 0.0

    @property
    def commission(self) -> float:
        """What the executions cost."""
        record = self._record()
        return from_money(record.commission) if record else 0.0

    @property
    def price_is_known(self) -> bool:
        """False when something was executed and nobody said at which price."""
        record = self._record()
        return not (record and record.marks & oms.OrderMarks.NO_PRICE)

    @property
    def created_at(self) -> datetime | None:
        """When it was made."""
        return datetime_of(self._created)

    @created_at.setter
    def created_at(self, value: Any) -> None:
        if self._home is not None:
            raise ValueError("the order was submitted: it was made when it was made")
        self._created = nanos_of(value)

    @property
    def submitted_at(self) -> datetime | None:
        """When it was sent."""
        record = self._record()
        return datetime_of(record.sent_at) if record else None

    @property
    def updated_at(self) -> datetime | None:
        """When something last changed."""
        record = self._record()
        return datetime_of(record.updated_at) if record else self.created_at

    @property
    def filled_at(self) -> datetime | None:
        """When it was filled."""
        return self.updated_at if self.is_filled else None

    @property
    def is_buy(self) -> bool:
        """Whether it buys."""
        return self.side is OrderSide.BUY

    @property
    def is_sell(self) -> bool:
        """Whether it sells."""
        return self.side is OrderSide.SELL

    @property
    def is_filled(self) -> bool:
        """Whether all of it was executed."""
        return self.status is OrderStatus.FILLED

    @property
    def is_active(self) -> bool:
        """Whether it was sent and has not ended."""
        return self.status in AT_THE_VENUE

    @property
    def is_terminal(self) -> bool:
        """Whether it has ended."""
        return self.status in ENDED

    # What happens to it.

    def _at_home(self, now: int) -> Home:
        """Submits it to the core, if it is not there yet."""
        if self._home is None:
            Desk.take(self, now)
        assert self._home is not None
        return self._home

    def deadline(self) -> int:
        """When it is given up, nanoseconds: counted from when it was made."""
        record = self._record()
        if record is not None:
            return record.timeout_at
        return self._created + scaled(self.timeout_seconds, 9, "timeout_seconds", 2**62)

    def update_status(self, status: OrderStatus | str, error: str | None = None) -> bool:
        """Tells what happened; True when the status is the given one now.

        From a terminal status nothing changes, nor does anything go back.
        """
        target = OrderStatus(status)
        before = self.status
        if error is not None:
            self.error_message = error
        if target is before:
            return True
        if before in ENDED:
            logger.warning(
                "order %s has ended as %s: not %s", self.order_id, before.value, target.value
            )
            return False
        now = now_of(self.clock)
        self._at_home(now).lead(self, before, target, now)
        after = self.status
        if after is not target:
            logger.warning("order %s is %s: not %s", self.order_id, after.value, target.value)
            return False
        logger.debug("order %s: %s, then %s", self.order_id, before.value, after.value)
        return True

    def update_fill(
        self, filled_qty: Number, fill_price: Number, commission: Number = 0.0
    ) -> None:
        """Tells of an execution; its quantity is added to what was executed."""
        quantity = lots(filled_qty, "filled_qty")
        if quantity <= 0:
            raise ValueError(f"filled_qty must be positive, not {filled_qty}")
        price = ticks(fill_price, "fill_price")
        if price <= 0:
            raise ValueError(f"fill_price must be positive, not {fill_price}")
        paid = scaled(commission, 9, "commission", 2**62)
        now = now_of(self.clock)
        self._at_home(now).fill(self, quantity, price, paid, now)

    # Time.

    @property
    def is_timed_out(self) -> bool:
        """Whether its deadline has passed while it lives."""
        return not self.is_terminal and now_of(self.clock) >= self.deadline()

    def check_timeout(self) -> bool:
        """Ends it as EXPIRED when its time is over, and says whether that was so."""
        if self.is_terminal:
            return False
        now = now_of(self.clock)
        if self._home is None and now < self.deadline():
            return False
        return self._at_home(now).time_out(self, now)

    def extend_timeout(self, seconds: float = 60) -> None:
        """Gives it more time."""
        more = scaled(seconds, 9, "seconds", 2**62)
        if self._home is None:
            self.timeout_seconds += seconds
        elif self._frozen is None and not self.is_terminal:
            now, until = now_of(self.clock), self.deadline() + more
            try:
                self._home.engine.order_extend(now=now, order=self._id, timeout_at=until)
            except oms.OmsError as e:
                raise ValueError(
                    f"order {self.order_id}: no more time is given ({e.text}); it ended, or its "
                    f"time would be over at {datetime_of(until)} too"
                ) from e

    def can_retry(self) -> bool:
        """Whether a retry is left. The executor's retries are the core's; this counts yours."""
        return self.retry_count < self.max_retries

    def increment_retry(self) -> None:
        """Counts a retry of yours."""
        self.retry_count += 1

    # Copies.

    def freeze(self) -> None:
        """Keeps the record as it is now: the core may use its place again."""
        if self._frozen is None and self._home is not None:
            self._frozen = self._record()
            self._home = None

    def __getstate__(self) -> dict[str, Any]:
        state = dict(self.__dict__)
        record = self._record()
        if record is not None and not self.is_terminal:
            raise TypeError(
                f"order {self.order_id} lives in the core ({self.status.value}) and cannot be "
                "copied: copy it before it is submitted or when it has ended"
            )
        state.update(_home=None, _frozen=record, clock=None)
        return state

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values."""
        names = (
            "order_id client_order_id exchange_order_id symbol quantity price stop_price "
            "filled_quantity remaining_quantity average_fill_price commission commission_asset "
            "fill_percentage strategy_name position_id tags reduce_only post_only max_retries "
            "retry_count timeout_seconds error_message"
        ).split()
        found = {name: getattr(self, name) for name in names}
        found |= {name: getattr(self, name).value for name in ("side", "order_type", "status")}
        for name in ("created_at", "submitted_at", "filled_at", "updated_at"):
            moment = getattr(self, name)
            found[name] = moment.isoformat() if moment else None
        return found

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({self.symbol!r}, {self.side.value}, {self.quantity}, "
            f"{self.status.value}, id={self.order_id[:8]})"
        )


class MarketOrder(Order):
    """Executes at once, at the best price there is."""

    def __init__(self, symbol: str, side: OrderSide | str = OrderSide.BUY, *args: Any,
                 **fields: Any) -> None:
        super().__init__(symbol, side, *args, **fields)


class LimitOrder(Order):
    """Executes at its price or better."""

    def __init__(self, symbol: str, side: OrderSide | str = OrderSide.BUY, *args: Any,
                 **fields: Any) -> None:
        super().__init__(symbol, side, *args, order_type=OrderType.LIMIT, **fields)
        if self.price is None:
            raise ValueError("Limit order requires price")


class StopLossOrder(Order):
    """Triggers when the price has gone against it to stop_price."""

    def __init__(self, symbol: str, side: OrderSide | str = OrderSide.BUY, *args: Any,
                 **fields: Any) -> None:
        super().__init__(symbol, side, *args, order_type=OrderType.STOP_LOSS, **fields)
        if self.stop_price is None:
            raise ValueError("Stop-loss order requires stop_price")


class TakeProfitOrder(Order):
    """Triggers when the price has come its way to stop_price."""

    def __init__(self, symbol: str, side: OrderSide | str = OrderSide.BUY, *args: Any,
                 **fields: Any) -> None:
        super().__init__(symbol, side, *args, order_type=OrderType.TAKE_PROFIT, **fields)
        if self.stop_price is None:
            raise ValueError("Take-profit order requires stop_price")


class TrailingStopOrder(Order):
    """A stop that follows the best price at a distance, in price or in percent of it.

    A sale follows the highest price, a purchase the lowest. `update_trailing_stop` tells the price.
    """

    def __init__(
        self,
        symbol: str,
        side: OrderSide | str = OrderSide.BUY,
        *args: Any,
        trailing_distance: Number = 0.0,
        trailing_percent: bool = False,
        **fields: Any,
    ) -> None:
        super().__init__(symbol, side, *args, order_type=OrderType.TRAILING_STOP, **fields)
        self.trailing_distance = trailing_distance
        self.trailing_percent = bool(trailing_percent)
        self._trail: Trail | None = None
        distance = self._distance()
        if max(distance.values()) <= 0:
            raise ValueError("Trailing stop requires positive trailing_distance")
        if distance.get("trail_ratio", 0) >= 10**9:
            raise ValueError(f"trailing_distance must be below 100 %, not {trailing_distance}")

    def _distance(self) -> dict[str, int]:
        if self.trailing_percent:
            return {"trail_ratio": percent(self.trailing_distance, "trailing_distance")}
        return {"trail_offset": ticks(self.trailing_distance, "trailing_distance")}

    def _typed(self, has_price: bool) -> dict[str, Any]:
        if has_price:
            raise ValueError("a trailing stop has no price")
        return {"order_type": oms.OrderType.TRAILING_STOP} | self._distance()

    def update_trailing_stop(self, price: Number) -> Number | None:
        """Tells the price of the market; answers the stop price that follows."""
        at = ticks(price)
        if at <= 0:
            raise ValueError(f"price must be positive, not {price}")
        now = now_of(self.clock)
        if self._trail is None:
            self._trail = Trail(self.is_sell, self._distance(), now)
        self._trail.show(at, now)
        return self.stop_price

    @property
    def stop_price(self) -> Number | None:
        """The present level; before the first price what was given."""
        if self._trail is None:
            return self._stop_price
        return from_ticks(self._trail.level)

    @stop_price.setter
    def stop_price(self, value: Number | None) -> None:
        self._stop_price = value

    @property
    def is_triggered(self) -> bool:
        """Whether the price has come to the stop."""
        return self._trail is not None and self._trail.has_fired

    @property
    def highest_price(self) -> float | None:
        """The best price of a sale so far."""
        return from_ticks(self._trail.peak) if self._trail and self.is_sell else None

    @property
    def lowest_price(self) -> float | None:
        """The best price of a purchase so far."""
        return from_ticks(self._trail.peak) if self._trail and self.is_buy else None

    def __getstate__(self) -> dict[str, Any]:
        if self._trail is not None:
            raise TypeError("a trailing stop that follows a price cannot be copied: copy it before")
        return super().__getstate__()
