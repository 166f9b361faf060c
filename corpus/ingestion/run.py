"""Takes files into the store: what is new, changed, moved or gone since the last time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from pinakes.corpus.errors import UnsupportedSourceError
from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.direct_reader import DirectReader
from pinakes.corpus.ingestion.files import let_go, let_go_doubtful, read_again, take_in
from pinakes.corpus.ingestion.plan import Plan, make_plan
from pinakes.corpus.ingestion.reading import FileReader
from pinakes.corpus.ingestion.report import (
    FileOutcome,
    IngestObserver,
    IngestOptions,
    IngestReport,
)
from pinakes.corpus.ingestion.source import read_source
from pinakes.corpus.ingestion.state import Run
from pinakes.corpus.ingestion.tally import Tally
from pinakes.corpus.ingestion.twins import is_copy_apart
from pinakes.corpus.ingestion.walk import Found, FoundFile, find_files
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
    that; but not, unless `options.prune`, if a given path itself is gone, or a folder has become
    empty: that may be a slip of the pen, or a drive that is not there, and is an error.

    An article follows its first file: when that changes and a copy does not, the copy becomes an
    article of its own. While a file can only not be read (`error`), its article stays as it was; it
    goes when the file has become `empty` or `unsupported`. What was taken out by `remove` comes
    back when its file is named itself, or has changed.

    Whoever calls this holds the archive's `WriterLock`. A `KeyboardInterrupt` is raised again after
    what is done so far is in the store; nothing is done of a rehearsal.

    Args:
        store: Open for writing.
        folder: Of the same archive.
        paths: Files and folders; relative ones from the working directory.
        options: How files are taken in.
        observer: Told of every file and transaction; what it raises stops the run.
    """
    tally = Tally(observer)
    found = find_files(folder, paths)
    plan = make_plan(store, folder, found, options)
    for path, status in plan.unchanged:
        tally.add(_unchanged(path, status))
    for path in plan.purged:
        tally.add(FileOutcome(path=path, status=Status.PURGED))
    kept = [path for paths in plan.doubtful.values() for path in paths]
    observer.on_plan(len(plan.changed) + len(plan.new) + len(plan.gone) - len(kept))
    left = set(plan.gone)
    if plan.changed or plan.new or plan.gone:
        with closing(_reader(store, folder, plan, options)) as reader:
            run = Run(folder=folder, options=options, reader=reader, seen=found.files, gone=left)
            _work_off(store, run, plan, tally)
    if options.copies and not options.is_rehearsal:
        _look_for_copies(store, options, observer)
    _tell_refused(found, plan, left, tally, is_pruned=options.prune)
    return replace(tally.report(), named_ignored=tuple(dict.fromkeys(found.named_ignored)))


def _unchanged(path: str, status: Status) -> FileOutcome:
    if status is Status.REMOVED:
        return FileOutcome(path=path, status=status)
    return FileOutcome(path=path, status=Status.UNCHANGED, known_as=status)


def _reader(store: Store, folder: ArchiveFolder, plan: Plan, options: IngestOptions) -> FileReader:
    if options.limits is None or not (plan.changed or plan.new):
        return DirectReader(folder, options)
    # Not at the top: a run with nothing to read needs no processes.
    from pinakes.corpus.ingestion.reading_ahead import ReaderAhead

    sizes = frozenset(file.size for file in plan.new) if not options.force else frozenset()
    known = store.sha256_by_size(sizes) if sizes else {}
    return ReaderAhead(folder, options, options.limits, known=known)


def _tell_refused(
    found: Found, plan: Plan, left: set[str], tally: Tally, *, is_pruned: bool
) -> None:
    """Tell of given paths with nothing to read, and of folders that should not be empty."""
    kept = {
        place: number
        for place, paths in plan.doubtful.items()
        if (number := sum(path in left for path in paths))
    }
    reasons = {place: reason for place, reason in found.refused.items() if place not in kept}
    for place, number in kept.items():
        what = "no such file or folder" if place in found.refused else "the folder is empty"
        reasons[place or "./"] = (
            f"{what}, but the archive knows {number:,} of its files;"
            " if they are gone for good, add --prune"
        )
    for place, reason in reasons.items():
        was_known = place in found.vanished and any(
            path == place or path.startswith(f"{place}/") for path in plan.gone
        )
        if not (is_pruned and was_known):
            tally.add(FileOutcome(path=place, status=Status.ERROR, detail=reason))


def _work_off(store: Store, run: Run, plan: Plan, tally: Tally) -> None:
    steps = _steps(run, plan)
    is_done = False
    interrupt: KeyboardInterrupt | None = None
    while not is_done and interrupt is None:
        before = store.state().generation
        with store.transaction(is_kept=not run.options.is_rehearsal) as writer:
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


def _look_for_copies(store: Store, options: IngestOptions, observer: IngestObserver) -> None:
    """Look for copies of articles that went in when nobody did."""
    is_behind = True
    while is_behind:
        before = store.state().generation
        with store.transaction() as writer:
            is_behind = writer.clusters.catch_up(options.batch_articles)
        after = store.state().generation
        if after > before:
            observer.on_commit(after)


def _work_off_batch(run: Run, steps: Iterator[_Step], tally: Tally) -> bool:
    """Take steps for one transaction; return whether there are no more."""
    work = 0
    until = time.monotonic() + run.options.batch_s
    for step in steps:
        with run.writer.all_or_nothing():
            outcome = step()
        if outcome:
            tally.add(outcome)
            work += outcome.articles * _FILES_AN_ARTICLE
        work += 1
        is_full = work >= run.options.batch_articles * _FILES_AN_ARTICLE or time.monotonic() > until
        if is_full and not run.options.is_rehearsal:
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
    to_read = (*edited, *plan.new)
    if to_read:
        run.reader.announce(to_read)
    for file in to_read:
        yield partial(take_in, run, file)
    kept = {path for paths in plan.doubtful.values() for path in paths}
    for path in plan.gone:
        if path in run.gone:
            yield partial(let_go_doubtful if path in kept else let_go, run, path)
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
        is_retried = run.options.retry_failed and row.status is Status.ERROR
        is_forced = (run.options.force and not is_removed) or is_retried
        if not (comes_back or is_apart or is_forced):
            run.writer.ledger.refresh(file.path, size=source.size, mtime_ns=source.mtime_ns)
            return _unchanged(file.path, row.status)
    edited.append(file)
    return None
