#!/usr/bin/env python3
"""Builds and tests the Python packages, in an environment of their own in out/venv.

    tools/pypackage.py install | test | types | wheel | bench
    tools/pypackage.py freqtrade [--spot] [--futures] [BASE_QUOTE-TIMEFRAME.csv | .feather ...]

The environment sees what is installed for Python here; what is missing comes by pip.
"""

import hashlib
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

from harness import OUT, ROOT, Fail, Result, Skip

PACKAGE = ROOT / "python"
VENV = OUT / "venv"
PYTHON = VENV / "bin" / "python"
# To build and run; and what checks the types.
NEEDED = {"cffi": "cffi>=1.15", "setuptools": "setuptools>=64", "wheel": "wheel"}
TYPES = {"mypy": "mypy"}
# freqtrade is in an environment of its own, made anew when the list changes; some 115 MB by pip.
FREQTRADE = PACKAGE / "tests" / "freqtrade.txt"
FREQTRADE_PYTHON = (3, 11)
# Any program of the machine can find its interpreter; nothing builds without cargo.
BARE_PATH = "/usr/bin:/bin"


class Shell:
    """Runs commands for a person: what they print is seen."""

    def run(self, cmd, check=True, env=None, timeout=3600, cwd=ROOT):
        """As Log.run."""
        cmd = [str(c) for c in cmd]
        p = subprocess.run(cmd, cwd=cwd, env={**os.environ, **(env or {})}, timeout=timeout,
                           check=False)
        if check and p.returncode != 0:
            raise Fail(f"exit code {p.returncode}: {' '.join(cmd)[:160]}")
        return p


def environment(log, modules):
    """The environment, with these modules in it."""
    header = Path(sysconfig.get_paths()["include"]) / "Python.h"
    if not header.exists():
        raise Skip(f"{header} is missing: install python3-dev")
    if not PYTHON.exists():
        log.run([sys.executable, "-m", "venv", "--system-site-packages", VENV])
    lacking = [
        name for module, name in modules.items()
        if log.run([PYTHON, "-c", f"import {module}"], check=False).returncode != 0
    ]
    if lacking and log.run([PYTHON, "-m", "pip", "install", "-q", *lacking],
                           check=False).returncode != 0:
        raise Skip(f"pip cannot install {', '.join(lacking)}")


def install(log):
    """Both packages, as `pip install ./python` does it."""
    environment(log, NEEDED)
    log.run(["rm", "-rf", ROOT / "target" / "python"])
    log.run([PYTHON, "-m", "pip", "install", "-q", "--no-build-isolation", "--no-deps",
             "--force-reinstall", PACKAGE])


def lacks_package(log):
    """Whether the package is not installed, or was made for another header."""
    header = (ROOT / "include" / "oms.h").read_bytes()
    code = "import oms; print(oms.HEADER_HASH)"
    p = log.run([PYTHON, "-c", code], check=False, cwd=OUT) if PYTHON.exists() else None
    return p is None or p.returncode != 0 or hashlib.sha256(header).hexdigest() not in p.stdout


def tests(log):
    """The tests of python/tests, against what is installed; a skip is told."""
    install(log)
    # From outside python/, so that the sources there are not what is imported.
    work = OUT / "python"
    work.mkdir(parents=True, exist_ok=True)
    link = work / "tests"
    link.unlink(missing_ok=True)
    link.symlink_to(PACKAGE / "tests")
    p = log.run([PYTHON, "-W", "error", "-m", "unittest", "discover", "-v", "-s", "tests",
                 "-t", "."], check=False, cwd=work)
    if p.stdout is None:
        return Result(1)
    ran = re.search(r"^Ran (\d+) tests", p.stdout, re.M)
    count = int(ran[1]) if ran else 0
    bad = len(re.findall(r"^(?:FAIL|ERROR): ", p.stdout, re.M))
    skipped = re.findall(r"^(.*) \.\.\. skipped '?(.*?)'?$", p.stdout, re.M)
    # The document of the original lies beside the project, not in it: its examples are extra.
    beside = [why for _, why in skipped if "document is not at hand" in why]
    told = [f"{name}: {why}" for name, why in skipped if why not in beside]
    if p.returncode != 0 or count == 0:
        raise Fail(f"{count} tests, {bad} failed", max(count - bad, 0), max(bad, 1), told)
    return Result(count, f"{count} tests", told)


def types(log):
    """mypy --strict over both packages, as they are installed, and the example."""
    environment(log, TYPES)
    log.run([PYTHON, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir",
             OUT / "mypy", "-p", "oms", "-p", "order_manager"], cwd=OUT)
    log.run([PYTHON, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir",
             OUT / "mypy", PACKAGE / "examples" / "order_management_example.py",
             PACKAGE / "benchmarks", ROOT / "examples" / "story" / "story.py"], cwd=OUT)


def wheel(log):
    """A wheel in dist/ that needs neither cargo nor this folder."""
    environment(log, NEEDED)
    log.run(["rm", "-rf", ROOT / "target" / "python"])
    for old in (ROOT / "dist").glob("oms_core-*.whl"):
        old.unlink()
    log.run([PYTHON, "-m", "pip", "wheel", "-q", "--no-build-isolation", "--no-deps", "-w",
             ROOT / "dist", PACKAGE])
    (made,) = (ROOT / "dist").glob("oms_core-*.whl")
    return made


def wheel_works(log):
    """The wheel, in an environment without cargo and without the sources."""
    made = wheel(log)
    if "-abi3-" not in made.name:
        raise Fail(f"{made.name} is for one version of Python only")
    bare = OUT / "wheel-venv"
    log.run(["rm", "-rf", bare])
    log.run([PYTHON, "-m", "venv", "--system-site-packages", bare])
    site = log.run([PYTHON, "-c", "import cffi, os; print(os.path.dirname(cffi.__path__[0]))"])
    env = {"PATH": f"{bare}/bin:{BARE_PATH}", "PYTHONPATH": ""}
    python = bare / "bin" / "python"
    log.run([python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", made], env=env)
    # cffi comes from where it is; the package must come from the wheel.
    code = (
        f"import sys; sys.path.append({site.stdout.strip()!r})\n"
        "import oms, order_manager as m\n"
        f"assert oms.__file__.startswith({str(bare)!r}), oms.__file__\n"
        "r = m.OrderExecutor('backtest').execute(m.MarketOrder('A', quantity=1),"
        " market_data={'price': 2.0})\n"
        "assert r.success, r.error_message\n"
        "print(oms.version(), r.execution_price)\n"
    )
    log.run([python, "-c", code], env=env, cwd=OUT)
    return made


def bench(log):
    """What a call costs beside C."""
    install(log)
    log.run([PYTHON, PACKAGE / "benchmarks" / "overhead.py"], cwd=OUT)


def freqtrade_python(log):
    """The interpreter of an environment that has freqtrade."""
    if sys.version_info < FREQTRADE_PYTHON:
        raise Skip("freqtrade needs Python {}.{}".format(*FREQTRADE_PYTHON))
    home = OUT / "freqtrade"
    python, known = home / "bin" / "python", home / "list.txt"
    wanted = f"# Python {sys.version}\n{FREQTRADE.read_text()}"
    if known.exists() and known.read_text() == wanted:
        return python
    log.run(["rm", "-rf", home])
    log.run([sys.executable, "-m", "venv", home])
    # A machine without network must not wait long to learn it.
    p = log.run([python, "-m", "pip", "install", "-q", "--no-deps", "--no-compile",
                 "--only-binary", ":all:", "--retries", "2", "--timeout", "60",
                 "-r", FREQTRADE], check=False)
    if p.returncode != 0:
        why = (p.stdout or "").strip().splitlines()[-1:] or [f"exit code {p.returncode}"]
        raise Skip(f"pip cannot get what {FREQTRADE.name} lists: {why[0][:160]}")
    known.write_text(wanted)
    return python


def freqtrade(log, *arguments):
    """Backtests of freqtrade with the example strategies."""
    python = freqtrade_python(log)
    log.run([python, "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", "--no-index",
             wheel(log)])
    # What it compiles of freqtrade is kept in the environment.
    p = log.run([python, PACKAGE / "tests" / "freqtrade_backtest.py", *arguments],
                env={"PYTHONDONTWRITEBYTECODE": ""})
    if p.stdout is None:
        return Result()
    runs = re.findall(r"^(\w+): trades (\d+), ", p.stdout, re.M)
    if len(runs) != 2:
        raise Fail(f"{len(runs)} backtests, not 2")
    return Result(len(runs), ", ".join(f"{name}: {count} trades" for name, count in runs))


def step(log):
    """All of it, for tools/test."""
    result = tests(log)
    skipped = list(result.skipped)
    try:
        types(log)
    except Skip as e:
        skipped.append(f"types: {e}")
    made = wheel_works(log)
    example = log.run([PYTHON, PACKAGE / "examples" / "order_management_example.py"], cwd=OUT)
    if "5. Complete workflow" not in example.stdout:
        raise Fail("the example does not come to its end", result.passed)
    bench(log)
    return Result(result.passed + 4, f"{result.passed} tests, types, {made.name}", skipped)


VERBS = {"install": install, "test": tests, "types": types, "wheel": wheel, "bench": bench,
         "freqtrade": freqtrade}


def main():
    """One verb; of freqtrade's backtest also what it is told."""
    verb, *more = sys.argv[1:] or [""]
    if verb not in VERBS or (more and verb != "freqtrade"):
        print(f"usage: tools/pypackage.py {' | '.join(VERBS)}", file=sys.stderr)
        return 2
    try:
        VERBS[verb](Shell(), *more)
    except (Fail, Skip) as e:
        print(f"pypackage: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
