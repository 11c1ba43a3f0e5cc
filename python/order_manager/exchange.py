"""Live orders: what goes to an exchange with CCXT's methods, and what its answers mean."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import oms

from order_manager.clock import now_of
from order_manager.core import drain, engine, symbol
from order_manager.desk import Told, hold_of
from order_manager.units import from_lots, from_ticks, lots, money, ticks

if TYPE_CHECKING:
    from order_manager.order_types import Order

logger = logging.getLogger("order_manager")

# By name, so that no library is needed: those of CCXT, requests, aiohttp and Python.
PASSING = {
    "NetworkError", "RequestTimeout", "ExchangeNotAvailable", "DDoSProtection", "OnMaintenance",
    "RateLimitExceeded", "TimeoutError", "ConnectionError", "Timeout", "ClientConnectionError",
    "ServerDisconnectedError", "HTTPServerError",
}
PASSING_TEXTS = (
    "timeout", "timed out", "time-out", "connection", "network", "rate limit",
    "too many requests", "service unavailable", "temporarily",
)
LASTING = {
    "InsufficientFunds", "InvalidOrder", "OrderNotFound", "AuthenticationError",
    "PermissionDenied", "BadRequest", "BadSymbol", "NotSupported", "ArgumentsRequired",
    "AccountSuspended",
}


def is_transient(error: BaseException) -> bool:
    """Whether the same call may succeed later: time-outs, connections, rate limits, ..."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if names & LASTING:
        return False
    text = str(error).lower()
    return bool(names & PASSING) or any(told in text for told in PASSING_TEXTS)


@dataclass
class Call:
    """A call of the exchange, which may be a coroutine."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    named: dict[str, Any]


@dataclass
class Wait:
    """Nothing happens for so long."""

    nanos: int


Step = Call | Wait
Steps = Generator[Step, Any, str | None]
"""What a live execution asks for; it returns what went wrong."""


class Session(Told):
    """An engine in mode LIVE for the orders of one executor. Its retries are the core's."""

    PLACES: ClassVar[int] = 64

    def __init__(self, max_retries: int, delay_ns: int, seed: int, now: int) -> None:
        self.engine = engine(
            orders=self.PLACES, symbols=1, positions=2 * self.PLACES + 1, triggers=0, events=1024,
            retry={"max": max_retries, "delay": delay_ns, "cap": max(delay_ns, 30 * 10**9)},
            hash_seed=seed,
        )
        self.symbol = symbol(self.engine, "LIVE", now, flags=oms.SymbolFlags.HEDGED)
        self.taken = 0
        self.waiting: dict[int, list[int]] = {}

    def place(self, order: Order, now: int) -> oms.Verdict:
        """Submits an order; the verdict says whether the core took it."""
        terms = order.core_terms()
        self.taken += 1
        deadline = order.deadline()
        said = self.engine.order_submit(
            now=now, symbol=self.symbol, client_id=self.taken, hold=hold_of(terms),
            timeout_at=deadline if deadline > now else now + 1, **terms,
        )
        if not said.verdict.denied:
            order._home, order._id = self, said.order
        return said.verdict

    def commands(self, order: Order, now: int) -> list[int]:
        """What the core wants sent for this order; that of others waits."""
        more = True
        while more:
            polled = self.engine.poll(now=now)
            more = polled.more
            for command in polled.commands:
                self.waiting.setdefault(command.order, []).append(command.kind)
        return self.waiting.pop(order._id, [])

    def time_out(self, order: Order, now: int) -> bool:
        """The clock decides; the exchange has the order until `OrderExecutor.cancel`."""
        drain(self.engine, self.engine.timer(now=now), now)
        is_over = bool(self.engine.order_get(order._id).marks & oms.OrderMarks.TIMED_OUT)
        if is_over:
            order.error_message = f"timed out after {order.timeout_seconds} s: cancel it"
        return is_over


def accepts(function: Callable[..., Any], name: str) -> bool:
    """Whether a method takes an argument of this name."""
    try:
        listed = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return True
    return name in listed or any(p.kind is p.VAR_KEYWORD for p in listed.values())


def creation(order: Order, exchange: Any) -> Call:
    """The call that creates an order."""
    from order_manager.order_types import OrderType

    kind = order.order_type
    side, amount = order.side.value, from_lots(lots(order.quantity))
    price = None if order.price is None else from_ticks(ticks(order.price))
    arguments: tuple[Any, ...]
    if kind is OrderType.MARKET and hasattr(exchange, "create_market_order"):
        function, arguments = exchange.create_market_order, (order.symbol, side, amount)
    elif kind is OrderType.LIMIT and hasattr(exchange, "create_limit_order"):
        function, arguments = exchange.create_limit_order, (order.symbol, side, amount, price)
    elif hasattr(exchange, "create_order"):
        typed = "market" if kind is OrderType.MARKET or price is None else "limit"
        function, arguments = exchange.create_order, (order.symbol, typed, side, amount, price)
    else:
        raise TypeError(
            f"{type(exchange).__name__} cannot create a {kind.value} order: it has no create_order"
        )
    named = {"params": extras(order)} if accepts(function, "params") else {}
    return Call(function, arguments, named)


def extras(order: Order) -> dict[str, Any]:
    """What CCXT takes as params."""
    from order_manager.order_types import OrderType, TrailingStopOrder

    found: dict[str, Any] = {"clientOrderId": order.client_order_id}
    if order.reduce_only:
        found["reduceOnly"] = True
    if order.post_only:
        found["postOnly"] = True
    names = {OrderType.STOP_LOSS: "stopLossPrice", OrderType.TAKE_PROFIT: "takeProfitPrice"}
    if order.order_type in names:
        found[names[order.order_type]] = float(order.stop_price or 0)
    if isinstance(order, TrailingStopOrder):
        name = "trailingPercent" if order.trailing_percent else "trailingAmount"
        found[name] = float(order.trailing_distance)
    return found


def execute(session: Session, order: Order, exchange: Any, fetches: int, pause_ns: int) -> Steps:
    """Sends an order until the exchange has it or the core gives up; then looks what became of it.
    """
    now = now_of(order.clock)
    call = creation(order, exchange)
    failure: BaseException | None = None
    while oms.CommandKind.NEW in session.commands(order, now):
        try:
            response = yield call
        except Exception as e:
            failure = e
            now = max(now, now_of(order.clock))
            kind = oms.ReportKind.SEND_FAILED if is_transient(e) else oms.ReportKind.REJECT
            session.report(order, now, kind)
            record = session.engine.order_get(order._id)
            logger.warning("order %s: %s: %s", order.order_id, type(e).__name__, e)
            if record.retry_at:
                yield Wait(record.retry_at - now)
                now = max(record.retry_at, now_of(order.clock))
                drain(session.engine, session.engine.timer(now=now), now)
            continue
        take(session, order, response, max(now, now_of(order.clock)))
        break
    else:
        return f"{type(failure).__name__}: {failure}" if failure else "the core sent nothing"
    return (yield from follow(session, order, exchange, fetches, pause_ns))


def follow(session: Session, order: Order, exchange: Any, fetches: int, pause_ns: int) -> Steps:
    """Asks what became of an order that ought to be executed at once."""
    from order_manager.order_types import OrderStatus, OrderType

    if order.order_type is not OrderType.MARKET or not hasattr(exchange, "fetch_order"):
        fetches = 0
    for _ in range(fetches):
        if order.is_terminal or order.exchange_order_id is None:
            break
        yield Wait(pause_ns)
        yield from refresh(session, order, exchange)
    failed = (OrderStatus.REJECTED, OrderStatus.EXPIRED, OrderStatus.CANCELLED)
    if order.status in failed and not order.filled_quantity:
        return f"the exchange ended it: {order.status.value}"
    return None


def refresh(session: Session, order: Order, exchange: Any) -> Steps:
    """Fetches an order and takes over what the exchange says of it."""
    try:
        response = yield Call(exchange.fetch_order, (order.exchange_order_id, order.symbol), {})
    except Exception as e:
        logger.warning("order %s: fetch_order: %s: %s", order.order_id, type(e).__name__, e)
        return f"{type(e).__name__}: {e}"
    take(session, order, response, now_of(order.clock))
    return None


def cancel(session: Session, order: Order, exchange: Any) -> Steps:
    """Has an order cancelled at the exchange."""
    now = now_of(order.clock)
    order._executions += 1
    wanted = session.commands(order, now)
    if oms.CommandKind.CANCEL not in wanted:
        try:
            session.engine.order_cancel(now=now, order=order._id, request_id=order._executions)
        except oms.OmsError as e:
            return f"{e.name}: {e.text}"
        wanted = session.commands(order, now)
    if oms.CommandKind.CANCEL not in wanted:
        return None
    try:
        yield Call(exchange.cancel_order, (order.exchange_order_id, order.symbol), {})
    except Exception as e:
        session.report(order, now_of(order.clock), oms.ReportKind.CANCEL_REJECT)
        return f"{type(e).__name__}: {e}"
    session.report(order, now_of(order.clock), oms.ReportKind.CANCEL_ACK)
    return None


def take(session: Session, order: Order, response: Any, now: int) -> None:
    """Takes over what the exchange says: acknowledgement, executions, end."""
    told: dict[str, Any] = response if isinstance(response, dict) else {}
    if told.get("id") is not None:
        order.exchange_order_id = str(told["id"])
    kinds = oms.ReportKind
    record = session.engine.order_get(order._id)
    if not record.facts & oms.OrderFacts.ACKED and told.get("status") != "rejected":
        session.report(order, now, kinds.ACK)
    executions(session, order, told, record, now)
    ends = {"canceled": kinds.CANCEL_ACK, "cancelled": kinds.CANCEL_ACK, "closed": kinds.CANCEL_ACK,
            "expired": kinds.EXPIRE, "rejected": kinds.REJECT}
    ended = ends.get(str(told.get("status")))
    if ended is not None and not order.is_terminal:
        session.report(order, now, ended)


def executions(
    session: Session, order: Order, told: dict[str, Any], known: oms.Order, now: int
) -> None:
    """Books what was executed beyond what is known."""
    filled = told.get("filled")
    if filled is None:
        filled = order.quantity if told.get("status") == "closed" else 0
    total = lots(filled, "filled")
    more = total - known.cum_qty
    if more <= 0:
        return
    average = told.get("average") or told.get("price") or 0
    price = ticks(average, "average")
    if known.cum_qty and price:
        # Of the new part alone: the exchange says the average of all.
        price = max(round((price * total - known.notional) / more), 1)
    fee = told.get("fee") or {}
    paid = money(fee.get("cost") or 0, "fee") - known.commission
    order.commission_asset = fee.get("currency") or order.commission_asset
    session._fill(order, more, price, paid, now)
