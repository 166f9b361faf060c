"""The options of commands that serve: who may ask, and what an answer may take."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def access_options(command: Command) -> Command:
    """Add to a command `token`, `is_public`, `hosts`, `origins`, `time_s` and `lists_mb`."""
    options = (
        click.option(
            "--token", default="", envvar="PINAKES_TOKEN", metavar="TOKEN",
            help="What clients have to show, 16 characters or more; better in $PINAKES_TOKEN.",
        ),
        click.option(
            "--public", "is_public", is_flag=True, help="Let anybody read it all, without token."
        ),
        click.option(
            "--allow-host", "hosts", multiple=True, metavar="NAME",
            help="A name by which the server may be addressed; repeatable.",
        ),
        click.option(
            "--allow-origin", "origins", multiple=True, metavar="ORIGIN",
            help="A site whose scripts may ask, as https://example.org (CORS); repeatable.",
        ),
        click.option(
            "--time-limit", "time_s", type=click.FloatRange(min=0.1), default=10.0,
            show_default=True, metavar="SECONDS",
            help="For one answer; what takes longer is refused.",
        ),
        click.option(
            "--memory", "lists_mb", type=click.FloatRange(min=0), default=192.0,
            show_default=True, metavar="MB",
            help="For lists of the index kept ready, beside what answers under way take.",
        ),
    )  # fmt: skip
    return reduce(lambda made, option: option(made), reversed(options), command)
