"""Stock Whoosh: its own codec and matchers, with a stemmer that stems rightly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.inputs import BenchPassage
from bench.peer import PeerMissingError, Resources, folder_sizes
from bench.shapes import TOP_COUNT, Answer, Asked, Join, Shape

try:
    import Stemmer
    import whoosh
    from whoosh import analysis, fields, index, query
except ImportError as error:
    raise PeerMissingError("pip install Whoosh==2.7.4") from error

_STEMMER: Any = Stemmer.Stemmer("english")


class Whoosh:
    """One field of stems with positions, texts stored."""

    def describe(self) -> dict[str, str]:
        version = ".".join(map(str, whoosh.__version__))
        return {"version": version, "fields": "stems (positions)"}

    def can(self, shape: Shape) -> bool:
        return True

    def build(
        self, folder: Path, passages: Sequence[BenchPassage], resources: Resources
    ) -> dict[str, float]:
        schema = fields.Schema(
            id=fields.ID(stored=True), text=fields.TEXT(analyzer=_analyzer(), stored=True)
        )
        made = index.create_in(str(folder), schema)
        # One process: its multiprocess writer loses documents.
        writer = made.writer(limitmb=resources.memory_mb)
        for id_, text in passages:
            writer.add_document(id=id_, text=text)
        writer.commit()
        return {}

    def finish(self, folder: Path) -> None:
        index.open_dir(str(folder)).optimize()

    def sizes(self, folder: Path) -> dict[str, int]:
        return folder_sizes(folder)

    def open(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher()

    def prepare(self, words: tuple[str, ...], shape: Shape) -> Any:
        stems = [_stem(word) for word in words]
        if shape.join is Join.PHRASE:
            return query.Phrase("text", stems)
        terms = [query.Term("text", stem) for stem in dict.fromkeys(stems)]
        joined = query.Or(terms) if shape.join is Join.OR else query.And(terms)
        return joined.normalize()

    def search(self, prepared: Any, shape: Shape) -> Any:
        results = self._searcher.search(prepared, limit=TOP_COUNT)
        if shape.asked is Asked.WHOLE:
            return results, [(hit["text"], hit.highlights("text")) for hit in results]
        total = len(results) if shape.asked is Asked.TOTALS else -1
        return [(hit.docnum, hit.score) for hit in results], total

    def read_answer(self, found: Any, join: Join) -> Answer:
        rows, total = found
        get = self._searcher.stored_fields
        return Answer([(get(number)["id"], score) for number, score in rows], total)


def _analyzer() -> Any:
    words = analysis.RegexTokenizer(r"[^\W_]+") | analysis.LowercaseFilter()
    # Its default, Porter's, is wrong for some words, and is cached for 50,000 of them only.
    return words | analysis.StemFilter(stemfn=_stem, lang=None, cachesize=-1)


def _stem(word: str) -> str:
    # Whoosh pickles its analyzer, so what that names must be found by name.
    return str(_STEMMER.stemWord(word))


def create() -> Whoosh:
    """Return the engine."""
    return Whoosh()
