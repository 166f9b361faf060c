"""Flat queries get by bounds what any query gets by looking at everything."""

from __future__ import annotations

import importlib
import random
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus import Article, Kind, Passage
from pinakes.indexer import Segment, Snapshot, build_segment, snapshot_of
from pinakes.indexer.segments import posting_codes
from pinakes.indexer.segments.deletions import deletions_of
from pinakes.search.evaluation import evaluate
from pinakes.search.evaluation.first_hits import article_list, clause_list, flat_ranking
from pinakes.search.evaluation.first_hits.ranked_articles import RankedArticles
from pinakes.search.evaluation.first_hits.ranked_passages import RankedPassages
from pinakes.search.evaluation.first_hits.score_bounds import ROUNDING
from pinakes.search.evaluation.first_hits.snapshot_lists import SnapshotLists
from pinakes.search.evaluation.plan import make_plan
from pinakes.search.evaluation.ranking import Ranking
from pinakes.search.evaluation.texts.held import merge
from pinakes.search.options import By, Scope, SearchOptions
from pinakes.search.query import Node, parse

# Every third has another stem in English than where no language is known.
WORDS = [f"wa{number}ings" if number % 3 == 1 else f"w{number}" for number in range(120)]
WEIGHTS = [1 / (1 + number) for number in range(120)]
ARTICLES = 240
CUTS = (0, 150, 151, 230, ARTICLES)


def _article(key: int, luck: random.Random) -> Article:
    passages: list[Passage] = []
    at = 0
    for number in range(luck.choice([0, 1, 3, 9])):
        # Some words come back often enough for a count that no code holds.
        favourite = luck.choices(WORDS, WEIGHTS) * luck.choice([0, 0, 9, 20])
        text = " ".join(luck.choices(WORDS, WEIGHTS, k=luck.choice([1, 8, 30, 70])) + favourite)
        kind = luck.choice([Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH])
        passages.append(
            Passage(number=number, kind=kind, section=(), start=at, end=at + len(text), text=text)
        )
        at += len(text) + 2
    return Article(
        id=f"{key:08x}", key=key, title="", text="\n\n".join(p.text for p in passages), authors=(),
        source="", url="", published="", language=luck.choice(["en", "und"]), paths=(), record="",
        sha256="", text_sha256="", metadata=(), passages=tuple(passages),
    )  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Four segments of very different sizes, some of whose articles are deleted."""
    folder = tmp_path_factory.mktemp("index")
    luck = random.Random(20)  # noqa: S311
    articles = [_article(key, luck) for key in range(1, ARTICLES + 1)]
    segments = []
    for number, (first, last) in enumerate(pairwise(CUTS)):
        path = folder / f"MAIN_{number}.seg"
        segment = build_segment(articles[first:last], path)
        live = np.array([luck.random() > 0.1 * number for _ in range(last - first)])
        segments.append(segment if live.all() else Segment(path, deletions_of(live)))
    return snapshot_of(*segments)


def _questions() -> Iterator[tuple[Node, SearchOptions]]:
    luck = random.Random(21)  # noqa: S311
    for number in range(240):
        words = luck.choices(WORDS, WEIGHTS if number % 2 else None, k=luck.choice([1, 2, 3, 5]))
        if number % 7 == 0:
            words[0] = f'"{words[0]} {words[-1]}"'
        root = parse((" OR " if number % 3 else " ").join(words)).root
        assert root is not None
        scope, by = luck.choice([(Scope.ARTICLE, By.ARTICLE), (Scope.PASSAGE, By.PASSAGE)])
        yield (
            root,
            SearchOptions(
                scope=scope, by=by, limit=luck.choice([1, 10, 40]), offset=luck.choice([0, 0, 5])
            ),
        )


def _rounded(ranking: Ranking) -> list[tuple[object, ...]]:
    return [
        (hit.key, round(hit.score, 9), [(p.number, p.kind, p.clauses) for p in hit.passages])
        for hit in ranking.hits
    ]


@pytest.mark.parametrize(("at_once", "threshold"), [(0, 0), (500, 4), (500, 1 << 30)])
def test_hits_scores_proofs_and_totals_are_those_of_the_exhaustive_way(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, at_once: int, threshold: int
) -> None:
    for name in ("_LOOKED_UP", "_DENSE"):
        monkeypatch.setattr(flat_ranking, name, threshold)
    monkeypatch.setattr(RankedPassages, "scored_at_once", at_once)
    monkeypatch.setattr(RankedArticles, "scored_at_once", at_once)
    monkeypatch.setattr(posting_codes, "_FEW", at_once)
    questions = list(_questions())
    quick = [evaluate(root, snapshot, options) for root, options in questions]
    module = importlib.import_module("pinakes.search.evaluation.evaluate")
    monkeypatch.setattr(module, "flatten", lambda plan, options: None)
    for (root, options), found in zip(questions, quick, strict=True):
        whole = evaluate(root, snapshot, options)
        assert (found.articles, found.passages) == (whole.articles, whole.passages)
        assert _rounded(found) == _rounded(whole)
        for one, other in zip(found.found.matches(), whole.found.matches(), strict=True):
            assert one.tolist() == other.tolist()


@given(
    st.lists(
        st.sets(st.integers(0, 50)).map(lambda numbers: np.array(sorted(numbers), np.uint32)),
        min_size=1,
        max_size=4,
    )
)
def test_lists_merged_hold_what_any_of_them_holds_once(parts: list[np.ndarray]) -> None:
    assert merge(parts).tolist() == sorted({number for part in parts for number in part.tolist()})


def test_no_unit_beyond_the_champions_of_a_list_has_a_higher_bound(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (clause_list, article_list):
        monkeypatch.setattr(module, "_CHAMPIONS", 3)
    lists = SnapshotLists(snapshot)
    for word in WORDS[:40]:
        (clause,) = make_plan(parse(word).root, languages=snapshot.languages).clauses
        passages = lists.passages(clause)
        articles = lists.articles(clause, passages)
        bounds = passages.bounds(lists.lengths.upper)
        for units, bounds_of_units, (champions, others) in (
            (passages.passages, bounds, passages.champions),
            (articles.articles, articles.marks * articles.step, articles.champions),
        ):
            beyond = bounds_of_units[~np.isin(units, champions)]
            assert len(beyond) == max(0, len(units) - 3)
            assert beyond.max(initial=0.0) <= others


@pytest.mark.parametrize("by", ["passages", "articles"])
def test_no_bound_is_below_the_score_it_bounds(snapshot: Snapshot, by: str) -> None:
    lists = SnapshotLists(snapshot)
    for word in WORDS[:40]:
        (clause,) = make_plan(parse(word).root, languages=snapshot.languages).clauses
        found = lists.passages(clause)
        ranked: RankedPassages | RankedArticles = RankedPassages(found, 1.0, lists.lengths)
        if by == "articles":
            articles = lists.articles(clause, found)
            ranked = RankedArticles(articles, ranked, lists.lengths, lists.frame)
        bounds = ranked.bounds()
        assert len(bounds)
        assert (bounds >= ranked.scores()).all()
        assert (bounds <= ranked.most * (1 + ROUNDING)).all()


def test_without_totals_the_hits_are_the_same(snapshot: Snapshot) -> None:
    for root, options in list(_questions())[:20]:
        counted = evaluate(root, snapshot, options)
        bare = SearchOptions(
            scope=options.scope, by=options.by, limit=options.limit, offset=options.offset,
            totals=False,
        )  # fmt: skip
        found = evaluate(root, snapshot, bare)
        assert (found.articles, found.passages) == (None, None)
        assert list(found.hits) == list(counted.hits)


@pytest.mark.parametrize("joint", [" ", " OR "])
def test_words_that_are_named_again_and_again_lose_no_hit(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, joint: str
) -> None:
    monkeypatch.setattr(RankedArticles, "scored_at_once", 0)
    root = parse(joint.join(["w0"] * 2000)).root
    assert len(evaluate(root, snapshot, SearchOptions(limit=5)).hits) == 5


def test_a_hit_and_its_passage_have_one_score_however_many_words_ask(snapshot: Snapshot) -> None:
    root = parse(" OR ".join(WORDS[:40])).root
    options = SearchOptions(scope=Scope.PASSAGE, by=By.PASSAGE)
    for hit in evaluate(root, snapshot, options).hits:
        assert hit.score == hit.passages[0].score
