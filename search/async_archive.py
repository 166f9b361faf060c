"""`AsyncArchive`: what an asynchronous application holds; the work is done in threads."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pinakes.indexer import LISTS_MB
from pinakes.search.archive import Archive
from pinakes.search.awaiting import awaited, in_thread, iterated

if TYPE_CHECKING:
    from pinakes.search.async_parts import (
        AsyncAdded,
        AsyncRecords,
        AsyncSaved,
        AsyncTags,
        AsyncUpkeep,
    )


class AsyncArchive:
    """An archive whose questions are awaited: each does what that of `Archive` does, in a thread.

    It has all that `Archive` has, under the same names. Threads are those of the event loop
    (`loop.set_default_executor`). A question whose task is cancelled goes on in its thread,
    unheard; `pinakes.corpus.time_limit` around an `await` ends it. Functions that are told of
    progress are called in that thread: `loop.call_soon_threadsafe` leads back from there.

    Attributes:
        archive: The archive itself.
    """

    def __init__(self, archive: Archive) -> None:
        """Ask `archive`, which is closed by `close`."""
        self.archive = archive

    @property
    def blocking(self) -> Archive:
        """What is asked in threads: the archive."""
        return self.archive

    @classmethod
    async def create(cls, root: Path | str) -> Self:
        """Do as `Archive.create`."""
        return cls(await in_thread(Archive.create, root))

    @classmethod
    async def open(
        cls, start: Path | str = ".", *, exact: bool = False, lists_mb: float = LISTS_MB
    ) -> Self:
        """Do as `Archive.open`."""
        return cls(await in_thread(Archive.open, start, exact=exact, lists_mb=lists_mb))

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

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close()

    @cached_property
    def added(self) -> AsyncAdded:
        """The articles that an application adds from elsewhere than files."""
        from pinakes.search.async_parts import AsyncAdded

        return AsyncAdded(self.archive.added)

    @cached_property
    def tags(self) -> AsyncTags:
        """What its passages are tagged with."""
        from pinakes.search.async_parts import AsyncTags

        return AsyncTags(self.archive.tags)

    @cached_property
    def saved(self) -> AsyncSaved:
        """The searches that it keeps."""
        from pinakes.search.async_parts import AsyncSaved

        return AsyncSaved(self.archive.saved)

    @cached_property
    def records(self) -> AsyncRecords:
        """Searches described, repeated, and handed on."""
        from pinakes.search.async_parts import AsyncRecords

        return AsyncRecords(self.archive.records)

    @cached_property
    def upkeep(self) -> AsyncUpkeep:
        """What keeps it whole, and what makes it forget."""
        from pinakes.search.async_parts import AsyncUpkeep

        return AsyncUpkeep(self.archive.upkeep)

    add = awaited(Archive.add)
    article = awaited(Archive.article)
    cite = awaited(Archive.cite)
    close = awaited(Archive.close)
    complete = awaited(Archive.complete)
    concord = iterated(Archive.concord)
    diff = awaited(Archive.diff)
    hashes = awaited(Archive.hashes)
    index = awaited(Archive.index)
    languages = awaited(Archive.languages)
    ledger = iterated(Archive.ledger)
    mark = awaited(Archive.mark)
    read_question = awaited(Archive.read_question)
    remove = awaited(Archive.remove)
    search = awaited(Archive.search)
    similar = awaited(Archive.similar)
    state_mark = awaited(Archive.state_mark)
    status = awaited(Archive.status)
    synonyms = awaited(Archive.synonyms)
    understand = awaited(Archive.understand)
    verify = awaited(Archive.verify)
    verify_all = iterated(Archive.verify_all)
    versions = awaited(Archive.versions)
    whole_text = awaited(Archive.whole_text)
    why_not = awaited(Archive.why_not)
    widen_by_synonyms = awaited(Archive.widen_by_synonyms)
    widen_question = awaited(Archive.widen_question)
