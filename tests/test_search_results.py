"""What comes with the hits of an `Archive`: pages, facets, suggestions, similar articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pinakes.search import Archive, By, OptionsError, Results, SearchOptions
from pinakes.search.autocomplete import Completes
from pinakes.search.options import FACETS
from tests.two_articles import MINE, write_articles

WORDS = ("ash", "birch", "cedar", "elm", "fir", "hazel", "larch")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles")


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.create(folder) as opened:
        opened.index([folder])
        yield opened


@pytest.fixture
def trees(tmp_path: Path) -> Iterator[Archive]:
    """Seven articles that all hold `tree`, and each a word of its own."""
    for number, word in enumerate(WORDS):
        text = f"The {word}\n\nA {word} is a tree. {'This tree grows. ' * number}\n"
        (tmp_path / f"{word}.txt").write_text(text, encoding="utf-8")
    with Archive.create(tmp_path) as opened:
        opened.index([tmp_path])
        yield opened


def ids(results: Results) -> list[str]:
    return [f"{hit.article.id}/{hit.passages[0].passage.number}" for hit in results]


# Pages


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("sort", ["score", "date", "-date"])
def test_pages_by_cursor_repeat_nothing_and_leave_out_nothing(
    trees: Archive, by: By, sort: str
) -> None:
    whole = trees.search("tree", options=SearchOptions(limit=100, by=by, sort=sort))
    assert whole.next == ""
    paged: list[str] = []
    after = ""
    for _ in range(100):
        page = trees.search(
            "tree", options=SearchOptions(limit=2, by=by, sort=sort, after=after, totals=False)
        )
        paged += ids(page)
        after = page.next
        if not after:
            break
    assert paged == ids(whole)


def test_a_cursor_of_another_state_of_the_archive_is_told(trees: Archive, tmp_path: Path) -> None:
    page = trees.search("tree", limit=3)
    (tmp_path / "oak.txt").write_text("The oak\n\nAn oak is a tree.\n", encoding="utf-8")
    trees.index([tmp_path])
    more = trees.search("tree", options=SearchOptions(after=page.next))
    (finding,) = more.diagnostics
    assert (finding.code, finding.severity) == ("stale-cursor", "warning")
    assert more.offset == 3
    assert trees.search("tree", limit=3).next != page.next


@pytest.mark.parametrize("options", [SearchOptions(by="passage"), SearchOptions(sort="date")])
def test_a_cursor_does_not_fit_another_order(trees: Archive, options: SearchOptions) -> None:
    after = trees.search("tree", limit=3).next
    with pytest.raises(OptionsError, match="another query"):
        trees.search("tree", options=SearchOptions(after=after, by=options.by, sort=options.sort))
    with pytest.raises(OptionsError, match="another query"):
        trees.search("trees", options=SearchOptions(after=after))


@pytest.mark.parametrize("after", ["x", "!", "W10", "WzEsMiwzLDQsNV0", "bnVsbA", "é"])
def test_what_is_no_cursor_is_refused(trees: Archive, after: str) -> None:
    with pytest.raises(OptionsError, match="first page"):
        trees.search("tree", options=SearchOptions(after=after))


def test_a_page_begins_after_another_or_at_an_offset() -> None:
    with pytest.raises(OptionsError, match="not both"):
        SearchOptions(after="x", offset=1)


# Totals and facets


def test_occurrences_are_counted_where_that_is_asked_for(archive: Archive) -> None:
    assert archive.search("families").occurrences is None
    results = archive.search("families OR mine", options=SearchOptions(occurrences=True))
    assert results.occurrences == 4
    narrow = archive.search("mine kind:title", options=SearchOptions(occurrences=True))
    assert narrow.occurrences == 1


def test_facets_tell_values_as_they_are_written_and_how_many_there_are_besides(
    tmp_path: Path,
) -> None:
    records = [
        '{"text": "A tree.", "author": "Zoé Müller", "published": "2014-03", "source": "a.org"}',
        '{"text": "Another tree.", "author": "ZOÉ MÜLLER; Ann Roe", "published": "2014"}',
        '{"text": "No leaf.", "author": "Bob Poe", "published": "1999-12-31"}',
    ]
    (tmp_path / "records.jsonl").write_text("\n".join(records), encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path])
        options = SearchOptions(facets=("author", "year", "source", "kind"), facet_values=1)
        author, year, source, kind = archive.search("tree", options=options).facets
    assert author.field == "author"
    assert author.values[0].value == "Zoé Müller"
    assert [(v.value, v.count) for v in year.values] == [("2014", 2)]
    assert year.further == 0
    assert [(v.value, v.count) for v in source.values] == [("a.org", 1)]
    assert [(v.value, v.count) for v in kind.values] == [("paragraph", 2)]


def test_facets_need_no_hits_and_follow_the_archive(trees: Archive, tmp_path: Path) -> None:
    options = SearchOptions(facets=("tag:kind", "language"), limit=0)
    before = trees.search("*", options=options).facets
    trees.remove(str(tmp_path / "ash.txt"))
    after = trees.search("*", options=options).facets
    assert sum(value.count for value in before[1].values) == 7
    assert sum(value.count for value in after[1].values) == 6
    assert {value.value for value in after[0].values} == {"paragraph", "title"}


# What may have been meant


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("minne", "mine"),
        ("shfat rescued", "shaft rescued"),
        ('"rihgt to return"', '"right to return"'),
        ('"right too return"', '"right to return"'),
        ("colapse -nobody title:minne", "collapse -nobody title:mine"),
        ("humanitaran", "humanitarian"),
        ("kind:title (mnie OR colapse)", "kind:title (mine OR collapse)"),
    ],
)
def test_a_query_without_hits_suggests_one_that_has_some(
    archive: Archive, query: str, meant: str
) -> None:
    results = archive.search(query)
    assert not results.hits
    assert results.suggestions[0].text == meant
    for suggestion in results.suggestions:
        assert archive.search(suggestion.text).articles == suggestion.total > 0


@pytest.mark.parametrize("query", ["shaft OR {}", "agreed NEAR/3 (mechanisms OR {})"])
def test_a_word_that_is_nowhere_is_put_right_beside_others_with_hits(
    archive: Archive, query: str
) -> None:
    results = archive.search(query.format("delegats"))
    assert results.articles == 1
    assert [s.text for s in results.suggestions] == [query.format("delegates")]


@pytest.mark.parametrize(
    "query", ["zzzzzzzz", "shaft zzzzzzzz", "-mine", "id:nothing", "minne date:1999", "xy"]
)
def test_nothing_is_suggested_that_finds_nothing(archive: Archive, query: str) -> None:
    assert archive.search(query).suggestions == ()


def test_that_nothing_is_new_is_no_reason_for_hints(archive: Archive) -> None:
    results = archive.search("mine", options=SearchOptions(since=99))
    assert (results.articles, results.suggestions, results.diagnostics) == (0, (), ())


def test_whoever_wants_no_hints_gets_none(archive: Archive) -> None:
    results = archive.search("minne", options=SearchOptions(hints=False))
    assert (results.suggestions, results.funnel, results.diagnostics) == ((), (), ())


# How a query may go on


def completions(archive: Archive, text: str, limit: int = 10) -> list[str]:
    return [each.text for each in archive.complete(text, limit=limit)]


def test_words_go_on_by_what_a_search_for_them_finds(archive: Archive) -> None:
    first, *_ = archive.complete("rescued fam")
    assert (first.text, first.kind) == ("rescued families", Completes.WORD)
    assert first.count == archive.search("families").passages == 2
    assert completions(archive, "(FAMI") == ["(families"]
    assert completions(archive, "-collap") == ["-collapse"]
    assert completions(archive, "zzz") == []


def test_fields_and_their_values_go_on_too(archive: Archive) -> None:
    assert completions(archive, "mine sour")[0] == "mine source:"
    assert completions(archive, "kind:t") == ["kind:title"]
    assert completions(archive, "lang:") == ["lang:en"]
    assert completions(archive, "tag:ki") == ["tag:kind"]
    assert completions(archive, "tag:kind:par") == ["tag:kind:paragraph"]
    assert completions(archive, "#la") == ["tag:lang"]
    assert completions(archive, "colour:") == []


def test_values_are_completed_in_quotes_where_they_need_some(tmp_path: Path) -> None:
    record = '{"text": "A tree.", "author": "Jane Doe"}'
    (tmp_path / "records.jsonl").write_text(record, encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path])
        assert completions(archive, "author:ja") == ['author:"Jane Doe"']
        assert archive.search('author:"Jane Doe"').articles == 1


def test_the_most_frequent_come_first_and_no_more_than_asked_for(trees: Archive) -> None:
    assert completions(trees, "t", limit=5)[-2:] == ["the", "tree"]
    assert len(completions(trees, "", limit=3)) <= 3


# Similar articles


def test_similar_articles_share_words_and_leave_out_the_article_itself(tmp_path: Path) -> None:
    texts = {
        "one": "The mine collapsed and miners were trapped below.",
        "two": "Miners trapped in a collapsed mine were rescued.",
        "three": "Delegates discussed fisheries in the harbour.",
        "four": "Fisheries and harbour fees were discussed by delegates.",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path])
        of = {
            article.paths[0]: article.id for article in (hit.article for hit in archive.search("*"))
        }
        results = archive.similar(of["one.txt"])
        assert results.hits[0].article.paths[0] == "two.txt"
        assert of["one.txt"] not in [hit.article.id for hit in results]
        assert "mine" in results.query
        assert archive.similar(of["three.txt"], limit=1).hits[0].article.paths[0] == "four.txt"


def test_similar_finds_articles_whatever_language_each_is_taken_for(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "text": "Mines collapsed.", "language": "und"},
        {"id": "b", "text": "The mine has collapsed, says the minister.", "language": "en"},
        {"id": "c", "text": "Nothing else.\n\nThe miners slept.", "language": "en"},
    ]
    rows = "\n".join(map(json.dumps, lines))
    (tmp_path / "r.jsonl").write_text(rows, encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path])
        of = {hit.article.record: hit.article.id for hit in archive.search("*")}
        for one, other in (("a", "b"), ("b", "a")):
            assert archive.similar(of[one]).hits[0].article.record == other


def test_similar_to_a_passage_looks_at_its_words_alone(tmp_path: Path) -> None:
    parts = ["The mine collapsed at noon today. " * 5, "Fisheries in the harbour pay fees. " * 5]
    (tmp_path / "both.txt").write_text("\n\n".join(parts), encoding="utf-8")
    for number, part in enumerate(parts):
        (tmp_path / f"{number}.txt").write_text(part, encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path])
        of = {hit.article.paths[0]: hit.article.id for hit in archive.search("*")}
        for number in range(2):
            found = archive.similar(of["both.txt"], passage_number=number)
            assert found.hits[0].article.paths[0] == f"{number}.txt"
            assert ("fees" in found.query) is (number == 1)
        with pytest.raises(OptionsError, match="has no passage 7; its last is 1"):
            archive.similar(of["both.txt"], passage_number=7)


def test_a_phrase_that_is_suggested_stands_somewhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The shaft collapse was near the mine.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("A quarry of salt, a mine road.", encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path])
        assert archive.search('"mine colapse" OR quarry').suggestions == ()
        (found,) = archive.search('"shaft colapse" OR quarry').suggestions
        assert (found.text, found.total) == ('"shaft collapse" OR quarry', 2)
        assert archive.search("mine-colapse OR quarry").suggestions == ()


def test_an_article_without_words_of_others_is_like_none(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Quartz.", encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path])
        only = archive.search("quartz").hits[0].article.id
        assert archive.similar(only).articles == 0


# Marked articles


def test_an_article_is_marked_as_its_hit_is_and_everywhere(archive: Archive) -> None:
    hit = archive.search("humanitarian families").hits[0]
    marked = archive.mark("humanitarian families", hit.article.id)
    assert marked.holds
    for found in hit.passages:
        spans = marked.highlights[found.passage.number]
        assert set(found.snippets[0].highlights) <= set(spans)
    assert marked.near(0) == tuple(marked.highlights)
    assert marked.near(9) == tuple(range(len(marked.article.passages)))


def test_an_article_that_does_not_satisfy_a_query_is_not_marked(archive: Archive) -> None:
    mine = archive.search("shaft").hits[0].article
    assert mine.text.startswith(MINE[:10])
    marked = archive.mark("shaft delegates", mine.id)
    assert not marked.holds
    assert marked.highlights == {}


def test_an_empty_archive_has_nothing_to_tell(tmp_path: Path) -> None:
    with Archive.create(tmp_path) as archive:
        options = SearchOptions(facets=FACETS, occurrences=True, explain=True)
        results = archive.search("mine OR tree", options=options)
        assert [(facet.values, facet.further) for facet in results.facets] == [((), 0)] * len(
            FACETS
        )
        assert (results.occurrences, results.suggestions, results.next) == (0, (), "")
        assert completions(archive, "mi") == []
        assert completions(archive, "kind:") == []
