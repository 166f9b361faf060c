"""Answers for people: results, one article a block, laid out for a terminal's width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pinakes.search.cli.layout import ELLIPSIS, column_count, line_spans, pad, shorten, wrap
from pinakes.search.cli.terminal import Terminal, one_line

if TYPE_CHECKING:
    from pinakes.corpus import Article, Passage
    from pinakes.search.model import Hit, PassageHit, Results, Snippet

INDENT = "    "

_GAP = "  "
_TITLE_LINES = 2
_MIN_TITLE_COLUMNS = 20
_DATE_CHARS = len("2014-03-04")


def render_results(results: Results, terminal: Terminal, *, has_summary: bool = True) -> str:
    """Return the hits of `results` and its facets, then one line that counts."""
    lines = [line for hit in results for line in _hit_lines(hit, terminal)]
    if results.facets:
        from pinakes.search.cli.render_facets import render_facets

        lines += render_facets(results.facets, terminal).split("\n")
    if has_summary:
        lines += _summary_lines(results, terminal.width)
    return "\n".join(lines)


def count(number: int, noun: str) -> str:
    """Return `1 article`, `2,000 articles`."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def section_path(passage: Passage) -> str:
    """Return the headings above a passage, outermost first, on one line."""
    return " > ".join(one_line(heading) for heading in passage.section)


def source_and_date(article: Article, columns: int) -> str:
    """Return the article's source and day, as far as they are known; a long source is cut."""
    day = one_line(article.published[:_DATE_CHARS])
    source = shorten(one_line(article.source), columns - column_count(_GAP + day))
    return _GAP.join(part for part in (source, day) if part)


def name_of(article: Article) -> str:
    """Return the article's title, or in its place its file and where in it the article is."""
    if title := one_line(article.title):
        return title
    from pinakes.corpus import locate

    return one_line(locate(article.paths[0], article.record) if article.paths else article.id)


def _hit_lines(hit: Hit, terminal: Terminal) -> Iterator[str]:
    yield from _head_lines(hit, terminal)
    for number, found in enumerate(hit.passages):
        yield _passage_line(found, terminal, note="" if number else _copies_note(hit))
        for snippet in found.snippets:
            yield from _snippet_lines(snippet, found.passage, terminal)
    if hit.explanation:
        from pinakes.search.cli.render_why import explanation_lines

        yield from explanation_lines(hit.explanation)


def _head_lines(hit: Hit, terminal: Terminal) -> Iterator[str]:
    rank = f"{hit.rank:>2}. "
    indent = " " * len(rank)
    left_columns = terminal.width - len(rank)
    right = source_and_date(hit.article, left_columns)
    has_room = left_columns - len(_GAP) - column_count(right) >= _MIN_TITLE_COLUMNS
    if right and has_room:
        left_columns -= len(_GAP) + column_count(right)
    titles = wrap(name_of(hit.article), left_columns) or [""]
    if len(titles) > _TITLE_LINES:
        titles[_TITLE_LINES - 1 :] = [shorten(" ".join(titles[_TITLE_LINES - 1 :]), left_columns)]
    for number, title in enumerate(titles):
        line = (rank if number == 0 else indent) + terminal.style(title, "title")
        if number == 0 and right and has_room:
            line += pad(title, left_columns)[len(title) :] + _GAP + terminal.style(right, "faint")
        yield line
    if right and not has_room:
        yield " " * (terminal.width - column_count(right)) + terminal.style(right, "faint")


def _copies_note(hit: Hit) -> str:
    others = hit.copies.count - 1 if hit.copies else 0
    return f"(+{others:,} {'copy' if others == 1 else 'copies'})" if others else ""


def _passage_line(found: PassageHit, terminal: Terminal, *, note: str = "") -> str:
    room = terminal.width - len(INDENT + found.id + _GAP)
    section = shorten(section_path(found.passage), room - len(_GAP + note) if note else room)
    line = INDENT + terminal.style(found.id, "id") + (_GAP + section if section else "")
    if not note:
        return line
    used = len(INDENT + found.id) + (len(_GAP) + column_count(section) if section else 0)
    space = max(_GAP, " " * (terminal.width - used - len(note)))
    return line + space + terminal.style(note, "faint")


def _snippet_lines(snippet: Snippet, passage: Passage, terminal: Terminal) -> Iterator[str]:
    before = f"{ELLIPSIS} " if snippet.start > passage.start else ""
    after = f" {ELLIPSIS}" if snippet.end < passage.end else ""
    return marked_lines(snippet, terminal, before=before, after=after)


def marked_lines(
    snippet: Snippet, terminal: Terminal, *, before: str = "", after: str = ""
) -> Iterator[str]:
    """Yield the lines of a snippet, indented, its highlights marked."""
    text, marks = _marked(snippet, terminal)
    text = before + text + after
    for start, end in line_spans(text, terminal.width - len(INDENT)):
        yield INDENT + _with_marks(
            text[start:end],
            [(mark[0] + len(before) - start, mark[1] + len(before) - start) for mark in marks],
            terminal,
        )


def _marked(snippet: Snippet, terminal: Terminal) -> tuple[str, list[tuple[int, int]]]:
    """Return the snippet on one line and where its highlights are in that line.

    Without colour the highlights stand in brackets, so there is nothing left to mark.
    """
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    length = done = 0
    for start, end in (*snippet.highlights, (snippet.end, snippet.end)):
        plain = one_line(snippet.text[done : start - snippet.start])
        done = end - snippet.start
        match = one_line(snippet.text[start - snippet.start : done])
        if match and not terminal.has_colour:
            match = f"[{match}]"
        pieces += (plain, match)
        length += len(plain) + len(match)
        if match and terminal.has_colour:
            marks.append((length - len(match), length))
    text = "".join(pieces)
    stripped = text.lstrip()
    lost = len(text) - len(stripped)
    return stripped.rstrip(), [(start - lost, end - lost) for start, end in marks]


def _with_marks(line: str, marks: list[tuple[int, int]], terminal: Terminal) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in marks:
        first, last = max(start, done), min(end, len(line))
        if first < last:
            pieces += (line[done:first], terminal.style(line[first:last], "match"))
            done = last
    return "".join((*pieces, line[done:]))


def _left(results: Results) -> str:
    if results.shown_articles is None:
        return ""
    return f" ({results.shown_articles:,} without copies)"


def _summary_lines(results: Results, width: int) -> list[str]:
    took = f"{results.took_ms:,.0f} ms" if results.took_ms >= 1 else "under 1 ms"
    found = took
    if results.articles is not None and results.passages is not None:
        found = (
            f"{count(results.articles, 'article')}{_left(results)},"
            f" {count(results.passages, 'passage')}, {took}"
        )
    if results.occurrences is not None:
        found = f"{count(results.occurrences, 'occurrence')}, {found}"
    state = results.archive
    if not state.unsearchable:
        return wrap(found, width)
    missing = (
        f"{state.unsearchable:,} of {count(state.files, 'file')} not searchable "
        "(pinakes status --unsearchable)"
    )
    one = f"{found}; {missing}"
    return [one] if len(one) <= width else [*wrap(f"{found};", width), *wrap(missing, width)]
