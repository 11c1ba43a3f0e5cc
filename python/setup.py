"""Builds the bindings. Everything else is in pyproject.toml."""

import sys
from pathlib import Path

from setuptools import setup

HERE = Path(__file__).resolve().parent
# cffi runs generate/bindings.py as a file; it finds its neighbours from here.
sys.path.insert(0, str(HERE))

setup(
    cffi_modules=["generate/bindings.py:ffi"],
    options={
        # What is made on the way lies with what cargo makes.
        "build": {"build_base": str(HERE.parent / "target" / "python")},
        "bdist_wheel": {"py_limited_api": "cp310"},
    },
)
