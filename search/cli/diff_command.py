"""`diff`: two articles side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.layout import wrap
from pinakes.search.cli.messages import ends_well, print_json, print_text
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.cli.terminal import Terminal, one_line

if TYPE_CHECKING:
    from pinakes.corpus import Article, Passage
    from pinakes.search.differing import Comparison, Part, PassageDifference

_INDENT = "    "


@click.command(short_help="Tell what differs in two articles, passage by passage.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@shared_options
@ends_well
def diff(a: str, b: str, is_json: bool) -> ExitStatus:
    """Tell which passages are present in article A and absent in B, and the other way round.

    A and B are ids of articles. In passages that both have with other words, [-words-] are those of
    A and {+words+} those of B. The status is 0 if all passages are the same, else 1.
    """
    from pinakes.search.cli.archives import open_archive

    with open_archive(current_settings()) as archive:
        return print_comparison(archive.diff(a, b), is_json=is_json)


def print_comparison(found: Comparison, *, is_json: bool) -> ExitStatus:
    """Print what differs; return 0 if nothing does."""
    if is_json:
        print_json(comparison_object(found))
    else:
        print_text(_lines(found, current_settings().stdout))
    return ExitStatus.DONE if found.is_same else ExitStatus.NOTHING_FOUND


def comparison_object(found: Comparison) -> dict[str, Any]:
    """Return what differs, for machines."""
    return {
        "schema_version": 1,
        "a": article_object(found.a),
        "b": article_object(found.b),
        "is_same": found.is_same,
        "same": found.same,
        "differences": [
            {
                "presence": each.presence.value,
                "a": _passage_object(found.a, each.a),
                "b": _passage_object(found.b, each.b),
                "parts": [
                    {"presence": part.presence.value, "text": part.text} for part in each.parts
                ],
            }
            for each in found.differences
        ],
    }


def article_object(article: Article) -> dict[str, Any]:
    """Return what tells an article from others, for machines."""
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published,
        "path": article.paths[0] if article.paths else "",
        "text_sha256": article.text_sha256,
    }


def _passage_object(article: Article, passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {
        "id": f"{article.id}#{passage.number}",
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }


def _lines(found: Comparison, terminal: Terminal) -> Iterator[str]:
    from pinakes.search.cli.render_text import name_of, source_and_date

    for name, article in (("A", found.a), ("B", found.b)):
        told = (article.id, name_of(article), source_and_date(article, terminal.width))
        yield f"{name}  {'  '.join(part for part in told if part)}"
    yield f"{found.same:,} {'passage is' if found.same == 1 else 'passages are'} the same in both"
    for each in found.differences:
        yield ""
        yield from _difference_lines(found, each, terminal)


_HEADS = {
    "a": "present in A, absent in B",
    "b": "present in B, absent in A",
    "changed": "present in both, with other words",
}


def _difference_lines(
    found: Comparison, each: PassageDifference, terminal: Terminal
) -> Iterator[str]:
    sides = ((found.a, each.a), (found.b, each.b))
    ids = [f"{article.id}#{passage.number}" for article, passage in sides if passage]
    yield f"{_HEADS[each.presence.value]}: {terminal.style(' / '.join(ids), 'id')}"
    passage = each.a or each.b
    text = "".join(map(_mark, each.parts)) if each.parts else passage.text if passage else ""
    for line in wrap(one_line(text), terminal.width - len(_INDENT)):
        yield _INDENT + line


def _mark(part: Part) -> str:
    text = part.text.rstrip()
    space = part.text[len(text) :]
    match part.presence.value:
        case "a":
            return f"[-{text}-]{space}"
        case "b":
            return f"{{+{text}+}}{space}"
    return part.text
