"""`init`, `index`, `remove` and `status`: what an archive is made of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_output, say
from pinakes.search.cli.settings import current_settings, shared_options

_wait_option = click.option(
    "--wait",
    "wait_s",
    type=click.FloatRange(min=0),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another process that is writing.",
)


@click.command(short_help="Make an empty archive.")
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), required=False)
@shared_options
@ends_well
def init(path: Path | None) -> ExitStatus:
    """Make an empty archive in PATH, by default in the working directory."""
    from pinakes.search.archive import Archive

    root = path or current_settings().archive or Path.cwd()
    with Archive.create(root) as archive:
        say(f"Made a new archive in {archive.root}")
    return ExitStatus.DONE


@click.command(short_help="Add articles to the archive.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--force", is_flag=True, help="Read files again that have not changed.")
@_wait_option
@shared_options
@ends_well
def index(paths: tuple[str, ...], force: bool, wait_s: float) -> ExitStatus:
    """Add the articles in files and folders; only what changed since the last time is read.

    Without an archive in the working directory or above it, one is made there. `-` reads
    paths from standard input, one a line. A file that cannot be read is reported, the others
    go in, and the exit status is 4.
    """
    from pinakes.search.cli.archives import open_or_create_archive
    from pinakes.search.cli.progress import file_progress
    from pinakes.search.cli.render_archive import render_ingest

    settings = current_settings()
    targets = list(_listed(paths))
    with (
        open_or_create_archive(settings, targets) as archive,
        file_progress(settings) as on_file,
    ):
        report = archive.index(targets, wait_s=wait_s, force=force, progress=on_file)
    say(render_ingest(report))
    return ExitStatus.SOME_FAILED if report.errors else ExitStatus.DONE


@click.command(short_help="Take articles out of the archive.")
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@_wait_option
@shared_options
@ends_well
def remove(targets: tuple[str, ...], wait_s: float) -> ExitStatus:
    """Take articles out of the archive: by id, or by the path of a file or folder.

    The files themselves stay where they are.
    """
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.render_archive import render_removal

    settings = current_settings()
    with open_archive(settings) as archive:
        report = archive.remove(targets, wait_s=wait_s)
    say(render_removal(report, has_names=settings.is_verbose))
    return ExitStatus.DONE


@click.command(short_help="Say what the archive holds, and what it could not read.")
@click.option("--unsearchable", is_flag=True, help="List the files that hold no searchable text.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@shared_options
@ends_well
def status(unsearchable: bool, is_json: bool) -> ExitStatus:
    """Say what the archive holds, and what became of each kind of file."""
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.messages import print_json
    from pinakes.search.cli.render_archive import render_status, status_object, unsearchable_lines

    with open_archive(current_settings()) as archive:
        if unsearchable:
            print_output("\n".join(unsearchable_lines(archive.ledger())))
        elif is_json:
            print_json(status_object(archive.status()))
        else:
            print_output(render_status(archive.status()))
    return ExitStatus.DONE


def _listed(paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        if path == "-":
            yield from filter(None, (line.rstrip("\r\n") for line in sys.stdin))
        else:
            yield path
