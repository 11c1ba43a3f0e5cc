"""Orders: construction, the state machine, executions, time, trailing stops."""

import unittest
from datetime import timedelta
from decimal import Decimal

from order_manager import (
    LimitOrder,
    MarketOrder,
    Order,
    OrderSide,
    OrderStatus,
    OrderType,
    StopLossOrder,
    TakeProfitOrder,
    TrailingStopOrder,
)

from tests.support import Clock

S = OrderStatus


def order(*statuses, **fields):
    """A limit order that has been through these."""
    made = LimitOrder("BTC/USDT", quantity=2.0, price=100.0, **fields)
    for status in statuses:
        made.update_status(status)
    return made


class Construction(unittest.TestCase):
    def test_defaults(self):
        o = MarketOrder("BTC/USDT", quantity=0.1)
        self.assertEqual((o.side, o.status, o.order_type),
                         (OrderSide.BUY, S.PENDING, OrderType.MARKET))
        self.assertEqual((o.max_retries, o.timeout_seconds, o.tags), (3, 300, {}))
        self.assertFalse(o.reduce_only or o.post_only)
        self.assertTrue(o.is_buy and not o.is_sell)
        self.assertEqual((o.filled_quantity, o.remaining_quantity, o.fill_percentage), (0, 0.1, 0))
        self.assertIsInstance(o.order_id, str)
        self.assertNotEqual(o.order_id, MarketOrder("BTC/USDT", quantity=1).order_id)
        self.assertIsNone(o.submitted_at or o.filled_at or o.exchange_order_id or o.error_message)

    def test_positional_as_listed(self):
        o = Order("A", OrderSide.SELL, 2, 3.0, 4.0, "mine", "p1", {"x": 1}, 5, 6, True, True)
        found = o.to_dict()
        self.assertEqual(
            [found[n] for n in ("symbol", "side", "quantity", "price", "stop_price",
                                "strategy_name", "position_id", "tags", "max_retries",
                                "timeout_seconds", "reduce_only", "post_only")],
            ["A", "sell", 2, 3.0, 4.0, "mine", "p1", {"x": 1}, 5, 6, True, True],
        )

    def test_what_a_type_needs(self):
        for kind, text in (
            (LimitOrder, "Limit order requires price"),
            (StopLossOrder, "Stop-loss order requires stop_price"),
            (TakeProfitOrder, "Take-profit order requires stop_price"),
            (TrailingStopOrder, "Trailing stop requires positive trailing_distance"),
        ):
            with self.assertRaisesRegex(ValueError, text):
                kind("A", quantity=1)
        with self.assertRaisesRegex(ValueError, "requires positive"):
            TrailingStopOrder("A", quantity=1, trailing_distance=-1)
        with self.assertRaisesRegex(ValueError, "below 100 %"):
            TrailingStopOrder("A", quantity=1, trailing_distance=100, trailing_percent=True)

    def test_no_number_is_a_number(self):
        for bad in (float("nan"), float("inf"), -float("inf"), Decimal("NaN"), "0.1", None, [1]):
            with self.assertRaises(ValueError):
                o = MarketOrder("A", quantity=bad)
                o.update_status(S.SUBMITTED)
            if bad is not None:
                with self.assertRaises(ValueError):
                    LimitOrder("A", quantity=1, price=bad)

    def test_quantity_must_be_positive_when_it_is_submitted(self):
        for bad in (0, -1, 1e-9):
            o = MarketOrder("A", quantity=bad)
            with self.assertRaisesRegex(ValueError, "positive"):
                o.update_status(S.SUBMITTED)
            self.assertIs(o.status, S.PENDING)


class States(unittest.TestCase):
    def test_the_whole_table(self):
        ended = {S.FILLED, S.CANCELLED, S.REJECTED, S.EXPIRED, S.FAILED}
        reach = {
            S.PENDING: set(S),
            S.SUBMITTED: set(S) - {S.PENDING},
            S.OPEN: set(S) - {S.PENDING, S.SUBMITTED},
            S.PARTIALLY_FILLED: ended - {S.REJECTED} | {S.PARTIALLY_FILLED},
        }
        for before in S:
            for after in S:
                o = order(before)
                self.assertIs(o.status, before)
                moves = after in reach.get(before, {before})
                with self.subTest(f"{before.value} to {after.value}"):
                    self.assertEqual(o.update_status(after), moves)
                    self.assertIs(o.status, after if moves else before)
                    self.assertEqual(o.is_terminal, o.status in ended)
                    self.assertEqual(
                        o.is_active, o.status in (S.SUBMITTED, S.OPEN, S.PARTIALLY_FILLED)
                    )

    def test_status_may_be_assigned_and_be_text(self):
        o = order()
        o.status = "open"
        self.assertIs(o.status, S.OPEN)
        o.update_status("cancelled", error="not wanted")
        self.assertEqual(o.error_message, "not wanted")

    def test_filled_books_the_remainder_at_the_limit(self):
        o = order(S.OPEN)
        o.update_fill(0.5, 99.0)
        o.update_status(S.FILLED)
        self.assertEqual((o.filled_quantity, o.average_fill_price), (2.0, 99.75))
        self.assertTrue(o.price_is_known)
        unpriced = MarketOrder("A", quantity=1)
        unpriced.update_status(S.FILLED)
        self.assertTrue(unpriced.is_filled)
        self.assertFalse(unpriced.price_is_known)

    def test_what_was_executed_is_kept_by_a_cancel(self):
        o = order(S.OPEN)
        o.update_fill(0.5, 99.0, commission=0.25)
        o.update_status(S.CANCELLED)
        self.assertEqual((o.filled_quantity, o.remaining_quantity), (0.5, 1.5))
        self.assertEqual((o.commission, o.fill_percentage), (0.25, 25.0))

    def test_many_orders_are_kept(self):
        made = [MarketOrder("A", quantity=i) for i in range(1, 200)]
        for o in made:
            o.update_fill(o.quantity, 10.0 + o.quantity)
        for o in made:
            self.assertEqual(o.average_fill_price, 10.0 + o.quantity)


class Executions(unittest.TestCase):
    def test_the_average_is_exact(self):
        o = MarketOrder("A", quantity=0.3)
        for price in (0.1, 0.2, 0.6):
            o.update_fill(0.1, price, commission=0.001)
        self.assertTrue(o.is_filled)
        self.assertEqual((o.filled_quantity, o.average_fill_price), (0.3, 0.3))
        self.assertEqual(o.commission, 0.003)
        self.assertEqual(o.filled_at, o.updated_at)

    def test_an_execution_of_a_new_order_sends_it(self):
        o = order()
        o.update_fill(1, 100)
        self.assertIs(o.status, S.PARTIALLY_FILLED)
        self.assertIsNotNone(o.submitted_at)

    def test_executions_take_the_place_of_what_was_only_told(self):
        o = order(S.PARTIALLY_FILLED)
        o.update_fill(0.5, 90)
        self.assertEqual((o.filled_quantity, o.average_fill_price), (0.5, 90.0))

    def test_one_after_the_end_counts(self):
        o = order(S.OPEN, S.CANCELLED)
        o.update_fill(0.5, 99.0)
        self.assertIs(o.status, S.CANCELLED)
        self.assertEqual(o.filled_quantity, 0.5)

    def test_bad_ones_change_nothing(self):
        o = order(S.OPEN)
        for quantity, price in ((0, 1), (-1, 1), (1, 0), (1, -1), (float("nan"), 1)):
            with self.assertRaises(ValueError):
                o.update_fill(quantity, price)
        self.assertEqual(o.filled_quantity, 0)


class Time(unittest.TestCase):
    def test_timeouts(self):
        clock = Clock()
        o = order(S.OPEN, clock=clock, timeout_seconds=60)
        self.assertEqual(o.created_at, clock.now)
        clock.pass_(seconds=59)
        self.assertFalse(o.is_timed_out or o.check_timeout())
        o.extend_timeout(10)
        clock.pass_(seconds=10)
        self.assertFalse(o.check_timeout())
        clock.pass_(seconds=1)
        self.assertTrue(o.is_timed_out)
        self.assertTrue(o.check_timeout())
        self.assertIs(o.status, S.EXPIRED)
        self.assertIn("timed out", o.error_message)
        self.assertFalse(o.is_timed_out or o.check_timeout())

    def test_an_order_that_was_not_sent_times_out_too(self):
        clock = Clock()
        o = order(clock=clock, timeout_seconds=60)
        o.extend_timeout(60)
        clock.pass_(seconds=119)
        self.assertFalse(o.check_timeout())
        o.created_at = clock.now - timedelta(seconds=121)
        self.assertTrue(o.is_timed_out and o.check_timeout())
        self.assertIs(o.status, S.EXPIRED)
        with self.assertRaises(ValueError):
            o.created_at = clock.now

    def test_times(self):
        clock = Clock()
        o = order(clock=clock)
        clock.pass_(seconds=1)
        o.update_status(S.SUBMITTED)
        sent = clock.now
        clock.pass_(seconds=1)
        o.update_fill(2.0, 100.0)
        self.assertEqual((o.submitted_at, o.filled_at), (sent, clock.now))

    def test_retries_are_counted(self):
        o = order(max_retries=2)
        self.assertTrue(o.can_retry())
        o.increment_retry()
        o.increment_retry()
        self.assertEqual((o.retry_count, o.can_retry()), (2, False))


class Trailing(unittest.TestCase):
    def test_a_sale_follows_the_highest_price(self):
        o = TrailingStopOrder("A", OrderSide.SELL, 1, trailing_distance=5.0)
        self.assertIsNone(o.stop_price)
        self.assertEqual(o.update_trailing_stop(100.0), 95.0)
        self.assertEqual(o.update_trailing_stop(110.0), 105.0)
        self.assertEqual(o.update_trailing_stop(106.0), 105.0)
        self.assertEqual((o.highest_price, o.lowest_price, o.is_triggered), (110.0, None, False))
        self.assertEqual(o.update_trailing_stop(105.0), 105.0)
        self.assertTrue(o.is_triggered)

    def test_a_purchase_follows_the_lowest_price_in_percent(self):
        o = TrailingStopOrder("A", "buy", 1, trailing_distance=2.0, trailing_percent=True)
        for price, stop in ((100.0, 102.0), (50.0, 51.0), (50.9, 51.0)):
            self.assertEqual(o.update_trailing_stop(price), stop)
        self.assertEqual((o.lowest_price, o.highest_price), (50.0, None))
        with self.assertRaises(ValueError):
            o.update_trailing_stop(0)

    def test_its_life_is_that_of_any_order(self):
        o = TrailingStopOrder("A", "sell", 1, trailing_distance=5.0)
        o.update_trailing_stop(100.0)
        o.update_status(S.OPEN)
        o.update_fill(1, 95.0)
        self.assertTrue(o.is_filled)


if __name__ == "__main__":
    unittest.main()
