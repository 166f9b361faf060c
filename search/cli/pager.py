"""Long answers for people go through a pager, where there is a person at a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import click

from pinakes.search.cli.settings import current_settings


def is_paged() -> bool:
    """Return whether output may go through a pager.

    Both ends have to be a terminal, and none of `--no-pager`, `PAGER=` and `PAGER=cat` given.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    pager = os.environ.get("PAGER")
    is_refused = pager is not None and pager.strip() in ("", "cat")
    return not (current_settings().has_no_pager or is_refused or _is_dumb())


def page(lines: Iterable[str]) -> None:
    """Show lines through `$PAGER`, by default `less -R`, if they do not fit on the screen.

    Lines are asked for as they are shown. Colour goes through only where `Settings.stdout` has it;
    whoever closes the pager early has seen enough, which is no error.
    """
    import shutil

    height = shutil.get_terminal_size().lines
    waiting = iter(lines)
    first = list(islice(waiting, height))
    has_colour = current_settings().stdout.has_colour
    if len(first) < height:
        click.echo("\n".join(first), color=has_colour)
        return
    # As git does: without it, `less` shows the escape sequences of colour as text.
    os.environ.setdefault("LESS", "-R")
    click.echo_via_pager(_joined(chain(first, waiting)), color=has_colour)


def _joined(lines: Iterator[str]) -> Iterator[str]:
    """Yield lines, each but the first with the end of the one before: click adds the last end."""
    yield next(lines, "")
    for line in lines:
        yield f"\n{line}"


def _is_dumb() -> bool:
    return os.environ.get("TERM") == "dumb"
