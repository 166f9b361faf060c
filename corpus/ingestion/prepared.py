"""What is found in the bytes of a file: articles that are ready for the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pinakes.corpus.extract import Problem
from pinakes.corpus.ledger import Status
from pinakes.corpus.store.packing import PackedArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is in the bytes of a file.

    Attributes:
        status: `indexed` if there are articles, else `empty`, `unsupported` or `error`.
        detail: Why there are none.
        articles: By record, in order; a file that is one article has an empty one.
        problems: The records that could not be read.
        notes: What the reader said of how the texts came about, each once.
    """

    status: Status
    detail: str = ""
    articles: Mapping[str, PackedArticle]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


class Sink:
    """Is told of what is found in a file while it is read; this one does nothing."""

    def note_record(self) -> None:
        """Note that one more record has been read."""

    def take(self, _articles: dict[str, PackedArticle]) -> bool:
        """Return whether these articles were taken, and need not be kept with the others."""
        return False
