"""The options that ask for facets."""

from __future__ import annotations

import click

from pinakes.search.cli.completion import complete_facet
from pinakes.search.options import FACETS, OptionsError, read_facet


def _read(
    _context: click.Context, _parameter: click.Parameter, names: tuple[str, ...]
) -> tuple[str, ...]:
    try:
        return tuple(map(read_facet, names))
    except OptionsError as error:
        raise click.BadParameter(str(error)) from error


facet_option = click.option(
    "--facet", "facets", multiple=True, callback=_read, metavar="FIELD",
    shell_complete=complete_facet,
    help=f"Count the values of {', '.join(FACETS)}, or of tags: person, tag:isbn; repeatable.",
)  # fmt: skip
facet_values_option = click.option(
    "--facet-values", type=click.IntRange(min=1), default=10, show_default=True,
    help="Values of each facet, at the most.",
)  # fmt: skip
