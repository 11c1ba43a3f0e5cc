"""Tests of oms.hpp that are not programs: what must not compile, and how strictly it compiles."""

import re
import sys

from harness import OUT, ROOT, Fail, Result, Skip, have

STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow",
          "-Werror"]
DOORS, TYPES = "ffi-tests/cpp/hpp_doors.cpp", "ffi-tests/cpp/hpp_types.cpp"
PLAIN = ["-std=c++17", "-fno-exceptions", "-fno-rtti"]
WAYS = [(DOORS, PLAIN), (TYPES, PLAIN), (TYPES, ["-std=c++17"]), (TYPES, ["-std=c++20"]),
        ("examples/story/story.cpp", ["-std=c++17", "-O2", "-Wold-style-cast"])]
# A compiler's word for a fault in a line: file:line:column: error: ...
FAULT = r"^[^\n:]*refused\.cpp:(\d+):\d+: error:"
USED = r"refused\.cpp:(\d+):\d+:(?: note: in (?:instantiation|expansion)| +required from here)"


def compilers():
    """The C++ compilers that are here, and what is missing."""
    found = [c for c in ("g++", "clang++") if have(c)]
    if not found:
        raise Skip("there is no C++ compiler")
    return found, [f"{c} is not installed" for c in ("g++", "clang++") if c not in found]


def current(log):
    """oms.hpp is what oms.h says, every C function has a door, every door a test."""
    p = log.run([sys.executable, "tools/hpp.py", "--check"], check=False)
    if p.returncode != 0:
        raise Fail(p.stdout.strip() or "no output")
    return Result(1, p.stdout.strip())


def refused(log):
    """The compiler refuses the lines of ffi-tests/hpp/refused.cpp that say so, and no other."""
    source = ROOT / "ffi-tests" / "hpp" / "refused.cpp"
    lines = source.read_text(encoding="utf-8").splitlines()
    wanted = {n for n, line in enumerate(lines, 1) if "// refused: " in line}
    found, missing = compilers()
    for compiler in found:
        every = ["-ferror-limit=0"] if compiler == "clang++" else ["-fmax-errors=0"]
        p = log.run([compiler, "-std=c++17", "-Wall", "-Wextra", "-Werror", *every,
                     "-fsyntax-only", "-Iinclude", source], check=False)
        faulty = {int(n) for n in re.findall(FAULT, p.stdout, re.M)}
        # A fault in a template or macro is told where that stands; who used it, behind that.
        faulty |= {int(n) for n in re.findall(USED, p.stdout, re.M)}
        if taken := sorted(wanted - faulty):
            raise Fail(f"{compiler} takes line {taken[0]}: {lines[taken[0] - 1].strip()}",
                       count=len(taken))
        if other := sorted(faulty - wanted):
            raise Fail(f"{compiler} refuses line {other[0]}: {lines[other[0] - 1].strip()}",
                       count=len(other))
    return Result(len(found), f"{len(wanted)} lines refused by {' and '.join(found)}", missing)


def strict(log):
    """More warnings than users have; C++20; neither exceptions nor RTTI."""
    found, missing = compilers()
    done = 0
    for compiler in found:
        for n, (program, flags) in enumerate(WAYS):
            exe = OUT / "ffi" / f"hpp-{compiler}-{n}"
            exe.parent.mkdir(parents=True, exist_ok=True)
            # The header as the user's own, not as a system's: its warnings count.
            log.run([compiler, *flags, *STRICT, "-Iinclude", program, "dist/liboms.a", "-o", exe])
            log.run([exe], timeout=60)
            done += 1
    return Result(done, f"{done} builds", missing)
