"""What the library refuses, as exceptions that say what was wrong and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oms import _constants as k
from oms._abi import ffi, lib
from oms.record import Record, text_of

if TYPE_CHECKING:
    from oms._records import Verdict

ADVICE = {
    "E_NULL": "give the record that the function needs",
    "E_SIZE": "module and library differ: install them together",
    "E_KIND": "give the record of this door, made by its class",
    "E_ENUM": "use a member of the enumeration that the field's documentation names",
    "E_RESERVED": "leave reserved fields 0, and fields that this kind does not read",
    "E_RANGE": "look up the ranges of the fields: help(record class)",
    "E_CONFIG": "change the field; its range is in help(oms.Config)",
    "E_UNKNOWN": "use an id that the engine gave; it may be from another run",
    "E_STALE": "the record was ended and its place is used again: keep what you need when it ends",
    "E_FOREIGN": "ask the engine that gave the id (config.engine_tag)",
    "E_TERMINAL": "it has ended: nothing is left to be done",
    "E_PENDING": "wait for the answer that is outstanding, then ask again",
    "E_CAPACITY": "give the engine more room (config.capacity), or end what is not needed",
    "E_SYMBOL": "define the symbol first (Engine.symbol_define)",
    "E_SCOPE": "define the scope first (Engine.scope_define)",
    "E_BAD_QTY": "report a quantity above 0",
    "E_CONFLICT": "the id is taken by other facts: use a new one, or send the same facts",
    "E_PRICE": "give a price that the symbol can have, and a bid not above the ask",
    "E_STATE": "not possible now: look at the state first (order_get, position_get, config.mode)",
    "E_AUDIT": "the engine's memory was damaged: stop trading and start anew",
}

UNITS = {
    k.Unit.NONE: "",
    k.Unit.COUNT: "",
    k.Unit.LOTS: " lots",
    k.Unit.TICKS: " ticks",
    k.Unit.MONEY: " money units",
    k.Unit.NANOS: " ns",
    k.Unit.RATIO: " parts per 10^9",
}


class OmsError(Exception):
    """A call that was refused; nothing has changed.

    `status` and `name` say why, `function` which call, `request` the record that was sent, `value`
    and `limit` the numbers where there are some, `advice` what to do.
    """

    def __init__(
        self,
        function: str,
        code: int,
        request: Record | None = None,
        value: object = None,
        limit: object = None,
    ) -> None:
        self.function = function
        self.code = code
        self.status = k.Status(code) if code in k.Status._value2member_map_ else None
        self.name = text_of(lib.oms_status_name(code))
        self.text = text_of(lib.oms_status_text(code))
        self.request = request
        self.value = value
        self.limit = limit
        self.advice = ADVICE.get(self.name.removeprefix("OMS_"), "see help of the function")
        super().__init__(self._message())

    def _message(self) -> str:
        told = f"{self.function}: {self.name}: {self.text}"
        if self.value is not None:
            told += f"; it is {self.value}"
        if self.limit is not None:
            told += f"; the limit is {self.limit}"
        if self.request is not None:
            told += f". Sent was {self.request!r}"
        return f"{told}. What to do: {self.advice}"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.function, self.code, self.request, self.value, self.limit)


class Denied(Exception):
    """The gate has denied a request: `check` says by which check, with `limit` and `observed`."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.check = verdict.first
        self.name = text_of(lib.oms_check_name(verdict.first))
        self.text = text_of(lib.oms_check_text(verdict.first))
        self.limit = verdict.limit
        self.observed = verdict.observed
        self.value = verdict.observed
        self.advice = f"see docs/risk.md, {self.name}"
        super().__init__(explain(verdict))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.verdict,)


def explain(verdict: Verdict) -> str:
    """A verdict in words: check, observed value, limit."""
    if not verdict.denied:
        return "accepted"
    told = f"denied by {text_of(lib.oms_check_name(verdict.first))}"
    told += f" ({text_of(lib.oms_check_text(verdict.first))})"
    if verdict.unit != k.Unit.NONE:
        unit = UNITS.get(verdict.unit, "")  # type: ignore[call-overload]
        told += f": observed {verdict.observed}{unit}, limit {verdict.limit}{unit}"
    return told


TABLES = {
    "oms_symbol_define": k.TableKind.SYMBOLS,
    "oms_scope_define": k.TableKind.SCOPES,
    "oms_order_adopt": k.TableKind.ORDERS,
    "oms_position_close": k.TableKind.ORDERS,
    "oms_position_adopt": k.TableKind.POSITIONS,
    "oms_trigger_arm": k.TableKind.TRIGGERS,
}


def refused(function: str, code: int, request: Record | None, owner: Any) -> OmsError:
    """The exception for a code below 0."""
    value: object = None
    limit: object = None
    if code == k.Status.E_CAPACITY and owner is not None and function in TABLES:
        out = ffi.new("oms_table_t *")
        if lib.oms_table_get(owner._oms, TABLES[function], out) == 0:
            value, limit = f"{out.used} in use", out.capacity
    kept = request.copy() if request is not None else None
    return OmsError(function, code, kept, value, limit)
