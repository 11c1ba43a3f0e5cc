"""Builds oms._abi, the bindings by cffi, and writes the modules that follow from the header.

Run by setup.py. The library is linked in, so that what is built stands alone.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import cffi

from generate import constants, doors, records
from generate.header import Header, Variable, read

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent


def declared(p: Variable) -> str:
    """A field or parameter in C."""
    stars = "*" * p.pointers
    length = f"[{p.length}]" if p.length else ""
    return f"{'const ' if p.const else ''}{p.kind} {stars}{p.name}{length}"


def declarations(header: Header) -> str:
    """What cffi reads: types, records and functions, without directives."""
    out = [f"typedef {s.base} {s.name};" for s in header.scalars.values()]
    for s in header.structs.values():
        if s.fields:
            body = " ".join(declared(f) + ";" for f in s.fields)
            out.append(f"typedef struct {s.name} {{ {body} }} {s.name};")
        else:
            out.append(f"typedef struct {s.name} {s.name};")
    for f in header.functions:
        listed = ", ".join(declared(p) for p in f.parameters) or "void"
        out.append(f"{f.result} {f.name}({listed});")
    return "\n".join(out)


def library() -> Path:
    """The static library: what OMS_LIBRARY names, else built here by cargo."""
    if given := os.environ.get("OMS_LIBRARY"):
        return Path(given).resolve()
    # As in the Makefile, so that what it has built is not built again.
    command = ["cargo", "rustc", "--release", "--lib", "--target-dir", "target"]
    command += ["--features", "capi", "--crate-type", "staticlib,cdylib", "--"]
    command += ["-C", "link-arg=-Wl,-soname,liboms.so.0"]
    try:
        subprocess.run(command, cwd=ROOT, check=True)
    except FileNotFoundError as e:
        raise SystemExit(
            "oms is built by cargo, which is not here: install Rust (https://rustup.rs), or "
            "install a wheel that was built by `make wheel`"
        ) from e
    return ROOT / "target" / "release" / "liboms_core.a"


def write(header: Header) -> None:
    """The modules that follow from the header."""
    for name, made in (("_constants", constants), ("_records", records), ("_doors", doors)):
        target = HERE / "oms" / f"{name}.py"
        text = made.write(header)
        if not target.exists() or target.read_text() != text:
            target.write_text(text)


def make() -> cffi.FFI:
    """The bindings."""
    header = read(ROOT / "include" / "oms.h")
    write(header)
    ffi = cffi.FFI()
    ffi.cdef(declarations(header))
    ffi.set_source(
        "oms._abi",
        '#include "oms.h"',
        include_dirs=[str(ROOT / "include")],
        extra_objects=[str(library())],
        extra_compile_args=["-O2"],
        # Of the static library only what is used, and none of it is seen from outside.
        extra_link_args=["-Wl,--gc-sections", "-Wl,--exclude-libs,ALL", "-Wl,-s"],
    )
    return ffi


ffi = make()
