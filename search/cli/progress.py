"""How far a run is: a line on a terminal that counts, or else a line now and then."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pinakes.search.cli.layout import shorten
from pinakes.search.cli.render_files import outcome_line
from pinakes.search.cli.settings import Settings
from pinakes.search.cli.terminal import one_line

if TYPE_CHECKING:
    from pinakes.corpus import FileOutcome

_INTERVAL_S = 0.1
_FILES_A_LINE = 1000
_FEWEST_SECONDS = 2.0
_ERASE_LINE = "\r\x1b[K"


class Progress:
    """What an ingest calls as it goes on."""

    def __init__(self, settings: Settings, *, is_screen: bool) -> None:
        """Write to standard error: on a screen over one line, else one for a thousand files."""
        self._settings = settings
        self._counts = not settings.is_quiet
        self._is_screen = is_screen and self._counts
        self._files: int | None = None
        self._done = 0
        self._began = self._shown_at = time.monotonic()
        if self._is_screen:
            self._show("Looking for files…")

    def on_plan(self, files: int) -> None:
        """Take note of how many files there are to work off."""
        self._files = files
        self._began = time.monotonic()
        self._shown_at = 0.0

    def on_file(self, outcome: FileOutcome, *, is_listed: bool = False) -> None:
        """Take note of what became of one file; `is_listed` if it is printed elsewhere."""
        line = outcome_line(outcome)
        if not is_listed and (self._settings.is_verbose or outcome.status == "error"):
            click.echo(
                (_ERASE_LINE if self._is_screen else "") + line, err=True, color=self._is_screen
            )
        if self._files is None:
            return
        self._done += 1
        now = time.monotonic()
        if self._is_screen and now - self._shown_at >= _INTERVAL_S:
            self._shown_at = now
            self._show(f"{self._state()}  {one_line(outcome.path)}")
        elif not self._is_screen and self._counts and self._done % _FILES_A_LINE == 0:
            click.echo(self._state(), err=True)

    def close(self) -> None:
        """Leave no line behind."""
        if self._is_screen:
            click.echo(_ERASE_LINE, err=True, nl=False, color=True)

    def _state(self) -> str:
        seconds = time.monotonic() - self._began
        return describe(self._done, self._files or 0, seconds)

    def _show(self, text: str) -> None:
        text = shorten(text, self._settings.stderr.width - 1)
        click.echo(_ERASE_LINE + text, err=True, nl=False, color=True)


@contextmanager
def file_progress(settings: Settings) -> Iterator[Progress]:
    """Report each failed file, with `--verbose` each file, and how far the run is."""
    is_screen = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    progress = Progress(settings, is_screen=is_screen)
    try:
        yield progress
    finally:
        progress.close()


def describe(done: int, files: int, seconds: float) -> str:
    """Return how far a run is, how fast and, once that can be told, how long it will go on.

    >>> describe(1500, 6000, 60.0)
    '1,500 of 6,000 files, 25/s, 3 min left'
    """
    text = f"{done:,} of {files:,} files"
    if seconds < _FEWEST_SECONDS or not done:
        return text
    rate = done / seconds
    text += f", {rate:.0f}/s" if rate >= 1 else f", {rate * 60:.0f}/min"
    return f"{text}, {_duration(max(0, files - done) / rate)} left"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
