"""Articles into an archive, and out of it: the store first, then the index."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pinakes.corpus import (
    ArchiveFolder,
    FileOutcome,
    IngestObserver,
    IngestReport,
    Status,
    Store,
    TagLevel,
    ingest,
)
from pinakes.search.index_options import IndexOptions
from pinakes.search.rehearsal import ingest_options
from pinakes.search.tagging.rule_files import NO_RULES, Rules, read_rules, rule_file_states
from pinakes.search.writing import catch_up, locked, writing

if TYPE_CHECKING:
    from pinakes.corpus import Article, LedgerRow, RemoveReport, SourceText


def take_in(
    folder: ArchiveFolder,
    paths: Iterable[Path | str],
    *,
    options: IndexOptions,
    wait_s: float,
    progress: Callable[[FileOutcome], None] | IngestObserver | None,
    is_read_here: bool = False,
) -> IngestReport:
    """Do as `Archive.index`, of paths that are a list; if `is_read_here`, in this process."""
    observer = progress if isinstance(progress, IngestObserver) else IngestObserver()
    if progress and not isinstance(progress, IngestObserver):
        observer = IngestObserver(on_file=progress)
    targets = [Path(path) for path in paths]
    if options.dry_run:
        with locked(folder, wait_s=wait_s) as store:
            rules = _read_rules(folder, options)
            asked = ingest_options(folder, options, rules)
            report = ingest(store, folder, targets, options=asked, observer=observer)
            return replace(report, failed_rules=tuple(sorted(rules.errors)))
    with writing(folder, wait_s=wait_s) as (store, index):
        # Not before: whoever has the lock may wait for it until the rules are others.
        seen, rules = rule_file_states(folder), _read_rules(folder, options)
        asked = ingest_options(folder, options, rules)
        if is_read_here:
            asked = replace(asked, limits=None)

        def on_commit(generation: int) -> None:
            catch_up(index, store)
            told.on_commit(generation)

        told = observer
        observer = replace(observer, on_commit=on_commit)
        report = ingest(store, folder, targets, options=asked, observer=observer)
        if asked.tags.level is TagLevel.NONE:
            return report
        if rule_file_states(folder) != seen:
            rules = _read_rules(folder, options)
        if not _have_been_any(rules, store):
            return report
        # Not at the top: archives without rules are the most.
        from pinakes.search.tagging.rerun import apply_changed_rules

        began = time.perf_counter()
        has_processes = asked.limits is not None
        retagged, failed = apply_changed_rules(
            folder, store, rules, on_commit, has_processes=has_processes
        )
        return replace(
            report,
            retagged=retagged,
            failed_rules=tuple(sorted(failed | rules.errors.keys())),
            seconds=report.seconds + time.perf_counter() - began,
        )


def _read_rules(folder: ArchiveFolder, options: IndexOptions) -> Rules:
    """Return the user's rules; none where there is to be no tagging, as they may be large."""
    level = options.tags or folder.read_config().tags.level
    return NO_RULES if level is TagLevel.NONE else read_rules(folder)


def _have_been_any(rules: Rules, store: Store) -> bool:
    """Return whether there are rules of the user's, or articles that have gone through any."""
    if rules.rules or rules.errors:
        return True
    # Those of all that ever were are few; to ask all articles for theirs takes its time.
    if not any("+" in stamp for stamp in store.tags.all_stamps()):
        return False
    return any("+" in stamp for stamps in store.tags.counts() for stamp in stamps)


def failed_files(folder: ArchiveFolder, ledger: Iterable[LedgerRow]) -> list[Path | str]:
    """Return the files of a ledger that could not be read, as far as they are still there."""
    failed = [folder.resolve(row.path) for row in ledger if row.status is Status.ERROR]
    return [path for path in failed if os.path.lexists(path)]


def take_out(folder: ArchiveFolder, targets: Sequence[str], *, wait_s: float) -> RemoveReport:
    """Do as `Archive.remove`, of targets that are a list."""
    from pinakes.corpus import remove

    with writing(folder, wait_s=wait_s) as (store, _):
        return remove(store, folder, targets)


def read_whole_text(folder: ArchiveFolder, article: Article) -> tuple[SourceText, ...]:
    """Do as `Archive.whole_text`."""
    from pinakes.corpus import read_again

    return read_again(folder, article, options=ingest_options(folder, IndexOptions()))
