"""The example program shows its five demonstrations; what is refused is logged."""

import contextlib
import io
import runpy
import unittest

from order_manager import CircuitBreaker, PositionManager

from tests.support import PYTHON


class Example(unittest.TestCase):
    def test_five_demonstrations(self):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            runpy.run_path(str(PYTHON / "examples/order_management_example.py"),
                           run_name="__main__")
        text = printed.getvalue()
        for part in ("1. Basic order lifecycle", "2. Position management", "3. Circuit breaker",
                     "4. Slippage simulation", "5. Complete workflow", "third position: None",
                     "filled: 100% @ 50,006.00, commission 5.00", "total +289.80",
                     "executions 4, success 100.0%"):
            self.assertIn(part, text)
        again = io.StringIO()
        with contextlib.redirect_stdout(again):
            runpy.run_path(str(PYTHON / "examples/order_management_example.py"),
                           run_name="__main__")
        self.assertEqual(again.getvalue(), text)


class Logged(unittest.TestCase):
    def test_what_is_refused_and_what_trips(self):
        manager, breaker = PositionManager(max_positions=1), CircuitBreaker()
        manager.open_position("A", "long", 1.0, 1.0)
        with self.assertLogs("order_manager", "WARNING") as logs:
            manager.open_position("B", "long", 1.0, 1.0)
            manager.close_position("none", 1.0)
            breaker.record_error("no answer")
            breaker.check_and_trip(-6, 0)
        text = "\n".join(logs.output)
        for part in ("denied by POSITIONS", "observed 2, limit 1", "no open position is called",
                     "no answer", "CRITICAL:order_manager:circuit breaker tripped"):
            self.assertIn(part, text)


if __name__ == "__main__":
    unittest.main()
