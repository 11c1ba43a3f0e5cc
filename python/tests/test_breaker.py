"""The circuit breaker: what trips it, what does not, how it recovers."""

import unittest
from datetime import datetime, timedelta

from order_manager import CircuitBreaker, CircuitBreakerConfig, CircuitBreakerState, TripReason

from tests.support import Clock

R = TripReason


class Base(unittest.TestCase):
    def setUp(self):
        self.clock = Clock()
        self.b = self.make()

    def make(self, **fields):
        """A breaker with these limits."""
        return CircuitBreaker(CircuitBreakerConfig(**fields), clock=self.clock)

    def tripped(self, b, reason):
        """It is open, for this reason."""
        self.assertTrue(b.is_tripped)
        self.assertFalse(b.is_operational)
        self.assertIs(b.state, CircuitBreakerState.OPEN)
        self.assertIs(b.last_trip.reason, reason)


class Trips(Base):
    def test_defaults(self):
        c = CircuitBreakerConfig()
        self.assertEqual(
            (c.max_daily_loss_pct, c.max_drawdown_pct, c.max_consecutive_losses,
             c.consecutive_loss_amount, c.max_orders_per_minute, c.max_orders_per_hour,
             c.max_consecutive_errors, c.auto_reset_after_minutes, c.require_manual_reset,
             c.cooldown_minutes, c.half_open_probes, c.max_auto_resets),
            (5.0, 15.0, 5, 0.0, 10, 100, 3, 60, False, 15, 0, 1),
        )
        b = CircuitBreaker()
        self.assertTrue(b.is_operational)
        self.assertIsNone(b.last_trip or b.last_reset)

    def test_figures_that_are_given(self):
        for pnl, drawdown, reason in (
            (-5.0, 0, None), (-5.0000001, 0, R.DAILY_LOSS), (50, 0, None),
            (0, 15.0, None), (0, 15.0000001, R.MAX_DRAWDOWN), (0, -15.1, R.MAX_DRAWDOWN),
        ):
            b = self.make()
            self.assertEqual(b.check_and_trip(pnl, drawdown), reason is not None)
            if reason:
                self.tripped(b, reason)
                self.assertTrue(b.check_and_trip(0, 0))

    def test_by_hand(self):
        self.assertTrue(self.b.check_and_trip(current_pnl=0, current_drawdown=0, force=True))
        self.tripped(self.b, R.MANUAL)
        self.clock.pass_(days=3)
        self.tripped(self.b, R.MANUAL)
        self.assertTrue(self.b.reset())
        self.assertTrue(self.b.is_operational)

    def test_losses_in_a_row(self):
        for pnl in (-1, -1, -1, -1, 5, -1, -1, -1, -1):
            self.b.record_trade(pnl)
        self.assertEqual((self.b.consecutive_losses, self.b.daily_pnl), (4, -3.0))
        self.assertTrue(self.b.is_operational)
        self.b.record_trade(-1)
        self.tripped(self.b, R.CONSECUTIVE_LOSSES)

    def test_the_streak_by_what_it_lost(self):
        b = self.make(consecutive_loss_amount=100)
        b.record_trade(-99.99)
        self.assertTrue(b.is_operational)
        b.record_trade(-0.01)
        self.tripped(b, R.CONSECUTIVE_LOSSES)
        self.assertEqual(b.last_trip.metrics["limit"], 100.0)

    def test_balance(self):
        self.b.update_balance(1000.0)
        self.b.update_balance(1100.0)
        self.b.update_balance(1045.0)
        self.assertEqual((self.b.current_balance, self.b.peak_balance), (1045.0, 1100.0))
        self.assertEqual(self.b.calculate_drawdown(), -5.0)
        self.assertTrue(self.b.is_operational)
        self.b.update_balance(current=949.9, peak=1100.0)
        self.tripped(self.b, R.DAILY_LOSS)
        deep = self.make(max_daily_loss_pct=None)
        deep.update_balance(current=850.0, peak=1000.0)
        self.assertTrue(deep.is_operational)
        deep.update_balance(current=849.9, peak=1000.0)
        self.tripped(deep, R.MAX_DRAWDOWN)
        money = self.make(max_daily_loss_pct=None, max_drawdown_pct=None, max_daily_loss=10)
        money.update_balance(1000)
        money.update_balance(989.99)
        self.tripped(money, R.DAILY_LOSS)

    def test_order_rate(self):
        for _ in range(10):
            self.assertTrue(self.b.record_order())
        self.assertEqual(self.b.get_status()["orders_last_minute"], 10)
        self.assertTrue(self.b.is_operational)
        self.assertFalse(self.b.record_order())
        self.tripped(self.b, R.ORDER_RATE)
        slow = self.make()
        for _ in range(100):
            self.assertTrue(slow.record_order())
            self.clock.pass_(seconds=10)
        self.assertFalse(slow.record_order())

    def test_errors(self):
        self.b.record_error("a")
        self.b.record_error("b")
        self.b.clear_errors()
        self.assertEqual(self.b.consecutive_errors, 0)
        for text in "abc":
            self.b.record_error(text)
        self.tripped(self.b, R.SYSTEM_ERROR)
        self.assertIn("(c)", self.b.last_trip.details)

    def test_limits_that_mean_nothing(self):
        for fields in ({"max_consecutive_losses": 0}, {"max_daily_loss_pct": -1},
                       {"max_drawdown_pct": float("nan")}, {"half_open_probes": 1, "probe_wins": 2},
                       {"max_consecutive_errors": 2**40}):
            with self.assertRaises(ValueError):
                self.make(**fields)
        for call in (self.b.record_trade, self.b.update_balance, self.b.check_and_trip):
            for bad in (float("nan"), float("inf"), "1"):
                with self.assertRaises(ValueError):
                    call(bad)
        self.assertTrue(self.b.is_operational)


class Recovery(Base):
    def test_by_itself_once_a_day(self):
        self.b.check_and_trip(-6, 0)
        self.clock.pass_(minutes=59)
        self.assertFalse(self.b.is_operational)
        self.assertFalse(self.b.reset(manual=False))
        self.clock.pass_(minutes=1)
        self.assertTrue(self.b.reset(manual=False))
        self.assertTrue(self.b.is_operational)
        self.assertEqual(self.b.last_trip.reset_at, self.clock.now)
        self.assertEqual(self.b.last_reset, self.clock.now)
        self.clock.pass_(minutes=20)
        self.b.check_and_trip(-6, 0)
        self.assertEqual((self.b.trip_count_today, len(self.b.trip_history)), (2, 2))
        self.clock.pass_(hours=5)
        self.assertFalse(self.b.is_operational)
        self.assertTrue(self.b.reset())

    def test_within_the_cooldown_it_waits_for_a_hand(self):
        b = self.make(max_auto_resets=9)
        b.check_and_trip(-6, 0)
        self.clock.pass_(minutes=60)
        self.assertTrue(b.is_operational)
        self.clock.pass_(minutes=14)
        b.check_and_trip(-6, 0)
        self.assertTrue(b.last_trip.metrics["latched"])
        self.clock.pass_(hours=3)
        self.assertFalse(b.is_operational)

    def test_only_by_hand(self):
        b = self.make(require_manual_reset=True)
        b.check_and_trip(-6, 0)
        self.clock.pass_(days=2)
        self.assertFalse(b.is_operational or b.reset(manual=False))
        self.assertTrue(b.reset(manual=True))

    def test_a_trip_that_is_moved(self):
        self.b.check_and_trip(-6, 0)
        self.b.last_trip.timestamp = self.clock.now - timedelta(minutes=59)
        self.assertFalse(self.b.is_operational)
        self.b.last_trip.timestamp -= timedelta(minutes=1)
        self.assertTrue(self.b.is_operational)
        with self.assertRaisesRegex(ValueError, "over"):
            self.b.last_trip.timestamp = self.clock.now
        wall = CircuitBreaker()
        wall.check_and_trip(-6, 0)
        wall.last_trip.timestamp = datetime.now() - timedelta(minutes=61)
        self.assertTrue(wall.is_operational)
        self.b.check_and_trip(-6, 0)
        with self.assertRaisesRegex(ValueError, "to come"):
            self.b.last_trip.timestamp = self.clock.now + timedelta(minutes=1)
        with self.assertRaisesRegex(ValueError, "last"):
            self.b.trip_history[0].timestamp = self.clock.now

    def test_half_open(self):
        b = self.make(half_open_probes=2)
        b.check_and_trip(-6, 0)
        self.clock.pass_(minutes=60)
        self.assertIs(b.state, CircuitBreakerState.HALF_OPEN)
        self.assertTrue(b.is_operational)
        b.record_order()
        b.record_order()
        self.assertFalse(b.is_operational)
        b.record_trade(1)
        self.assertIs(b.state, CircuitBreakerState.CLOSED)

    def test_a_new_day(self):
        self.b.record_trade(-5)
        self.assertEqual(self.b.daily_pnl, -5.0)
        self.clock.pass_(hours=12)
        self.assertEqual(self.b.daily_pnl, 0.0)
        self.assertEqual(self.b.consecutive_losses, 0)


class Status(Base):
    def test_everything(self):
        self.b.update_balance(1000.0)
        self.b.record_trade(-10.0)
        self.b.record_order()
        self.b.check_and_trip(-6, 0)
        status = self.b.get_status()
        self.assertEqual(set(status), {
            "state", "is_tripped", "is_operational", "daily_pnl", "consecutive_losses",
            "consecutive_errors", "current_drawdown", "orders_last_minute", "orders_last_hour",
            "trip_count_today", "last_trip", "last_reset",
        })
        self.assertEqual(status["state"], "open")
        self.assertEqual((status["daily_pnl"], status["current_drawdown"]), (-10.0, -1.0))
        self.assertEqual(status["last_trip"]["reason"], "daily_loss_limit")
        self.assertIsNone(status["last_reset"])

    def test_history_is_longer_than_what_the_core_keeps(self):
        for _ in range(40):
            self.b.check_and_trip(force=True)
            self.clock.pass_(seconds=1)
            self.b.reset()
        self.assertEqual(len(self.b.trip_history), 40)
        self.assertLess(self.b.trip_history[0].timestamp, self.b.trip_history[-1].timestamp)
        self.assertEqual(self.b.trip_history[-1].reset_at, self.clock.now)


if __name__ == "__main__":
    unittest.main()
