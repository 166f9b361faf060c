"""Segments hold exactly what their articles say, found by brute force."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import Article, Kind, Passage, PassageTable
from pinakes.indexer.analysis import fold_value, words
from pinakes.indexer.building import build_segment
from pinakes.indexer.errors import IndexDamagedError, IndexFormatError
from pinakes.indexer.segments.builder import published_days
from pinakes.indexer.segments.columns import COUNTED_FIELDS, FIELDS, KINDS
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.stemming import stem
from pinakes.indexer.verification import verify_segment
from tests.random_articles import VOCABULARY, article_lists, make_article


def expected_terms(article: Article, passage: Passage) -> Iterator[tuple[str, str, int]]:
    """(field, term, position) of everything that a passage must be found by."""
    for position, (_, _, folded) in enumerate(words(passage.text)):
        yield "word", folded, position
        yield "stem", stem(folded, article.language), position
    yield "kind", passage.kind.value, 0
    yield "lang", article.language, 0
    for tag in passage.tags:
        yield "tag", fold_value(tag.type), 0
        yield "tag", fold_value(f"{tag.type}:{tag.value}"), 0
    for field, texts in (("section", passage.section), ("author", article.authors)):
        for text in texts:
            for _, _, folded in words(text):
                yield field, folded, 0
    for author in article.authors:
        yield "byline", fold_value(author), 0
    yield "source", fold_value(article.source), 0
    yield "url", article.url, 0
    yield "id", article.id, 0
    for path in article.paths:
        parts = fold_value(path).split("/")
        for depth in range(1, len(parts)):
            yield "path", "/".join(parts[:depth]) + "/", 0
        yield "path", "/".join(parts), 0


def brute_force(articles: list[Article]) -> dict[str, dict[str, dict[int, list[int]]]]:
    """field -> term -> passage ordinal -> positions."""
    found: dict[str, dict[str, dict[int, list[int]]]] = {field: {} for field in FIELDS}
    ordinal = 0
    for article in articles:
        for passage in article.passages:
            for field, term, position in expected_terms(article, passage):
                lists = found[field].setdefault(term, defaultdict(list))
                lists[ordinal].append(position)
            ordinal += 1
    return found


def contents(segment: Segment) -> dict[str, dict[str, dict[int, object]]]:
    """field -> term -> passage ordinal -> positions, or count."""
    found: dict[str, dict[str, dict[int, object]]] = {}
    for field in segment.field_names:
        found[field] = {}
        for term in segment.terms(field):
            postings = segment.postings(field, term)
            assert postings is not None
            assert postings.passages.dtype == postings.counts.dtype == np.uint32
            pairs = zip(postings.passages.tolist(), postings.counts.tolist(), strict=True)
            found[field][term] = dict(pairs)
    for term in found["word"]:
        places = segment.positions(term)
        assert places is not None
        assert places.counts.tolist() == list(found["word"][term].values())
        found["word"][term] = {
            passage: places.words[places.starts[i] : places.starts[i + 1]].tolist()
            for i, passage in enumerate(places.passages.tolist())
        }
    return found


@settings(deadline=None, max_examples=150)
@given(article_lists())
def test_a_segment_holds_what_brute_force_finds(articles: list[Article]) -> None:
    with TemporaryDirectory() as folder:
        segment = build_segment(articles, Path(folder) / "MAIN_a.seg")
        expected = brute_force(articles)
        found = contents(segment)
        assert set(found) == set(FIELDS)
        assert found["word"] == expected["word"]
        for field in FIELDS[1:]:
            counts = {
                term: {p: len(at) if field in COUNTED_FIELDS else 1 for p, at in lists.items()}
                for term, lists in expected[field].items()
            }
            assert found[field] == counts
            assert list(found[field]) == sorted(found[field], key=str.encode)
        words = segment.field("word")
        some = [number for number in range(words.term_count) if number % 3]
        together = segment.unpacked.words.gather(some)
        sums = Counter[int]()
        for passage, count in zip(
            together.passages.tolist(), together.counts.tolist(), strict=True
        ):
            sums[passage] += count
        assert sums == sum(
            (
                Counter({p: len(at) for p, at in expected["word"][words.term(number)].items()})
                for number in some
            ),
            Counter[int](),
        )
        segment.verify()


@settings(deadline=None, max_examples=50)
@given(article_lists())
def test_passages_by_column_make_the_same_segment_as_objects(articles: list[Article]) -> None:
    tables = [
        replace(article, passages=PassageTable.of(article.passages, article.text))
        for article in articles
    ]
    with TemporaryDirectory() as name:
        segments = [
            build_segment(each, Path(name) / f"MAIN_{number}.seg")
            for number, each in enumerate((articles, tables))
        ]
        first, second = (segment.path.read_bytes() for segment in segments)
        assert first == second


@settings(deadline=None, max_examples=100)
@given(article_lists())
def test_columns_tell_articles_passages_words_and_days(articles: list[Article]) -> None:
    with TemporaryDirectory() as folder:
        segment = build_segment(articles, Path(folder) / "MAIN_a.seg")
        passages = [(n, p) for n, article in enumerate(articles) for p in article.passages]
        assert segment.article_key.tolist() == [article.key for article in articles]
        assert segment.passage_article.tolist() == [n for n, _ in passages]
        assert [KINDS[kind] for kind in segment.passage_kind] == [p.kind for _, p in passages]
        assert segment.passage_words.tolist() == [len(words(p.text)) for _, p in passages]
        for ordinal, (article, passage) in enumerate(passages):
            assert ordinal - int(segment.article_first[article]) == passage.number
        zones = np.zeros((len(articles), 3), int)
        for n, p in passages:
            zones[n, {"title": 0, "heading": 1}.get(p.kind, 2)] += len(words(p.text))
        assert segment.article_words.tolist() == zones.tolist()
        march = [date(2014, 3, 1).toordinal(), date(2014, 3, 31).toordinal()]
        assert segment.published.tolist() == [march] * len(articles)


@settings(deadline=None, max_examples=100)
@given(article_lists(), st.sampled_from(VOCABULARY) | st.text(max_size=3))
def test_a_prefix_finds_the_terms_that_start_with_it(articles: list[Article], text: str) -> None:
    prefix = fold_value(text)
    with TemporaryDirectory() as folder:
        segment = build_segment(articles, Path(folder) / "MAIN_a.seg")
        for field in ("word", "path"):
            terms = list(segment.terms(field))
            matching = [term for term in terms if term.startswith(prefix)]
            lists = segment.field(field)
            assert list(lists.terms(*lists.prefix_range(prefix))) == matching
            after = [term for term in terms if term.encode() >= prefix.encode()]
            assert list(segment.terms(field, first=prefix)) == after
            assert (segment.postings(field, prefix) is not None) == (prefix in terms)


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2014-12", date(2014, 12, 1), date(2014, 12, 31)),
        ("2014-03-04", date(2014, 3, 4), date(2014, 3, 4)),
        ("2014-03-04T23:30:00-05:00", date(2014, 3, 4), date(2014, 3, 4)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_an_imprecise_date_covers_all_its_days(published: str, first: date, last: date) -> None:
    assert published_days(published) == (first.toordinal(), last.toordinal())


@pytest.mark.parametrize("published", ["", "soon", "2014-13", "0000", "99999999999", "2014-02-30"])
def test_what_is_no_date_is_unknown(published: str) -> None:
    assert published_days(published) == (0, 0)


def test_common_words_and_long_passages_need_wider_numbers(tmp_path: Path) -> None:
    text = "mine " * 300 + "collapse " * 70_000
    articles = [make_article(1, [(Kind.PARAGRAPH, text)]), make_article(2**40, [])]
    segment = build_segment(articles, tmp_path / "MAIN_a.seg")
    assert contents(segment)["word"] == brute_force(articles)["word"]
    assert segment.article_key.tolist() == [1, 2**40]


def test_values_that_are_written_alike_are_one_term(tmp_path: Path) -> None:
    article = make_article(1, [(Kind.TITLE, "mine")], paths=("a\ud800/b", "a?/b"))
    segment = build_segment([article], tmp_path / "MAIN_a.seg")
    assert list(segment.terms("path")) == ["a?/", "a?/b"]
    verify_segment(segment)


def test_keys_must_ascend(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="key 1 after 2"):
        build_segment([make_article(2, []), make_article(1, [])], tmp_path / "MAIN_a.seg")


@pytest.fixture
def segment_path(tmp_path: Path) -> Path:
    path = tmp_path / "MAIN_a.seg"
    texts = [(Kind.TITLE, "Mine collapse"), (Kind.PARAGRAPH, "The mine collapsed twice twice")]
    build_segment([make_article(key, texts) for key in range(1, 4)], path)
    return path


def test_every_truncated_file_is_damaged(segment_path: Path) -> None:
    whole = segment_path.read_bytes()
    for length in range(0, len(whole), 61):
        segment_path.write_bytes(whole[:length])
        with pytest.raises(IndexDamagedError):
            Segment(segment_path)


def test_another_version_is_told_from_damage(segment_path: Path) -> None:
    whole = bytearray(segment_path.read_bytes())
    whole[8] = 77
    segment_path.write_bytes(whole)
    with pytest.raises(IndexFormatError, match="77"):
        Segment(segment_path)


def test_flipped_bits_are_found_on_opening_or_by_verify(segment_path: Path) -> None:
    whole = segment_path.read_bytes()
    segment = Segment(segment_path)
    covered = set(range(64 + 64 * len(segment._file.names())))
    for section in segment._file._sections.values():
        covered.update(range(section.offset, section.offset + section.length))
    for place in sorted(covered)[::7]:
        broken = bytearray(whole)
        broken[place] ^= 1 << (place % 8)
        segment_path.write_bytes(broken)
        with pytest.raises((IndexDamagedError, IndexFormatError)):
            Segment(segment_path).verify()


def test_reading_a_broken_file_without_verifying_raises_nothing_but_damage(
    segment_path: Path,
) -> None:
    whole = segment_path.read_bytes()
    first = min(s.offset for s in Segment(segment_path)._file._sections.values())
    for place in range(first, len(whole), 3):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        segment_path.write_bytes(broken)
        try:
            segment = Segment(segment_path)
            for field in segment.field_names:
                for term in list(segment.terms(field)):
                    segment.postings(field, term)
            for term in segment.terms("word"):
                segment.positions(term)
        except IndexDamagedError:
            pass
