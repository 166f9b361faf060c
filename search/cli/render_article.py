"""An article or one of its passages in full, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pinakes.corpus import locate, trace
from pinakes.search.cli.layout import pad, wrap
from pinakes.search.cli.render_text import marked_lines, name_of, section_path, source_and_date
from pinakes.search.cli.terminal import Terminal, one_line
from pinakes.search.model import Snippet

if TYPE_CHECKING:
    from pinakes.corpus import Article, FieldProvenance, MetadataValue, Passage, SourceText
    from pinakes.search.model import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of an article's passages.

    Attributes:
        highlights: By the number of a passage, half-open ranges of the article's text to mark.
        numbers: Which passages; None for all.
        has_tags: Whether the tags of each are shown below it.
    """

    highlights: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    numbers: frozenset[int] | None = None
    has_tags: bool = False


_WHOLE = Shown()


def render_article(
    article: Article, terminal: Terminal, *, has_metadata: bool = False, shown: Shown = _WHOLE
) -> str:
    """Return the article's description and its passages, each with its number and section."""
    lines = list(_description(article, terminal))
    if has_metadata:
        lines += ["", "Metadata (* chosen) and where it was found:"]
        lines += _metadata_lines(article.metadata)
    for passage in article.passages:
        if shown.numbers is None or passage.number in shown.numbers:
            lines += ["", _label(f"#{passage.number}", passage, terminal)]
            lines += _text_lines(passage, terminal, shown)
            lines += _tag_lines(article, passage, terminal, shown)
    return "\n".join(lines)


def render_provenance(article: Article, terminal: Terminal) -> str:
    """Return each field of an article with where it came from and what contradicts it."""
    lines = list(_description(article, terminal))
    fields = trace(article.metadata)
    columns = max((len(found.field) for found in fields), default=0)
    for found in fields:
        lines += ["", f"{pad(found.field, columns)}  {_values(found)}"]
        if found.origin:
            lines.append(f"{pad('', columns)}  from {one_line(found.origin)}")
        lines += [
            f"{pad('', columns)}  contradicted by {one_line(other.value)}"
            f"  ({one_line(other.origin)})"
            for other in found.contradictions
        ]
    return "\n".join(lines)


def render_whole(article: Article, texts: Iterable[SourceText], terminal: Terminal) -> str:
    """Return every text of a page: after `|` what its article has, after `-` what it has not."""
    lines = list(_description(article, terminal))
    for text in texts:
        mark, look = ("|", "") if text.is_kept else ("-", "faint")
        lines.append("")
        for line in text.text.split("\n"):
            for part in wrap(one_line(line), terminal.width - 2) or [""]:
                marked = f"{mark} {part}".rstrip()
                lines.append(terminal.style(marked, look) if look else marked)
    return "\n".join(lines)


def _values(found: FieldProvenance) -> str:
    return "; ".join(map(one_line, found.values)) or "(nothing that can be believed)"


def render_passage(
    article: Article, citation: Citation, terminal: Terminal, *, shown: Shown = _WHOLE
) -> str:
    """Return the cited passage in full, those shown around it, and what it takes to cite it."""
    passage = article.passages[citation.passage_number]
    lines: list[str] = []
    for each in article.passages:
        if each.number == passage.number or each.number in (shown.numbers or ()):
            lines += ["", _label(f"{article.id}#{each.number}", each, terminal)]
            lines += _text_lines(each, terminal, shown)
            lines += _tag_lines(article, each, terminal, shown)
    del lines[0]
    lines += ["", *_description(article, terminal)]
    lines += [
        f"characters {passage.start} to {passage.end} of the article's text",
        f"sha256 of the passage  {citation.sha256}",
        f"       of the text     {citation.text_sha256}",
        f"       of the file     {citation.file_sha256}",
    ]
    return "\n".join(lines)


def _description(article: Article, terminal: Terminal) -> Iterator[str]:
    for line in wrap(name_of(article), terminal.width):
        yield terminal.style(line, "title")
    authors = ", ".join(map(one_line, article.authors))
    facts = (article.id, source_and_date(article, terminal.width), article.language, authors)
    yield from wrap("  ".join(fact for fact in facts if fact), terminal.width)
    for place in (article.url, *article.paths):
        if place:
            record = article.record if place in article.paths else ""
            yield one_line(locate(place, record))


def _metadata_lines(metadata: tuple[MetadataValue, ...]) -> Iterator[str]:
    columns = max((len(m.field) for m in metadata), default=0)
    for found in metadata:
        mark = "*" if found.chosen else " "
        field = pad(found.field, columns)
        yield f"  {mark} {field}  {one_line(found.value)}  ({one_line(found.origin)})"


def _label(name: str, passage: Passage, terminal: Terminal) -> str:
    label = f"{terminal.style(name, 'id')}  {passage.kind}"
    section = section_path(passage)
    return f"{label}  {section}" if section else label


def _text_lines(passage: Passage, terminal: Terminal, shown: Shown) -> Iterator[str]:
    spans = shown.highlights.get(passage.number, ())
    start = passage.start
    for line in passage.text.split("\n"):
        end = start + len(line)
        inside = tuple((max(a, start), min(b, end)) for a, b in spans if a < end and b > start)
        snippet = Snippet(text=line, start=start, end=end, highlights=inside)
        for part in list(marked_lines(snippet, terminal)) or [""]:
            yield part.rstrip()
        start = end + 1


def _tag_lines(
    article: Article, passage: Passage, terminal: Terminal, shown: Shown
) -> Iterator[str]:
    if shown.has_tags:
        from pinakes.search.cli.render_tags import tag_lines

        yield from tag_lines(article, passage, terminal)
