"""Between the numbers of Python and those of the core: ticks, lots, money, ratios.

A tick and a lot are 10^-8, money is 10^-9 of the quote currency, a ratio parts per 10^9. A float
counts as its shortest decimal form; what lies between two units goes to the nearest, a tie to the
even one. NaN and infinity are ValueError.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

PRICE_DIGITS = 8
QUANTITY_DIGITS = 8
MONEY_DIGITS = 9
PERCENT_DIGITS = 7
"""Digits of a percentage as a ratio: 1 % is 10^7 parts per 10^9."""

TICKS = LOTS = 100_000_000
MONEY = 1_000_000_000
PERCENT = 10_000_000

MOST = 2**60
"""Largest magnitude the core takes of a price or quantity."""

Number = float | int | Decimal
_POWERS: list[int] = [10**n for n in range(19)]
_FLOATS = [float(10**n) for n in range(19)]
_WIDE = Context(prec=60)


def scaled(value: Any, digits: int, what: str, most: int = MOST) -> int:
    """A number in units of 10^-digits."""
    if type(value) is float:
        product = value * _FLOATS[digits]
        # The product is off by 2^-52 of itself, 0.03 at most: clear of a tie it rounds right.
        if -1e14 < product < 1e14:
            nearest = round(product)
            if -0.4 < product - nearest < 0.4:
                return nearest
        if not math.isfinite(value):
            raise ValueError(f"{what} must be a finite number, not {value}")
        units = _exactly(Decimal(repr(value)), digits)
    elif isinstance(value, int):
        units = value * _POWERS[digits]
    else:
        units = _exactly(_decimal(value, what), digits)
    if not -most <= units <= most:
        limit = most // _POWERS[digits]
        raise ValueError(f"{what} {value} is too large: at most {limit} in magnitude")
    return units


def _exactly(value: Decimal, digits: int) -> int:
    scaled_up = value.scaleb(digits, _WIDE)
    return int(scaled_up.to_integral_value(ROUND_HALF_EVEN, _WIDE))


def _decimal(value: Any, what: str) -> Decimal:
    if isinstance(value, Decimal):
        found = value
    else:
        try:
            # Also numpy's scalars; a text is no number.
            if isinstance(value, str):
                raise TypeError
            found = Decimal(repr(float(value)))
        except (TypeError, ValueError):
            raise ValueError(f"{what} must be a number, not {value!r}") from None
    if not found.is_finite():
        raise ValueError(f"{what} must be a finite number, not {value}")
    return found


def ticks(value: Any, what: str = "price") -> int:
    """A price in ticks."""
    return scaled(value, PRICE_DIGITS, what)


def many_ticks(values: Iterable[Any], what: str = "price") -> array[int]:
    """Prices above 0 in ticks, many at once."""
    found = array("q")
    add = found.append
    for value in values:
        # As in scaled, for the common case.
        if type(value) is float and 1e-8 <= value < 1e6:
            product = value * 1e8
            nearest = round(product)
            if -0.4 < product - nearest < 0.4:
                add(nearest)
                continue
        one = ticks(value, what)
        if one <= 0:
            raise ValueError(f"{what} must be positive, not {value}")
        add(one)
    return found


def lots(value: Any, what: str = "quantity") -> int:
    """A quantity in lots."""
    return scaled(value, QUANTITY_DIGITS, what)


def money(value: Any, what: str = "amount") -> int:
    """An amount of money in money units."""
    return scaled(value, MONEY_DIGITS, what, 2**63 - 1)


def percent(value: Any, what: str) -> int:
    """A percentage as a ratio."""
    return scaled(value, PERCENT_DIGITS, what)


def from_ticks(units: int) -> float:
    """A price, from ticks; the nearest float."""
    return units / TICKS


def from_lots(units: int) -> float:
    """A quantity, from lots."""
    return units / LOTS


def from_money(units: int) -> float:
    """An amount, from money units."""
    return units / MONEY


def from_ratio(parts: int) -> float:
    """A percentage, from a ratio."""
    return parts / PERCENT


def from_average(whole: int, parts: int) -> float:
    """An average price: whole ticks and parts per 10^9 of a tick."""
    return (whole * 10**9 + parts) / (TICKS * 10**9)


def value_of(price: int, quantity: int, digits: int) -> int:
    """Ticks times lots in units of 10^-digits, rounded up."""
    return -(-price * quantity // _POWERS[PRICE_DIGITS + QUANTITY_DIGITS - digits])
