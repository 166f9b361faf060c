"""The columns of a segment: a value, or several, for each of its articles or passages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile

if TYPE_CHECKING:
    from pathlib import Path


class SegmentArrays:
    """The columns of a segment, each a view of the mapped file, checked when it is first asked for.

    Attributes:
        path: The file.
        passage_count: P, deleted ones included.
        article_count: A, deleted ones included.
    """

    def __init__(self, path: Path) -> None:
        """Open the file at `path`; raises as `Segment`."""
        self.path = path
        self._file = ArrayFile(path)
        self.passage_count = self._file.passages
        self.article_count = self._file.articles
        # What is made for each passage and article must not be more than there is in the file.
        promised = {"passage_words": self.passage_count, "article_key": self.article_count}
        for name, count in promised.items():
            if self._file.length(name) != count:
                raise IndexDamagedError(path, f"section {name} has not {count} values")

    @cached_property
    def article_key(self) -> Array:
        """`int64[A]`: the store's keys, ascending."""
        return self._file.checked("article_key", count=self.article_count)

    @cached_property
    def article_first(self) -> Array:
        """`uint32[A + 1]`: the first passage of each article, and P."""
        first = self._file.checked("article_first", count=self.article_count + 1)
        if int(first[-1]) != self.passage_count or (first[1:] < first[:-1]).any():
            raise IndexDamagedError(self.path, "article_first does not add up")
        return first

    @cached_property
    def article_words(self) -> Array:
        """`uint32[A, 3]`: words of each article in title, headings and body."""
        cells = self._file.checked("article_words", count=self.article_count * 3)
        return cells.reshape(-1, 3)

    @cached_property
    def article_cluster(self) -> Array:
        """`int64[A]`: equal for articles that are copies of one another."""
        return self._file.checked("article_cluster", count=self.article_count)

    @cached_property
    def article_digest(self) -> Array:
        """`int64[A, 2]`: of the text of each article, and of its address, 0 if that is unknown."""
        cells = self._file.checked("article_digest", count=self.article_count * 2)
        return cells.reshape(-1, 2)

    @cached_property
    def article_saved(self) -> Array:
        """`int64[A]`: when each article was saved, in seconds from 1970, 0 if that is unknown."""
        return self._file.checked("article_saved", count=self.article_count)

    @cached_property
    def article_files(self) -> Array:
        """`uint32[A]`: in how many files each article is."""
        return self._file.checked("article_files", count=self.article_count)

    @cached_property
    def published(self) -> Array:
        """`int32[A, 2]`: first and last day as `date.toordinal` counts, 0 if unknown."""
        return self._file.checked("published", count=self.article_count * 2).reshape(-1, 2)

    @cached_property
    def passage_article(self) -> Array:
        """`uint32[P]`: the article of each passage, ascending."""
        return self._file.checked("passage_article", count=self.passage_count)

    @cached_property
    def passage_kind(self) -> Array:
        """`uint8[P]`: the kind of each passage, as a position in `KINDS`."""
        return self._file.checked("passage_kind", count=self.passage_count)

    @cached_property
    def passage_words(self) -> Array:
        """`uint32[P]`: the number of words of each passage."""
        words = self._file.checked("passage_words", count=self.passage_count)
        if int(words.max(initial=0)) > self._file.length("stem.positions"):
            raise IndexDamagedError(self.path, "passage_words says of more words than there are")
        return words
