"""`AsyncArchive`: what an asynchronous application holds; the work is done in threads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from pinakes.search.archive import Archive
from pinakes.search.options import SearchOptions

if TYPE_CHECKING:
    from pinakes.corpus import (
        Article,
        FileOutcome,
        IngestObserver,
        IngestReport,
        LedgerRow,
        RemoveReport,
        Status,
    )
    from pinakes.search.autocomplete import Completion
    from pinakes.search.citing import FileHashes, Verdict
    from pinakes.search.concordance import ConcordOptions, Occurrence
    from pinakes.search.index_options import IndexOptions
    from pinakes.search.marking import MarkedArticle
    from pinakes.search.model import Citation, Results
    from pinakes.search.query import Query
    from pinakes.search.status import ArchiveStatus
    from pinakes.search.why import WhyNot

_DEFAULT_OPTIONS = SearchOptions()
_TAKEN_AT_ONCE = 100

Asked = ParamSpec("Asked")
Told = TypeVar("Told")


class AsyncArchive:
    """An archive whose questions are awaited: each does what that of `Archive` does, in a thread.

    Threads are those of the event loop (`loop.set_default_executor`). A question whose task is
    cancelled goes on in its thread, unheard; `pinakes.corpus.time_limit` around an `await` ends it.
    Functions that are told of progress are called in that thread.

    Attributes:
        archive: The archive itself, for what is not here: `in_thread(archive.tags.change, ...)`.
    """

    def __init__(self, archive: Archive) -> None:
        """Ask `archive`, which is closed by `close`."""
        self.archive = archive

    @classmethod
    async def create(cls, root: Path | str) -> Self:
        """Do as `Archive.create`."""
        return cls(await in_thread(Archive.create, root))

    @classmethod
    async def open(cls, start: Path | str = ".", *, exact: bool = False) -> Self:
        """Do as `Archive.open`."""
        return cls(await in_thread(Archive.open, start, exact=exact))

    @classmethod
    async def temporary(cls) -> Self:
        """Do as `Archive.temporary`."""
        return cls(await in_thread(Archive.temporary))

    @property
    def root(self) -> Path:
        """The folder that holds `.pinakes/`."""
        return self.archive.root

    @property
    def id(self) -> str:
        """Made when the archive was; the same wherever it is moved."""
        return str(self.archive.id)

    async def close(self) -> None:
        """Let go of every file."""
        await in_thread(self.archive.close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close()

    async def index(
        self,
        paths: Path | str | Iterable[Path | str],
        *,
        force: bool = False,
        wait_s: float = 10.0,
        options: IndexOptions | None = None,
        progress: Callable[[FileOutcome], None] | IngestObserver | None = None,
    ) -> IngestReport:
        """Do as `Archive.index`."""
        return await in_thread(
            self.archive.index,
            paths, force=force, wait_s=wait_s, options=options, progress=progress,
        )  # fmt: skip

    async def add(
        self,
        records: Iterable[Mapping[str, object]],
        *,
        is_complete: bool = False,
        wait_s: float = 10.0,
        options: IndexOptions | None = None,
        progress: Callable[[FileOutcome], None] | IngestObserver | None = None,
    ) -> IngestReport:
        """Do as `Archive.add`."""
        return await in_thread(
            self.archive.add,
            records, is_complete=is_complete, wait_s=wait_s, options=options, progress=progress,
        )  # fmt: skip

    async def remove(self, targets: str | Iterable[str], *, wait_s: float = 10.0) -> RemoveReport:
        """Do as `Archive.remove`."""
        return await in_thread(self.archive.remove, targets, wait_s=wait_s)

    async def search(
        self,
        query: str | Query,
        *,
        limit: int | None = None,
        options: SearchOptions = _DEFAULT_OPTIONS,
    ) -> Results:
        """Do as `Archive.search`."""
        return await in_thread(self.archive.search, query, limit=limit, options=options)

    async def understand(self, text: str, *, strict: bool = False) -> Query:
        """Do as `Archive.understand`."""
        return await in_thread(self.archive.understand, text, strict=strict)

    async def similar(
        self,
        article_id: str,
        *,
        limit: int | None = None,
        passage_number: int | None = None,
        options: SearchOptions = _DEFAULT_OPTIONS,
    ) -> Results:
        """Do as `Archive.similar`."""
        return await in_thread(
            self.archive.similar,
            article_id, limit=limit, passage_number=passage_number, options=options,
        )  # fmt: skip

    async def why_not(
        self, query: str | Query, article_id: str, *, options: SearchOptions = _DEFAULT_OPTIONS
    ) -> WhyNot:
        """Do as `Archive.why_not`."""
        return await in_thread(self.archive.why_not, query, article_id, options=options)

    async def mark(
        self, query: str | Query, article_id: str, *, options: SearchOptions = _DEFAULT_OPTIONS
    ) -> MarkedArticle:
        """Do as `Archive.mark`."""
        return await in_thread(self.archive.mark, query, article_id, options=options)

    async def complete(self, text: str, *, limit: int = 10) -> tuple[Completion, ...]:
        """Do as `Archive.complete`."""
        return await in_thread(self.archive.complete, text, limit=limit)

    async def article(self, article_id: str) -> Article:
        """Do as `Archive.article`."""
        return await in_thread(self.archive.article, article_id)

    async def cite(self, article_id: str, span: tuple[int, int]) -> Citation:
        """Do as `Archive.cite`."""
        return await in_thread(self.archive.cite, article_id, span)

    async def verify(self, citation: Citation, *, hashes: FileHashes | None = None) -> Verdict:
        """Do as `Archive.verify`."""
        return await in_thread(self.archive.verify, citation, hashes=hashes)

    async def status(self) -> ArchiveStatus:
        """Do as `Archive.status`."""
        return await in_thread(self.archive.status)

    async def state_mark(self) -> str:
        """Do as `Archive.state_mark`."""
        return await in_thread(self.archive.state_mark)

    def concord(
        self, query: str | Query, *, options: ConcordOptions | None = None
    ) -> AsyncIterator[Occurrence]:
        """Do as `Archive.concord`, a hundred occurrences at a time."""
        return _iterate(partial(self.archive.concord, query, options=options))

    def verify_all(self) -> AsyncIterator[tuple[Verdict, int]]:
        """Do as `Archive.verify_all`, a hundred articles at a time."""
        return _iterate(self.archive.verify_all)

    def ledger(self, *, status: Status | None = None) -> AsyncIterator[LedgerRow]:
        """Do as `Archive.ledger`."""
        return _iterate(partial(self.archive.ledger, status=status))


async def in_thread(work: Callable[Asked, Told], *args: Asked.args, **named: Asked.kwargs) -> Told:
    """Return what `work` does, in a thread of the event loop's."""
    return await asyncio.to_thread(work, *args, **named)


async def _iterate(begin: Callable[[], Iterator[Told]]) -> AsyncIterator[Told]:
    """Yield what an iterator does that is begun, and taken from, in threads."""
    each = await in_thread(begin)
    try:
        while taken := await in_thread(list, islice(each, _TAKEN_AT_ONCE)):
            for one in taken:
                yield one
    finally:
        close = getattr(each, "close", None)
        if close is not None:
            await in_thread(close)
