"""include/oms.h as data: types with their constants, records with offsets, functions.

The header is generated, so its form is known; whatever is not of that form is an error here, not a
gap in a binding.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

HEADER = Path(__file__).resolve().parent.parent / "include" / "oms.h"

DOC = r"(?:/\*\*(?P<doc>(?:(?!\*/).)*)\*/\n)?"
PLAIN = {"int64_t": 8, "uint64_t": 8, "int32_t": 4, "uint32_t": 4, "uint16_t": 2, "uint8_t": 1,
         "size_t": 8}
# What the unit types of the header are: none of them has constants.
UNITS = ["oms_ticks_t", "oms_lots_t", "oms_money_t", "oms_ratio_t", "oms_nanos_t", "oms_id_t"]


@dataclass
class Constant:
    """OMS_X, its value and what it means."""

    name: str
    value: int
    doc: str


@dataclass
class Scalar:
    """A named integer type; `prefix` is what the names of its constants begin with."""

    name: str
    base: str
    doc: str
    constants: list = field(default_factory=list)
    prefix: str = ""
    naming: str = ""


@dataclass
class Field:
    """A field of a record. `scalar` is the type that its values are of, if they have one."""

    name: str
    type: str
    count: int
    doc: str
    offset: int
    scalar: str = ""

    @property
    def reserved(self):
        return re.fullmatch(r"reserved\d*", self.name) is not None


@dataclass
class Record:
    """A struct of fixed layout. `kind` is the constant of a request."""

    name: str
    doc: str
    size: int
    fields: list
    kind: str = ""


@dataclass
class Param:
    """A parameter; `way` is value, in (one record that is read) or out (one that is written)."""

    name: str
    type: str
    way: str


@dataclass
class Function:
    """A function of the library."""

    name: str
    result: str
    params: list
    doc: str


class Model:
    """Everything the header declares."""

    def __init__(self, text):
        self.scalars = {}
        self.constants = []
        self.records = {}
        self.functions = {}
        self.read_scalars(text)
        self.read_constants(text)
        self.read_records(text)
        self.read_functions(text)
        self.join()

    def read_scalars(self, text):
        for m in re.finditer(DOC + r"typedef (\w+) (oms_\w+_t);", text, re.S):
            if m[2] in PLAIN:
                self.scalars[m[3]] = Scalar(m[3], m[2], words(m["doc"]))

    def read_constants(self, text):
        pattern = DOC + r"#define (OMS_\w+) (.+)"
        for m in re.finditer(pattern, re.sub(r"(?s)/\*\*(?:(?!\*/).)*\*/\n(?!#define)", "", text)):
            typed = re.fullmatch(r"\(\((\w+)\)(-?\d+)u?\)", m[3])
            number = re.fullmatch(r"(0x[0-9A-F]+|\d+)u?", m[3])
            if typed:
                constant = Constant(m[2], int(typed[2]), words(m["doc"]))
                if typed[1] in self.scalars:
                    self.scalars[typed[1]].constants.append(constant)
                else:
                    self.constants.append(constant)
            elif number or m[3] == "UINT32_MAX":
                value = int(number[1], 0) if number else 2**32 - 1
                self.constants.append(Constant(m[2], value, words(m["doc"])))
            elif "(" not in m[3]:
                raise ValueError(f"{m[2]}: \"{m[3]}\" is no number that is known here")

    def read_records(self, text):
        sizes = {m[1]: int(m[2]) for m in re.finditer(r"sizeof\((\w+)\) == (\d+)", text)}
        offsets = {(m[1], m[2]): int(m[3])
                   for m in re.finditer(r"offsetof\((\w+), (\w+)\) == (\d+)", text)}
        pattern = DOC + r"typedef struct (\w+) \{\n((?:(?!\n\}).)*)\n\} (\w+);"
        for m in re.finditer(pattern, text, re.S):
            fields = []
            for f in re.finditer(r"\s*" + DOC + r"\s*(?:struct )?(\w+) (\w+)(?:\[(\d+)\])?;",
                                 m[3], re.S):
                at = offsets.get((m[2], f[3]))
                if at is None:
                    raise ValueError(f"{m[2]}.{f[3]}: the header asserts no offset")
                fields.append(Field(f[3], f[2], int(f[4] or 0), words(f["doc"]), at))
            self.records[m[2]] = Record(m[2], words(m["doc"]), sizes[m[2]], fields)

    def read_functions(self, text):
        pattern = DOC + r"(const char \*|\w+ )(oms_\w+)\(((?:[^;{}()])*)\);"
        for m in re.finditer(pattern, text, re.S):
            if m[3] in self.functions:
                continue
            listed = [] if m[4].strip() == "void" else m[4].split(",")
            params = [parameter(" ".join(p.split())) for p in listed]
            self.functions[m[3]] = Function(m[3], m[2].strip(), params, m["doc"] or "")

    def join(self):
        """What belongs together by its name."""
        for s in self.scalars.values():
            names = [c.name for c in s.constants]
            if names:
                s.prefix = common(names)
            stem = s.name[4:-2]
            for tried in (stem, stem.removesuffix("_kind"), stem.removesuffix("s")):
                if f"oms_{tried}_name" in self.functions:
                    s.naming = f"oms_{tried}_name"
                    break
        kinds = {c.name for c in self.scalars["oms_request_kind_t"].constants}
        for r in self.records.values():
            kind = f"OMS_REQUEST_{r.name[4:-2].upper()}"
            r.kind = kind if kind in kinds else ""
            for f in r.fields:
                f.scalar = self.meant(f)

    def meant(self, f):
        """The type whose constants a field's text speaks of, if it is as wide."""
        if f.type in UNITS:
            return f.type
        m = re.search(r"\b(OMS_[A-Z_]*_)\*", f.doc)
        for s in self.scalars.values():
            if m and s.prefix == m[1] and s.base == f.type and not f.count:
                return s.name
        return ""

    def doors(self):
        """Functions of an engine whose parameters are values, one request and single outputs."""
        for f in self.functions.values():
            if f.params and f.params[0].type == "oms_t" and f.result == "int32_t":
                if all(p.way != "other" for p in f.params[1:]) and f.name not in BY_HAND:
                    yield f


# Arrays go in or come out: written by hand in each binding, or left out.
BY_HAND = {"oms_poll", "oms_order_log", "oms_apply", "oms_init", "oms_quote_batch",
           "oms_venue_report_batch", "oms_order_check_batch", "oms_order_submit_batch"}


def parameter(text):
    """One parameter of a prototype."""
    m = re.fullmatch(r"(const )?(?:struct )?(\w+) (\*{0,2})(\w+)", text)
    if m is None:
        raise ValueError(f"no parameter: {text}")
    way = {"": "value", "*": "in" if m[1] else "out", "**": "other"}[m[3]]
    return Param(m[4], m[2], "other" if m[2] in ("void", "char") else way)


def words(doc):
    """The text of a comment, in one line."""
    return " ".join(re.sub(r"(?m)^\s*\*", "", doc or "").split())


def common(names):
    """What all names begin with, up to an underscore."""
    first = names[0]
    while first and not (first.endswith("_") and all(n.startswith(first) for n in names)):
        first = first[:-1]
    return first


def load():
    """The model of the committed header."""
    return Model(HEADER.read_text(encoding="utf-8"))
