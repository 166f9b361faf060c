"""`init`, `index`, `remove` and `status`: what an archive is made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.indexing import limit_options, limits_given, run_index
from pinakes.search.cli.messages import ends_well, print_output, say
from pinakes.search.cli.settings import current_settings, shared_options

wait_option = click.option(
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
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--force", is_flag=True, help="Read files again that have not changed.")
@click.option("--retry-failed", is_flag=True, help="Read files again that could not be read.")
@click.option("--prune", is_flag=True, help="Forget what was at a PATH that is gone or empty.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--files-from", metavar="FILE", help="Read more paths there; - is standard input.")
@click.option("-0", "--null", "is_null", is_flag=True, help="Paths read end with a null byte.")
@click.option("--json", "is_json", is_flag=True, help="Print what became of every file, as JSON.")
@click.option(
    "--tags",
    type=click.Choice(["none", "basic", "all"]),
    help="What to look for in passages; by default what config.toml says (basic).",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "opensearch"]),
    help="Have queries answered there from now on, as `pinakes engine` does.",
)
@click.option("--url", "urls", multiple=True, metavar="URL", help="A node of the cluster.")
@limit_options
@wait_option
@shared_options
@ends_well
def index(
    *,
    paths: tuple[str, ...],
    files_from: str | None,
    is_null: bool,
    wait_s: float,
    **asked: Any,
) -> ExitStatus:
    """Add the articles in files and folders; only what changed since the last time is read.

    Without an archive in the working directory or above it, one is made there. `-` reads
    paths from standard input, one a line. A file that cannot be read is reported, the others
    go in, and the exit status is 4. Nothing is forgotten for a PATH that is not there.
    """
    from pinakes.search.cli.path_lists import listed
    from pinakes.search.index_options import IndexOptions

    targets = list(listed(paths, files_from=files_from, is_null=is_null))
    is_json, engine, urls = (asked.pop(name) for name in ("is_json", "engine", "urls"))
    options = IndexOptions(limits=limits_given(asked), **asked)
    if not (paths or files_from or options.retry_failed):
        raise click.UsageError("Missing argument 'PATH...'; `pinakes index .` is all below here.")
    if urls and engine != "opensearch":
        raise click.UsageError("--url goes with --engine opensearch.")
    if engine is not None:
        if options.dry_run:
            raise click.UsageError("--engine changes something, --dry-run nothing.")
        _choose_engine(engine, urls, targets, wait_s)
    return run_index(targets, options, wait_s=wait_s, is_json=is_json)


def _choose_engine(
    engine: str, urls: tuple[str, ...], targets: Sequence[str], wait_s: float
) -> None:
    from pinakes.search.cli.archives import open_or_create_archive
    from pinakes.search.engines import switch_engine

    with open_or_create_archive(current_settings(), targets) as archive:
        root = archive.root
    say(switch_engine(root, engine, {"urls": urls} if urls else {}, wait_s=wait_s))


@click.command(short_help="Take articles out of the archive.")
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@wait_option
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
@click.option("--unsearchable", is_flag=True, help="List what cannot be searched, and why.")
@click.option("--files", is_flag=True, help="List every file with what became of it.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@shared_options
@ends_well
def status(unsearchable: bool, files: bool, is_json: bool) -> ExitStatus:
    """Say what the archive holds, and what became of each kind of file."""
    from pinakes.search.as_json import ledger_object, status_object, unsearchable_object
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.messages import print_json
    from pinakes.search.cli.render_archive import render_status, unsearchable_lines
    from pinakes.search.cli.render_files import file_lines

    with open_archive(current_settings()) as archive:
        if files and is_json:
            print_json({**status_object(archive.status()), **ledger_object(archive.ledger())})
        elif files:
            print_output("\n".join(file_lines(archive.ledger())))
        elif unsearchable and is_json:
            print_json({**status_object(archive.status()), **unsearchable_object(archive.ledger())})
        elif unsearchable:
            print_output("\n".join(unsearchable_lines(archive.ledger())))
        elif is_json:
            print_json(status_object(archive.status()))
        else:
            print_output(render_status(archive.status()))
    return ExitStatus.DONE
