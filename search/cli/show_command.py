"""`show`: an article, or one of its passages, in full."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_json, print_text, say
from pinakes.search.cli.passage_name import read_passage_name, refuse_missing
from pinakes.search.cli.settings import current_settings, shared_options

if TYPE_CHECKING:
    from pinakes.corpus import Article
    from pinakes.search.marking import MarkedArticle


@click.command(short_help="Print an article, or one of its passages with its citation.")
@click.argument("name", metavar="ID[#N]")
@click.option("--query", metavar="QUERY", help="Mark what satisfies QUERY, as in its hits.")
@click.option(
    "-C", "--context", type=click.IntRange(min=0), metavar="N",
    help="Only the passages that satisfy QUERY, or the one named, and N around each.",
)  # fmt: skip
@click.option(
    "--metadata",
    "is_metadata",
    is_flag=True,
    help="Where title, authors, dates and the like came from, and what contradicts them.",
)
@click.option(
    "--raw",
    "is_raw",
    is_flag=True,
    help="All that its page says, read again from the file: | was kept, - was left out.",
)
@click.option(
    "--versions", "is_versions", is_flag=True, help="All captures of its address, earliest first."
)
@click.option(
    "--diff", "is_diff", is_flag=True, help="What differs from the capture of its address before."
)
@click.option("--tags", "has_tags", is_flag=True, help="The tags of each passage.")
@click.option("--json", "is_json", is_flag=True, help="JSON, with the text and all passages.")
@shared_options
@ends_well
def show(name: str, *, query: str | None, context: int | None, **asked: bool) -> ExitStatus:
    """Print an article, or with #N its passage N with what it takes to cite it.

    ID is what `pinakes search` prints; its first digits are enough. With -v, also all the
    metadata and where each value was found.
    """
    from pinakes.search.cli.answering import print_diagnostics
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.query import QueryError

    article_id, number = read_passage_name(name)
    if context is not None and query is None and number is None:
        raise click.UsageError("--context goes with --query, or with a passage: ID#N")
    if asked["is_versions"] or asked["is_diff"]:
        return _show_versions(article_id, number, query, asked)
    if asked["is_raw"]:
        others = asked["is_metadata"], asked["has_tags"], query is not None, number is not None
        if any(others):
            message = "--raw is of a whole article: no #N, --metadata, --tags or --query"
            raise click.UsageError(message)
        return _show_raw(article_id, is_json=asked["is_json"])
    marked = None
    with open_archive(current_settings()) as archive:
        if query is None:
            article = archive.article(article_id)
        else:
            try:
                marked = archive.mark(query, article_id)
            except QueryError as error:
                print_diagnostics(query, error.diagnostics)
                return ExitStatus.USAGE
            print_diagnostics(query, marked.diagnostics)
            article = marked.article
    if number is not None:
        refuse_missing(article, number)
    if marked and not marked.holds:
        say(f"{article.id} does not satisfy the query: pinakes why-not tells for which part")
    if asked["is_metadata"]:
        _print_provenance(article, is_json=asked["is_json"])
    elif asked["is_json"] and asked["has_tags"]:
        _print_tags(article, number)
    elif asked["is_json"]:
        _print_json(article, number, marked)
    else:
        _print_text(article, number, context, marked, has_tags=asked["has_tags"])
    return ExitStatus.DONE


def _show_versions(
    article_id: str, number: int | None, query: str | None, asked: dict[str, bool]
) -> ExitStatus:
    from pinakes.search.cli.version_listing import compare_with_version_before, list_versions

    views = ("is_raw", "is_metadata", "has_tags", "is_versions", "is_diff")
    if sum(asked[view] for view in views) > 1 or number is not None or query is not None:
        message = "--versions and --diff are of a whole article, each by itself: no #N, no --query"
        raise click.UsageError(message)
    if asked["is_versions"]:
        return list_versions(article_id, is_json=asked["is_json"])
    return compare_with_version_before(article_id, is_json=asked["is_json"])


def _show_raw(article_id: str, *, is_json: bool) -> ExitStatus:
    from pinakes.search.as_json import whole_object
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.render_article import render_whole

    settings = current_settings()
    with open_archive(settings) as archive:
        article = archive.article(article_id)
        texts = archive.whole_text(article)
    if is_json:
        print_json(whole_object(article, texts))
    else:
        print_text(render_whole(article, texts, settings.stdout).split("\n"))
    return ExitStatus.DONE


def _print_provenance(article: Article, *, is_json: bool) -> None:
    from pinakes.search.as_json import provenance_object
    from pinakes.search.cli.render_article import render_provenance

    if is_json:
        print_json(provenance_object(article))
    else:
        print_text(render_provenance(article, current_settings().stdout).split("\n"))


def _print_json(article: Article, number: int | None, marked: MarkedArticle | None) -> None:
    from pinakes.search.as_json import article_object, marking_objects, passage_object
    from pinakes.search.citation import cite

    told = marking_objects(marked) if marked else {}
    if number is None:
        print_json({**article_object(article), **told})
    else:
        passage = article.passages[number]
        print_json({**passage_object(article, passage, cite(article, passage)), **told})


def _print_tags(article: Article, number: int | None) -> None:
    from pinakes.search.cli.render_tags import tags_object

    print_json(tags_object(article, range(len(article.passages)) if number is None else [number]))


def _print_text(
    article: Article,
    number: int | None,
    context: int | None,
    marked: MarkedArticle | None,
    *,
    has_tags: bool,
) -> None:
    from pinakes.search.citation import cite
    from pinakes.search.cli.render_article import Shown, render_article, render_passage

    settings = current_settings()
    shown = Shown(highlights=marked.highlights if marked else {}, has_tags=has_tags)
    if number is not None:
        around = range(max(0, number - (context or 0)), number + (context or 0) + 1)
        shown = replace(shown, numbers=frozenset(around))
        citation = cite(article, article.passages[number])
        text = render_passage(article, citation, settings.stdout, shown=shown)
    else:
        if marked and context is not None:
            numbers = frozenset(marked.near(context))
            shown = replace(shown, numbers=numbers)
        text = render_article(
            article, settings.stdout, has_metadata=settings.is_verbose, shown=shown
        )
    print_text(text.split("\n"))
