"""`search` and `show`: what is asked of an archive."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import CommandError, ends_well, print_json, print_output
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.options import By, Scope, SearchOptions, Sort

if TYPE_CHECKING:
    from pinakes.corpus import Article, Passage


class _QueryCommand(click.Command):
    """Helps with queries that look like options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # '-coal mine', quoted in the shell, is no option; a query may begin with a space.
        words = [f" {arg}" if _is_quoted_negation(arg) else arg for arg in args]
        try:
            return super().parse_args(ctx, words)
        except click.UsageError as error:
            if any(map(_IS_NEGATED_WORD.match, args)):
                raise click.UsageError(f"{error.message}\n{_NEGATION_HINT}", ctx) from error
            raise


# Of an option with a wrong value, as `-n -1`, nothing of the kind was meant.
_IS_NEGATED_WORD = re.compile(r"-[^\W\d_]{2}")
_NEGATION_HINT = "A query that leaves something out goes after --: pinakes search -- mine -coal"


def _is_quoted_negation(arg: str) -> bool:
    return arg.startswith("-") and not arg.startswith("--") and " " in arg


def _as(kind: Callable[[str], Any]) -> Callable[[click.Context, click.Parameter, str], Any]:
    return lambda _context, _parameter, value: kind(value)


@click.command(cls=_QueryCommand, short_help="Print the articles that match a query.")
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@click.option(
    "-n", "--limit", type=click.IntRange(min=0), default=10, show_default=True,
    help="Hits at the most; 0 only counts.",
)  # fmt: skip
@click.option(
    "--offset", type=click.IntRange(min=0), default=0, show_default=True,
    help="Hits to skip first.",
)  # fmt: skip
@click.option(
    "-s", "--sort", type=click.Choice([sort.value for sort in Sort]), default=Sort.SCORE.value,
    show_default=True, callback=_as(Sort), help="Best first, oldest first, newest first.",
)  # fmt: skip
@click.option(
    "--scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.ARTICLE.value,
    show_default=True, callback=_as(Scope), help="Where all the words must stand together.",
)  # fmt: skip
@click.option(
    "--by", type=click.Choice([by.value for by in By]), default=By.ARTICLE.value,
    show_default=True, callback=_as(By), help="What a hit is.",
)  # fmt: skip
@click.option(
    "-S", "--snippets", type=click.IntRange(min=1), default=3, show_default=True,
    help="Passages shown of an article, at the most.",
)  # fmt: skip
@click.option(
    "-f", "--format", "output", type=click.Choice(["text", "json", "jsonl"]), default="text",
    show_default=True, help="jsonl is one hit a line.",
)  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="The same as --format json.")
@click.option("--strict", is_flag=True, help="Treat warnings about the query as errors.")
@click.option("--explain-query", is_flag=True, help="Print what is understood, without searching.")
@shared_options
@ends_well
def search(
    words: tuple[str, ...], output: str, is_json: bool, explain_query: bool, **asked: Any
) -> ExitStatus:
    """Print the articles that match QUERY, best first, each with its best passages.

    Several words are joined by a space; all of them must occur. "a b" finds a phrase, -word
    leaves out, OR, NOT and parentheses combine, kind: tag: source: author: date: lang: path:
    section: title: restrict. Quote the query for the shell: 'mine "right to return" -coal'.
    """
    from pinakes.search.cli.answering import answer, explain
    from pinakes.search.cli.archives import open_archive

    query = " ".join(words).strip()
    output = "json" if is_json else output
    options = SearchOptions(**asked)
    if explain_query:
        return explain(query, is_strict=options.strict, output=output)
    with open_archive(current_settings()) as archive:
        return answer(archive, query, options=options, output=output)


@click.command(short_help="Print an article, or one of its passages with its citation.")
@click.argument("name", metavar="ID[#N]")
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
@click.option("--json", "is_json", is_flag=True, help="JSON, with the text and all passages.")
@shared_options
@ends_well
def show(name: str, is_metadata: bool, is_raw: bool, is_json: bool) -> ExitStatus:
    """Print an article, or with #N its passage N with what it takes to cite it.

    ID is what `pinakes search` prints; its first digits are enough. With -v, also all the
    metadata and where each value was found.
    """
    article_id, number = _parsed(name)
    if is_raw:
        if is_metadata or number is not None:
            raise click.UsageError("--raw is of a whole article: without #N and --metadata")
        return _show_raw(article_id, is_json=is_json)
    from pinakes.search.citation import cite
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.render_article import (
        render_article,
        render_passage,
        render_provenance,
    )
    from pinakes.search.cli.render_json import article_object, passage_object, provenance_object

    settings = current_settings()
    with open_archive(settings) as archive:
        article = archive.article(article_id)
    passage = None if number is None else _passage_of(article, number)
    if is_metadata:
        if is_json:
            print_json(provenance_object(article))
        else:
            print_output(render_provenance(article, settings.stdout))
    elif is_json and passage:
        print_json(passage_object(article, passage, cite(article, passage)))
    elif is_json:
        print_json(article_object(article))
    elif passage:
        print_output(render_passage(article, cite(article, passage), settings.stdout))
    else:
        print_output(render_article(article, settings.stdout, has_metadata=settings.is_verbose))
    return ExitStatus.DONE


def _show_raw(article_id: str, *, is_json: bool) -> ExitStatus:
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.render_article import render_whole
    from pinakes.search.cli.render_json import whole_object

    settings = current_settings()
    with open_archive(settings) as archive:
        article = archive.article(article_id)
        texts = archive.whole_text(article)
    if is_json:
        print_json(whole_object(article, texts))
    else:
        print_output(render_whole(article, texts, settings.stdout))
    return ExitStatus.DONE


def _parsed(name: str) -> tuple[str, int | None]:
    article_id, has_number, number = name.partition("#")
    if not has_number:
        return article_id, None
    if re.fullmatch("[0-9]{1,9}", number):
        return article_id, int(number)
    raise click.BadParameter(f"{number!r} is not a passage number", param_hint="ID[#N]")


def _passage_of(article: Article, number: int) -> Passage:
    for passage in article.passages:
        if passage.number == number:
            return passage
    raise CommandError(
        f"{article.id} has no passage {number}; its passages are 0 to {len(article.passages) - 1}",
        ExitStatus.NOTHING_FOUND,
    )
