"""`ArchiveRecords`: searches that others are to rely on, described, repeated, and handed on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pinakes.corpus import ArchiveFolder
from pinakes.search.lending import Lends
from pinakes.search.options import SearchOptions
from pinakes.search.query import Query

if TYPE_CHECKING:
    from pinakes.search.bundling import Bundle
    from pinakes.search.model import Results
    from pinakes.search.reporting import Replay, SearchReport

_DEFAULT_OPTIONS = SearchOptions()


class Understanding(Protocol):
    """What understands queries."""

    def __call__(self, query: str | Query, *, strict: bool) -> Query:
        """Return a query that can be answered; raises `QueryError`."""


class ArchiveRecords:
    """Records of searches of an archive; may be used by many threads."""

    def __init__(self, folder: ArchiveFolder, reader: Lends, read: Understanding) -> None:
        """Ask the archive in `folder`, which `reader` reads; `read` understands queries."""
        self._folder = folder
        self._reader = reader
        self._read = read

    def report(
        self, query: str | Query, *, options: SearchOptions = _DEFAULT_OPTIONS
    ) -> tuple[Results, SearchReport]:
        """Return the answer that `Archive.search` gives, and a report on it that lists every hit.

        Raises:
            QueryError: As of `Archive.search`.
            OptionsError: As of `Archive.search`.
        """
        from pinakes.search.reporting.making import make_report

        asked = self._read(query, strict=options.strict)
        return self._reader.ask(partial(make_report, asked, options))

    def replay(self, report: SearchReport) -> Replay:
        """Return which hits of a report are what they were, and why the others are not.

        Raises:
            QueryError: What was understood then cannot be answered any more.
        """
        from pinakes.search.reporting.damage import find_damaged
        from pinakes.search.reporting.replaying import replay
        from pinakes.search.reporting.standing_in import find_stand_ins

        return replay(
            report,
            partial(self._read, strict=False),
            lambda query, options: self.report(query, options=options)[1],
            lambda query, options: self._reader.ask(partial(find_stand_ins, query, options)),
            lambda ids: self._reader.ask(partial(find_damaged, ids)),
        )

    def export_bundle(
        self,
        query: str | Query,
        path: Path | str,
        *,
        limit: int | None = None,
        options: SearchOptions = _DEFAULT_OPTIONS,
    ) -> Bundle:
        """Write what a query finds, with all it takes to check it, into the ZIP file `path`.

        Args:
            query: As of `Archive.search`.
            path: A file that is there is replaced. If nothing is found, none is written.
            limit: Hits at the most; None for all, whatever `options` says of pages.
            options: What else is asked for.

        Raises:
            QueryError: As of `Archive.search`.
            BundleError: A file changed while it was read, or the bundle cannot be written.
        """
        from pinakes.search.bundling import BundleRequest, write_bundle

        asked = self._read(query, strict=options.strict)
        request = BundleRequest(
            query=asked, options=replace(options, collapse=False), limit=limit, path=Path(path)
        )
        return self._reader.ask(partial(write_bundle, self._folder, request))
