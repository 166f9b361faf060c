"""The options that every command takes, before or after its name."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from pinakes.search.cli.terminal import Terminal, terminal_for

Function = TypeVar("Function", bound=Callable[..., Any])

_META_KEY = "pinakes.search.cli.settings"


class Settings(NamedTuple):
    """What the shared options say.

    Attributes:
        archive: The archive that was named, if one was.
        is_quiet: Only results and errors are wanted.
        is_verbose: Details are wanted.
        color: `auto`, `always` or `never`.
        has_no_pager: Output goes to the terminal itself, however long.
    """

    archive: Path | None = None
    is_quiet: bool = False
    is_verbose: bool = False
    color: str = "auto"
    has_no_pager: bool = False

    @property
    def stdout(self) -> Terminal:
        """The terminal for results."""
        return terminal_for(sys.stdout, color=self.color)

    @property
    def stderr(self) -> Terminal:
        """The terminal for everything else."""
        return terminal_for(sys.stderr, color=self.color)


def current_settings() -> Settings:
    """Return the settings of the command that runs."""
    context = click.get_current_context(silent=True)
    given = dict(context.meta.get(_META_KEY, {})) if context else {}
    # Not the option's own `envvar`: read with the subcommand it would win over the main option.
    if "archive" not in given and (named := os.environ.get("PINAKES_ARCHIVE")):
        given["archive"] = Path(named)
    return Settings(**given)


def shared_options(function: Function) -> Function:
    """Add the shared options to a command; one given after the command's name wins."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    # A context and those below it share their `meta`.
    if value and parameter.name:
        context.meta.setdefault(_META_KEY, {})[parameter.name] = value


_OPTIONS = (
    click.option(
        "--archive",
        type=click.Path(path_type=Path),
        callback=_keep,
        expose_value=False,
        metavar="PATH",
        help="The archive's folder; else $PINAKES_ARCHIVE, else the nearest one upwards.",
    ),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        callback=_keep,
        expose_value=False,
        help="When to use colour; by default on a terminal, unless NO_COLOR is set.",
    ),
    click.option(
        "--no-pager",
        "has_no_pager",
        is_flag=True,
        callback=_keep,
        expose_value=False,
        help="Never show long output through $PAGER.",
    ),
    click.option(
        "-q",
        "--quiet",
        "is_quiet",
        is_flag=True,
        callback=_keep,
        expose_value=False,
        help="Only results and errors.",
    ),
    click.option(
        "-v",
        "--verbose",
        "is_verbose",
        is_flag=True,
        callback=_keep,
        expose_value=False,
        help="More details.",
    ),
)
