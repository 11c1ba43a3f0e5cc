"""The packages for Node and Go: what they take from the header, their tests, their stories."""

import json
import re
import sys
import zlib

from harness import OUT, ROOT, Fail, Result, Skip, have

NODE = ROOT / "ffi-tests" / "node"
GO = ROOT / "ffi-tests" / "go"
NODE_LEAST = 20
SECONDS = 600


def bindings(log):
    """What the packages hold of the header is what the header says."""
    p = log.run([sys.executable, "tools/bindings", "--check"], check=False)
    if p.returncode != 0:
        raise Fail(p.stdout.strip().splitlines()[-1] if p.stdout.strip() else "no output")


def node_ready(log):
    """Skips without Node; fetches what package-lock.json pins unless it is there."""
    for tool in ("node", "npm"):
        if not have(tool):
            raise Skip(f"{tool} is not installed")
    major = int(log.run(["node", "--version"]).stdout.strip().lstrip("v").split(".")[0])
    if major < NODE_LEAST:
        raise Skip(f"node is of version {major}, not {NODE_LEAST} or later")
    if not fetched():
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        if log.run(command, check=False, cwd=NODE).returncode != 0:
            raise Skip("npm could not fetch what package-lock.json pins")


def fetched():
    """Whether node_modules holds each package that may not be missing, as pinned."""
    lock = json.loads((NODE / "package-lock.json").read_text(encoding="utf-8"))
    for place, package in lock["packages"].items():
        if place and not package.get("optional"):
            path = NODE / place / "package.json"
            if not path.exists():
                return False
            if json.loads(path.read_text(encoding="utf-8"))["version"] != package["version"]:
                return False
    return True


def node(log):
    """The tests of the package for Node."""
    node_ready(log)
    tests = sorted(str(p.relative_to(NODE)) for p in (NODE / "test").glob("*.test.js"))
    p = log.run(["node", "--test", "--test-reporter=tap", *tests], check=False, cwd=NODE,
                timeout=SECONDS)
    passed, failed, skipped = (int(n) for n in re.findall(r"^# (?:pass|fail|skipped) (\d+)",
                                                          p.stdout, re.M))
    if p.returncode != 0 or failed:
        raise Fail(f"{passed} passed, {failed} failed", passed, max(failed, 1))
    return Result(passed, f"{passed} tests", ["a test of Node"] * skipped)


def go_environment():
    """Go's caches below out/, no network; the library is a part of what is compiled.

    Go looks at no file outside its packages when it decides what is stale: the sum of library and
    header goes into the flags, which it does look at.
    """
    crc = 0
    for file in ("liboms.a", "include/oms.h"):
        crc = zlib.crc32((ROOT / "dist" / file).read_bytes(), crc)
    return {"GOCACHE": str(OUT / "go" / "cache"), "GOPATH": str(OUT / "go" / "path"),
            "GOPROXY": "off", "GOFLAGS": "", "CGO_ENABLED": "1",
            "CGO_CFLAGS": f"-O2 -g -DOMS_LIBRARY_SUM={crc}"}


def go_ready():
    """Skips without Go."""
    if not have("go"):
        raise Skip("go is not installed")


def go(log):
    """gofmt, go vet and the tests of the package for Go."""
    go_ready()
    env = go_environment()
    if lines := log.run(["gofmt", "-l", "."], cwd=GO, env=env).stdout.split():
        raise Fail(f"gofmt would change {', '.join(lines)}")
    log.run(["go", "vet", "./..."], cwd=GO, env=env, timeout=SECONDS)
    p = log.run(["go", "test", "-count=1", "-v", "./..."], check=False, cwd=GO, env=env,
                timeout=SECONDS)
    counts = {w: len(re.findall(rf"^--- {w}", p.stdout, re.M)) for w in ("PASS", "FAIL", "SKIP")}
    if p.returncode != 0:
        raise Fail(f"{counts['PASS']} passed, {counts['FAIL']} failed", counts["PASS"],
                   max(counts["FAIL"], 1))
    if counts["PASS"] == 0:
        raise Fail("no test ran")
    return Result(counts["PASS"], f"{counts['PASS']} tests", ["a test of Go"] * counts["SKIP"])


def node_story(log):
    """The story in JavaScript, against the shared library."""
    node_ready(log)
    return log.run(["node", "story.js"], cwd=NODE, timeout=60).stdout


def go_story(log):
    """The story in Go, against the static library."""
    go_ready()
    exe = OUT / "story" / "go"
    exe.parent.mkdir(parents=True, exist_ok=True)
    log.run(["go", "build", "-o", exe, "./cmd/story"], cwd=GO, env=go_environment())
    return log.run([exe], timeout=60).stdout
