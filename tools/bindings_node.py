"""What Node gets from the header: ffi-tests/node/abi.js (data) and abi.d.ts (types)."""

import json
import re

HEAD = "// From include/oms.h by tools/bindings. Do not edit.\n"
BIG = {"int64_t", "uint64_t"}


def camel(name):
    """oms_order_submit -> orderSubmit."""
    parts = name.removeprefix("oms_").split("_")
    return parts[0] + "".join(p.capitalize() for p in parts[1:])


def pascal(name):
    """oms_order_submit_t -> OrderSubmit."""
    return "".join(p.capitalize() for p in name.removeprefix("oms_").removesuffix("_t").split("_"))


def base(model, type_):
    """The plain C type of a type, or the record itself."""
    return model.scalars[type_].base if type_ in model.scalars else type_


def data(model):
    """abi.js."""
    constants = {c.name: c.value for c in model.constants}
    for s in model.scalars.values():
        constants |= {c.name: c.value for c in s.constants}
    records = {}
    for r in model.records.values():
        fields = [[f.name, base(model, f.type), f.offset, f.count] for f in r.fields]
        records[r.name] = {"size": r.size, "kind": r.kind, "fields": fields}
    functions = {}
    for f in model.functions.values():
        params = [[p.name, base(model, p.type), p.way] for p in f.params]
        functions[f.name] = {"result": f.result, "params": params}
    configuration = {c.value: c.doc for c in model.scalars["oms_config_field_t"].constants}
    parts = {
        "constants": constants,
        "records": records,
        "functions": functions,
        "doors": [f.name for f in model.doors()],
        "configFields": configuration,
    }
    text = HEAD + "'use strict';\n"
    for name, value in parts.items():
        text += f"\nexports.{name} = {listed(value)};\n"
    return text


def listed(value):
    """JSON with an entry a line."""
    if isinstance(value, list):
        rows = [f"  {json.dumps(v)}," for v in value]
        return "[\n" + "\n".join(rows) + "\n]"
    rows = [f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}," for k, v in value.items()]
    return "{\n" + "\n".join(rows) + "\n}"


def comment(text, indent=""):
    """A doc comment, wrapped."""
    if not text:
        return ""
    lines, line = [], ""
    for word in text.split():
        if line and len(indent) + len(line) + len(word) > 92:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.append(line)
    if len(lines) == 1:
        return f"{indent}/** {line} */\n"
    inner = "".join(f"{indent} * {x}\n" for x in lines)
    return f"{indent}/**\n{inner}{indent} */\n"


def typed(model, type_, count, given):
    """The TypeScript type of a field; what is given may be a number where it is read as bigint."""
    plain = base(model, type_)
    if plain in model.records:
        word = pascal(plain) if not given else f"Given<{pascal(plain)}>"
    elif plain == "uint8_t" and count > 8:
        return "string"
    else:
        word = ("bigint | number" if given else "bigint") if plain in BIG else "number"
    return f"({word})[]" if count else word


def types(model):
    """abi.d.ts."""
    text = HEAD
    text += """
/** A record to be given: fields left out are 0, 64-bit fields take numbers too. */
export type Given<R> = { [F in keyof R]?: R[F] extends bigint ? bigint | number
  : R[F] extends bigint[] ? (bigint | number)[]
  : R[F] extends string | number | number[] ? R[F] : Given<R[F]> };

/** What a call that changes something answers: OMS_OK (0) or something to know (> 0). */
export interface Done {
  status: number;
}
"""
    for r in model.records.values():
        if r.name == "oms_request_header_t":
            continue
        text += "\n" + comment(r.doc) + f"export interface {pascal(r.name)} {{\n"
        for f in r.fields:
            if f.type == "oms_request_header_t":
                text += "  /** The caller's time, nanoseconds. */\n  now: bigint;\n"
            elif not f.reserved and f.name != "struct_size":
                text += comment(f.doc, "  ")
                text += f"  {f.name}: {typed(model, f.type, f.count, False)};\n"
        text += "}\n"
    text += "\n/** One method for each door and each read; the header is the manual. */\n"
    text += "export interface Doors {\n"
    for f in model.doors():
        text += comment(brief(f.doc), "  ") + f"  {signature(model, f)};\n"
    text += "}\n\n/** Every constant of the header. */\nexport const constants: {\n"
    for s in model.scalars.values():
        for c in s.constants:
            text += comment(c.doc, "  ") + f"  readonly {c.name}: {c.value};\n"
    for c in model.constants:
        text += comment(c.doc, "  ") + f"  readonly {c.name}: {c.value};\n"
    text += "};\n\n/** The name of a value, without the prefix; \"?\" for an unknown one. */\n"
    text += "export interface Names {\n"
    for f in model.functions.values():
        if f.result == "const char *" and f.params:
            text += f"  {camel(f.name)}({f.params[0].name}: number): string;\n"
    return text + "}\n"


def brief(doc):
    """The first paragraph of a comment."""
    lines = re.sub(r"(?m)^\s*\* ?", "", doc).strip().split("\n\n")
    return " ".join(lines[0].split())


def signature(model, f):
    """A method as TypeScript declares it."""
    given, made = [], []
    for p in f.params[1:]:
        plain = base(model, p.type)
        if p.way == "in":
            given.append(f"{p.name}: Given<{pascal(plain)}>")
        elif p.way == "value":
            given.append(f"{p.name}: {typed(model, p.type, 0, True)}")
        else:
            made.append((p.name, typed(model, p.type, 0, False)))
    if reads(f):
        result = made[0][1]
    else:
        fields = "; ".join(f"{n}: {t}" for n, t in made)
        result = f"Done & {{ {fields} }}" if made else "Done"
    return f"{camel(f.name)}({', '.join(given)}): {result}"


def reads(f):
    """Whether a function answers one thing and takes no record: the thing itself is returned."""
    made = [p for p in f.params if p.way == "out" and p.type != "oms_t"]
    return len(made) == 1 and all(p.way != "in" for p in f.params[1:])


def files(model):
    """{path: text}."""
    return {"ffi-tests/node/abi.js": data(model), "ffi-tests/node/abi.d.ts": types(model)}
