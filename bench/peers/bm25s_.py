"""bm25s: scores computed beforehand, in sparse arrays; OR queries only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.inputs import BenchPassage
from bench.peer import PeerMissingError, Resources, folder_sizes
from bench.shapes import TOP_COUNT, Answer, Asked, Join, Shape

try:
    import bm25s
    import Stemmer
except ImportError as error:
    raise PeerMissingError("pip install -r bench/requirements.txt") from error

_WORD = r"(?u)[^\W_]+"


class Bm25s:
    """Stems of PyStemmer, no stop words, memory-mapped; it keeps no positions."""

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english")

    def describe(self) -> dict[str, str]:
        return {"version": bm25s.__version__, "fields": "stems (no positions)", "backend": "numpy"}

    def can(self, shape: Shape) -> bool:
        return shape == Shape(Join.OR, Asked.TOP)

    def build(
        self, folder: Path, passages: Sequence[BenchPassage], resources: Resources
    ) -> dict[str, float]:
        tokens = bm25s.tokenize(
            [passage.text for passage in passages],
            stopwords=None,
            stemmer=self._stemmer,
            token_pattern=_WORD,
            show_progress=False,
        )
        retriever = bm25s.BM25(k1=1.2, b=0.75)
        retriever.index(tokens, show_progress=False)
        retriever.save(str(folder))
        with (folder / "texts.jsonl").open("w", encoding="utf-8") as texts:
            texts.writelines(json.dumps(passage, ensure_ascii=False) + "\n" for passage in passages)
        return {}

    def finish(self, folder: Path) -> None:
        """Leave it as it is."""

    def sizes(self, folder: Path) -> dict[str, int]:
        texts = (folder / "texts.jsonl").stat().st_size
        return {"texts": texts, "index": folder_sizes(folder)["all"] - texts}

    def open(self, folder: Path) -> None:
        self._retriever = bm25s.BM25.load(str(folder), mmap=True)
        with (folder / "texts.jsonl").open(encoding="utf-8") as texts:
            self._ids = [json.loads(line)[0] for line in texts]

    def prepare(self, words: tuple[str, ...], shape: Shape) -> Any:
        return [list(dict.fromkeys(self._stemmer.stemWords(list(words))))]

    def search(self, prepared: Any, shape: Shape) -> Any:
        return self._retriever.retrieve(prepared, k=self._count, show_progress=False)

    @property
    def _count(self) -> int:
        return min(TOP_COUNT, len(self._ids))

    def read_answer(self, found: Any, join: Join) -> Answer:
        rows = zip(found.documents[0], found.scores[0], strict=True)
        return Answer([(self._ids[row], float(score)) for row, score in rows if score > 0], -1)


def create() -> Bm25s:
    """Return the engine."""
    return Bm25s()
