"""`export`: what a query finds, in one file for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pinakes.search.cli.completion import complete_query
from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_json, print_output, say
from pinakes.search.cli.query_command import QueryCommand
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.cli.terminal import one_line
from pinakes.search.options import By, Scope, SearchOptions, Sort

if TYPE_CHECKING:
    from pinakes.search.bundling import Bundle


@click.command(cls=QueryCommand, short_help="Write what a query finds into one file for others.")
@click.argument("words", metavar="QUERY...", nargs=-1, required=True, shell_complete=complete_query)
@click.option(
    "--bundle", "path", type=click.Path(dir_okay=False), metavar="FILE", required=True,
    help="The ZIP file to write; one that is there is replaced.",
)  # fmt: skip
@click.option("-n", "--limit", type=click.IntRange(min=1), help="Hits at the most; all by default.")
@click.option(
    "-s", "--sort", type=click.Choice([sort.value for sort in Sort]), default=Sort.SCORE.value,
    show_default=True, help="Best first, oldest first, newest first.",
)  # fmt: skip
@click.option(
    "--scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.ARTICLE.value,
    show_default=True, help="Where all the words must stand together.",
)  # fmt: skip
@click.option(
    "--by", type=click.Choice([by.value for by in By]), default=By.ARTICLE.value,
    show_default=True, help="What a hit is.",
)  # fmt: skip
@click.option(
    "-S", "--snippets", type=click.IntRange(min=1), default=3, show_default=True,
    help="Passages cited of an article, at the most.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Treat warnings about the query as errors.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON about what was written.")
@shared_options
@ends_well
def export(words: tuple[str, ...], path: str, **asked: Any) -> ExitStatus:
    """Write what QUERY finds into a bundle that anyone can read and check without Pinakes.

    It holds the results, their citations, the texts and raw files of the articles found, checksums
    of all that, a page to read it in, and a verifier that needs nothing but Python. Mind copyright
    and personal data: its NOTICE.txt says what to think of.
    """
    from pinakes.search.cli.answering import print_diagnostics
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.query import QueryError

    is_json, limit = asked.pop("is_json"), asked.pop("limit")
    options = SearchOptions(**asked)
    query = " ".join(words).strip()
    with open_archive(current_settings()) as archive:
        try:
            understood = archive.understand(query, strict=options.strict)
            print_diagnostics(query, understood.diagnostics)
            bundle = archive.records.export_bundle(understood, path, limit=limit, options=options)
        except QueryError:
            return ExitStatus.USAGE
    _tell(bundle, is_json=is_json)
    if bundle.left_out:
        return ExitStatus.SOME_FAILED
    return ExitStatus.NOTHING_FOUND if bundle.path is None else ExitStatus.DONE


def _tell(bundle: Bundle, *, is_json: bool) -> None:
    for name, problem in bundle.left_out.items():
        say(f"Left out: {one_line(name)} ({problem})")
    if is_json:
        print_json(
            {
                "schema_version": 1,
                "path": str(bundle.path) if bundle.path else None,
                "hits": bundle.hits,
                "articles": bundle.articles,
                "citations": bundle.citations,
                "files": bundle.files,
                "left_out": dict(bundle.left_out),
                "manifest_sha256": bundle.manifest_sha256,
            }
        )
    elif bundle.path is None:
        say("Nothing found; nothing written")
    else:
        print_output(
            f"{bundle.hits:,} hits in {bundle.articles:,} articles, {bundle.citations:,} citations,"
            f" {bundle.files:,} raw files\nSHA-256 of manifest.json: {bundle.manifest_sha256}"
        )
