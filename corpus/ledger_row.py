"""What became of one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pinakes.corpus.ledger import Status

if TYPE_CHECKING:
    from pinakes.corpus.extract import Problem

THIN_NOTE = "a stub, or its text was missed"
"""How the note ends of a page of which suspiciously little was kept."""


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

    @property
    def thin_notes(self) -> tuple[str, ...]:
        """Those that say of a page that suspiciously little of it was kept."""
        return tuple(note for note in self.notes if note.endswith(THIN_NOTE))
