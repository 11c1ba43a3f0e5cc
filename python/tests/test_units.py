"""Floats, decimals and integers as ticks, lots and money: exactly, ties to even."""

import random
import unittest
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Decimal

import order_manager
from order_manager import CircuitBreaker, MarketOrder, clock, units


def slowly(value, digits):
    """The same by decimal arithmetic alone."""
    return int(Decimal(repr(value)).scaleb(digits).quantize(Decimal(1), ROUND_HALF_EVEN))


class Numbers(unittest.TestCase):
    def test_shortest_decimal_form(self):
        for value, ticks in (
            (0.1, 10**7), (0.1 + 0.2, 3 * 10**7), (1e-8, 1), (4.9e-9, 0), (5e-9, 0), (1.5e-8, 2),
            (2.5e-8, 2), (-1.5e-8, -2), (67123.45, 6712345000000), (1e9, 10**17), (7, 7 * 10**8),
            (Decimal("0.123456785"), 12345678), (True, 10**8), (-0.0, 0),
        ):
            self.assertEqual(units.ticks(value), ticks, value)

    def test_against_decimal_arithmetic(self):
        rng = random.Random(11)
        for _ in range(50_000):
            value = rng.choice([
                rng.randrange(10**12) / 10 ** rng.randrange(12), rng.random(),
                rng.uniform(-1e9, 1e9), rng.randrange(10**7) * 1e-9, rng.randrange(10**6) / 2e8,
            ])
            for digits in (4, 7, 8, 9):
                if abs(value) * 10**digits < 2**60:
                    self.assertEqual(units.scaled(value, digits, "x"), slowly(value, digits), value)
            if 0 < slowly(value, 8) < 2**60:
                self.assertEqual(units.many_ticks([value])[0], slowly(value, 8), value)

    def test_back_and_forth(self):
        rng = random.Random(12)
        for _ in range(20_000):
            ticks = rng.randrange(10**15)
            self.assertEqual(units.ticks(units.from_ticks(ticks)), ticks)

    def test_what_is_no_number_or_too_large(self):
        for bad in (float("nan"), float("inf"), Decimal("Infinity"), "1", None, [], 1j):
            with self.assertRaises(ValueError):
                units.ticks(bad)
            with self.assertRaises(ValueError):
                units.many_ticks([1.0, bad])
        for bad in (1e30, -1e30, 2**70, Decimal("1e15")):
            with self.assertRaisesRegex(ValueError, "too large: at most 11529215046"):
                units.ticks(bad)

    def test_values_round_up(self):
        self.assertEqual(units.value_of(1, 1, 9), 1)
        self.assertEqual(units.value_of(10**8, 10**8, 9), 10**9)


class Clocks(unittest.TestCase):
    def tearDown(self):
        order_manager.set_clock(None)

    def test_a_clock_for_all(self):
        moment = datetime(2020, 1, 2, 3, 4, 5, 678900, tzinfo=timezone.utc)
        for told in (moment, moment.timestamp(), moment.astimezone().replace(tzinfo=None)):
            order_manager.set_clock(lambda told=told: told)
            self.assertAlmostEqual(MarketOrder("A", quantity=1).created_at.timestamp(),
                                   moment.timestamp(), places=5)
        order_manager.set_clock(lambda: 1_000_000)
        self.assertEqual(clock.now_of(None), 10**15)
        b = CircuitBreaker()
        b.check_and_trip(force=True)
        self.assertEqual(b.last_trip.timestamp.timestamp(), 1_000_000)
        order_manager.set_clock(None)
        now = datetime.now(timezone.utc)
        self.assertLess(abs(MarketOrder("A", quantity=1).created_at - now), timedelta(seconds=5))

    def test_one_that_goes_back_and_two_at_once(self):
        times = {"a": 2000.0, "b": 1000.0}
        a = MarketOrder("A", quantity=1, clock=lambda: times["a"])
        b = MarketOrder("B", quantity=1, clock=lambda: times["b"], timeout_seconds=10)
        for order in (a, b):
            order.update_status("open")
        times["a"] = 9000.0
        self.assertTrue(a.check_timeout())
        self.assertFalse(b.check_timeout())
        clock_of_c = iter([500.0, 400.0, 300.0, 200.0, 100.0])
        c = MarketOrder("C", quantity=1, clock=lambda: next(clock_of_c))
        c.update_status("open")
        c.update_status("filled")
        self.assertTrue(c.is_filled)


if __name__ == "__main__":
    unittest.main()
