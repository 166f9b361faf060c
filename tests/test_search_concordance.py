"""Concordances: every highlight of the archive, with its context, in each order."""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus import Store
from pinakes.indexer import Snapshot, words
from pinakes.search import (
    Archive,
    ConcordOptions,
    ConcordSort,
    Context,
    Occurrence,
    OptionsError,
    QueryError,
    Scope,
    SearchOptions,
    Unit,
    parse,
    windows,
)
from pinakes.search.concordance import _surroundings
from pinakes.search.evaluation import evaluate
from pinakes.search.highlight import match_spans
from tests.two_articles import write_articles
from tests.wide_articles import make_archive

QUERIES = (
    "mine", "mine OR minister", '"the mine" OR mine', "workers -second", "kind:paragraph mine",
    "title:mine", "minister said", "mine AND (gave OR closed)", "انهار", "source:herald.example",
    '"way the" OR gave',
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    return make_archive(tmp_path_factory.mktemp("wide"))


@pytest.fixture(scope="module")
def archive(root):
    with Archive.open(root) as opened:
        yield opened


def spans(occurrences: list[Occurrence]) -> list[tuple[str, int, int]]:
    return [(one.article_id, one.start, one.end) for one in occurrences]


def highlights(root: Path, query: str, scope: Scope) -> list[tuple[str, int, int]]:
    """Every highlight of every passage that proves an article, in the order of the archive."""
    state = root / ".pinakes"
    options = SearchOptions(limit=1000, scope=scope)
    found = []
    with Snapshot.open(state / "index") as snapshot, Store.open(state / "store.sqlite") as store:
        ranking = evaluate(parse(query).root, snapshot, options)
        for hit in sorted(ranking.hits, key=lambda hit: hit.key):
            article = store.articles([hit.key])[hit.key]
            for ranked in sorted(hit.passages, key=lambda each: each.number):
                proof = [ranking.clauses[number] for number in ranked.clauses]
                passage = article.passages[ranked.number]
                marked = match_spans(passage, proof, language=article.language)
                found += [(article.id, *span) for span in marked]
    return found


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("query", QUERIES)
def test_occurrences_are_the_highlights_all_of_them(root, archive, query, scope):
    found = list(archive.concord(query, options=ConcordOptions(scope=scope)))
    assert spans(found) == highlights(root, query, scope)


def test_texts_are_slices_of_the_article_and_passages_hold_them(archive):
    for one in archive.concord("mine OR اللوزير OR الوزير OR minister"):
        article = archive.article(one.article_id)
        passage = article.passages[one.passage_number]
        assert passage.start <= one.start < one.end <= passage.end
        assert one.match == article.text[one.start : one.end]
        assert article.text[: one.start].endswith(one.left)
        assert article.text[one.end :].startswith(one.right)
        assert (one.title, one.source, one.published) == (
            article.title, article.source, article.published,
        )  # fmt: skip
        assert one.id == f"{article.id}#{passage.number}"


def test_each_occurrence_names_the_clauses_that_stand_there(archive):
    query = '"the minister" OR minister OR second'
    labels = {
        (one.match.lower(), tuple((c.number, c.text) for c in one.clauses))
        for one in archive.concord(query)
    }
    assert labels == {
        ("the minister", ((0, '"the minister"'), (1, "minister"))),
        ("second", ((2, "second"),)),
    }


def test_matches_that_touch_are_labelled_each_with_its_own(archive):
    found = list(archive.concord("崩 OR 落"))
    assert [(one.match, [c.text for c in one.clauses]) for one in found] == [
        ("崩", ["崩"]), ("落", ["落"]), ("崩", ["崩"]), ("落", ["落"]),
    ]  # fmt: skip
    assert found[0].end == found[1].start


def keys(archive: Archive, sort: ConcordSort) -> list[Occurrence]:
    return list(archive.concord("mine", options=ConcordOptions(sort=sort)))


def folded(text: str) -> list[str]:
    return [word for _, _, word in words(text)]


def test_every_order_has_the_same_occurrences_in_its_own_order(archive):
    by_article = keys(archive, ConcordSort.ARTICLE)
    for sort in ConcordSort:
        assert sorted(spans(keys(archive, sort))) == sorted(spans(by_article))
    left = [folded(one.left)[::-1] for one in keys(archive, ConcordSort.LEFT)]
    assert left == sorted(left)
    right = [folded(one.right) for one in keys(archive, ConcordSort.RIGHT)]
    assert right == sorted(right)
    days = [one.published for one in keys(archive, ConcordSort.DATE)]
    # A year stands at its first day; what has no date is last in both orders.
    assert days == [*["2013-12-31"] * 30, *["2014"] * 2, "2014-03", *["2014-03-04"] * 4, "", "", ""]
    newest = [one.published for one in keys(archive, ConcordSort.NEWEST)]
    assert [day for day, _ in itertools.groupby(newest)] == [
        "2014-03-04", "2014-03", "2014", "2013-12-31", "",
    ]  # fmt: skip


@pytest.mark.parametrize("sort", ConcordSort)
def test_windows_change_nothing(archive, sort, monkeypatch):
    whole = keys(archive, sort)
    monkeypatch.setattr(windows, "_MIN_ARTICLES", 1)
    monkeypatch.setattr(windows, "_TEXTS", 1)
    assert keys(archive, sort) == whole


def test_an_order_by_article_reads_no_more_than_is_taken(archive, monkeypatch):
    monkeypatch.setattr(windows, "_MIN_ARTICLES", 1)
    monkeypatch.setattr(windows, "_TEXTS", 1)
    read = []
    articles = Store.articles
    monkeypatch.setattr(
        Store, "articles", lambda self, some: read.extend(some) or articles(self, some)
    )
    occurrences = archive.concord("mine")
    next(occurrences)
    assert len(read) == 1
    occurrences.close()


def test_a_concordance_is_of_one_state_whatever_is_written_meanwhile(tmp_path, monkeypatch):
    monkeypatch.setattr(windows, "_MIN_ARTICLES", 1)
    monkeypatch.setattr(windows, "_TEXTS", 1)
    folder = write_articles(tmp_path / "articles")
    with Archive.create(tmp_path) as archive:
        archive.index([folder])
        whole = spans(list(archive.concord("families OR mine")))
        occurrences = archive.concord("families OR mine")
        first = next(occurrences)
        with Archive.open(tmp_path) as other:
            other.remove([str(folder / "talks.txt"), str(folder / "mine.txt")])
        assert spans([first, *occurrences]) == whole
        assert list(archive.concord("families OR mine")) == []


def test_a_query_that_cannot_be_answered_is_refused_at_once(archive):
    with pytest.raises(QueryError):
        archive.concord("date:nonsense")


@pytest.mark.parametrize(
    ("text", "context"),
    [("40", Context()), ("0", Context(count=0)), ("8w", Context(count=8, unit=Unit.WORDS))],
)
def test_a_context_is_characters_or_words(text, context):
    assert Context.parse(text) == context


@pytest.mark.parametrize("text", ["", "w", "-1", "4x", "8 w", "٤", "9999999"])
def test_another_context_is_refused(text):
    with pytest.raises(OptionsError):
        Context.parse(text)
    with pytest.raises(OptionsError):
        Context(count=-1)


TEXTS = st.text(st.sampled_from("ab é\u0301 鉱山ن\U0001f468\u200d.\n'"), max_size=40)


@given(TEXTS, TEXTS, TEXTS, st.integers(0, 20))
def test_context_is_as_long_as_asked_and_cuts_no_character(left, match, right, count):
    text, span = left + match + right, (len(left), len(left + match))
    first, last = _surroundings(text, span, Context(count=count))
    assert span[0] - first <= count
    assert last - span[1] <= count
    if 0 < first < span[0]:
        assert unicodedata.category(text[first])[0] != "M"
    if span[1] < last < len(text):
        assert unicodedata.category(text[last])[0] != "M"


@given(TEXTS, TEXTS, st.integers(0, 6))
def test_context_has_as_many_words_as_asked_if_there_are(left, right, count):
    text, span = f"{left} x {right}", (len(left) + 1, len(left) + 2)
    first, last = _surroundings(text, span, Context(count=count, unit=Unit.WORDS))
    assert len(words(text[first : span[0]])) == min(count, len(words(left)))
    assert len(words(text[span[1] : last])) == min(count, len(words(right)))
    if count > len(words(left)):
        assert first == 0


def test_a_context_of_words_reaches_as_far_as_need_be():
    text = "one " + "." * 5000 + " two x " + "." * 5000 + " three four"
    at = text.index("x")
    first, last = _surroundings(text, (at, at + 1), Context(count=2, unit=Unit.WORDS))
    assert (first, last) == (0, len(text))
