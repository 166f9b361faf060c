"""An archive as tools for language models: shapes, quotes and budgets."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pinakes.search import Archive, OptionsError
from pinakes.search.as_json import dump, hit_object
from pinakes.search.serving import app as web_app
from tests.asgi_client import Client as WebClient
from tests.served_archive import HARMFUL, make_harmful, make_samples

pytest.importorskip("mcp", reason="needs the extra `mcp`")


from pinakes.search.agents import AgentOptions, count_tokens
from tests.agent_calls import call, size

MAIN = [sys.executable, "-m", "pinakes.search.cli"]
QUERIES = (
    "surveyor letter",
    '"right to return"',
    "mine OR valley",
    "nimes",
    "kind:quote",
    "*",
    "(",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_samples(tmp_path_factory.mktemp("agents") / "archive") as made:
        yield made


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_harmful(tmp_path_factory.mktemp("harm") / "archive") as made:
        yield made


def test_results_are_of_the_shape_that_connectors_expect_a_block_a_passage(
    archive: Archive,
) -> None:
    found = call(archive, "search", query="surveyor letter")
    results = found.structured_content["results"]
    assert len(results) > 3
    assert [json.loads(block.text) for block in found.content] == results
    for each in results:
        assert list(each) == ["id", "title", "url", "text", "citation"]
        assert re.fullmatch("[0-9a-f]+#[0-9]+", each["id"])
        assert each["url"].startswith(("http://", "https://", f"pinakes:{archive.id}/"))
        told, article = each["citation"], archive.article(each["id"].partition("#")[0])
        assert each["text"] == article.text[told["start"] : told["end"]]
        assert told["sha256"] == hashlib.sha256(each["text"].encode()).hexdigest()


def test_a_text_is_fetched_by_the_id_of_a_result_and_goes_on_where_it_was_cut(
    archive: Archive,
) -> None:
    passage = call(archive, "search", query="surveyor").structured_content["results"][0]
    alone = call(archive, "fetch", id=passage["id"]).structured_content
    assert (alone["id"], alone["text"]) == (passage["id"], passage["text"])
    article = archive.article(passage["id"].partition("#")[0])
    whole = call(archive, "fetch", id=article.id, max_tokens=25_000)
    assert set(whole.structured_content) == {"id", "title", "text", "url", "metadata"}
    assert whole.structured_content["text"] == article.text
    assert len(whole.content) == len(article.passages)
    at: int | None = 0
    text = ""
    while at is not None:
        part = call(archive, "fetch", id=article.id, start=at, max_tokens=1500).structured_content
        told = part["metadata"]["citation"]
        text += article.text[at : told["start"]] + part["text"]
        at = part["metadata"]["next_start"]
    assert text == article.text


def test_pages_of_a_small_budget_show_every_hit_once(archive: Archive) -> None:
    query = "mine"
    wanted = [hit.article.id for hit in archive.search(query, limit=50)]
    seen: dict[str, None] = {}
    at: int | None = 0
    while at is not None:
        found = call(archive, "search", query=query, offset=at, max_tokens=2000, snippets=1)
        for each in found.structured_content["results"]:
            seen[each["id"].partition("#")[0]] = None
        at = found.structured_content["next_offset"]
    assert list(seen) == wanted


def test_copies_of_what_is_shown_make_no_further_page() -> None:
    text = " ".join(f"The surveyor wrote {word} in letter {word}." for word in range(40))
    with Archive.temporary() as archive:
        archive.add({"id": number, "text": text, "date": "2014"} for number in range(3))
        found = call(archive, "search", query="surveyor").structured_content
        assert archive.search("surveyor").shown_articles == 1
        articles = {each["id"].partition("#")[0] for each in found["results"]}
        assert (len(articles), found["next_offset"]) == (1, None)


def test_what_is_cited_verifies_and_what_is_altered_does_not(archive: Archive) -> None:
    first = call(archive, "search", query="surveyor letter").structured_content["results"][0]
    made = call(archive, "cite", id=first["id"])
    assert first["text"] in made.content[0].text
    citation = made.structured_content["citation"]
    assert call(archive, "verify", citation=citation).structured_content["holds"] is True
    words = first["text"][3:30]
    quoted = call(archive, "cite", id=first["id"], quote=words, style="json")
    assert quoted.structured_content["citation"]["exact"] == words
    assert call(archive, "verify", id=first["id"], quote=words).structured_content["holds"] is True
    altered = call(archive, "verify", id=first["id"], quote=f"{words} not").structured_content
    assert (altered["holds"], altered["status"]) == (False, "text-changed")


@pytest.mark.parametrize(
    ("name", "asked", "told"),
    [
        ("search", {"query": "("}, "nothing to look for"),
        ("search", {"query": "mine", "max_tokens": 20}, "minimum"),
        ("search", {"query": "mine", "max_tokens": 10**9}, "maximum"),
        ("search", {"query": "x" * 5000}, "…"),
        ("search", {"query": "mine", "colour": "red"}, "colour"),
        ("search", {}, "required"),
        ("fetch", {"id": "ffffffff"}, "ffffffff"),
        ("fetch", {"id": "//"}, "ARTICLE"),
        ("cite", {"id": "d84c2cc8", "quote": "never written"}, "to the letter"),
        ("cite", {"id": "d84c2cc8#999"}, "999"),
        ("verify", {}, "citation"),
        ("verify", {"citation": {"exact": "x"}}, "citation"),
        ("forget", {}, "search, fetch, cite, verify"),
    ],
)
def test_what_cannot_be_answered_is_said_shortly(
    name: str, asked: dict[str, Any], told: str, archive: Archive
) -> None:
    result = call(archive, name, **asked)
    assert result.is_error
    assert told in result.content[0].text
    assert size(result) < 1500


@settings(deadline=None, max_examples=25)
@given(
    query=st.sampled_from(QUERIES) | st.text(max_size=30),
    max_tokens=st.integers(1500, 6000),
    form=st.sampled_from(["passages", "hits"]),
    is_single=st.booleans(),
    is_harmful=st.booleans(),
)
@example(
    query="surveyor letter", max_tokens=5966, form="passages", is_single=False, is_harmful=False
)
@example(query="harm", max_tokens=1500, form="passages", is_single=True, is_harmful=True)
def test_no_answer_exceeds_its_budget(
    archive: Archive, harmful: Archive, query: str, max_tokens: int, form: str, is_single: bool,
    is_harmful: bool,
) -> None:  # fmt: skip
    target = harmful if is_harmful else archive
    options = AgentOptions(is_single_block=is_single)
    asked = {"query": query, "form": form, "max_tokens": max_tokens}
    found = call(target, "search", options, **asked)
    assert size(found) <= max_tokens
    if found.is_error:
        return
    told = found.structured_content or json.loads(found.content[0].text)
    for each in told.get("results", []):
        for name in ("fetch", "cite"):
            assert size(call(target, name, options, id=each["id"], max_tokens=max_tokens)) <= (
                max_tokens
            )


@given(st.text(), st.text())
def test_texts_beside_each_other_take_no_more_tokens_than_apart(one: str, other: str) -> None:
    assert count_tokens(one + other) <= count_tokens(one) + count_tokens(other)
    assert len((one + other).split()) <= count_tokens(one + other) + 1


def test_hits_are_those_of_command_line_python_and_http_to_the_byte(archive: Archive) -> None:
    for query in QUERIES[:5]:
        line = subprocess.run(
            [*MAIN, "search", "--json", "-n", "2", query],
            cwd=archive.root, capture_output=True, text=True, encoding="utf-8", check=False,
        ).stdout  # fmt: skip
        printed = [dump(hit) for hit in json.loads(line)["hits"]]
        assert all(hit in line for hit in printed)
        python = [dump(hit_object(hit)) for hit in archive.search(query, limit=2)]
        web = WebClient(web_app(archive)).get("/api/search", q=query, limit=2).text
        found = call(archive, "search", query=query, limit=2, form="hits", max_tokens=25_000)
        hits = found.structured_content["hits"]
        blocks = [block.text for block in found.content][: len(hits)]
        assert blocks == [dump(hit) for hit in hits] == python == printed
        assert all(hit in web for hit in blocks)


def test_connectors_that_want_one_block_get_one(archive: Archive) -> None:
    options = AgentOptions(is_single_block=True)
    found = call(archive, "search", options, query="surveyor")
    assert (len(found.content), found.structured_content) == (1, None)
    results = json.loads(found.content[0].text)["results"]
    fetched = call(archive, "fetch", options, id=results[0]["id"])
    assert json.loads(fetched.content[0].text)["text"] == results[0]["text"]


def test_an_address_that_could_act_is_not_passed_on(harmful: Archive) -> None:
    results = call(harmful, "search", query="harm").structured_content["results"]
    assert {each["url"].partition(":")[0] for each in results} == {"pinakes"}
    assert any(HARMFUL[0]["title"][:20] in each["title"] for each in results)


def test_budgets_that_cannot_be_kept_are_refused() -> None:
    for wrong in ({"max_tokens": 10}, {"max_tokens": 30_000}, {"time_s": 0.0}, {"threads": 0}):
        with pytest.raises(OptionsError):
            AgentOptions(**wrong)
