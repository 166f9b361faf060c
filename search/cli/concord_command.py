"""`concord`: every occurrence of what a query looks for, with its context."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

import click

from pinakes.search.cli.completion import complete_query
from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import as_json, ends_well, print_rows, print_text, say
from pinakes.search.cli.query_command import QueryCommand
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.cli.terminal import one_line
from pinakes.search.options import OptionsError, Scope

if TYPE_CHECKING:
    from pinakes.corpus import DamagedArticle
    from pinakes.search.concordance import Occurrence

FORMATS = ("text", "csv", "tsv", "jsonl")
SORTS = ("article", "left", "right", "date", "-date")


@click.command(cls=QueryCommand, short_help="Print every occurrence with its context.")
@click.argument("words", metavar="QUERY...", nargs=-1, required=True, shell_complete=complete_query)
@click.option(
    "-s", "--sort", type=click.Choice(SORTS), default="article", show_default=True,
    help="By article as they were taken in, by the words before, by those after, or by day.",
)  # fmt: skip
@click.option(
    "-C", "--context", default="40", show_default=True, metavar="N[w]",
    help="Characters, or with w words, on either side; text shows what fits.",
)  # fmt: skip
@click.option("-n", "--limit", type=click.IntRange(min=1), help="Occurrences at the most.")
@click.option(
    "--scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.ARTICLE.value,
    show_default=True, help="Where all the words must stand together.",
)  # fmt: skip
@click.option(
    "-f", "--format", "output", type=click.Choice(FORMATS), default="text", show_default=True,
    help="csv, tsv and jsonl have the exact texts.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Treat warnings about the query as errors.")
@shared_options
@ends_well
def concord(
    words: tuple[str, ...], output: str, limit: int | None, context: str, **asked: str
) -> ExitStatus:
    """Print every occurrence of what QUERY looks for: what is before it, itself, what is after.

    They are what `search` highlights, all of them, each with the id of its passage and its place in
    the article's text. Sorted by article or day they are printed as they are found.
    """
    from pinakes.search.cli.answering import print_diagnostics
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.concordance import ConcordOptions, ConcordSort, Context

    try:
        around = Context.parse(context)
    except OptionsError as error:
        raise click.BadParameter(str(error), param_hint="--context") from error
    options = ConcordOptions(
        sort=ConcordSort(asked["sort"]), context=around, scope=Scope(asked["scope"])
    )
    text = " ".join(words).strip()
    with open_archive(current_settings()) as archive:
        query = archive.understand(text, strict=bool(asked["strict"]))
        print_diagnostics(text, query.diagnostics)
        if query.errors:
            return ExitStatus.USAGE
        damaged: list[DamagedArticle] = []
        found = archive.concord(query, options=options, on_damage=damaged.append)
        occurrences = islice(found, limit)
        first = next(occurrences, None)
        if first or output in ("csv", "tsv"):
            _print(chain((first,), occurrences) if first else occurrences, output)
    if first is None:
        say("Nothing stands in the archive's texts that the query looks for.")
    for article in damaged:
        say(f"Passed over {one_line(article.id)}, damaged: see `pinakes doctor`")
    if damaged:
        return ExitStatus.SOME_FAILED
    return ExitStatus.NOTHING_FOUND if first is None else ExitStatus.DONE


def _print(occurrences: Iterator[Occurrence], output: str) -> None:
    from pinakes.search.cli.render_concordance import (
        concordance_lines,
        concordance_rows,
        occurrence_object,
    )

    if output == "jsonl":
        print_rows(as_json(occurrence_object(one)) for one in occurrences)
    elif output == "text":
        settings = current_settings()
        has_summary = not settings.is_quiet
        print_text(concordance_lines(occurrences, settings.stdout, has_summary=has_summary))
    else:
        print_rows(concordance_rows(occurrences, output))
