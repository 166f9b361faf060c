"""Finds files with the same bytes, and articles that they share."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import PurePosixPath

from pinakes.corpus.ingestion.articles import HOLDING, format_of, leave, refresh_row
from pinakes.corpus.ingestion.state import Run
from pinakes.corpus.ingestion.walk import FoundFile, is_gone
from pinakes.corpus.ledger import Status
from pinakes.corpus.ledger_row import LedgerRow
from pinakes.corpus.store.holding import Holding

_MOST_TWINS = 100


def is_copy_apart(run: Run, path: str, sha256: str) -> bool:
    """Return whether a file holds other articles than another one with the same bytes."""
    held = run.writer.holdings(path)
    originals = find_originals(run, path, sha256) if held else []
    return bool(originals) and keys_of(originals) != keys_of(held)


def find_originals(run: Run, path: str, sha256: str) -> list[Holding]:
    """Return the articles that another file with these bytes holds."""
    twin = find_twin(run, path, sha256)
    # In a damaged store the ledger may promise an article that is not there.
    return run.writer.holdings(twin.path) if twin else []


def keys_of(held: Iterable[Holding]) -> set[int]:
    """Return the keys of articles."""
    return {holding.key for holding in held}


def find_twin(run: Run, path: str, sha256: str) -> LedgerRow | None:
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


def find_gone_twin(run: Run, file: FoundFile, sha256: str) -> LedgerRow | None:
    """Return a file that had these bytes and is no longer there; one of the same name first."""
    if not run.settled.isdisjoint({(sha256, False), (sha256, file.is_named)}):
        return None
    statuses = HOLDING if file.is_named else (*HOLDING, Status.REMOVED)
    twins = list(
        islice(
            (
                row
                for row in run.writer.ledger.with_bytes(sha256)
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
        run.settled.add((sha256, file.is_named))
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


def gather(run: Run, path: str, sha256: str) -> None:
    """Let files that have come to have these bytes before `path` did hold its articles."""
    originals = keys_of(run.writer.holdings(path))
    first = find_twin(run, path, sha256)
    if first is None or keys_of(run.writer.holdings(first.path)) == originals:
        return
    for row in list(run.writer.ledger.with_bytes(sha256)):
        held = run.writer.holdings(row.path)
        if row.path == path or row.status not in HOLDING or row.path in run.stale or not held:
            continue
        leave_articles(run, row.path, held)
        for holding in run.writer.holdings(path):
            run.writer.add_path(holding.key, row.path)
        refresh_row(run.writer, row.path)


def leave_articles(run: Run, path: str, held: Iterable[Holding]) -> None:
    """Take articles from a file; note which heirs have to be read again as another format."""
    for heir in leave(run.writer, path, held):
        if format_of(heir) != format_of(path) and heir not in run.reread:
            run.reread.append(heir)
