"""Takes files into the store: what is new, changed, moved or gone since the last time."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from pinakes.corpus.errors import UnsupportedSourceError
from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.files import Run, is_copy_apart, let_go, read_again, take_in
from pinakes.corpus.ingestion.plan import Plan, known_below, make_plan
from pinakes.corpus.ingestion.report import (
    Change,
    FileOutcome,
    IngestObserver,
    IngestOptions,
    IngestReport,
)
from pinakes.corpus.ingestion.source import read_source
from pinakes.corpus.ingestion.walk import FoundFile, find_files
from pinakes.corpus.ledger import Status
from pinakes.corpus.store import Store

_DEFAULT_OPTIONS = IngestOptions()
_NOBODY = IngestObserver()
_FILES_AN_ARTICLE = 10

_Step = Callable[[], FileOutcome | None]


def ingest(
    store: Store,
    folder: ArchiveFolder,
    paths: Iterable[Path],
    *,
    options: IngestOptions = _DEFAULT_OPTIONS,
    observer: IngestObserver = _NOBODY,
) -> IngestReport:
    """Bring the archive up to date with the files at and below `paths`.

    A file of known size and time is left alone. One with the bytes of another is one more file of
    its article. One with the bytes of a file that is gone is that file under a new name: its
    article keeps its id. One that has changed keeps the id too; of a file of records, each does.
    A file gone from below `paths` is forgotten, and its article with it unless another file holds
    that.

    An article follows its first file: when that changes and a copy does not, the copy becomes an
    article of its own. While a file can only not be read (`error`), its article stays as it was; it
    goes when the file has become `empty` or `unsupported`. What was taken out by `remove` comes
    back when its file is named itself, or has changed.

    Whoever calls this holds the archive's `WriterLock`. A `KeyboardInterrupt` is raised again after
    what is done so far is in the store.

    Args:
        store: Open for writing.
        folder: Of the same archive.
        paths: Files and folders; relative ones from the working directory.
        options: How files are taken in.
        observer: Told of every file and transaction; what it raises stops the run.
    """
    tally = _Tally(observer)
    found = find_files(folder, paths)
    for path, reason in found.refused.items():
        if not known_below(store, [path]):
            tally.add(FileOutcome(path=path, status=Status.ERROR, detail=reason))
    plan = make_plan(store, folder, found, force=options.force)
    for path in plan.unchanged:
        tally.add(FileOutcome(path=path, status=Status.UNCHANGED))
    if plan.changed or plan.new or plan.gone:
        run = Run(folder=folder, options=options, seen=found.files, gone=set(plan.gone))
        _work_off(store, run, plan, tally)
    return tally.report()


def _work_off(store: Store, run: Run, plan: Plan, tally: _Tally) -> None:
    steps = _steps(run, plan)
    is_done = False
    interrupt: KeyboardInterrupt | None = None
    while not is_done and interrupt is None:
        before = store.state().generation
        with store.transaction() as writer:
            run.writer = writer
            try:
                is_done = _work_off_batch(run, steps, tally)
            except KeyboardInterrupt as error:
                interrupt = error
        after = store.state().generation
        if after > before:
            tally.observer.on_commit(after)
    if interrupt:
        raise interrupt


def _work_off_batch(run: Run, steps: Iterator[_Step], tally: _Tally) -> bool:
    """Take steps for one transaction; return whether there are no more."""
    work = 0
    for step in steps:
        with run.writer.all_or_nothing():
            outcome = step()
        if outcome:
            tally.add(outcome)
            work += outcome.articles * _FILES_AN_ARTICLE
        work += 1
        if work >= run.options.batch_articles * _FILES_AN_ARTICLE:
            return False
    return True


def _steps(run: Run, plan: Plan) -> Iterator[_Step]:
    """Yield what is to be done, in an order in which each step can rely on those before.

    Which known files have other bytes must be known before any decision, as no file can be a copy
    of what another one has ceased to be. These come before new files: a copy of what a file was
    before it changed is a new article, and the old one stays with its file.
    """
    run.stale.update(file.path for file in plan.changed)
    edited: list[FoundFile] = []
    for file in plan.changed:
        yield partial(_note_whether_edited, run, file, edited)
    for file in (*edited, *plan.new):
        yield partial(take_in, run, file)
    for path in plan.gone:
        if path in run.gone:
            yield partial(let_go, run, path)
    while run.reread:
        yield partial(read_again, run, run.reread.pop())


def _note_whether_edited(run: Run, file: FoundFile, edited: list[FoundFile]) -> FileOutcome | None:
    """Add a known file to `edited` unless its bytes are those that were read last."""
    row = run.writer.ledger.file(file.path)
    if row is None or file.failure:
        edited.append(file)
        return None
    try:
        source = read_source(run.folder.resolve(file.path), max_bytes=run.options.max_file_bytes)
    except (OSError, UnsupportedSourceError):
        # Reading it again will say why.
        edited.append(file)
        return None
    if source.sha256 == row.sha256:
        run.stale.discard(file.path)
        is_removed = row.status is Status.REMOVED
        comes_back = file.is_named and (is_removed or run.writer.ledger.kept_out(file.path))
        # What a file held when its bytes went to another one may live there by now.
        is_apart = is_copy_apart(run, file.path, source.sha256)
        if not (comes_back or is_apart or (run.options.force and not is_removed)):
            run.writer.ledger.refresh(file.path, size=source.size, mtime_ns=source.mtime_ns)
            return FileOutcome(path=file.path, status=Status.UNCHANGED)
    edited.append(file)
    return None


class _Tally:
    """Counts what became of the files, and tells the observer."""

    def __init__(self, observer: IngestObserver) -> None:
        self.observer = observer
        self._began = time.perf_counter()
        self._outcomes: list[FileOutcome] = []
        self._by_status: Counter[Status] = Counter()
        self._by_change: Counter[Change] = Counter()
        self._articles = self._passages = self._problems = 0

    def add(self, outcome: FileOutcome) -> None:
        self._by_status[outcome.status] += 1
        if outcome.change:
            self._by_change[outcome.change] += 1
        self._articles += outcome.articles
        self._passages += outcome.passages
        self._problems += len(outcome.problems)
        is_plain = outcome.status in (Status.INDEXED, Status.UNCHANGED) and not outcome.problems
        if not is_plain or outcome.old_path:
            self._outcomes.append(outcome)
        self.observer.on_file(outcome)

    def report(self) -> IngestReport:
        return IngestReport(
            outcomes=tuple(self._outcomes),
            by_status=dict(self._by_status),
            by_change=dict(self._by_change),
            articles=self._articles,
            passages=self._passages,
            problems=self._problems,
            seconds=time.perf_counter() - self._began,
        )
