"""Answers as people and machines see them, in golden files."""

from __future__ import annotations

import json
import re

import pytest

from pinakes.corpus import Article, Kind, MetadataValue, Passage, Tag
from pinakes.search.as_json import (
    article_object,
    dump,
    hit_lines,
    passage_object,
    results_object,
)
from pinakes.search.citation import cite
from pinakes.search.cli.layout import column_count
from pinakes.search.cli.render_article import render_article, render_passage, render_provenance
from pinakes.search.cli.render_diagnostics import render_diagnostic
from pinakes.search.cli.render_text import render_results
from pinakes.search.cli.terminal import Terminal
from pinakes.search.model import ArchiveState, Hit, PassageHit, Results, Snippet
from pinakes.search.query import Code, Diagnostic, Severity

WIDTHS = (60, 80, 120)
ANSI = re.compile("\x1b\\[[0-9;]*m")


def article(number: int, title: str, *texts: str, **facts: object) -> Article:
    """Build an article of paragraphs, all below one heading."""
    blocks = [title, *texts]
    passages, start = [], 0
    for at, text in enumerate(blocks):
        kind = Kind.PARAGRAPH if at else Kind.TITLE
        section = ("Background", "Rescue") if at else ()
        tag = Tag(type="kind", value=kind, start=start, end=start + len(text), rule="structure/1")
        passages.append(
            Passage(
                number=at,
                kind=kind,
                section=section,
                start=start,
                end=start + len(text),
                text=text,
                tags=(tag,),
            )
        )
        start += len(text) + 2
    known = {
        "authors": (), "source": "", "url": "", "published": "", "language": "en", "record": "",
        "metadata": (), "paths": (f"articles/{number}.html",),
    }  # fmt: skip
    return Article(
        id=f"a1b2c3d{number}", key=number, title=title, text="\n\n".join(blocks), sha256="5" * 64,
        text_sha256="7" * 64, passages=tuple(passages), **{**known, **facts},
    )  # fmt: skip


def hit(rank: int, found: Article, *snippets: str) -> Hit:
    """Build a hit from snippets like `words to the [match] here`, one a passage after the title."""
    passages = []
    for passage, marked in zip(found.passages[1:], snippets, strict=False):
        parts = re.split(r"[\[\]]", marked)
        start = found.text.index("".join(parts), passage.start)
        end = start + len("".join(parts))
        edges = [start]
        for part in parts:
            edges.append(edges[-1] + len(part))
        spans = tuple(zip(edges[1::2], edges[2::2], strict=False))
        snippet = Snippet(text=found.text[start:end], start=start, end=end, highlights=spans)
        passages.append(
            PassageHit(
                passage=passage, score=1.5, snippets=(snippet,), citation=cite(found, passage)
            )
        )
    return Hit(rank=rank, score=7.25, article=found, passages=tuple(passages))


def results(*hits: Hit, unsearchable: int = 42, **facts: object) -> Results:
    state = ArchiveState(
        id="0f" * 8, generation=3, articles=12004, passages=99000, files=12046,
        unsearchable=unsearchable,
    )  # fmt: skip
    known = {"articles": 17, "passages": 41, "took_ms": 12.3, "diagnostics": ()}
    return Results(
        query="mine collapse", interpreted="mine AND collapse", archive=state, hits=hits, offset=0,
        limit=10, **{**known, **facts},
    )  # fmt: skip


ENGLISH = article(
    1,
    "Mine collapse in Donetsk",
    "On Tuesday the minister said the mine collapsed while two workers of the night shift were "
    "still below, and that nobody had been told of the cracks.",
    "A second mine, closed in 2011, collapsed in the same week.",
    source="example.org",
    published="2014-03-04T10:00:00+02:00",
    authors=("Jane Doe", "John Roe"),
    url="https://example.org/mine",
    metadata=(
        MetadataValue(field="title", value="Mine collapse in Donetsk", origin="tag:h1"),
        MetadataValue(
            field="title", value="Mine collapse - Example", origin="tag:title", chosen=False
        ),
        MetadataValue(field="published", value="2014-03-04", origin="meta:article:published_time"),
    ),
)
ANSWER = results(
    hit(
        1,
        ENGLISH,
        "the minister said the [mine] [collapsed] while two workers of the night shift were still",
        "A second [mine], closed in 2011, [collapsed] in the same week.",
    ),
    hit(
        2,
        article(
            2,
            "鉱山の崩落事故で作業員五人が救出される、政府は調査委員会の設置を発表",
            "政府は火曜日、「鉱山が崩落した」と発表した。作業員五人は夜勤中で、救助隊は朝までに全員を地上に運んだという。",
            source="例え.jp",
            published="2014-03",
            language="ja",
        ),
        "政府は火曜日、「[鉱山]が[崩落]した」と発表した。作業員五人は夜勤中で、救助隊は朝までに全員を地上に",
    ),
    hit(
        3,
        article(
            3,
            "انهيار المنجم",
            "قال الوزير إن المنجم انهار بينما كان عاملان في الأسفل.",
            source="example.net",
            published="2014",
            language="ar",
        ),
        "قال الوزير إن [المنجم] [انهار] بينما كان عاملان في الأسفل.",
    ),
    hit(
        10,
        article(
            4,
            "Cafe\u0301 Nin\u0303o above the mine",
            "The cafe\u0301 above the mine\x1b has a cracked\u202e wall\n\nand a new door.",
        ),
        "The [cafe\u0301] above the [mine]\x1b has a cracked\u202e wall\n\nand a new door.",
    ),
    hit(
        11,
        article(
            5,
            "",
            "https://example.org/" + "mine/" * 30 + " is where it was published first.",
            source="a-very-long-name-of-a-newspaper.with-a-subdomain.example.org",
            published="2014-03-04",
            paths=("saved/one\x07.html",),
        ),
        "https://example.org/" + "mine/" * 29 + "[mine]/ is where it was",
    ),
)


@pytest.mark.parametrize("width", WIDTHS)
def test_results_are_laid_out_for_the_width(width, golden):
    shown = render_results(ANSWER, Terminal(width=width))
    assert max(map(column_count, shown.split("\n"))) <= width
    golden(f"results-{width}.txt", shown + "\n")


@pytest.mark.parametrize("width", range(1, 60))
def test_results_can_be_shown_however_narrow_the_terminal_is(width):
    assert "a1b2c3d1#1" in render_results(ANSWER, Terminal(width=width))


def test_colour_stands_for_brackets_and_changes_nothing_else(golden):
    shown = render_results(ANSWER, Terminal(width=80, has_colour=True))
    golden("results-80-colour.txt", shown + "\n")
    words = "".join(ANSI.sub("", shown).split())
    plain = "".join(render_results(ANSWER, Terminal(width=80)).split())
    assert words == re.sub(r"[\[\]]", "", plain)


def test_source_and_date_end_at_the_right_edge_and_sections_are_shown():
    first, second, *_ = render_results(ANSWER, Terminal(width=80)).split("\n")
    assert first.startswith(" 1. Mine collapse in Donetsk  ")
    assert first.endswith("  example.org  2014-03-04")
    assert column_count(first) == 80
    assert second == "    a1b2c3d1#1  Background > Rescue"


def test_an_ellipsis_stands_only_where_the_passage_goes_on():
    lines = render_results(ANSWER, Terminal(width=120)).split("\n")
    assert lines[2].startswith("    … the minister said the [mine] [collapsed] while")
    assert lines[2].endswith("still …")
    assert lines[4] == "    A second [mine], closed in 2011, [collapsed] in the same week."


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (
            results(),
            "17 articles, 41 passages, 12 ms; 42 of 12,046 files not searchable "
            "(pinakes status --unsearchable)",
        ),
        (results(unsearchable=0, articles=1, passages=1), "1 article, 1 passage, 12 ms"),
        (results(unsearchable=0, articles=0, took_ms=0.2), "0 articles, 41 passages, under 1 ms"),
        (results(unsearchable=0, took_ms=2345.6), "17 articles, 41 passages, 2,346 ms"),
    ],
)
def test_the_last_line_counts(answer, line):
    assert render_results(answer, Terminal(width=200)) == line


def test_json_is_the_documented_one(golden):
    value = results_object(ANSWER)
    assert json.loads(dump(value)) == json.loads(dump(value, encoding="latin-1"))
    assert '"text": "政府は' in dump(value)
    assert dump(value, encoding="latin-1").isascii()
    golden("results.json", json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def test_json_highlights_are_spans_of_the_article():
    first = json.loads(dump(results_object(ANSWER)))["hits"][0]["passages"][0]
    (snippet,) = first["snippets"]
    assert snippet["text"] == ENGLISH.text[snippet["start"] : snippet["end"]]
    assert [ENGLISH.text[a:b] for a, b in snippet["highlights"]] == ["mine", "collapsed"]
    assert first["citation"]["exact"] == ENGLISH.text[first["start"] : first["end"]]


def test_jsonl_is_one_hit_a_line_that_stands_for_itself():
    lines = [dump(line) for line in hit_lines(ANSWER)]
    assert [json.loads(line)["rank"] for line in lines] == [1, 2, 3, 10, 11]
    assert all("\n" not in line and json.loads(line)["schema_version"] == 1 for line in lines)


def test_json_survives_a_name_that_is_no_text():
    name = b"caf\xe9.html".decode("utf-8", "surrogateescape")
    line = dump({"path": name, "title": "é"})
    assert line.encode("utf-8") == b'{"path": "caf\\udce9.html", "title": "\xc3\xa9"}'
    assert json.loads(line)["path"] == name


@pytest.mark.parametrize("width", WIDTHS)
def test_an_article_is_shown_with_numbered_passages(width, golden):
    golden(f"article-{width}.txt", render_article(ENGLISH, Terminal(width=width)) + "\n")


def test_a_passage_and_metadata_are_shown_with_their_origins(golden):
    terminal = Terminal(width=80)
    citation = cite(ENGLISH, ENGLISH.passages[1])
    golden("passage.txt", render_passage(ENGLISH, citation, terminal) + "\n")
    golden("metadata.txt", render_article(ENGLISH, terminal, has_metadata=True) + "\n")
    golden("provenance.txt", render_provenance(ENGLISH, terminal) + "\n")
    shown = passage_object(ENGLISH, ENGLISH.passages[1], citation)
    assert shown["passage"]["citation"]["exact"] == shown["passage"]["text"]
    assert article_object(ENGLISH)["article"]["text"] == ENGLISH.text


def _finding(query: str, start: int, end: int, **facts: str) -> Diagnostic:
    severity = facts.pop("severity", Severity.ERROR)
    return Diagnostic(
        code=Code.OPEN_QUOTE, severity=severity, message="the quote is never closed", start=start,
        end=end, **facts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "span", "pointed_at"),
    [
        ('mine "coal', (5, 10), '  mine "coal\n       ^^^^^'),
        ("mine", (4, 4), "  mine\n      ^"),
        ("日本 x", (3, 4), "  日本 x\n       ^"),
        ("日本 x", (0, 2), "  日本 x\n  ^^^^"),
        ("a\x1b b", (3, 4), "  a\\x1b b\n        ^"),
    ],
)
def test_a_finding_points_at_its_place(query, span, pointed_at):
    shown = render_diagnostic(query, _finding(query, *span), Terminal(width=60))
    assert shown == f"Error: the quote is never closed\n{pointed_at}"


def test_a_finding_in_a_long_query_shows_its_surroundings():
    query = "mine " * 40 + "BAD" + " coal" * 40
    shown = render_diagnostic(query, _finding(query, 200, 203), Terminal(width=60))
    _message, text, carets = shown.split("\n")
    assert text[carets.index("^") : carets.rindex("^") + 1] == "BAD"
    assert max(len(text), len(carets)) <= 60


def test_a_warning_says_so_and_suggests():
    found = _finding("a or b", 2, 4, severity=Severity.WARNING, suggestion="OR")
    shown = render_diagnostic("a or b", found, Terminal(width=60))
    assert shown == "Warning: the quote is never closed\n  a or b\n    ^^\n  try: OR"


def test_a_finding_that_changes_nothing_is_a_note():
    shown = render_diagnostic("a?", _finding("a?", 1, 2, severity=Severity.INFO), Terminal())
    assert shown.startswith("Note: ")
