"""Writes oms/_records.py: a class for each record of the header, with a property for each field."""

from __future__ import annotations

import re

from generate.constants import quote
from generate.header import Header, Struct, Variable
from generate.names import attribute, camel, is_flags, prefix

HEAD = '''"""Records of oms.h. Made by generate/: do not edit."""

# ruff: noqa
from __future__ import annotations

from typing import Any, Sequence

from oms import _constants as k
from oms.record import Record, Request, copy_into, text_into

'''

INT = """
    @property
    def {name}(self) -> int:
        {doc}
        value: int = self._c.{at}
        return value

    @{name}.setter
    def {name}(self, value: int) -> None:
        self._c.{at} = value
"""

ENUM = """
    @property
    def {name}(self) -> k.{kind} | int:
        {doc}
        value: int = self._c.{at}
        return {look}

    @{name}.setter
    def {name}(self, value: int) -> None:
        self._c.{at} = value
"""

WIDE = """
    @property
    def {name}(self) -> int:
        {doc}
        value: int = (self._c.{at}.hi << 64) + self._c.{at}.lo
        return value

    @{name}.setter
    def {name}(self, value: int) -> None:
        self._c.{at}.hi = value >> 64
        self._c.{at}.lo = value & 0xFFFFFFFFFFFFFFFF
"""

NESTED = """
    @property
    def {name}(self) -> {kind}:
        {doc}
        return {kind}.part(self, "{at}")

    @{name}.setter
    def {name}(self, value: {kind} | dict[str, Any]) -> None:
        copy_into(self.{name}, value)
"""

TEXT = """
    @property
    def {name}(self) -> str:
        {doc}
        return bytes(self._c.{at}).rstrip(b"\\0").decode("ascii")

    @{name}.setter
    def {name}(self, value: str) -> None:
        text_into(self._c.{at}, value)
"""

NUMBERS = """
    @property
    def {name}(self) -> list[int]:
        {doc}
        return list(getattr(self._c, "{at}"))

    @{name}.setter
    def {name}(self, value: Sequence[int]) -> None:
        for i, one in enumerate(value):
            getattr(self._c, "{at}")[i] = one
"""

PARTS = """
    @property
    def {name}(self) -> list[{kind}]:
        {doc}
        return [{kind}.part(self, "{at}", i) for i in range({length})]

    @{name}.setter
    def {name}(self, value: Sequence[{kind} | dict[str, Any]]) -> None:
        for part, one in zip(self.{name}, value, strict=False):
            copy_into(part, one)
"""


def enumeration(header: Header, doc: str) -> str | None:
    """The enumeration that a field's comment names first: `OMS_SIDE_*`."""
    m = re.match(r"(?:[A-Z][a-z, ]+: )?(OMS_[A-Z_]+_)\*", doc)
    if m is None:
        return None
    for s in header.scalars.values():
        if s.constants and prefix(s) == m[1]:
            return s.name
    raise ValueError(f"no enumeration is called {m[1]}*")


def one(header: Header, f: Variable, at: str) -> str:
    """The property of a field."""
    name = attribute(f.name)
    doc = quote(f.doc, "        ")
    if f.length:
        if f.kind == "uint8_t":
            return TEXT.format(name=name, at=at, doc=doc)
        if f.kind in header.structs:
            return PARTS.format(name=name, at=at, doc=doc, kind=camel(f.kind), length=f.length)
        return NUMBERS.format(name=name, at=at, doc=doc)
    if f.kind == "oms_int128_t":
        return WIDE.format(name=name, at=at, doc=doc)
    if f.kind in header.structs:
        return NESTED.format(name=name, at=at, doc=doc, kind=camel(f.kind))
    if found := enumeration(header, f.doc):
        kind = camel(found)
        flags = is_flags(header.scalars[found])
        look = f"k.{kind}(value)" if flags else f"k.{kind}._value2member_map_.get(value, value)"
        ignore = "" if flags else "  # type: ignore[return-value]"
        return ENUM.format(name=name, at=at, doc=doc, kind=kind, look=look + ignore)
    return INT.format(name=name, at=at, doc=doc)


def record(header: Header, s: Struct, kinds: dict[str, int]) -> str:
    """The class of a record."""
    is_request = bool(s.fields) and s.fields[0].kind == "oms_request_header_t"
    shown = [f for f in s.fields if not f.name.startswith("reserved")]
    names = [attribute(f.name) for f in shown if f.name != "header"]
    out = [f"\n\nclass {camel(s.name)}({'Request' if is_request else 'Record'}):\n"]
    out.append(f"    {quote(s.doc, '    ')}\n\n    __slots__ = ()\n")
    out.append(f'    _name = "{s.name}"\n')
    if is_request:
        number = kinds[s.name]
        out.append(f"    _kind = {number}\n")
        names.insert(0, "now")
    listed = "".join(f'        "{n}",\n' for n in names)
    out.append(f"    _fields = (\n{listed}    )\n")
    for f in shown:
        if f.name == "header":
            now = Variable("now", "oms_nanos_t", doc="The caller's time, nanoseconds.")
            out.append(one(header, now, "header.now"))
        else:
            out.append(one(header, f, f.name))
    return "".join(out)


def write(header: Header) -> str:
    """The text of the module."""
    kinds = {c.doc: c.value for c in header.scalars["oms_request_kind_t"].constants}
    out = [HEAD]
    names = []
    for s in header.structs.values():
        if s.fields and s.name not in ("oms_int128_t", "oms_request_header_t"):
            out.append(record(header, s, kinds))
            names.append(camel(s.name))
    listed = "".join(f'    "{n}",\n' for n in names)
    out.append(f"\n\n__all__ = [\n{listed}]\n")
    return "".join(out)
