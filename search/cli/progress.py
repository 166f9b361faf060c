"""A line on standard error that counts the files while they are read."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

from pinakes.search.cli.layout import shorten
from pinakes.search.cli.render_archive import file_line
from pinakes.search.cli.settings import Settings
from pinakes.search.cli.terminal import one_line

if TYPE_CHECKING:
    from pinakes.corpus import FileOutcome

_INTERVAL_S = 0.1
_ERASE_LINE = "\r\x1b[K"


class OnFile(Protocol):
    """What the ingest calls after each file."""

    def __call__(self, outcome: FileOutcome, /) -> None:
        """Take note of what became of one file."""


@contextmanager
def file_progress(settings: Settings) -> Iterator[OnFile]:
    """Report each failed file, with `--verbose` each file, and on a terminal count them all."""
    is_screen = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    counts_files = is_screen and not settings.is_quiet
    seen = 0
    shown_at = 0.0

    def on_file(outcome: FileOutcome, /) -> None:
        nonlocal seen, shown_at
        seen += 1
        line = file_line(outcome.status, outcome.path, outcome.detail)
        if settings.is_verbose or outcome.status == "error":
            click.echo((_ERASE_LINE if counts_files else "") + line, err=True, color=counts_files)
        now = time.monotonic()
        if counts_files and now - shown_at >= _INTERVAL_S:
            shown_at = now
            text = shorten(f"{seen:,} files  {one_line(outcome.path)}", settings.stderr.width - 1)
            click.echo(_ERASE_LINE + text, err=True, nl=False, color=True)

    try:
        yield on_file
    finally:
        if counts_files:
            click.echo(_ERASE_LINE, err=True, nl=False, color=True)
