"""The circuit breaker: when to stop, and when to go on. The core decides both."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from enum import Enum
from typing import Any

import oms

from order_manager.clock import Clock, datetime_of, nanos_of, now_of
from order_manager.units import Number, from_money, from_ratio, money, percent, scaled

logger = logging.getLogger("order_manager")

MINUTE = 60 * 10**9


class CircuitBreakerState(str, Enum):
    """Where the breaker stands."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class TripReason(str, Enum):
    """Why it tripped."""

    DAILY_LOSS = "daily_loss_limit"
    MAX_DRAWDOWN = "max_drawdown"
    CONSECUTIVE_LOSSES = "consecutive_losses"
    ORDER_RATE = "order_rate_limit"
    SYSTEM_ERROR = "system_error"
    MANUAL = "manual_override"
    RECONCILE = "reconcile"


REASONS = {
    oms.Cause.DAILY_LOSS: TripReason.DAILY_LOSS,
    oms.Cause.DRAWDOWN: TripReason.MAX_DRAWDOWN,
    oms.Cause.CONSECUTIVE_LOSSES: TripReason.CONSECUTIVE_LOSSES,
    oms.Cause.ORDER_RATE: TripReason.ORDER_RATE,
    oms.Cause.SYSTEM_ERROR: TripReason.SYSTEM_ERROR,
    oms.Cause.MANUAL: TripReason.MANUAL,
    oms.Cause.RECONCILE: TripReason.RECONCILE,
}


@dataclass
class CircuitBreakerConfig:
    """Limits of a breaker. None switches a limit off; percentages are in percent."""

    max_daily_loss_pct: Number | None = 5.0
    max_drawdown_pct: Number | None = 15.0
    max_consecutive_losses: int | None = 5
    consecutive_loss_amount: Number = 0.0
    """The streak also trips at this loss in money; 0: it does not."""
    max_orders_per_minute: int | None = 10
    max_orders_per_hour: int | None = 100
    max_consecutive_errors: int | None = 3
    auto_reset_after_minutes: float = 60
    require_manual_reset: bool = False
    cooldown_minutes: float = 15
    half_open_probes: int = 0
    """Orders that pass after a recovery by itself before it is closed; 0: it closes at once."""
    probe_wins: int = 1
    max_auto_resets: int = 1
    """Recoveries by itself in a day."""
    max_daily_loss: Number | None = None
    """The loss of a day in money."""
    max_drawdown: Number | None = None
    """The fall from the peak in money."""
    session_start_minutes: float = 0
    """Minutes after midnight UTC at which a day begins."""

    def __setattr__(self, name: str, value: Any) -> None:
        if self.__dict__.get("_is_taken"):
            raise AttributeError(
                f"{name}: a breaker works by these limits, and takes no others: make another one, "
                "by dataclasses.replace(config, ...)"
            )
        super().__setattr__(name, value)

    def core(self) -> oms.BreakerConfig:
        """The same for the core."""
        made = oms.breaker_config_init()
        for name, value in self._fields().items():
            setattr(made, name, value)
        return made

    def _fields(self) -> dict[str, int]:
        def share(value: Number | None, what: str) -> int:
            return oms.OFF if value is None else percent(value, what)

        def amount(value: Number | None, what: str) -> int:
            return oms.OFF if value is None else money(value, what)

        def count(value: int | None) -> int:
            return oms.OFF if value is None else value

        streak = self.consecutive_loss_amount or None
        flag = oms.BreakerFlags.MANUAL_RESET
        minutes = {
            name: scaled(getattr(self, name), 9, name, 2**60) * 60
            for name in ("auto_reset_after_minutes", "cooldown_minutes", "session_start_minutes")
        }
        return {
            "daily_loss_ratio": share(self.max_daily_loss_pct, "max_daily_loss_pct"),
            "daily_loss_money": amount(self.max_daily_loss, "max_daily_loss"),
            "drawdown_ratio": share(self.max_drawdown_pct, "max_drawdown_pct"),
            "drawdown_money": amount(self.max_drawdown, "max_drawdown"),
            "streak_loss_money": amount(streak, "consecutive_loss_amount"),
            "consecutive_losses": count(self.max_consecutive_losses),
            "consecutive_errors": count(self.max_consecutive_errors),
            "orders_per_minute": count(self.max_orders_per_minute),
            "orders_per_hour": count(self.max_orders_per_hour),
            "auto_reset_after": minutes["auto_reset_after_minutes"],
            "cooldown": minutes["cooldown_minutes"],
            "session_offset": minutes["session_start_minutes"],
            "max_auto_resets": self.max_auto_resets,
            "half_open_probes": self.half_open_probes,
            "probe_wins": self.probe_wins,
            "flags": flag if self.require_manual_reset else 0,
        }


@dataclass
class Trip:
    """One trip. Assigning `timestamp` moves it, and with it the recovery, while it is open."""

    reason: TripReason
    details: str
    metrics: dict[str, Any] = field(default_factory=dict)
    _breaker: CircuitBreaker | None = field(default=None, repr=False, compare=False)
    _record: oms.Trip = field(default_factory=oms.Trip, repr=False, compare=False)

    @property
    def timestamp(self) -> datetime:
        """When it tripped."""
        moment = datetime_of(self._now().at)
        assert moment is not None
        return moment

    @timestamp.setter
    def timestamp(self, value: Any) -> None:
        if self._breaker is None:
            raise ValueError("the trip of a copy cannot be moved")
        self._breaker._move(self, nanos_of(value))

    @property
    def reset_at(self) -> datetime | None:
        """When it was reset; None while it is open."""
        return datetime_of(self._now().reset_at)

    def _now(self) -> oms.Trip:
        if self._breaker is not None:
            self._record = self._breaker._record_of(self)
        return self._record

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values."""
        reset = self.reset_at
        return {
            "timestamp": self.timestamp.isoformat(),
            "reason": self.reason.value,
            "details": self.details,
            "metrics": dict(self.metrics),
            "reset_at": reset.isoformat() if reset else None,
        }

    def __getstate__(self) -> dict[str, Any]:
        return dict(self.__dict__, _record=self._now().copy(), _breaker=None)


class CircuitBreaker:
    """Stops trading when too much was lost, too fast, or too much goes wrong."""

    def __init__(
        self, config: CircuitBreakerConfig | None = None, *, clock: Clock | None = None
    ) -> None:
        self._config = config or CircuitBreakerConfig()
        self.clock = clock
        self.trip_history: list[Trip] = []
        self._calls = 0
        try:
            self._core = oms.Breaker(self.config.core())
        except (oms.OmsError, OverflowError) as e:
            given = ", ".join(f"{f.name}={getattr(self.config, f.name)}" for f in fields(config
                              or self.config))
            raise ValueError(
                f"the core takes no such limits ({given}): they are None (off) or positive, and "
                "probe_wins is 1 to half_open_probes"
            ) from e
        self._config.__dict__["_is_taken"] = True

    @property
    def config(self) -> CircuitBreakerConfig:
        """The limits it was made with."""
        return self._config

    # What it is told.

    def record_trade(self, pnl: Number) -> None:
        """Tells of a closed trade: the streak of losses and the PnL of the day."""
        self._note(self._core.record_trade(self._time(), money(pnl, "pnl")))

    def record_order(self) -> bool:
        """Tells of an order that is sent; False when it is beyond a rate limit, and so tripped."""
        trip = self._core.record_order(self._time())
        self._note(trip)
        return trip.cause == oms.Cause.NONE

    def record_end(self) -> None:
        """Tells that an order ended without a trade (it matters while the breaker is half-open)."""
        self._note(self._core.record_end(self._time()))

    def record_error(self, error: str = "") -> None:
        """Tells of an error of the system."""
        logger.error("circuit breaker: error: %s", error)
        self._note(self._core.record_error(self._time()), str(error))

    def clear_errors(self) -> None:
        """Something succeeded: errors count from 0."""
        self._core.clear_errors(self._time())

    def update_balance(self, current: Number, peak: Number | None = None) -> None:
        """Tells the balance: daily loss and drawdown are looked at."""
        known = oms.OFF if peak is None else money(peak, "peak")
        self._note(self._core.update_balance(self._time(), money(current, "current"), known))

    def check_and_trip(
        self, current_pnl: Number = 0.0, current_drawdown: Number = 0.0, force: bool = False
    ) -> bool:
        """Looks at the PnL of the day (a loss is below 0) and the drawdown, both in percent.

        `force` trips by hand. Answers whether the breaker is open then.
        """
        pnl = percent(current_pnl, "current_pnl")
        drawdown = percent(current_drawdown, "current_drawdown")
        self._note(self._core.check_and_trip(self._time(), pnl, drawdown, int(bool(force))))
        return self._status().state == oms.BreakerState.OPEN

    def reset(self, manual: bool = True) -> bool:
        """Resets by hand; with manual=False only when a recovery is due. True: it is closed."""
        if manual:
            if self._core.reset(self._time()) != oms.Status.IGNORED:
                logger.warning("circuit breaker: reset by hand")
        else:
            self._advance()
        return self.state is CircuitBreakerState.CLOSED

    # What it says.

    @property
    def state(self) -> CircuitBreakerState:
        """Where it stands; it recovers when that is due."""
        return CircuitBreakerState[oms.BreakerState(self._advance().state).name]

    @property
    def is_operational(self) -> bool:
        """Whether orders may pass. The day rolls, and it recovers when that is due."""
        return self._advance().operational == 1

    @property
    def is_tripped(self) -> bool:
        """Whether it is open."""
        return self.state is CircuitBreakerState.OPEN

    @property
    def daily_pnl(self) -> float:
        """PnL of the day."""
        return from_money(self._advance().session_pnl)

    @property
    def consecutive_losses(self) -> int:
        """Losing trades in a row."""
        return self._advance().consecutive_losses

    @property
    def consecutive_errors(self) -> int:
        """Errors in a row."""
        return self._advance().consecutive_errors

    @property
    def current_balance(self) -> float:
        """The balance, as far as it is known; else 0."""
        return from_money(self._advance().equity)

    @property
    def peak_balance(self) -> float:
        """The highest balance."""
        return from_money(self._advance().peak)

    @property
    def last_trip(self) -> Trip | None:
        """The last trip."""
        return self.trip_history[-1] if self.trip_history else None

    @property
    def last_reset(self) -> datetime | None:
        """When it was reset last."""
        return datetime_of(self._advance().reset_at)

    @property
    def trip_count_today(self) -> int:
        """Trips of this day."""
        return self._advance().session_trips

    def calculate_drawdown(self) -> float:
        """Fall from the peak in percent, 0 or below."""
        return -from_ratio(self._advance().drawdown) or 0.0

    def get_status(self) -> dict[str, Any]:
        """Everything, as plain values."""
        now = self._advance()
        last = self.last_trip
        reset = datetime_of(now.reset_at)
        return {
            "state": oms.BreakerState(now.state).name.lower(),
            "is_tripped": now.state == oms.BreakerState.OPEN,
            "is_operational": now.operational == 1,
            "daily_pnl": from_money(now.session_pnl),
            "consecutive_losses": now.consecutive_losses,
            "consecutive_errors": now.consecutive_errors,
            "current_drawdown": -from_ratio(now.drawdown) or 0.0,
            "orders_last_minute": now.orders_last_minute,
            "orders_last_hour": now.orders_last_hour,
            "trip_count_today": now.session_trips,
            "last_trip": last.to_dict() if last else None,
            "last_reset": reset.isoformat() if reset else None,
        }

    # With the core.

    def _time(self) -> int:
        self._calls += 1
        return now_of(self.clock)

    def _status(self) -> oms.BreakerStatus:
        return self._core.status(now_of(self.clock))

    def _advance(self) -> oms.BreakerStatus:
        """Lets time pass: a look at figures that are fine rolls the day and recovers."""
        now = now_of(self.clock)
        self._core.check_and_trip(now, 0, 0, 0)
        return self._core.status(now)

    def _note(self, trip: oms.Trip, details: str = "") -> None:
        if trip.cause == oms.Cause.NONE:
            return
        reason = REASONS[oms.Cause(trip.cause)]
        limit, observed = _shown(trip.limit, trip.unit), _shown(trip.observed, trip.unit)
        told = f"{reason.value}: it is {observed:g}, the limit {limit:g}"
        if reason is TripReason.MANUAL:
            told = f"{reason.value}: tripped by hand"
        if details:
            told = f"{told} ({details})"
        metrics = {"limit": limit, "observed": observed, "latched": bool(trip.latched)}
        self.trip_history.append(Trip(reason, told, metrics, self, trip))
        logger.critical("circuit breaker tripped: %s", told)

    def _record_of(self, trip: Trip) -> oms.Trip:
        """The trip as the core has it; what it has no more stays as it was."""
        back = next(i for i, one in enumerate(reversed(self.trip_history)) if one is trip)
        self._advance()
        return self._core.trip_get(back) if back < oms.TRIPS_KEPT else trip._record

    def _move(self, trip: Trip, at: int) -> None:
        if trip is not self.last_trip:
            raise ValueError("only the last trip can be moved")
        try:
            said = self._core.trip_move(now_of(self.clock), at)
        except oms.OmsError as e:
            raise ValueError(f"a trip cannot be moved to {datetime_of(at)}: that is to come") from e
        if said == oms.Status.IGNORED:
            raise ValueError("the trip is over: it cannot be moved")

    def __reduce__(self) -> Any:
        """By configuration: what it has seen is not carried over, so there may be nothing."""
        if self._calls:
            raise TypeError(
                "a circuit breaker that has seen trades, orders or errors cannot be copied: they "
                "would be forgotten. Copy it before, or make one by CircuitBreaker(breaker.config)"
            )
        return type(self), (CircuitBreakerConfig(**asdict(self.config)),)


def _shown(value: int, unit: int) -> float:
    if unit == oms.Unit.RATIO:
        return from_ratio(value)
    return from_money(value) if unit == oms.Unit.MONEY else float(value)
