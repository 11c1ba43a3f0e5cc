"""Positions: PnL, stops, limits, statistics, many prices in one call."""

import random
import unittest
from decimal import Decimal
from unittest import mock

import oms
from order_manager import PositionManager, PositionSide
from order_manager import position_manager as module

from tests.support import Clock


class Base(unittest.TestCase):
    def setUp(self):
        self.clock = Clock()
        self.pm = PositionManager(max_positions=3, clock=self.clock)

    def open(self, symbol="BTC/USDT", side="long", price=50000.0, quantity=0.1, **fields):
        """Opens a position that must be taken."""
        position = self.pm.open_position(symbol, side, price, quantity, **fields)
        self.assertIsNotNone(position)
        return position


class Pnl(Base):
    def test_a_long_one(self):
        p = self.open(entry_commission=5.0, strategy_name="s", entry_reason="r", trade_id=17)
        self.assertEqual(p.unrealized_pnl, -5.0)
        self.assertEqual((p.current_price, p.entry_price, p.quantity), (50000.0, 50000.0, 0.1))
        p.update_price(51000.0)
        self.assertEqual((p.unrealized_pnl, p.unrealized_pnl_pct), (95.0, 1.9))
        self.assertTrue(p.is_open and p.is_profitable)
        self.clock.pass_(minutes=90)
        self.assertEqual(p.duration_minutes, 90.0)
        self.assertTrue(self.pm.close_position(p.position_id, 51000.0, 5.1, "target", "o1"))
        self.assertEqual(p.realized_pnl, 89.9)
        self.assertEqual((p.exit_price, p.exit_reason, p.exit_order_id), (51000.0, "target", "o1"))
        self.assertEqual((p.total_commission, p.exit_commission), (10.1, 5.1))
        self.assertEqual((p.unrealized_pnl, p.duration_minutes), (0.0, 90.0))
        self.assertEqual(p.exit_time, self.clock.now)
        self.assertFalse(p.is_open)

    def test_a_short_one(self):
        p = self.open(side=PositionSide.SHORT)
        p.update_price(49000.0)
        self.assertEqual(p.unrealized_pnl, 100.0)
        self.pm.close_position(p.position_id, 50500.0)
        self.assertEqual((p.realized_pnl, p.is_profitable), (-50.0, False))
        self.assertEqual(p.exit_reason, "manual")

    def test_sums_are_those_of_exact_arithmetic(self):
        rng = random.Random(5)
        pm = PositionManager(max_positions=50, max_position_per_symbol=50)
        realized, wins, losses = Decimal(0), 0, 0
        for _ in range(300):
            entry, exit_ = (Decimal(rng.randrange(1, 10**9)) / 10**4 for _ in range(2))
            quantity = Decimal(rng.randrange(1, 10**4)) / 10**4
            fees = [Decimal(rng.randrange(0, 10**4)) / 10**4 for _ in range(2)]
            side = rng.choice(["long", "short"])
            p = pm.open_position("A", side, float(entry), quantity, entry_commission=fees[0])
            pm.close_position(p.position_id, float(exit_), fees[1])
            sign = 1 if side == "long" else -1
            outcome = sign * (exit_ - entry) * quantity - sum(fees)
            self.assertEqual(Decimal(repr(p.realized_pnl)), outcome.quantize(Decimal("1e-8")))
            realized += outcome
            wins, losses = wins + (outcome > 0), losses + (outcome < 0)
        stats = pm.get_statistics()
        self.assertAlmostEqual(stats["total_realized_pnl"], float(realized), places=6)
        self.assertEqual((stats["winning_trades"], stats["losing_trades"]), (wins, losses))
        self.assertAlmostEqual(stats["win_rate"], 100 * wins / 300, places=6)
        self.assertEqual(len(pm.closed_positions), 300)


class Levels(Base):
    def test_a_stop_at_the_price_triggers(self):
        p = self.open(stop_loss=48000.0, take_profit=52000.0)
        self.assertFalse(p.should_stop_loss or p.should_take_profit)
        for price, stop, target in (
            (48000.00000001, False, False), (48000.0, True, False), (47000.0, True, False),
            (49000.0, False, False), (52000.0, False, True), (51999.99999999, False, False),
        ):
            p.update_price(price)
            self.assertEqual((p.should_stop_loss, p.should_take_profit), (stop, target), price)
            hit = [p] if stop or target else []
            self.assertEqual(self.pm.check_stop_loss_take_profit(), hit)

    def test_a_short_one_the_other_way_round(self):
        p = self.open(side="short", stop_loss=52000.0, take_profit=48000.0)
        p.update_price(52000.0)
        self.assertTrue(p.should_stop_loss and not p.should_take_profit)
        p.update_price(48000.0)
        self.assertTrue(p.should_take_profit and not p.should_stop_loss)

    def test_levels_may_be_moved(self):
        p = self.open(stop_loss=48000.0)
        p.update_price(49000.0)
        p.stop_loss = 49500.0
        self.assertTrue(p.should_stop_loss)
        p.stop_loss = 48500.0
        self.assertFalse(p.should_stop_loss)
        p.update_price(48500.0)
        self.assertTrue(p.should_stop_loss)
        p.stop_loss = None
        p.take_profit = 48600.0
        p.update_price(48600.0)
        self.assertTrue(p.should_take_profit and not p.should_stop_loss)
        self.pm.close_position(p.position_id, 48600.0)
        self.assertFalse(p.should_take_profit)
        with self.assertRaisesRegex(ValueError, "closed"):
            p.stop_loss = 1.0

    def test_one_tenth_is_one_tenth(self):
        p = self.open(price=1.0, quantity=1.0, stop_loss=0.1 + 0.2)
        p.update_price(0.3)
        self.assertTrue(p.should_stop_loss)


class Random(unittest.TestCase):
    def test_levels_are_those_of_a_plain_comparison(self):
        for seed in range(20):
            rng = random.Random(seed)
            pm = PositionManager(max_positions=6, max_position_per_symbol=3)
            prices, held = {}, {}
            price = lambda: rng.randrange(90, 111) / 10  # noqa: E731
            for _ in range(400):
                self.step(rng, pm, prices, held, price)
                due = [p for p, side in held.items() if self.due(p, side, prices) != (False, False)]
                if rng.random() < 0.5:
                    self.assertEqual(set(pm.check_stop_loss_take_profit()), set(due))
                for p, side in held.items():
                    if rng.random() < 0.5:
                        self.assertEqual((p.should_stop_loss, p.should_take_profit),
                                         self.due(p, side, prices), (seed, p))

    def due(self, p, side, prices):
        """Stop and target by comparing floats with one decimal."""
        now, sign = prices[p.symbol], 1 if side == "long" else -1
        return (p.stop_loss is not None and sign * (now - p.stop_loss) <= 0,
                p.take_profit is not None and sign * (now - p.take_profit) >= 0)

    def step(self, rng, pm, prices, held, price):
        """Opens, closes, moves a level, or tells prices."""
        what, symbol = rng.random(), rng.choice("ABCD")
        level = lambda: rng.choice([None, price()])  # noqa: E731
        if what < 0.2:
            side, at = rng.choice(["long", "short"]), price()
            p = pm.open_position(symbol, side, at, 1.0, level(), level())
            if p is not None:
                held[p] = side
                if sum(q.symbol == symbol for q in held) == 1:
                    prices[symbol] = at
        elif what < 0.3 and held:
            p = rng.choice(list(held))
            self.assertTrue(pm.close_position(p.position_id, price()))
            del held[p]
        elif what < 0.5 and held:
            setattr(rng.choice(list(held)), rng.choice(["stop_loss", "take_profit"]), level())
        else:
            told = {s: price() for s in rng.sample("ABCD", rng.randrange(5))}
            pm.update_prices(told)
            prices.update(told)


class Limits(Base):
    def test_number_of_positions(self):
        for i in range(3):
            self.assertTrue(self.pm.can_open_position(f"S{i}"))
            self.open(f"S{i}")
        self.assertFalse(self.pm.can_open_position("S3"))
        self.assertIsNone(self.pm.open_position("S3", "long", 1.0, 1.0))
        self.pm.close_position(self.pm.get_positions_by_symbol("S0")[0].position_id, 1.0)
        self.assertIsNotNone(self.pm.open_position("S3", "long", 1.0, 1.0))

    def test_number_in_a_symbol(self):
        self.open()
        self.assertFalse(self.pm.can_open_position("BTC/USDT"))
        self.assertIsNone(self.pm.open_position("BTC/USDT", "short", 1.0, 1.0))
        two = PositionManager(max_position_per_symbol=2)
        sides = [two.open_position("A", side, 10.0, 1.0) for side in ("long", "short", "long")]
        self.assertEqual([s is not None for s in sides], [True, True, False])
        two.update_prices({"A": 11.0})
        self.assertEqual([p.unrealized_pnl for p in sides[:2]], [1.0, -1.0])

    def test_quantity(self):
        pm = PositionManager(max_quantity=0.5)
        self.assertIsNone(pm.open_position("A", "long", 1.0, 0.50000001))
        self.assertIsNotNone(pm.open_position("A", "long", 1.0, 0.5))

    def test_a_place_is_used_again_and_nothing_of_it_stays(self):
        for i in range(50):
            p = self.open(f"S{i}", price=100.0 + i, stop_loss=50.0)
            self.assertEqual((p.current_price, p.unrealized_pnl), (100.0 + i, 0.0))
            self.assertFalse(p.should_stop_loss)
            p.update_price(40.0)
            self.assertTrue(p.should_stop_loss)
            self.pm.close_position(p.position_id, 40.0)

    def test_bad_numbers(self):
        for fields in ({"price": 0}, {"price": float("nan")}, {"quantity": 0}, {"quantity": -1},
                       {"stop_loss": 0}, {"take_profit": float("inf")}, {"side": "up"}):
            with self.assertRaises(ValueError):
                self.open(**fields)
        self.assertEqual(self.pm.get_statistics()["open_positions"], 0)
        self.open()
        for prices in ({"BTC/USDT": 0}, {"BTC/USDT": float("nan")}, {"BTC/USDT": "1"}):
            with self.assertRaises(ValueError):
                self.pm.update_prices(prices)
        for bad in (0, -1):
            with self.assertRaises(ValueError):
                PositionManager(max_positions=bad)

    def test_what_is_not_there(self):
        self.assertFalse(self.pm.close_position("none", 1.0))
        p = self.open()
        self.assertTrue(self.pm.close_position(p.position_id, 1.0))
        self.assertFalse(self.pm.close_position(p.position_id, 1.0))
        self.assertIsNone(self.pm.get_position("none"))
        self.assertIs(self.pm.get_position(p.position_id), p)


class Reading(Base):
    def test_finding(self):
        a = self.open("A", trade_id=1)
        b = self.open("B", trade_id="two")
        self.assertIs(self.pm.get_position_by_trade_id("two"), b)
        self.assertIsNone(self.pm.get_position_by_trade_id(3))
        self.assertEqual(self.pm.get_all_positions(), [a, b])
        self.assertEqual(self.pm.positions, {a.position_id: a, b.position_id: b})
        self.pm.close_position(a.position_id, 50000.0)
        self.assertIsNone(self.pm.get_position_by_trade_id(1))
        self.assertEqual(self.pm.closed_positions, [a])

    def test_statistics(self):
        self.assertEqual(self.pm.get_statistics()["win_rate"], 0.0)
        for exit_price in (51000.0, 52000.0, 49000.0):
            self.pm.close_position(self.open().position_id, exit_price)
        self.open("ETH/USDT", price=100.0, quantity=1, entry_commission=1)
        self.pm.update_prices({"ETH/USDT": 110.0, "XRP/USDT": 1.0})
        stats = self.pm.get_statistics()
        self.assertEqual(stats, {
            "open_positions": 1, "closed_positions": 3, "total_unrealized_pnl": 9.0,
            "total_realized_pnl": 200.0, "total_pnl": 209.0, "winning_trades": 2,
            "losing_trades": 1, "win_rate": 66.6666666, "max_positions": 3,
            "positions_by_symbol": {"ETH/USDT": 1},
        })
        self.assertEqual(self.pm.get_total_unrealized_pnl(), 9.0)
        self.assertEqual(self.pm.get_total_realized_pnl(), 200.0)

    def test_to_dict(self):
        found = self.open(stop_loss=48000.0).to_dict()
        self.assertEqual((found["side"], found["stop_loss"], found["is_open"]),
                         ("long", 48000.0, True))
        self.assertEqual(found["entry_time"], self.clock.now.isoformat())


class Counted:
    """The bindings, with every call noted."""

    def __init__(self, lib):
        self.lib, self.calls = lib, []

    def __getattr__(self, name):
        self.calls.append(name)
        return getattr(self.lib, name)


class Many(unittest.TestCase):
    def test_a_thousand_prices_are_one_call(self):
        pm = PositionManager(max_positions=1000)
        prices = {f"S{i}": 100.0 + i for i in range(1000)}
        opened = [pm.open_position(n, "long", p, 1.0, stop_loss=p) for n, p in prices.items()]
        self.assertTrue(all(p.should_stop_loss for p in opened))
        # What the quotes lie in is made once.
        pm.update_prices(prices)
        higher = {name: price + 0.5 for name, price in prices.items()}
        counted = Counted(oms.lib)
        with (mock.patch("oms.engine.lib", counted), mock.patch("oms._doors.lib", counted),
              mock.patch("oms.record.lib", counted)):
            pm.update_prices(higher)
        self.assertEqual(counted.calls, ["oms_quote_batch"])
        self.assertEqual(pm.get_total_unrealized_pnl(), 500.0)
        self.assertEqual(pm.check_stop_loss_take_profit(), [])
        some = dict(list(prices.items())[10:20]) | {"UNKNOWN": 5.0}
        pm.update_prices(some)
        self.assertEqual(len(pm.check_stop_loss_take_profit()), 10)

    def test_a_bad_price_among_them_changes_none(self):
        pm = PositionManager()
        a = pm.open_position("A", "long", 10.0, 1.0)
        pm.open_position("B", "long", 10.0, 1.0)
        with self.assertRaises(ValueError):
            pm.update_prices({"A": 20.0, "B": -1.0})
        self.assertEqual((a.unrealized_pnl, a.current_price), (0.0, 10.0))
        self.assertTrue(hasattr(module, "Book"))


if __name__ == "__main__":
    unittest.main()
