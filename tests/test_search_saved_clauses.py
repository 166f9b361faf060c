"""`saved:name` in a query: what the saved search of that name asks for, in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import SavedSearch
from pinakes.search import Archive, QueryError, SearchOptions
from pinakes.search.batch import answer_batch
from pinakes.search.cli.app import pinakes
from pinakes.search.query import Code, Query, children, parse, walk
from pinakes.search.query.saved_clauses import expand
from tests.answer_table import ask, make_archive, read_cases

ARCHIVE = """
= a language=en published=2014-03-04
The mine collapsed late on Monday.
= b language=en published=2015-03-04
The minister visited the old mine.
= c language=en published=2014-05-06
A quarry collapsed in the north.
"""
SAVED = {
    "mines": "mine OR quarry",
    "fallen": "saved:mines collapse",
    "2014": "date:2014",
    "without": "-minister",
    "typo": "autor:smith OR quarry",
}
CASES = """
saved:mines
  A [quarry] collapsed in the north.
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
SAVED:mines minister
  The [minister] visited the old [mine].
minister OR saved:fallen
  A [quarry] [collapsed] in the north.
  The [minister] visited the old mine.
  The [mine] [collapsed] late on Monday.
saved:fallen -quarry
  The [mine] [collapsed] late on Monday.
-saved:fallen
  The minister visited the old mine.
  ! only-negations
saved:mines saved:"2014"
  A [quarry] collapsed in the north.
  The [mine] collapsed late on Monday.
saved:mines saved:without
  A [quarry] collapsed in the north.
  The [mine] collapsed late on Monday.
(saved:mines)^=0 OR collapse
  The [mine] [collapsed] late on Monday.
  A [quarry] [collapsed] in the north.
  The minister visited the old [mine].
saved:typo
  A [quarry] collapsed in the north.
  ! unknown-field
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with make_archive(tmp_path, ARCHIVE, {}) as archive:
        for name, query in SAVED.items():
            archive.saved.save(name, query)
        yield archive


def _searches(**queries: str) -> list[SavedSearch]:
    return [
        SavedSearch(name=name, query=query, syntax=1, saved="") for name, query in queries.items()
    ]


def _codes(query: Query) -> list[str]:
    return [found.code.value for found in query.diagnostics]


def test_a_saved_search_finds_and_marks_what_its_query_does_in_parentheses(
    archive: Archive,
) -> None:
    for case in read_cases(CASES):
        assert ask(archive, case.query) == (case.found, case.codes)


def test_what_is_understood_is_printed_with_the_saved_search_in_its_place(
    archive: Archive,
) -> None:
    results = archive.search("saved:fallen -saved:2014x OR minister".replace("-saved:2014x", ""))
    assert results.interpreted == "((mine OR quarry) AND collapse) OR minister"
    assert parse("saved:fallen").interpreted == "saved:fallen"


def test_a_highlight_is_labelled_with_the_clause_of_the_saved_search(archive: Archive) -> None:
    (hit,) = archive.search("minister saved:mines")
    (snippet,) = hit.passages[0].snippets
    assert snippet.clauses == (((0, 8),), ((9, 20),))


def test_scores_of_a_saved_search_are_told_apart_by_what_is_looked_for(archive: Archive) -> None:
    results = archive.search("saved:fallen", options=SearchOptions(explain=True))
    explanation = repr(results.hits[0].explanation)
    assert "`saved:fallen`: stem(en:quarri)" in explanation
    assert "`saved:fallen`: stem(en:collaps)" in explanation


@pytest.mark.parametrize(
    ("query", "suggestion", "message"),
    [
        ("mine saved:mimes", "saved:mines", "There is no saved search `mimes`: did you mean"),
        ("mine saved:other", "", "`pinakes saved` lists them"),
    ],
)
def test_an_unknown_name_is_an_error_with_its_place_and_the_nearest_one(
    archive: Archive, query: str, suggestion: str, message: str
) -> None:
    with pytest.raises(QueryError) as raised:
        archive.search(query)
    (found,) = raised.value.diagnostics
    assert (found.code, found.start, found.end) == (Code.UNKNOWN_SAVED, 5, 16)
    assert found.suggestion == suggestion
    assert message in found.message


def test_one_that_asks_for_itself_is_an_error_that_says_by_way_of_what() -> None:
    query = expand(parse("x saved:a"), _searches(a="saved:b", b="y OR saved:a"))
    assert query.root is None
    (found,) = query.diagnostics
    assert (found.code, found.start, found.end) == (Code.SAVED_CYCLE, 2, 9)
    assert "`saved:a` > `saved:b` > `saved:a`" in found.message


def test_what_asks_for_itself_is_not_saved(archive: Archive) -> None:
    for query, code in (("saved:new", "saved-cycle"), ("saved:gone", "unknown-saved")):
        with pytest.raises(QueryError) as raised:
            archive.saved.save("new", query)
        assert [found.code.value for found in raised.value.diagnostics] == [code]
    archive.saved.save("new", "saved:mines")
    with pytest.raises(QueryError):
        archive.saved.save("mines", "saved:new", replace=True)
    assert archive.saved.get("mines").query == SAVED["mines"]


def test_findings_about_a_saved_search_are_told_at_its_clause(archive: Archive) -> None:
    (found,) = archive.search("quarry saved:typo").diagnostics
    assert (found.code, found.start, found.end) == (Code.UNKNOWN_FIELD, 7, 17)
    assert found.message.startswith("In `saved:typo`: There is no field `autor:`")
    with pytest.raises(QueryError):
        archive.search("quarry saved:typo", options=SearchOptions(strict=True))


def test_saved_searches_that_double_one_another_are_refused_in_time() -> None:
    queries = {f"s{number + 1}": f"saved:s{number} saved:s{number}" for number in range(60)}
    query = expand(parse("saved:s60"), _searches(s0="mine", **queries))
    assert _codes(query) == ["too-deep"]
    deep = {f"s{number + 1}": f"a OR (b -saved:s{number})" for number in range(500)}
    assert _codes(expand(parse("saved:s500"), _searches(s0="mine", **deep))) == ["too-deep"]
    nested = "(x OR (y " * 45
    deep = {f"s{number + 1}": f"{nested}saved:s{number}{'))' * 45}" for number in range(9)}
    assert _codes(expand(parse("saved:s9"), _searches(s0="mine", **deep))) == ["too-deep"]


def test_one_of_a_newer_pinakes_is_refused() -> None:
    (search,) = _searches(a="mine")
    query = expand(parse("saved:a"), [replace(search, syntax=99)])
    assert _codes(query) == ["unknown-saved"]
    assert "version 99" in query.diagnostics[0].message


NAMES = ("a", "b", "c", "gone")
QUERIES = st.sampled_from(
    ["mine", "saved:a x", "saved:b OR y", "-saved:c", "(saved:a saved:b)", "date:2014", "(", "c:d"]
)


@settings(max_examples=300, deadline=None)
@given(QUERIES, st.dictionaries(st.sampled_from(NAMES[:3]), QUERIES), st.booleans())
def test_what_is_expanded_holds_no_clause_of_its_kind_and_stands_in_the_query(
    text: str, saved: dict[str, str], strict: bool
) -> None:
    query = expand(parse(text, strict=strict), _searches(**saved), strict=strict)
    assert (query.root is None) == bool(query.errors)
    assert all(0 <= found.start <= found.end <= len(text) for found in query.diagnostics)
    if query.root is None:
        return
    assert "saved:" not in query.interpreted
    assert parse(query.interpreted).root == query.root
    for node in walk(query.root):
        assert 0 <= node.start < node.end <= len(text)
        assert all(node.start <= child.start <= child.end <= node.end for child in children(node))


def test_every_command_reads_saved_searches(archive: Archive) -> None:
    archive.saved.save("none", "volcano")
    root = str(archive.root)

    def run(*args: str) -> tuple[int, str]:
        done = CliRunner().invoke(pinakes, ["--archive", root, *args])
        return done.exit_code, done.output

    (entry,) = answer_batch(archive, ["saved:fallen"])
    assert (entry.articles, entry.error) == (2, "")
    (entry,) = answer_batch(archive, ["saved:fall"])
    assert "There is no saved search `fall`" in entry.error
    assert run("search", "--explain-query", "saved:fallen") == (
        0,
        "(mine OR quarry) AND collapse\n",
    )
    assert run("count", "saved:mines") == (0, "3 articles, 3 passages\n")
    assert run("facets", "saved:mines", "--facet", "year")[1].splitlines()[0] == "year"
    assert run("concord", "saved:none")[0] == 1
    assert run("concord", "saved:no")[0] == 2
    assert run("search", "saved:mine")[0] == 2
    assert "did you mean `mines`?" in run("search", "saved:mine")[1]
    assert run("save", "self", "saved:self")[0] == 2
    assert run("complete", "mine -saved:t") == (0, "mine -saved:typo\n")
    assert run("complete", "saved:")[1].splitlines() == [
        'saved:"2014"',
        *(f"saved:{name}" for name in ("fallen", "mines", "none", "typo", "without")),
    ]
    article = next(iter(archive.search("quarry"))).article.id
    assert "saved" not in run("why-not", "saved:none", article)[1]
    assert run("show", article, "--query", "saved:mines")[0] == 0


def test_a_suggestion_keeps_the_saved_search_and_has_hits(archive: Archive) -> None:
    results = archive.search("saved:fallen mondya")
    assert [(found.text, found.total) for found in results.suggestions] == [
        ("saved:fallen monday", 1)
    ]
