"""From one page to the next: by tags, years, saved searches, and what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from pinakes.corpus import TimeLimitError
from pinakes.search import Archive
from pinakes.search.serving import app
from pinakes.search.serving.exchange import Ask
from pinakes.search.serving.pages import saved_searches
from tests.asgi_client import Client
from tests.served_archive import make_samples


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_samples(tmp_path_factory.mktemp("served") / "archive") as made:
        yield made


@pytest.fixture(scope="module")
def client(archive: Archive) -> Client:
    return Client(app(archive))


def page(client: Client, path: str, **asked: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(path, **asked).text, "html.parser")


def test_names_in_a_text_lead_to_what_else_mentions_them(client: Client, archive: Archive) -> None:
    hit = archive.search("place:Vienna kind:paragraph").hits[0]
    found = page(client, f"/article/{hit.article.id}", q="place:Vienna")
    (link, *_) = found.select('.words a.tag[title="place:Vienna"]')
    assert (link.text, link.mark.text) == ("Vienna", "Vienna")  # type: ignore[union-attr]
    assert link["href"] == "/?q=place%3AVienna"
    shown = page(client, str(link["href"])).select(".hit h2")
    assert hit.article.title in [title.text for title in shown]
    texts = [section.select_one(".words") for section in found.select("section.p")]
    for passage, words in zip(hit.article.passages, texts, strict=True):
        assert words is None or words.text == passage.text


def test_what_whole_passages_are_tagged_with_stands_beside_them(tmp_path: Path) -> None:
    with Archive.create(tmp_path) as archive:
        archive.add([{"id": 1, "title": "A mine", "text": "It was shut."}])
        archive.tags.change("shut", add=["mine safety"])
        (hit,) = archive.search("shut").hits
        client = Client(app(archive))
        links = page(client, f"/article/{hit.article.id}").select(".about .of-all")
        assert [link.bdi.text for link in links if link.bdi] == ["topic:mine safety"]
        assert len(page(client, str(links[0]["href"])).select(".hit")) == 1


def test_saved_searches_tell_what_is_new_since_they_were_answered_last(tmp_path: Path) -> None:
    with Archive.create(tmp_path) as archive:
        archive.add([{"id": 1, "text": "A mine."}, {"id": 2, "text": "A mine, and a quarry."}])
        for name, query in (("mines", "mine"), ("never", "mine"), ("quarries", "quarry")):
            archive.saved.save(name, query)
        for name in ("mines", "quarries"):
            archive.saved.remember(
                archive.saved.get(name), archive.search("mine").archive.generation
            )
        client = Client(app(archive))
        before = client.get("/")
        assert not BeautifulSoup(before.text, "html.parser").select(".saved .new")
        archive.add([{"id": 3, "text": "Another mine."}])
        (new,) = page(client, "/").select(".saved .new")
        assert new.text == "1 new"
        told = page(client, str(new["href"]))
        assert told.select(".hit h2")[0].text.startswith("3.")
        assert len(told.select(".hit")) == 1
        every = told.select_one(".since a")
        assert every
        assert len(page(client, str(every["href"])).select(".hit")) == 3
        assert client.get("/", q="mine", since="soon").status == 400


def test_the_first_page_is_shown_though_it_takes_long_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_long(ask: Ask, name: str, since: int) -> int:
        asked.append(name)
        raise TimeLimitError(f"{ask.prefix}{name} since {since} takes long")

    asked: list[str] = []
    monkeypatch.setattr(saved_searches, "_count_new", take_long)
    with Archive.create(tmp_path) as archive:
        archive.add([{"id": 1, "text": "A mine."}])
        for name in ("a", "b"):
            archive.saved.save(name, "mine")
            archive.saved.remember(archive.saved.get(name), 1)
        shown = page(Client(app(archive)), "/")
    assert [each.text.split()[0] for each in shown.select(".saved li")] == ["a", "b"]
    assert asked == ["a"]


def test_the_first_page_is_sent_again_when_a_search_was_saved(tmp_path: Path) -> None:
    with Archive.create(tmp_path) as archive:
        client = Client(app(archive))
        known = {"if-none-match": client.get("/").headers["etag"]}
        assert client.get("/", headers=known).status == 304
        archive.saved.save("mines", "mine")
        again = client.get("/", headers=known)
        assert (again.status, "saved%3Amines" in again.text) == (200, True)


def test_years_narrow_the_search_down_to_what_they_count(client: Client) -> None:
    bars = page(client, "/", q="mine OR surveyor").select(".years svg a")
    assert len(bars) > 1
    for bar in bars:
        year, told = str(bar["aria-label"]).split(": ")
        narrowed = page(client, str(bar["href"]))
        assert narrowed.select_one(".summary h1").text.startswith(told)  # type: ignore[union-attr]
        assert narrowed.select(".chips bdi")[-1].text == f"date:{year}"


def test_facets_of_tags_narrow_down_to_what_is_tagged(client: Client, archive: Archive) -> None:
    found = page(client, "/", q="treaty OR commission")
    for name in ("Place", "Person", "Organisation"):
        heading = found.find("h3", string=name)
        assert heading
        link = heading.find_next("a")
        assert link
        query = page(client, str(link["href"])).select_one("#q")["value"]  # type: ignore[index]
        kind = {"Organisation": "org"}.get(name, name.lower())
        assert f"{kind}:" in query
        assert archive.search(str(query)).articles


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("place:Gen", "place:Geneva"), ("mine place:vie", "mine place:Vienna"),
        ("tag:pla", "tag:place"), ("tag:place:gen", "tag:place:Geneva"),
        ('person:"Aino R', 'person:"Aino Raskila"'), ('-org:"joint d', '-org:"Joint Dorva Comm'),
        ("saved:ret", "saved:returns"), ("lang:a", "lang:ar"), ("pla", "place:"),
    ],
)  # fmt: skip
def test_values_are_completed(typed: str, completed: str, client: Client) -> None:
    told = client.get("/api/suggest", q=typed).json["completions"]
    assert any(each["text"].startswith(completed) for each in told), told
