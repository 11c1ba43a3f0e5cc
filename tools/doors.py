"""oms.hpp costs nothing: callgrind counts the same session by the C calls and by oms.hpp.

benches/doors.cpp has each call twice, c_NAME and hpp_NAME. Their instructions, with those of the
library below them, must be equal.
"""

import re
from collections import defaultdict

from harness import OUT, Fail, Result, Skip, have

NAMES = ["check", "submit", "poll", "ack", "fill", "quote", "read"]
FLAGS = ["-std=c++17", "-O2", "-DNDEBUG", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def counted(dump):
    """{function: (calls, instructions)} of the measured functions, callees included."""
    total, calls, function, callee = defaultdict(int), defaultdict(int), "", ""
    names = {}

    def named(text):
        number, name = re.fullmatch(r"(\(\d+\))(?: (.*))?", text).groups()
        if name:
            names[number] = name
        return names[number]

    for line in dump.read_text(errors="replace").splitlines():
        if line.startswith("fn="):
            function = named(line[3:])
        elif line.startswith("cfn="):
            callee = named(line[4:])
        elif line.startswith("calls="):
            calls[callee] += int(line[6:].split()[0])
        elif re.match(r"[+*\d-]", line):
            total[function] += int(line.split()[1])
    return {f: (calls[f], total[f]) for f in total}


def cost(log):
    """Every hot call, by both ways, with each compiler."""
    if not have("valgrind"):
        raise Skip("valgrind is not installed")
    shown, skipped = [], []
    for compiler in ("g++", "clang++"):
        if not have(compiler):
            skipped.append(f"{compiler} is not installed")
            continue
        exe, dump = OUT / f"doors-{compiler}", OUT / f"doors-{compiler}.callgrind"
        log.run([compiler, *FLAGS, "-Iinclude", "benches/doors.cpp",
                 "dist/liboms.a", "-Wl,-z,now", "-o", exe])
        log.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={dump}",
                 "--toggle-collect=c_*", "--toggle-collect=hpp_*", exe], timeout=600)
        found = counted(dump)
        shown.append(compared(log, compiler, found))
    return Result(len(shown) * len(NAMES), "; ".join(shown), skipped)


def compared(log, compiler, found):
    """The instructions of each call; a Fail when the ways differ."""
    differ, figures = [], []
    for name in NAMES:
        (by_c, c), (by_hpp, hpp) = (found.get(f"{way}_{name}", (0, 0)) for way in ("c", "hpp"))
        # Where collection begins the call itself is not told: instructions are what counts.
        log.write(f"{compiler} {name}: C {c} in {by_c} calls, oms.hpp {hpp} in {by_hpp}\n")
        if c == 0 or c != hpp:
            differ.append(f"{name}: C {c}, oms.hpp {hpp} instructions")
        figures.append(f"{name} {c // 64}")
    if differ:
        raise Fail(f"{compiler}: {'; '.join(differ)}", count=len(differ))
    return f"{compiler}: {' '.join(figures)}"
