"""Proves the gates of tools/verify: each is run on a tree that was broken for it.

The copy of the tree is target/selftest/tree. Its build directories stay from run to run, so that
only the library itself is compiled again for each break.
"""

import re
import shutil
from pathlib import Path

from harness import ROOT, Fail, Report, Result, Skip

TREE = ROOT / "target" / "selftest" / "tree"
LEFT_OUT = {".git", "target", "dist", "out", "node_modules", "__pycache__"}

PANIC = """
    {
        let table = core::hint::black_box([1_u8, 2, 3, 4]);
        core::hint::black_box(table[core::hint::black_box(7_usize)]);
    }
"""
LIBC = """
    {
        unsafe extern "C" { fn getpid() -> i32; }
        core::hint::black_box(unsafe { getpid() });
    }
"""
STATIC = """
    {
        use core::sync::atomic::{AtomicU32, Ordering};
        static SELFTEST: AtomicU32 = AtomicU32::new(%d);
        SELFTEST.fetch_add(1, Ordering::Relaxed);
    }
"""
BIG_FRAME = """
    {
        let mut big = [0_u8; 4000];
        core::hint::black_box(&mut big);
    }
"""
RECURSION = """
    {
        #[inline(never)]
        fn again(n: u64) -> u64 {
            let n = core::hint::black_box(n);
            if n == 0 { 0 } else { core::hint::black_box(again(n.wrapping_sub(1))) ^ n }
        }
        core::hint::black_box(again(3));
    }
"""
POINTER = """
    {
        fn one(n: u64) -> u64 { n.wrapping_mul(3) }
        let f: fn(u64) -> u64 = core::hint::black_box(one);
        core::hint::black_box(f(3));
    }
"""
EXTRA = """
/// Not in the header.
#[unsafe(no_mangle)]
pub extern "C" fn oms_selftest_extra() -> i32 {
    core::hint::black_box(0)
}
"""
SLOW = """
    for n in 0..64_u64 {
        core::hint::black_box(n);
    }
"""
FUNCTION = re.compile(r'extern "C" fn (oms_\w+)\s*\([^{};]*\{[ \t]*\n')


def files(top):
    """{path relative to top: path} of the sources below `top`."""
    found = {}
    for path in top.iterdir():
        if path.name in LEFT_OUT:
            continue
        if path.is_dir() and not path.is_symlink():
            found |= {Path(path.name) / k: v for k, v in files(path).items()}
        elif path.is_file():
            found[Path(path.name)] = path
    return found


def refresh():
    """Makes the copy equal to the tree; only what differs is written, so that cargo sees it."""
    TREE.mkdir(parents=True, exist_ok=True)
    wanted, there = files(ROOT), files(TREE)
    for name in there.keys() - wanted.keys():
        there[name].unlink()
    for name, source in wanted.items():
        to = TREE / name
        if name not in there or source.read_bytes() != to.read_bytes():
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, to)


def warm():
    """The first copy takes the compiled dependencies along."""
    for part in ("release", "no-panic", "debug", "thumb"):
        source, to = ROOT / "target" / part, TREE / "target" / part
        if source.is_dir() and not to.exists():
            shutil.copytree(source, to, symlinks=True, ignore=shutil.ignore_patterns("incremental"))


def into_function(code):
    """Puts statements at the head of the first exported function that is written out."""
    for path in sorted((TREE / "src" / "capi").rglob("*.rs")):
        text = path.read_text()
        m = FUNCTION.search(text)
        if m:
            path.write_text(text[: m.end()] + code + text[m.end() :])
            return
    raise Fail('no `extern "C" fn oms_...` found below src/capi')


def into_quote(code):
    """Puts statements at the head of the door that quotes come in by."""
    path = TREE / "src" / "capi" / "market.rs"
    text = path.read_text()
    m = re.search(r'extern "C" fn oms_quote\b[^{};]*\{[ \t]*\n', text)
    if not m:
        raise Fail("src/capi/market.rs holds no oms_quote")
    path.write_text(text[: m.end()] + code + text[m.end() :])


def add_export():
    """One more exported function, beside the first one."""
    for path in sorted((TREE / "src" / "capi").rglob("*.rs")):
        if FUNCTION.search(path.read_text()):
            path.write_text(path.read_text() + EXTRA)
            return
    raise Fail('no `extern "C" fn oms_...` found below src/capi')


def in_header(change):
    """Rewrites include/oms.h."""
    path = TREE / "include" / "oms.h"
    path.write_text(change(path.read_text()))


def add_ghost():
    """A declaration without a function."""
    in_header(lambda t: re.sub(r"(\nOMS_MUST_USE|\n\w[\w ]*\*?)(\s*oms_\w+\s*\()",
                               r"\nint32_t oms_selftest_ghost(void);\1\2", t, count=1))


def open_guard():
    """The header without its include guard."""
    in_header(lambda t: re.sub(r"^#define OMS_H\b.*$", "", t, count=1, flags=re.M))


# (gate, what is broken, how, words that the failing line must hold)
BREAKS = [
    ("panic-free", "an index that may be out of range", lambda: into_function(PANIC),
     r"oms_PANIC_PATH_LINKED.*panic_bounds_check"),
    ("panic-free", "a call of libc", lambda: into_function(LIBC), r"does not link: getpid"),
    ("symbols", "a call of libc", lambda: into_function(LIBC), r"needs .*getpid"),
    ("data-bss", "a static in .bss", lambda: into_function(STATIC % 0), r"\.bss \d+ .*SELFTEST"),
    ("data-bss", "a static in .data", lambda: into_function(STATIC % 7), r"\.data \d+ .*SELFTEST"),
    ("exports", "a function that the header lacks", add_export, r"oms_selftest_extra"),
    ("exports", "a declaration without a function", add_ghost, r"oms_selftest_ghost"),
    ("header", "an edited header", lambda: in_header(lambda t: t + "/* edited */\n"), r"stale"),
    ("stack", "a frame of 4000 bytes", lambda: into_function(BIG_FRAME), r"needs \d+"),
    ("stack", "recursion", lambda: into_function(RECURSION), r"recursion"),
    ("stack", "a call through a pointer", lambda: into_function(POINTER), r"target unknown"),
    ("layout", "no include guard", open_guard, r"exit code 1: g"),
    ("thumb", "an index that may be out of range", lambda: into_function(PANIC),
     r"oms_PANIC_PATH_LINKED"),
    ("instructions", "a loop in the quote's path", lambda: into_quote(SLOW),
     r"\bw2\b.*: \d+ instructions, \d+ allowed"),
]


def caught(log, gate, damage, words):
    """Runs one gate on the broken copy; it must fail, and for the right reason."""
    refresh()
    if damage:
        damage()
    if gate == "instructions":
        log.run(["make", "lib"], cwd=TREE)
        command = [TREE / "tools" / "instructions", "--quick"]
    else:
        command = [TREE / "tools" / "verify", gate]
    p = log.run(command, check=False, cwd=TREE, env={"STRICT": "0"})
    line = next((x for x in p.stdout.splitlines() if x.startswith(gate + " ")), "")
    if "  skip: " in line:
        raise Skip(line.split("skip: ", 1)[1])
    if not damage:
        if p.returncode != 0:
            raise Fail(f"the gate fails on the unbroken tree: {line}")
        return Result(note=f"gate {gate}: passes unbroken")
    if p.returncode == 0:
        raise Fail(f"gate {gate}: NOT caught")
    if not re.search(words, line):
        raise Fail(f"gate {gate}: fails, but not for this: {line}")
    return Result(note=f"gate {gate}: caught")


def selftest(report: Report):
    """First every gate on the unbroken copy, then every break."""
    refresh()
    warm()
    for gate in dict.fromkeys(b[0] for b in BREAKS):
        report.step(f"{gate}, unbroken", caught, gate, None, "")
    for gate, what, damage, words in BREAKS:
        report.step(f"{gate}: {what}", caught, gate, damage, words)
