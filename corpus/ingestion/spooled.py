"""Articles of a file that has too many to be held in memory: their contents lie on the disk."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator, Mapping

from pinakes.corpus.store.packing import PackedArticle

# With the sketch by which copies are looked for.
_ROW_BYTES = 700


class SpooledArticles(Mapping[str, PackedArticle]):
    """Articles by record, in order; the content of each is read when it is asked for.

    They lie in a temporary file without a name, which goes with this object. One thread at a time.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this is.
        self._close = weakref.finalize(self, self._file.close)
        self._rows: dict[str, tuple[PackedArticle, int, int]] = {}
        self._end = 0

    def add(self, articles: Mapping[str, PackedArticle]) -> None:
        """Put more articles behind those that are there.

        Raises:
            OSError: There is no room for them.
        """
        self._file.seek(self._end)
        for record, packed in articles.items():
            size = len(packed.content)
            self._file.write(packed.content)
            self._rows[record] = packed._replace(content=b""), self._end, size
            self._end += size

    @property
    def held_bytes(self) -> int:
        """How much memory they take, about."""
        return len(self._rows) * _ROW_BYTES

    def __getitem__(self, record: str) -> PackedArticle:
        packed, start, size = self._rows[record]
        self._file.seek(start)
        return packed._replace(content=self._file.read(size))

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
