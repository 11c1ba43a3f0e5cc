#!/usr/bin/env python3
"""Worst stack depth of each exported function of a linked x86-64 ELF, from its disassembly.

    tools/stackbound.py ELF [--budget BYTES] [FUNCTION ...]

A frame is the return address, the pushes and what is taken from %rsp (with room for an
alignment); a leaf may use the red zone of 128 bytes as well. Frames add up along the deepest
chain of calls; one that is given back whole before a jump to another function is not there any
more. Recursion, calls whose target is unknown, frames of variable size and a depth
above the budget are errors: a bound that might not hold is none.
"""

import argparse
import re
import struct
import subprocess
import sys
from pathlib import Path

RED_ZONE = 128
PAGE_PROBE = 4096

LINE = re.compile(r"^\s*([0-9a-f]+):\t(\S+)(?:\s+(.*))?$")
HEAD = re.compile(r"^([0-9a-f]+) <(.+)>:$")
TARGET = re.compile(r"^([0-9a-f]+)(?:\s+<.*>)?$")
RIP = re.compile(r"#\s*([0-9a-f]+)")
IMM = re.compile(r"\$(-?0x[0-9a-f]+)")


class Elf:
    """The parts of an ELF file that are needed: bytes by address, functions by address."""

    def __init__(self, path):
        self.data = Path(path).read_bytes()
        if self.data[:5] != b"\x7fELF\x02" or struct.unpack_from("<H", self.data, 18)[0] != 62:
            raise SystemExit(f"{path}: not an x86-64 ELF file")
        at = struct.unpack_from("<Q", self.data, 32)[0]
        count = struct.unpack_from("<H", self.data, 56)[0]
        headers = [struct.unpack_from("<IIQQQQQQ", self.data, at + 56 * i) for i in range(count)]
        self.loads = [h for h in headers if h[0] == 1]

    def word(self, address, form):
        """The number of struct format `form` at `address`, or None."""
        for h in self.loads:
            offset, base, size = h[2], h[3], h[5]
            if base <= address and address + struct.calcsize(form) <= base + size:
                return struct.unpack_from(form, self.data, offset + address - base)[0]
        return None


class Function:
    """One function: its frame, whom it calls, and what could not be understood."""

    def __init__(self, name, start):
        self.name = name
        self.start = start
        self.end = start
        self.frame = 8
        self.calls = set()
        self.tails = set()
        self.odd = []
        self.code = []


def disassemble(path):
    """The functions of the file, by start address, in order."""
    text = subprocess.run(
        ["objdump", "-d", "--no-show-raw-insn", str(path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    functions, current = {}, None
    for line in text.splitlines():
        m = HEAD.match(line)
        if m:
            current = Function(m[2], int(m[1], 16))
            functions[current.start] = current
            continue
        m = LINE.match(line)
        if m and current:
            current.code.append((int(m[1], 16), m[2], m[3] or ""))
            current.end = int(m[1], 16) + 1
    return functions


def owner(functions, address):
    """The function that holds `address`."""
    if address in functions:
        return functions[address]
    for f in functions.values():
        if f.start <= address < f.end:
            return f
    return None


def take(function, op, args, at):
    """Adds what one instruction takes from the stack."""
    if op.startswith("push"):
        function.frame += 8
    elif args.endswith(",%rsp"):
        m = IMM.search(args)
        size = int(m[1], 16) if m else 0
        size -= (1 << 64) if size >= 1 << 63 else 0
        if op in ("sub", "subq") and m:
            function.frame += size
        elif op in ("add", "addq") and m:
            function.frame += max(0, -size)
        elif op in ("and", "andq") and m:
            function.frame += -size - 1
        elif op in ("lea", "leaq"):
            m = re.match(r"(-?0x[0-9a-f]+)\((%\w+)\)", args)
            if m and m[2] == "%rsp":
                function.frame += max(0, -int(m[1], 16))
            elif not (m and m[2] == "%rbp"):
                function.odd.append(f"{at:x}: {op} {args}")
        elif op in ("mov", "movq") and args.startswith("%rbp"):
            pass
        elif op not in ("cmp", "test", "cmpq", "testq"):
            function.odd.append(f"{at:x}: frame of variable size: {op} {args}")


def writes(op, args, register):
    """Whether an instruction may change `register` (its 64-bit name)."""
    if op.startswith(("cmp", "test", "push", "call", "j", "ret", "nop", "bt ")):
        return False
    last = args.split("#")[0].strip().split(",")[-1].strip()
    return last == register or (last.startswith("%") and family(last) == family(register))


def family(register):
    """rax for %rax, %eax, %ax, %al; r8 for %r8d, ..."""
    r = register.lstrip("%")
    m = re.match(r"(r\d+)", r)
    if m:
        return m[1]
    r = r.removeprefix("r").removeprefix("e")
    return {"al": "ax", "bl": "bx", "cl": "cx", "dl": "dx"}.get(r, r.removesuffix("l"))


def code_address(elf, functions, op, args):
    """The function whose address an instruction loads, or None."""
    at = None
    m = RIP.search(args)
    if op.startswith("lea") and m:
        at = int(m[1], 16)
    elif op.startswith("mov") and m:
        at = elf.word(int(m[1], 16), "<Q")
    elif op.startswith("mov") and args.startswith("$0x"):
        at = int(IMM.match(args)[1], 16)
    return functions.get(at)


def is_jump_table(elf, function, i, register):
    """Whether the jump at index `i` goes through a table of places in this function.

    The form is lea TABLE,base; movslq (base,index,4),reg; add base,reg; jmp *reg.
    """
    base, scaled = None, None
    # Other work may be scheduled in between; never another jump.
    for _, op, args in reversed(function.code[max(0, i - 32) : i]):
        if op.startswith(("jmp", "ret")):
            break
        m = re.match(r"(?:0x0)?\((%\w+),%\w+,4\),(%\w+)$", args)
        if op == "movslq" and m and scaled is None:
            base, scaled = m[1], m[2]
            if register not in (base, scaled):
                return False
        elif scaled and op.startswith("lea") and args.split("#")[0].strip().endswith("," + base):
            return table_stays(elf, function, RIP.search(args))
    if scaled is None:
        return False
    # The table's address was loaded further up.
    _, op, args = writer(function, i, base) or (0, "", "")
    return op.startswith("lea") and table_stays(elf, function, RIP.search(args))


def writer(function, i, register):
    """The last instruction before index `i`, in the order of the code, that sets `register`."""
    for at, op, args in reversed(function.code[:i]):
        if not op.startswith("pop") and writes(op, args, register):
            return at, op, args
    return None


def table_stays(elf, function, match):
    """Whether the first entry of a relative jump table points into the function."""
    if not match:
        return False
    table = int(match[1], 16)
    entry = elf.word(table, "<i")
    return entry is not None and function.start <= table + entry < function.end


def held(elf, functions, function, i, register):
    """The functions whose address `register` may hold at index `i`: the one that was loaded into
    it, or into the register that it was copied from; from the frame, any that was loaded before.
    """
    for at, op, args in reversed(function.code[:i]):
        if op.startswith("pop") or not writes(op, args, register):
            continue
        target = code_address(elf, functions, op, args)
        if target:
            return {target.start}
        copied = re.match(r"(%r\w+),%r\w+$", args)
        if op.startswith("mov") and copied:
            register = copied[1]
        elif op.startswith("mov") and re.match(r"(0x[0-9a-f]+)?\(%rsp\),", args):
            loads = [code_address(elf, functions, op, args) for _, op, args in function.code[:i]]
            return {target.start for target in loads if target}
        else:
            break
    return set()


def indirect(elf, functions, function, i):
    """Follows a call or jump through a register or memory; notes it when that fails."""
    at, op, args = function.code[i]
    m = RIP.search(args)
    if m and "(%rip)" in args:
        target = functions.get(elf.word(int(m[1], 16), "<Q"))
        if target:
            function.calls.add(target.start)
            return
    m = re.match(r"\*(%\w+)$", args)
    if m:
        if op.startswith("jmp") and is_jump_table(elf, function, i, m[1]):
            return
        targets = held(elf, functions, function, i, m[1])
        if targets:
            function.calls.update(targets)
            return
    m = re.match(r"\*(0x[0-9a-f]+)\(,%\w+,8\)$", args)
    if m and op.startswith("jmp"):
        entry = elf.word(int(m[1], 16), "<Q")
        if entry is not None and function.start <= entry < function.end:
            return
    function.odd.append(f"{at:x}: target unknown: {op} {args}")


def gives_back(function, i):
    """Whether the frame is gone, whole, before the instruction at index `i`.

    As much as the function takes anywhere is given back on the straight way there: more than that
    it cannot have held.
    """
    left = function.frame - 8
    for _, op, args in reversed(function.code[:i]):
        m = IMM.match(args)
        if op.startswith("pop"):
            left -= 8
        elif op in ("add", "addq") and args.endswith(",%rsp") and m:
            left -= int(m[1], 16)
        elif op.startswith(("call", "j", "ret", "push")) or "%rsp" in args:
            break
    return left == 0


def self_check():
    """Only a jump after the whole frame is given back counts as one without a frame."""
    entry = [(0, "push", "%rbx"), (1, "push", "%rbp"), (2, "sub", "$0x10,%rsp"), (3, "jne", "9")]
    back = [(4, "add", "$0x10,%rsp"), (5, "pop", "%rbp"), (6, "mov", "%rax,%rdi")]
    last = [(7, "pop", "%rbx")]
    cases = [(back + last, True), (back, False), (back + [(7, "jne", "9")] + last, False)]
    cases += [([(4, "add", "$0x8,%rsp")] + back[1:] + last, False), ([], False)]
    for way, expected in cases:
        f = Function("f", 0)
        f.code = entry + way + [(8, "jmp", "20")]
        for at, op, args in f.code:
            take(f, op, args, at)
        if gives_back(f, len(f.code) - 1) != expected:
            raise SystemExit(f"stackbound: wrong about {way}")


def analyse(elf, functions):
    """Fills in frames and calls."""
    for f in functions.values():
        for at, op, args in f.code:
            take(f, op, args, at)
        for i, (at, op, args) in enumerate(f.code):
            if not op.startswith(("call", "j", "loop")):
                continue
            if args.startswith("*"):
                indirect(elf, functions, f, i)
                continue
            m = TARGET.match(args)
            target = owner(functions, int(m[1], 16)) if m else None
            if target is None:
                f.odd.append(f"{at:x}: target unknown: {op} {args}")
            elif op == "jmp" and int(m[1], 16) == target.start and gives_back(f, i):
                f.tails.add(target.start)
            elif target is not f or (op.startswith("call") and int(m[1], 16) == f.start):
                f.calls.add(target.start)
            elif op.startswith("call"):
                f.odd.append(f"{at:x}: calls into itself: {args}")


def depth(functions, start, known, path):
    """(bytes, chain, faults) of the deepest chain below a function."""
    if start in path:
        return 0, ["..."], [f"recursion: {functions[start].name}"]
    if start in known:
        return known[start]
    f = functions[start]
    best, chain = f.frame + RED_ZONE, [f"{f.name}({f.frame})"]
    faults = [f"{f.name} at {odd}" for odd in f.odd]
    ways = [(callee, f.frame) for callee in sorted(f.calls)]
    ways += [(callee, 0) for callee in sorted(f.tails)]
    for callee, own in ways:
        n, names, more = depth(functions, callee, known, path + (start,))
        faults += [m for m in more if m not in faults]
        if own + n > best or len(chain) == 1:
            best, chain = max(own + n, best), [f"{f.name}({own})"] + names
    known[start] = best, chain, faults
    return known[start]


def bounds(path, names):
    """[(bytes, function, chain, faults)], deepest first."""
    self_check()
    sys.setrecursionlimit(10000)
    elf = Elf(path)
    functions = disassemble(path)
    analyse(elf, functions)
    symbols = subprocess.run(
        ["nm", "--defined-only", str(path)], capture_output=True, text=True, check=True
    ).stdout
    by_name = {}
    for line in symbols.splitlines():
        at, kind, name = line.split()[:3]
        if kind in "TtWw":
            by_name[name] = int(at, 16)
    rows, known = [], {}
    for name in names or sorted(n for n in by_name if n.startswith("oms_")):
        if by_name.get(name) not in functions:
            rows.append((0, name, [], [f"{name}: not in the file"]))
            continue
        n, chain, faults = depth(functions, by_name[name], known, ())
        rows.append((n, name, chain, faults))
    return sorted(rows, key=lambda r: -r[0])


def main():
    """The command line."""
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("elf")
    p.add_argument("functions", nargs="*")
    p.add_argument("--budget", type=int, default=PAGE_PROBE)
    a = p.parse_args()
    bad = 0
    for n, name, chain, faults in bounds(a.elf, a.functions):
        print(f"{n:>6} {name:<32} {' > '.join(chain[1:])}")
        if n > a.budget:
            faults = faults + [f"above the budget of {a.budget} bytes"]
        for fault in faults:
            print(f"       FAULT {fault}")
        bad += bool(faults)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
