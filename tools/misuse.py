"""Wrong input for the gateway, the benchmarks and the tools: each is refused in words.

Steps of tools/test. A case passes when the program ends with the code that belongs there, says
what it should, and prints no traceback.
"""

import gzip
import os
import shutil

from harness import OUT, ROOT, Fail, Result

HEADER = "timestamp_ns,bid_ticks,ask_ticks\n"
ROWS = "".join(f"{1714982400000000000 + i},{600000 + i % 7},{600010 + i % 7}\n" for i in range(999))
TIME_MAX, PRICE_MAX = str(2**63 - 1), str(2**44)


def expect(log, faults, cmd, code, *words, env=None, cwd=ROOT):
    """Runs a case; what is wrong with its end is added to the faults."""
    p = log.run(cmd, check=False, env=env, timeout=600, cwd=cwd)
    missing = [w for w in words if w not in p.stdout]
    if p.returncode != code or missing or "Traceback" in p.stdout:
        log.write(f"^ code {p.returncode}, expected {code}; not said: {missing}\n")
        faults.append(f"{' '.join(str(c) for c in cmd)[-60:]}: {(missing or [p.returncode])[0]}")


def close(faults, count):
    """The result of a step."""
    if faults:
        raise Fail("; ".join(faults), count - len(faults), len(faults))
    return Result(count, f"{count} inputs")


def folder(name):
    """An empty one."""
    path = OUT / "misuse" / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def gateway(log):
    """Quotes, and the record beside them, that are damaged, out of range or something else."""
    where, faults = folder("gateway"), []
    sound = (HEADER + ROWS).encode()
    files = {
        "large.csv": (HEADER + f"1,{2**44 + 1},{2**45}\n", 2, str(2**44 + 1), f"to {PRICE_MAX}"),
        "largest.csv": (HEADER + f"1,{2**44},{2**44}\n", 1, "one lot is worth", "give a lot_size"),
        "larger.csv": (HEADER + f"1,5,{2**63 - 1}\n", 2, "ask_ticks", f"from 1 to {PRICE_MAX}"),
        "late.csv": (HEADER + f"{2**64 - 1},5,6\n", 2, f'"{2**64 - 1}"', f"from 1 to {TIME_MAX}"),
        "zero.csv": (HEADER + "1,0,6\n", 2, 'bid_ticks is "0"', "from 1 to"),
        "short.csv": (HEADER + "1,5\n", 2, "ask_ticks is missing"),
        "letter.csv": ("x" + ROWS, 2, ":1:", "neither a row nor the header"),
        "trades.csv": ("timestamp_ns,price_ticks,qty_lots,side\n1,2,3,1\n", 2, "neither a row"),
        "headless.csv": (ROWS, 0, " 999 rows", "assumed: there is no"),
        "marked.csv": ("\ufeff" + HEADER + ROWS, 0, " 999 rows"),
        "empty.csv": ("", 2, "no quotes in 0 lines"),
        "cut.csv.gz": (gzip.compress(sound)[:-40], 2, "damaged", "gzip"),
        "cut_late.csv.gz": (gzip.compress(sound)[:-4], 2, "damaged", "gzip"),
        "plain.csv.gz": (sound, 2, "no gzip file"),
    }
    for name, (content, code, *words) in files.items():
        (where / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        expect(log, faults, ["out/gateway", "--quotes", where / name], code, *words)
    (where / "a.csv.gz").mkdir()
    expect(log, faults, ["out/gateway", "--quotes", where], 2, "is a directory")
    expect(log, faults, ["out/gateway", "--quotes", where / "a.csv.gz"], 2, "is a directory")
    records = [
        ('{"tick_size": "1e-30"}', 2, '"1e-30" is beyond', "less than 10000000", "12 after"),
        ('{"tick_size": 99999999999999999999}', 2, "is beyond", "at most 9 digits"),
        ('{"tick_size": "x"}', 2, "is not a positive decimal"),
        ('{"tick_size": 0.0}', 2, "is not a positive decimal"),
        ('{"tick_size": "0.1", "tick_size": "0.2"}', 2, "there twice"),
        ('{"tick_size": "0.1", "lot_size": "-1"}', 2, "lot_size", "not a positive decimal"),
        ('{"tick_size": "0.1", "lot_size": "0.001"', 2, "not a JSON object", "line 1"),
        ('{"tick_size": "0.1",\n "lot_si', 2, "not a JSON object", "line 2"),
        ("\0\1garbage", 2, "not a JSON object"),
        ("", 2, "not a JSON object"),
        ("[" * 999, 2, "not a JSON object"),
        ('{"lot_size": "0.001", "note": {"tick_size": "0.1"}}', 2, "tick_size is missing"),
        ('{"tick_size": null}', 2, "tick_size is missing"),
        ('{"tick_size": 1e-1, "lot_size": 0.00100, "a": [1, {"b": []}]}', 0, "tick 0.1, lot 0.001"),
        ('{"tick_size": "0.1", "lot_size": null}', 0, "gives no lot_size"),
    ]
    (where / "b.csv").write_bytes(sound)
    for content, code, *words in records:
        (where / "b.json").write_text(content)
        expect(log, faults, ["out/gateway", "--quotes", where / "b.csv"], code, *words)
    (where / "b.json").unlink()
    (where / "b.json").mkdir()
    expect(log, faults, ["out/gateway", "--quotes", where / "b.csv"], 2, "b.json: Is a directory")
    return close(faults, len(files) + len(records) + 3)


def backtest(log):
    """Quotes, trades and arguments that the backtests in Rust and C refuse in the same words."""
    where, faults = folder("backtest"), []
    quotes = HEADER + ROWS
    files = {
        "good.csv": quotes.encode(), "good.json": b'{"tick_size": "0.01"}',
        "letter.csv": quotes.replace(",600003", ",6OOO03").encode(),
        "late.csv": (quotes + "5,1,2\n").encode(), "short.csv": b"1,5\n",
        "empty.csv": HEADER.encode(), "zero.csv": b"1,0,6\n",
        "cut.csv.gz": gzip.compress(quotes.encode())[:-40], "plain.csv.gz": quotes.encode(),
        "bare.csv": quotes.encode(), "odd.csv": quotes.encode(),
        "odd.json": b'{"tick_size": "1e-2"}', "trades.csv": b"1,2,3,1\n1,x,3,1\n",
    }
    for name, text in files.items():
        (where / name).write_bytes(text)
    cases = [
        (["--quotes", "none.csv"], "none.csv: No such file", "generated session"),
        (["--quotes", "letter.csv"], 'letter.csv:5: bid_ticks is "6OOO03"', "from 1 to"),
        (["--quotes", "late.csv"], "late.csv:1001:", "before the previous row's", "sort -t"),
        (["--quotes", "short.csv"], "short.csv:1: ask_ticks is missing"),
        (["--quotes", "empty.csv"], "empty.csv: no quotes in it"),
        (["--quotes", "zero.csv"], 'bid_ticks is "0": a whole number from 1 to'),
        (["--quotes", "cut.csv.gz"], "cut.csv.gz:", "cannot be read on"),
        (["--quotes", "plain.csv.gz"], "plain.csv.gz:1: cannot be read on"),
        (["--quotes", "bare.csv"], "bare.json: no tick_size there", "--tick SIZE"),
        (["--quotes", "odd.csv"], 'odd.json: tick_size "1e-2" is not a positive decimal'),
        (["--quotes", "good.csv", "--trades", "trades.csv"], 'trades.csv:2: price_ticks is "x"'),
        (["--trades", "trades.csv"], "--trades needs --quotes"),
        (["--rows"], "--rows needs a value"), (["--row", "5"], "--row is not an option"),
        (["--rows", "-5"], '--rows "-5": a whole number from 0 to 50000000'),
        (["--tick", "0"], '--tick "0" is not a positive decimal like 0.01'),
        (["--lot", "12345678"], "is beyond 7 digits before the point"),
    ]
    programs = [ROOT / "target" / "release" / "examples" / "backtest", OUT / "backtest_c"]
    for program in programs:
        for arguments, *words in cases:
            expect(log, faults, [program, *arguments], 2, "backtest: ", *words, cwd=where)
        expect(log, faults, [program, "--help"], 0, "usage: backtest", cwd=where)
        expect(log, faults, [program, "--rows", "9000", "--out", "good.csv/x"], 2, "good.csv/x",
               "--out FOLDER", cwd=where)
    return close(faults, len(programs) * (len(cases) + 2))


def benches(log):
    """Arguments of out/peers and out/latency: refused before anything is measured or written."""
    where, faults = folder("benches"), []
    cases = [
        ("peers", ["--x"], 2, '"--x" is not an option', "usage: peers"),
        ("peers", ["a", "b"], 2, "one argument too many"),
        ("peers", ["--help"], 0, "usage: peers", "FILE.csv"),
        ("peers", ["none/x"], 1, "peers: none/x: No such file", "give a place"),
        ("latency", [], 2, "FOLDER is missing", "usage: latency"),
        ("latency", ["--quick"], 2, "FOLDER is missing"),
        ("latency", ["--quik", "."], 2, '"--quik" is not an option'),
        ("latency", [".", "."], 2, "one argument too many"),
        ("latency", ["--help"], 0, "usage: latency", "FOLDER"),
        ("latency", ["none"], 1, "latency: none/latency.csv: No such file", "give a place"),
    ]
    log.run(["make", "--no-print-directory", "out/peers", "out/latency"])
    for program, arguments, code, *words in cases:
        expect(log, faults, [OUT / program, *arguments], code, *words, cwd=where)
    if any(where.iterdir()):
        faults.append(f"left behind: {sorted(p.name for p in where.iterdir())}")
    for value, quick in (("", False), ("0", False), ("1", True)):
        made = log.run(["make", "-n", "bench", f"QUICK={value}"]).stdout
        if ("tools/bench --quick" in made) != quick:
            faults.append(f"make bench QUICK={value}")
    return close(faults, len(cases) + 4)


def tools(log):
    """tools/bench and tools/instructions over damaged files, in a copy of what they read."""
    tree, faults = folder("tree"), []
    for name in ("tools/bench", "tools/instructions", "tools/svg.py", "benches/budget.txt"):
        (tree / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tree / name)
    count = 0

    def case(cmd, code, *words, **env):
        nonlocal count
        count += 1
        expect(log, faults, [tree / cmd[0], *cmd[1:]], code, *words, env=env, cwd=tree)

    budget = tree / "benches" / "budget.txt"
    kept = budget.read_bytes()
    for asked in (["stops", "10"], ["--quick"]):
        case(["tools/instructions", "--bless", *asked], 2, "every row", f"leave {' '.join(asked)}")
    for line in (b"w9 10 5 abc", b"w9 10 x -", b"w9 10 5 -1", "w9 ² 5 -".encode(), b"flat"):
        budget.write_bytes(line + b"\n" + kept)
        case(["tools/instructions", "stops", "10"], 1, "budget.txt:1:", "belongs there")
    budget.write_bytes(kept + b"w9 \xff 5 -\n")
    row = kept.count(b"\n") + 1
    case(["tools/instructions", "stops", "10"], 1, f"budget.txt:{row}: byte 4 is not UTF-8")
    budget.write_bytes(kept)
    for cc in ("gcc 'a", "no-such-cc -m64", " "):
        case(["tools/instructions", "stops", "10"], 1, f'CC is "{cc}"', CC=cc)
    if budget.read_bytes() != kept:
        faults.append("budget.txt was written")

    case(["tools/bench"], 1, "out/peers is not there", "make bench")
    for name in ("out/peers", "out/latency", "out/replay", "dist/liboms.a"):
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).write_text("#!/bin/sh\nexit 7\n")
        (tree / name).chmod(0o755)
    case(["tools/bench"], 1, "no-such-cxx", "compiler", CXX="no-such-cxx -m64")
    case(["tools/bench"], 1, "CXX is", "No closing quotation", CXX="g++ 'a")
    case(["tools/bench"], 1, "exit code 7: out/peers", CXX=f"{os.environ.get('CXX', 'g++')} -g")
    case(["tools/bench", "--readme"], 1, "is not there: run `make bench`")
    results = tree / "out" / "bench"
    sound = {
        "conditions.txt": "here\n",
        "peers.csv": "workload,n,ours,map,tight,scan\nw1,0,10.2,39.5,6.4,\n",
        "replay.csv": "mode,source,quotes,stops,seconds\nLIVE,generated,9,100,0.001\n",
        "latency.csv": "call,rate,measure,count,p50,p90,p99,p99.9,p99.99,max,interrupted\n"
                       "quote,100000,service,9,1,2,3,4,5,6,0\n",
        "curves.csv": "call,rate,measure,quantile,ns\nquote,100000,service,0.5,20\n",
        "batch.csv": "kind,n,batch,single\ncheck,1,40.0,30.0\n",
        "instructions.csv": "workload,n,ir,budget,bar\nw1,0,112.00,115,130\n",
    }
    for name, text in sound.items():
        (results / name).write_text(text)
    page = tree / "README.md"
    case(["tools/bench", "--readme"], 1, "README.md", "No such file")
    for text in ("no marks\n", "<!-- table: bench -->\nno end\n"):
        page.write_text(text)
        case(["tools/bench", "--readme"], 1, "README.md", "<!-- end -->", "belong there")
    page.write_text("a\n<!-- table: bench -->\nb\n<!-- end -->\nc\n")
    broken = ["", "a,b\n1,2\n", sound["peers.csv"].replace("10.2", "1O.2"),
              sound["peers.csv"].replace("39.5", "0.00"), sound["peers.csv"] + "w2,1\n"]
    for text in broken:
        (results / "peers.csv").write_text(text)
        case(["tools/bench", "--readme"], 1, "out/bench/peers.csv is damaged", "make bench")
    if "\nb\n" not in page.read_text():
        faults.append("README.md was written from damaged results")
    (results / "peers.csv").write_text(sound["peers.csv"])
    case(["tools/bench", "--readme"], 0)
    if "check, accepted" not in page.read_text() or not page.read_text().endswith("-->\nc\n"):
        faults.append("README.md was not written")
    return close(faults, count + 3)
