"""The bindings, made by cffi."""

from typing import Any

ffi: Any
lib: Any
