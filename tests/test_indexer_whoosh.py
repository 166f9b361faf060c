"""Stock Whoosh queries, through stock matchers, find on our segments what brute force finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import Article, Kind, Passage
from pinakes.indexer import PassageIndex, words
from pinakes.indexer.changes import add_articles, delete_articles
from pinakes.indexer.index_writer import publish
from pinakes.indexer.whoosh_index.adapter import FileIndex
from pinakes.indexer.whoosh_index.life_cycle import ArchiveIndex

WORDS = ("mine", "mines", "mined", "collapse", "café", "the")
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=3)


def make_article(key: int, texts: list[str]) -> Article:
    passages = tuple(
        Passage(
            number=number,
            kind=Kind.PARAGRAPH if number else Kind.TITLE,
            section=(),
            start=0,
            end=len(text),
            text=text,
        )
        for number, text in enumerate(texts)
    )
    return Article(
        id=f"{key:08x}",
        key=key,
        title="",
        text="",
        authors=("Jane Doé",),
        source="example.org",
        url="",
        published="2014",
        language="en",
        paths=(f"a/{key}.html",),
        record="",
        sha256="",
        text_sha256="",
        metadata=(),
        passages=passages,
    )


def fill(folder: Path, batches: list[list[list[str]]], deleted: set[int]) -> list[Article]:
    """Commit each batch as a segment, then the deletions; return the living articles."""
    index = PassageIndex.create(folder)
    entries, articles = [], []
    for batch in batches:
        made = [make_article(len(articles) + n + 1, texts) for n, texts in enumerate(batch)]
        entries += add_articles(folder, made)
        articles += made
    entries = delete_articles(folder, entries, sorted(deleted))
    publish(index.path, entries, generation=1, token="x")  # noqa: S106
    return [article for article in articles if article.key not in deleted]


def edits(a: str, b: str) -> int:
    """Levenshtein's distance, by the textbook."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def holds_phrase(found: list[str], phrase: list[str]) -> bool:
    return any(found[i : i + len(phrase)] == phrase for i in range(len(found)))


TERM = st.sampled_from(["mine", "mines", "cafe", "the", "absent"])


@st.composite
def queries(draw: st.DrawFn) -> tuple[Any, Callable[[list[str]], bool]]:
    """A Whoosh query, and whether a passage of these words satisfies it."""
    from whoosh import query

    a, b = draw(TERM), draw(TERM)
    both = [query.Term("word", a), query.Term("word", b)]
    return draw(
        st.sampled_from(
            [
                (query.Term("word", a), lambda w: a in w),
                (query.And(both), lambda w: a in w and b in w),
                (query.Or(both), lambda w: a in w or b in w),
                (
                    query.Or([*both, query.Term("word", "collapse")]),
                    lambda w: a in w or b in w or "collapse" in w,
                ),
                # Not AndNot: with any codec Whoosh's matcher for it lets its first passage through
                # unchecked when the left word begins later than the right one.
                (query.And([both[0], query.Not(both[1])]), lambda w: a in w and b not in w),
                (query.Phrase("word", [a, b]), lambda w: holds_phrase(w, [a, b])),
                (query.Prefix("word", a[:3]), lambda w: any(x.startswith(a[:3]) for x in w)),
                (
                    query.FuzzyTerm("word", a, maxdist=1, prefixlength=0),
                    lambda w: any(edits(a, x) <= 1 for x in w),
                ),
                (query.Every(), lambda w: True),
                (query.Every("word"), bool),
                (query.And([query.Term("kind", "title"), both[0]]), None),
                (
                    query.Wildcard("word", "m*e"),
                    lambda w: any(x.startswith("m") and x.endswith("e") for x in w),
                ),
            ]
        ).map(lambda pair: pair if pair[1] else (both[0], lambda w: a in w))
    )


@settings(deadline=None, max_examples=120)
@given(
    st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=4),
    st.sets(st.integers(1, 16), max_size=4),
    st.lists(queries(), min_size=1, max_size=4),
)
def test_stock_queries_find_the_same_passages_as_brute_force(
    batches: list[Any], deleted: set[int], asked: list[Any]
) -> None:
    with TemporaryDirectory() as name:
        living = fill(Path(name), batches, deleted)
        with ArchiveIndex(Path(name)).searcher() as searcher:
            for query, is_met in asked:
                expected = [
                    (article.key, passage.number)
                    for article in living
                    for passage in article.passages
                    if is_met([folded for _, _, folded in words(passage.text)])
                ]
                hits = searcher.search(query, limit=None)
                assert sorted((hit["key"], hit["number"]) for hit in hits) == expected


@pytest.fixture
def index(tmp_path: Path) -> PassageIndex:
    batches = [[["the mine", "mine mine collapse"], ["café"]], [["mines", "the the mine"]]]
    fill(tmp_path / "index", batches, deleted=set())
    return PassageIndex.open(tmp_path / "index")


def test_filters_zones_and_values_are_fields_like_others(index: PassageIndex) -> None:
    from whoosh import query

    def keys(field: str, term: str) -> list[tuple[int, int]]:
        hits = searcher.search(query.Term(field, term), limit=None)
        return sorted((hit["key"], hit["number"]) for hit in hits)

    with index.whoosh().searcher() as searcher:
        assert keys("kind", "title") == [(1, 0), (2, 0), (3, 0)]
        assert keys("path", "a/") == [(1, 0), (1, 1), (2, 0), (3, 0), (3, 1)]
        assert keys("id", "00000002") == [(2, 0)]
        assert keys("author", "doe") == keys("source", "example.org") == keys("lang", "en")
        assert keys("stem", "mine") == [(1, 0), (1, 1), (3, 0), (3, 1)]


def test_scores_are_those_of_whooshs_own_codec(index: PassageIndex, tmp_path: Path) -> None:
    from whoosh import fields, query
    from whoosh.index import create_in

    (tmp_path / "stock").mkdir()
    schema = fields.Schema(
        key=fields.STORED,
        number=fields.STORED,
        word=fields.TEXT(analyzer=index.whoosh().schema["word"].analyzer),
    )
    stock = create_in(tmp_path / "stock", schema)
    writer = stock.writer()
    for key, texts in enumerate(
        [["the mine", "mine mine collapse"], ["café"], ["mines", "the the mine"]], 1
    ):
        for number, text in enumerate(texts):
            writer.add_document(key=key, number=number, word=text)
    writer.commit()
    for asked in (
        query.Term("word", "mine"),
        query.Or([query.Term("word", "mine"), query.Term("word", "the")]),
    ):
        scores = []
        for each in (stock, index.whoosh()):
            with each.searcher() as searcher:
                hits = searcher.search(asked, limit=None)
                scores.append({(h["key"], h["number"]): pytest.approx(h.score) for h in hits})
        assert scores[0] == scores[1]


def test_whooshs_writer_deletes_whole_articles_and_optimizes(index: PassageIndex) -> None:
    from whoosh import query

    writer = index.whoosh().writer()
    assert writer.delete_by_term("word", "collapse") == 1
    writer.commit(merge=False)
    snapshot = index.snapshot()
    assert (snapshot.live_articles, len(snapshot.segments)) == (2, 2)
    index.whoosh().optimize()
    snapshot = index.snapshot()
    assert (snapshot.live_articles, len(snapshot.segments)) == (2, 1)
    with index.whoosh().searcher() as searcher:
        assert len(searcher.search(query.Every(), limit=None)) == 3


def test_whooshs_writer_adds_nothing_of_its_own(index: PassageIndex) -> None:
    writer = index.whoosh().writer()
    with pytest.raises(NotImplementedError, match="store"):
        writer.add_document(word="lost")
    writer.cancel()
    assert index.snapshot().live_articles == 3


def test_whoosh_finds_the_index_by_its_own_life_cycle(index: PassageIndex) -> None:
    whoosh_index = index.whoosh()
    assert isinstance(whoosh_index, FileIndex)
    before = whoosh_index.latest_generation()
    whoosh_index.writer().commit()
    assert whoosh_index.latest_generation() == before + 1
    assert whoosh_index.doc_count() == 5
    assert not whoosh_index.is_empty()
