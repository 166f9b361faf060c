"""Merging: whatever is cut and deleted, what comes out is what a build of the living makes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import Article, Kind
from pinakes.indexer.building import build_segment
from pinakes.indexer.changes import add_articles, merge_entries
from pinakes.indexer.segments import inversion
from pinakes.indexer.segments.deletions import deletions_of
from pinakes.indexer.segments.merging import merge_segments
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.slicing import cut_runs
from pinakes.indexer.segments.workers import Workers
from tests.random_articles import article_lists, make_article


def arrays(segment: Segment) -> dict[str, tuple[str, list[int]]]:
    """Every array of a segment: its type and its values."""
    file = segment._file
    return {name: (file.array(name).dtype.str, file.array(name).tolist()) for name in file.names()}


def build_parts(
    folder: Path, articles: Sequence[Article], cuts: Sequence[int], dead: set[int]
) -> list[Segment]:
    """Segments of runs of articles, with those deleted whose place is in `dead`."""
    segments = []
    for first, last in pairwise([0, *sorted(cuts), len(articles)]):
        segment = build_segment(articles[first:last], folder / f"MAIN_{len(segments)}.seg")
        live = np.array([place not in dead for place in range(first, last)], np.bool_)
        deletions = None if live.all() else deletions_of(live)
        segments.append(Segment(segment.path, deletions))
    return segments


@settings(deadline=None, max_examples=150)
@given(article_lists(), st.data())
def test_merging_makes_what_building_the_living_makes_bit_for_bit(
    articles: list[Article], data: st.DataObject
) -> None:
    places = st.integers(0, len(articles))
    cuts = data.draw(st.lists(places, max_size=3))
    dead = data.draw(st.sets(places))
    with TemporaryDirectory() as name, Workers(data.draw(st.sampled_from([1, 2]))) as workers:
        folder = Path(name)
        parts = build_parts(folder, articles, cuts, dead)
        merge_segments(
            parts,
            folder / "MAIN_merged.seg",
            workers=workers,
            occurrences_per_slice=data.draw(st.sampled_from([1, 3, 17, 1000])),
        )
        merged = Segment(folder / "MAIN_merged.seg")
        merged.verify()
        living = [article for place, article in enumerate(articles) if place not in dead]
        assert arrays(merged) == arrays(build_segment(living, folder / "MAIN_living.seg"))


def test_long_lists_and_many_terms_are_merged_as_short_ones_are(tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    articles = []
    for key in range(1, 400):
        words = random.zipf(1.3, 120).clip(max=4000)
        text = " ".join(f"w{word}{'s' * int(word % 3)}" for word in words)
        passages = [
            (Kind.PARAGRAPH, text[:300]),
            (Kind.TITLE, text[300:]),
            (Kind.QUOTE, "mine " * 9),
        ]
        articles.append(make_article(key, passages * 4))
    dead = set(range(0, 399, 7))
    parts = build_parts(tmp_path, articles, [31, 200, 201], dead)
    living = [article for place, article in enumerate(articles) if place not in dead]
    expected = arrays(build_segment(living, tmp_path / "MAIN_living.seg"))
    for occurrences in (500, 1 << 20):
        path = tmp_path / f"MAIN_{occurrences}.seg"
        with Workers(2) as workers:
            merge_segments(parts, path, workers=workers, occurrences_per_slice=occurrences)
        assert arrays(Segment(path)) == expected


def test_keys_must_ascend_from_segment_to_segment(tmp_path: Path) -> None:
    parts = build_parts(tmp_path, [make_article(key, []) for key in (1, 2)], [1], set())
    with pytest.raises(ValueError, match="ascend"), Workers(1) as workers:
        merge_segments(parts[::-1], tmp_path / "MAIN_merged.seg", workers=workers)
    assert not (tmp_path / "MAIN_merged.seg").exists()


@given(st.lists(st.integers(0, 9)), st.integers(1, 40))
def test_slices_hold_no_more_than_asked_but_one_list(sizes: list[int], items: int) -> None:
    starts = np.cumsum([0, *sizes])
    runs = list(cut_runs(starts, items))
    assert [first for first, _ in runs] == [0, *(last for _, last in runs[:-1])]
    assert runs[-1][1] == len(sizes)
    for first, last in runs:
        assert last - first <= 1 or int(starts[last] - starts[first]) <= items


def test_a_small_budget_of_memory_makes_more_segments_of_the_same(tmp_path: Path) -> None:
    texts = [(Kind.TITLE, "Mine collapse"), (Kind.PARAGRAPH, "The mines collapsed")]
    articles = [make_article(key, texts) for key in range(1, 6)]
    entries = add_articles(tmp_path, articles, memory_bytes=0)
    assert [entry.articles for entry in entries] == [1] * 5
    merged = merge_entries(tmp_path, entries)
    expected = arrays(build_segment(articles, tmp_path / "MAIN_a.seg"))
    assert arrays(Segment(tmp_path / f"{merged.name}.seg")) == expected
    assert len(add_articles(tmp_path, articles)) == 1


def test_keys_without_room_for_positions_make_the_same_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = (Kind.PARAGRAPH, "mine " * 300)
    texts = [long, *[(Kind.PARAGRAPH, "the mines collapsed")] * 40, long]
    path = tmp_path / "MAIN_a.seg"
    expected = arrays(build_segment([make_article(1, texts)], path))
    # A key takes 2 bits for the stem, 1 for the variant, and 6 + 9 or 10 for the place.
    for bits in (18, 17, 13):
        monkeypatch.setattr(inversion, "KEY_BITS", bits)
        assert arrays(build_segment([make_article(1, texts)], path)) == expected
    monkeypatch.setattr(inversion, "KEY_BITS", 12)
    with pytest.raises(ValueError, match="720 words of 3 stems"):
        build_segment([make_article(1, texts)], path)
