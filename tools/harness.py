"""Shared by tools/test and tools/verify: runs steps, prints one line each, sums up.

The output of every command goes to out/logs/<step>.log; it is shown when the step fails.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"
STRICT = os.environ.get("STRICT", "") not in ("", "0")
SHOWN_LINES = 400


class Fail(Exception):
    """A step found a fault. `count` is the number of faults."""

    def __init__(self, text, passed=0, count=1, skipped=()):
        super().__init__(text)
        self.passed = passed
        self.count = count
        self.skipped = list(skipped)


class Skip(Exception):
    """A step cannot run here; the text says why."""


class Result:
    """What a step reports when it passes: how many checks, and a few words."""

    def __init__(self, passed=1, note="", skipped=()):
        self.passed = passed
        self.note = note
        self.skipped = list(skipped)


class Log:
    """Runs the commands of one step and keeps what they print."""

    def __init__(self, name):
        self.path = OUT / "logs" / (re.sub(r"[^A-Za-z0-9_.+-]+", "-", name) + ".log")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("")

    def write(self, text):
        with self.path.open("a") as f:
            f.write(text)

    def run(self, cmd, check=True, env=None, timeout=3600, cwd=ROOT):
        """Runs `cmd`; with `check`, a code other than 0 is a Fail."""
        cmd = [str(c) for c in cmd]
        self.write("$ " + " ".join(cmd) + "\n")
        try:
            p = subprocess.run(
                cmd,
                cwd=cwd,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired as e:
            out = e.stdout or b""
            self.write(out.decode(errors="replace") if isinstance(out, bytes) else out)
            raise Fail(f"no end after {timeout} s: {cmd[0]}") from e
        except OSError as e:
            raise Fail(f"{cmd[0]}: {e.strerror}") from e
        self.write(p.stdout)
        if check and p.returncode != 0:
            raise Fail(f"exit code {p.returncode}: {' '.join(cmd)[:160]}")
        return p


class Report:
    """Counts checks over the steps of one driver."""

    def __init__(self, driver, width=18):
        self.driver = driver
        self.width = width
        self.passed = 0
        self.failed = 0
        self.skipped = []
        self.failures = []

    def step(self, name, function, *args):
        """Runs `function(log, *args)` and prints one line. True unless it failed."""
        log = Log(f"{self.driver}-{name}")
        begin = time.monotonic()
        print(f"{name:<{self.width}} ", end="", flush=True)
        shown = ""
        try:
            result = function(log, *args) or Result()
            self.passed += result.passed
            self.skipped += [f"{name}: {s}" for s in result.skipped]
            word, note = "ok  ", result.note
        except Skip as e:
            self.skipped.append(f"{name}: {e}")
            word, note = "skip", f"skip: {e}"
        except Fail as e:
            self.passed += e.passed
            self.failed += e.count
            self.skipped += [f"{name}: {s}" for s in e.skipped]
            self.failures.append(name)
            text = log.path.read_text(errors="replace").splitlines()[-SHOWN_LINES:]
            shown = "\n".join("    | " + line for line in text)
            word, note = "FAIL", str(e)
        print(f"{word} {time.monotonic() - begin:6.1f} s  {note}".rstrip(), flush=True)
        if shown:
            print(shown)
            print(f"    (kept in {log.path.relative_to(ROOT)})", flush=True)
        return word != "FAIL"

    def close(self):
        """Prints the sum, keeps it in out/summary/<driver>, returns the exit code."""
        print()
        for s in self.skipped:
            print(f"skipped: {s}")
        for f in self.failures:
            print(f"FAILED: {f}")
        if STRICT and self.skipped:
            print("STRICT: a skip is a failure")
            self.failed += len(self.skipped)
        sums = OUT / "summary" / self.driver
        sums.parent.mkdir(parents=True, exist_ok=True)
        sums.write_text(f"{self.passed} {self.failed} {len(self.skipped)}\n")
        print(f"{self.passed} passed, {self.failed} failed, {len(self.skipped)} skipped")
        sys.stdout.flush()
        return 1 if self.failed else 0


def have(tool):
    """Whether `tool` is on the PATH."""
    return any(
        os.access(os.path.join(d, tool), os.X_OK) for d in os.environ["PATH"].split(os.pathsep)
    )


def header_prototypes(log, header):
    """{function: number of parameters} of every function that `header` declares."""
    if not header.exists():
        raise Fail(f"{header.relative_to(ROOT)} is missing: run `make header`")
    cmd = ["gcc", "-E", "-P", "-xc", "-std=c11", "-D__attribute__(x)=", str(header)]
    p = subprocess.run(cmd, cwd=ROOT, capture_output=True, text=True, check=False)
    if p.returncode != 0:
        log.write(p.stderr)
        raise Fail("include/oms.h cannot be preprocessed")
    text = p.stdout
    # Bodies of structs and inline functions are not declarations of functions.
    while "{" in text:
        text, n = re.subn(r"\{[^{}]*\}", ";", text)
        if n == 0:
            raise Fail("include/oms.h: a brace has no partner")
    found = {}
    for statement in text.split(";"):
        m = re.search(r"\b(oms_\w+)\s*\(([^()]*)\)\s*$", statement)
        if m and "typedef" not in statement:
            inside = m[2].strip()
            found[m[1]] = 0 if inside in ("", "void") else inside.count(",") + 1
    if not found:
        raise Fail("include/oms.h declares no function")
    return found
