"""The arguments that commands with a query share, and queries that look like options."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from pinakes.search.options import FACETS, By, OptionsError, Scope, Sort, read_facet

Function = TypeVar("Function", bound=Callable[..., Any])

# Of an option with a wrong value, as `-n -1`, nothing of the kind was meant.
_IS_NEGATED_WORD = re.compile(r"-[^\W\d_]{2}")
_NEGATION_HINT = "A query that leaves something out goes after --: pinakes search -- mine -coal"


class QueryCommand(click.Command):
    """Helps with queries that look like options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take '-coal mine', quoted in the shell, for no option: a query may begin with a space."""
        words = [f" {arg}" if _is_quoted_negation(arg) else arg for arg in args]
        try:
            return super().parse_args(ctx, words)
        except click.UsageError as error:
            if any(map(_IS_NEGATED_WORD.match, args)):
                raise click.UsageError(f"{error.message}\n{_NEGATION_HINT}", ctx) from error
            raise


def _is_quoted_negation(arg: str) -> bool:
    return arg.startswith("-") and not arg.startswith("--") and " " in arg


def joined(words: tuple[str, ...]) -> str:
    """Return the query that was given as several arguments."""
    return " ".join(words).strip()


def _as(kind: Callable[[str], Any]) -> Callable[[click.Context, click.Parameter, str], Any]:
    return lambda _context, _parameter, value: kind(value)


def _facets(
    _context: click.Context, _parameter: click.Parameter, names: tuple[str, ...]
) -> tuple[str, ...]:
    try:
        return tuple(map(read_facet, names))
    except OptionsError as error:
        raise click.BadParameter(str(error)) from error


limit_option = click.option(
    "-n", "--limit", type=click.IntRange(min=0), default=10, show_default=True,
    help="Hits at the most; 0 only counts.",
)  # fmt: skip
offset_option = click.option(
    "--offset", type=click.IntRange(min=0), default=0, show_default=True,
    help="Hits to skip first.",
)  # fmt: skip
scope_option = click.option(
    "--scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.ARTICLE.value,
    show_default=True, callback=_as(Scope), help="Where all the words must stand together.",
)  # fmt: skip
sort_option = click.option(
    "-s", "--sort", type=click.Choice([sort.value for sort in Sort]), default=Sort.SCORE.value,
    show_default=True, callback=_as(Sort), help="Best first, oldest first, newest first.",
)  # fmt: skip
by_option = click.option(
    "--by", type=click.Choice([by.value for by in By]), default=By.ARTICLE.value,
    show_default=True, callback=_as(By), help="What a hit is.",
)  # fmt: skip
snippets_option = click.option(
    "-S", "--snippets", type=click.IntRange(min=1), default=3, show_default=True,
    help="Passages shown of an article, at the most.",
)  # fmt: skip
facet_option = click.option(
    "--facet", "facets", multiple=True, callback=_facets, metavar="FIELD",
    help=f"Count the values of {', '.join(FACETS)}, or of tags, as tag:person; repeatable.",
)  # fmt: skip
facet_values_option = click.option(
    "--facet-values", type=click.IntRange(min=1), default=10, show_default=True,
    help="Values of each facet, at the most.",
)  # fmt: skip
format_option = click.option(
    "-f", "--format", "output", type=click.Choice(["text", "json", "jsonl"]), default="text",
    show_default=True, help="jsonl is one hit a line.",
)  # fmt: skip
json_option = click.option(
    "--json", "is_json", is_flag=True, help="The same as --format json."
)  # fmt: skip
strict_option = click.option(
    "--strict", is_flag=True, help="Treat warnings about the query as errors."
)  # fmt: skip
explain_option = click.option(
    "--explain", is_flag=True, help="Show how each score comes about, to the last digit."
)  # fmt: skip
