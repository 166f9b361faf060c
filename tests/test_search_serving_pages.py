"""The pages, as they are sent: what stands on them, and that whatever archives hold is text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from pinakes.search import Archive
from pinakes.search.serving import app
from tests.asgi_client import Client
from tests.served_archive import HARMFUL, make_harmful, make_samples


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


def test_copies_stand_behind_one_hit_and_are_a_click_away(client: Client) -> None:
    query = "five miners rescued"
    told = client.get("/api/search", q=query).json
    (copies,) = [hit["copies"] for hit in told["hits"] if "copies" in hit]
    every = client.get("/api/search", q=query, collapse="false").json
    assert len(every["hits"]) == len(told["hits"]) + copies["count"] - 1
    found = page(client, "/", q=query)
    (link,) = found.select(".copies a")
    assert link.text == "and 1 copy"
    together = page(client, str(link["href"]))
    assert len(together.select(".hit")) == copies["count"] == 2
    assert not together.select(".copies")


def test_captures_of_one_address_are_listed(tmp_path: Path) -> None:
    records = [
        {"url": "https://a.example/x", "title": "X", "text": f"Said on day {day}, and no other."}
        for day in (1, 2)
    ]
    for day, record in enumerate(records, start=1):
        (tmp_path / f"day-{day}.jsonl").write_text(json.dumps(record), "utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path)
        ids = [hit.article.id for hit in archive.search("said").hits]
        found = page(Client(app(archive)), f"/article/{ids[0]}")
        listed = found.find("h3", string="Captures of this address")
        assert listed
        others = [str(link["href"]) for link in listed.find_next("ul").select("a")]  # type: ignore[union-attr]
        assert others == [f"/article/{ids[1]}"]


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
