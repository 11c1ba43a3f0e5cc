"""What can be copied and pickled, and what says that it cannot.

There is no snapshot of the core's state yet: objects go by their configuration, orders and
positions that have ended by their record. What would lose something is refused.
"""

import copy
import pickle
import unittest

from order_manager import (
    CircuitBreaker,
    CircuitBreakerConfig,
    LimitOrder,
    MarketOrder,
    OrderExecutor,
    OrderStatus,
    PositionManager,
    SlippageConfig,
    SlippageSimulator,
    TrailingStopOrder,
)

WAYS = (copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x)))


class Configured(unittest.TestCase):
    def test_by_configuration(self):
        breaker = CircuitBreaker(CircuitBreakerConfig(max_consecutive_losses=2))
        simulator = SlippageSimulator("fixed", SlippageConfig(fixed_slippage_pct=1))
        objects = [
            (breaker, lambda x: x.config),
            (PositionManager(7, 2, 1.5), lambda x: (x.max_positions, x.max_quantity)),
            (simulator, lambda x: (x.model, x.config)),
            (OrderExecutor("paper", breaker, simulator, 5), lambda x: (x.mode, x.max_retries)),
        ]
        for made, told in objects:
            for way in WAYS:
                other = way(made)
                self.assertIsNot(other, made)
                self.assertEqual(told(other), told(made))
        other = copy.deepcopy(breaker)
        for _ in range(2):
            other.record_trade(-1)
        self.assertTrue(breaker.is_operational and not other.is_operational)

    def test_state_that_would_be_lost_is_refused(self):
        breaker, manager, executor = CircuitBreaker(), PositionManager(), OrderExecutor("paper")
        breaker.record_trade(-1)
        manager.open_position("A", "long", 1.0, 1.0)
        executor.execute(MarketOrder("A", quantity=1), market_data={"price": 1.0})
        for made in (breaker, manager, executor, manager.get_all_positions()[0]):
            for way in WAYS:
                with self.assertRaisesRegex(TypeError, "cannot be copied"):
                    way(made)

    def test_draws_go_on(self):
        simulator = SlippageSimulator()
        order = MarketOrder("A", quantity=1)
        simulator.simulate_execution(order, 100.0)
        other = pickle.loads(pickle.dumps(simulator))
        self.assertEqual(other.simulate_execution(order, 100.0),
                         simulator.simulate_execution(order, 100.0))


class Records(unittest.TestCase):
    def test_orders_before_and_after_their_life(self):
        for order in (LimitOrder("A", "sell", 2, 3.0, tags={"a": [1]}),
                      TrailingStopOrder("A", "sell", 1, trailing_distance=1)):
            for way in WAYS:
                other = way(order)
                self.assertEqual(other.to_dict(), order.to_dict())
                other.update_status(OrderStatus.SUBMITTED)
                self.assertIs(order.status, OrderStatus.PENDING)
        order = MarketOrder("A", quantity=1)
        order.update_fill(1, 10.0, 0.5)
        for way in WAYS:
            self.assertEqual(way(order).to_dict(), order.to_dict())
        failed = MarketOrder("A", quantity=1)
        failed.update_status("open")
        failed.update_status("failed")
        self.assertIs(copy.copy(failed).status, OrderStatus.FAILED)

    def test_a_living_order_is_refused(self):
        order = MarketOrder("A", quantity=1)
        order.update_status("open")
        trailing = TrailingStopOrder("A", "sell", 1, trailing_distance=1)
        trailing.update_trailing_stop(10)
        for made in (order, trailing):
            for way in WAYS:
                with self.assertRaisesRegex(TypeError, "cannot be copied"):
                    way(made)

    def test_results_and_closed_positions(self):
        executor = OrderExecutor("backtest")
        result = executor.execute(MarketOrder("A", quantity=1), market_data={"price": 10.0})
        manager = PositionManager()
        position = manager.open_position("A", "long", 10.0, 1.0, stop_loss=9.0)
        manager.close_position(position.position_id, 12.0)
        breaker = CircuitBreaker()
        breaker.check_and_trip(force=True)
        for made in (result, position, breaker.last_trip):
            for way in WAYS:
                other = way(made)
                self.assertEqual(other.to_dict(), made.to_dict())
        with self.assertRaises(ValueError):
            copy.copy(breaker.last_trip).timestamp = 5
        with self.assertRaises(ValueError):
            copy.copy(position).stop_loss = 5.0


if __name__ == "__main__":
    unittest.main()
