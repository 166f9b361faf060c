"""Takes articles in as they come, and makes segments of them.

Also those that the store has written and not yet committed: what is made of them is of use once
they are committed.
"""

from __future__ import annotations

import secrets
from array import array
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pinakes.indexer.memory import MEMORY_BYTES
from pinakes.indexer.toc import INDEX_NAME, SegmentEntry

if TYPE_CHECKING:
    from pinakes.corpus import Article, ArticleColumns, RetaggedArticle
    from pinakes.indexer.segments.arrays import Array
    from pinakes.indexer.segments.builder import SegmentBuilder
    from pinakes.indexer.segments.workers import Workers

# What of articles with other tags is held until they are committed.
_MOST_RETAGGED_BYTES = 32 << 20


class Intake:
    """Collects articles, and writes a segment whenever there is no room for more.

    Its files are leftovers of the index until a table of contents names them. What builds segments
    is loaded for the first article.
    """

    def __init__(self, folder: Path, *, memory_bytes: int = MEMORY_BYTES) -> None:
        """Write to the folder of an index, and take about so much memory."""
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._workers: Workers | None = None
        self._begin()

    def _begin(self) -> None:
        self._builder: SegmentBuilder | None = None
        self._entries: list[SegmentEntry] = []
        self._keys = array("q")
        self._retagged: list[RetaggedArticle] = []
        self._retagged_bytes = 0
        self._is_whole = True

    def add(self, article: Article | ArticleColumns) -> None:
        """Take in an article; keys ascend."""
        if not self._is_whole or self._retagged:
            self._is_whole = False
            return
        # Until it is in: an interrupt can strike anywhere.
        self._is_whole = False
        self._keys.append(article.key)
        if self._builder is None:
            self._builder = self._new_builder()
        self._builder.add(article)
        if self._builder.is_full:
            self._write(self._builder)
        self._is_whole = True

    def _new_builder(self) -> SegmentBuilder:
        from pinakes.indexer.segments.builder import SegmentBuilder
        from pinakes.indexer.segments.workers import Workers

        self._workers = self._workers or Workers()
        return SegmentBuilder(self._workers, memory_bytes=self._memory_bytes)

    def retag(self, article: RetaggedArticle) -> None:
        """Take note of an article that has other tags now; keys ascend.

        Where others are taken in as well, or there is too much of it, nothing is whole.
        """
        is_whole, self._is_whole = self._is_whole, False
        if is_whole and not self._keys and self._retagged_bytes <= _MOST_RETAGGED_BYTES:
            self._retagged_bytes += len(article.difference.text)
            self._retagged.append(article)
            self._is_whole = True

    def retagged(self, living: Sequence[int]) -> Sequence[RetaggedArticle]:
        """Return articles that have other tags now if they are all that lives, else none."""
        if not self._is_whole or [each.key for each in self._retagged] != list(living):
            return ()
        return self._retagged

    def forget(self) -> None:
        """Forget all that was taken in since the last `finish`."""
        entries = self._entries
        self._begin()
        for entry in entries:
            # What cannot be removed now is a leftover, which the next commit removes.
            with suppress(OSError):
                segment_path(self._folder, entry).unlink()

    def dead(self, living: Sequence[int]) -> Array | None:
        """Return the keys of what was taken in and does not live, given those of all that does.

        None if something that lives was not taken in, or was lost.
        """
        if (
            not self._is_whole
            or self._retagged
            or not all(segment_path(self._folder, entry).exists() for entry in self._entries)
        ):
            return None
        import numpy as np

        keys = np.frombuffer(self._keys, np.int64)
        is_living = np.isin(keys, np.asarray(living, np.int64), assume_unique=True)
        return keys[~is_living] if np.count_nonzero(is_living) == len(living) else None

    def finish(self) -> list[SegmentEntry]:
        """Return segments of what was taken in, not yet durable; begin anew."""
        if self._builder is not None and len(self._builder):
            self._write(self._builder)
        entries = self._entries
        self._begin()
        return entries

    def _write(self, builder: SegmentBuilder) -> None:
        from pinakes.indexer.segments.census import count_segment
        from pinakes.indexer.segments.segment import Segment

        path = new_segment_path(self._folder)
        builder.write(path, durable=False)
        self._entries.append(count_segment(Segment(path)))
        self._builder = None

    def close(self) -> None:
        """Forget what was not finished, and end the threads."""
        self.forget()
        if self._workers is not None:
            self._workers.close()

    def __enter__(self) -> Intake:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def segment_path(folder: Path, entry: SegmentEntry) -> Path:
    """Return where a segment is."""
    return folder / f"{entry.name}.seg"


def new_segment_path(folder: Path) -> Path:
    """Return where another segment can be."""
    return folder / f"{INDEX_NAME}_{secrets.token_hex(8)}.seg"
