"""Which damaged articles what texts alone can tell was to be looked for in.

What was found without them is kept in memory, and later queries take it from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from pinakes.search.evaluation.texts.targets import AsWritten, InSentence, Target, name_target

_MOST_TARGETS = 1000

_Place = tuple[Path, str]
_unread: dict[_Place, frozenset[int]] = {}
"""Keys of articles, by the folder of an index and the name of a target; the oldest first."""
_lock = Lock()


def note_unread(index: Path, target: Target, keys: set[int]) -> None:
    """Note articles, by their keys, whose texts could not tell whether they hold a target."""
    place = index, name_target(target)
    with _lock:
        _unread[place] = _unread.pop(place, frozenset()) | keys
        while len(_unread) > _MOST_TARGETS:
            del _unread[next(iter(_unread))]


def unread_before(index: Path, target: Target) -> set[int]:
    """Return the keys of those that were noted for a target, or for a part of it."""
    found: set[int] = set()
    for part in _read_in_texts(target):
        found |= _unread.get((index, name_target(part)), frozenset())
    return found


def _read_in_texts(target: Target) -> Iterator[Target]:
    if isinstance(target, InSentence | AsWritten):
        yield target
    for part in getattr(target, "parts", ()):
        yield from _read_in_texts(part)
