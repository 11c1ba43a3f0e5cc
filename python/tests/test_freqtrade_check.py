"""What judges the backtests of freqtrade finds what is wrong."""

import unittest
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from order_manager.clock import nanos_of

from tests.freqtrade_check import Fill, Outcome, exits

ONE = 10**8
BEGIN = datetime(2024, 1, 2, tzinfo=timezone.utc)


def rows(*prices):
    """Candles: open, high, low."""
    return [{"date": BEGIN + timedelta(minutes=5 * i), "open": o, "high": h, "low": w}
            for i, (o, h, w) in enumerate(prices)]


def mirrored(value):
    """A long trade's prices as those of a short one: 200 less them."""
    if isinstance(value, Outcome):
        fills = [replace(f, price=200 * ONE - f.price) for f in value.fills]
        return replace(value, is_short=True, fills=fills)
    return [{**r, "open": 200 - r["open"], "high": 200 - r["low"], "low": 200 - r["high"]}
            for r in value]


class Exits(unittest.TestCase):
    # A half more at 99, so the average is 99.666..; a third less at 101; the stop is 97.6734 then.
    TABLE = rows((100.0, 100.5, 99.0), (99.0, 101.0, 98.5), (101.0, 101.2, 98.0),
                 (98.0, 98.5, 97.0), (97.5, 98.0, 97.0))

    def outcome(self, *last, reason="stop_loss"):
        """A trade that ends so: candle, lots, price."""
        fills = [(0, True, 2.0, 100.0), (1, True, 1.0, 99.0), (2, False, 1.0, 101.0),
                 (last[0], False, *last[1:])]
        return Outcome("A/USDT", False, ONE // 100, reason, [
            Fill(nanos_of(BEGIN + timedelta(minutes=5 * i)), entry, round(q * ONE), round(p * ONE))
            for i, entry, q, p in fills])

    def judge(self, one, table=None):
        """What is said of it, and the same of its mirror."""
        table = table or self.TABLE
        times = {nanos_of(r["date"]): i for i, r in enumerate(table)}
        said = exits(one, table, times, 2.0, 3.0)
        # Two percent of the mirrored average are less: what is said must be as much, not the same.
        if said is not None:
            self.assertIsNotNone(exits(mirrored(one), mirrored(table), times, 2.0, 3.0))
        return said

    def test_the_stop_is_the_average_s(self):
        self.assertIsNone(self.judge(self.outcome(3, 2.0, 97.68)))
        for price in (97.67, 97.69, 98.0):
            self.assertIn("not ('stop_loss'", self.judge(self.outcome(3, 2.0, price)))

    def test_a_short_one(self):
        one = mirrored(self.outcome(3, 2.0, 97.68))
        table = mirrored(self.TABLE)
        times = {nanos_of(r["date"]): i for i, r in enumerate(table)}
        # The average is 100.333..: the stop is at 102.34, not where the mirror of the other is.
        self.assertIn("102340", exits(one, table, times, 2.0, 3.0).replace("_", ""))
        one.fills[-1].price = 10_234_000_000
        self.assertIsNone(exits(one, table, times, 2.0, 3.0))

    def test_too_late_or_too_soon(self):
        self.assertIn("due at", self.judge(self.outcome(4, 2.0, 97.5, reason="exit_signal")))
        self.assertIn("do not reach", self.judge(self.outcome(2, 2.0, 97.68)))

    def test_a_part_that_is_missing(self):
        one = self.outcome(3, 2.0, 97.68)
        del one.fills[2]
        self.assertIn("lots left it", self.judge(one))

    def test_fills_are_at_the_open(self):
        one = self.outcome(3, 2.0, 97.68)
        one.fills[1].price += 1
        self.assertIn("not at the open", self.judge(one))
        self.assertIn("not at the open", self.judge(self.outcome(2, 2.0, 100.9, reason="roi")))

    def test_the_open_comes_before_the_candle(self):
        table = [*self.TABLE[:3], *rows((97.5, 98.0, 97.0))]
        table[3]["date"] = self.TABLE[3]["date"]
        self.assertIsNone(self.judge(self.outcome(3, 2.0, 97.5, reason="oms_stop_loss"), table))
        self.assertIn("oms_stop_loss", self.judge(self.outcome(3, 2.0, 97.68), table))
        table[3] = {**table[3], "open": 102.7, "high": 103.0}
        self.assertIsNone(self.judge(self.outcome(3, 2.0, 102.7, reason="oms_take_profit"), table))


if __name__ == "__main__":
    unittest.main()
