"""Executes orders: live at an exchange, or in the core's simulated venue."""

from __future__ import annotations

import asyncio
import inspect
import logging
import time
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import oms

from order_manager import exchange as live
from order_manager.circuit_breaker import CircuitBreaker
from order_manager.clock import Clock, datetime_of, now_of
from order_manager.desk import hold_of
from order_manager.market import Market, MarketData
from order_manager.order_types import Order, OrderStatus, OrderType
from order_manager.slippage_simulator import SlippageSimulator
from order_manager.units import Number, scaled

logger = logging.getLogger("order_manager")


class ExecutionMode(str, Enum):
    """Where orders go."""

    LIVE = "live"
    PAPER = "paper"
    BACKTEST = "backtest"


MODES = {ExecutionMode.PAPER: oms.Mode.PAPER, ExecutionMode.BACKTEST: oms.Mode.BACKTEST}


@dataclass
class ExecutionResult:
    """What came of an execution."""

    success: bool
    order: Order
    execution_price: float = 0.0
    filled_quantity: float = 0.0
    commission: float = 0.0
    latency_ms: float = 0.0
    error_message: str | None = None
    retry_count: int = 0
    timestamp: datetime | None = None

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values."""
        found = dict(self.__dict__, order=self.order.to_dict())
        found["timestamp"] = self.timestamp.isoformat() if self.timestamp else None
        return found


class OrderExecutor:
    """Executes orders and remembers what came of them.

    `execute` asks the breaker, looks at the order, counts it against the rate limits, executes it,
    and tells the breaker of errors and successes.
    """

    def __init__(
        self,
        mode: ExecutionMode | str = ExecutionMode.LIVE,
        circuit_breaker: CircuitBreaker | None = None,
        slippage_simulator: SlippageSimulator | None = None,
        max_retries: int = 3,
        retry_delay_ms: Number = 100,
        *,
        max_fetches: int = 5,
        seed: int = 0,
        clock: Clock | None = None,
    ) -> None:
        self.mode = ExecutionMode(mode)
        self.circuit_breaker = circuit_breaker
        self.slippage_simulator = slippage_simulator or SlippageSimulator()
        if not 0 <= max_retries <= 64:
            raise ValueError(f"max_retries must be 0 to 64, not {max_retries}")
        self._retries = max_retries
        self._delay = scaled(retry_delay_ms, 6, "retry_delay_ms", 2**60)
        if self._delay < 0:
            raise ValueError(f"retry_delay_ms must not be negative, not {retry_delay_ms}")
        self.max_fetches = max_fetches
        self.seed = seed
        self.clock = clock
        self.execution_history: list[ExecutionResult] = []
        self._markets: dict[str, list[Market]] = {}
        self._made = 0
        self._session: live.Session | None = None

    @property
    def max_retries(self) -> int:
        """Retries after the first send; the core was given it, so it stays."""
        return self._retries

    @property
    def retry_delay_ms(self) -> float:
        """The first delay; each is twice the one before."""
        return self._delay / 10**6

    # Executing.

    def execute(
        self,
        order: Order,
        exchange_api: Any = None,
        market_data: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """Executes an order; never raises for what the market or the exchange does."""
        began = time.perf_counter()
        error = self._refusal(order)
        if error is None:
            error = self._execute(order, exchange_api, market_data)
        return self._result(order, error, began)

    async def execute_async(
        self,
        order: Order,
        exchange_api: Any = None,
        market_data: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """The same, for an exchange whose methods are coroutines."""
        began = time.perf_counter()
        error = self._refusal(order)
        if error is None and self.mode is ExecutionMode.LIVE:
            error = await self._attempt_async(order, exchange_api)
        elif error is None:
            error = self._execute(order, None, market_data)
        return self._result(order, error, began)

    def _refusal(self, order: Order) -> str | None:
        """Why an order is not even tried."""
        breaker = self.circuit_breaker
        if breaker is not None and not breaker.is_operational:
            last = breaker.last_trip
            why = f": {last.details}" if last else ""
            return f"Circuit breaker is {breaker.state.value}{why}"
        if order.status is not OrderStatus.PENDING or order._home is not None:
            return f"Order {order.order_id} is {order.status.value}: only a new one is executed"
        try:
            order.core_terms()
        except ValueError as e:
            return f"Invalid order: {e}"
        if breaker is not None and not breaker.record_order():
            last = breaker.last_trip
            return f"Order rate limit: {last.details if last else 'too many orders'}"
        return None

    def _execute(self, order: Order, exchange_api: Any, data: dict[str, Any] | None) -> str | None:
        if self.mode is ExecutionMode.LIVE:
            return self._noted(lambda: self._run(self._live(order, exchange_api)))
        return self._noted(lambda: self._simulate(order, data))

    def _noted(self, attempt: Any) -> str | None:
        """An attempt whose exceptions are errors of the system."""
        try:
            error: str | None = attempt()
        except (ValueError, TypeError, oms.OmsError, oms.Denied) as e:
            error = f"{type(e).__name__}: {e}"
        return error

    async def _attempt_async(self, order: Order, exchange_api: Any) -> str | None:
        try:
            return await self._run_async(self._live(order, exchange_api))
        except (ValueError, TypeError, oms.OmsError, oms.Denied) as e:
            return f"{type(e).__name__}: {e}"

    def _result(self, order: Order, error: str | None, began: float) -> ExecutionResult:
        record = order._record()
        if error is not None:
            order.error_message = error
            waits = record is not None and not order.is_terminal
            level = logging.INFO if waits else logging.ERROR
            logger.log(level, "order %s in %s: %s", order.order_id, order.symbol, error)
        result = ExecutionResult(
            success=error is None,
            order=order,
            execution_price=order.average_fill_price,
            filled_quantity=order.filled_quantity,
            commission=order.commission,
            latency_ms=(time.perf_counter() - began) * 1000,
            error_message=error,
            retry_count=record.retries if record else 0,
            timestamp=datetime_of(now_of(self.clock)),
        )
        order.retry_count = max(order.retry_count, result.retry_count)
        self.execution_history.append(result)
        self._tell_breaker(result, record is not None)
        return result

    def _tell_breaker(self, result: ExecutionResult, was_tried: bool) -> None:
        """Errors of the system count; an order that waits for its price is none."""
        breaker = self.circuit_breaker
        if breaker is None:
            return
        waits = was_tried and not result.order.is_terminal
        if result.success:
            breaker.clear_errors()
        elif result.error_message and was_tried and not waits:
            breaker.record_error(result.error_message)
            if not result.filled_quantity:
                breaker.record_end()

    # The simulated modes.

    def _simulate(self, order: Order, market_data: dict[str, Any] | None) -> str | None:
        data = MarketData(market_data, self.slippage_simulator)
        now = now_of(self.clock)
        self._show(order.symbol, data, now)
        is_stop = hold_of(order.core_terms()) == oms.Hold.VENUE
        markets = self._markets.setdefault(order.symbol, [])
        market = next((m for m in markets if m.has_room and not is_stop), None)
        if market is None:
            market = self._new_market(now)
            markets.append(market)
            if not is_stop:
                market.show(data, now)
        verdict = market.place(order, now)
        if verdict.denied:
            return f"Invalid order: {oms.explain(verdict)}"
        if is_stop:
            # Its price may be reached already: it waits in a market that has seen no price yet.
            market.show(data, now)
        return None if order.is_filled else market.why_not(order)

    def _new_market(self, now: int) -> Market:
        seed = self.seed + 0x9E3779B97F4A7C15 * self._made
        self._made += 1
        return Market(MODES[self.mode], self.slippage_simulator, seed % 2**64, now)

    def _show(self, symbol: str, data: MarketData, now: int) -> None:
        markets = self._markets.get(symbol, [])
        for market in markets:
            market.show(data, now)
        # Those of stops go when they are empty.
        markets[1:] = [m for m in markets[1:] if m.live]

    def update_market(self, symbol: str, market_data: dict[str, Any]) -> None:
        """Tells a price: what rests there, or waits for its price, may be executed by it."""
        if self.mode is ExecutionMode.LIVE:
            raise ValueError("in mode LIVE the exchange has the market: use refresh")
        self._show(symbol, MarketData(market_data, self.slippage_simulator), now_of(self.clock))

    # Live.

    def _live(self, order: Order, exchange_api: Any) -> live.Steps:
        if exchange_api is None:
            raise ValueError("mode LIVE needs exchange_api, an exchange with CCXT's methods")
        now = now_of(order.clock)
        session = self._session
        if session is None or session.taken == session.PLACES:
            session = live.Session(self._retries, self._delay, self.seed % 2**64, now)
            self._session = session
        verdict = session.place(order, now)
        if verdict.denied:
            raise ValueError(oms.explain(verdict))
        return live.execute(session, order, exchange_api, self.max_fetches, self._delay)

    def refresh(self, order: Order, exchange_api: Any) -> str | None:
        """Fetches a live order from the exchange; None, or what went wrong."""
        return self._run(live.refresh(self._home(order), order, exchange_api))

    def cancel(self, order: Order, exchange_api: Any = None) -> str | None:
        """Cancels an order; None, or what went wrong."""
        if self.mode is not ExecutionMode.LIVE:
            done = order.update_status(OrderStatus.CANCELLED)
            return None if done else f"the order is {order.status.value}"
        return self._run(live.cancel(self._home(order), order, exchange_api))

    async def refresh_async(self, order: Order, exchange_api: Any) -> str | None:
        """As refresh."""
        return await self._run_async(live.refresh(self._home(order), order, exchange_api))

    async def cancel_async(self, order: Order, exchange_api: Any) -> str | None:
        """As cancel."""
        return await self._run_async(live.cancel(self._home(order), order, exchange_api))

    def _home(self, order: Order) -> live.Session:
        if not isinstance(order._home, live.Session):
            raise ValueError(f"order {order.order_id} was not executed live by this executor")
        return order._home

    def _run(self, steps: live.Steps) -> str | None:
        """Does what an execution asks for."""
        answer: Any = None
        error: Exception | None = None
        while True:
            try:
                step = steps.send(answer) if error is None else steps.throw(error)
            except StopIteration as done:
                found: str | None = done.value
                return found
            answer = error = None
            try:
                answer = self._do(step)
            except Exception as e:
                error = e

    def _do(self, step: live.Step) -> Any:
        if isinstance(step, live.Wait):
            return time.sleep(max(step.nanos, 0) / 1e9)
        answer = step.function(*step.arguments, **step.named)
        if inspect.isawaitable(answer):
            if inspect.iscoroutine(answer):
                answer.close()
            raise TypeError("the exchange's methods are coroutines: use execute_async")
        return answer

    async def _run_async(self, steps: live.Steps) -> str | None:
        """The same, awaiting what can be awaited."""
        answer: Any = None
        error: Exception | None = None
        while True:
            try:
                step = steps.send(answer) if error is None else steps.throw(error)
            except StopIteration as done:
                found: str | None = done.value
                return found
            answer = error = None
            try:
                answer = await self._do_async(step)
            except Exception as e:
                error = e

    async def _do_async(self, step: live.Step) -> Any:
        if isinstance(step, live.Wait):
            return await asyncio.sleep(max(step.nanos, 0) / 1e9)
        answer = step.function(*step.arguments, **step.named)
        return await answer if inspect.isawaitable(answer) else answer

    # What came of it.

    def get_statistics(self) -> dict[str, Any]:
        """Counts of executions, and how long they took on average."""
        history = self.execution_history
        good = sum(result.success for result in history)
        total = len(history)
        return {
            "total_executions": total,
            "successful_executions": good,
            "failed_executions": total - good,
            "success_rate": 100.0 * good / total if total else 0.0,
            "average_latency_ms": sum(r.latency_ms for r in history) / total if total else 0.0,
            "mode": self.mode.value,
        }

    def __reduce__(self) -> Any:
        """By configuration: what was executed is not carried over, so there may be nothing."""
        if self.execution_history:
            raise TypeError(
                "an executor that has executed orders cannot be copied: they would be forgotten. "
                "Copy it before, or make another one by its configuration"
            )
        return type(self), (self.mode, self.circuit_breaker, self.slippage_simulator,
                            self.max_retries, self.retry_delay_ms)


__all__ = ["ExecutionMode", "ExecutionResult", "OrderExecutor", "OrderType"]
