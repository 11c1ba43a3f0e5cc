"""The executor in the simulated modes: what is filled, at which price, and what the breaker hears.
"""

import unittest

from order_manager import (
    CircuitBreaker,
    CircuitBreakerConfig,
    ExecutionMode,
    LimitOrder,
    MarketOrder,
    OrderExecutor,
    OrderStatus,
    SlippageConfig,
    SlippageModel,
    SlippageSimulator,
    StopLossOrder,
    TakeProfitOrder,
    TrailingStopOrder,
)

from tests.support import Clock

S = OrderStatus
MARKET = {"price": 50000.0, "volume_24h": 1_000_000_000.0}


class Base(unittest.TestCase):
    def setUp(self):
        self.clock = Clock()
        self.breaker = CircuitBreaker(clock=self.clock)
        fixed = SlippageSimulator(SlippageModel.FIXED)
        self.x = OrderExecutor("backtest", self.breaker, fixed, clock=self.clock)

    def execute(self, order, price=50000.0, **data):
        """Executes at a price of the market."""
        return self.x.execute(order, market_data={"price": price} | data)

    def order(self, kind=MarketOrder, side="buy", **fields):
        """An order of a tenth."""
        return kind("BTC/USDT", side, 0.1, clock=self.clock, **fields)


class Filled(Base):
    def test_market_orders(self):
        for mode in (ExecutionMode.BACKTEST, ExecutionMode.PAPER):
            x = OrderExecutor(mode, slippage_simulator=self.x.slippage_simulator)
            for side, price in (("buy", 50025.0), ("sell", 49975.0)):
                order = self.order(side=side)
                r = x.execute(order, market_data=MARKET)
                self.assertTrue(r.success, r.error_message)
                self.assertIs(r.order, order)
                self.assertIs(order.status, S.FILLED)
                self.assertEqual((r.execution_price, r.filled_quantity), (price, 0.1))
                self.assertEqual(r.commission, price / 10000)
                self.assertIsNone(r.error_message)

    def test_realistic_is_the_default_and_repeatable(self):
        def prices(seed):
            x = OrderExecutor("backtest", seed=seed)
            return [x.execute(self.order(), market_data=MARKET).execution_price for _ in range(20)]

        self.assertEqual(prices(1), prices(1))
        self.assertNotEqual(prices(1), prices(2))
        # Half the spread of 0.02 % at least.
        self.assertGreaterEqual(min(prices(1)), 50005.0)

    def test_data_of_the_market(self):
        x = OrderExecutor("backtest", slippage_simulator=SlippageSimulator(
            SlippageModel.SPREAD_BASED))
        for data, price in (
            ({"close": 50000.0}, 50005.0),
            ({"price": 50000.0, "spread_pct": 0.1}, 50025.0),
            ({"price": 50000.0, "spread_pct": 0.0}, 50000.0),
            ({"bid": 49990.0, "ask": 50010.0}, 50010.0),
        ):
            self.assertEqual(x.execute(self.order(), market_data=data).execution_price, price)
        for data in (None, {}, {"price": 0}, {"price": float("nan")}, {"bid": 2.0, "ask": 1.0},
                     {"price": 1.0, "volume_24h": -1}):
            r = x.execute(self.order(), market_data=data)
            self.assertFalse(r.success)
            self.assertIn("ValueError", r.error_message)

    def test_a_day_of_more_than_fits_in_money_units(self):
        x = OrderExecutor("backtest", slippage_simulator=SlippageSimulator("volume_based"))
        for volume, price in ((1e10, 50250.0), (1e11, 50025.0), (5e12, 50000.5)):
            # 500 000 000 of it: a tenth of the share is paid.
            order = MarketOrder("A", quantity=10_000)
            r = x.execute(order, market_data={"price": 50000.0, "volume_24h": volume})
            self.assertAlmostEqual(r.execution_price, price, places=5)

    def test_limits(self):
        for side, limit, price in (("buy", 50010.0, 50010.0), ("buy", 51000.0, 50025.0),
                                   ("sell", 49990.0, 49990.0), ("sell", 49000.0, 49975.0)):
            r = self.execute(self.order(LimitOrder, side, price=limit))
            self.assertTrue(r.success)
            self.assertEqual(r.execution_price, price)

    def test_a_limit_that_is_not_reached_waits(self):
        order = self.order(LimitOrder, price=49000.0)
        r = self.execute(order)
        self.assertFalse(r.success)
        self.assertIn("not reached", r.error_message)
        self.assertEqual((order.status, r.filled_quantity), (S.OPEN, 0.0))
        self.assertEqual(self.breaker.consecutive_errors, 0)
        self.x.update_market("BTC/USDT", {"price": 49000.01})
        self.assertIs(order.status, S.OPEN)
        self.x.update_market("BTC/USDT", {"price": 48000.0})
        self.assertEqual((order.status, order.average_fill_price), (S.FILLED, 49000.0))

    def test_it_can_be_cancelled(self):
        order = self.order(LimitOrder, price=49000.0)
        self.execute(order)
        with self.assertRaisesRegex(ValueError, "simulated market"):
            order.update_fill(0.1, 1.0)
        self.assertFalse(order.update_status(S.FILLED))
        self.assertIsNone(self.x.cancel(order))
        self.assertIs(order.status, S.CANCELLED)
        self.x.update_market("BTC/USDT", {"price": 48000.0})
        self.assertEqual(order.filled_quantity, 0.0)
        self.assertEqual(self.x.cancel(order), None)

    def test_post_only_does_not_take(self):
        order = self.order(LimitOrder, price=51000.0, post_only=True)
        r = self.execute(order)
        self.assertFalse(r.success)
        self.assertIs(order.status, S.REJECTED)
        self.assertIn("rejected", r.error_message)

    def test_stops(self):
        self.execute(self.order(), 48000.0)
        for kind, side, stop, before, at, price in (
            (StopLossOrder, "sell", 48000.0, 48000.01, 48000.0, 47976.0),
            (StopLossOrder, "buy", 52000.0, 51999.99, 52000.0, 52026.0),
            (TakeProfitOrder, "sell", 52000.0, 51999.99, 52000.0, 51974.0),
            (TakeProfitOrder, "buy", 48000.0, 48000.01, 48000.0, 48024.0),
        ):
            waits = self.order(kind, side, stop_price=stop)
            self.assertFalse(self.execute(waits, before).success)
            self.assertFalse(waits.is_terminal)
            self.x.update_market("BTC/USDT", {"price": at})
            self.assertEqual((waits.status, waits.average_fill_price), (S.FILLED, price))
            # One whose price was reached before goes out at once.
            self.clock.pass_(minutes=5)
            now = self.order(kind, side, stop_price=stop)
            self.assertTrue(self.execute(now, at).success)
            self.assertEqual(now.average_fill_price, price)

    def test_a_stop_with_a_limit(self):
        order = self.order(StopLossOrder, "sell", stop_price=48000.0, price=47990.0)
        self.execute(order, 48100.0)
        self.x.update_market("BTC/USDT", {"price": 47000.0})
        self.assertIs(order.status, S.OPEN)
        self.x.update_market("BTC/USDT", {"price": 47995.0})
        self.assertEqual((order.status, order.average_fill_price), (S.FILLED, 47990.0))

    def test_a_trailing_stop(self):
        order = self.order(TrailingStopOrder, "sell", trailing_distance=100.0)
        self.assertFalse(self.execute(order).success)
        for price, status in ((51000.0, S.PENDING), (50901.0, S.PENDING), (50900.0, S.FILLED)):
            self.x.update_market("BTC/USDT", {"price": price})
            self.assertIs(order.status, status)

    def test_time_is_over(self):
        order = self.order(LimitOrder, price=49000.0, timeout_seconds=60)
        self.execute(order)
        self.clock.pass_(seconds=61)
        self.assertTrue(order.check_timeout())
        self.assertIs(order.status, S.CANCELLED)

    def test_many_orders_and_symbols(self):
        x = OrderExecutor("backtest", slippage_simulator=self.x.slippage_simulator)
        rest = [LimitOrder(f"S{i % 7}", quantity=1, price=90.0) for i in range(150)]
        for order in rest:
            self.assertFalse(x.execute(order, market_data={"price": 100.0}).success)
        for i in range(7):
            x.update_market(f"S{i}", {"price": 89.0})
        self.assertTrue(all(o.is_filled for o in rest))
        done = [MarketOrder("S0", quantity=1) for _ in range(100)]
        for order in done:
            self.assertTrue(x.execute(order, market_data={"price": 100.0}).success)
        self.assertEqual({o.average_fill_price for o in done}, {100.05})


class Refused(Base):
    def test_the_breaker_is_asked_first(self):
        self.breaker.check_and_trip(-6, 0)
        order = self.order()
        r = self.execute(order)
        self.assertFalse(r.success)
        self.assertIn("Circuit breaker is open", r.error_message)
        self.assertIn("daily_loss_limit", r.error_message)
        self.assertEqual((order.status, order.error_message), (S.PENDING, r.error_message))
        self.assertEqual(self.breaker.get_status()["orders_last_minute"], 0)

    def test_rates_hold(self):
        said = [self.execute(self.order()).success for _ in range(12)]
        self.assertEqual(said, [True] * 10 + [False] * 2)
        self.assertIn("rate", self.x.execution_history[10].error_message)
        self.assertIn("open", self.x.execution_history[11].error_message)

    def test_bad_orders(self):
        bad = MarketOrder("A", quantity=0)
        r = self.execute(bad)
        self.assertIn("quantity must be positive", r.error_message)
        done = self.order()
        self.execute(done)
        again = self.execute(done)
        self.assertFalse(again.success)
        self.assertIn("only a new one", again.error_message)
        post_only = MarketOrder("A", quantity=1, post_only=True)
        self.assertIn("FIELDS", self.execute(post_only).error_message)

    def test_errors_count_and_success_clears_them(self):
        breaker = CircuitBreaker(CircuitBreakerConfig(max_consecutive_errors=3), clock=self.clock)
        x = OrderExecutor("backtest", breaker, clock=self.clock)
        reject = {"order": lambda: self.order(LimitOrder, price=51000.0, post_only=True)}
        for _ in range(2):
            x.execute(reject["order"](), market_data=MARKET)
        self.assertEqual(breaker.consecutive_errors, 2)
        self.assertTrue(x.execute(self.order(), market_data=MARKET).success)
        self.assertEqual(breaker.consecutive_errors, 0)
        for _ in range(3):
            x.execute(reject["order"](), market_data=MARKET)
        self.assertFalse(breaker.is_operational)

    def test_live_needs_an_exchange(self):
        r = OrderExecutor().execute(self.order())
        self.assertIn("LIVE needs exchange_api", r.error_message)
        with self.assertRaises(ValueError):
            OrderExecutor().update_market("A", MARKET)
        for bad in ({"max_retries": -1}, {"max_retries": 65}, {"retry_delay_ms": -1}):
            with self.assertRaises(ValueError):
                OrderExecutor(**bad)


class Statistics(Base):
    def test_counts(self):
        self.assertEqual(self.x.get_statistics(), {
            "total_executions": 0, "successful_executions": 0, "failed_executions": 0,
            "success_rate": 0.0, "average_latency_ms": 0.0, "mode": "backtest",
        })
        for _ in range(3):
            self.execute(self.order())
        self.execute(MarketOrder("A", quantity=0))
        stats = self.x.get_statistics()
        self.assertEqual((stats["total_executions"], stats["successful_executions"],
                          stats["failed_executions"], stats["success_rate"]), (4, 3, 1, 75.0))
        self.assertGreater(stats["average_latency_ms"], 0)
        self.assertEqual(len(self.x.execution_history), 4)

    def test_to_dict(self):
        found = self.execute(self.order()).to_dict()
        self.assertEqual(found["timestamp"], self.clock.now.isoformat())
        self.assertEqual(found["order"]["status"], "filled")

    def test_costs_of_the_simulator_are_used(self):
        config = SlippageConfig(fixed_slippage_pct=1, commission_tiers={"maker": 0, "taker": 0.01})
        x = OrderExecutor("paper", None, SlippageSimulator("fixed", config))
        r = x.execute(MarketOrder("A", quantity=2), market_data={"price": 100.0})
        self.assertEqual((r.execution_price, r.commission), (101.0, 2.02))


if __name__ == "__main__":
    unittest.main()
