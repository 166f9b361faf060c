"""Of copies the earliest stands for all: in rankings, in answers, on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import ArticleColumns, Kind
from pinakes.indexer import Snapshot, build_segment, snapshot_of
from pinakes.indexer.segments.deletions import deletions_of
from pinakes.search import Archive, By, Scope, SearchOptions, Sort
from pinakes.search.cli.app import pinakes
from pinakes.search.evaluation import RankedArticle, evaluate
from pinakes.search.query import parse
from pinakes.search.reporting import Outcome
from tests.copied_texts import make_block, make_text

DAYS = ("", "2014", "2014-03-04", "2015-01-01")
QUERIES = ("mine", "mine OR crew", "mine crew", "mine date:2014", "*", "mine -crew", "title:mine")


def make_columns(key: int, cluster: int, day: str, texts: Sequence[str]) -> ArticleColumns:
    text = "\n".join(texts)
    ends = np.cumsum([len(each) + 1 for each in texts]) - 1
    return ArticleColumns(
        key=key,
        id=f"{key:08x}",
        cluster=cluster,
        paths=(f"{key}.txt",),
        authors=(),
        source="",
        url="",
        published=day,
        saved="",
        language="en",
        text=text.encode(),
        starts=[int(end) - len(each) for end, each in zip(ends, texts, strict=True)],
        ends=ends.tolist(),
        kinds=bytes([tuple(Kind).index(Kind.PARAGRAPH)]) * len(texts),
        sections=[()],
        section_of=[0] * len(texts),
        tag_lists=[()],
        tag_list_of=[0] * len(texts),
    )


ARTICLES = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(DAYS),
        st.lists(st.sampled_from(["mine", "crew", "mine crew mine", "salt"]), max_size=3),
        st.booleans(),
    ),
    min_size=1,
    max_size=9,
)


def open_segments(folder: Path, articles: list[ArticleColumns], dead: set[int]) -> Snapshot:
    half = len(articles) // 2
    segments = []
    for number, part in enumerate((articles[:half], articles[half:])):
        if part:
            segment = build_segment(part, folder / f"MAIN_{number}.seg")
            live = np.array([article.key not in dead for article in part])
            segments.append(segment.with_deletions(deletions_of(live)) if dead else segment)
    return snapshot_of(*segments)


@settings(max_examples=60, deadline=None)
@given(
    ARTICLES,
    st.sampled_from(QUERIES),
    st.sampled_from(tuple(By)),
    st.sampled_from(tuple(Scope)),
    st.sampled_from(tuple(Sort)),
    st.integers(0, 2),
    st.integers(0, 4),
)
def test_collapsing_leaves_of_all_hits_those_of_the_earliest_copies(
    drawn: list[tuple[int, str, list[str], bool]],
    query: str,
    by: By,
    scope: Scope,
    sort: Sort,
    offset: int,
    limit: int,
) -> None:
    with TemporaryDirectory() as folder:
        articles = [
            make_columns(key, cluster, day, texts)
            for key, (cluster, day, texts, _) in enumerate(drawn, start=1)
        ]
        dead = {key for key, (*_, is_dead) in enumerate(drawn, start=1) if is_dead}
        snapshot = open_segments(Path(folder), articles, dead)
        asked = {"by": by, "scope": scope, "sort": sort}
        root = parse(query).root
        everything = SearchOptions(**asked, limit=1000, collapse=False)
        whole = evaluate(root, snapshot, everything)
        page = SearchOptions(**asked, limit=limit, offset=offset)
        found = evaluate(root, snapshot, page)
        by_key = {article.key: article for article in articles}
        satisfying = {hit.key for hit in whole.hits}

        def stands_for(key: int) -> list[int]:
            return [other for other in satisfying if by_key[other].cluster == by_key[key].cluster]

        def first(key: int) -> int:
            dates = {"": "9"}
            return min(
                stands_for(key),
                key=lambda other: (
                    dates.get(by_key[other].published, f"{by_key[other].published}-01-01"[:10]),
                    other,
                ),
            )

        shown: list[RankedArticle] = [hit for hit in whole.hits if first(hit.key) == hit.key]
        assert list(found.hits) == shown[offset : offset + limit]
        assert (found.articles, found.passages) == (whole.articles, whole.passages)
        if found.collapsed:
            assert found.collapsed.articles == len({hit.key for hit in shown})
            counts = sorted(found.collapsed.counts.tolist())
            groups = {first(key): len(stands_for(key)) for key in satisfying}
            assert counts == sorted(count for count in groups.values() if count > 1)
            if by is By.PASSAGE:
                assert found.shown_passages == len(shown)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three copies of one article, two captures of one page, a file twice, and one alone."""
    folder = tmp_path_factory.mktemp("copies")
    pages = (
        ("a", "2015-01-02", "https://example.org/a", [1, 2, 3]),
        ("b", "2014-01-02", "https://example.org/b", [1, 2, 3]),
        ("c", "", "https://example.org/c", [1, 2, 3, 4]),
        ("old", "2016-01-01", "http://www.example.org/page/", [5]),
        ("new", "2016-01-01", "https://example.org/page#top", [6]),
    )
    for name, day, url, blocks in pages:
        text = make_text(blocks).replace("\n\n", "</p><p>")
        (folder / f"{name}.html").write_text(
            f"<html><head><title>The {name} story</title><link rel=canonical href='{url}'>"
            f"<meta property='article:published_time' content='{day}'></head>"
            f"<body><article><h1>The {name} story</h1><p>mine {text}</p></article></body></html>",
            encoding="utf-8",
        )
    for name in ("twice", "again"):
        (folder / f"{name}.txt").write_text(f"A mine twice.\n\n{make_block(77)}", encoding="utf-8")
    with Archive.create(folder) as archive:
        for name in ("a.html", "b.html", "c.html", "old.html", "new.html", "twice.txt"):
            archive.index([folder / name])
        archive.index([folder])
    return folder


def run(*words: str) -> str:
    return CliRunner().invoke(pinakes, words, catch_exceptions=False).stdout


def names(results: object) -> list[str]:
    return sorted(Path(hit.article.paths[0]).stem for hit in results)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("mine", "b new old twice"),
        ("mine date:2015", "a"),
        ("is:duplicate", "a c twice"),
        ("mine NOT is:duplicate", "b new old"),
        ("is:changed", "new old"),
        ("is:current", "a b c new twice"),
        ("is:superseded", "old"),
        ("(is:superseded OR mine) date:2014", "b"),
    ],
)
def test_what_is_asked_for_about_copies_and_versions(root: Path, query: str, found: str) -> None:
    with Archive.open(root) as archive:
        assert names(archive.search(query)) == found.split()


def test_a_hit_tells_for_how_many_it_stands_and_its_cluster_finds_them(root: Path) -> None:
    with Archive.open(root) as archive:
        (hit,) = (hit for hit in archive.search("mine") if hit.copies)
        assert (hit.article.title, hit.copies.count) == ("The b story", 3)
        copies = archive.search(f"cluster:{hit.copies.cluster}")
        assert names(copies) == ["a", "b", "c"]
        assert {each.copies.count for each in copies} == {1}
        assert names(archive.search("cluster:c999")) == []
        shown = archive.search("mine", options=SearchOptions(collapse=False))
        assert names(shown) == ["a", "b", "c", "new", "old", "twice"]
        assert shown.shown_articles is None


def test_totals_and_facets_are_of_all_and_pages_of_what_is_shown(root: Path) -> None:
    with Archive.open(root) as archive:
        options = SearchOptions(limit=2, facets=("year",))
        first = archive.search("mine", options=options)
        assert (first.articles, first.shown_articles) == (6, 4)
        assert first.facets[0].values[0].count == 2
        second = archive.search("mine", options=SearchOptions(limit=2, after=first.next))
        assert (len(second), second.next) == (2, "")
        assert len({hit.article.id for hit in (*first, *second)}) == 4
        assert len(list(archive.concord("mine"))) == 6


def test_the_command_line_tells_copies(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    text = run("search", "mine")
    (cluster,) = re.findall(r"\(\+2 copies, (cluster:c\d+)\)$", text, re.MULTILINE)
    assert len(run("search", "--format", "ids", cluster).split()) == 3
    assert "6 articles (4 without copies)," in text
    told = json.loads(run("search", "--json", "mine"))
    assert told["total"]["collapsed"] == {"articles": 4, "passages": 4}
    (copies,) = (hit["copies"] for hit in told["hits"] if "copies" in hit)
    assert copies["count"] == 3
    every = json.loads(run("search", "--json", "--no-collapse", "mine"))
    assert (len(every["hits"]), "collapsed" in every["total"]) == (6, False)
    assert len(run("search", "--format", "ids", "mine").split()) == 4


def test_a_report_tells_totals_before_and_after_and_replays(root: Path, tmp_path: Path) -> None:
    with Archive.open(root) as archive:
        _, report = archive.records.report("mine")
        assert (report.articles, report.shown_articles, len(report.hits)) == (6, 4, 4)
        assert archive.records.replay(report).is_same
        _, every = archive.records.report("mine", options=SearchOptions(collapse=False))
        assert (every.articles, every.shown_articles, len(every.hits)) == (6, 6, 6)
        assert archive.records.replay(every).is_same
        assert archive.records.export_bundle("mine", tmp_path / "all.zip").articles == 6


def test_a_hit_that_an_earlier_copy_is_shown_for_is_lost_for_that_reason(tmp_path: Path) -> None:
    words = " ".join(f"word{number} mine" for number in range(60))

    def write(name: str, day: str) -> None:
        page = f'<meta property="article:published_time" content="{day}"><h1>The {name} story</h1>'
        (tmp_path / f"{name}.html").write_text(f"{page}<p>{words}</p>", encoding="utf-8")

    write("late", "2020-05-02")
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path)
        _, report = archive.records.report("mine")
        late = report.hits[0].citation.article_id
        write("early", "2020-05-01")
        archive.index(tmp_path)
        found = archive.records.replay(report)
        (gained, lost) = found.differences
        assert gained.reasons == ("the article was added",)
        assert (lost.outcome, lost.id) == (Outcome.LOST, late)
        assert lost.reasons == (
            f"it satisfies the query; of its copies {gained.id}, the earliest, stands for it",
        )

        (tmp_path / "early.html").unlink()
        archive.index(tmp_path)
        lost, gained = reversed(archive.records.replay(found.now).differences)
        assert lost.reasons == ("the article was removed",)
        assert gained.id == late
        assert gained.reasons[0].endswith("or a copy stood for it then")
