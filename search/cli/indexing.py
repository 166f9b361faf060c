"""Runs an ingest for a command: says how it goes, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import print_json, print_output, say
from pinakes.search.cli.settings import Settings, current_settings

if TYPE_CHECKING:
    from pinakes.corpus import FileOutcome, IngestObserver, IngestReport, ReadingLimits
    from pinakes.search.index_options import IndexOptions

Function = TypeVar("Function", bound=Callable[..., Any])

# Smaller arrays come and go with every slice of a merge.
_MAPPED_FROM_BYTES = 4 << 20
_LIMITS = ("processes", "timeout_s", "memory_mb")


def limit_options(function: Function) -> Function:
    """Add the options that set how many processes read files, and what a file may take."""
    for option in reversed(_LIMIT_OPTIONS):
        function = option(function)
    return function


_LIMIT_OPTIONS = (
    click.option(
        "--processes",
        type=click.IntRange(min=1),
        metavar="NUMBER",
        help="How many read files; by default as many as there are cores, 8 at most.",
    ),
    click.option(
        "--timeout",
        "timeout_s",
        type=click.FloatRange(min=0, min_open=True, max=86_400),
        metavar="SECONDS",
        help="For a file, or a record of one; by default 30.",
    ),
    click.option(
        "--memory",
        "memory_mb",
        type=click.IntRange(min=1),
        metavar="MB",
        help="For a file; by default 500.",
    ),
)


def limits_given(asked: dict[str, Any]) -> ReadingLimits | None:
    """Take the limits out of what is asked for; where only some are given, others are defaults."""
    given = {name: asked.pop(name) for name in _LIMITS}
    given = {name: value for name, value in given.items() if value is not None}
    if not given:
        return None
    from dataclasses import replace

    from pinakes.corpus import ArchiveFolder, ArchiveMissingError, ReadingLimits

    settings = current_settings()
    try:
        folder = ArchiveFolder.find(settings.archive or Path.cwd())
        configured = folder.read_config().reading
    except ArchiveMissingError:
        configured = ReadingLimits()
    return replace(configured, **given)


def sparing_observer(
    *, on_plan: Callable[[int], None], on_file: Callable[[FileOutcome], None]
) -> IngestObserver:
    """Return an observer of an ingest that is all this process does; let it hold little memory."""
    from pinakes.corpus import IngestObserver, give_back, share_one_heap

    share_one_heap(mapped_from_bytes=_MAPPED_FROM_BYTES)
    return IngestObserver(on_plan=on_plan, on_file=on_file, on_commit=lambda _: give_back())


def run_index(
    targets: Sequence[str], options: IndexOptions, *, wait_s: float, is_json: bool
) -> ExitStatus:
    """Index files for a command; print JSON or, of a dry run, what would become of each file."""
    from pinakes.corpus import Status
    from pinakes.search.cli.progress import file_progress
    from pinakes.search.cli.render_archive import render_ingest
    from pinakes.search.cli.render_files import ingest_object, outcome_line

    settings = current_settings()
    outcomes: list[FileOutcome] = []
    with file_progress(settings) as progress:

        def on_file(outcome: FileOutcome) -> None:
            if is_json or options.dry_run:
                outcomes.append(outcome)
            progress.on_file(outcome, is_listed=options.dry_run and not is_json)

        observer = sparing_observer(on_plan=progress.on_plan, on_file=on_file)
        report = _index(settings, targets, options, wait_s, observer)
    if is_json:
        print_json(ingest_object(report, outcomes, is_dry_run=options.dry_run))
    elif options.dry_run:
        print_output("\n".join(map(outcome_line, outcomes)))
    say(("Nothing is changed; this would be: " if options.dry_run else "") + render_ingest(report))
    if options.tags is not None and report.by_status.get(Status.UNCHANGED):
        say(
            "Files that have not changed keep the tags they have: set [tags] level in config.toml,"
            " then run `pinakes tag --rerun stale`."
        )
    return ExitStatus.SOME_FAILED if report.errors or report.failed_rules else ExitStatus.DONE


def _index(
    settings: Settings,
    targets: Sequence[str],
    options: IndexOptions,
    wait_s: float,
    observer: IngestObserver,
) -> IngestReport:
    from pinakes.corpus import ArchiveMissingError
    from pinakes.search.cli.archives import open_archive, open_or_create_archive
    from pinakes.search.rehearsal import rehearse

    if not options.dry_run:
        with open_or_create_archive(settings, targets) as archive:
            return archive.index(targets, options=options, wait_s=wait_s, progress=observer)
    try:
        with open_archive(settings) as archive:
            return archive.index(targets, options=options, wait_s=wait_s, progress=observer)
    except ArchiveMissingError:
        root = settings.archive or Path.cwd()
        return rehearse(root, targets, options=options, observer=observer)
