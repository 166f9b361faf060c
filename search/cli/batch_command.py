"""`batch`: a list of names or queries, each line answered by itself."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import CommandError, as_json, ends_well, print_rows, say
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.options import Scope

if TYPE_CHECKING:
    from pinakes.search.batch import BatchEntry
    from pinakes.search.cli.batch_file import ResumePoint
    from pinakes.search.cli.render_batch import Tally

FORMATS = ("csv", "tsv", "jsonl", "html")


@click.command(short_help="Answer a list of names or queries.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--names", "are_names", is_flag=True, help="Each line is a person's name.")
@click.option(
    "--every-tier", is_flag=True, help="Of a name, every way in which it is found, not only one."
)
@click.option(
    "-f", "--format", "output", type=click.Choice(FORMATS), default="csv", show_default=True,
    help="html is one page that needs nothing but itself.",
)  # fmt: skip
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH",
    help="Write there, not to standard output.",
)  # fmt: skip
@click.option("--resume", is_flag=True, help="Go on where the batch in --output was interrupted.")
@click.option(
    "--scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.ARTICLE.value,
    show_default=True, help="Where all the words of a query must stand together.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Treat warnings about a query as errors.")
@shared_options
@ends_well
def batch(file: Path, output: str, target: Path | None, resume: bool, **asked: str) -> ExitStatus:
    """Answer each line of FILE, a query or with --names a person's name; - reads standard input.

    Names are looked for as written, then but for case and accents, then surname first, then with
    initials, then misspelt; the first way that finds something counts. For each line: how it was
    found, how many articles and passages, and the best passage with its citation. A bad line is
    reported with its number, the others are answered, and the exit status is 4.
    """
    from pinakes.search.batch import BatchOptions, answer_batch
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.batch_file import START
    from pinakes.search.cli.render_batch import Tally

    if resume and (target is None or output == "html"):
        raise click.UsageError("--resume goes on in the --output of a csv, tsv or jsonl")
    _refuse_overwriting(target, file, is_resumed=resume)
    point = _resume(target, output) if resume and target else START
    options = BatchOptions(
        are_names=bool(asked["are_names"]),
        every_tier=bool(asked["every_tier"]),
        first_line=point.line,
        scope=Scope(asked["scope"]),
        strict=bool(asked["strict"]),
    )
    tally = Tally()
    for row in point.rows:
        tally.add_row(row.line, row.articles, has_failed=row.has_failed)
    with open_archive(current_settings()) as archive, _lines_of(file) as lines:
        entries = _told(answer_batch(archive, lines, options=options), tally)
        rows = _rows(entries, output, has_head=not point.size)
        if target:
            _write(rows, target, size=point.size)
        else:
            print_rows(rows)
    before = f", those before line {point.line} an earlier time" if point.rows else ""
    say(tally.summary + before)
    if tally.failed or tally.is_short:
        return ExitStatus.SOME_FAILED
    return ExitStatus.DONE if tally.found else ExitStatus.NOTHING_FOUND


def _refuse_overwriting(target: Path | None, file: Path, *, is_resumed: bool) -> None:
    """Refuse an output that would take the place of what somebody has: the list itself, say."""
    if target is None or not target.exists():
        return
    if file.exists() and target.samefile(file):
        raise click.UsageError(f"{target} is the list itself: name another --output")
    if not is_resumed:
        raise click.UsageError(
            f"{target} is there already: remove it, name another, or go on in it with --resume"
        )


def _resume(target: Path, output: str) -> ResumePoint:
    from pinakes.search.cli.batch_file import ResumeError, find_resume_point

    try:
        return find_resume_point(target, output)
    except ResumeError as error:
        raise CommandError(str(error), ExitStatus.USAGE) from error


@contextmanager
def _lines_of(path: Path) -> Iterator[Iterator[str]]:
    """Lend the lines of a list, bytes that are not UTF-8 as surrogates."""
    if str(path) == "-":
        yield _decoded(sys.stdin.buffer)
        return
    try:
        file = path.open("rb")
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror or error}"
        raise CommandError(message, ExitStatus.USAGE) from error
    with file:
        yield _decoded(file)


def _decoded(file: BinaryIO | Iterable[bytes]) -> Iterator[str]:
    for line in file:
        yield line.decode("utf-8", "surrogateescape")


def _told(entries: Iterable[BatchEntry], tally: Tally) -> Iterator[BatchEntry]:
    """Count entries, and report the bad ones and, unless `--quiet` was given, warnings."""
    for entry in entries:
        tally.add(entry)
        if entry.error:
            click.echo(f"line {entry.line}: {_safe(entry.error)}", err=True)
        for found in () if entry.error else entry.findings:
            if found.severity == "warning":
                say(f"line {entry.line}: warning: {_safe(found.message)}")
        yield entry


def _safe(text: str) -> str:
    from pinakes.search.cli.terminal import one_line

    return one_line(text)


def _rows(entries: Iterable[BatchEntry], output: str, *, has_head: bool) -> Iterator[str]:
    from pinakes.search.cli.cells import table_row
    from pinakes.search.cli.render_batch import COLUMNS, batch_row, entry_object, page_lines

    if output == "html":
        return page_lines(entries)
    if output == "jsonl":
        return (as_json(entry_object(entry)) for entry in entries)
    head = [table_row(COLUMNS, output)] if has_head else []
    return chain(head, map(partial(batch_row, output=output), entries))


def _write(rows: Iterable[str], target: Path, *, size: int) -> None:
    """Write rows to a file after the first `size` bytes of it, each as soon as it is known."""
    from pinakes.corpus import unwritten

    try:
        with target.open("r+b" if size else "wb") as file:
            file.truncate(size)
            file.seek(size)
            for row in rows:
                file.write(f"{row}\n".encode())
                file.flush()
    except OSError as error:
        raise CommandError(f"{target}: {unwritten(error)}", ExitStatus.OUTPUT) from error
