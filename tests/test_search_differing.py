"""What differs in two articles, and which captures of an address there are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import Article, Kind, Passage
from pinakes.search import Archive
from pinakes.search.cli.app import pinakes
from pinakes.search.differing import Presence, compare_articles, compare_words
from tests.test_indexer_format import make_article

TEXTS = (
    "The mine was closed on Monday by the council",
    "The mine was closed on Tuesday by the Council!",
    "Two men were hurt",
    "Salt",
    "",
)
WORDS = st.lists(st.sampled_from(["mine", "Mine", "salt", "café", "–", ", ", " "]), max_size=8)


def with_passages(texts: list[str]) -> Article:
    passages = tuple(
        Passage(
            number=number,
            kind=Kind.PARAGRAPH,
            section=(),
            start=0,
            end=len(text),
            text=text,
            tags=(),
        )
        for number, text in enumerate(texts)
    )
    return replace(make_article(1), passages=passages)


@given(WORDS, WORDS)
def test_parts_join_to_both_texts(one: list[str], other: list[str]) -> None:
    a, b = "".join(one), "".join(other)
    parts = list(compare_words(a, b))
    only_b, only_a = Presence.ONLY_B, Presence.ONLY_A
    assert "".join(part.text for part in parts if part.presence is not only_b) == a
    of_b = (
        part.other if part.presence is Presence.BOTH else part.text
        for part in parts
        if part.presence is not only_a
    )
    assert "".join(of_b) == b


@settings(deadline=None)
@given(st.lists(st.sampled_from(TEXTS), max_size=5), st.lists(st.sampled_from(TEXTS), max_size=5))
def test_every_passage_that_is_not_the_same_is_told_once(one: list[str], other: list[str]) -> None:
    a, b = with_passages(one), with_passages(other)
    found = compare_articles(a, b)
    numbers = [each.a.number for each in found.differences if each.a]
    assert numbers == sorted(set(numbers))
    assert len(numbers) + found.same == len(one)
    assert sum(each.b is not None for each in found.differences) + found.same == len(other)
    for each in found.differences:
        if each.presence is Presence.CHANGED:
            assert each.a.text != each.b.text
        else:
            assert (each.a is None) is (each.presence is Presence.ONLY_B)
            assert (each.b is None) is (each.presence is Presence.ONLY_A)
    assert found.is_same is (one == other)


def test_passages_alike_stand_side_by_side_with_their_words() -> None:
    found = compare_articles(with_passages([*TEXTS[:1], *TEXTS[2:4]]), with_passages([TEXTS[1]]))
    changed, *others = found.differences
    assert changed.presence is Presence.CHANGED
    assert [part.presence for part in changed.parts] == ["both", "a", "b", "both"]
    assert [part.text for part in changed.parts[1:3]] == ["Monday ", "Tuesday "]
    assert [each.presence for each in others] == [Presence.ONLY_A, Presence.ONLY_A]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    captures = (
        ("first", "The mine was closed on Monday by the council of the town.", "01"),
        ("second", "The mine was closed on Tuesday by the council of the town.", "05"),
    )
    for name, text, day in captures:
        comment = (
            f"\n Page saved with SingleFile \n saved date: Tue Mar {day} 2016 10:00:00 GMT+0000"
        )
        Path(f"{name}.html").write_text(
            f"<!DOCTYPE html><html><!--{comment}\n--><head><title>Closed</title>"
            "<link rel=canonical href='https://example.org/x'></head><body><article>"
            f"<h1>Closed</h1><p>{text}</p></article></body></html>",
            encoding="utf-8",
        )
    Path("note.txt").write_text("A note on salt.", encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        # The later capture goes in first: what counts is when it was saved.
        archive.index(["second.html"])
        archive.index(["first.html", "note.txt"])
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(pinakes, words)
    return result.exit_code, result.stdout


def ids(root: Path) -> dict[str, str]:
    with Archive.open(root) as archive:
        return {hit.article.paths[0]: hit.article.id for hit in archive.search("*")}


def test_captures_of_an_address_are_versions_in_the_order_they_were_saved(root: Path) -> None:
    found = ids(root)
    first, second, note = (found[name] for name in ("first.html", "second.html", "note.txt"))
    with Archive.open(root) as archive:
        assert [version.id for version in archive.versions(second)] == [first, second]
        assert [version.id for version in archive.versions(note)] == [note]
    status, listed = run("show", first, "--versions")
    assert (status, [line[:10] for line in listed.splitlines()]) == (
        0,
        [f"* {first}", f"  {second}"],
    )
    told = json.loads(run("show", second, "--versions", "--json")[1])
    assert [version["saved"][:10] for version in told["versions"]] == ["2016-03-01", "2016-03-05"]


def test_what_differs_is_told_as_present_and_absent(root: Path) -> None:
    found = ids(root)
    first, second, note = (found[name] for name in ("first.html", "second.html", "note.txt"))
    status, text = run("show", second, "--diff")
    assert status == 1
    assert "[-Monday-] {+Tuesday+}" in text
    assert run("diff", first, second) == (status, text)
    assert run("show", first, "--diff")[0] == 1
    assert run("diff", first, first)[0] == 0
    status, text = run("diff", first, note)
    assert status == 1
    assert "present in A, absent in B" in text
    assert "present in B, absent in A" in text
    assert "deleted" not in text
    told = json.loads(run("diff", "--json", first, second)[1])
    (changed,) = told["differences"]
    assert (changed["presence"], changed["a"]["id"]) == ("changed", f"{first}#1")
    assert {part["presence"] for part in changed["parts"]} == {"both", "a", "b"}
    assert run("diff", first, "ffffffff")[0] == 1
    assert run("show", f"{first}#1", "--versions")[0] == 2
    assert run("show", first, "--versions", "--diff")[0] == 2
