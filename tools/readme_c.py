#!/usr/bin/env python3
"""Compiles and runs the C and C++ programs of README.md and docs, so that the examples always work.

A program is a ```c or ```cpp block that holds `int main`; C is built as C99 and as C++17, C++ as
C++17 and C++20. Exit code 3 says that there is none.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
CPP17 = ("c++17", ["g++", "-std=c++17", "-x", "c++"])
WAYS = {
    "c": [("c99", ["gcc", "-std=c99", "-x", "c"]), CPP17],
    "cpp": [CPP17, ("c++20", ["g++", "-std=c++20", "-x", "c++"])],
}


def blocks(text):
    """(line, language, code) of every ```c or ```cpp block with a main function."""
    for m in re.finditer(r"^```(c|cpp)\n(.*?)^```", text, re.M | re.S):
        if "int main" in m[2]:
            yield text.count("\n", 0, m.start()) + 2, m[1], m[2]


def main():
    """Builds and runs each program in each way."""
    out = ROOT / "out" / "readme"
    out.mkdir(parents=True, exist_ok=True)
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    found = [(page.name, *b) for page in pages for b in blocks(page.read_text(encoding="utf-8"))]
    done = 0
    for page, line, language, code in found:
        source = out / f"{page}-{line}.{language}"
        # The compiler names the place in the page, not in the copy.
        source.write_text(f'#line {line} "{page}"\n{code}', encoding="utf-8")
        for name, compiler in WAYS[language]:
            exe = out / f"{page}-{line}-{name}"
            command = [*compiler, *WARNINGS, "-Idist/include", source, "-x", "none"]
            built = subprocess.run([*command, "dist/liboms.a", "-o", exe], cwd=ROOT, check=False)
            if built.returncode != 0:
                print(f"{page}:{line}: does not compile as {name}")
                return 1
            ran = subprocess.run([exe], cwd=ROOT, check=False, timeout=600)
            if ran.returncode != 0:
                print(f"{page}:{line}: as {name} exits with {ran.returncode}")
                return 1
            done += 1
    print(f"README.md and docs: {len(found)} programs, {done} builds")
    return 0 if found else 3


if __name__ == "__main__":
    sys.exit(main())
