"""Articles of a file that has too many to be held in memory: they lie on the disk."""

from __future__ import annotations

import struct
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from contextlib import suppress

from pinakes.corpus.store.packing import PackedArticle

# What follows the head of a row, in bytes each: digest, hash of the text, sketch and one more if
# there is one, content. Then how many passages there are, and the place of the stamps.
_HEAD = struct.Struct("<4Q2Q")
# Of a record's name and where its row is.
_NAME_BYTES = 200


class SpoolError(OSError):
    """Articles cannot be put into a temporary file."""

    def __init__(self, error: OSError) -> None:
        reason = error.strerror or str(error)
        super().__init__(f"has more than is held in memory, and no temporary file: {reason}")


class SpooledArticles(Mapping[str, PackedArticle]):
    """Articles by record, in order; each is read when it is asked for.

    They lie in a temporary file without a name, which goes with this object. One thread at a time.
    """

    def __init__(self) -> None:
        """Begin without any. Raises `SpoolError` as `add`."""
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this is.
        except OSError as error:
            raise SpoolError(error) from error
        self._close = weakref.finalize(self, self._file.close)
        self._places: dict[str, int] = {}
        # Mostly all articles of a file have gone through the same taggers.
        self._stamps: dict[tuple[str, ...], int] = {}
        self._end = 0

    def add(self, articles: Mapping[str, PackedArticle]) -> None:
        """Put more articles behind those that are there.

        Raises:
            SpoolError: There is no room for them.
        """
        try:
            self._file.seek(self._end)
            for record, packed in articles.items():
                row = self._row(packed)
                self._file.write(row)
                self._places[record] = self._end
                self._end += len(row)
            # What is only in a buffer would fail when it is too late.
            self._file.flush()
        except OSError as error:
            # Closing would write again what could not be written.
            with suppress(OSError):
                self._close()
            raise SpoolError(error) from error

    @property
    def held_bytes(self) -> int:
        """How much memory they take, about."""
        return len(self._places) * _NAME_BYTES

    def _row(self, packed: PackedArticle) -> bytes:
        sketch = packed.sketch or b""
        head = _HEAD.pack(
            len(packed.digest),
            len(packed.text_sha256),
            len(sketch) + (packed.sketch is not None),
            len(packed.content),
            packed.passage_count,
            self._stamps.setdefault(packed.stamps, len(self._stamps)),
        )
        return b"".join((head, packed.digest, packed.text_sha256, sketch, packed.content))

    def __getitem__(self, record: str) -> PackedArticle:
        self._file.seek(self._places[record])
        digest, text_sha256, sketch, content, passage_count, stamps = _HEAD.unpack(
            self._file.read(_HEAD.size)
        )
        return PackedArticle(
            digest=self._file.read(digest),
            text_sha256=self._file.read(text_sha256),
            sketch=self._file.read(sketch - 1) if sketch else None,
            content=self._file.read(content),
            passage_count=passage_count,
            stamps=list(self._stamps)[stamps],
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
