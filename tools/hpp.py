#!/usr/bin/env python3
"""Fills the generated parts of include/oms.hpp from include/oms.h: `make header`.

    tools/hpp.py           writes the parts between `// [NAME` and `// NAME]`
    tools/hpp.py --check   says whether they are up to date, and whether every function of oms.h has
                           a door in oms.hpp and every door a test: exit code 1 when not

What stands outside these parts is written by hand, in include/oms.hpp itself. A function of oms.h
whose shape is not known here must have its door by hand (HAND below): the run says so.
"""

import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
C_HEADER = ROOT / "include" / "oms.h"
HEADER = ROOT / "include" / "oms.hpp"
TESTS = [ROOT / "ffi-tests" / "cpp" / f"hpp_{name}.cpp" for name in ("doors", "types")]
WIDTH = 100
# Reserved words, and `none` stays as it is.
KEYWORDS = {"new", "short", "long", "double", "default", "auto", "float", "int", "char", "bool",
            "delete", "operator", "private", "public", "register", "static", "switch", "union"}
NUMBERS = {"oms_ticks_t": "ticks", "oms_lots_t": "lots", "oms_money_t": "money",
           "oms_ratio_t": "ratio", "oms_nanos_t": "nanos"}
PLAIN = {"int64_t": "std::int64_t", "uint64_t": "std::uint64_t", "int32_t": "std::int32_t",
         "uint32_t": "std::uint32_t", "uint16_t": "std::uint16_t", "uint8_t": "std::uint8_t",
         "size_t": "std::size_t"}
WIDTHS = {"uint8_t": 1, "uint16_t": 2, "uint32_t": 4, "uint64_t": 8, "int32_t": 4, "int64_t": 8}
# Fields and parameters by their name.
IDS = {"symbol": "symbol_id", "scope": "scope_id", "venue": "venue_id",
       "client_id": "client_order_id", "exec_id": "execution_id", "ref_exec_id": "execution_id",
       "superseded_by": "execution_id", "id": "record_id"}
# What oms_id_t means in a field or parameter of this name.
RECORDS = {"order": "order_id", "parent": "order_id", "linked": "order_id", "opened_by": "order_id",
           "closed_by": "order_id", "position": "position_id", "exit_position": "position_id",
           "entry_position": "position_id", "trigger": "trigger_id", "legs": "trigger_id",
           "id": "record_id"}
# Times that the C header keeps in a plain number.
TIMES = {"execution_stats": {"ack_average", "ack_worst", "end_average", "end_worst"},
         "position": {"held"}, "statistics": {"average_holding"}}
# Fields that the rules below would take for something else.
FIELDS = {("reconcile_report", "counts"): "std::uint32_t",
          ("limits_set", "types"): "oms::set_of<oms::order_type, std::uint32_t>",
          ("scope_limits_set", "types"): "oms::set_of<oms::order_type, std::uint32_t>",
          ("scope_define", "parent"): "oms::scope_id", ("scope", "parent"): "oms::scope_id",
          ("denials", "denied_by"): "std::uint64_t", ("denials", "named_by"): "std::uint64_t",
          ("limits_set", "repeat_max"): "std::int64_t",
          ("scope_limits_set", "heartbeat_max"): "std::int64_t",
          ("execution_stats", "retries"): "std::uint64_t",
          ("execution_stats", "in_doubt"): "std::uint64_t",
          ("event", "mask"): "oms::check_set", ("verdict", "mask"): "oms::check_set",
          ("symbol", "claims"): "std::uint32_t", ("book", "claims"): "std::uint32_t",
          ("trigger", "active"): "std::uint8_t", ("trigger", "step"): "std::uint32_t",
          ("trigger", "second_trail"): "std::int64_t"}
# A parameter that is an enumeration, by function and name.
ENUM_PARAMETERS = {("table_get", "table"): "table_kind", ("slippage_depth", "side"): "side",
                   ("fee", "liquidity"): "liquidity"}
# What the host fills in and that is no request, begins empty too.
INPUTS = {"breaker_config", "slippage", "slippage_order", "fee_tier", "fees", "fee_volume",
          "capacity", "retry_config", "config", "decimal", "depth_level",
          "request_header"}
# C functions that have another name in C++.
RENAMED = {"init": "make", "breaker_init": "make", "status_text": "text", "check_text": "text"}
# Doors that are written by hand.
HAND = {"request_init", "config_init", "config_check", "size", "init", "breaker_config_init",
        "breaker_size", "breaker_init", "limits_off", "scope_limits_off", "simulation_init",
        "slippage_init", "slippage_check", "fees_init", "fees_check", "fee_volume_add",
        "fee_volume_get", "slippage_depth", "quote_batch", "venue_report_batch",
        "order_check_batch", "order_submit_batch", "apply", "poll", "order_log", "audit",
        "order_get", "scope_by_name", "abi_version", "version", "status_text", "check_text"}
PAIRS = {("verdict", "order"): "submitted", ("verdict", "position"): "opened"}


class Fault(Exception):
    """Why the header cannot be made."""


def lower(name):
    """An enumerator's name: lower case, an underscore behind a reserved word."""
    name = name.lower()
    if name[0].isdigit():
        name = "_" + name
    return name + "_" if name in KEYWORDS else name


class Enum:
    """An enumeration of oms.h: its C++ name, underlying type, values with their lines."""

    def __init__(self, c_name, base, doc):
        self.c_name, self.base, self.doc, self.values = c_name, base, doc, []
        self.flags = c_name.endswith("_flags_t") or c_name in ("oms_order_facts_t",
                                                               "oms_order_marks_t")
        self.name = c_name[4:-2]
        if self.flags:
            self.name = self.name[:-1]
        self.prefix = None

    def settle(self):
        """The common beginning of the values' names."""
        names = [value for value, _ in self.values]
        single = {"oms_scope_flags_t": "OMS_SCOPE_", "oms_mass_cancel_flags_t": "OMS_MASS_CANCEL_"}
        if self.c_name in single:
            self.prefix = single[self.c_name]
            return
        parts = [n.split("_") for n in names]
        common = 0
        while all(len(p) > common + 1 for p in parts) and len({p[common] for p in parts}) == 1:
            common += 1
        self.prefix = "_".join(parts[0][:common]) + "_"


class Header:
    """What oms.h declares."""

    def __init__(self):
        self.text = C_HEADER.read_text(encoding="utf-8")
        self.enums = self.read_enums()
        self.structs = self.read_structs()
        self.functions = self.read_functions()
        self.words = self.read_words()

    def read_enums(self):
        found = []
        pattern = r"/\*\* ?((?:(?!\*/).)*?) ?\*/\ntypedef (u?int\d+_t) (oms_\w+_t);\n"
        for m in re.finditer(pattern, self.text, re.S):
            enum = Enum(m[3], m[2], m[1])
            one = r"/\*\* ?((?:(?!\*/).)*?) ?\*/\n#define (OMS_\w+) \(\(" + m[3] + r"\)"
            enum.values = [(v[2], v[1]) for v in re.finditer(one, self.text, re.S)]
            if enum.values:
                if m[3] == "oms_check_t":
                    enum.values.append(("OMS_CHECK_NONE", "every check holds"))
                enum.settle()
                found.append(enum)
        return found

    def read_structs(self):
        found = []
        pattern = r"(?:/\*\*((?:(?!\*/).)*?)\*/\n)?typedef struct (oms_\w+_t) \{(.*?)\n\} \2;"
        field = r"(?:/\*\*((?:(?!\*/).)*?)\*/\s*)?(?:struct )?(\w+) (\w+)((?:\[\w+\])*);"
        for m in re.finditer(pattern, self.text, re.S):
            fields = [(f[1] or "", f[2], f[3], f[4]) for f in re.finditer(field, m[3], re.S)]
            found.append((m[2], m[1] or "", fields))
        return found

    def read_functions(self):
        found = {}
        pattern = (r"/\*\*((?:(?!\*/).)*?)\*/\n((?:int32_t|uint32_t|size_t|const char \*)\s*)"
                   r"oms_(\w+)\(([^;]*)\);")
        for m in re.finditer(pattern, self.text, re.S):
            parameters = []
            for p in " ".join(m[4].split()).split(","):
                if p.strip() != "void":
                    kind, name = re.fullmatch(r"(.*?)(\w+)", p.strip()).groups()
                    parameters.append((kind.replace("struct ", "").strip(), name))
            found[m[3]] = (m[1], parameters, m[2].strip())
        return found

    def read_words(self):
        """What a word of a C comment is called in C++."""
        words = {"OMS_OFF": "off", "OMS_PCT": "pct", "OMS_BPS": "bps", "OMS_ALIGN": "align",
                 "OMS_CHECK_NONE": "check::none", "OMS_TYPE_": "type     "}
        for enum in self.enums:
            words[enum.c_name] = enum.name
            words[enum.prefix + "*"] = enum.name
            for value, _ in enum.values:
                words[value] = f"{enum.name}::{lower(value[len(enum.prefix):])}"
        words |= {c: cpp for c, cpp in NUMBERS.items()}
        words |= {name: name[4:-2] for name, _, _ in self.structs}
        words |= {"oms_" + name: name for name in self.functions}
        return words

    def said(self, text):
        """A comment in the words of C++."""
        enum = ""

        def word(m):
            nonlocal enum
            told = self.words.get(m[0], m[0])
            # "OMS_TYPE_LIMIT or _MARKET": the second is of the first one's enumeration.
            if m[0].startswith("_"):
                other = f"{enum}::{lower(m[0][1:])}"
                told = other if other in self.words.values() else m[0]
            elif "::" in told:
                enum = told.split("::")[0]
            return told

        pattern = r"\bOMS_[A-Z0-9_]+\*|\b(?:OMS|oms)_\w+|(?<![\w*])_[A-Z_]{2,}\b"
        return re.sub(pattern, word, text)


def is_name(h, function):
    """Whether it names the values of an enumeration."""
    return function.endswith("_name") and h.functions[function][2].startswith("const char")


def comment(text, indent):
    """Lines of a C comment as /// lines; tables and lists keep their lines."""
    lines = [re.sub(r"^\s*\* ?", "", line) for line in text.strip("\n").split("\n")]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    out, mark = [], " " * indent + "///"
    for paragraph in re.split(r"\n[ \t]*\n", "\n".join(lines)):
        if out:
            out.append(mark)
        rows = paragraph.split("\n")
        if rows[0].startswith("    "):
            # A table keeps its lines, further left: a member's comment has less room.
            out += [f"{mark} {row[4:]}".rstrip() for row in rows]
            continue
        for item in re.split(r"\n(?=- |@|Value: )", paragraph):
            hang = "  " if item.startswith(("- ", "@", "Value: ")) else ""
            text = " ".join(item.split())
            text = re.sub(r"^(@param \w+) ", r"\1  ", text)
            wrapped = textwrap.wrap(text, WIDTH - indent - 4, subsequent_indent=hang,
                                    break_long_words=False, break_on_hyphens=False)
            out += [f"{mark} {row}" for row in wrapped]
    return out


def enums(h):
    """Every enumeration, and the name of each value."""
    out = []
    names = {f[:-5]: f for f in h.functions if is_name(h, f)}
    for enum in h.enums:
        base = PLAIN[enum.base]
        out += comment(h.said(enum.doc), 0)
        out.append(f"enum class {enum.name} : {base} {{")
        for value, doc in enum.values:
            out.append(f"    /// {h.said(' '.join(doc.split()))}")
            out.append(f"    {lower(value[len(enum.prefix):])} = {value},")
        out.append("};")
        if enum.flags:
            out.append(f"/// A set of {enum.name}.")
            out.append(f"using {enum.c_name[4:-2]} = flags<{enum.name}>;")
            out.append(f"template <> struct is_flag<{enum.name}> : std::true_type {{}};")
        function = next((names[n] for n in (enum.name, enum.name.removesuffix("_kind"))
                         if n in names), None)
        if function:
            out.append("/// Its name, in capitals; \"?\" for a value that has none.")
            out.append(f"inline const char *to_string({enum.name} code) noexcept {{")
            out.append(f"    return oms_{function}(static_cast<{base}>(code));")
            out.append("}")
        out.append("")
    out.append("/// Checks, as a verdict's mask has them.")
    out.append("using check_set = set_of<check, std::uint64_t>;")
    return out


def field_type(h, struct, c_type, name, doc, array):
    """The C++ type of a field."""
    if (struct, name) in FIELDS:
        return FIELDS[struct, name]
    if name in TIMES.get(struct, ()):
        return "oms::nanos"
    if name.startswith("reserved"):
        return PLAIN[c_type]
    if c_type in NUMBERS:
        return "oms::" + NUMBERS[c_type]
    if c_type == "oms_id_t":
        return "oms::" + RECORDS[name]
    if c_type not in PLAIN:
        return "oms::" + c_type[4:-2]
    if name == "name":
        return "oms::name"
    if name in IDS and not array:
        return "oms::" + IDS[name]
    doc = " ".join(line.strip(" *") for line in doc.split("\n")).strip()
    if enum := next((e for e in h.enums if e.prefix + "*" in re.findall(r"OMS_[A-Z_]+\*", doc)),
                    None):
        if f"1 << {enum.prefix}*" in doc:
            return f"oms::set_of<oms::{enum.name}, {PLAIN[c_type]}>"
        if enum.flags:
            return f"oms::flags<oms::{enum.name}>"
        if WIDTHS[c_type] == WIDTHS[enum.base]:
            return f"oms::{enum.name}"
        return f"oms::stored<oms::{enum.name}, {PLAIN[c_type]}>"
    if re.match(r"1 (when|while) ", doc):
        return "bool" if c_type == "uint8_t" else f"oms::stored<bool, {PLAIN[c_type]}>"
    return PLAIN[c_type]


def records(h):
    """Every record, with the layout of its C twin."""
    out, checks = [], []
    for c_name, doc, fields in h.structs:
        name = c_name[4:-2]
        request = fields[0][2] == "header"
        empty = request or name in INPUTS
        out += comment(h.said(doc), 0)
        out.append(f"struct {name} {{")
        for field_doc, c_type, field, array in fields:
            kind = field_type(h, name, c_type, field, field_doc, array)
            out += comment(h.said(field_doc), 4)
            if kind == "oms::name":
                array = ""
            if field == "header":
                out.append(f"    oms::request_header header{{oms::request_kind::{name},")
                out.append(f"                               sizeof({c_name}), {{}}}};")
                continue
            out.append(f"    {kind} {field}{array}{'{}' if empty else ''};")
        if request:
            out.append("    /// Sets header.now.")
            out.append(f"    {name} &at(oms::nanos now) noexcept {{")
            out += ["        header.now = now;", "        return *this;", "    }"]
        if name == "event":
            out.append("    /// `code` as the enumeration that its kind says.")
            out.append("    template <class E> E code_as() const noexcept {")
            out.append("        return static_cast<E>(code);")
            out.append("    }")
        out += ["};", ""]
        checks.append(f"template <> struct c_type<{name}> {{ using type = {c_name}; }};")
        checks.append(f"OMS_HPP_SAME({name}, {c_name});")
        checks += [f"OMS_HPP_PLACE({name}, {c_name}, {f});" for _, _, f, _ in fields]
    return [*out, "namespace detail {", *checks, "} // namespace detail"]


def parameter(function, kind, name):
    """(C++ parameter, argument for C) of a parameter that goes in."""
    if m := re.fullmatch(r"const (oms_\w+_t) \*", kind):
        return f"const oms::{m[1][4:-2]} &{name}", f"detail::raw(&{name})"
    if (function, name) in ENUM_PARAMETERS:
        enum = ENUM_PARAMETERS[function, name]
        return f"oms::{enum} {name}", f"static_cast<std::uint32_t>({name})"
    if kind in NUMBERS:
        return f"oms::{NUMBERS[kind]} {name}", f"{name}.count()"
    if kind == "oms_id_t":
        given = "position_id" if "position" in function else "order_id"
        given = RECORDS.get(name, given)
        return f"oms::{given} {name}", f"{name}.value()"
    if name in IDS:
        return f"oms::{IDS[name]} {name}", f"{name}.value()"
    if kind in PLAIN:
        return f"{PLAIN[kind]} {name}", name
    raise Fault(f"oms_{function}: `{kind} {name}` has no C++ type: write its door by hand (HAND)")


def result_type(function, kind, name):
    """What a pointer that is written gives."""
    inner = kind.removesuffix("*").strip()
    if function == "breaker_is_operational":
        return "oms::stored<bool, std::uint32_t>"
    if inner in NUMBERS:
        return "oms::" + NUMBERS[inner]
    if inner == "oms_id_t":
        return "oms::" + RECORDS[name]
    if name in ("symbol", "scope"):
        return "oms::" + IDS[name]
    if inner in PLAIN:
        return PLAIN[inner]
    return "oms::" + inner[4:-2]


def door(h, function, answer, indent):
    """One function as a member (answer: its handle) or free function."""
    doc, parameters, _ = h.functions[function]
    handle = "breaker" if answer == "breaker" else "oms"
    member = answer != "free"
    own = parameters[1:] if member else parameters
    ins = [p for p in own if not (p[0].endswith("*") and not p[0].startswith("const"))]
    outs = [p for p in own if p not in ins]
    if outs and own[-len(outs):] != outs:
        raise Fault(f"oms_{function}: outputs are not last: write its door by hand (HAND)")
    constant = " const" if member and parameters[0][0].startswith("const") else ""
    given = [parameter(function, *p) for p in ins]
    if len(outs) > 1:
        kind = PAIRS.get(tuple(n for _, n in outs))
        if kind is None:
            raise Fault(f"oms_{function}: outputs {outs}: write its door by hand (HAND)")
        written = [f"detail::raw(&detail::place(made)->{name})" for _, name in outs]
    elif outs:
        kind, written = result_type(function, *outs[0]), ["detail::out(made)"]
        if outs[0][0] == "uint32_t *" or outs[0][0] == "oms_id_t *" or "_t *" in outs[0][0]:
            inner = outs[0][0].removesuffix("*").strip()
            written = [f"detail::out<{inner}>(made)"]
    else:
        kind, written = "void", []
    name = function.removeprefix("breaker_") if answer == "breaker" else function
    returned = f"answer<{kind}>" if member else f"result<{kind}>"
    pad = " " * indent
    out = comment(h.said(prepared(doc, handle, [n for _, n in outs])), indent)
    tail = f"{constant} noexcept(Policy::quiet)" if member else " noexcept"
    head = f"{pad}{'' if member else 'inline '}{returned} {name}("
    out += breaking(head, [g[0] for g in given], f"){tail} {{")
    arguments = ([f"{handle}_"] if member else []) + [g[1] for g in given] + written
    out.append(f"{pad}    {returned} made;")
    out += breaking(f"{pad}    detail::code(made) = static_cast<oms::status>(oms_{function}(",
                    arguments, "));")
    if member:
        out.append(f"{pad}    Policy::look(made);")
    out += [f"{pad}    return made;", f"{pad}}}", ""]
    return out


def breaking(head, items, tail):
    """`head item, item tail`, in as many lines as it takes."""
    line = head + ", ".join(items) + tail
    if len(line) <= WIDTH:
        return [line]
    pad = " " * (len(head) - len(head.lstrip()) + 8)
    body = textwrap.wrap(", ".join(items) + tail, WIDTH - len(pad), break_long_words=False,
                         break_on_hyphens=False)
    return [head, *(pad + row for row in body)]


def prepared(doc, handle, outs):
    """A function's comment without what C++ does not see: the handle, pointers that are written."""
    doc = re.sub(r"(?m)^ \* (@param|@return)", r"\n * \1", doc)
    kept, gives = [], []
    for part in re.split(r"\n(?= \* @)|\n \*\n", doc):
        m = re.match(r" \* @param (\w+)\s+(.*)", part.strip("\n"), re.S)
        if m and m[1] == handle:
            continue
        if m and m[1] in outs:
            text = " ".join(line.strip(" *") for line in m[2].split("\n"))
            text = re.sub(r"; may be NULL|[Mm]ay be NULL[;.]? ?", "", text).strip()
            if not re.fullmatch(r"written on OMS_OK\.?", text):
                gives.append((m[1], text))
            continue
        kept.append(part.strip("\n"))
    for i, part in enumerate(kept):
        if part.lstrip(" *").startswith("@return") and gives:
            said = "; ".join(f"`{n}`: {t.rstrip('.')}" if len(outs) > 1 else t.rstrip(".")
                             for n, t in gives)
            kept[i] = f"{part}\n * Value: {said}."
    text = ""
    for part in filter(str.strip, kept):
        both = text.rsplit("\n *\n", 1)[-1].startswith(" * @") and part.startswith(" * @")
        text += ("\n" if both else "\n *\n" if text else "") + part
    return text


def doors(h, answer, chosen, indent):
    out = []
    for function in chosen:
        out += door(h, function, answer, indent)
    return out[:-1]


def generated(h):
    """The parts, by their names."""
    open_doors = [f for f in h.functions if f not in HAND and not is_name(h, f)]
    engine, breaker, free = [], [], []
    for f in open_doors:
        first = h.functions[f][1][0][0] if h.functions[f][1] else ""
        if re.fullmatch(r"(const )?oms_t \*", first):
            engine.append(f)
        elif re.fullmatch(r"(const )?oms_breaker_t \*", first):
            breaker.append(f)
        else:
            free.append(f)
    return {
        "enumerations": enums(h),
        "records": records(h),
        "engine doors": doors(h, "engine", engine, 4),
        "breaker doors": doors(h, "breaker", breaker, 4),
        "functions": doors(h, "free", free, 0),
    }


def filled(text, parts):
    """The header with its parts anew."""
    for name, lines in parts.items():
        pattern = rf"(?m)^( *// \[{name}\b[^\n]*\n).*?^( *// {name}\])"
        if len(re.findall(pattern, text, re.S)) != 1:
            raise Fault(f"include/oms.hpp: no part `// [{name}` ... `// {name}]`")
        body = "\n".join(lines) + "\n"
        text = re.sub(pattern, lambda m: m[1] + body + m[2], text, flags=re.S)
    return text


def doorless(h, text):
    """Functions of oms.h that oms.hpp never calls."""
    code = re.sub(r"//[^\n]*", "", text)
    return [f"oms_{f}" for f in h.functions if not re.search(rf"\boms_{f}\(", code)]


def untested(h):
    """Doors that no test goes through."""
    code = "".join(re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8")) for path in TESTS)
    lacking = []
    for function in h.functions:
        name = RENAMED.get(function, function)
        if is_name(h, function):
            continue
        if h.functions[function][1][:1] and "oms_breaker_t *" in h.functions[function][1][0][0]:
            name = name.removeprefix("breaker_")
        if not re.search(rf"(?:\.|::){name}(?:<\S+>)?\(", code):
            lacking.append(f"oms_{function}")
    return lacking


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    h = Header()
    text = HEADER.read_text(encoding="utf-8")
    new = filled(text, generated(h))
    if lacking := doorless(h, new):
        print(f"oms.hpp has no door for {', '.join(lacking)}")
        return 1
    if arguments and new != text:
        print("include/oms.hpp is not what oms.h says: run `make header`")
        return 1
    if arguments and (lacking := untested(h)):
        print(f"ffi-tests/cpp/hpp_doors.cpp goes through no door of {', '.join(lacking)}")
        return 1
    if new != text:
        HEADER.write_text(new, encoding="utf-8")
    print(f"oms.hpp: {len(h.functions)} functions, {len(h.structs)} records, {len(h.enums)} "
          "enumerations")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Fault as e:
        print(f"tools/hpp.py: {e}", file=sys.stderr)
        sys.exit(1)
