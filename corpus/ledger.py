"""What can become of a file, and how much an archive holds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


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
    PURGED = "purged"
    """Said of a run only: what was purged stays out for good, and its name is not in the ledger."""
    IGNORED = "ignored"
    """Left out by a `.pinakesignore`."""


class Counts(NamedTuple):
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


class StoreState(NamedTuple):
    """Where a store is in its history.

    Attributes:
        generation: Raised by one with every change; 0 in a new archive.
        pruned: What died at this generation or before is gone; readers of older ones may miss it.
    """

    generation: int
    pruned: int
