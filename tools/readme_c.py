#!/usr/bin/env python3
"""Compiles and runs the C programs of README.md, so that its first example always works.

A program is a ```c block that holds `int main`; it is built as C99 and as C++17. Exit code 3
says that there is none.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
WAYS = [
    ("c99", ["gcc", "-std=c99", "-x", "c"]),
    ("c++17", ["g++", "-std=c++17", "-x", "c++"]),
]


def blocks(text):
    """(line, code) of every ```c block with a main function."""
    for m in re.finditer(r"^```c\n(.*?)^```", text, re.M | re.S):
        if "int main" in m[1]:
            yield text.count("\n", 0, m.start()) + 2, m[1]


def main():
    """Builds and runs each program in each way."""
    out = ROOT / "out" / "readme"
    out.mkdir(parents=True, exist_ok=True)
    found = list(blocks((ROOT / "README.md").read_text(encoding="utf-8")))
    done = 0
    for line, code in found:
        source = out / f"line{line}.c"
        # The compiler names the place in README.md, not in the copy.
        source.write_text(f'#line {line} "README.md"\n{code}', encoding="utf-8")
        for name, compiler in WAYS:
            exe = out / f"line{line}-{name}"
            command = [*compiler, *WARNINGS, "-Idist/include", source, "-x", "none"]
            built = subprocess.run([*command, "dist/liboms.a", "-o", exe], cwd=ROOT, check=False)
            if built.returncode != 0:
                print(f"README.md:{line}: does not compile as {name}")
                return 1
            ran = subprocess.run([exe], cwd=ROOT, check=False, timeout=60)
            if ran.returncode != 0:
                print(f"README.md:{line}: as {name} exits with {ran.returncode}")
                return 1
            done += 1
    print(f"README.md: {len(found)} programs, {done} builds")
    return 0 if found else 3


if __name__ == "__main__":
    sys.exit(main())
