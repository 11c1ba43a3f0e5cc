"""Slippage, sizes and commissions."""

import unittest

from order_manager import (
    LimitOrder,
    MarketOrder,
    OrderSide,
    SlippageConfig,
    SlippageModel,
    SlippageSimulator,
)

M = SlippageModel


def bought(quantity=0.1):
    """A market order that buys."""
    return MarketOrder("BTC/USDT", OrderSide.BUY, quantity)


def sold(quantity=0.1):
    """A market order that sells."""
    return MarketOrder("BTC/USDT", OrderSide.SELL, quantity)


class Models(unittest.TestCase):
    def test_defaults(self):
        c = SlippageConfig()
        self.assertEqual(
            (c.fixed_slippage_pct, c.volume_slippage_factor, c.max_volume_pct, c.spread_pct,
             c.market_impact_factor, c.commission_tiers),
            (0.05, 0.1, 5.0, 0.02, 0.05,
             {"maker": 0.001, "taker": 0.001, "vip1": 0.0009, "vip2": 0.0008}),
        )
        self.assertIs(SlippageSimulator().model, M.REALISTIC)

    def test_prices_and_commissions(self):
        quiet = SlippageConfig(noise=0)
        for model, buy, sell in (
            (M.FIXED, 50025.0, 49975.0),
            (M.SPREAD_BASED, 50005.0, 49995.0),
            # 50 000 of 1 000 000 is 5 %: 50 bp.
            (M.VOLUME_BASED, 50250.0, 49750.0),
            # Half of 0.02 %, and 0.05 x 5 %.
            (M.REALISTIC, 50130.0, 49870.0),
        ):
            s = SlippageSimulator(model, quiet)
            for order, price in ((bought(1.0), buy), (sold(1.0), sell)):
                found, paid = s.simulate_execution(order, 50000.0, 1_000_000.0)
                # REALISTIC knows its participation to 5 x 10^-10.
                self.assertAlmostEqual(found, price, places=5, msg=model)
                self.assertAlmostEqual(paid, price / 1000, places=8, msg=model)

    def test_a_spread_that_is_given(self):
        s = SlippageSimulator(M.SPREAD_BASED)
        self.assertEqual(s.simulate_execution(bought(), 50000.0, spread_pct=0.1)[0], 50025.0)

    def test_noise_follows_from_the_seed(self):
        def draws(seed):
            s = SlippageSimulator(config=SlippageConfig(seed=seed))
            return [s.simulate_execution(bought(), 50000.0, 1e9)[0] for _ in range(50)]

        self.assertEqual(draws(1), draws(1))
        self.assertNotEqual(draws(1), draws(2))
        self.assertGreater(len(set(draws(1))), 25)
        self.assertGreaterEqual(min(draws(1)), 50000.0)

    def test_never_beyond_the_limit(self):
        s = SlippageSimulator(M.FIXED)
        order = LimitOrder("A", quantity=1, price=50010.0)
        self.assertEqual(s.simulate_execution(order, 50000.0)[0], 50010.0)

    def test_makers_and_takers(self):
        tiers = {"maker": 0.0, "taker": 0.002, "mine": 0.0005}
        s = SlippageSimulator(M.FIXED, SlippageConfig(commission_tiers=tiers, fixed_slippage_pct=0))
        self.assertEqual(s.simulate_execution(bought(1), 100.0), (100.0, 0.2))
        self.assertEqual(s.simulate_execution(LimitOrder("A", quantity=1, price=100), 100.0)[1], 0)
        s.config.tier = "mine"
        self.assertEqual(s.simulate_execution(bought(1), 100.0)[1], 0.05)
        s.config.tier = "none"
        with self.assertRaisesRegex(ValueError, "no commission tier is called 'none'"):
            s.simulate_execution(bought(1), 100.0)

    def test_others_need_a_volume(self):
        for model in (M.SQUARE_ROOT, M.ALMGREN):
            s = SlippageSimulator(model)
            self.assertGreater(s.simulate_execution(bought(), 50000.0, 1e9)[0], 50000.0)
            with self.assertRaisesRegex(ValueError, "volume is needed"):
                s.simulate_execution(bought(), 50000.0)

    def test_bad_numbers(self):
        s = SlippageSimulator()
        for args in ((0,), (float("nan"),), (1.0, -1), (1.0, float("inf")), (1.0, 1, float("nan"))):
            with self.assertRaises(ValueError):
                s.simulate_execution(bought(), *args)
        with self.assertRaises(ValueError):
            s.simulate_execution(bought(0), 1.0)
        for fields in ({"spread_pct": -1}, {"fixed_slippage_pct": 200}, {"noise": -1},
                       {"commission_tiers": {"maker": 2, "taker": 0}}):
            with self.assertRaises(ValueError):
                SlippageSimulator(M.FIXED, SlippageConfig(**fields))


class Sizes(unittest.TestCase):
    def setUp(self):
        self.s = SlippageSimulator()

    def test_worst_case(self):
        self.assertEqual(self.s.estimate_worst_case_slippage(10_000.0, 50000.0, 1e6), 0.06)
        with self.assertRaises(ValueError):
            self.s.estimate_worst_case_slippage(1, 1, 0)

    def test_words(self):
        self.assertEqual(self.s.validate_order_size(10_000.0, 1e6), (True, None))
        self.assertEqual(self.s.validate_order_size(50_000.0, 1e6), (True, None))
        for args, text in (
            ((50_001.0, 1e6), "too large: 5.00%"),
            ((50_000.0, 1e6, 0.25), "too high: 0.260% at worst, at most 0.250%"),
            ((1.0, 0), "No market volume"),
        ):
            good, said = self.s.validate_order_size(*args)
            self.assertFalse(good)
            self.assertIn(text, said)
        with self.assertRaises(ValueError):
            self.s.validate_order_size(-1, 1)


if __name__ == "__main__":
    unittest.main()
