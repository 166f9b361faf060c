"""Decides what becomes of a file: whose article it holds, and what changes with it."""

from __future__ import annotations

from dataclasses import replace

from pinakes.corpus.errors import SourceError, UnsupportedSourceError
from pinakes.corpus.ingestion.articles import (
    HOLDING,
    Written,
    format_of,
    name_original,
    without_kept_out,
    write_articles,
)
from pinakes.corpus.ingestion.plan import find_ignored_folder
from pinakes.corpus.ingestion.reading import Reading
from pinakes.corpus.ingestion.report import Change, FileOutcome
from pinakes.corpus.ingestion.state import Run
from pinakes.corpus.ingestion.twins import (
    find_gone_twin,
    find_originals,
    gather,
    keys_of,
    leave_articles,
)
from pinakes.corpus.ingestion.walk import FoundFile, is_gone
from pinakes.corpus.ledger import Status
from pinakes.corpus.ledger_row import LedgerRow
from pinakes.corpus.store.holding import Holding
from pinakes.corpus.store.purged_rows import Trace, of_file, of_text


def take_in(run: Run, file: FoundFile) -> FileOutcome:
    """Bring the archive up to date with one file that is new or has changed."""
    run.stale.discard(file.path)
    row = run.writer.ledger.file(file.path)
    if file.failure:
        return _note_failure(run, file, row, file.failure)
    try:
        source = run.reader.open(file)
    except UnsupportedSourceError as error:
        return _note_failure(run, file._replace(reason=str(error)), row, Status.UNSUPPORTED)
    except SourceError as error:
        return _note_failure(run, file._replace(reason=str(error)), row, Status.ERROR)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        return _note_failure(run, file._replace(reason=reason), row, Status.ERROR)
    if run.writer.purged.holds(of_file(source.sha256)):
        return _keep_out(run, file, of_file(source.sha256))
    if file.is_named:
        run.writer.ledger.let_back(file.path)
    if row is None and (old := find_gone_twin(run, file, source.sha256)):
        return _rename(run, file, source, old)
    held = run.writer.holdings(file.path)
    is_own = bool(held) and held[0].is_owned
    is_same = bool(held) and all(holding.sha256 == source.sha256 for holding in held)
    change = None if is_same else _compare(row, source)
    if is_same and not is_own:
        return _share(run, file, source, held, change)
    originals = find_originals(run, file.path, source.sha256)
    if originals and not (is_same and keys_of(originals) == keys_of(held)):
        return _share(run, file, source, originals, change)
    if not is_own:
        leave_articles(run, file.path, held)
        held = []
    return _extract(run, file, source, held, change)


def _compare(row: LedgerRow | None, source: Reading) -> Change | None:
    """Return how a file differs from its row; one that was taken out by hand comes back as new."""
    if row is None or row.status is Status.REMOVED:
        return Change.NEW
    return None if row.sha256 == source.sha256 else Change.CHANGED


def let_go(run: Run, path: str) -> FileOutcome:
    """Forget a file that is no longer there, or is below a folder that is ignored now.

    Its articles die unless another file holds them.
    """
    run.gone.discard(path)
    leave_articles(run, path, run.writer.holdings(path))
    run.writer.ledger.drop(path)
    ignored_by = find_ignored_folder(run.seen, path)
    if ignored_by and not is_gone(run.folder, path):
        return FileOutcome(
            path=path, status=Status.IGNORED, detail=ignored_by, change=Change.IGNORED
        )
    return FileOutcome(path=path, status=Status.REMOVED, change=Change.REMOVED)


def let_go_doubtful(run: Run, path: str) -> FileOutcome | None:
    """Forget a file that is perhaps no longer there, if others hold all its articles."""
    held = run.writer.holdings(path)
    for holding in held:
        if run.gone.issuperset(run.writer.paths(holding.key)):
            return None
    return let_go(run, path) if held else None


def read_again(run: Run, path: str) -> FileOutcome | None:
    """Read the bytes that another file has left to this one, if that makes a difference."""
    held = run.writer.holdings(path)
    if not held or not held[0].is_owned:
        return None
    try:
        file = FoundFile(path=path)
        source = run.reader.open(file)
    except (OSError, SourceError):
        # Until it can be read, it is what it was.
        return None
    return _extract(run, file, source, held, Change.CHANGED)


def _note_failure(run: Run, file: FoundFile, row: LedgerRow | None, status: Status) -> FileOutcome:
    """Note that a file cannot be opened. It may be readable again, so what is indexed stays."""
    if row and row.status is Status.REMOVED and not file.is_named:
        return FileOutcome(path=file.path, status=Status.REMOVED)
    held = run.writer.holdings(file.path)
    if status is not Status.ERROR:
        leave_articles(run, file.path, held)
        held = []
    run.writer.ledger.put(
        LedgerRow(path=file.path, status=status, detail=file.reason, articles=len(held))
    )
    is_known = row is not None and (row.status, row.detail) == (status, file.reason)
    change = None if is_known else Change.CHANGED if row else Change.NEW
    if row and status is Status.IGNORED and row.status is not Status.IGNORED:
        change = Change.IGNORED
    return FileOutcome(path=file.path, status=status, detail=file.reason, change=change)


def _keep_out(run: Run, file: FoundFile, purged: tuple[Trace, bytes]) -> FileOutcome:
    """Keep out a file that holds what was purged, by its name too; the ledger does not know it."""
    leave_articles(run, file.path, run.writer.holdings(file.path))
    run.writer.purged.note_path(file.path, purged)
    if run.writer.ledger.file(file.path):
        run.writer.ledger.drop(file.path)
    return FileOutcome(path=file.path, status=Status.PURGED)


def _rename(run: Run, file: FoundFile, source: Reading, old: LedgerRow) -> FileOutcome:
    run.gone.discard(old.path)
    for holding in run.writer.holdings(old.path):
        run.writer.rename_path(holding.key, old.path, file.path)
    row = replace(old, path=file.path, size=source.size, mtime_ns=source.mtime_ns)
    run.writer.ledger.rename(old.path, row)
    if row.status in HOLDING:
        gather(run, file.path, source.sha256)
    outcome = FileOutcome(path=file.path, status=row.status, detail=row.detail)
    if row.status is Status.INDEXED and format_of(old.path) != format_of(file.path):
        outcome = _extract(run, file, source, run.writer.holdings(file.path), Change.RENAMED)
    return replace(outcome, change=Change.RENAMED, old_path=old.path)


def _share(
    run: Run,
    file: FoundFile,
    source: Reading,
    originals: list[Holding],
    change: Change | None,
) -> FileOutcome:
    """Let a file hold the articles of another one with the same bytes."""
    held = run.writer.holdings(file.path)
    if keys_of(held) != keys_of(originals):
        leave_articles(run, file.path, held)
        for holding in originals:
            run.writer.add_path(holding.key, file.path)
    detail = name_original(run.writer.holdings(file.path))
    run.bare.discard(source.sha256)
    row = _row(file, source, status=Status.DUPLICATE_OF, detail=detail)
    run.writer.ledger.put(replace(row, articles=len(originals)))
    return FileOutcome(path=file.path, status=Status.DUPLICATE_OF, detail=detail, change=change)


def _extract(
    run: Run, file: FoundFile, source: Reading, held: list[Holding], change: Change | None
) -> FileOutcome:
    """Read the articles of a file that has, or is to have, articles of its own."""
    prepared = source.prepare()
    status, detail = prepared.status, prepared.detail
    articles = without_kept_out(run.writer, file.path, prepared)
    if status is Status.INDEXED and not articles:
        texts = (of_text(packed.text_sha256) for packed in prepared.articles.values())
        if purged := next(filter(run.writer.purged.holds, texts), None):
            return _keep_out(run, file, purged)
        status, detail = Status.REMOVED, ""
    written = Written()
    count = len(articles)
    if status is Status.INDEXED:
        written = write_articles(run.writer, file.path, source.sha256, held, articles)
    elif status is Status.ERROR:
        # It may be the reader that is at fault; what was read before is better than nothing.
        count = len(held)
    else:
        leave_articles(run, file.path, held)
    if count:
        run.bare.discard(source.sha256)
    row = _row(file, source, status=status, detail=detail)
    run.writer.ledger.put(
        replace(row, articles=count, problems=prepared.problems, notes=prepared.notes)
    )
    return FileOutcome(
        path=file.path,
        status=status,
        detail=detail,
        change=change,
        articles=written.articles,
        passages=written.passages,
        problems=prepared.problems,
        notes=prepared.notes,
    )


def _row(file: FoundFile, source: Reading, *, status: Status, detail: str) -> LedgerRow:
    return LedgerRow(
        path=file.path,
        status=status,
        detail=detail,
        size=source.size,
        mtime_ns=source.mtime_ns,
        sha256=source.sha256,
    )
