"""The executor in mode LIVE: exchanges with CCXT's methods, plain and with coroutines."""

import asyncio
import unittest

from order_manager import (
    CircuitBreaker,
    LimitOrder,
    MarketOrder,
    OrderExecutor,
    OrderSide,
    OrderStatus,
    StopLossOrder,
    TrailingStopOrder,
)

S = OrderStatus


class NetworkError(Exception):
    """As CCXT's, by name."""


class RequestTimeout(NetworkError):
    """As CCXT's."""


class InsufficientFunds(Exception):
    """As CCXT's."""


def closed(price=100.0, amount=1.0, **more):
    """What CCXT says of an order that is filled."""
    return {"id": 42, "status": "closed", "filled": amount, "average": price,
            "fee": {"cost": 0.1, "currency": "USDT"}} | more


class Exchange:
    """Answers from a list; an exception in it is raised."""

    def __init__(self, *answers, fetched=()):
        self.answers, self.fetched, self.calls = list(answers), list(fetched), []

    def _say(self, name, args, answers):
        self.calls.append((name, *args))
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def create_market_order(self, symbol, side, amount, price=None, params={}):
        """As CCXT's."""
        return self._say("market", (symbol, side, amount, params), self.answers)

    def create_limit_order(self, symbol, side, amount, price, params={}):
        """As CCXT's."""
        return self._say("limit", (symbol, side, amount, price, params), self.answers)

    def create_order(self, symbol, type, side, amount, price=None, params={}):
        """As CCXT's."""
        return self._say("order", (symbol, type, side, amount, price, params), self.answers)

    def fetch_order(self, id, symbol=None):
        """As CCXT's."""
        return self._say("fetch", (id, symbol), self.fetched)

    def cancel_order(self, id, symbol=None):
        """As CCXT's."""
        return self._say("cancel", (id, symbol), self.answers)


class Async:
    """The same exchange, with coroutines."""

    def __init__(self, exchange):
        self.exchange = exchange
        self.calls = exchange.calls

    def __getattr__(self, name):
        method = getattr(self.exchange, name)

        async def call(*args, **named):
            await asyncio.sleep(0)
            return method(*args, **named)

        return call


class Base(unittest.TestCase):
    def execute(self, order, exchange, **fields):
        """Executes it, without waiting long."""
        self.x = OrderExecutor(**{"retry_delay_ms": 0.01} | fields)
        return self.x.execute(order, exchange_api=exchange)

    def market(self, **fields):
        """A market order of one."""
        return MarketOrder("BTC/USDT", OrderSide.BUY, 1.0, **fields)


class Sends(Base):
    def test_a_market_order(self):
        exchange = Exchange(closed())
        order = self.market(reduce_only=True)
        r = self.execute(order, exchange)
        self.assertTrue(r.success, r.error_message)
        self.assertEqual((r.execution_price, r.filled_quantity, r.commission), (100.0, 1.0, 0.1))
        self.assertEqual((order.exchange_order_id, order.commission_asset), ("42", "USDT"))
        params = {"clientOrderId": order.client_order_id, "reduceOnly": True}
        self.assertEqual(exchange.calls, [("market", "BTC/USDT", "buy", 1.0, params)])

    def test_a_limit_order_rests(self):
        exchange = Exchange({"id": "7", "status": "open", "filled": 0}, {"id": "7"}, fetched=[
            {"id": "7", "status": "open", "filled": 0.25, "average": 90.0},
            {"id": "7", "status": "open", "filled": 0.75, "average": 89.0, "fee": {"cost": 0.5}},
        ])
        order = LimitOrder("A", "sell", 1.0, 90.0, post_only=True)
        r = self.execute(order, exchange)
        self.assertTrue(r.success)
        self.assertEqual((order.status, r.filled_quantity), (S.OPEN, 0.0))
        params = {"clientOrderId": order.client_order_id, "postOnly": True}
        self.assertEqual(exchange.calls, [("limit", "A", "sell", 1.0, 90.0, params)])
        self.assertIsNone(self.x.refresh(order, exchange))
        self.assertEqual((order.status, order.average_fill_price), (S.PARTIALLY_FILLED, 90.0))
        self.assertIsNone(self.x.refresh(order, exchange))
        self.assertEqual((order.filled_quantity, order.average_fill_price), (0.75, 89.0))
        self.assertEqual(order.commission, 0.5)
        self.assertIsNone(self.x.refresh(order, exchange))
        self.assertEqual(order.filled_quantity, 0.75)
        self.assertIsNone(self.x.cancel(order, exchange))
        self.assertEqual((order.status, order.filled_quantity), (S.CANCELLED, 0.75))

    def test_stops_by_create_order(self):
        for order, typed, price, name, value in (
            (StopLossOrder("A", "sell", 1, stop_price=90), "market", None, "stopLossPrice", 90.0),
            (StopLossOrder("A", "sell", 1, 89, 90), "limit", 89.0, "stopLossPrice", 90.0),
            (TrailingStopOrder("A", "sell", 1, trailing_distance=2, trailing_percent=True),
             "market", None, "trailingPercent", 2.0),
        ):
            exchange = Exchange({"id": 1, "status": "open"})
            self.assertTrue(self.execute(order, exchange).success)
            params = {"clientOrderId": order.client_order_id, name: value}
            self.assertEqual(exchange.calls[0], ("order", "A", typed, "sell", 1.0, price, params))

    def test_an_exchange_that_has_less(self):
        class Bare:
            def create_order(self, symbol, type, side, amount, price=None):
                return {"id": 1, "status": "closed"}

        r = self.execute(self.market(), Bare())
        self.assertTrue(r.success)
        self.assertEqual((r.filled_quantity, r.order.price_is_known), (1.0, False))
        r = self.execute(self.market(), object())
        self.assertIn("no create_order", r.error_message)

    def test_a_market_order_is_asked_for_until_it_is_filled(self):
        exchange = Exchange({"id": 1}, fetched=[
            NetworkError("away"), {"id": 1, "status": "open", "filled": 0.5, "average": 100},
            {"id": 1, "status": "closed", "filled": 1, "average": 101},
        ])
        r = self.execute(self.market(), exchange)
        self.assertTrue(r.success)
        self.assertEqual((r.execution_price, len(exchange.calls)), (101.0, 4))

    def test_what_the_exchange_ends(self):
        for status, ours in (("canceled", S.CANCELLED), ("rejected", S.REJECTED),
                             ("expired", S.EXPIRED)):
            r = self.execute(self.market(), Exchange({"id": 1, "status": status, "filled": 0}))
            self.assertFalse(r.success)
            self.assertIs(r.order.status, ours)
        r = self.execute(self.market(), Exchange(
            {"id": 1, "status": "canceled", "filled": 0.4, "average": 99}))
        self.assertTrue(r.success)
        self.assertEqual((r.filled_quantity, r.order.status), (0.4, S.CANCELLED))


class Retries(Base):
    def test_what_passes_is_tried_again(self):
        for error in (NetworkError("x"), RequestTimeout("x"), TimeoutError(), ConnectionError(),
                      Exception("503 Service Unavailable"), Exception("rate limit exceeded")):
            exchange = Exchange(error, error, closed())
            order = self.market()
            r = self.execute(order, exchange)
            self.assertTrue(r.success, error)
            self.assertEqual((r.retry_count, order.retry_count, len(exchange.calls)), (2, 2, 3))
            ids = {call[-1]["clientOrderId"] for call in exchange.calls}
            self.assertEqual(ids, {order.client_order_id})

    def test_until_the_retries_are_spent(self):
        exchange = Exchange(NetworkError("away"))
        r = self.execute(self.market(), exchange, max_retries=2)
        self.assertFalse(r.success)
        self.assertIs(r.order.status, S.FAILED)
        self.assertEqual((r.retry_count, len(exchange.calls)), (2, 3))
        self.assertEqual(r.error_message, "NetworkError: away")

    def test_what_lasts_is_not(self):
        for error in (InsufficientFunds("no network of friends"), ValueError("bad"), KeyError(1)):
            exchange = Exchange(error)
            r = self.execute(self.market(), exchange)
            self.assertFalse(r.success)
            self.assertEqual((r.order.status, len(exchange.calls)), (S.REJECTED, 1))

    def test_the_breaker_hears_of_it(self):
        breaker = CircuitBreaker()
        x = OrderExecutor(circuit_breaker=breaker, max_retries=0, retry_delay_ms=0.01)
        for _ in range(2):
            x.execute(self.market(), Exchange(InsufficientFunds("x")))
        self.assertEqual(breaker.consecutive_errors, 2)
        x.execute(self.market(), Exchange(closed()))
        self.assertEqual(breaker.consecutive_errors, 0)
        self.assertEqual(x.get_statistics()["success_rate"], 100 / 3)

    def test_a_cancel_that_is_refused(self):
        exchange = Exchange({"id": 1, "status": "open"}, NetworkError("away"))
        order = LimitOrder("A", quantity=1, price=1)
        self.execute(order, exchange)
        self.assertEqual(self.x.cancel(order, exchange), "NetworkError: away")
        self.assertIs(order.status, S.OPEN)
        with self.assertRaisesRegex(ValueError, "not executed live"):
            self.x.cancel(self.market(), exchange)

    def test_one_whose_time_is_over_is_cancelled_there(self):
        from tests.support import Clock

        clock = Clock()
        exchange = Exchange({"id": 1, "status": "open"}, {"id": 1})
        late = LimitOrder("A", quantity=1, price=1, timeout_seconds=60, clock=clock)
        self.execute(late, exchange)
        clock.pass_(seconds=61)
        self.assertTrue(late.check_timeout())
        self.assertIs(late.status, S.OPEN)
        self.assertIsNone(self.x.cancel(late, exchange))
        self.assertIs(late.status, S.CANCELLED)
        self.assertEqual(exchange.calls[-1], ("cancel", "1", "A"))


class Coroutines(Base):
    def test_the_same_with_asyncio(self):
        exchange = Async(Exchange(NetworkError("x"), {"id": 1}, fetched=[closed()]))
        x = OrderExecutor(retry_delay_ms=0.01)
        order = self.market()
        r = asyncio.run(x.execute_async(order, exchange))
        self.assertTrue(r.success, r.error_message)
        self.assertEqual((r.retry_count, [c[0] for c in exchange.calls]),
                         (1, ["market", "market", "fetch"]))

    def test_plain_exchanges_and_simulated_modes_too(self):
        r = asyncio.run(OrderExecutor().execute_async(self.market(), Exchange(closed())))
        self.assertTrue(r.success)
        x = OrderExecutor("backtest")
        r = asyncio.run(x.execute_async(self.market(), market_data={"price": 100.0}))
        self.assertTrue(r.success)

    def test_cancel_and_refresh(self):
        exchange = Async(Exchange({"id": 1, "status": "open"}, {"id": 1},
                                  fetched=[{"id": 1, "status": "open", "filled": 0}]))
        x = OrderExecutor()
        order = LimitOrder("A", quantity=1, price=1)

        async def session():
            await x.execute_async(order, exchange)
            self.assertIsNone(await x.refresh_async(order, exchange))
            self.assertIsNone(await x.cancel_async(order, exchange))

        asyncio.run(session())
        self.assertIs(order.status, S.CANCELLED)

    def test_a_coroutine_where_none_is_awaited(self):
        r = self.execute(self.market(), Async(Exchange(closed())))
        self.assertFalse(r.success)
        self.assertIn("use execute_async", r.error_message)


if __name__ == "__main__":
    unittest.main()
