"""The order-management and pre-trade-risk engine oms-core.

    import oms
    engine = oms.Engine(starting_balance=10_000_000_000)
    symbol = engine.symbol_define(name="BTC-EUR", ...).symbol

Everything in include/oms.h is here: functions of an engine are methods of `Engine`, those of a
breaker methods of `Breaker`, the rest functions of this module, without the prefix oms_; constants
are enumerations; structs are records whose fields are properties. `DOORS` lists which is which, and
`oms.lib` and `oms.ffi` are the bindings themselves. Prices are ticks, quantities lots, money units
of 10^money_exp, ratios parts per 10^9, times nanoseconds: `pct`, `bps`.
"""

from __future__ import annotations

from oms import _constants, _doors, _records
from oms._abi import ffi, lib
from oms._constants import *  # noqa: F403
from oms._doors import *  # noqa: F403
from oms._doors import DOORS
from oms._records import *  # noqa: F403
from oms.engine import (
    Batch,
    Breaker,
    CheckedBatch,
    Engine,
    PollAnswer,
    SubmittedBatch,
    config_check,
    config_init,
    fee_volume_add,
    fees_check,
    set_prices,
    slippage_check,
    slippage_depth,
)
from oms.errors import Denied, OmsError, explain
from oms.record import Array, Record, Request, restore


def pct(percent: int) -> int:
    """Percent as a ratio: pct(5)."""
    return percent * 10_000_000


def bps(points: int) -> int:
    """Basis points as a ratio: bps(2)."""
    return points * 100_000


def check_bit(check: int) -> int:
    """The bit of a check in a verdict's mask."""
    return 1 << check


__version__ = _doors.version()
__all__ = [
    "DOORS",
    "Array",
    "Batch",
    "Breaker",
    "CheckedBatch",
    "Denied",
    "Engine",
    "OmsError",
    "PollAnswer",
    "Record",
    "Request",
    "SubmittedBatch",
    "bps",
    "check_bit",
    "config_check",
    "config_init",
    "explain",
    "fee_volume_add",
    "fees_check",
    "ffi",
    "lib",
    "pct",
    "restore",
    "set_prices",
    "slippage_check",
    "slippage_depth",
]
__all__ += _constants.__all__ + _doors.__all__ + _records.__all__
