"""A segment as Whoosh's index, writer and readers carry it around."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from pinakes.indexer.changes import delete_articles
from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.snapshot import open_segment
from pinakes.indexer.toc import INDEX_NAME, SegmentEntry
from pinakes.indexer.whoosh_index.adapter import codec_base


class WhooshSegment(codec_base.Segment):  # type: ignore[misc]
    """One segment, as the table of contents describes it.

    Attributes:
        entry: What the table of contents says; None for one that has nothing in it.
    """

    def __init__(
        self,
        folder: str | Path,
        *,
        codec: Any,
        indexname: str = INDEX_NAME,
        entry: SegmentEntry | None = None,
    ) -> None:
        """Describe a segment in `folder`."""
        super().__init__(indexname)
        self.entry = entry
        self._folder = Path(folder)
        self._codec = codec
        self._segment: Segment | None = None
        self._doomed: set[int] = set()
        if entry is not None:
            self.segid = entry.name.partition("_")[2]

    def codec(self) -> Any:
        """Return the codec that reads the segment."""
        return self._codec

    def should_assemble(self) -> bool:
        """Return False: there is one file already, and its arrays must stay aligned."""
        return False

    def opened(self) -> Segment:
        """Return the segment's arrays."""
        if self._segment is None:
            if self.entry is None:
                raise ValueError(f"{self.segment_id()} is empty")
            self._segment = open_segment(self._folder, self.entry)
        return self._segment

    def settle(self) -> None:
        """Write down the deletions that were asked for."""
        if self.entry is not None and self._doomed:
            keys = sorted(self._doomed)
            (self.entry,) = delete_articles(self._folder, [self.entry], keys)
            self._doomed.clear()
            self._segment = None

    def set_doc_count(self, count: int) -> None:
        """Ignore the writer's count of passages: the arrays have their own."""

    def doc_count_all(self) -> int:
        """Return the number of passages, deleted ones included."""
        return 0 if self.entry is None else self.entry.passages

    def deleted_count(self) -> int:
        """Return the number of deleted passages."""
        if self.entry is None:
            return 0
        if self._doomed:
            return len(self.deleted_docs())
        return self.entry.passages - self.entry.live_passages

    def _dead(self) -> Array | None:
        if self.entry is None:
            return None
        segment = self.opened()
        if segment.live is None and not self._doomed:
            return None
        dead = np.isin(segment.article_key, list(self._doomed))
        if segment.live is not None:
            dead |= ~segment.live
        return dead

    def deleted_docs(self) -> list[int]:
        """Return the deleted passages, ascending."""
        dead = self._dead()
        if dead is None:
            return []
        found: list[int] = np.flatnonzero(dead[self.opened().passage_article]).tolist()
        return found

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a passage is deleted."""
        # Whoosh's matcher for NOT asks about passage 0 even where there is none.
        if self.entry is None or docnum >= self.entry.passages:
            return False
        segment = self.opened()
        article = int(segment.passage_article[docnum])
        dead = segment.live is not None and not segment.live[article]
        return dead or int(segment.article_key[article]) in self._doomed

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete the whole article of a passage: an article is found whole, or not at all.

        Raises:
            ValueError: `delete` is False; what is deleted stays so.
        """
        if not delete:
            raise ValueError("deletions cannot be taken back")
        segment = self.opened()
        self._doomed.add(int(segment.article_key[segment.passage_article[docnum]]))
