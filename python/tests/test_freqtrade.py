"""The mixin for freqtrade, driven by hand as freqtrade drives a strategy."""

import copy
import logging
import math
import pickle
import sys
import types
import unittest
from datetime import datetime, timedelta, timezone
from unittest import mock

import oms
from oms.freqtrade import OmsMixin
from order_manager import CircuitBreakerConfig

logging.getLogger("oms.freqtrade").addHandler(logging.NullHandler())
logging.getLogger("oms.freqtrade").propagate = False

BEGIN = datetime(2024, 1, 2, tzinfo=timezone.utc)


class IStrategy:
    """As freqtrade's, as far as it is used."""

    def __init__(self, config=None):
        self.config = config or {"dry_run_wallet": 10_000, "stake_currency": "USDT"}

    def confirm_trade_entry(self, *args, **kwargs):
        """As freqtrade's."""
        return True

    def custom_exit(self, *args, **kwargs):
        """As freqtrade's."""
        return None

    def adjust_trade_position(self, *args, **kwargs):
        """As freqtrade's."""
        return None


class Strategy(OmsMixin, IStrategy):
    """One with stops."""

    oms_breaker = CircuitBreakerConfig(max_consecutive_losses=2, max_orders_per_minute=3)
    oms_max_positions = 2
    oms_stop_loss_pct = 5.0
    oms_take_profit_pct = 10.0


class Trade:
    """As freqtrade's."""

    fee_open = fee_close = 0.001
    leverage = 1.0

    def __init__(self, number, pair="A/USDT", short=False):
        self.id, self.pair, self.is_short, self.is_open = number, pair, short, True
        self.entry_side = "sell" if short else "buy"
        self.exit_reason = None
        self.open_rate = None


class Base(unittest.TestCase):
    def setUp(self):
        self.now = BEGIN
        self.s = Strategy()
        self.s.bot_start()

    def later(self, **time):
        """Time passes."""
        self.now += timedelta(**time)
        return self.now

    def confirm(self, pair="A/USDT", amount=1.0, rate=100.0, side="long"):
        """What freqtrade asks before an entry."""
        return self.s.confirm_trade_entry(
            pair, "limit", amount, rate, "GTC", self.now, None, side
        )

    def fill(self, trade, amount, rate, entry=True, reason=None, funded=None):
        """What freqtrade tells after an execution."""
        leaves = {"buy": "sell", "sell": "buy"}[trade.entry_side]
        order = types.SimpleNamespace(
            safe_amount_after_fee=amount, safe_price=rate, funding_fee=funded,
            ft_order_side=trade.entry_side if entry else leaves,
        )
        if reason:
            trade.is_open, trade.exit_reason = False, reason
        self.s.order_filled(trade.pair, trade, order, self.now)

    def adjust(self, trade, rate, answer):
        """What freqtrade asks of an open trade, of a strategy that answers this."""
        class Mine(Strategy):
            def adjust_trade_position(self, trade, current_time, current_rate, **kwargs):
                """What it is told."""
                return answer

        class Heir(Mine):
            def adjust_trade_position(self, *args, **kwargs):
                """The same; what it buys must be asked once all the same."""
                return super().adjust_trade_position(*args, **kwargs)

        self.s.__class__ = Heir
        try:
            return self.s.adjust_trade_position(
                trade=trade, current_time=self.now, current_rate=rate, current_profit=0.0)
        finally:
            self.s.__class__ = Strategy

    def exit_at(self, trade, rate):
        """What freqtrade asks with every price."""
        return self.s.custom_exit(trade.pair, trade, self.now, rate, 0.0)

    def held(self, pair="A/USDT"):
        """The core's position."""
        return self.s.oms_ledger.position(pair, 0)


class Positions(Base):
    def test_open_enlarge_reduce_close(self):
        trade = Trade(1)
        self.assertTrue(self.confirm())
        self.fill(trade, 1.0, 100.0)
        self.fill(trade, 1.0, 110.0)
        held = self.held()
        self.assertEqual((held.qty, held.entry_price), (2 * 10**8, 105 * 10**8))
        self.assertEqual(held.tag, 1)
        self.fill(trade, 0.5, 120.0, entry=False)
        self.assertEqual(self.held().qty, 15 * 10**7)
        self.later(hours=1)
        self.fill(trade, 1.5, 115.0, entry=False, reason="roi")
        self.assertIsNone(self.held())
        report = self.s.oms_report()
        # 7.5 + 15, less a tenth of a percent of 210 + 60 + 172.5.
        self.assertEqual((report["closed"], report["total"]), (1, 22.0575))
        self.assertEqual(report["equity"], 10_022.0575)

    def test_short(self):
        trade = Trade(2, short=True)
        self.assertTrue(self.confirm(side="short"))
        self.fill(trade, 2.0, 100.0)
        self.assertEqual(self.held().side, oms.PositionSide.SHORT)
        self.assertIsNone(self.exit_at(trade, 104.99))
        self.assertEqual(self.exit_at(trade, 105.0), "oms_stop_loss")
        self.assertAlmostEqual(
            self.s.custom_stoploss(trade.pair, trade, self.now, 100.0, 0.0), 0.05, places=9)

    def test_the_average_is_that_of_what_is_open(self):
        for short, stop, inside in ((False, 99.75, 99.76), (True, 110.25, 110.24)):
            trade = Trade(4, f"{short}/USDT", short)
            self.fill(trade, 2.0, 100.0)
            self.fill(trade, 1.0, 102.0, entry=False)
            self.fill(trade, 1.0, 110.0)
            # 1 of 100 and 1 of 110; of all entries it would be 103.33.
            self.assertEqual(self.held(trade.pair).cost, 210 * 10**16)
            self.assertIsNone(self.exit_at(trade, inside))
            self.assertEqual(self.exit_at(trade, stop), "oms_stop_loss")

    def test_what_was_funded_counts(self):
        trade = Trade(5, short=True)
        self.fill(trade, 1.0, 100.0)
        self.fill(trade, 1.0, 100.0, funded=0.5)
        self.fill(trade, 2.0, 90.0, entry=False, reason="roi", funded=-0.25)
        # 20, less a tenth of a percent of 380, and 0.25.
        self.assertEqual(self.s.oms_report()["total"], 19.87)

    def test_what_was_executed_is_booked_beyond_a_limit_too(self):
        for number in (1, 2, 3):
            self.fill(Trade(number, f"{number}/USDT"), 1.0, 100.0)
        self.assertEqual(self.held("3/USDT").qty, 10**8)
        self.assertEqual(self.s.oms_report()["equity"], 9_999.7)
        self.assertFalse(self.confirm("4/USDT"))

    def test_the_last_exit_closes_whatever_is_left(self):
        trade = Trade(3)
        self.fill(trade, 0.123456789, 100.0)
        self.fill(trade, 0.1234567, 100.0, entry=False, reason="exit_signal")
        self.assertIsNone(self.held())

    def test_open_trades_of_an_earlier_run(self):
        trade = Trade(7, "B/USDT")
        trade.amount, trade.open_rate, trade.open_date_utc = 2.0, 50.0, BEGIN
        persistence = types.ModuleType("freqtrade.persistence")
        persistence.Trade = types.SimpleNamespace(get_trades_proxy=lambda is_open: [trade])
        modules = {"freqtrade": types.ModuleType("freqtrade"), "freqtrade.persistence": persistence}
        with mock.patch.dict(sys.modules, modules):
            self.s.bot_start()
        self.assertEqual(self.held("B/USDT").qty, 2 * 10**8)
        self.now = datetime.now(timezone.utc) + timedelta(seconds=1)
        self.assertEqual(self.exit_at(trade, 47.5), "oms_stop_loss")


class Stops(Base):
    def test_levels_follow_the_average_price(self):
        trade = Trade(1)
        self.fill(trade, 1.0, 100.0)
        self.assertIsNone(self.exit_at(trade, 95.01))
        self.assertEqual(self.exit_at(trade, 95.0), "oms_stop_loss")
        self.fill(trade, 1.0, 92.0)
        # The average is 96: the stop is at 91.2 now.
        self.assertIsNone(self.exit_at(trade, 91.21))
        self.assertAlmostEqual(
            self.s.custom_stoploss(trade.pair, trade, self.now, 96.0, 0.0), 0.05, places=9)
        self.assertEqual(self.exit_at(trade, 105.6), "oms_take_profit")
        self.fill(trade, 2.0, 105.6, entry=False, reason="oms_take_profit")
        self.assertIsNone(self.s.custom_stoploss(trade.pair, trade, self.now, 95.0, 0.0))
        again = Trade(2)
        self.fill(again, 1.0, 50.0)
        self.assertIsNone(self.exit_at(again, 51.0))

    def test_the_level_comes_out_of_freqtrades_arithmetic(self):
        self.s.oms_stop_loss_pct = 1.5
        for number in range(1, 200):
            short, leverage = bool(number % 2), 1.0 + number % 3
            entry = 0.37 * number
            trade = Trade(number, f"{number}/USDT", short)
            trade.leverage = leverage
            self.s.oms_ledger = None
            self.fill(trade, 1.0, entry)
            level = self.s.oms_ledger.level(trade.pair, oms.TriggerKind.STOP_LOSS)
            for rate in (entry, entry * 1.0037, entry * 0.993):
                said = self.s.custom_stoploss(trade.pair, trade, self.now, rate, 0.0)
                # Rounded to 10^-8 away from the price it is the level, not a tick nearer.
                at = rate * (1 + abs(said / leverage) * (1 if short else -1))
                units = math.floor(at * 1e8) if short else math.ceil(at * 1e8)
                self.assertEqual(units, round(level * 1e8))

    def test_the_level_after_an_execution(self):
        for short, sign in ((False, 1), (True, -1)):
            trade = Trade(6, f"{short}/USDT", short)
            self.fill(trade, 1.0, 100.0)
            trade.open_rate = 100.0
            for rate in (98.0, 103.0):
                said = self.s.custom_stoploss(trade.pair, trade, self.now, rate, 0.0, True)
                # freqtrade takes whichever is nearer: from this price, or from the average.
                found = [at * (1 - sign * said) for at in (rate, 100.0)]
                self.assertAlmostEqual(max(found, key=lambda x: sign * x), 100 - sign * 5, 9)

    def test_a_stop_that_was_reached_is_not_missed_when_the_price_comes_back(self):
        trade = Trade(1)
        self.fill(trade, 1.0, 100.0)
        self.s.oms_ledger.show(trade.pair, 94.0, 0)
        self.assertEqual(self.exit_at(trade, 100.0), "oms_stop_loss")


class Gate(Base):
    def test_the_breaker_holds(self):
        for number in (1, 2):
            self.later(minutes=5)
            trade = Trade(number)
            self.assertTrue(self.confirm())
            self.fill(trade, 1.0, 100.0)
            self.fill(trade, 1.0, 99.0, entry=False, reason="stop_loss")
        self.assertEqual(self.s.oms_report()["breaker"], "open")
        self.assertFalse(self.confirm())
        self.assertEqual(self.s.oms_guard({}), {"enter_long": 0, "enter_short": 0})
        self.later(minutes=61)
        self.s.bot_loop_start(self.now)
        self.assertTrue(self.confirm())
        self.assertEqual(self.s.oms_guard({}), {})

    def test_rates_and_number_of_positions(self):
        self.assertEqual([self.confirm() for _ in range(4)], [True, True, True, False])
        self.later(minutes=2)
        for number, pair in ((1, "A/USDT"), (2, "B/USDT")):
            self.fill(Trade(number, pair), 1.0, 100.0)
        self.assertFalse(self.confirm("C/USDT"))
        self.assertTrue(self.confirm("A/USDT"))
        self.assertEqual(self.s.oms_ledger.engine.account_get().live_orders, 0)

    def test_purchases_are_asked_once_and_sales_never(self):
        trade = Trade(1)
        self.fill(trade, 1.0, 100.0)
        said = [self.adjust(trade, 100.0, 50.0) for _ in range(4)]
        self.assertEqual(said, [50.0, 50.0, 50.0, None])
        for answer in (None, 0.0, -50.0, (-50.0, "part"), (None, "")):
            self.assertEqual(self.adjust(trade, 100.0, answer), answer)
        self.later(minutes=2)
        self.assertEqual(self.adjust(trade, 100.0, (50.0, "more")), (50.0, "more"))
        # 5 % below the average it leaves, and is not enlarged.
        self.assertIsNone(self.adjust(trade, 95.0, 50.0))
        self.assertEqual(self.adjust(trade, 95.0, -50.0), -50.0)
        self.assertEqual(self.exit_at(trade, 96.0), "oms_stop_loss")

    def test_purchases_of_the_next_class_in_line(self):
        trade = Trade(1)
        self.fill(trade, 1.0, 100.0)
        with mock.patch.object(IStrategy, "adjust_trade_position", return_value=50.0):
            said = [self.s.adjust_trade_position(trade, self.now, 100.0, 0.0) for _ in range(4)]
        self.assertEqual(said, [50.0, 50.0, 50.0, None])

    def test_equity_counts(self):
        trade = Trade(1)
        self.fill(trade, 100.0, 100.0)
        self.assertIsNone(self.exit_at(trade, 96.0))
        self.later(minutes=1)
        self.assertTrue(self.confirm("B/USDT"))
        self.exit_at(trade, 94.9)
        self.assertEqual(self.s.oms_report()["breaker"], "open")

    def test_the_strategys_own_word_counts_too(self):
        with mock.patch.object(IStrategy, "confirm_trade_entry", return_value=False):
            self.assertFalse(self.confirm())
        with mock.patch.object(IStrategy, "custom_exit", return_value="mine"):
            self.fill(Trade(1), 1.0, 100.0)
            self.assertEqual(self.exit_at(Trade(1), 100.0), "mine")


class Copies(Base):
    def test_for_hyperopt(self):
        self.confirm()
        for way in (copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))):
            other = way(self.s)
            self.assertIsNone(other.oms_ledger)
            other.bot_start()
            self.assertEqual(other.oms_report()["closed"], 0)
        self.fill(Trade(1), 1.0, 100.0)
        with self.assertRaisesRegex(TypeError, "open positions"):
            copy.deepcopy(self.s)
        self.s.bot_start()
        self.assertIsNone(self.held())


if __name__ == "__main__":
    unittest.main()
