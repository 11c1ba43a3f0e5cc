"""Engines as these classes use them: small, without limits of their own, in units of 10^-8."""

from __future__ import annotations

from typing import Any

import oms

from order_manager.units import MONEY_DIGITS, PRICE_DIGITS, QUANTITY_DIGITS

NO_LIMITS: dict[str, Any] = {
    "daily_loss_ratio": oms.OFF,
    "drawdown_ratio": oms.OFF,
    "consecutive_losses": oms.OFF,
    "consecutive_errors": oms.OFF,
    "orders_per_minute": oms.OFF,
    "orders_per_hour": oms.OFF,
    "warn_ratio": oms.OFF,
}
"""A breaker that never trips: where a breaker is wanted it is one of its own."""

ONE = {"mantissa": 1, "exponent": 0}


def engine(
    orders: int,
    symbols: int,
    positions: int,
    triggers: int,
    events: int = 64,
    **fields: Any,
) -> oms.Engine:
    """An engine that lets everything through."""
    made = oms.Engine(
        starting_balance=0,
        money_exp=-MONEY_DIGITS,
        capacity={
            "orders": orders,
            "symbols": symbols,
            "positions": max(positions, symbols),
            "triggers": triggers,
            "events": events,
            "executions": max(16, 2 * orders),
            "scopes": 1,
            "rate": 1,
            "books": 0,
            "symbol_rate": 0,
            "recent": 0,
        },
        breaker=NO_LIMITS,
        **fields,
    )
    made.scope_limits_set(oms.scope_limits_off())
    return made


def symbol(made: oms.Engine, name: str, now: int, **fields: Any) -> int:
    """Defines a symbol without limits and answers its number."""
    number = made.symbol_define(
        now=now,
        name=name,
        tick_size={"mantissa": 1, "exponent": -PRICE_DIGITS},
        lot_size={"mantissa": 1, "exponent": -QUANTITY_DIGITS},
        multiplier=ONE,
        conversion=ONE,
        **fields,
    ).symbol
    limits = oms.limits_off()
    limits.symbol = number
    limits.now = now
    made.limits_set(limits)
    return number


def drain(made: oms.Engine, status: int, now: int) -> None:
    """Goes on until nothing is queued."""
    while status == oms.Status.MORE:
        status = made.drain(now=now)
