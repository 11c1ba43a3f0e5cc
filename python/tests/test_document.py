"""The examples of the original document run: its own where it is at hand, and their like here.

The document imports from `src.order_manager` and leaves names to its reader; both are supplied.
"""

import contextlib
import io
import logging
import re
import sys
import textwrap
import types
import unittest
from unittest import mock

import order_manager
from order_manager import CircuitBreaker, MarketOrder, OrderExecutor, OrderSide, OrderStatus
from order_manager import PositionManager, PositionSide, SlippageSimulator

from tests.support import PYTHON, ROOT

DOCUMENT = ROOT.parent / "shared" / "SEED.md"


class IStrategy:
    """As freqtrade's, as far as it is used."""

    def __init__(self, config):
        self.config = config


class Frame(dict):
    """A frame of candles, as far as it is used."""


def modules():
    """The names that the document imports from."""
    src = types.ModuleType("src")
    src.order_manager = order_manager
    strategy = types.ModuleType("freqtrade.strategy")
    strategy.IStrategy = IStrategy
    return {"src": src, "src.order_manager": order_manager,
            "freqtrade": types.ModuleType("freqtrade"), "freqtrade.strategy": strategy}


def names():
    """What the document leaves to its reader."""
    found = {name: getattr(order_manager, name) for name in order_manager.__all__}
    breaker, manager = CircuitBreaker(), PositionManager()
    executor = OrderExecutor("backtest", breaker)
    market = {"price": 50000.0, "volume_24h": 1_000_000_000.0}
    executed = executor.execute(MarketOrder("BTC/USDT", OrderSide.BUY, 0.1), market_data=market)
    position = manager.open_position("ETH/USDT", PositionSide.LONG, 3000.0, 1.0)
    manager.close_position(position.position_id, 3100.0)
    found |= {
        "order": MarketOrder("BTC/USDT", OrderSide.BUY, 0.1), "breaker": breaker,
        "circuit_breaker": breaker, "position_manager": manager, "pm": manager,
        "executor": executor, "slippage_simulator": SlippageSimulator(), "result": executed,
        "position": position, "trade_pnl": -12.5, "daily_pnl_pct": -1.0, "drawdown_pct": -2.0,
        "order_value": 10_000.0, "volume_24h": 1e9, "account_balance": 9_900.0,
        "peak_balance": 10_000.0, "logger": logging.getLogger("document"), "symbol": "BTC/USDT",
        "quantity": 0.1,
    }
    return found


def run(code):
    """Runs an example as the body of a function; answers what it printed and its names."""
    given = names()
    body = textwrap.indent(code, "    ") + "\n    return locals()\n"
    exec(compile("def example():\n" + body, "example", "exec"), given)
    printed = io.StringIO()
    with mock.patch.dict(sys.modules, modules()), contextlib.redirect_stdout(printed):
        found = given["example"]()
    return printed.getvalue(), {**given, **(found or {})}


@unittest.skipUnless(DOCUMENT.exists(), "the document is not at hand")
class Document(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = DOCUMENT.read_text()
        cls.blocks = re.findall(r"^```python\n(.*?)^```", cls.text, re.M | re.S)

    def block(self, part):
        """The example that contains this."""
        (found,) = [b for b in self.blocks if part in b]
        return run(found)

    def test_every_example_runs(self):
        self.assertGreaterEqual(len(self.blocks), 15)
        for i, block in enumerate(self.blocks):
            with self.subTest(i=i, first=block.strip().splitlines()[0]):
                run(block)

    def test_basic_order_flow(self):
        printed, found = self.block("# Order lifecycle")
        self.assertEqual(printed, "Order filled @ $50,000.00\n")
        self.assertIs(found["order"].status, OrderStatus.FILLED)

    def test_position_management(self):
        printed, found = self.block("# Update price and check PnL")
        self.assertEqual(printed, "Unrealized PnL: $100.00\n")
        self.assertEqual(found["position"].realized_pnl, 100.0)

    def test_circuit_breaker(self):
        _, found = self.block("# Manual reset after review")
        self.assertTrue(found["breaker"].is_operational)
        self.assertEqual(found["breaker"].daily_pnl, -12.5)

    def test_slippage(self):
        _, found = self.block("# Create simulator with realistic model")
        self.assertGreaterEqual(found["execution_price"], 50000.0)
        self.assertAlmostEqual(found["commission"], found["execution_price"] / 10000, places=8)
        self.assertEqual((found["is_valid"], found["warning"]), (True, None))

    def test_complete_workflow(self):
        printed, found = self.block("# Initialize components\ncircuit_breaker")
        self.assertTrue(found["result"].success)
        self.assertRegex(printed, r"^Position opened: \w+\n$")
        self.assertEqual(found["position"].quantity, 0.1)

    def test_monitoring(self):
        printed, _ = self.block("status = circuit_breaker.get_status()")
        self.assertIn("State: closed\nDaily PnL: $0.00\n", printed)
        printed, _ = self.block("stats = position_manager.get_statistics()")
        self.assertEqual(printed, "Open Positions: 0\nWin Rate: 100.0%\nTotal PnL: $100.00\n")
        printed, _ = self.block("stats = executor.get_statistics()")
        self.assertEqual(printed, "Total Executions: 1\nSuccess Rate: 100.0%\n")

    def test_strategy(self):
        _, found = self.block("class MyStrategy(IStrategy)")
        strategy = found["MyStrategy"]({})
        self.assertEqual(strategy.populate_entry_trend(Frame(), {}), {})
        strategy.circuit_breaker.check_and_trip(force=True)
        self.assertEqual(strategy.populate_entry_trend(Frame(), {}), {"enter_long": 0})
        trade = types.SimpleNamespace(id=7)
        manager = strategy.position_manager
        ask = lambda: strategy.custom_exit("A/B", trade, None, None, None)  # noqa: E731
        self.assertIsNone(ask())
        position = manager.open_position("A/B", "long", 100.0, 1.0, 90.0, 120.0, trade_id=7)
        for price, said in ((95.0, None), (90.0, "stop_loss_triggered"),
                            (120.0, "take_profit_triggered")):
            position.update_price(price)
            self.assertEqual(ask(), said)

    def test_configurations(self):
        _, found = self.block("# Loss limits")
        self.assertEqual(found["config"], order_manager.CircuitBreakerConfig())
        CircuitBreaker(found["config"])
        _, found = self.block("# 5 basis points")
        SlippageSimulator(config=found["config"])

    def test_every_name_it_lists_is_here(self):
        listed = re.findall(r"`src/order_manager/(\w+)\.py`", self.text)
        self.assertEqual(len(listed), 5)
        for name in listed:
            __import__(f"order_manager.{name}")


class Own(unittest.TestCase):
    """What the document's examples exercise, in words of our own: it need not be at hand."""

    def test_an_order_is_traded_and_its_position_watched(self):
        breaker, positions = CircuitBreaker(), PositionManager(max_positions=1)
        executor = OrderExecutor(mode="backtest", circuit_breaker=breaker)
        self.assertTrue(breaker.is_operational)
        bought = executor.execute(MarketOrder("X/Y", quantity=3), market_data={"price": 20.0})
        self.assertTrue(bought.success)
        held = positions.open_position(
            symbol="X/Y", side=PositionSide.LONG, entry_price=bought.execution_price,
            quantity=bought.filled_quantity, entry_commission=bought.commission,
            stop_loss=bought.execution_price * 0.95, take_profit=bought.execution_price * 1.10,
        )
        held.update_price(18.0)
        self.assertEqual(positions.check_stop_loss_take_profit(), [held])
        positions.close_position(position_id=held.position_id, exit_price=18.0, reason="stop_loss")
        breaker.record_trade(pnl=held.realized_pnl)
        breaker.update_balance(current=990.0, peak=1000.0)
        status = breaker.get_status()
        self.assertEqual(status["consecutive_losses"], 1)
        self.assertEqual(f"{status['current_drawdown']:.2f}", "-1.00")
        stats = positions.get_statistics()
        self.assertEqual((stats["open_positions"], stats["win_rate"]), (0, 0.0))
        self.assertEqual(executor.get_statistics()["total_executions"], 1)

    def test_programs_of_the_readme_run(self):
        blocks = re.findall(r"^```python\n(.*?)^```", (PYTHON / "README.md").read_text(),
                            re.M | re.S)
        printed = []
        for block in blocks:
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(block, "README.md", "exec"), {})
            printed.append(out.getvalue())
        self.assertRegex(printed[0], r"^9[0-9]\.[0-9]{2}\n$")
        self.assertEqual(printed[1], "accepted FILLED\n")

    def test_places_where_classes_are_looked_for(self):
        for module, classes in {
            "order_types": "Order MarketOrder LimitOrder StopLossOrder TakeProfitOrder "
                           "TrailingStopOrder OrderStatus OrderSide OrderType",
            "position_manager": "Position PositionManager PositionSide",
            "circuit_breaker": "CircuitBreaker CircuitBreakerConfig CircuitBreakerState TripReason",
            "slippage_simulator": "SlippageSimulator SlippageModel SlippageConfig",
            "order_executor": "OrderExecutor ExecutionMode ExecutionResult",
        }.items():
            found = __import__(f"order_manager.{module}", fromlist=["x"])
            for name in classes.split():
                self.assertIs(getattr(found, name), getattr(order_manager, name))

    def test_values_of_enumerations(self):
        values = {
            "OrderType": "market limit stop_loss take_profit trailing_stop",
            "OrderSide": "buy sell", "PositionSide": "long short",
            "OrderStatus": "pending submitted open partially_filled filled cancelled rejected "
                           "expired failed",
            "CircuitBreakerState": "closed open half_open",
            "ExecutionMode": "live paper backtest",
        }
        for name, listed in values.items():
            self.assertEqual([m.value for m in getattr(order_manager, name)], listed.split())
        reasons = {r.name: r.value for r in order_manager.TripReason}
        self.assertEqual(reasons | {
            "DAILY_LOSS": "daily_loss_limit", "MAX_DRAWDOWN": "max_drawdown",
            "CONSECUTIVE_LOSSES": "consecutive_losses", "ORDER_RATE": "order_rate_limit",
            "SYSTEM_ERROR": "system_error", "MANUAL": "manual_override",
        }, reasons)


if __name__ == "__main__":
    unittest.main()
