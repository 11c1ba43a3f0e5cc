"""Writes oms/_doors.py: a method or function for each function of the header.

A function of an engine is a method of Engine, one of a breaker a method of Breaker. A request
record may be given whole or field by field. What the function writes is what the method returns.
"""

from __future__ import annotations

from generate.constants import quote
from generate.header import Function, Header, Variable
from generate.names import BY_HAND, attribute, camel

HEAD = '''"""Doors of oms.h. Made by generate/: do not edit."""

# ruff: noqa
from __future__ import annotations

from typing import Any, NamedTuple

from oms import _constants as k
from oms import _records as r
from oms._abi import ffi, lib
from oms.errors import refused
from oms.record import Doors, text_of

_STATUS = k.Status._value2member_map_
'''


def is_out(p: Variable) -> bool:
    """Whether the function writes to it."""
    return p.pointers == 1 and not p.const


def field_of(p: Variable) -> str:
    """Its name in a tuple, which has a method count."""
    return "number" if p.name == "count" else attribute(p.name)


class Door:
    """One function, as Python sees it."""

    def __init__(self, header: Header, function: Function) -> None:
        self.header = header
        self.f = function
        first = function.parameters[0].kind if function.parameters else ""
        self.owner = {"oms_t": "Engine", "oms_breaker_t": "Breaker"}.get(first, "")
        self.rest = function.parameters[1:] if self.owner else function.parameters
        self.name = function.name.removeprefix("oms_")
        if self.owner == "Breaker":
            self.name = self.name.removeprefix("breaker_")
        self.outs = [p for p in self.rest if is_out(p)]
        self.reads = bool(self.owner) and function.parameters[0].const

    @property
    def path(self) -> str:
        """Where it is to be found in `oms`."""
        return f"{self.owner}.{self.name}" if self.owner else self.name

    def is_request(self, p: Variable) -> bool:
        """Whether a parameter is a request record."""
        s = self.header.structs.get(p.kind)
        return s is not None and bool(s.fields) and s.fields[0].kind == "oms_request_header_t"

    def kind_of(self, p: Variable) -> str:
        """The Python type of a parameter or output."""
        return f"r.{camel(p.kind)}" if p.kind in self.header.structs else "int"

    def arguments(self) -> str:
        """The parameters of the method."""
        listed = ["self"] if self.owner else []
        requests = False
        # An order is named by its id or, when that is 0, by the caller's.
        spared = {"client_id", "after"}
        if any(p.name == "client_id" for p in self.rest):
            spared.add("order")
        for p in self.rest:
            if is_out(p):
                continue
            if self.is_request(p):
                listed.append(f"{attribute(p.name)}: {self.kind_of(p)} | None = None")
                requests = True
            else:
                default = " = 0" if p.name in spared else ""
                listed.append(f"{attribute(p.name)}: {self.kind_of(p)}{default}")
        return ", ".join(listed + (["**fields: Any"] if requests else []))

    def answer(self) -> str:
        """What it returns."""
        if not self.outs:
            return "k.Status"
        if self.reads or not self.owner or self.owner == "Breaker":
            if len(self.outs) == 1:
                return self.kind_of(self.outs[0])
        return camel(self.f.name + "_t") + "Answer"

    def body(self) -> str:
        """The statements."""
        lines, given, request = [], [], "None"
        if self.owner:
            given.append("self._oms")
        for p in self.rest:
            name = attribute(p.name)
            if is_out(p):
                if p.kind in self.header.structs:
                    lines.append(f"{name} = {self.kind_of(p)}()")
                    given.append(f"{name}._c")
                else:
                    lines.append(f'{name} = ffi.new("{p.kind} *")')
                    given.append(name)
            elif self.is_request(p):
                lines.append(f"sent = self._sent({self.kind_of(p)}, {name}, fields)")
                given.append("sent._c")
                request = "sent"
            else:
                given.append(f"{name}._c" if p.kind in self.header.structs else name)
        lines.append(f"code: int = lib.{self.f.name}({', '.join(given)})")
        owner = "self" if self.owner == "Engine" else "None"
        lines.append("if code < 0:")
        lines.append(f'    raise refused("{self.f.name}", code, {request}, {owner})')
        shown = [self.shown(p) for p in self.outs]
        answer = self.answer()
        if not self.outs:
            lines.append("return _STATUS[code]  # type: ignore[return-value]")
        elif answer.endswith("Answer") and answer != "r.Answer":
            lines.append(f"return {answer}(_STATUS[code], {', '.join(shown)})"
                         "  # type: ignore[arg-type]")
        elif shown[0].endswith("[0]"):
            lines += [f"found: int = {shown[0]}", "return found"]
        else:
            lines.append(f"return {shown[0]}")
        return "\n".join(lines)

    def shown(self, p: Variable) -> str:
        """An output, to the caller."""
        name = attribute(p.name)
        return name if p.kind in self.header.structs else f"{name}[0]"

    def text(self, indent: str) -> str:
        """The definition."""
        doc = quote(self.f.doc, indent + "    ")
        body = self.body().replace("\n", "\n" + indent + "    ")
        head = f"{indent}def {self.name}({self.arguments()}) -> {self.answer()}:\n"
        return f"\n{head}{indent}    {doc}\n{indent}    {body}\n"

    def tuple(self) -> str:
        """The class of its answer, when it has one of its own."""
        answer = self.answer()
        if not answer.endswith("Answer") or answer == "r.Answer":
            return ""
        fields = "".join(
            f"    {field_of(p)}: {self.kind_of(p)}\n" for p in self.outs
        )
        return (f"\n\nclass {answer}(NamedTuple):\n"
                f'    """What {self.name} answers."""\n\n    status: k.Status\n{fields}')


def value_function(header: Header, f: Function) -> str:
    """One that returns a number or a text instead of a status."""
    name = f.name.removeprefix("oms_")
    listed, given = [], []
    for p in f.parameters:
        record = p.kind in header.structs
        listed.append(f"{p.name}: {'r.' + camel(p.kind) if record else 'int'}")
        given.append(f"{p.name}._c" if record else p.name)
    kind = "str" if f.result.startswith("const char") else "int"
    call = f"lib.{f.name}({', '.join(given)})"
    body = f"    return text_of({call})\n" if kind == "str" else (
        f"    value: int = {call}\n    return value\n")
    return (f"\n\ndef {name}({', '.join(listed)}) -> {kind}:\n"
            f"    {quote(f.doc, '    ')}\n{body}")


def write(header: Header) -> str:
    """The text of the module."""
    parts: dict[str, list[str]] = {"Engine": [], "Breaker": [], "": []}
    tuples, table, names = [], {}, []
    for f in header.functions:
        if f.name in BY_HAND:
            table[f.name] = BY_HAND[f.name]
        elif f.result != "int32_t":
            parts[""].append(value_function(header, f))
            table[f.name] = f.name.removeprefix("oms_")
            names.append(table[f.name])
        else:
            door = Door(header, f)
            tuples.append(door.tuple())
            parts[door.owner].append(door.text("    ") if door.owner else "\n" + door.text(""))
            table[f.name] = door.path
            if not door.owner:
                names.append(door.name)
            if door.tuple():
                names.append(door.answer())
    out = [HEAD, *tuples]
    for owner in ("Engine", "Breaker"):
        out.append(f'\n\nclass {owner}Doors(Doors):\n    """Doors of {owner}."""\n\n'
                   "    __slots__ = ()\n")
        out += parts[owner]
    out += parts[""]
    listed = "".join(f'    "{c}": "{p}",\n' for c, p in table.items())
    out.append(f"\n\nDOORS: dict[str, str] = {{\n{listed}}}\n"
               '"""Each function of the header, and what it is called here."""\n')
    exported = "".join(f'    "{n}",\n' for n in names)
    out.append(f"\n__all__ = [\n{exported}]\n")
    return "".join(out)
