"""Writes oms/_constants.py: an IntEnum or IntFlag for each enumeration of the header."""

from __future__ import annotations

import keyword

from generate.header import Header
from generate.names import camel, is_flags, prefix

HEAD = '''"""Enumerations and constants of oms.h. Made by generate/: do not edit."""

from __future__ import annotations

from enum import IntEnum, IntFlag

'''


def quote(text: str, indent: str) -> str:
    """A text as a docstring."""
    text = text.replace("\\", "\\\\").replace('"""', "'''")
    return '"""' + text.replace("\n", "\n" + indent) + '"""'


def member(name: str) -> str:
    """A name that may stand in a class."""
    return name + "_" if keyword.iskeyword(name) or name[0].isdigit() else name


def write(header: Header) -> str:
    """The text of the module."""
    out = [HEAD]
    names = ["HEADER_HASH"]
    out.append(f'HEADER_HASH = "{header.hash}"\n"""SHA-256 of the header this was made from."""\n')
    for c in header.constants:
        name = c.name.removeprefix("OMS_").removeprefix("oms_slippage_t_")
        value = "-1" if c.name == "OMS_OFF" else str(c.value)
        out.append(f"{name} = {value}\n{quote(c.doc, '')}\n")
        names.append(name)
    for s in header.scalars.values():
        if not s.constants:
            continue
        base = "IntFlag" if is_flags(s) else "IntEnum"
        out.append(f"\n\nclass {camel(s.name)}({base}):\n    {quote(s.doc, '    ')}\n\n")
        for c in s.constants:
            short = member(c.name.removeprefix(prefix(s)))
            out.append(f"    {short} = {c.value}\n    {quote(c.doc, '    ')}\n")
        names.append(camel(s.name))
    listed = "".join(f'    "{n}",\n' for n in names)
    out.append(f"\n\n__all__ = [\n{listed}]\n")
    return "".join(out)
