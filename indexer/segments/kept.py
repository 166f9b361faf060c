"""What was made at some cost and may be asked for again, up to an amount of memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something that knows how much memory it takes."""

    @property
    def size_bytes(self) -> int:
        """How much memory it takes, everything that it may still make of itself included."""


Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value", bound=Sized)


class Kept(Generic[Key, Value]):
    """Keeps values by key; what was not asked for the longest goes first. Safe for many threads.

    Attributes:
        max_bytes: How much memory the values may take together.
    """

    def __init__(self, max_bytes: int) -> None:
        """Keep values of at most `max_bytes`."""
        self.max_bytes = max_bytes
        self._guard = threading.Lock()
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._bytes = 0

    def __contains__(self, key: Key) -> bool:
        """Return whether the value of `key` is kept."""
        return key in self._values

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of `key`, made now if it is not there; two threads may both make it."""
        with self._guard:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
                return value
        made = make()
        with self._guard:
            if key not in self._values and made.size_bytes <= self.max_bytes:
                self._values[key] = made
                self._bytes += made.size_bytes
                while self._bytes > self.max_bytes:
                    self._bytes -= self._values.popitem(last=False)[1].size_bytes
        return made
