"""What several tests need."""

from __future__ import annotations

import logging
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

PYTHON = Path(__file__).resolve().parent.parent
ROOT = PYTHON.parent
HEADER = ROOT / "include" / "oms.h"

# What is refused is logged; the tests look at answers.
logging.getLogger("order_manager").addHandler(logging.NullHandler())
logging.getLogger("order_manager").propagate = False


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2024, 3, 5, 12, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        """Lets time pass."""
        self.now += timedelta(**time)


def header_reader():
    """The reader of the header, from beside the tests."""
    sys.path.insert(0, str(PYTHON))
    try:
        from generate.header import read
    finally:
        sys.path.remove(str(PYTHON))
    return read(HEADER)
