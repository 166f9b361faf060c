"""`Archive`: the one class that an application holds."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from pinakes.corpus import (
    ArchiveFolder,
    Article,
    FileOutcome,
    IngestObserver,
    IngestReport,
    LedgerRow,
    RemoveReport,
    SourceText,
    Status,
    Store,
    WriterLock,
    ingest,
    read_again,
    remove,
)
from pinakes.indexer import IndexDamagedError, PassageIndex, Snapshot
from pinakes.search.answer import are_at_hand, present
from pinakes.search.evaluation import evaluate
from pinakes.search.findings import find_cuts, find_excluded, find_ignored
from pinakes.search.model import ArchiveState, ArchiveStatus, Hit, Results
from pinakes.search.options import IndexOptions, SearchOptions
from pinakes.search.query import Diagnostic, Query, QueryError, parse
from pinakes.search.reading import Reader, catch_up, open_index
from pinakes.search.rehearsal import ingest_options

_DEFAULT_OPTIONS = SearchOptions()
_DEFAULT_INDEX = IndexOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    articles: int | None
    passages: int | None
    hits: tuple[Hit, ...]
    state: ArchiveState
    findings: tuple[Diagnostic, ...]


class Archive:
    """A folder of articles that answers queries.

    One object serves any number of threads. Other threads and processes may write meanwhile: every
    answer is of one generation of the archive, whole. An index that is missing, damaged or of
    another format is made again from the store, once, when it is needed.

    Make one with `open` or `create`, and close it, best by a `with` statement.

    Attributes:
        root: The folder that holds `.pinakes/`.
        id: Made when the archive was; the same wherever it is moved.
    """

    def __init__(self, folder: ArchiveFolder) -> None:
        """Hold the archive in `folder`; `open` and `create` are the ways in."""
        self._folder = folder
        self._reader = Reader(folder)
        self.root = folder.root
        with self._reader.store() as store:
            self.id = store.archive_id

    @classmethod
    def create(cls, root: Path | str) -> Self:
        """Make an empty archive in the folder `root`, which is made too if need be.

        Raises:
            ArchiveExistsError: There is one already.
            ArchiveReadOnlyError: The folder cannot be written.
        """
        return cls(ArchiveFolder.create(Path(root)))

    @classmethod
    def open(cls, start: Path | str = ".", *, exact: bool = False) -> Self:
        """Open the archive in the folder `start`, or, unless `exact`, in the nearest one above.

        Raises:
            ArchiveMissingError: There is none.
            ArchiveFormatError: Another Pinakes wrote it, in a format that this one does not read.
            ArchiveDamagedError: Its store cannot be read.
        """
        folder = ArchiveFolder.open(Path(start)) if exact else ArchiveFolder.find(Path(start))
        return cls(folder)

    def close(self) -> None:
        """Let go of every file. Searches under way in other threads end as they would have."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def index(
        self,
        paths: Path | str | Iterable[Path | str],
        *,
        force: bool = False,
        wait_s: float = 10.0,
        options: IndexOptions = _DEFAULT_INDEX,
        progress: Callable[[FileOutcome], None] | IngestObserver | None = None,
    ) -> IngestReport:
        """Take in files and folders; what has not changed since the last time is left alone.

        What is done so far stays, whatever stops it: the next call goes on from there. Files are
        read in other processes, each within limits of time and memory.

        Args:
            paths: A file or folder, or several; of a folder everything below, and what is gone is
                removed. None at all, with `options.retry_failed`, are the files that failed.
            force: Read files again that have not changed; short for `options.force`.
            wait_s: How long to wait for another writer, in seconds.
            options: What else is asked for.
            progress: Called after every file; or an observer, told of more than that.

        Raises:
            ArchiveLockedError: Another process is still writing after `wait_s`.
            ArchiveReadOnlyError: The archive cannot be written.
        """
        asked = ingest_options(self._folder, replace(options, force=options.force or force))
        observer = progress if isinstance(progress, IngestObserver) else IngestObserver()
        if progress and not isinstance(progress, IngestObserver):
            observer = IngestObserver(on_file=progress)
        # A string is an iterable of strings too: its letters, and `/` among them.
        targets = list(map(Path, [paths] if isinstance(paths, (str, Path)) else paths))
        if not targets and options.retry_failed:
            targets = list(self._failed_files())
        if asked.is_rehearsal:
            lock = WriterLock(self._folder, wait_s=wait_s)
            with lock, Store.open(self._folder.store_path, read_only=False) as store:
                return ingest(store, self._folder, targets, options=asked, observer=observer)
        with self._writing(wait_s) as (store, index):

            def on_commit(generation: int) -> None:
                catch_up(index, store)
                told.on_commit(generation)

            told = observer
            observer = replace(observer, on_commit=on_commit)
            return ingest(store, self._folder, targets, options=asked, observer=observer)

    def _failed_files(self) -> Iterator[Path]:
        paths = (self._folder.resolve(row.path) for row in self.ledger(status=Status.ERROR))
        return filter(os.path.lexists, paths)

    def remove(self, targets: str | Iterable[str], *, wait_s: float = 10.0) -> RemoveReport:
        """Take articles out, by id or by file; their files are left alone and do not come back.

        Raises:
            UnknownArticleError: A target is neither the id of an article nor a file of the ledger.
            ArchiveLockedError: Another process is still writing after `wait_s`.
        """
        with self._writing(wait_s) as (store, _):
            return remove(
                store, self._folder, [targets] if isinstance(targets, str) else list(targets)
            )

    def search(
        self,
        query: str | Query,
        *,
        limit: int | None = None,
        options: SearchOptions = _DEFAULT_OPTIONS,
    ) -> Results:
        """Return the articles that satisfy `query`, each with the passages that prove it.

        Args:
            query: Text, or what `parse` made of it.
            limit: Hits at the most; short for `options.limit`, and before it.
            options: What else is asked for.

        Raises:
            QueryError: The query cannot be answered as it stands; its `diagnostics` say why.
            OptionsError: A number is out of range.
        """
        began = time.perf_counter()
        if limit is not None:
            options = replace(options, limit=limit)
        asked = query if isinstance(query, Query) else parse(query, strict=options.strict)
        if asked.errors:
            raise QueryError(asked.text, asked.diagnostics)
        answer = self._reader.ask(partial(self._answer, asked, options))
        return Results(
            query=asked.text,
            interpreted=asked.interpreted,
            diagnostics=tuple(
                sorted(
                    (*asked.diagnostics, *answer.findings),
                    key=lambda found: (found.start, found.end),
                )
            ),
            archive=answer.state,
            articles=answer.articles,
            passages=answer.passages,
            hits=answer.hits,
            offset=options.offset,
            limit=options.limit,
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def article(self, article_id: str) -> Article:
        """Return an article by its id, or by the beginning of it that no other has.

        Raises:
            UnknownArticleError: None has it, or several.
        """
        return self._reader.ask(
            lambda snapshot, store: store.find(article_id, generation=snapshot.generation)
        )

    def whole_text(self, article: Article) -> tuple[SourceText, ...]:
        """Return every text of the page that an article is from, read again from its file.

        Raises:
            SourceError: The file is gone, or has changed since, or is no saved page.
        """
        options = ingest_options(self._folder, _DEFAULT_INDEX)
        return read_again(self._folder, article, options=options)

    def ledger(self, *, status: Status | None = None) -> Iterator[LedgerRow]:
        """Yield what became of every file, or of those with `status`, in order of their paths."""
        with self._reader.store() as store:
            rows = list(store.ledger(status=status))
        yield from rows

    def status(self) -> ArchiveStatus:
        """Return what the archive holds, and what it could not take in."""
        return self._reader.ask(self._describe)

    def _describe(self, snapshot: Snapshot, store: Store) -> ArchiveStatus:
        return ArchiveStatus(
            archive=_state_of(store, snapshot),
            root=self.root,
            store_generation=store.state().generation,
            by_status=store.counts(snapshot.generation).by_status,
            languages=tuple(sorted(snapshot.languages)),
            size_bytes=self._folder.size_bytes(),
        )

    def _answer(
        self, query: Query, options: SearchOptions, snapshot: Snapshot, store: Store
    ) -> _Answer:
        """Return an answer that is whole of one generation: the ranking, and the texts it ranks."""
        ranking = evaluate(query.root, snapshot, options, texts=store.articles)
        excluded = find_excluded(query, ranking, snapshot, options)
        articles = store.articles(list(dict.fromkeys(hit.key for hit in ranking.hits)))
        if not are_at_hand(ranking, articles):
            raise IndexDamagedError(
                self._folder.index_path, "it names what the store does not hold"
            )
        return _Answer(
            articles=ranking.articles,
            passages=ranking.passages,
            hits=present(ranking, articles, options),
            state=_state_of(store, snapshot),
            findings=(*find_ignored(query, ranking), *find_cuts(ranking), *excluded),
        )

    @contextmanager
    def _writing(self, wait_s: float) -> Iterator[tuple[Store, PassageIndex]]:
        """Hold the lock, with an index that has caught up; at the end remove what nobody needs."""
        path = self._folder.store_path
        with WriterLock(self._folder, wait_s=wait_s), Store.open(path, read_only=False) as store:
            index = open_index(self._folder)
            catch_up(index, store)
            with index.following(store):
                yield store, index
            store.prune(catch_up(index, store))
            store.checkpoint()


def _state_of(store: Store, snapshot: Snapshot) -> ArchiveState:
    counts = store.counts(snapshot.generation)
    return ArchiveState(
        id=store.archive_id,
        generation=snapshot.generation,
        articles=snapshot.live_articles,
        passages=snapshot.live_passages,
        files=counts.files,
        unsearchable=counts.unsearchable,
    )
