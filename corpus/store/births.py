"""Tells an observer of the articles that a transaction writes, as it writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from pinakes.corpus.article_columns import (
    ArticleColumns,
    BirthObserver,
    RetaggedArticle,
    TagDifference,
)
from pinakes.corpus.store.packing import PackedArticle
from pinakes.corpus.store.unpacking import unpack_columns

_Read = Callable[[list[int]], Iterable[ArticleColumns]]
_Born = tuple[PackedArticle, str, str, int]
"""Content, id, path and cluster."""

# A file of records is one step, however long: what it holds beyond this is read from the store.
_MOST_HELD_BYTES = 16 << 20
_BATCH = 256


class Births:
    """Versions born in a transaction, told when no step is under way that may change them again.

    A version that was told is never changed afterwards: it makes way for another.
    """

    def __init__(self, observer: BirthObserver | None, read: _Read) -> None:
        """Tell `observer`; `read` returns the columns of versions from the store, by their keys."""
        self._observer = observer
        self._read = read
        # With the article, where it is known and as it was born.
        self._waiting: dict[int, _Born | None] = {}
        self._held_bytes = 0
        self._last_told = 0
        # The highest key there was when each step under way began.
        self._steps: list[int] = []

    def note(self, key: int, born: _Born | None = None) -> None:
        """Take note of a version: of what it was born with, or of a change."""
        if self._observer is None:
            return
        if born is not None:
            self._held_bytes += born[0].size_bytes
        self._waiting[key] = born if self._held_bytes <= _MOST_HELD_BYTES else None

    def note_retagged(self, key: int, old_key: int, difference: TagDifference) -> None:
        """Take note that a version differs in its tags only: tell that much, if it can be now."""
        # Else it is told as others are, in its turn.
        if self._observer is not None and not self._steps and self._waiting.keys() == {key}:
            self._waiting.clear()
            self._observer.retag(RetaggedArticle(key, old_key, difference))
            self._last_told = key

    def drop(self, key: int) -> None:
        """Forget a version that is gone."""
        self._waiting.pop(key, None)

    def is_told(self, key: int) -> bool:
        """Return whether a version born in this transaction was told."""
        return key <= self._last_told

    def begin_step(self) -> None:
        """Wait until `end_step`; steps may be inside one another."""
        self.tell()
        self._steps.append(max(self._waiting, default=0))

    def end_step(self, *, is_undone: bool) -> None:
        """End a step; what was born in one that is undone is gone."""
        last = self._steps.pop()
        if is_undone:
            # What the step changed of others is as it was again.
            self._waiting = {key: None for key in self._waiting if key <= last}
        self.tell()

    def tell(self) -> None:
        """Tell what waits, unless a step is under way."""
        if self._observer is None or self._steps or not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        self._held_bytes = 0
        for keys in _batches(sorted(waiting)):
            self._tell_batch(keys, waiting)

    def _tell_batch(self, keys: Sequence[int], waiting: Mapping[int, _Born | None]) -> None:
        """Tell some versions in order; of those of which nothing is held, what the store has."""
        if self._observer is None:
            return
        unknown = [key for key in keys if waiting[key] is None]
        read = {columns.key: columns for columns in self._read(unknown)} if unknown else {}
        for key in keys:
            born = waiting[key]
            if born is not None:
                packed, id_, path, cluster = born
                self._observer.add(unpack_columns((key, id_, cluster, packed.content), (path,)))
            elif key in read:
                self._observer.add(read[key])
            self._last_told = key


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while batch := list(islice(rest, _BATCH)):
        yield batch
