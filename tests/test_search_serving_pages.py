"""The pages, as they are sent: what stands on them, and that whatever archives hold is text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import pinakes.search.serving
from pinakes.search import Archive, parse
from pinakes.search.facets import Facet, FacetValue
from pinakes.search.query import Diagnostic
from pinakes.search.query.diagnostics import Code, Severity
from pinakes.search.serving import app
from pinakes.search.serving.pages.asked import cut_query
from pinakes.search.serving.pages.histogram import HEIGHT, WIDTH, draw_years
from pinakes.search.serving.pages.query_editing import add_clause, filter_clause, list_chips
from pinakes.search.serving.pages.shown_text import marked, plain, web_address
from tests.asgi_client import Client
from tests.served_archive import HARMFUL, make_harmful, make_samples

STATIC = Path(pinakes.search.serving.__file__ or "").parent / "static"
MOST_BYTES = 60_000
LEAST_CONTRAST = 4.5
_COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6})")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_samples(tmp_path_factory.mktemp("served") / "archive") as made:
        yield made


@pytest.fixture(scope="module")
def client(archive: Archive) -> Client:
    return Client(app(archive))


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_harmful(tmp_path_factory.mktemp("harm") / "archive") as made:
        yield made


def page(client: Client, path: str, **asked: Any) -> BeautifulSoup:
    reply = client.get(path, **asked)
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    return BeautifulSoup(reply.text, "html.parser")


def test_the_first_page_has_a_box_saved_searches_and_what_to_browse(client: Client) -> None:
    first = page(client, "/")
    assert first.select_one('form[role="search"] input[name="q"]')
    assert first.select_one(".saved a")["href"] == "/?q=saved%3Areturns"  # type: ignore[index]
    assert len(first.select(".facet")) >= 5
    assert "2 of 37 files not searchable" in first.select_one("footer").text  # type: ignore[union-attr]


def test_an_answer_shows_snippets_with_their_highlights(client: Client, archive: Archive) -> None:
    found = page(client, "/", q="surveyor letter")
    results = archive.search("surveyor letter")
    hits = found.select(".hit")
    assert [hit.h2.text for hit in hits if hit.h2] == [hit.article.title for hit in results]
    snippet = results.hits[0].passages[0].snippets[0]
    words = [snippet.text[a - snippet.start : b - snippet.start] for a, b in snippet.highlights]
    assert [mark.text for mark in hits[0].blockquote.select("mark")] == words  # type: ignore[union-attr]


def test_facets_narrow_the_search_down_to_what_they_count(client: Client) -> None:
    found = page(client, "/", q="mine OR treaty")
    for facet in found.select("aside .facet ul"):
        link = facet.a
        assert link
        narrowed = page(client, str(link["href"]))
        count = facet.select_one(".n").text  # type: ignore[union-attr]
        told = narrowed.select_one(".summary h1").text  # type: ignore[union-attr]
        # Kinds and tags are counted by passages that prove the query, all else by articles.
        assert told.startswith(f"{count} article") or re.search(r"\d+ passage", told)
        assert narrowed.select_one(".chips li")


def test_conditions_are_taken_away_again(client: Client) -> None:
    found = page(client, "/", q="mine source:tna.example date:2014")
    assert [chip.bdi.text for chip in found.select(".chips li") if chip.bdi] == [
        "source:tna.example", "date:2014",
    ]  # fmt: skip
    links = [str(link["href"]) for link in found.select(".chips a")]
    assert links == ["/?q=mine+date%3A2014", "/?q=mine+source%3Atna.example"]


def test_findings_stand_under_the_words_concerned(client: Client) -> None:
    query = "surveyor or letter fooo:mine"
    found = page(client, "/", q=query)
    asked = found.select_one(".asked")
    assert asked
    assert [at.find(string=True) for at in asked.select(".at.warning")] == ["or", "fooo:"]
    listed = found.select(".findings li")
    assert listed[0].a
    assert listed[0].a["href"] == "/?q=surveyor+OR+letter+fooo%3Amine"


def test_a_query_that_cannot_be_answered_is_shown_with_its_errors(client: Client) -> None:
    reply = client.get("/", q="mine date:soon")
    assert reply.status == 400
    told = BeautifulSoup(reply.text, "html.parser")
    assert told.select_one(".asked .at.error").text.startswith("soon")  # type: ignore[union-attr]
    assert told.select_one('input[name="q"]')["value"] == "mine date:soon"  # type: ignore[index]


def test_nothing_found_says_why_and_what_may_be_meant(client: Client) -> None:
    found = page(client, "/", q="surveyar inspectorate")
    assert found.select_one(".meant a")
    assert found.select_one(".findings")


def test_years_are_set_by_a_form(client: Client) -> None:
    reply = client.get("/", q="a OR mine", **{"from": "2014", "to": ""})
    assert reply.status == 303
    assert reply.headers["location"] == "/?q=%28a+OR+mine%29+date%3A2014.."
    assert client.get("/", q="mine", **{"from": "soon"}).status == 400


def test_an_article_shows_what_a_search_found_in_it(client: Client, archive: Archive) -> None:
    hit = archive.search("surveyor").hits[0]
    found = page(client, f"/article/{hit.article.id}", q="surveyor")
    marks = archive.mark("surveyor", hit.article.id).highlights
    words = [hit.article.text[a:b] for spans in marks.values() for a, b in spans]
    assert [mark.text for mark in found.select("article mark")] == words
    assert len(found.select("article section.p .cite")) == len(hit.article.passages)
    assert found.select_one("h1").text == hit.article.title  # type: ignore[union-attr]


def test_a_long_article_is_shown_some_passages_at_a_time(tmp_path: Path) -> None:
    words = "\n\n".join(f"# Part {number}\n\nWord{number} stands here." for number in range(400))
    (tmp_path / "long.md").write_text(words, "utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path / "long.md")
        client = Client(app(archive))
        (hit,) = archive.search("word399").hits
        number = hit.passages[0].passage.number
        found = page(client, "/", q="word399")
        place = str(found.select_one(".place")["href"])  # type: ignore[index]
        assert place.endswith(f"#p{number}")
        shown = page(client, place.partition("#")[0])
        assert len(shown.select("section.p")) <= 300
        assert shown.select_one(f"#p{number} mark").text == "Word399"  # type: ignore[union-attr]
        assert shown.select_one(".more")


def test_a_citation_is_there_in_every_style(client: Client, archive: Archive) -> None:
    hit = archive.search("surveyor").hits[0]
    number = hit.passages[0].passage.number
    found = page(client, f"/cite/{hit.article.id}/{number}")
    assert len(found.select("pre")) == 6
    for link in found.select("a[data-citation]"):
        assert client.get(str(link["data-citation"])).status == 200


def test_files_that_cannot_be_searched_are_listed_with_their_reasons(client: Client) -> None:
    rows = page(client, "/files").select("tbody tr")
    assert len(rows) == 2
    assert all(cell.text for row in rows for cell in row.select("td"))
    assert "picture<b>.gif" in rows[1].text


@pytest.mark.parametrize(
    ("back", "sent"),
    [
        ("/?q=mine", "/?q=mine"), ("//evil.example/", "/"), ("https://evil.example/", "/"),
        ("/\\evil.example", "/"), ("", "/"), ("/a\r\nSet-Cookie: x=1", "/"), ("javascript:1", "/"),
    ],
)  # fmt: skip
def test_the_switch_of_light_and_dark_leads_back_and_nowhere_else(
    back: str, sent: str, client: Client
) -> None:
    reply = client.get("/theme", to="dark", back=back)
    assert (reply.status, reply.headers["location"]) == (303, sent)
    assert reply.headers["set-cookie"].startswith("pinakes_theme=dark;")
    dark = client.get("/help", headers={"cookie": "pinakes_theme=dark"})
    assert '<html lang="en" data-theme="dark">' in dark.text
    odd = client.get("/help", headers={"cookie": 'pinakes_theme="><script>'})
    assert "<script>" not in odd.text


def test_light_and_dark_have_tags_of_their_own(client: Client) -> None:
    tags = {
        client.get("/help", headers={"cookie": f"pinakes_theme={theme}"}).headers["etag"]
        for theme in ("light", "dark")
    }
    assert len(tags) == 2


ADDRESSES = ("/", "/?q=harm", "/article/{id}?q=harm", "/cite/{id}/0", "/files", "/?q=saved:harm")


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_means_harm_is_shown_as_text(address: str, harmful: Archive) -> None:
    for hit in harmful.search("harm").hits:
        reply = Client(app(harmful)).send("GET", address.replace("{id}", hit.article.id))
        found = BeautifulSoup(reply.text, "html.parser")
        assert [str(tag["src"]) for tag in found.select("script")] == [
            str(found.select_one("script")["src"])  # type: ignore[index]
        ]
        assert not found.select("img, iframe, object, embed, style, base, meta[http-equiv]")
        for tag in found.find_all(True):
            for name, value in tag.attrs.items():
                assert not name.startswith("on")
                assert name != "style"
                if name in ("href", "src", "action"):
                    assert re.match(r"(/|#|https?://)", str(value))
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", reply.text)


def test_texts_that_mean_harm_are_all_there(harmful: Archive) -> None:
    client = Client(app(harmful))
    (hit,) = harmful.search("title:tail").hits
    found = page(client, f"/article/{hit.article.id}")
    text = found.select_one("article").text  # type: ignore[union-attr]
    assert "<script>window.harmed=1</script>" in text
    assert "{{ 7 * 7 }}" in text
    assert "drawkcab text, and [2J[31mred signs" in text
    assert "harm\\u202e\\x1b[2J\\x1b[31m<img src=x" in found.text
    assert HARMFUL[0]["url"] in found.text


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
