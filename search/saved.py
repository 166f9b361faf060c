"""Searches that an archive keeps under names, and what is new in their answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace as with_changes
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pinakes.corpus import ArchiveFolder, PinakesError, SavedSearch, Store
from pinakes.search.query import Query, QueryError, Saved, holds_saved, parse
from pinakes.search.query.query import SYNTAX

if TYPE_CHECKING:
    from pinakes.corpus import SavedRows

_NAME = re.compile(r"[\w][\w.-]{0,63}")


class SavedSearchError(PinakesError, ValueError):
    """A saved search is not there, or cannot be kept or read; the message says what to do."""


class SavedSearches:
    """The searches that an archive keeps: iterate over it for all of them, by name.

    May be used by many threads; each change is on the disk when its method returns, and needs
    no more of the archive than its store, so that it can be made while articles are indexed.
    """

    def __init__(self, folder: ArchiveFolder) -> None:
        """Keep them in the archive in `folder`."""
        self._path = folder.store_path

    def __iter__(self) -> Iterator[SavedSearch]:
        with Store.open(self._path) as store:
            found = list(store.saved)
        yield from found

    def get(self, name: str) -> SavedSearch:
        """Return the search with this name.

        Raises:
            SavedSearchError: There is none, or a newer Pinakes saved it.
        """
        known = {search.name: search for search in self}
        found = known.get(_normal(name))
        if found is None:
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "`pinakes saved` lists them"
            raise SavedSearchError(f"{name}: no such saved search; {hint}")
        if found.syntax > SYNTAX:
            raise SavedSearchError(
                f"{name}: saved in version {found.syntax} of the query language, this Pinakes "
                f"reads up to {SYNTAX}; install a newer one"
            )
        return found

    def save(self, name: str, query: str, *, replace: bool = False) -> SavedSearch:
        """Keep a query under a name; with `replace` also in the place of another.

        Raises:
            QueryError: The query cannot be answered; as one that asks for itself, by way of others.
            SavedSearchError: The name is taken, or has other signs than `_`, `-` and `.` in it.
        """
        name = _normal(name)
        if not _NAME.fullmatch(name):
            raise SavedSearchError(
                f"{name!r} is no name for a search: take up to 64 letters, digits, '_', '-' and "
                "'.', a letter or digit first"
            )
        now = datetime.now(UTC).isoformat(timespec="seconds")
        search = SavedSearch(name=name, query=query, syntax=SYNTAX, saved=now)
        understood = parse(query)
        if holds_saved(understood.root):
            from pinakes.search.query.saved_clauses import expand

            # As it will be asked, itself among those that it may name.
            others = (other for other in self if other.name != name)
            itself = Query(text=query, root=Saved(name=name, start=0, end=len(query)))
            understood = expand(itself, (*others, search))
        if understood.errors:
            raise QueryError(query, understood.diagnostics)
        if not self._change(lambda rows: rows.put(search, replace=replace)):
            raise SavedSearchError(
                f"{name}: there is a saved search of this name; take another, or --replace it"
            )
        return search

    def remove(self, name: str) -> None:
        """Forget the search with this name.

        Raises:
            SavedSearchError: There is none.
        """
        if not self._change(lambda rows: rows.remove(_normal(name))):
            self.get(name)

    def remember(self, search: SavedSearch, generation: int) -> SavedSearch:
        """Note that `generation` of the archive answered a search; return it so.

        What is new the next time is new since then. A generation before the one that is noted
        changes nothing.
        """
        self._change(lambda rows: rows.remember(search, generation))
        return with_changes(search, seen=max(search.seen or 0, generation))

    def _change(self, change: Callable[[SavedRows], bool | None]) -> bool:
        """Return whether a change was made, by what `change` returns of that."""
        is_made = False
        while True:
            with Store.open(self._path, read_only=False) as store:
                is_made = bool(change(store.saved)) or is_made
                # A purge may have put another file in its place meanwhile, or was killed while it
                # did: that file has this change only if it was made before the file was written.
                if not store.is_superseded():
                    # A flipped bit in SQLite's log looks like a commit that was never finished.
                    store.checkpoint(wait_ms=0)
                    return is_made


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())
