"""A query that an archive keeps under a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A query that an archive keeps under a name.

    Attributes:
        name: Letters, digits, `_`, `-` and `.`.
        query: As it was typed.
        syntax: The version of the query language it was typed in.
        saved: When, as ISO 8601 in UTC.
        seen: The generation of the archive that answered it last; None if none has.
    """

    name: str
    query: str
    syntax: int
    saved: str
    seen: int | None = None
