"""The story of examples/story, told in every language: each must print story.txt.

A language is a row of STORIES: a name and a function that returns what its program prints. One that
cannot run here raises Skip.
"""

import languages
import pypackage
from harness import OUT, ROOT, Fail, Result, Skip, have

FOLDER = ROOT / "examples" / "story"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def c(log):
    """C99, against the static library."""
    return compiled(log, ["gcc", "-std=c99"], "story.c")


def cpp(log):
    """C++17, by oms.hpp."""
    return compiled(log, ["g++", "-std=c++17"], "story.cpp")


def rust(log):
    """The crate itself, without the C surface."""
    if not have("cargo"):
        raise Skip("cargo is not installed")
    return log.run(["cargo", "run", "-q", "--example", "story"]).stdout


def compiled(log, compiler, source):
    """Builds and runs a program against dist/liboms.a."""
    if not have(compiler[0]):
        raise Skip(f"{compiler[0]} is not installed")
    exe = OUT / "story" / source.replace(".", "-")
    exe.parent.mkdir(parents=True, exist_ok=True)
    build = [*compiler, *WARNINGS, "-Iinclude", FOLDER / source, "dist/liboms.a", "-o", exe]
    log.run(build)
    return log.run([exe], timeout=60).stdout


def python(log):
    """Python, by the package oms."""
    if pypackage.lacks_package(log):
        pypackage.install(log)
    return log.run([pypackage.PYTHON, FOLDER / "story.py"], timeout=60, cwd=OUT).stdout


STORIES = {"C": c, "C++": cpp, "Rust": rust, "Python": python, "Node": languages.node_story,
           "Go": languages.go_story}


def story(log):
    """Every language tells the same story, to the letter."""
    told = (FOLDER / "story.txt").read_text(encoding="utf-8").splitlines()
    skipped, same = [], 0
    for language, tell in STORIES.items():
        try:
            lines = tell(log).splitlines()
        except Skip as e:
            skipped.append(f"{language}: {e}")
            continue
        differs = next((n for n, pair in enumerate(zip(lines, told)) if pair[0] != pair[1]), None)
        if differs is not None:
            raise Fail(f"{language}: line {differs + 1} is \"{lines[differs]}\", not "
                       f"\"{told[differs]}\"")
        if len(lines) != len(told):
            raise Fail(f"{language}: {len(lines)} lines, not {len(told)}")
        same += 1
    return Result(same, f"{same} languages, {len(told)} lines", skipped)
