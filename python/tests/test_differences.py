"""Each line of docs/differences.md, by its name."""

import copy
import dataclasses
import re
import unittest

from order_manager import (
    CircuitBreaker,
    CircuitBreakerConfig,
    LimitOrder,
    MarketOrder,
    OrderExecutor,
    OrderStatus,
    PositionManager,
    SlippageModel,
    SlippageSimulator,
    StopLossOrder,
)

from tests.support import PYTHON, Clock
from tests.test_live import Exchange, InsufficientFunds, NetworkError, closed

MARKET = {"price": 100.0, "volume_24h": 1e6}


def executor(**fields):
    """One for backtests, with a fixed slippage of 0.05 %."""
    return OrderExecutor("backtest", slippage_simulator=SlippageSimulator("fixed"), **fields)


class Differences(unittest.TestCase):
    def test_profits_do_not_trip(self):
        b = CircuitBreaker()
        self.assertFalse(b.check_and_trip(current_pnl=50.0, current_drawdown=0.0))
        b.update_balance(1000.0)
        b.update_balance(2000.0)
        for _ in range(20):
            b.record_trade(100.0)
        self.assertTrue(b.is_operational)
        self.assertTrue(b.check_and_trip(current_pnl=-5.1, current_drawdown=0.0))

    def test_submitted_can_be_cancelled(self):
        order = MarketOrder("A", quantity=1)
        order.update_status(OrderStatus.SUBMITTED)
        self.assertTrue(order.update_status(OrderStatus.CANCELLED))
        self.assertIs(order.status, OrderStatus.CANCELLED)

    def test_success_clears_errors(self):
        b = CircuitBreaker()
        x = OrderExecutor(circuit_breaker=b, max_retries=0)
        for answer in (InsufficientFunds(), InsufficientFunds(), closed(), InsufficientFunds(),
                       InsufficientFunds()):
            x.execute(MarketOrder("A", quantity=1), Exchange(answer))
        self.assertEqual((b.consecutive_errors, b.is_operational), (2, True))

    def test_limits_hold_in_execute(self):
        b = CircuitBreaker(CircuitBreakerConfig(max_orders_per_minute=3))
        x = executor(circuit_breaker=b)
        done = [x.execute(MarketOrder("A", quantity=1), market_data=MARKET).success
                for _ in range(5)]
        self.assertEqual(done, [True, True, True, False, False])

    def test_no_miss_by_one_unit_in_the_last_place(self):
        for stop, price in ((0.3, 0.1 + 0.2), (0.1 + 0.2, 0.3), (1.1, 1.1000000000000001)):
            p = PositionManager().open_position("A", "short", 0.2, 1.0, stop_loss=stop)
            p.update_price(price)
            self.assertTrue(p.should_stop_loss)

    def test_sums_do_not_drift(self):
        pm = PositionManager()
        for _ in range(1000):
            pm.close_position(pm.open_position("A", "long", 1.0, 0.1).position_id, 2.0)
        self.assertEqual(pm.get_total_realized_pnl(), 100.0)
        self.assertNotEqual(sum([0.1] * 1000), 100.0)

    def test_a_limit_order_is_not_filled_beyond_its_limit(self):
        for side, limit in (("buy", 100.01), ("sell", 99.99)):
            order = LimitOrder("A", side, 1.0, limit)
            self.assertEqual(executor().execute(order, market_data=MARKET).execution_price, limit)
            simulator = SlippageSimulator(SlippageModel.FIXED)
            self.assertEqual(simulator.simulate_execution(order, 100.0)[0], limit)

    def test_a_limit_order_waits_for_its_price(self):
        order = LimitOrder("A", "buy", 1.0, 99.0)
        result = executor().execute(order, market_data=MARKET)
        self.assertFalse(result.success)
        self.assertEqual((order.status, result.filled_quantity), (OrderStatus.OPEN, 0.0))

    def test_a_stop_order_waits_for_its_price(self):
        x = executor()
        order = StopLossOrder("A", "sell", 1.0, stop_price=90.0)
        self.assertFalse(x.execute(order, market_data=MARKET).success)
        x.update_market("A", {"price": 90.0})
        self.assertTrue(order.is_filled)

    def test_what_has_ended_stays_ended(self):
        order = MarketOrder("A", quantity=1)
        order.update_status(OrderStatus.REJECTED)
        for status in OrderStatus:
            order.update_status(status)
            self.assertIs(order.status, OrderStatus.REJECTED)

    def test_filled_means_executed(self):
        order = MarketOrder("A", quantity=2)
        order.update_status(OrderStatus.FILLED)
        self.assertEqual((order.filled_quantity, order.price_is_known), (2.0, False))

    def test_late_executions_count(self):
        order = MarketOrder("A", quantity=2)
        order.update_status(OrderStatus.OPEN)
        order.update_status(OrderStatus.CANCELLED)
        order.update_fill(0.5, 100.0)
        self.assertEqual(order.filled_quantity, 0.5)

    def test_no_number_is_refused(self):
        pm, b = PositionManager(), CircuitBreaker()
        for bad in (float("nan"), float("inf"), -float("inf")):
            for call in (
                lambda: pm.open_position("A", "long", bad, 1.0),
                lambda: pm.open_position("A", "long", 1.0, bad),
                lambda: pm.open_position("A", "long", 1.0, 1.0, stop_loss=bad),
                lambda: b.record_trade(bad),
                lambda: b.update_balance(bad),
                lambda: b.check_and_trip(bad, 0),
                lambda: b.check_and_trip(0, bad),
                lambda: MarketOrder("A", quantity=bad),
                lambda: MarketOrder("A", quantity=1).update_fill(1, bad),
                lambda: SlippageSimulator().simulate_execution(MarketOrder("A", quantity=1), bad),
            ):
                with self.assertRaises(ValueError):
                    call()
        self.assertEqual(pm.get_all_positions(), [])

    def test_quantities_are_positive(self):
        for bad in (0, -1.0):
            with self.assertRaises(ValueError):
                MarketOrder("A", quantity=bad).update_status(OrderStatus.SUBMITTED)
            result = executor().execute(MarketOrder("A", quantity=bad), market_data=MARKET)
            self.assertFalse(result.success)

    def test_an_order_is_executed_once(self):
        order, exchange = MarketOrder("A", quantity=1), Exchange(closed())
        x = OrderExecutor()
        self.assertTrue(x.execute(order, exchange).success)
        self.assertFalse(x.execute(order, exchange).success)
        self.assertEqual(len(exchange.calls), 1)

    def test_wins_are_net_of_commissions(self):
        pm = PositionManager()
        p = pm.open_position("A", "long", 100.0, 1.0, entry_commission=0.1)
        pm.close_position(p.position_id, 100.15, 0.1)
        stats = pm.get_statistics()
        self.assertEqual((stats["winning_trades"], stats["losing_trades"]), (0, 1))
        self.assertEqual((p.realized_pnl, p.is_profitable), (-0.05, False))

    def test_recovery_does_not_loop(self):
        clock = Clock()
        b = CircuitBreaker(clock=clock)
        b.check_and_trip(-6, 0)
        clock.pass_(minutes=60)
        self.assertTrue(b.is_operational)
        b.check_and_trip(-6, 0)
        clock.pass_(hours=9)
        self.assertFalse(b.is_operational)
        self.assertTrue(b.reset())

    def test_what_a_hand_has_tripped_stays_tripped(self):
        clock = Clock()
        b = CircuitBreaker(clock=clock)
        b.check_and_trip(force=True)
        clock.pass_(days=30)
        self.assertFalse(b.is_operational)

    def test_only_what_passes_is_retried(self):
        x = OrderExecutor(retry_delay_ms=0.01)
        lasting, passing = Exchange(InsufficientFunds()), Exchange(NetworkError(), closed())
        self.assertFalse(x.execute(MarketOrder("A", quantity=1), lasting).success)
        self.assertTrue(x.execute(MarketOrder("A", quantity=1), passing).success)
        self.assertEqual((len(lasting.calls), len(passing.calls)), (1, 2))
        first, second = (call[-1]["clientOrderId"] for call in passing.calls)
        self.assertEqual(first, second)

    def test_runs_repeat(self):
        def run():
            x = OrderExecutor("backtest", seed=3)
            return [x.execute(MarketOrder(s, quantity=1), market_data=MARKET).execution_price
                    for s in "ABABAB"]

        self.assertEqual(run(), run())
        self.assertGreater(len(set(run())), 1)

    def test_copies_lose_nothing(self):
        b = CircuitBreaker()
        b.check_and_trip(force=True)
        with self.assertRaises(TypeError):
            copy.deepcopy(b)


    def test_limits_are_not_changed_behind_the_core(self):
        config = CircuitBreakerConfig()
        config.max_consecutive_losses = 1
        b = CircuitBreaker(config)
        pm, x = PositionManager(2), OrderExecutor()
        for made, name in ((config, "max_consecutive_losses"), (b, "config"),
                           (pm, "max_positions"), (x, "max_retries")):
            with self.assertRaises(AttributeError):
                setattr(made, name, 9)
        CircuitBreaker(dataclasses.replace(config, max_consecutive_losses=9))
        b.record_trade(-1)
        self.assertTrue(b.is_tripped)


class Page(unittest.TestCase):
    def test_every_line_has_its_test_and_every_test_its_line(self):
        text = (PYTHON / "docs" / "differences.md").read_text()
        named = re.findall(r"\| `(\w+)` \|$", text, re.M)
        tests = [n.removeprefix("test_") for n in dir(Differences) if n.startswith("test_")]
        self.assertEqual(sorted(named), sorted(tests))


if __name__ == "__main__":
    unittest.main()
