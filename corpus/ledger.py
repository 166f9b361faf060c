"""The nouns of the ledger: what became of every file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pinakes.corpus.extract import Problem


class Status(StrEnum):
    """What became of a file."""

    INDEXED = "indexed"
    UNCHANGED = "unchanged"
    """Said of a run only: the ledger keeps what the file was before."""
    DUPLICATE_OF = "duplicate-of"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    ERROR = "error"
    REMOVED = "removed"
    """Taken out by hand: it stays out until its content changes or the file itself is named."""
    IGNORED = "ignored"
    """Left out by a `.pinakesignore`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One file, as the last run found it.

    Attributes:
        path: Relative to the archive's folder, `/` between parts; a folder that could not be listed
            ends with `/`.
        status: What became of it; never `unchanged`.
        detail: The id of the article it duplicates, or why there is nothing to search.
        size: In bytes.
        mtime_ns: When it was last changed, in nanoseconds since 1970; 0 if that was so shortly
            before it was read that a later change might not show, and the next run must read it.
        sha256: Of the bytes last read, hexadecimal; empty if they could not be read.
        articles: How many living articles it holds. A file that went bad after it was indexed
            keeps its articles while it can only not be read.
        problems: The records of it that could not be read.
        notes: What its reader said of how the text came about, each once.
    """

    path: str
    status: Status
    detail: str = ""
    size: int = 0
    mtime_ns: int = 0
    sha256: str = ""
    articles: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much one generation of an archive holds.

    Attributes:
        articles: Living articles.
        passages: Their passages.
        files: Files in the ledger but those removed by hand and those ignored.
        unsearchable: Files among them that are empty, unsupported or in error, and hold no article.
        by_status: All files of the ledger; a status that no file has is left out.
    """

    articles: int
    passages: int
    files: int
    unsearchable: int
    by_status: Mapping[Status, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreState:
    """Where a store is in its history.

    Attributes:
        generation: Raised by one with every change; 0 in a new archive.
        pruned: What died at this generation or before is gone; readers of older ones may miss it.
    """

    generation: int
    pruned: int
