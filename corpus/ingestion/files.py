"""Decides what becomes of a file: whose article it holds, and what changes with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import PurePosixPath

from pinakes.corpus.errors import UnsupportedSourceError
from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.articles import (
    HOLDING,
    format_of,
    leave,
    name_original,
    refresh_row,
    without_kept_out,
    write_articles,
)
from pinakes.corpus.ingestion.report import Change, FileOutcome, IngestOptions
from pinakes.corpus.ingestion.source import SourceBytes, prepare, read_source
from pinakes.corpus.ingestion.walk import FoundFile, is_gone
from pinakes.corpus.ledger import LedgerRow, Status
from pinakes.corpus.store.packing import PackedArticle
from pinakes.corpus.store.writes import Holding, StoreWriter

_MOST_TWINS = 100


@dataclass(slots=True, kw_only=True)
class Run:
    """What is known while a run goes on.

    Attributes:
        writer: Of the transaction under way.
        seen: The files found on the disk.
        gone: Known files that are no longer there, and have not been dealt with.
        stale: Known files whose bytes have changed, and that have not been dealt with.
        reread: Files that now own an article that was read as another format.
        settled: SHA-256 of bytes that no file that is gone has had; with True, none but files
            that were removed by hand.
        bare: SHA-256 of bytes that no file holds articles in.
    """

    folder: ArchiveFolder
    options: IngestOptions
    seen: dict[str, FoundFile]
    gone: set[str]
    stale: set[str] = field(default_factory=set)
    reread: list[str] = field(default_factory=list)
    settled: set[tuple[str, bool]] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    writer: StoreWriter = field(init=False)


def take_in(run: Run, file: FoundFile) -> FileOutcome:
    """Bring the archive up to date with one file that is new or has changed."""
    run.stale.discard(file.path)
    row = run.writer.ledger.file(file.path)
    if file.failure:
        return _note_failure(run, file, row, file.failure)
    try:
        source = read_source(run.folder.resolve(file.path), max_bytes=run.options.max_file_bytes)
    except UnsupportedSourceError as error:
        return _note_failure(run, replace(file, reason=str(error)), row, Status.UNSUPPORTED)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        return _note_failure(run, replace(file, reason=reason), row, Status.ERROR)
    if file.is_named:
        run.writer.ledger.let_back(file.path)
    if row is None and (old := _find_gone_twin(run, file, source)):
        return _rename(run, file, source, old)
    held = run.writer.holdings(file.path)
    is_own = bool(held) and held[0].is_owned
    is_same = bool(held) and all(holding.sha256 == source.sha256 for holding in held)
    change = None if is_same else _compare(row, source)
    if is_same and not is_own:
        return _share(run, file, source, held, change)
    originals = _find_originals(run, file.path, source.sha256)
    if originals and not (is_same and _keys(originals) == _keys(held)):
        return _share(run, file, source, originals, change)
    if not is_own:
        _leave(run, file.path, held)
        held = []
    return _extract(run, file, source, held, change)


def is_copy_apart(run: Run, path: str, sha256: str) -> bool:
    """Return whether a file holds other articles than another one with the same bytes."""
    held = run.writer.holdings(path)
    originals = _find_originals(run, path, sha256) if held else []
    return bool(originals) and _keys(originals) != _keys(held)


def _find_originals(run: Run, path: str, sha256: str) -> list[Holding]:
    twin = _find_twin(run, path, sha256)
    # In a damaged store the ledger may promise an article that is not there.
    return run.writer.holdings(twin.path) if twin else []


def _keys(held: Iterable[Holding]) -> set[int]:
    return {holding.key for holding in held}


def _compare(row: LedgerRow | None, source: SourceBytes) -> Change | None:
    """Return how a file differs from its row; one that was taken out by hand comes back as new."""
    if row is None or row.status is Status.REMOVED:
        return Change.NEW
    return None if row.sha256 == source.sha256 else Change.CHANGED


def let_go(run: Run, path: str) -> FileOutcome:
    """Forget a file that is no longer there; its articles die unless another file holds them."""
    run.gone.discard(path)
    _leave(run, path, run.writer.holdings(path))
    run.writer.ledger.drop(path)
    return FileOutcome(path=path, status=Status.REMOVED, change=Change.REMOVED)


def read_again(run: Run, path: str) -> FileOutcome | None:
    """Read the bytes that another file has left to this one, if that makes a difference."""
    held = run.writer.holdings(path)
    if not held or not held[0].is_owned:
        return None
    try:
        source = read_source(run.folder.resolve(path), max_bytes=run.options.max_file_bytes)
    except (OSError, UnsupportedSourceError):
        # Until it can be read, it is what it was.
        return None
    return _extract(run, FoundFile(path=path), source, held, Change.CHANGED)


def _leave(run: Run, path: str, held: Iterable[Holding]) -> None:
    for heir in leave(run.writer, path, held):
        if format_of(heir) != format_of(path) and heir not in run.reread:
            run.reread.append(heir)


def _note_failure(run: Run, file: FoundFile, row: LedgerRow | None, status: Status) -> FileOutcome:
    """Note that a file cannot be opened. It may be readable again, so what is indexed stays."""
    if row and row.status is Status.REMOVED and not file.is_named:
        return FileOutcome(path=file.path, status=Status.UNCHANGED)
    held = run.writer.holdings(file.path)
    if status is not Status.ERROR:
        _leave(run, file.path, held)
        held = []
    run.writer.ledger.put(
        LedgerRow(path=file.path, status=status, detail=file.reason, articles=len(held))
    )
    is_known = row is not None and (row.status, row.detail) == (status, file.reason)
    change = None if is_known else Change.CHANGED if row else Change.NEW
    return FileOutcome(path=file.path, status=status, detail=file.reason, change=change)


def _find_twin(run: Run, path: str, sha256: str) -> LedgerRow | None:
    """Return another file that holds articles read from these very bytes."""
    if sha256 in run.bare:
        return None
    is_bare = True
    for row in run.writer.ledger.with_bytes(sha256):
        if row.status not in HOLDING or not row.articles:
            continue
        is_bare = False
        if (
            row.path != path
            and row.path not in run.gone
            and row.path not in run.stale
            and (row.path in run.seen or not is_gone(run.folder, row.path))
        ):
            return row
    if is_bare:
        run.bare.add(sha256)
    return None


def _find_gone_twin(run: Run, file: FoundFile, source: SourceBytes) -> LedgerRow | None:
    """Return a file that had these bytes and is no longer there; one of the same name first."""
    if not run.settled.isdisjoint({(source.sha256, False), (source.sha256, file.is_named)}):
        return None
    statuses = HOLDING if file.is_named else (*HOLDING, Status.REMOVED)
    twins = list(
        islice(
            (
                row
                for row in run.writer.ledger.with_bytes(source.sha256)
                if row.status in statuses
                and (
                    row.path in run.gone
                    or (row.path not in run.seen and is_gone(run.folder, row.path))
                )
            ),
            _MOST_TWINS,
        )
    )
    if not twins:
        run.settled.add((source.sha256, file.is_named))
        return None
    name = PurePosixPath(file.path).name
    return min(
        twins,
        key=lambda row: (
            row.status is Status.REMOVED,
            row.status is not Status.INDEXED,
            PurePosixPath(row.path).name != name,
            row.path,
        ),
    )


def _rename(run: Run, file: FoundFile, source: SourceBytes, old: LedgerRow) -> FileOutcome:
    run.gone.discard(old.path)
    for holding in run.writer.holdings(old.path):
        run.writer.rename_path(holding.key, old.path, file.path)
    row = replace(old, path=file.path, size=source.size, mtime_ns=source.mtime_ns)
    run.writer.ledger.rename(old.path, row)
    if row.status in HOLDING:
        _gather(run, file.path, source.sha256)
    outcome = FileOutcome(path=file.path, status=row.status, detail=row.detail)
    if row.status is Status.INDEXED and format_of(old.path) != format_of(file.path):
        outcome = _extract(run, file, source, run.writer.holdings(file.path), Change.RENAMED)
    return replace(outcome, change=Change.RENAMED, old_path=old.path)


def _gather(run: Run, path: str, sha256: str) -> None:
    """Let files that have come to have these bytes before `path` did hold its articles."""
    originals = _keys(run.writer.holdings(path))
    first = _find_twin(run, path, sha256)
    if first is None or _keys(run.writer.holdings(first.path)) == originals:
        return
    for row in list(run.writer.ledger.with_bytes(sha256)):
        held = run.writer.holdings(row.path)
        if row.path == path or row.status not in HOLDING or row.path in run.stale or not held:
            continue
        _leave(run, row.path, held)
        for holding in run.writer.holdings(path):
            run.writer.add_path(holding.key, row.path)
        refresh_row(run.writer, row.path)


def _share(
    run: Run,
    file: FoundFile,
    source: SourceBytes,
    originals: list[Holding],
    change: Change | None,
) -> FileOutcome:
    """Let a file hold the articles of another one with the same bytes."""
    held = run.writer.holdings(file.path)
    if _keys(held) != _keys(originals):
        _leave(run, file.path, held)
        for holding in originals:
            run.writer.add_path(holding.key, file.path)
    detail = name_original(run.writer.holdings(file.path))
    run.bare.discard(source.sha256)
    row = _row(file, source, status=Status.DUPLICATE_OF, detail=detail)
    run.writer.ledger.put(replace(row, articles=len(originals)))
    return FileOutcome(path=file.path, status=Status.DUPLICATE_OF, detail=detail, change=change)


def _extract(
    run: Run, file: FoundFile, source: SourceBytes, held: list[Holding], change: Change | None
) -> FileOutcome:
    """Read the articles of a file that has, or is to have, articles of its own."""
    prepared = prepare(
        source.data, name=file.path, options=run.options, file_time_ns=source.file_time_ns
    )
    status, detail = prepared.status, prepared.detail
    articles = without_kept_out(run.writer, file.path, prepared)
    if status is Status.INDEXED and not articles:
        status, detail = Status.REMOVED, ""
    written: list[PackedArticle] = []
    count = len(articles)
    if status is Status.INDEXED:
        written = write_articles(run.writer, file.path, source.sha256, held, articles)
    elif status is Status.ERROR:
        # It may be the reader that is at fault; what was read before is better than nothing.
        count = len(held)
    else:
        _leave(run, file.path, held)
    if count:
        run.bare.discard(source.sha256)
    row = _row(file, source, status=status, detail=detail)
    run.writer.ledger.put(replace(row, articles=count, problems=prepared.problems))
    return FileOutcome(
        path=file.path,
        status=status,
        detail=detail,
        change=change,
        articles=len(written),
        passages=sum(packed.passage_count for packed in written),
        problems=prepared.problems,
    )


def _row(file: FoundFile, source: SourceBytes, *, status: Status, detail: str) -> LedgerRow:
    return LedgerRow(
        path=file.path,
        status=status,
        detail=detail,
        size=source.size,
        mtime_ns=source.mtime_ns,
        sha256=source.sha256,
    )
