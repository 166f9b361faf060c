"""`count`: how much satisfies a query."""

from __future__ import annotations

import click

from pinakes.search.cli.completion import complete_query
from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_json, print_output
from pinakes.search.cli.query_command import QueryCommand
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.options import Scope, SearchOptions


@click.command(cls=QueryCommand, short_help="Count what matches a query.")
@click.argument("words", metavar="QUERY...", nargs=-1, required=True, shell_complete=complete_query)
@click.option(
    "--scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.ARTICLE.value,
    show_default=True, help="Where all the words must stand together.",
)  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON, the query as understood in it.")
@click.option("--synonyms", "has_synonyms", is_flag=True, help="Count your synonyms of words, too.")
@click.option("--strict", is_flag=True, help="Treat warnings about the query as errors.")
@shared_options
@ends_well
def count(
    words: tuple[str, ...], *, scope: str, is_json: bool, has_synonyms: bool, strict: bool
) -> ExitStatus:
    """Count the articles that match QUERY, and the passages of theirs that show it."""
    from pinakes.search.as_json import error_object, results_object
    from pinakes.search.cli.answering import Reading, print_diagnostics, read_query
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.render_text import count as counted
    from pinakes.search.query import QueryError

    query = " ".join(words).strip()
    options = SearchOptions(limit=0, scope=Scope(scope), strict=strict)
    with open_archive(current_settings()) as archive:
        try:
            asked = read_query(archive, query, Reading(has_synonyms=has_synonyms), is_strict=strict)
            results = archive.search(asked, options=options)
        except QueryError as error:
            print_diagnostics(query, error.diagnostics)
            if is_json:
                print_json(error_object(error))
            return ExitStatus.USAGE
    print_diagnostics(query, results.diagnostics)
    if is_json:
        print_json(results_object(results))
    else:
        articles, passages = results.articles or 0, results.passages or 0
        print_output(f"{counted(articles, 'article')}, {counted(passages, 'passage')}")
    if not results.is_whole:
        return ExitStatus.SOME_FAILED
    return ExitStatus.DONE if results.articles else ExitStatus.NOTHING_FOUND
