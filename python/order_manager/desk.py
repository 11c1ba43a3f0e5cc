"""Where an order lives in the core once it was submitted.

An order that no executor has is told of by `update_status` and `update_fill`: it lies on a desk, an
engine that takes the word of its caller as that of the venue. A desk has so many places, and gives
each to one order only: no order is forgotten while its object is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import oms

from order_manager.core import engine, symbol

if TYPE_CHECKING:
    from order_manager.order_types import Order, OrderStatus


class Home:
    """An engine and what may be told of the orders in it."""

    engine: oms.Engine

    def lead(self, order: Order, before: OrderStatus, target: OrderStatus, now: int) -> None:
        """Does what leads to a status, if something does."""
        raise NotImplementedError

    def fill(self, order: Order, quantity: int, price: int, commission: int, now: int) -> None:
        """Tells of an execution."""
        raise NotImplementedError

    def time_out(self, order: Order, now: int) -> bool:
        """Gives it up when its time is over."""
        raise NotImplementedError


class Told(Home):
    """An engine in mode LIVE whose venue is told of by its host."""

    def report(self, order: Order, now: int, report: int, **fields: Any) -> None:
        """Tells what the venue says of an order."""
        status = self.engine.venue_report(now=now, order=order._id, report=report, **fields)
        while status == oms.Status.MORE:
            status = self.engine.drain(now=now)

    def send(self, order: Order, now: int) -> None:
        """Hands out what waits: the order counts as sent."""
        while self.engine.poll(now=now).more:
            pass

    def lead(self, order: Order, before: OrderStatus, target: OrderStatus, now: int) -> None:
        """Tells the report that leads there."""
        kinds = oms.ReportKind
        name = target.name
        if name == "CANCELLED" and before.name == "PENDING":
            self.engine.order_cancel(now=now, order=order._id, request_id=self._request(order))
            return
        if before.name == "PENDING":
            self.send(order, now)
        if name == "OPEN":
            self.report(order, now, kinds.ACK)
        elif name == "PARTIALLY_FILLED":
            # Nobody said how much: the least there is, until the executions come.
            self.report(
                order, now, kinds.ORDER_STATUS,
                order_status=oms.OrderStatus.PARTIALLY_FILLED, venue_cum=1,
            )
        elif name == "FILLED":
            record = self.engine.order_get(order._id)
            self._fill(order, record.leaves + record.gap_qty, record.price, 0, now)
        elif name == "FAILED":
            self._fail(order, before, now)
        elif name in ("CANCELLED", "REJECTED", "EXPIRED"):
            report = {"CANCELLED": kinds.CANCEL_ACK, "REJECTED": kinds.REJECT,
                      "EXPIRED": kinds.EXPIRE}[name]
            self.report(order, now, report)

    def _request(self, order: Order) -> int:
        order._executions += 1
        return order._executions

    def _fail(self, order: Order, before: OrderStatus, now: int) -> None:
        """What was not acknowledged did not leave. What was is over at the venue, unasked."""
        from order_manager.order_types import OrderStatus

        if before.name in ("PENDING", "SUBMITTED"):
            self.report(order, now, oms.ReportKind.SEND_FAILED)
        else:
            order._ended = OrderStatus.FAILED
            self.report(order, now, oms.ReportKind.CANCEL_ACK)

    def fill(self, order: Order, quantity: int, price: int, commission: int, now: int) -> None:
        """Tells of an execution, by an id of its own."""
        if self.engine.order_get(order._id).status == oms.OrderStatus.PENDING:
            self.send(order, now)
        self._fill(order, quantity, price, commission, now)

    def _fill(self, order: Order, quantity: int, price: int, commission: int, now: int) -> None:
        order._executions += 1
        # Ids of executions are the engine's: the order's place keeps those of two orders apart.
        exec_id = ((order._id & 0xFFFFFF) + 1 << 32) + order._executions
        record = self.engine.order_get(order._id)
        # What was booked without an execution is a part of this one: the total says so.
        total = record.cum_qty - record.gap_qty + quantity if record.gap_qty else 0
        self.report(
            order, now, oms.ReportKind.FILL,
            exec_id=exec_id, qty=quantity, price=price, commission=commission, venue_cum=total,
        )

    def time_out(self, order: Order, now: int) -> bool:
        """The clock decides; what it gives up ends as expired."""
        from order_manager.order_types import OrderStatus

        if self.engine.order_get(order._id).status == oms.OrderStatus.PENDING:
            self.send(order, now)
        # One submitted after its deadline has one of a nanosecond: a deadline is to come.
        now += 1
        status = self.engine.timer(now=now)
        while status == oms.Status.MORE:
            status = self.engine.drain(now=now)
        if not self.engine.order_get(order._id).marks & oms.OrderMarks.TIMED_OUT:
            return False
        self.send(order, now)
        order.error_message = f"timed out after {order.timeout_seconds} s"
        self.report(order, now, oms.ReportKind.EXPIRE)
        return order.status is OrderStatus.EXPIRED


class Desk(Told):
    """An engine for orders that are told of by hand."""

    PLACES: ClassVar[int] = 64
    CLOCKS: ClassVar[int] = 8
    _open: ClassVar[dict[Any, Desk]] = {}

    def __init__(self, now: int) -> None:
        # Positions are not kept here: each order opens one of its own that nobody asks for; one
        # more, when it is executed after its end.
        self.engine = engine(
            orders=self.PLACES, symbols=1, positions=2 * self.PLACES + 1, triggers=0, events=256,
            retry={"max": 0},
        )
        self.symbol = symbol(self.engine, "ORDERS", now, flags=oms.SymbolFlags.HEDGED)
        self.taken = 0

    @classmethod
    def take(cls, order: Order, now: int) -> None:
        """Submits an order to a desk that has a place."""
        # The terms are looked at before a place is spent.
        terms = order.core_terms()
        # Orders of one clock share a desk: its time goes by that clock, and never back.
        desk = cls._open.get(order.clock)
        if desk is None or desk.taken == cls.PLACES or now < desk.engine.now():
            while len(cls._open) >= cls.CLOCKS:
                cls._open.pop(next(iter(cls._open)))
            desk = cls._open[order.clock] = cls(now)
        deadline = order.deadline()
        request = oms.OrderSubmit(
            now=now, symbol=desk.symbol, client_id=desk.taken + 1, hold=hold_of(terms),
            timeout_at=deadline if deadline > now else now + 1, **terms,
        )
        said = desk.engine.order_submit(request)
        if said.verdict.denied:
            raise ValueError(f"order {order.order_id}: {oms.explain(said.verdict)}")
        desk.taken += 1
        order._home, order._id = desk, said.order


def hold_of(terms: dict[str, Any]) -> int:
    """Stops are the venue's to hold, where the host tells what the venue does."""
    plain = (oms.OrderType.MARKET, oms.OrderType.LIMIT)
    return oms.Hold.CORE if terms["order_type"] in plain else oms.Hold.VENUE
