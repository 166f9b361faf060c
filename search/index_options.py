"""How files are taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pinakes.search.options import OptionsError

if TYPE_CHECKING:
    from pinakes.corpus import ReadingLimits, TagLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexOptions:
    """How files are taken in.

    Attributes:
        force: Read files again that have not changed.
        retry_failed: Read files again that could not be read.
        prune: Forget what is no longer there even if a given path is gone, or a folder empty.
        dry_run: Find out what would become of every file, and change nothing.
        tags: How much is looked for in the passages of what is read: `none`, `basic` or `all`; by
            default, as for the limits, what `config.toml` says.
        limits: How many processes read files, and what a file may take; by default what
            `config.toml` says.

    Raises:
        OptionsError: `tags` is none of these.
    """

    force: bool = False
    retry_failed: bool = False
    prune: bool = False
    dry_run: bool = False
    tags: TagLevel | None = None
    limits: ReadingLimits | None = None

    def __post_init__(self) -> None:
        if self.tags is None:
            return
        # Who searches need not wait for this to be loaded.
        from pinakes.corpus import TagLevel

        try:
            object.__setattr__(self, "tags", TagLevel(self.tags))
        except ValueError as error:
            raise OptionsError(f"tags is one of {', '.join(TagLevel)}") from error
