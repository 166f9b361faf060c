"""The searches that an archive keeps, as the first page lists them."""

from __future__ import annotations

from typing import NamedTuple

from pinakes.search.options import SearchOptions
from pinakes.search.query import QueryError
from pinakes.search.serving.exchange import Ask

_MOST_ASKED = 30


class ShownSearch(NamedTuple):
    """A saved search.

    Attributes:
        name: Its name.
        query: What it asks for.
        since: The generation of the archive that answered it last; 0 if none has.
        new: Articles that satisfy it and are new, or changed, since then; None if nobody looked.
    """

    name: str
    query: str
    since: int
    new: int | None


def list_saved(ask: Ask) -> list[ShownSearch]:
    """Return all saved searches by name; of the first ones, how many articles are new to each."""
    found = []
    for number, search in enumerate(ask.archive.saved):
        is_asked = bool(search.seen) and number < _MOST_ASKED
        new = _count_new(ask, search.name, search.seen or 0) if is_asked else None
        found.append(ShownSearch(search.name, search.query, search.seen or 0, new))
    return found


def _count_new(ask: Ask, name: str, since: int) -> int | None:
    options = SearchOptions(limit=0, since=since, hints=False)
    try:
        return ask.archive.search(f"saved:{name}", options=options).articles
    except QueryError:
        # As it cannot be answered any more; its own page says why.
        return None
