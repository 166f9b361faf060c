"""What is found in the bytes of a file: articles that are ready for the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from pinakes.corpus.ledger import Status
from pinakes.corpus.store.packing import PackedArticle

if TYPE_CHECKING:
    from pinakes.corpus.extract import Problem


class Prepared(NamedTuple):
    """What is in the bytes of a file.

    Attributes:
        status: `indexed` if there are articles, else `empty`, `unsupported` or `error`.
        articles: By record, in order; a file that is one article has an empty one.
        detail: Why there are none.
        problems: The records that could not be read.
        notes: What the reader said of how the texts came about, each once.
    """

    status: Status
    articles: Mapping[str, PackedArticle]
    detail: str = ""
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


class Sink:
    """Is told of what is found in a file while it is read; this one does nothing."""

    def note_record(self) -> None:
        """Note that one more record has been read."""

    def take(self, _articles: dict[str, PackedArticle]) -> bool:
        """Return whether these articles were taken, and need not be kept with the others."""
        return False
