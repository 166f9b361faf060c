"""`search`: what is asked of an archive."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pinakes.search.cli.completion import complete_query, complete_saved
from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.facet_option import facet_option, facet_values_option
from pinakes.search.cli.messages import ends_well
from pinakes.search.cli.query_command import QueryCommand
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.options import By, Scope, SearchOptions, Sort

if TYPE_CHECKING:
    from pinakes.corpus import SavedSearch
    from pinakes.search.archive import Archive
    from pinakes.search.cli.answering import Reading

FORMATS = ("text", "json", "jsonl", "csv", "tsv", "ids", "trec")
"""What `--format` takes for the answer to a query."""


def _format_of(asked: dict[str, Any]) -> str:
    """Take the options of the format from `asked`, and return what they say."""
    output: str = asked.pop("output")
    if asked.pop("is_json"):
        output = "json"
    if asked["has_null"] and output != "ids":
        raise click.UsageError("--null goes with --format ids")
    return output


def _as_topic(name: str) -> str:
    if not name or len(name.split()) != 1 or name != name.strip():
        raise click.BadParameter(f"{name!r} is not one word")
    return name


def _as(kind: Callable[[str], Any]) -> Callable[[click.Context, click.Parameter, str], Any]:
    return lambda _context, _parameter, value: kind(value)


@click.command(cls=QueryCommand, short_help="Print the articles that match a query.")
@click.argument("words", metavar="QUERY...", nargs=-1, shell_complete=complete_query)
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
    "-f", "--format", "output", type=click.Choice(FORMATS), default="text", show_default=True,
    help="jsonl, ids and trec have a line for each hit, csv and tsv a row for each passage.",
)  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="The same as --format json.")
@click.option("-0", "--null", "has_null", is_flag=True, help="End ids with NUL, for xargs -0.")
@click.option(
    "--topic", default="1", show_default=True, callback=lambda *asked: _as_topic(asked[2]),
    help="What a TREC run calls the query.",
)  # fmt: skip
@facet_option
@facet_values_option
@click.option("--after", default="", metavar="TOKEN", help="Go on after a page, by its `next`.")
@click.option("--occurrences", is_flag=True, help="Count occurrences, too.")
@click.option("--explain", is_flag=True, help="Show how each score comes about, to the last digit.")
@click.option(
    "--report", "report_path", type=click.Path(dir_okay=False), metavar="FILE",
    help="Write all about this search to FILE, every hit included; as Markdown if it ends in .md.",
)  # fmt: skip
@click.option(
    "--no-collapse", "collapse", flag_value=False, default=True, type=bool,
    help="Show every copy of an article; of copies the earliest stands for all otherwise.",
)  # fmt: skip
@click.option(
    "--any-word", is_flag=True,
    help="Read QUERY as a question: any of its words, and no sign in it is an operator.",
)  # fmt: skip
@click.option(
    "--feedback", "has_feedback", is_flag=True,
    help="With --any-word: ask again with words of the first articles found, too.",
)  # fmt: skip
@click.option(
    "--half-life", "half_life_days", type=click.IntRange(min=1), metavar="DAYS",
    help="Let newer articles come first: one that is so old counts a quarter less, at most half.",
)  # fmt: skip
@click.option(
    "--synonyms", "has_synonyms", is_flag=True,
    help="Look for your synonyms of words, too; `pinakes synonyms` shows them.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Treat warnings about the query as errors.")
@click.option("--explain-query", is_flag=True, help="Print what is understood, without searching.")
@click.option(
    "--since-last", metavar="NAME", shell_complete=complete_saved,
    help="Answer the saved search NAME, with what is new or changed since the last time only.",
)  # fmt: skip
@shared_options
@ends_well
def search(
    words: tuple[str, ...], explain_query: bool, since_last: str | None, **asked: Any
) -> ExitStatus:
    """Print the articles that match QUERY, best first, each with its best passages.

    Several words are joined by a space; all of them must occur. "a b" finds a phrase, -word
    leaves out, OR, NOT and parentheses combine, kind: tag: source: author: date: lang: path:
    section: title: restrict. Quote the query for the shell: 'mine "right to return" -coal'.
    """
    if bool(words) is bool(since_last):
        message = "QUERY or --since-last NAME is needed" if not words else "NAME has its own query"
        raise click.UsageError(message)
    if since_last:
        return answer_saved(since_last, asked, only_new=True)
    if asked["has_feedback"] and not asked["any_word"]:
        raise click.UsageError("--feedback goes with --any-word")
    query = " ".join(words).strip()
    if explain_query:
        from pinakes.search.cli.answering import explain

        reading = _reading_of(asked)
        output = _format_of(asked)
        return explain(query, is_strict=asked["strict"], output=output, reading=reading)
    return _answer(query, asked)


def _reading_of(asked: dict[str, Any]) -> Reading:
    """Take from `asked` how a query is to be read, and return it."""
    from pinakes.search.cli.answering import Reading

    return Reading(
        is_question=asked.pop("any_word", False),
        has_feedback=asked.pop("has_feedback", False),
        has_synonyms=asked.pop("has_synonyms", False),
    )


def answer_saved(name: str, asked: dict[str, Any], *, only_new: bool) -> ExitStatus:
    """Answer a saved search as `asked`, and note that it was answered."""
    from pinakes.search.cli.archives import open_archive

    with open_archive(current_settings()) as archive:
        saved = archive.saved.get(name)
        since = (saved.seen or 0) if only_new else None
        return _answer(saved.query, {**asked, "since": since}, archive=archive, saved=saved)


def _answer(
    query: str,
    asked: dict[str, Any],
    *,
    archive: Archive | None = None,
    saved: SavedSearch | None = None,
) -> ExitStatus:
    from pinakes.search.cli.answering import Output, answer
    from pinakes.search.cli.archives import open_archive

    reading = _reading_of(asked)
    output = Output(
        format=_format_of(asked),
        has_null=asked.pop("has_null"),
        topic=asked.pop("topic"),
        report_path=asked.pop("report_path", None),
        reading=reading if saved is None else reading._replace(is_question=False),
    )
    options = SearchOptions(**asked)
    if archive:
        return answer(archive, query, options=options, output=output, saved=saved)
    with open_archive(current_settings()) as opened:
        return answer(opened, query, options=options, output=output)
