"""Tags for people and for machines: how many, why, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pinakes.search.as_json import SCHEMA_VERSION
from pinakes.search.cli.layout import pad, shorten, wrap
from pinakes.search.cli.render_text import count
from pinakes.search.cli.terminal import Terminal, one_line

if TYPE_CHECKING:
    from pinakes.corpus import Article, Passage, RetagReport, Tag
    from pinakes.search.facets import Facet
    from pinakes.search.tagging.hand import HandReport
    from pinakes.search.tagging.reasons import TagReason

_INDENT = "    "
_COUNT_COLUMNS = 9
_MAX_WORDS_COLUMNS = 40
_STRUCTURE = "structure"


def tag_lines(article: Article, passage: Passage, terminal: Terminal) -> Iterator[str]:
    """Yield the tags of a passage a line, but those that say where it stands."""
    for tag in passage.tags:
        if tag.rule.partition("/")[0] != _STRUCTURE:
            yield f"{_INDENT}{_described(article, tag, terminal)}"


def _described(article: Article, tag: Tag, terminal: Terminal) -> str:
    written = shorten(one_line(article.text[tag.start : tag.end]), _MAX_WORDS_COLUMNS)
    name = terminal.style(one_line(f"{tag.type}:{tag.value}"), "id")
    return f"{name}  {tag.start}-{tag.end} “{written}”  {one_line(tag.rule)}"


def tags_object(article: Article, numbers: Iterable[int]) -> dict[str, Any]:
    """Return the tags of some passages of an article, each with the words it stands on."""
    return {
        "schema_version": SCHEMA_VERSION,
        "article": {"id": article.id, "title": article.title},
        "passages": [
            {
                "id": f"{article.id}#{number}",
                "number": number,
                "tags": [_tag_object(article, tag) for tag in article.passages[number].tags],
            }
            for number in numbers
        ],
    }


def _tag_object(article: Article, tag: Tag) -> dict[str, Any]:
    return {
        "type": tag.type,
        "value": tag.value,
        "start": tag.start,
        "end": tag.end,
        "rule": tag.rule,
        "text": article.text[tag.start : tag.end],
    }


def render_reasons(article: Article, reasons: Iterable[TagReason], terminal: Terminal) -> str:
    """Return tags with why they are there, or would be."""
    lines: list[str] = []
    for each in reasons:
        marks = []
        if not each.is_stored:
            marks.append("not in the archive")
        if each.confidence < 1:
            marks.append(f"confidence {each.confidence:.2f}")
        told = f" ({', '.join(marks)})" if marks else ""
        lines.append(_described(article, each.tag, terminal) + told)
        for line in wrap(one_line(each.reason), terminal.width - len(_INDENT)):
            lines.append(_INDENT + line)
    return "\n".join(lines)


def reasons_object(article: Article, reasons: Iterable[TagReason]) -> dict[str, Any]:
    """Return the same for machines."""
    return {
        "schema_version": SCHEMA_VERSION,
        "article": {"id": article.id, "title": article.title},
        "tags": [
            {
                **_tag_object(article, each.tag),
                "reason": each.reason,
                "confidence": each.confidence,
                "is_stored": each.is_stored,
                "is_found": each.is_found,
            }
            for each in reasons
        ],
    }


def render_types(counts: Mapping[str, int], facets: Sequence[Facet], terminal: Terminal) -> str:
    """Return types of tags with how many passages have such, and their most frequent values."""
    columns = max(map(len, counts), default=0)
    lines: list[str] = []
    for (name, number), facet in zip(counts.items(), facets, strict=True):
        values = [f"{one_line(each.value)} ({each.count:,})" for each in facet.values]
        if facet.further:
            values.append(f"{facet.further:,} more")
        head = f"{number:>{_COUNT_COLUMNS},}  {terminal.style(pad(name, columns), 'title')}  "
        room = terminal.width - _COUNT_COLUMNS - columns - 4
        lines.append(head + shorten(", ".join(values), max(room, 20)))
    return "\n".join(lines)


def types_object(counts: Mapping[str, int], facets: Sequence[Facet]) -> dict[str, Any]:
    """Return the same for machines, and how many more values there are."""
    return {
        "schema_version": SCHEMA_VERSION,
        "types": [
            {
                "type": name,
                "passages": number,
                "values": [{"value": each.value, "count": each.count} for each in facet.values],
                "further": facet.further,
            }
            for (name, number), facet in zip(counts.items(), facets, strict=True)
        ],
    }


def render_hand(report: HandReport) -> str:
    """Return what was tagged by hand."""
    if not report.looked_at:
        return "No passage satisfies this by itself"
    changed = f"{count(report.passages, 'passage')} of {count(report.articles, 'article')}"
    return f"Tagged {changed}; {count(report.looked_at, 'passage')} looked at"


def hand_object(report: HandReport) -> dict[str, Any]:
    """Return the same for machines."""
    return {
        "schema_version": SCHEMA_VERSION,
        "articles": report.articles,
        "passages": report.passages,
        "looked_at": report.looked_at,
    }


def render_retag(report: RetagReport) -> str:
    """Return what came of running rules again."""
    line = (
        f"{count(report.changed, 'article')} of {report.looked_at:,} have other tags now, "
        f"in {report.seconds:.1f} s"
    )
    for name, (number, reason) in report.failed.items():
        line += f"\n{one_line(name)} failed in {count(number, 'article')}: {one_line(reason)}"
    for name, reason in report.unreadable.items():
        line += f"\n{one_line(name)} cannot be loaded, its tags stay: {one_line(reason)}"
    return line


def retag_object(report: RetagReport) -> dict[str, Any]:
    """Return the same for machines."""
    return {
        "schema_version": SCHEMA_VERSION,
        "looked_at": report.looked_at,
        "changed": report.changed,
        "failed": {
            name: {"articles": number, "reason": reason}
            for name, (number, reason) in report.failed.items()
        },
        "unreadable": dict(report.unreadable),
        "seconds": round(report.seconds, 3),
    }
