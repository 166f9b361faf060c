"""What is said on standard error, and how an error of the library ends a command."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ParamSpec

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.pager import is_paged, page
from pinakes.search.cli.settings import current_settings
from pinakes.search.cli.terminal import escape, for_screen

Arguments = ParamSpec("Arguments")


class CommandError(Exception):
    """A command ends with a message and a status of its own."""

    def __init__(self, message: str, status: ExitStatus) -> None:
        super().__init__(message)
        self.status = status
        # The command's context is gone by the time the message is shown.
        self._terminal = current_settings().stderr

    def show(self) -> None:
        """Print the message on standard error."""
        label = self._terminal.style("Error:", "error")
        text = f"{label} {_escape_lines(str(self))}"
        click.echo(text, err=True, color=self._terminal.has_colour)


class OutputClosedError(Exception):
    """Whoever read the output has seen enough, as `head` has."""


def say(message: str) -> None:
    """Print a message on standard error, unless `--quiet` was given."""
    settings = current_settings()
    if not settings.is_quiet:
        click.echo(_escape_lines(message), err=True, color=settings.stderr.has_colour)


def print_output(text: str, *, has_line_end: bool = True) -> None:
    """Print a result on standard output."""
    if not text:
        return
    with _output_told():
        click.echo(text, color=current_settings().stdout.has_colour, nl=has_line_end)


def print_whole(text: str) -> None:
    """Print a text for a person that is at hand as a whole; otherwise as `print_text`."""
    if is_paged() and text:
        page(text.split("\n"))
    else:
        print_output(text)


def print_text(lines: Iterable[str]) -> None:
    """Print lines for a person on standard output, on a terminal through a pager if need be."""
    if is_paged():
        page(lines)
        return
    for line in lines:
        with _output_told():
            click.echo(line, color=current_settings().stdout.has_colour)


def print_rows(lines: Iterable[str]) -> None:
    """Print lines for a machine, one by one; what could act on a terminal is spelled out on one."""
    is_screen = sys.stdout.isatty()
    for line in lines:
        with _output_told():
            click.echo(for_screen(line) if is_screen else line, color=True)


@contextmanager
def _output_told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"the output cannot be written: {_describe(error)}"
        raise CommandError(message, ExitStatus.OUTPUT) from error


def print_json(value: Mapping[str, Any]) -> None:
    """Print one line of JSON on standard output."""
    print_output(as_json(value))


def as_json(value: Mapping[str, Any]) -> str:
    """Return one line of JSON that standard output can take."""
    from pinakes.search.as_json import dump

    return dump(value, encoding=sys.stdout.encoding or "utf-8")


def ends_well(
    command: Callable[Arguments, ExitStatus],
) -> Callable[Arguments, ExitStatus]:
    """Translate what the library raises in a command into a message and an exit status."""

    @functools.wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> ExitStatus:
        # Not at the top, as below: `--help` loads the command line only.
        from pinakes.corpus import print_warnings

        print_warnings()
        try:
            return command(*args, **kwargs)
        except BrokenPipeError as error:
            # Not an OSError: click would end the process itself, with status 1.
            raise OutputClosedError from error
        except OSError as error:
            raise CommandError(_describe(error), ExitStatus.ARCHIVE) from error
        except Exception as error:
            # Not at the top: it would make `--help` load the store.
            from pinakes.corpus import PinakesError, UnknownArticleError

            if not isinstance(error, PinakesError):
                raise
            status = ExitStatus.ARCHIVE
            if isinstance(error, UnknownArticleError):
                status = ExitStatus.NOTHING_FOUND
            elif isinstance(error, ValueError):
                status = ExitStatus.USAGE
            raise CommandError(str(error), status) from error

    return run


def _describe(error: OSError) -> str:
    from pinakes.corpus import FREE_SPACE, is_full

    where = f"{error.filename}: " if error.filename else ""
    told = f"{where}{error.strerror or error}"
    return f"{told}; {FREE_SPACE}" if is_full(error) else told


def _escape_lines(text: str) -> str:
    return "\n".join(map(escape, text.split("\n")))
