"""Records of the C interface: fixed-size structs with a Python face.

A record owns its memory, or is a part of another record or of an array, which it keeps alive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, ClassVar, Generic, Iterator, TypeVar

from oms._abi import ffi, lib

if TYPE_CHECKING:
    from typing_extensions import Self

R = TypeVar("R", bound="Record")


class Record:
    """A struct of oms.h. Fields are given by name: `Config(starting_balance=1000)`."""

    __slots__ = ("_c", "_owner")
    _name: ClassVar[str] = ""
    _fields: ClassVar[tuple[str, ...]] = ()
    _pointer: ClassVar[Any] = None
    _size: ClassVar[int] = 0

    def __init_subclass__(cls) -> None:
        if cls._name:
            cls._pointer = ffi.typeof(cls._name + " *")
            cls._size = ffi.sizeof(cls._name)

    def __init__(self, **fields: Any) -> None:
        self._c: Any = ffi.new(self._pointer)
        self._owner: Any = None
        self._begin()
        if fields:
            self.set(fields)

    def _begin(self) -> None:
        """What stands in it before any field is set."""

    def set(self, fields: dict[str, Any]) -> None:
        """Sets fields by name."""
        for name, value in fields.items():
            try:
                setattr(self, name, value)
            except AttributeError:
                known = ", ".join(self._fields)
                said = f"{type(self).__name__} has no field {name!r}; it has: {known}"
                raise TypeError(said) from None
            except OverflowError as e:
                raise OverflowError(f"{type(self).__name__}.{name} = {value}: {e}") from e

    @classmethod
    def view(cls, c: Any, owner: Any) -> Self:
        """The record at a place in memory that `owner` keeps."""
        made = cls.__new__(cls)
        made._c = c
        made._owner = owner
        return made

    @classmethod
    def part(cls, whole: Record, name: str, index: int | None = None) -> Self:
        """A record that lies in another one."""
        path: tuple[Any, ...] = (name,) if index is None else (name, index)
        return cls.view(ffi.addressof(whole._c[0], *path), whole)

    def __bytes__(self) -> bytes:
        return bytes(ffi.buffer(self._c))

    def to_dict(self) -> dict[str, Any]:
        """Its fields by name; records in it are dictionaries too."""
        found = {}
        for name in self._fields:
            value = getattr(self, name)
            if isinstance(value, list):
                value = [one.to_dict() if isinstance(one, Record) else one for one in value]
            found[name] = value.to_dict() if isinstance(value, Record) else value
        return found

    def copy(self) -> Self:
        """A copy that owns its memory."""
        return restore(type(self), bytes(self))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record) or type(self) is not type(other):
            return NotImplemented
        return bytes(self) == bytes(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        told = ((n, v) for n, v in self.to_dict().items() if v not in (0, "", [], {}))
        fields = ", ".join(f"{n}={getattr(v, 'name', None) or v}" for n, v in told)
        return f"{type(self).__name__}({fields})"

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return restore, (type(self), bytes(self))


def restore(kind: type[R], content: bytes) -> R:
    """A record from its bytes."""
    made = kind.__new__(kind)
    made._c = ffi.new(kind._pointer)
    made._owner = None
    memory = ffi.buffer(made._c)
    if len(content) != len(memory):
        raise ValueError(f"{kind.__name__} has {len(memory)} bytes, not {len(content)}")
    memory[:] = content
    return made


class Request(Record):
    """A request record; `now` is the caller's time in nanoseconds."""

    __slots__ = ()
    _kind: ClassVar[int] = 0

    def _begin(self) -> None:
        lib.oms_request_init(self._c, self._size, self._kind)


Q = TypeVar("Q", bound=Request)


class Array(Generic[R]):
    """Records of one kind in one block of memory: what the batch doors take.

    `Array(Quote, 1000)`; each of `quotes[i]` is a record in it.
    """

    __slots__ = ("kind", "_c", "_length")

    def __init__(self, kind: type[R], length: int) -> None:
        self.kind = kind
        self._length = length
        self._c: Any = ffi.new(kind._name + "[]", length)
        if length and issubclass(kind, Request):
            lib.oms_request_init(self._c, kind._size, kind._kind)
            memory = ffi.buffer(self._c)
            memory[:] = bytes(memory[: kind._size]) * length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> R:
        if not -self._length <= index < self._length:
            raise IndexError(f"index {index} of {self._length} records")
        return self.kind.view(self._c + index % self._length, self._c)

    def __iter__(self) -> Iterator[R]:
        return (self[i] for i in range(self._length))

    def column(self, name: str) -> memoryview:
        """A field of 64 bits of all records, to be assigned at once: an array("q") as long."""
        wide = ffi.typeof("int64_t")
        at, kind = 0, ffi.typeof(self.kind._name)
        for one in name.split("."):
            found = dict(kind.fields)[one]
            at, kind = at + found.offset, found.type
        if ffi.sizeof(kind) != ffi.sizeof(wide):
            raise TypeError(f"{self.kind.__name__}.{name} does not have 64 bits")
        cells = memoryview(ffi.buffer(self._c)).cast("B").cast("q")
        return cells[at // 8 :: self.kind._size // 8]


class Doors:
    """What the generated doors stand on."""

    __slots__ = ()
    _oms: Any

    def _sent(self, kind: type[Q], request: Q | None, fields: dict[str, Any]) -> Q:
        """The request: the record given, or one made of its fields."""
        if request is None:
            made = kind()
            if "now" not in fields:
                made._c.header.now = self._time()
            made.set(fields)
            return made
        if fields:
            raise TypeError("give a record or its fields, not both")
        if type(request) is not kind:
            raise TypeError(f"a {kind.__name__} is needed, not a {type(request).__name__}")
        return request

    def _time(self) -> int:
        """Nanoseconds now, for a request that says no time."""
        raise NotImplementedError


def copy_into(target: Record, value: Record | dict[str, Any]) -> None:
    """Writes a record, or the fields that a dictionary names, over another one."""
    if isinstance(value, dict):
        target.set(value)
    elif type(value) is type(target):
        ffi.buffer(target._c)[:] = bytes(value)
    else:
        raise TypeError(f"a {type(target).__name__} or a dictionary is needed, not {value!r}")


def text_into(target: Any, value: str) -> None:
    """Writes a name: what is left of its bytes is 0."""
    content = value.encode("ascii")
    if len(content) >= len(target):
        raise ValueError(f"{value!r} has {len(content)} bytes: at most {len(target) - 1} fit")
    ffi.buffer(target)[:] = content.ljust(len(target), b"\0")


def text_of(c: Any) -> str:
    """A text of the library."""
    return bytes(ffi.string(c)).decode("utf-8")
