"""The JSON API: what it answers, what it refuses, and that it changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from pinakes.search import Archive, SearchOptions
from pinakes.search.as_json import dump, hit_object
from pinakes.search.serving import Access, Limits, app
from tests.asgi_client import Client
from tests.served_archive import make_samples

TOKEN = "a-token-of-some-length"  # noqa: S105


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_samples(tmp_path_factory.mktemp("served") / "archive") as made:
        yield made


@pytest.fixture(scope="module")
def client(archive: Archive) -> Client:
    return Client(app(archive))


def hits_of(line: str) -> str:
    """Return the text of the hits in an answer, byte for byte."""
    start, end = line.index('"hits": ') + 8, line.index(', "suggestions"')
    return line[start:end]


@pytest.mark.parametrize(
    ("query", "asked", "args"),
    [
        ("surveyor letter", {}, []),
        ('"right to return"', {"limit": 3, "snippets": 1}, ["-n", "3", "-S", "1"]),
        ("mine OR право", {"sort": "-date", "by": "passage"}, ["-s", "-date", "--by", "passage"]),
        ("lang:ar", {"explain": "true"}, ["--explain"]),
        ("surveyor NEAR/9 letter", {"scope": "passage"}, ["--scope", "passage"]),
    ],
)
def test_command_line_python_and_http_give_the_same_bytes(
    query: str, asked: dict[str, str], args: list[str], archive: Archive, client: Client
) -> None:
    command = [sys.executable, "-m", "pinakes.search.cli", "search", "--json", *args, query]
    printed = subprocess.run(
        command, cwd=archive.root, capture_output=True, encoding="utf-8", check=True
    ).stdout
    reply = client.get("/api/search", q=query, **asked)
    options = SearchOptions(
        limit=int(asked.get("limit", 10)),
        snippets=int(asked.get("snippets", 3)),
        sort=asked.get("sort", "score"),  # type: ignore[arg-type]
        by=asked.get("by", "article"),  # type: ignore[arg-type]
        scope=asked.get("scope", "article"),  # type: ignore[arg-type]
        explain="explain" in asked,
    )
    results = archive.search(query, options=options)
    in_python = "[" + ", ".join(dump(hit_object(hit)) for hit in results) + "]"
    assert results.hits
    assert hits_of(reply.text) == hits_of(printed) == in_python


def test_an_answer_has_all_that_the_command_line_prints(client: Client) -> None:
    reply = client.get("/api/search", q="surveyor", facet=["year", "person"], occurrences="true")
    assert reply.headers["content-type"] == "application/json"
    told = reply.json
    assert told["query"]["interpreted"] == "surveyor"
    assert told["total"]["occurrences"] >= told["total"]["passages"] >= len(told["hits"])
    assert set(told["facets"]) == {"year", "tag:person"}


@pytest.mark.parametrize("query", ["", "  ", "?!", "()"])
def test_a_query_without_a_word_finds_nothing_and_says_so(query: str, client: Client) -> None:
    told = client.get("/api/search", q=query, limit=3).json
    assert (told["hits"], told["total"], told["limit"]) == ([], {"articles": 0, "passages": 0}, 3)
    assert "empty-query" in [found["code"] for found in told["query"]["warnings"]]


def test_pages_follow_one_another_by_cursor(client: Client) -> None:
    first = client.get("/api/search", q="mine", limit=4).json
    second = client.get("/api/search", q="mine", limit=4, after=first["next"]).json
    whole = client.get("/api/search", q="mine", limit=8).json
    assert [hit["article"]["id"] for hit in first["hits"] + second["hits"]] == [
        hit["article"]["id"] for hit in whole["hits"]
    ]


def test_articles_passages_and_citations_are_answered(client: Client, archive: Archive) -> None:
    hit = archive.search("surveyor").hits[0]
    number = hit.passages[0].passage.number
    article = client.get(f"/api/article/{hit.article.id}", q="surveyor").json
    assert article["article"]["text"] == hit.article.text
    assert article["holds"]
    assert article["highlights"]
    passage = client.get(f"/api/article/{hit.article.id}/{number}").json
    assert passage["passage"]["text"] == hit.passages[0].passage.text
    cited = client.get(f"/api/citation/{hit.article.id}/{number}").json
    assert cited["citation"]["exact"] == hit.passages[0].passage.text
    span = client.get(f"/api/citation/{hit.article.id}", start=0, end=5).json
    assert span["citation"]["exact"] == hit.article.text[:5]
    text = client.get(f"/api/citation/{hit.article.id}/{number}", style="bibtex")
    assert text.headers["content-type"].startswith("application/x-bibtex")
    assert text.text.startswith("@")


def test_a_citation_is_verified_and_an_altered_one_is_found_out(client: Client) -> None:
    hit = client.get("/api/search", q="surveyor", limit=1).json["hits"][0]
    citation = hit["passages"][0]["citation"]
    sent = json.dumps([citation, {**citation, "exact": "Never said."}]).encode()
    reply = client.send(
        "POST", "/api/verify", headers={"content-type": "application/json"}, body=sent
    )
    assert [each["status"] for each in reply.json["verdicts"]] == ["ok", "text-changed"]


def test_what_cannot_be_searched_is_told_with_its_reason(client: Client) -> None:
    told = client.get("/api/unsearchable").json
    assert {each["path"].rpartition("/")[2] for each in told["files"]} == {
        "empty.txt", "picture<b>.gif",
    }  # fmt: skip
    assert all(each["detail"] for each in told["files"])
    status = client.get("/api/status").json["archive"]
    assert status["unsearchable"] == 2
    assert "root" not in status


def test_a_query_that_cannot_be_answered_tells_why_in_the_one_shape(client: Client) -> None:
    reply = client.get("/api/search", q="mine date:soon")
    assert reply.status == 400
    error = reply.json["error"]
    assert (error["code"], error["status"]) == ("bad-query", 400)
    (found,) = error["diagnostics"]
    assert (found["code"], "mine date:soon"[found["start"] : found["end"]]) == ("bad-date", "soon")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/search", 400, "bad-parameter"),
        ("/api/search?q=%28a%20date:x", 400, "bad-query"),
        ("/api/search?q=a&limt=3", 400, "bad-parameter"),
        ("/api/search?q=a&limit=101", 400, "bad-parameter"),
        ("/api/search?q=a&limit=%2B5", 400, "bad-parameter"),
        ("/api/search?q=a&limit=1&limit=2", 400, "bad-parameter"),
        ("/api/search?q=a&sort=title", 400, "bad-parameter"),
        ("/api/search?q=a&explain=1", 400, "bad-parameter"),
        ("/api/search?q=a&facet=colour", 400, "bad-parameter"),
        ("/api/search?q=a&after=nothing", 404, "no-such-page"),
        ("/api/search?q=a&after=nothing&offset=3", 404, "no-such-page"),
        ("/api/search?q=a&offset=10001", 400, "bad-parameter"),
        ("/api/search?q=" + "a" * 4001, 400, "bad-parameter"),
        ("/api/article/00000000", 404, "unknown-article"),
        ("/api/article/%3Cscript%3E", 404, "unknown-article"),
        ("/api/article/{id}/9999", 404, "not-found"),
        ("/api/article/{id}/x", 404, "not-found"),
        ("/api/citation/{id}?start=9999999", 404, "no-such-span"),
        ("/api/citation/{id}?start=9&end=3", 404, "no-such-span"),
        ("/api/nothing", 404, "not-found"),
    ],
)
def test_every_refusal_has_one_shape(
    path: str, status: int, code: str, client: Client, archive: Archive
) -> None:
    known = archive.search("mine").hits[0].article.id
    reply = client.send("GET", path.replace("{id}", known))
    assert reply.status == status
    error = reply.json["error"]
    assert (error["code"], error["status"]) == (code, status)
    assert error["message"]
    assert isinstance(error["diagnostics"], list)
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("path", ["/api/search?q=a", "/api/status", "/", "/theme", "/api/nix"])
def test_nothing_else_than_reading_is_taken(method: str, path: str, client: Client) -> None:
    reply = client.send(method, path)
    assert reply.status in (404, 405)
    assert reply.status == 404 or "GET" in reply.headers["allow"]


def test_no_request_changes_a_file(archive: Archive) -> None:
    def state() -> dict[str, str]:
        # The write-ahead log's index is shared memory, which readers use too.
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(archive.root.rglob("*"))
            if path.is_file() and not path.name.endswith(("-shm", "-wal"))
        }

    before = state()
    client = Client(app(archive))
    known = archive.search("mine").hits[0].article.id
    for path in (
        "/api/search?q=saved:returns", "/api/search?q=mine&facet=year", "/api/suggest?q=mi",
        "/api/facets", f"/api/article/{known}?q=mine", f"/api/citation/{known}", "/api/status",
        "/api/unsearchable", "/", "/?q=mine", f"/article/{known}", f"/cite/{known}/0", "/files",
        "/theme?to=dark", "/help", "/?q=saved:returns",
    ):  # fmt: skip
        assert client.send("GET", path).status in (200, 303)
    assert state() == before


def test_an_answer_the_client_has_is_not_sent_again(tmp_path: Path) -> None:
    with make_samples(tmp_path / "archive") as archive:
        client = Client(app(archive))
        first = client.get("/api/search", q="mine")
        tag = first.headers["etag"]
        held = {"if-none-match": f'"other", {tag}'}
        again = client.get("/api/search", q="mine", headers=held)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert client.get("/api/search", q="mines", headers=held).status == 200
        (tmp_path / "archive" / "new.txt").write_text("A mine, and what is new.", "utf-8")
        archive.index(tmp_path / "archive" / "new.txt")
        changed = client.get("/api/search", q="mine", headers=held)
        assert changed.status == 200
        assert changed.headers["etag"] != tag


def test_a_saved_search_that_changes_changes_the_tag(tmp_path: Path) -> None:
    with make_samples(tmp_path / "archive") as archive:
        client = Client(app(archive))
        tag = client.get("/api/search", q="saved:returns").headers["etag"]
        archive.saved.save("returns", "mine", replace=True)
        reply = client.get("/api/search", q="saved:returns", headers={"if-none-match": tag})
        assert reply.status == 200


def test_synonyms_that_change_change_the_tag(tmp_path: Path) -> None:
    with make_samples(tmp_path / "archive") as archive:
        client = Client(app(archive))
        path = archive.root / ".pinakes" / "synonyms.txt"
        path.write_text("pit, mine", "utf-8")
        os.utime(path, (1e9, 1e9))
        tag = client.get("/api/search", q="pit", synonyms="true").headers["etag"]
        held = {"if-none-match": tag}
        assert client.get("/api/search", q="pit", synonyms="true", headers=held).status == 304
        path.write_text("pit, shaft", "utf-8")
        reply = client.get("/api/search", q="pit", synonyms="true", headers=held)
        assert (reply.status, "shaft" in reply.text) == (200, True)


def test_long_answers_are_packed_for_who_takes_it(client: Client) -> None:
    plain = client.get("/api/search", q="mine")
    packed = client.get("/api/search", q="mine", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 2
    assert hits_of(packed.text) == hits_of(plain.text)


def test_head_tells_the_same_but_for_the_body(client: Client) -> None:
    reply = client.send("HEAD", "/api/search?q=mine")
    assert reply.status == 200
    assert reply.headers["etag"]


def test_it_is_mounted_under_any_prefix(archive: Archive) -> None:
    outer = Starlette(routes=[Mount("/a b/search", app=app(archive))])
    client = Client(outer, prefix="/a%20b/search")
    assert client.get("/api/search", q="mine").json["hits"]
    assert client.get("/api/openapi.json").json["servers"] == [{"url": "/a%20b/search/api"}]
    page = client.get("/", q="mine").text
    links = [part.partition('"')[0] for part in page.split('href="')[1:]]
    assert all(link.startswith(("/a%20b/search/", "#")) for link in links)
    assert client.get("/api/nix").json["error"]["code"] == "not-found"
    sent = client.get("/theme", to="dark", back="/a%20b/search/help")
    assert sent.headers["location"] == "/a%20b/search/help"


def test_a_token_is_needed_where_one_is_set(archive: Archive) -> None:
    client = Client(app(archive, access=Access(token=TOKEN)))
    refused = client.get("/api/search", q="mine")
    assert (refused.status, refused.json["error"]["code"]) == (401, "token-needed")
    assert refused.headers["www-authenticate"].startswith("Bearer")
    wrong = {"authorization": "Bearer nearly-the-right-one"}
    assert client.get("/api/search", q="mine", headers=wrong).status == 401
    right = {"authorization": f"Bearer {TOKEN}"}
    assert client.get("/api/search", q="mine", headers=right).status == 200
    assert "securitySchemes" in client.get("/api/openapi.json", headers=right).json["components"]
    assert client.get("/api/openapi.json").status == 401


def test_a_browser_enters_by_a_form_and_keeps_a_cookie_that_is_not_the_token(
    archive: Archive,
) -> None:
    client = Client(app(archive, access=Access(token=TOKEN)))
    page = client.get("/", q="mine")
    assert page.status == 401
    assert '<form class="enter"' in page.text
    assert client.send("POST", "/enter", body=b"token=wrong").status == 401
    entered = client.send("POST", "/enter", body=f"token={TOKEN}".encode())
    assert (entered.status, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly; SameSite=Strict" in cookie
    assert TOKEN not in cookie
    kept = {"cookie": cookie.partition(";")[0]}
    assert client.get("/", q="mine", headers=kept).status == 200
    assert client.get("/", q="mine", headers={"cookie": "pinakes_token=0"}).status == 401


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("LOCALHOST:8765", 200), ("127.0.0.1:1", 200), ("[::1]:8765", 200),
        ("evil.example", 421), ("localhost.evil.example", 421), ("127.0.0.1.evil.example:80", 421),
        ("", 421),
    ],
)  # fmt: skip
def test_only_known_names_are_answered_to(host: str, status: int, archive: Archive) -> None:
    access = Access(hosts=("localhost", "127.0.0.1", "::1"))
    client = Client(app(archive, access=access), host=host)
    assert client.get("/api/search", q="mine").status == status


def test_other_sites_may_not_ask_unless_they_are_named(archive: Archive) -> None:
    origin = {"origin": "https://news.example"}
    closed = Client(app(archive)).get("/api/search", q="mine", headers=origin)
    assert not [name for name in closed.headers if name.startswith("access-control")]
    opened = Client(app(archive, access=Access(origins=("https://news.example",))))
    told = opened.get("/api/search", q="mine", headers=origin).headers
    assert told["access-control-allow-origin"] == "https://news.example"
    other = opened.get("/api/search", q="mine", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers


def test_a_browser_is_told_what_not_to_do(client: Client) -> None:
    for path in ("/", "/api/search?q=mine", "/api/nix", "/static/pinakes.js"):
        headers = client.send("GET", path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"


def test_too_much_or_no_json_is_not_verified(archive: Archive) -> None:
    client = Client(app(archive, limits=Limits(body_bytes=100)))
    as_json = {"content-type": "application/json"}
    large = client.send("POST", "/api/verify", headers=as_json, body=b"[" + b" " * 200)
    assert (large.status, large.json["error"]["code"]) == (413, "too-large")
    form = client.send("POST", "/api/verify", body=b"{}")
    assert (form.status, form.json["error"]["code"]) == (415, "wrong-media-type")
    for body in (b"{}", b"nonsense", b"\xff", b""):
        assert client.send("POST", "/api/verify", headers=as_json, body=body).status == 400


def test_a_question_and_its_widenings_are_asked_as_in_python(
    archive: Archive, client: Client
) -> None:
    asked = "Who wrote the surveyor's letter?"
    question = archive.read_question(asked)
    read = {"any_word": "true", "limit": 100}
    found = client.get("/api/search", q=asked, **read).json
    assert found["query"]["interpreted"] == question.interpreted
    widened = client.get("/api/search", q=asked, feedback="true", limit=100).json
    assert widened["query"]["interpreted"] == archive.widen_question(question).interpreted


def test_synonyms_and_age_count_where_that_is_asked_for(archive: Archive, client: Client) -> None:
    missing = client.get("/api/search", q="surveyor", synonyms="true").json
    assert [found["code"] for found in missing["query"]["warnings"]] == ["bad-synonyms"]
    path = archive.root / ".pinakes" / "synonyms.txt"
    path.write_text("surveyor, geometer\n", encoding="utf-8")
    try:
        found = client.get("/api/search", q="surveyor", synonyms="true").json
    finally:
        path.unlink()
    assert found["query"]["interpreted"] == "surveyor OR geometer^0.5"
    plain = client.get("/api/search", q="surveyor").json["hits"]
    aged = client.get("/api/search", q="surveyor", half_life_days=30).json["hits"]
    assert 0.5 * plain[0]["score"] <= max(hit["score"] for hit in aged) <= plain[0]["score"]
    assert client.get("/api/search", q="surveyor", half_life_days=0).status == 400
