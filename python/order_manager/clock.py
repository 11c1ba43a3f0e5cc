"""Time: the wall clock unless another one is set, and datetimes in UTC."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

Clock = Callable[[], Any]
"""Answers a datetime, or seconds since 1970 as a number. A datetime without a zone is local."""

_clock: Clock | None = None


def set_clock(clock: Clock | None) -> None:
    """Sets the clock of everything that has none of its own; None: the wall clock again."""
    global _clock
    _clock = clock


def nanos_of(moment: Any) -> int:
    """Nanoseconds since 1970 of a datetime or of seconds."""
    if isinstance(moment, datetime):
        aware = moment if moment.tzinfo is not None else moment.astimezone()
        return (aware - EPOCH) // timedelta(microseconds=1) * 1000
    if isinstance(moment, int):
        return moment * 10**9
    return round(float(moment) * 1e9)


def datetime_of(nanos: int) -> datetime | None:
    """A time of the core; 0 is None."""
    return EPOCH + timedelta(microseconds=nanos // 1000) if nanos else None


def now_of(clock: Clock | None) -> int:
    """Nanoseconds now, by this clock, the one that was set, or the wall clock."""
    chosen = clock or _clock
    return time.time_ns() if chosen is None else nanos_of(chosen())
