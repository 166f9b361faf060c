"""What docs/query-language.md promises, and the queries that README shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pinakes.corpus import Kind
from pinakes.search import Archive, SearchOptions
from pinakes.search.query import Code, parse
from tests.answer_table import make_archive

ARTICLES = """
= 1 language=en published=2014-03-04 source=example.org url=https://example.org/mine author=Smith
# Mine collapse in Donvik
The mine collapsed, and an AND/OR of coal dust. The shaft flooded the collapsing mine.

They speak of a right to return. The Mine is C++ for covid-19; mine shaft flooded; a cave in.

Viktor Hallen.
= 2 language=ru published=2015-05-04
Шахта.
= 3 language=en published=2012
The monster in the quarry saw colapse, mines, and miners in the minster.
"""
NOTE = """---
author: Jane Doe
date: 2014-03-04
---
# Note on a mine

## Background

> The mine had a quote of their own.
"""
PAGE = (Path(__file__).parents[1] / "docs" / "query-language.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.*)\n((?:(?!## ).*\n)*)", PAGE, re.MULTILINE))


def list_examples(section: str) -> list[str]:
    return re.findall(r"^\| `(.*?)` \|", SECTIONS[section], re.MULTILINE)


@pytest.mark.parametrize("query", list_examples("What works"))
def test_what_works_is_read_without_a_finding(query: str) -> None:
    assert parse(query).diagnostics == ()


def list_readme_queries() -> list[str]:
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| write \| find \|\n\|---\|---\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    left = [row.split(" | ")[0] for table in tables for row in table.splitlines()]
    return [query for cell in left for query in re.findall("`(.*?)`", cell)]


def test_readme_shows_queries_of_all_kinds() -> None:
    assert len(list_readme_queries()) > 30


@pytest.mark.parametrize("query", list_readme_queries())
def test_what_readme_shows_is_answered_without_a_finding(archive: Archive, query: str) -> None:
    results = archive.search(query, options=SearchOptions(hints=False))
    assert parse(query).errors == ()
    assert [found for found in results.diagnostics if found.code is not Code.UNKNOWN_TAG] == []


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("archive")
    with make_archive(folder, ARTICLES, {"reports/2014/a.md": NOTE}) as archive:
        archive.saved.save("mines", "mine OR quarry")
        yield archive


@pytest.mark.parametrize("query", list_examples("What works"))
def test_what_works_is_answered_and_marks_what_it_finds(archive: Archive, query: str) -> None:
    results = archive.search(query, options=SearchOptions(limit=100, snippets=100))
    assert results.articles == len(results.hits)
    for hit in results:
        for found in hit.passages:
            for snippet in found.snippets:
                assert len(snippet.clauses) == len(snippet.highlights)
                labels = [query[start:end] for each in snippet.clauses for start, end in each]
                assert all(labels)


def test_most_of_what_works_finds_something(archive: Archive) -> None:
    nothing: set[str] = set()
    for query in list_examples("What works"):
        results = archive.search(query, options=SearchOptions(hints=False))
        # The articles written here have no tags but those of their structure.
        if not results.articles and "unknown-tag" not in {d.code for d in results.diagnostics}:
            nothing.add(query)
    # Ids, folders and today are not those of articles written here.
    assert nothing <= {
        *("path:reports/2014", "in:reports/2014", "id:a1b2c3d4", "date:3m..", "words:>500"),
        *("is:duplicate", "cluster:c17"),
    }


@pytest.mark.parametrize("query", list_examples("What is refused for now"))
def test_what_is_refused_is_refused(query: str) -> None:
    assert [found.code for found in parse(query).diagnostics] == [Code.UNSUPPORTED_OPERATOR]


def test_what_is_text_is_read_without_an_error() -> None:
    _, _, ending = SECTIONS["What is refused for now"].partition("Read as text")
    examples = re.findall("`(.*?)`", ending)
    assert len(examples) > 5
    for query in examples:
        assert {found.code for found in parse(query).diagnostics} <= {"signs-ignored"}


def test_every_finding_is_named_with_its_severity() -> None:
    rows = re.findall(
        r"^\| (`.*?) \| (\w+) \|", SECTIONS["What is said about a query"], re.MULTILINE
    )
    named = {code: severity for codes, severity in rows for code in re.findall("`(.*?)`", codes)}
    assert set(named) == {code.value for code in Code}
    for query in ("a or b", "a )", '19" a', "autor:x", "title:(kind:quote)", "why?", "", "date:x"):
        for found in parse(query).diagnostics:
            assert found.severity.value == {"information": "info"}.get(
                named[found.code.value], named[found.code.value]
            )


def test_every_kind_is_named() -> None:
    assert all(f"`{kind}`" in PAGE for kind in Kind)
