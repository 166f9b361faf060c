"""`facets`, `similar`, `why-not` and `complete`: what else can be asked about a query."""

from __future__ import annotations

from typing import Any

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.facet_option import facet_option, facet_values_option
from pinakes.search.cli.messages import ends_well, print_json, print_text
from pinakes.search.cli.passage_name import read_passage_name
from pinakes.search.cli.query_command import QueryCommand
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.options import FACETS, Scope, SearchOptions


def _scope_option(function: Any) -> Any:
    return click.option(
        "--scope", type=click.Choice([scope.value for scope in Scope]),
        default=Scope.ARTICLE.value, show_default=True,
        help="Where all the words must stand together.",
    )(function)  # fmt: skip


@click.command(cls=QueryCommand, short_help="Count the sources, years, tags … of what is found.")
@click.argument("words", metavar="[QUERY...]", nargs=-1)
@facet_option
@facet_values_option
@_scope_option
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@click.option("--strict", is_flag=True, help="Treat warnings about the query as errors.")
@shared_options
@ends_well
def facets(words: tuple[str, ...], is_json: bool, **asked: Any) -> ExitStatus:
    """Count how often each source, author, year, language and kind occurs in what QUERY finds.

    Without QUERY, in the whole archive. Kinds and tags are counted by passages, all else by
    articles.
    """
    from pinakes.search.as_json import results_object
    from pinakes.search.cli.answering import print_diagnostics
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.render_facets import render_facets
    from pinakes.search.query import QueryError

    query = " ".join(words).strip() or "*"
    asked["facets"] = asked["facets"] or FACETS
    settings = current_settings()
    with open_archive(settings) as archive:
        try:
            results = archive.search(query, limit=0, options=SearchOptions(**asked))
        except QueryError as error:
            print_diagnostics(query, error.diagnostics)
            return ExitStatus.USAGE
    print_diagnostics(query, results.diagnostics)
    if is_json:
        print_json(results_object(results))
    else:
        print_text(render_facets(results.facets, settings.stdout).split("\n"))
    if not results.is_whole:
        return ExitStatus.SOME_FAILED
    return ExitStatus.DONE if results.articles else ExitStatus.NOTHING_FOUND


@click.command(short_help="Print the articles that are most like an article.")
@click.argument("article", metavar="ID[#N]")
@click.option(
    "-n", "--limit", type=click.IntRange(min=0), default=10, show_default=True,
    help="Hits at the most.",
)  # fmt: skip
@click.option(
    "-S", "--snippets", type=click.IntRange(min=1), default=3, show_default=True,
    help="Passages shown of an article, at the most.",
)  # fmt: skip
@click.option("--explain", is_flag=True, help="Show how each score comes about, to the last digit.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@shared_options
@ends_well
def similar(article: str, is_json: bool, **asked: Any) -> ExitStatus:
    """Print the articles that share most telling words with the article ID, without itself.

    With ID#N those that share them with its passage N.

    Telling are words that are frequent in it and rare in the archive; with -v they are printed.
    """
    from pinakes.search.cli.answering import Output, print_answer
    from pinakes.search.cli.archives import open_archive

    article_id, number = read_passage_name(article)
    with open_archive(current_settings()) as archive:
        results = archive.similar(article_id, passage_number=number, options=SearchOptions(**asked))
    return print_answer(
        results, SearchOptions(**asked), Output(format="json" if is_json else "text")
    )


@click.command("why-not", cls=QueryCommand, short_help="Say why a query does not find an article.")
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@click.argument("article", metavar="ID")
@_scope_option
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@shared_options
@ends_well
def why_not(words: tuple[str, ...], article: str, scope: str, is_json: bool) -> ExitStatus:
    """Say for which part of QUERY the article ID is not found, and which parts hold where."""
    from pinakes.search.as_json import why_not_object
    from pinakes.search.cli.answering import print_diagnostics
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.render_why import render_why_not
    from pinakes.search.query import QueryError

    query = " ".join(words).strip()
    options = SearchOptions(scope=Scope(scope))
    settings = current_settings()
    with open_archive(settings) as archive:
        try:
            why = archive.why_not(query, article.partition("#")[0], options=options)
        except QueryError as error:
            print_diagnostics(query, error.diagnostics)
            return ExitStatus.USAGE
        print_diagnostics(query, archive.understand(query).diagnostics)
    if is_json:
        print_json(why_not_object(why))
    else:
        print_text(render_why_not(why, settings.stdout).split("\n"))
    return ExitStatus.DONE


@click.command(short_help="Print how a query may go on.")
@click.argument("typed", metavar="TEXT", default="")
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=10, show_default=True,
    help="Completions at the most.",
)  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON, with how frequent each is.")
@shared_options
@ends_well
def complete(typed: str, limit: int, is_json: bool) -> ExitStatus:
    """Print how the last word of TEXT may go on: words of the archive, fields, their values."""
    from pinakes.search.as_json import completion_objects
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.render_facets import render_completions

    with open_archive(current_settings()) as archive:
        found = archive.complete(typed, limit=limit)
    if is_json:
        print_json(completion_objects(found))
    elif found:
        print_text(render_completions(found).split("\n"))
    return ExitStatus.DONE if found else ExitStatus.NOTHING_FOUND
