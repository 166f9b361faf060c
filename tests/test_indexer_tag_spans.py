"""Tags stand at the positions of the words they cover, however the index is built and merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import Article, Kind, Tag
from pinakes.indexer import POSITION_BITS, fold_value, words
from pinakes.indexer.building import build_segment
from pinakes.indexer.segments import gathering, tag_gathering, units
from pinakes.indexer.segments.arrays import ArrayFile
from pinakes.indexer.segments.merging import merge_segments
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.workers import Workers
from pinakes.indexer.verification import verify_segment
from tests.random_articles import make_article
from tests.reference_tags import covered, is_whole
from tests.test_indexer_merging import arrays

TEXTS = ("mine collapse", "été—Ёлка 日本 x", "a_b ـ 19", "…", "Genève, Geneva; Ba", "the " * 20)
VALUES = ("Geneva", "Genève", "Bern", "x: y")
Spans = dict[str, set[tuple[int, int, int]]]


@st.composite
def tagged_articles(draw: st.DrawFn) -> list[Article]:
    articles = []
    for key in range(draw(st.integers(1, 4))):
        texts = draw(st.lists(st.sampled_from(TEXTS), max_size=4))
        article = make_article(key, [(Kind.PARAGRAPH, text) for text in texts])
        passages = []
        for passage in article.passages:
            tags = [
                Tag(
                    type=draw(st.sampled_from(["place", "law", "Kind"])),
                    value=draw(st.sampled_from(VALUES)),
                    start=start,
                    end=draw(st.integers(start + 1, passage.end)),
                    rule="r/1",
                )
                for start in draw(st.lists(st.integers(passage.start, passage.end - 1), max_size=5))
            ]
            passages.append(replace(passage, tags=passage.tags + tuple(tags)))
        articles.append(replace(article, passages=tuple(passages)))
    return articles


def expected_spans(articles: Iterable[Article]) -> Spans:
    """By term: passage, first word, number of words."""
    found: Spans = {}
    passages = [passage for article in articles for passage in article.passages]
    for number, passage in enumerate(passages):
        for tag in passage.tags:
            touched = covered(passage, tag)
            if is_whole(passage, tag):
                touched = list(range(len(words(passage.text))))
            for term in (fold_value(tag.type), fold_value(f"{tag.type}:{tag.value}")):
                spans = found.setdefault(term, set())
                if touched:
                    spans.add((number, touched[0], len(touched)))
    return found


def stored_spans(segment: Segment) -> Spans:
    field = segment.field("tag")
    found: Spans = {}
    every = np.arange(segment.passage_count)
    for number in range(field.term_count):
        places, lengths = segment.tags.places_in(number, every)
        rows = zip(
            (places >> POSITION_BITS).tolist(),
            (places & ((1 << POSITION_BITS) - 1)).tolist(),
            lengths.tolist(),
            strict=True,
        )
        found[field.term(number)] = set(rows)
    return found


@settings(deadline=None, max_examples=80)
@given(tagged_articles(), st.data())
def test_a_tag_stands_at_the_words_it_touches(articles: list[Article], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        # Parts of texts, long texts and keys without room go other ways.
        patched.setattr(gathering, "CHUNK_BYTES", data.draw(st.sampled_from([1, 50, 10_000])))
        patched.setattr(gathering, "_LONG_TEXT_BYTES", data.draw(st.sampled_from([1, 10_000])))
        patched.setattr(tag_gathering, "KEY_BITS", data.draw(st.sampled_from([0, 64])))
        segment = build_segment(articles, Path(folder) / "MAIN_a.seg")
        verify_segment(segment)
        assert stored_spans(segment) == expected_spans(articles)


@settings(deadline=None, max_examples=40)
@given(tagged_articles(), tagged_articles(), st.sampled_from([1, 5, 1000]))
def test_merged_segments_keep_them(
    one: list[Article], other: list[Article], per_slice: int
) -> None:
    other = [replace(article, key=article.key + 10) for article in other]
    with TemporaryDirectory() as name, Workers(1) as workers:
        folder = Path(name)
        parts = [
            build_segment(articles, folder / f"MAIN_{place}.seg")
            for place, articles in enumerate((one, other))
        ]
        path = folder / "MAIN_m.seg"
        merge_segments(parts, path, workers=workers, occurrences_per_slice=per_slice)
        verify_segment(Segment(path))
        assert stored_spans(Segment(path)) == expected_spans([*one, *other])
        whole = build_segment([*one, *other], folder / "MAIN_w.seg")
        assert arrays(Segment(path)) == arrays(whole)


def test_lists_of_many_tags_in_a_passage_and_long_ones_are_read_as_they_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "_MIN_BITMAP_UNITS", 1)
    article = make_article(1, [(Kind.PARAGRAPH, "w " * 700), *[(Kind.TITLE, "a " * 200)] * 60])
    first = article.passages[0]
    spans = [(place, place + 1) for place in range(0, 600, 2)] + [(1, 1_300), (1_200, 1_399)]
    tags = tuple(
        Tag(type="place", value="X", start=start, end=end, rule="r/1") for start, end in spans
    )
    passages = (replace(first, tags=tags), *article.passages[1:])
    article = replace(article, passages=passages)
    segment = build_segment([article], tmp_path / "MAIN_a.seg")
    verify_segment(segment)
    assert stored_spans(segment) == expected_spans([article])
    names = ArrayFile(segment.path).names()
    assert {"tag.counts.far", "tag.firsts.far", "tag.lengths.far"} <= set(names)


def test_tags_on_whole_passages_are_merged_behind_many_on_parts_of_them(tmp_path: Path) -> None:
    article = make_article(1, [(Kind.PARAGRAPH, "w " * 400), (Kind.PARAGRAPH, "v")])
    first, second = article.passages
    parts = tuple(
        Tag(type="place", value="X", start=place, end=place + 1, rule="r/1")
        for place in range(0, 600, 2)
    )
    whole = Tag(type="zone", value="Y", start=second.start, end=second.end, rule="r/1")
    passages = (replace(first, tags=parts), replace(second, tags=(whole,)))
    article = replace(article, passages=passages)
    segment = build_segment([article], tmp_path / "MAIN_a.seg")
    path = tmp_path / "MAIN_m.seg"
    with Workers(1) as workers:
        merge_segments([segment], path, workers=workers, occurrences_per_slice=1)
    verify_segment(Segment(path))
    assert arrays(Segment(path)) == arrays(segment)


def test_an_archive_without_tags_on_parts_of_passages_has_no_section_for_them(
    tmp_path: Path,
) -> None:
    segment = build_segment([make_article(1, [(Kind.QUOTE, "a b")] * 3)], tmp_path / "MAIN_a.seg")
    names = ArrayFile(segment.path).names()
    assert "tag.terms" in names
    assert not {"tag.spans_at", "tag.counts_at", "tag.firsts"} & set(names)
    assert stored_spans(segment)["kind:quote"] == {(1, 0, 2), (2, 0, 2)}
