"""Xapian, through Debian's python3-xapian: runs in the system's Python."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.inputs import BenchPassage
from bench.peer import PeerMissingError, Resources, folder_sizes
from bench.shapes import TOP_COUNT, Answer, Asked, Join, Shape

_FLUSH_AT = "50000"
# Read by Xapian when a database is opened; its default of 10,000 is slower.
os.environ.setdefault("XAPIAN_FLUSH_THRESHOLD", _FLUSH_AT)

try:
    import xapian
except ImportError as error:
    raise PeerMissingError("apt-get install python3-xapian") from error


class Xapian:
    """Snowball stems without positions and words with them: what its `TermGenerator` does."""

    def describe(self) -> dict[str, str]:
        return {
            "version": xapian.version_string(),
            "fields": "stems (freqs) and words (positions)",
            "settings": f"flushed every {os.environ['XAPIAN_FLUSH_THRESHOLD']}, compacted after",
        }

    def can(self, shape: Shape) -> bool:
        return shape.asked is not Asked.WHOLE

    def build(
        self, folder: Path, passages: Sequence[BenchPassage], resources: Resources
    ) -> dict[str, float]:
        database = xapian.WritableDatabase(str(folder / "built"), xapian.DB_CREATE)
        generator = xapian.TermGenerator()
        generator.set_stemmer(xapian.Stem("english"))
        for id_, text in passages:
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(text)
            document.set_data(text)
            document.add_value(0, id_)
            database.add_document(document)
        database.commit()
        database.close()
        return {}

    def finish(self, folder: Path) -> None:
        database = xapian.Database(str(folder / "built"))
        database.compact(str(folder / "compact"))
        database.close()

    def sizes(self, folder: Path) -> dict[str, int]:
        return folder_sizes(folder / "compact")

    def open(self, folder: Path) -> None:
        self._database = xapian.Database(str(folder / "compact"))
        self._stem = xapian.Stem("english")
        self._enquire = xapian.Enquire(self._database)
        self._enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1, 0.75, 0.0))

    def prepare(self, words: tuple[str, ...], shape: Shape) -> Any:
        if shape.join is Join.PHRASE:
            return xapian.Query(xapian.Query.OP_PHRASE, list(words))
        stems = ["Z" + self._stem(word.encode()).decode() for word in words]
        operator = xapian.Query.OP_OR if shape.join is Join.OR else xapian.Query.OP_AND
        return xapian.Query(operator, stems)

    def search(self, prepared: Any, shape: Shape) -> Any:
        self._enquire.set_query(prepared)
        at_least = self._database.get_doccount() if shape.asked is Asked.TOTALS else 0
        found = self._enquire.get_mset(0, TOP_COUNT, at_least)
        return [(hit.docid, hit.weight) for hit in found], found.get_matches_estimated()

    def read_answer(self, found: Any, join: Join) -> Answer:
        rows, total = found
        get = self._database.get_document
        return Answer([(get(number).get_value(0).decode(), score) for number, score in rows], total)


def create() -> Xapian:
    """Return the engine."""
    return Xapian()
