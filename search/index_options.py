"""How files are taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pinakes.corpus import ReadingLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexOptions:
    """How files are taken in.

    Attributes:
        force: Read files again that have not changed.
        retry_failed: Read files again that could not be read.
        prune: Forget what is no longer there even if a given path is gone, or a folder empty.
        dry_run: Find out what would become of every file, and change nothing.
        limits: How many processes read files, and what a file may take; by default what
            `config.toml` says.
    """

    force: bool = False
    retry_failed: bool = False
    prune: bool = False
    dry_run: bool = False
    limits: ReadingLimits | None = None
