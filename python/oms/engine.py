"""The engine and the breaker: objects that own the memory the library works in."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from oms import _constants as k
from oms import _records as r
from oms._abi import ffi, lib
from oms._doors import BreakerDoors, EngineDoors
from oms.errors import OmsError, refused
from oms.record import Array, Record, Request

_STATUS = k.Status._value2member_map_
Q = TypeVar("Q", bound=Request)


@dataclass(slots=True)
class PollAnswer:
    """What a poll handed out."""

    commands: list[r.Command]
    events: list[r.Event]
    events_lost: int
    more: bool


@dataclass(slots=True)
class Batch:
    """What a batch answered: a status code for each record, and how many were taken."""

    status: k.Status
    statuses: list[int]
    taken: int


@dataclass(slots=True)
class CheckedBatch(Batch):
    """The same, with a verdict for each record."""

    verdicts: list[r.Verdict]


@dataclass(slots=True)
class SubmittedBatch(CheckedBatch):
    """The same, with an order id for each record; 0: denied or refused."""

    orders: list[int]


def lent(size: int) -> tuple[Any, Any]:
    """Memory of so many bytes, aligned, and what keeps it."""
    block = ffi.new("unsigned char[]", size + k.ALIGN)
    address = int(ffi.cast("uintptr_t", block))
    return block + (-address) % k.ALIGN, block


def config_init(**fields: Any) -> r.Config:
    """The defaults of a configuration, with some fields set:
    `config_init(starting_balance=10**9, capacity={"orders": 64})`."""
    made = r.Config()
    code: int = lib.oms_config_init(made._c, ffi.sizeof("oms_config_t"))
    if code < 0:
        raise refused("oms_config_init", code, None, None)
    made.set(fields)
    return made


def _checked(function: Any, name: str, record: Record, numbers: Any) -> Any:
    field = ffi.new("uint32_t *")
    code: int = function(record._c, field)
    if code < 0 and code != k.Status.E_CONFIG:
        raise refused(name, code, record, None)
    return numbers(field[0])


def config_check(config: r.Config) -> k.ConfigField:
    """The invalid field of a configuration; NONE when all are valid."""
    found: k.ConfigField = _checked(
        lib.oms_config_check, "oms_config_check", config, k.ConfigField
    )
    return found


def slippage_check(slippage: r.Slippage) -> k.SimField:
    """The invalid field of a model of slippage; NONE when all are valid."""
    found: k.SimField = _checked(
        lib.oms_slippage_check, "oms_slippage_check", slippage, k.SimField
    )
    return found


def fees_check(fees: r.Fees) -> k.SimField:
    """The invalid field of a schedule of fees; NONE when all are valid."""
    found: k.SimField = _checked(lib.oms_fees_check, "oms_fees_check", fees, k.SimField)
    return found


def slippage_depth(
    side: int, levels: Iterable[tuple[int, int]], qty: int, limit: int
) -> r.DepthFill:
    """Fills a quantity over levels of (price, lots), the best first."""
    pairs = list(levels)
    c = ffi.new("oms_depth_level_t[]", pairs) if pairs else ffi.NULL
    fill = r.DepthFill()
    code: int = lib.oms_slippage_depth(side, c, len(pairs), qty, limit, fill._c)
    if code < 0:
        raise refused("oms_slippage_depth", code, None, None)
    return fill


def fee_volume_add(volume: r.FeeVolume, now: int, traded: int) -> None:
    """Adds what was traded to the volume of 30 days."""
    code: int = lib.oms_fee_volume_add(volume._c, now, traded)
    if code < 0:
        raise refused("oms_fee_volume_add", code, None, None)


class Engine(EngineDoors):
    """An engine in memory of its own.

    `Engine(starting_balance=10**12, capacity={"orders": 64})`, or `Engine(config)`. Every function
    of oms.h that takes an engine is a method, without the prefix. A request that says no time gets
    that of `clock` (nanoseconds; by default the wall clock). One thread at a time.
    """

    __slots__ = ("_oms", "_memory", "_read", "clock", "__weakref__")

    def __init__(
        self,
        config: r.Config | None = None,
        *,
        clock: Callable[[], int] = time.time_ns,
        **fields: Any,
    ) -> None:
        if config is not None and fields:
            raise TypeError("give a configuration or its fields, not both")
        given = config_init(**fields) if config is None else config
        size = lib.oms_size(given._c)
        if size == 0:
            field = config_check(given)
            raise OmsError("oms_init", k.Status.E_CONFIG, given.copy(), f"invalid: {field.name}")
        memory, self._memory = lent(size)
        out = ffi.new("oms_t **")
        code: int = lib.oms_init(memory, size, given._c, out)
        if code < 0:
            raise refused("oms_init", code, given, None)
        self._oms: Any = out[0]
        self.clock = clock

    def _time(self) -> int:
        return self.clock()

    @property
    def pointer(self) -> Any:
        """The engine, for `oms.lib`."""
        return self._oms

    def __reduce__(self) -> Any:
        raise TypeError(
            "an Engine cannot be copied or pickled: its state lies in memory that stays where it "
            "is. Make another one by its configuration: Engine(engine.config_get())"
        )

    def apply(self, request: Request) -> tuple[k.Status, r.Answer]:
        """Takes any request record, as the door of its kind does."""
        answer = r.Answer()
        code: int = lib.oms_apply(self._oms, request._c, ffi.sizeof(request._c[0]), answer._c)
        if code < 0:
            raise refused("oms_apply", code, request, self)
        return _STATUS[code], answer  # type: ignore[return-value]

    def poll(self, max_commands: int = 64, max_events: int = 256, **fields: Any) -> PollAnswer:
        """Takes commands and events out."""
        sent = self._sent(r.Poll, None, fields)
        sent._c.max_commands = max_commands
        sent._c.max_events = max_events
        commands = ffi.new("oms_command_t[]", max_commands)
        events = ffi.new("oms_event_t[]", max_events)
        out = ffi.new("oms_polled_t *")
        code: int = lib.oms_poll(self._oms, sent._c, commands, events, out)
        if code < 0:
            raise refused("oms_poll", code, sent, self)
        return PollAnswer(
            [r.Command.view(commands + i, commands) for i in range(out.commands)],
            [r.Event.view(events + i, events) for i in range(out.events)],
            out.events_lost,
            bool(out.more_commands or out.more_events),
        )

    def order_log(
        self, order: int = 0, client_id: int = 0, from_: int = 0, capacity: int = 64
    ) -> tuple[list[r.Event], r.OrderLog]:
        """The kept events of one order, oldest first; go on with `from_` = log.next."""
        events = ffi.new("oms_event_t[]", capacity)
        log = r.OrderLog()
        code: int = lib.oms_order_log(
            self._oms, order, client_id, from_, events, capacity, log._c
        )
        if code < 0:
            raise refused("oms_order_log", code, None, self)
        return [r.Event.view(events + i, events) for i in range(log.count)], log

    def scope_by_name(self, name: str) -> int:
        """The number of a scope."""
        scope = ffi.new("uint32_t *")
        code: int = lib.oms_scope_by_name(self._oms, name.encode("ascii"), scope)
        if code < 0:
            raise refused("oms_scope_by_name", code, None, self)
        number: int = scope[0]
        return number

    def quote_batch(self, quotes: Array[r.Quote]) -> Batch:
        """Takes quotes in order, in one call; `prices` makes the array."""
        return Batch(*self._batch(lib.oms_quote_batch, "oms_quote_batch", quotes))

    def venue_report_batch(self, reports: Array[r.VenueReport]) -> Batch:
        """Takes reports of a venue in order, in one call."""
        return Batch(*self._batch(lib.oms_venue_report_batch, "oms_venue_report_batch", reports))

    def order_check_batch(self, orders: Array[r.OrderSubmit]) -> CheckedBatch:
        """Says of each order what the gate would say of it alone."""
        verdicts = Array(r.Verdict, len(orders))
        said = self._batch(lib.oms_order_check_batch, "oms_order_check_batch", orders, verdicts._c)
        return CheckedBatch(*said, list(verdicts))

    def order_submit_batch(self, orders: Array[r.OrderSubmit]) -> SubmittedBatch:
        """Submits orders in order; every one counts for those after it."""
        verdicts = Array(r.Verdict, len(orders))
        ids = ffi.new("oms_id_t[]", len(orders))
        name = "oms_order_submit_batch"
        said = self._batch(lib.oms_order_submit_batch, name, orders, verdicts._c, ids)
        return SubmittedBatch(*said, list(verdicts), list(ids))

    def _batch(
        self, function: Any, name: str, requests: Array[Any], *outs: Any
    ) -> tuple[k.Status, list[int], int]:
        statuses = ffi.new("int32_t[]", len(requests))
        taken = ffi.new("size_t *")
        code: int = function(self._oms, requests._c, len(requests), statuses, *outs, taken)
        if code < 0:
            raise refused(name, code, None, self)
        return _STATUS[code], list(statuses), taken[0]  # type: ignore[return-value]

    def prices(self, symbols: Sequence[int]) -> Array[r.Quote]:
        """Quotes of these symbols for `quote_batch`, to be filled in by `set_prices`."""
        made = Array(r.Quote, len(symbols))
        for c, symbol in zip(made._c, symbols, strict=True):
            c.symbol = symbol
        return made


def set_prices(
    quotes: Array[r.Quote], bids: Iterable[int], asks: Iterable[int], now: int
) -> None:
    """Sets bid and ask, ticks, and the time of every quote."""
    quotes.column("header.now")[:] = array("q", [now]) * len(quotes)
    quotes.column("bid")[:] = array("q", bids)
    quotes.column("ask")[:] = array("q", asks)


class Breaker(BreakerDoors):
    """A breaker of its own, without an engine, in memory of its own.

    Every oms_breaker_* function is a method without that prefix. Those that may trip it return the
    trip; its cause is NONE when there was none.
    """

    __slots__ = ("_oms", "_memory", "__weakref__")

    def __init__(self, config: r.BreakerConfig | None = None, **fields: Any) -> None:
        if config is not None and fields:
            raise TypeError("give a configuration or its fields, not both")
        if config is None:
            config = r.BreakerConfig()
            code: int = lib.oms_breaker_config_init(config._c)
            if code < 0:
                raise refused("oms_breaker_config_init", code, None, None)
            config.set(fields)
        size = lib.oms_breaker_size(config._c)
        if size == 0:
            raise OmsError("oms_breaker_init", k.Status.E_CONFIG, config.copy())
        memory, self._memory = lent(size)
        out = ffi.new("oms_breaker_t **")
        code = lib.oms_breaker_init(memory, size, config._c, out)
        if code < 0:
            raise refused("oms_breaker_init", code, config, None)
        self._oms: Any = out[0]

    def __reduce__(self) -> Any:
        raise TypeError(
            "a Breaker cannot be copied or pickled: its state lies in memory that stays where it "
            "is. Make another one by its configuration"
        )
