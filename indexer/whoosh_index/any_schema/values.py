"""Stored values as bytes: a letter for the type, then the value. No value is code.

An unsigned number is written in groups of seven bits, low ones first, the high bit of a byte
telling that more follow. Texts are UTF-8 after their length in bytes, lists their items after their
number, dictionaries keys and values in turn.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

_FLOAT = struct.Struct("<d")
_SEVEN_BITS = 0x7F
_MORE = 0x80


def encode(value: Any) -> bytes:
    """Return a stored value as bytes.

    Raises:
        TypeError: It is, or holds, something else than None, a bool, int, float, complex, str,
            bytes, list, tuple, dict, set, frozenset, date, time, datetime, timedelta or Decimal;
            or a time in a zone that is more than an offset.
    """
    writer = _WRITERS.get(type(value))
    if writer is None:
        kind = type(value)
        raise TypeError(f"cannot store a {kind.__module__}.{kind.__qualname__}")
    return writer(value)


def encode_mapping(items: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a dictionary as bytes, from its keys and its values as bytes."""
    parts = [_text(name) + value for name, value in items]
    return b"m" + _number(len(parts)) + b"".join(parts)


def decode(content: bytes) -> Any:
    """Return the value that `encode` wrote.

    Raises:
        ValueError: It did not write this.
    """
    cursor = _Cursor(content)
    try:
        value = cursor.value()
    except (LookupError, ArithmeticError, TypeError, RecursionError, struct.error) as error:
        raise ValueError(f"not a stored value: {error}") from error
    if cursor.at != len(content):
        raise ValueError("more than a stored value")
    return value


def _number(number: int) -> bytes:
    groups = bytearray()
    while number > _SEVEN_BITS:
        groups.append(number & _SEVEN_BITS | _MORE)
        number >>= 7
    groups.append(number)
    return bytes(groups)


def _sized(letter: bytes, content: bytes) -> bytes:
    return letter + _number(len(content)) + content


def _text(text: str) -> bytes:
    # Python's texts may hold halves of surrogate pairs.
    return _sized(b"s", text.encode("utf-8", "surrogatepass"))


def _integer(number: int) -> bytes:
    size = number.bit_length() // 8 + 1
    return _sized(b"i", number.to_bytes(size, "little", signed=True))


def _items(letter: bytes) -> Callable[[Any], bytes]:
    return lambda values: letter + _number(len(values)) + b"".join(map(encode, values))


def _pairs(values: dict[Any, Any]) -> bytes:
    parts = (encode(part) for pair in values.items() for part in pair)
    return b"m" + _number(len(values)) + b"".join(parts)


def _instant(letter: bytes) -> Callable[[Any], bytes]:
    def write(value: datetime | time) -> bytes:
        if value.tzinfo is not None and type(value.tzinfo) is not timezone:
            raise TypeError(f"cannot store a time in {value.tzinfo!r}; use UTC or an offset")
        return _sized(letter, value.isoformat().encode())

    return write


def _duration(value: timedelta) -> bytes:
    return b"e" + b"".join(map(_integer, (value.days, value.seconds, value.microseconds)))


_WRITERS: dict[type, Callable[[Any], bytes]] = {
    type(None): lambda _: b"n",
    bool: lambda value: b"t" if value else b"f",
    int: _integer,
    float: lambda value: b"d" + _FLOAT.pack(value),
    complex: lambda value: b"j" + _FLOAT.pack(value.real) + _FLOAT.pack(value.imag),
    str: _text,
    bytes: lambda value: _sized(b"b", value),
    list: _items(b"l"),
    tuple: _items(b"u"),
    set: _items(b"x"),
    frozenset: _items(b"z"),
    dict: _pairs,
    datetime: _instant(b"T"),
    date: lambda value: _sized(b"D", value.isoformat().encode()),
    time: _instant(b"H"),
    timedelta: _duration,
    Decimal: lambda value: _sized(b"c", str(value).encode()),
}


class _Cursor:
    """Reads values off `content`."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.at = 0

    def take(self, count: int) -> bytes:
        taken = self._content[self.at : self.at + count]
        if len(taken) != count:
            raise ValueError("a stored value is cut off")
        self.at += count
        return taken

    def number(self) -> int:
        number = shift = 0
        while True:
            (group,) = self.take(1)
            number |= (group & _SEVEN_BITS) << shift
            if group <= _SEVEN_BITS:
                return number
            shift += 7

    def sized(self) -> bytes:
        return self.take(self.number())

    def text(self) -> str:
        return self.sized().decode("utf-8", "surrogatepass")

    def real(self) -> float:
        (number,) = _FLOAT.unpack(self.take(_FLOAT.size))
        return float(number)

    def items(self) -> list[Any]:
        return [self.value() for _ in range(self.number())]

    def pairs(self) -> dict[Any, Any]:
        return {self.value(): self.value() for _ in range(self.number())}

    def value(self) -> Any:
        return _READERS[self.take(1)](self)


_READERS: dict[bytes, Callable[[_Cursor], Any]] = {
    b"n": lambda _: None,
    b"t": lambda _: True,
    b"f": lambda _: False,
    b"i": lambda cursor: int.from_bytes(cursor.sized(), "little", signed=True),
    b"d": _Cursor.real,
    b"j": lambda cursor: complex(cursor.real(), cursor.real()),
    b"s": _Cursor.text,
    b"b": _Cursor.sized,
    b"l": _Cursor.items,
    b"u": lambda cursor: tuple(cursor.items()),
    b"x": lambda cursor: set(cursor.items()),
    b"z": lambda cursor: frozenset(cursor.items()),
    b"m": _Cursor.pairs,
    b"T": lambda cursor: datetime.fromisoformat(cursor.text()),
    b"D": lambda cursor: date.fromisoformat(cursor.text()),
    b"H": lambda cursor: time.fromisoformat(cursor.text()),
    b"e": lambda cursor: timedelta(cursor.value(), cursor.value(), cursor.value()),
    b"c": lambda cursor: Decimal(cursor.text()),
}
