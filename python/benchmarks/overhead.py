"""What a call costs in Python, beside the same call in C: `python benchmarks/overhead.py`.

The C column is the library's own time: calls in a loop of C, inside a batch of 1 000. Times are the
best of several rounds, in nanoseconds; they depend on the machine, ratios less so.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import oms
from order_manager import PositionManager

SYMBOLS = 1000
ROUNDS = 7


def best(call: Callable[[], object], times: int) -> float:
    """Nanoseconds of one call."""
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter_ns()
        for _ in range(times):
            call()
        found.append((time.perf_counter_ns() - began) / times)
    return min(found)


def engine() -> oms.Engine:
    """An engine with many symbols."""
    made = oms.Engine(
        starting_balance=10**12, capacity={"symbols": SYMBOLS, "positions": SYMBOLS}
    )
    one = {"mantissa": 1}
    for i in range(SYMBOLS):
        made.symbol_define(
            name=f"S{i}", tick_size=one, lot_size=one, multiplier=one, conversion=one
        )
    return made


def manager() -> tuple[PositionManager, dict[str, float]]:
    """A position in each of many symbols."""
    made = PositionManager(max_positions=SYMBOLS)
    prices = {f"S{i}": 100.0 + i for i in range(SYMBOLS)}
    for name, price in prices.items():
        made.open_position(name, "long", price, 1.0, stop_loss=price * 0.5)
    return made, prices


def main() -> None:
    """Prints the table."""
    e = engine()
    quotes = e.prices(range(SYMBOLS))
    oms.set_prices(quotes, range(1, SYMBOLS + 1), range(2, SYMBOLS + 2), time.time_ns())
    in_c = best(lambda: e.quote_batch(quotes), 200) / SYMBOLS
    record = quotes[0]
    rows = [
        ("oms_quote in C, within a batch", in_c),
        ("oms.lib.oms_quote(engine, record)",
         best(lambda: oms.lib.oms_quote(e.pointer, record._c), 20000)),
        ("Engine.quote(record)", best(lambda: e.quote(record), 20000)),
        ("Engine.quote(symbol=, bid=, ask=)",
         best(lambda: e.quote(symbol=0, bid=1, ask=2), 10000)),
        ("Engine.now()", best(e.now, 20000)),
    ]
    print(f"{'call':44} {'ns':>10} {'of C':>8}")
    for name, took in rows:
        print(f"{name:44} {took:10.0f} {took / in_c:8.1f}")
    m, prices = manager()
    took = best(lambda: m.update_prices(prices), 50)
    print(f"\nPositionManager.update_prices of {SYMBOLS} symbols, one call of the library: "
          f"{took / 1000:.0f} us, {took / SYMBOLS:.0f} ns a symbol "
          f"({took / SYMBOLS / in_c:.1f} times C)")


if __name__ == "__main__":
    main()
