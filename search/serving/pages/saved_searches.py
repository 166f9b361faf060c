"""The searches that an archive keeps, as the first page lists them."""

from __future__ import annotations

from typing import NamedTuple

from pinakes.corpus import TimeLimitError
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
    """Return all saved searches by name; of the first ones, how many articles are new to each.

    Once a page may take no longer nobody looks: it is shown without the others.
    """
    found = []
    most_asked = _MOST_ASKED
    for number, search in enumerate(ask.archive.saved):
        new = None
        if search.seen and number < most_asked:
            try:
                new = _count_new(ask, search.name, search.seen)
            except TimeLimitError:
                most_asked = 0
        found.append(ShownSearch(search.name, search.query, search.seen or 0, new))
    return found


def _count_new(ask: Ask, name: str, since: int) -> int | None:
    options = SearchOptions(limit=0, since=since, hints=False)
    try:
        return ask.archive.search(f"saved:{name}", options=options).articles
    except QueryError:
        # As it cannot be answered any more; its own page says why.
        return None
