"""What pages are made of: text that is only text, queries a clause longer, bars, colours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import pinakes.search.serving
from pinakes.search import parse
from pinakes.search.facets import Facet, FacetValue
from pinakes.search.query import Diagnostic
from pinakes.search.query.diagnostics import Code, Severity
from pinakes.search.serving import Limits
from pinakes.search.serving.exchange import Ask
from pinakes.search.serving.pages.asked import cut_query
from pinakes.search.serving.pages.histogram import HEIGHT, WIDTH, draw_years
from pinakes.search.serving.pages.query_editing import add_clause, filter_clause, list_chips
from pinakes.search.serving.pages.shown_text import (
    Link,
    coded,
    linked,
    marked,
    plain,
    web_address,
)

if TYPE_CHECKING:
    from pinakes.search import Archive

STATIC = Path(pinakes.search.serving.__file__ or "").parent / "static"
MOST_BYTES = 60_000
LEAST_CONTRAST = 4.5
_COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6})")


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("`a<b>` is `c`", "<code>a&lt;b&gt;</code> is <code>c</code>"),
        ("one ` alone", "one ` alone"),
        ("none", "none"),
    ],
)
def test_what_stands_between_backticks_is_code(message: str, told: str) -> None:
    assert coded(message) == told


@given(st.text())
def test_any_text_is_only_text(text: str) -> None:
    shown = BeautifulSoup(f"<p>{plain(text)}</p>", "html.parser").p
    assert shown
    assert {tag.name for tag in shown.find_all(True)} <= {"span"}
    if text.isprintable():
        assert shown.text == text


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_marks_never_lose_or_double_text(text: str, spans: list[tuple[int, int]]) -> None:
    ordered = sorted(span for span in spans if span[0] < span[1])
    shown = str(marked(text, 5, ordered))
    assert re.sub("</?mark>", "", shown) == str(plain(text)) or "sign" in shown


_SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5)


@given(st.text(max_size=30), _SPANS, _SPANS)
def test_links_never_lose_or_double_text_nor_cut_a_mark(
    text: str, spans: list[tuple[int, int]], names: list[tuple[int, int]]
) -> None:
    marks: list[tuple[int, int]] = []
    for span in sorted(span for span in spans if span[0] < span[1]):
        if not marks or marks[-1][1] <= span[0]:
            marks.append(span)
    links = [Link(start, end, "/?q=x", "<x>") for start, end in names if start < end]
    shown = linked(text, 5, marks, links)
    soup = BeautifulSoup(f"<p>{shown}</p>", "html.parser")
    assert re.sub("<a [^>]*>|</a>", "", str(shown)) == str(marked(text, 5, marks))
    assert all(each["href"] == "/?q=x" for each in soup.select("a"))
    assert not soup.select("a a")


@given(
    st.text('abc :"()', max_size=20),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=4),
)
def test_the_pieces_of_a_query_are_the_query(text: str, spans: list[tuple[int, int]]) -> None:
    found = [
        Diagnostic(
            code=Code.BAD_VALUE, severity=Severity.ERROR, message="", start=min(a, len(text)),
            end=min(max(a, b), len(text)),
        )
        for a, b in spans
    ]  # fmt: skip
    pieces = cut_query(text, found)
    assert "".join(piece.text for piece in pieces) == text
    numbers = [number for piece in pieces for number in piece.numbers]
    assert sorted(numbers) == [n for n, each in enumerate(found, 1) if each.start < each.end]


@pytest.mark.parametrize(
    ("text", "clause", "told"),
    [
        ("", "lang:ru", "lang:ru"),
        ("*", "lang:ru", "lang:ru"),
        ("mine", "lang:ru", "mine lang:ru"),
        ("a OR b", "lang:ru", "(a OR b) lang:ru"),
        ('mine "open', "lang:ru", 'mine AND "open" lang:ru'),
    ],
)
def test_a_clause_more_is_required_whatever_stood_there(text: str, clause: str, told: str) -> None:
    assert add_clause(parse(text), clause) == told


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("mine lang:ru", ["mine"]),
        ("mine AND lang:ru", ["mine"]),
        ("lang:ru AND mine", ["mine"]),
        ("a AND lang:ru AND b", ["a AND b"]),
        ("lang:ru", [""]),
        ("mine OR lang:ru", []),
        ("mine -lang:ru", []),
        ('(a OR b) source:"x y"', ["(a OR b)"]),
        ("a date:2014..2015 has:author", ["a has:author", "a date:2014..2015"]),
    ],
)
def test_a_clause_less_leaves_the_rest_as_it_was(text: str, without: list[str]) -> None:
    assert [chip.without for chip in list_chips(parse(text))] == without


@given(st.text(min_size=1, max_size=12).filter(lambda text: text.strip() and '"' not in text))
def test_a_value_of_a_facet_is_asked_for_as_it_is(value: str) -> None:
    try:
        clause = filter_clause("source", value)
    except ValueError:
        return
    assert not parse(f"mine {clause}").errors or not re.search(r"\w", value)


def test_half_a_character_breaks_no_link_and_no_page() -> None:
    ask = Ask(archive=cast("Archive", None), limits=Limits(), prefix="/x")
    assert ask.link("a/b", "\ud800", q="\udfff c") == "/x/a%2Fb/%3F?q=%3F+c"
    assert str(plain("\ud800")) == '<span class="sign">\\ud800</span>'


def test_bars_keep_within_their_picture() -> None:
    values = tuple(FacetValue(value=str(year), count=year - 1899) for year in range(1900, 2026, 5))
    histogram = draw_years(Facet(field="year", values=values, further=0))
    assert histogram
    assert (histogram.first, histogram.last) == ("1910", "2025")
    assert len({bar.x for bar in histogram.bars}) == len(histogram.bars)
    for bar in histogram.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 0.1
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT + 0.1
    one = Facet(field="year", values=values[:1], further=0)
    assert draw_years(one) is None


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/b?c#d", "https://a.example/b?c#d"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        (" javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://a.example/\u202egpj", ""),
        ("ftp://a.example", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_are_led_to(url: str, address: str) -> None:
    assert web_address(url) == address


def test_style_script_and_picture_are_small_and_ask_nobody_else() -> None:
    files = list(STATIC.iterdir())
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    for file in files:
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "//" not in re.sub("^ *// .*$", "", text, flags=re.MULTILINE)
        assert "@import" not in text
        assert "@font-face" not in text
        assert "innerHTML" not in text
        assert "eval(" not in text


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_stands_out_from_its_ground_in_light_and_dark() -> None:
    # WCAG 2.2, 1.4.3, level AA.
    style = (STATIC / "pinakes.css").read_text("utf-8")
    palettes = [
        dict(_COLOUR.findall(block)) for block in re.findall(r"\{([^{}]*--paper: [^{}]*)\}", style)
    ]
    assert len(palettes) == 3
    assert palettes[1] == palettes[2]
    for palette in palettes:
        pairs = [
            (name, ground)
            for ground in ("paper", "panel")
            for name in ("ink", "soft", "link", "visited", "error", "warning", "info")
        ]
        for text, ground in [*pairs, ("mark-ink", "mark"), ("on-accent", "accent")]:
            light, dark = sorted((_luminance(palette[text]), _luminance(palette[ground])))[::-1]
            assert (light + 0.05) / (dark + 0.05) >= LEAST_CONTRAST, (text, ground)
