"""What was found lately, kept as it may be asked for again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """The values put in last, up to a weight; safe for many threads."""

    def __init__(self, most: int) -> None:
        """Keep values that together weigh `most` at the most."""
        self._most = most
        self._guard = Lock()
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._weight = 0

    def get(self, key: Key) -> Value | None:
        """Return what was put in as `key`; None if it is not kept."""
        with self._guard:
            found = self._values.get(key)
        return found[0] if found is not None else None

    def put(self, key: Key, value: Value, weight: int) -> Value:
        """Keep and return a value; the oldest ones go for it."""
        with self._guard:
            if key not in self._values:
                self._values[key] = value, weight
                self._weight += weight
                while self._weight > self._most and self._values:
                    _, (_, gone) = self._values.popitem(last=False)
                    self._weight -= gone
        return value
