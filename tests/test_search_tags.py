"""An archive is asked for its tags: found, marked, told, counted, completed, printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pinakes.search import Archive, SearchOptions
from pinakes.search.batch import answer_batch
from pinakes.search.cli.app import pinakes
from pinakes.search.query import Code
from tests.tagged_archive import MINE, TALKS, write_tagged
from tests.two_articles import highlighted


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tagged(tmp_path_factory.mktemp("tagged") / "articles", MINE, TALKS)


@pytest.fixture
def archive(root: Path) -> Iterator[Archive]:
    with Archive.open(root) as archive:
        yield archive


FOUND = [
    ("place:Geneva", 2, ["Genève", "Geneva"]),
    ("place:geneva collapsed", 1, ["Genève", "collapsed"]),
    ("place:Donvik collapsed", 1, ["Donvik", "collapse"]),
    ("place:Donvik people", 0, []),
    ("tag:geneva", 2, ["Genève", "Geneva"]),
    ("tag:place", 2, ["Donvik", "Genève", "Ottawa", "Geneva"]),
    ("place:*o*", 2, ["Donvik", "Ottawa"]),
    ("topic:mining", 1, []),
    ("topic:mining collapsed", 1, ["collapsed"]),
    ("topic:mining PARA collapsed", 1, ["collapsed"]),
    ("topic:mining NEAR/99 collapsed", 0, []),
    ("kind:title place:*", 2, ["Donvik", "Ottawa"]),
    ("-place:Geneva kind:title", 2, []),
    ("place:Geneva -mentions:2014", 1, ["Geneva"]),
    ("collapsed NEAR/2 place:*", 1, ["Donvik", "Genève", "collapse", "collapsed"]),
    ("collapsed ADJ/9 place:Geneva", 0, []),
    ("mine ADJ/1 place:Geneva", 1, ["mine", "Genève"]),
    ("place:Ottawa ADJ/0 treaty", 1, ["Ottawa", "Treaty"]),
    ("law:ottawa* NEAR/0 treaty", 0, []),
    ("said:aliyev PARA treaty", 1, ["“They will return,”", "Treaty"]),
    ("said:*Aliyev PARA return", 1, ["“They will return,”"]),
    ('said:"Aliyev Adalat" treaty', 1, ["“They will return,”", "Treaty"]),
    ("person:adalat", 1, ["Adalat Aliyev"]),
    ("person:ali", 0, []),
    ("person:* NEAR/3 said", 1, ["said", "Adalat Aliyev"]),
    ("return NEAR/5 person:*", 1, ["return", "Adalat Aliyev"]),
    ("mine SENT mentions:2014", 1, ["5 December 2014", "mine"]),
    ("mentions:1988", 1, ["Between 1987 and 1989"]),
    ("mentions:1989..", 2, ["5 December 2014", "Between 1987 and 1989"]),
    ("mentions:..1986", 0, []),
    ("number:>=1000000", 1, ["1.5 million people"]),
    ('number:"45 %"', 1, ["45 %"]),
    ("number:45 place:*", 1, ["45 %", "Geneva"]),
    ("number:<45", 0, []),
    ("isbn:3-16*", 1, ["3-16-148410-0"]),
    ("my-type:x", 1, ["read"]),
    ("has:isbn", 1, ["3-16-148410-0"]),
    ("(place:Ottawa OR place:Donvik) kind:title", 2, ["Donvik", "Ottawa"]),
    ("(place:Ottawa kind:paragraph) OR place:Donvik", 1, ["Donvik"]),
    ("(place:Geneva nowhere) OR mine", 1, ["Mine", "mine"]),
    ("(place:Geneva kind:title) OR mentions:1988", 1, ["Between 1987 and 1989"]),
    ("#geneva mine", 1, ["Genève", "mine"]),
]


@pytest.mark.parametrize(("query", "articles", "marked"), FOUND)
def test_tags_restrict_stand_near_and_are_marked(
    archive: Archive, query: str, articles: int, marked: list[str]
) -> None:
    results = archive.search(query)
    assert results.articles == articles
    assert sorted(highlighted(results)) == sorted(marked)
    told = {found.code for found in results.diagnostics if found.severity != "info"}
    assert told <= {Code.UNKNOWN_TAG}


TOLD = [
    ("place:Genva", "No tag of the archive is `place:Genva`; the nearest is `place:Geneva`.",
     "place:Geneva"),
    ("tag:place:Genva", "No tag of the archive is `place:Genva`; the nearest is `place:Geneva`.",
     "tag:place:Geneva"),
    ("law:treaty", "No tag of the archive is `law:treaty`; the nearest is `law:\"Ottawa Treaty\"`.",
     'law:"Ottawa Treaty"'),
    ("#Otawa", "No tag of the archive is `Otawa`; the nearest is `place:Ottawa`.",
     "tag:place:Ottawa"),
    ("place:(Genva)", "No tag of the archive is `place:Genva`; the nearest is `place:Geneva`.", ""),
    ("place:Nowhere", "No tag of the archive is `place:Nowhere`.", ""),
    ("place:x*", "No tag of the archive fits `place:x*`.", ""),
    ("mine NEAR/5 place:Genva",
     "No tag of the archive is `place:Genva`; the nearest is `place:Geneva`.", "place:Geneva"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "message", "suggestion"), TOLD)
def test_a_value_that_no_tag_has_is_told_with_the_nearest(
    archive: Archive, query: str, message: str, suggestion: str
) -> None:
    results = archive.search(query)
    (found,) = [each for each in results.diagnostics if each.code is Code.UNKNOWN_TAG]
    assert (found.message, found.suggestion, found.severity) == (message, suggestion, "warning")
    assert results.articles == 0


def test_a_type_that_no_tag_has_is_told_with_those_there_are(archive: Archive) -> None:
    for query, options in (
        ("tag:plaec:x", SearchOptions()),
        ("mine", SearchOptions(facets=("tag:plaec",))),
    ):
        (found,) = archive.search(query, options=options).diagnostics[:1]
        assert found.code is Code.UNKNOWN_TAG
        assert "did you mean `place`?" in found.message
        assert "isbn, kind, law" in found.message
    (found,) = archive.search("keyphrase:*").diagnostics[:1]
    assert "no" not in found.suggestion
    assert "`keyphrase`" in found.message


def test_of_what_is_new_it_is_not_said_which_tags_there_are(archive: Archive) -> None:
    results = archive.search("place:Geneva", options=SearchOptions(since=1))
    assert results.articles == 0
    assert results.diagnostics == ()


def test_an_archive_without_a_type_does_not_take_it_for_a_field(tmp_path: Path) -> None:
    with Archive.open(write_tagged(tmp_path / "a", MINE)) as archive:
        assert archive.understand("isbn:3").diagnostics == ()
        assert archive.understand("isbn:3").interpreted == "isbn:3"
        (found,) = archive.understand("plaec:x").diagnostics
        assert found.code is Code.UNKNOWN_FIELD
        assert archive.understand("my-type:x").interpreted == "my-type:x"


def test_facets_count_any_type(archive: Archive) -> None:
    options = SearchOptions(facets=("place", "tag:isbn"))
    place, isbn = archive.search("*", options=options).facets
    assert [(each.value, each.count) for each in place.values] == [
        ("Geneva", 2), ("Donvik", 1), ("Ottawa", 1),
    ]  # fmt: skip
    assert [each.value for each in isbn.values] == ["3-16-148410-0"]


def test_names_and_values_of_tags_are_completed(archive: Archive) -> None:
    def texts(typed: str) -> list[str]:
        return [each.text for each in archive.complete(typed)]

    assert texts("mine plac")[0] == "mine place:"
    assert "isbn:" in texts("isb")
    assert texts("place:gen") == ["place:Geneva"]
    assert texts("law:o") == ['law:"Ottawa Treaty"']
    assert texts("isbn:") == ["isbn:3-16-148410-0"]
    assert texts("tag:my") == ["tag:my-type"]
    assert texts("number:45") == ['number:"45 %"']


def test_a_concordance_lists_tags_with_the_text_around_them(archive: Archive) -> None:
    found = list(archive.concord("mine place:Geneva"))
    assert [(each.match, [part.text for part in each.clauses]) for each in found] == [
        ("mine", ["mine"]),
        ("Genève", ["place:Geneva"]),
    ]
    assert [each.clauses[0].number for each in found] == [0, 1]


def test_it_is_told_which_condition_leaves_nothing_and_why_an_article_is_not_found(
    archive: Archive,
) -> None:
    results = archive.search("mine place:Ottawa")
    assert [(step.clause, step.together) for step in results.funnel] == [
        ("mine", 1),
        ("tag:place:Ottawa", 0),
    ]
    article = archive.search("mine").hits[0].article.id
    why = archive.why_not("mine place:Ottawa", article)
    assert "tag:place:Ottawa" in [part.clause for part in why.failing]
    assert archive.why_not("mine NEAR/5 place:Geneva", article).holds
    (spans,) = archive.mark("place:Geneva", article).highlights.values()
    assert [archive.article(article).text[start:end] for start, end in spans] == ["Genève"]


def test_scores_of_what_stands_near_tags_are_explained_to_the_last_digit(archive: Archive) -> None:
    options = SearchOptions(explain=True)
    (hit,) = archive.search("(mine NEAR/3 place:*)^2", options=options).hits
    assert hit.explanation is not None
    assert hit.explanation.value == hit.score > 0


def test_batches_and_saved_searches_know_the_types_of_the_archive(root: Path) -> None:
    with Archive.open(root) as archive:
        (entry,) = answer_batch(archive, ["isbn:3-16*"])
        assert (entry.articles, entry.interpreted) == (1, "tag:isbn:3-16*")


def run(root: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(pinakes, ["--archive", str(root), *words])
    return result.exit_code, result.stdout


def test_commands_ask_for_tags(root: Path) -> None:
    status, out = run(root, "search", "place:Geneva mine", "--json", "--facet", "place")
    answer = json.loads(out)
    assert status == 0
    (hit,) = answer["hits"]
    (passage,) = hit["passages"]
    tags = {(tag["type"], tag["value"]) for tag in passage["tags"]}
    assert ("place", "Geneva") in tags
    assert answer["facets"]["tag:place"][0]["value"] == "Geneva"
    spans = [tuple(each) for each in passage["snippets"][0]["highlights"]]
    (geneva,) = [tag for tag in passage["tags"] if tag["type"] == "place"]
    assert (geneva["start"], geneva["end"]) in spans
    assert run(root, "search", "place:Geneva", "--format", "csv")[0] == 0
    assert run(root, "search", "--explain-query", "isbn:3")[1] == "tag:isbn:3\n"
    assert run(root, "count", "isbn:*")[0] == 0
    assert "Genève" in run(root, "concord", "place:Geneva")[1]
    assert "Geneva" in run(root, "facets", "--facet", "place")[1]
