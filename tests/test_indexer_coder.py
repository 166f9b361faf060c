"""What is written to a segment slice by slice is read back as it was, whatever its shape."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.indexer import PassageIndex
from pinakes.indexer.segments import array_writer
from pinakes.indexer.segments.arrays import Array, narrow
from pinakes.indexer.segments.columns import (
    FieldColumns,
    SegmentColumns,
    join_terms,
    starts_of,
    without_lists,
)
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.segment_writer import SegmentWriter, add_article_arrays
from pinakes.indexer.toc import current_toc, leftover_files

COLUMNS = ("terms", "terms_at", "postings_at", "units", "counts", "positions", "words")


@dataclass(frozen=True)
class Shape:
    """What to make up.

    Attributes:
        passages: In the segment.
        sizes: Of each list, at most as many as there are passages.
        most: The highest count.
        stride: The widest step between positions of a posting.
        words: The most words of a stem.
        slices: In how many slices it is written.
        seed: Of all the rest.
    """

    passages: int
    sizes: tuple[int, ...]
    most: int
    stride: int
    words: int
    slices: int
    seed: int


def shapes() -> st.SearchStrategy[Shape]:
    passages = st.sampled_from([1, 2, 255, 256, 257, 1023, 1024, 5000, 70_000, 200_000])
    size = st.integers(1, 40) | st.sampled_from([64, 1000, 4375, 12_500, 70_000])
    return passages.flatmap(
        lambda count: st.builds(
            Shape,
            passages=st.just(count),
            sizes=st.lists(size.map(lambda each: min(each, count)), max_size=8).map(tuple),
            most=st.sampled_from([1, 2, 7, 8, 9, 30]),
            stride=st.sampled_from([1, 10, 300, 70_000]),
            words=st.sampled_from([1, 2, 3, 5, 17, 300]),
            slices=st.integers(1, 4),
            seed=st.integers(0, 2**32 - 1),
        )
    )


def make_terms(count: int) -> tuple[Array, Array]:
    return join_terms(b"%07d" % number for number in range(count))


def make_stems(shape: Shape, word_count: int) -> FieldColumns:
    """Lists of the shape; a word can be of any of the stems."""
    random = np.random.default_rng(shape.seed)
    lists = [np.sort(random.permutation(shape.passages)[:size]) for size in shape.sizes]
    units = np.concatenate([np.zeros(0, np.int64), *lists])
    counts = random.integers(1, shape.most + 1, len(units))
    places = starts_of(counts)
    steps = np.cumsum(random.integers(1, shape.stride + 1, int(places[-1])))
    positions = steps - np.repeat(steps[places[:-1]], counts)
    terms, terms_at = make_terms(len(lists))
    own = [random.permutation(word_count)[: random.integers(1, shape.words + 1)] for _ in lists]
    sizes = np.diff(places[starts_of(np.array(shape.sizes, np.int64))])
    words = [random.choice(each, size) for each, size in zip(own, sizes, strict=True)]
    return FieldColumns(
        terms=terms,
        terms_at=terms_at,
        postings_at=starts_of(np.array(shape.sizes, np.int64)),
        units=units,
        counts=counts,
        positions=positions,
        words=np.concatenate([np.zeros(0, np.int64), *words]).astype(np.int64),
    )


def cut(columns: FieldColumns, first: int, last: int) -> FieldColumns:
    """The terms from `first` to `last`."""
    start, end = (int(columns.postings_at[each]) for each in (first, last))
    places = starts_of(columns.counts) if columns.counts is not None else np.zeros(end + 1, int)
    occurrences = slice(int(places[start]), int(places[end]))
    begin, stop = (int(columns.terms_at[each]) for each in (first, last))
    return FieldColumns(
        terms=columns.terms[begin:stop],
        terms_at=columns.terms_at[first : last + 1] - begin,
        postings_at=columns.postings_at[first : last + 1] - start,
        units=columns.units[start:end],
        counts=None if columns.counts is None else columns.counts[start:end],
        positions=None if columns.positions is None else columns.positions[occurrences],
        words=None if columns.words is None else columns.words[occurrences],
    )


def write(folder: Path, stems: FieldColumns, shape: Shape, words: int) -> Segment:
    """A segment of one article, with the stems as `stem`, and as lists without counts as `tag`."""
    path = folder / "MAIN_a.seg"
    lengths = np.zeros(shape.passages, np.int64)
    if stems.positions is not None and stems.counts is not None and len(stems.counts):
        last = stems.positions[np.cumsum(stems.counts) - 1]
        np.maximum.at(lengths, stems.units, last + 1)
        # Every word of a passage stands in a list; here, positions have gaps.
        lengths = np.minimum(lengths, len(stems.positions))
    plain = FieldColumns(
        terms=stems.terms,
        terms_at=stems.terms_at,
        postings_at=stems.postings_at,
        units=narrow(stems.units),
    )
    bounds = np.linspace(0, stems.term_count, shape.slices + 1).astype(int).tolist()
    with SegmentWriter(
        path, article_first=np.array([0, len(lengths)]), passage_words=lengths
    ) as writer:
        for first, end in pairwise(bounds):
            writer.add_lists("stem", cut(stems, first, end))
            writer.add_lists("tag", cut(plain, first, end))
        writer.add_lists("word", without_lists(*make_terms(words)))
        add_article_arrays(
            writer,
            SegmentColumns(
                article_key=np.array([7]),
                article_first=np.array([0, shape.passages]),
                article_words=np.zeros((1, 3), np.int64),
                article_cluster=np.array([7]),
                article_digest=np.zeros((1, 2), np.int64),
                article_saved=np.array([0]),
                article_files=np.array([1]),
                published=np.zeros((1, 2), np.int32),
                passage_kind=np.zeros(shape.passages, np.uint8),
                passage_words=lengths,
                fields={},
            ),
        )
        writer.finish()
    return Segment(path)


def assert_same(found: FieldColumns, expected: FieldColumns) -> None:
    for name in COLUMNS:
        theirs, ours = getattr(found, name), getattr(expected, name)
        assert (theirs is None) == (ours is None)
        assert theirs is None or np.array_equal(theirs, ours), name


@settings(deadline=None, max_examples=60)
@given(shapes(), st.data())
def test_what_is_written_is_read_back(shape: Shape, data: st.DataObject) -> None:
    words = max(shape.words, 400)
    stems = make_stems(shape, words)
    with TemporaryDirectory() as folder:
        segment = write(Path(folder), stems, shape, words)
        assert_same(segment.read_slice("stem", 0, stems.term_count), stems)
        first = data.draw(st.integers(0, stems.term_count))
        last = data.draw(st.integers(first, stems.term_count))
        assert_same(segment.read_slice("stem", first, last), cut(stems, first, last))
        found = segment.read_slice("tag", first, last)
        assert np.array_equal(found.units, cut(stems, first, last).units)
        assert found.counts is None
        segment.verify()


@settings(deadline=None, max_examples=60)
@given(shapes(), st.data())
def test_each_list_is_read_alone_as_it_is_in_a_slice(shape: Shape, data: st.DataObject) -> None:
    words = max(shape.words, 400)
    stems = make_stems(shape, words)
    with TemporaryDirectory() as folder:
        lists = write(Path(folder), stems, shape, words).stems
        for number in range(stems.term_count):
            expected = cut(stems, number, number + 1)
            assert expected.counts is not None
            assert expected.positions is not None
            assert expected.words is not None
            assert lists.number(b"%07d" % number) == number
            assert np.array_equal(lists.passages(number), expected.units)
            assert np.array_equal(lists.counts(number), expected.counts)
            whole = lists.positions(number)
            assert np.array_equal(whole.passages, expected.units)
            assert np.array_equal(whole.words, expected.positions)
            assert np.array_equal(lists.words(number), np.unique(expected.words))
            picked = data.draw(st.sets(st.integers(0, len(expected.units) - 1), max_size=20))
            rows = np.array(sorted(picked), np.int64)
            assert np.array_equal(lists.counts(number, rows), expected.counts[rows])
            some = data.draw(st.sets(st.sampled_from(expected.words.tolist())))
            places = starts_of(expected.counts)
            wanted = {
                int(expected.units[row]): [
                    position
                    for position, word in zip(
                        expected.positions[places[row] : places[row + 1]].tolist(),
                        expected.words[places[row] : places[row + 1]].tolist(),
                        strict=True,
                    )
                    if word in some
                ]
                for row in range(len(expected.units))
            }
            found = lists.positions(number, np.array(sorted(some), np.int64))
            assert {
                passage: found.words[found.starts[i] : found.starts[i + 1]].tolist()
                for i, passage in enumerate(found.passages.tolist())
            } == {passage: places for passage, places in wanted.items() if places}
            only = lists.postings_of(number, np.array(sorted(some), np.int64))
            assert np.array_equal(only, (found.passages, found.counts))


@settings(deadline=None, max_examples=60)
@given(shapes(), st.data())
def test_several_lists_are_read_end_to_end(shape: Shape, data: st.DataObject) -> None:
    words = max(shape.words, 400)
    stems = make_stems(shape, words)
    with TemporaryDirectory() as folder:
        lists = write(Path(folder), stems, shape, words).stems
        asked = data.draw(st.permutations(range(stems.term_count)))
        asked = asked[: data.draw(st.integers(0, len(asked)))]
        passages, counts = lists.gather(asked)
        parts = [(lists.passages(number), lists.counts(number)) for number in asked]
        assert passages.tolist() == [unit for units, _ in parts for unit in units.tolist()]
        assert counts.tolist() == [count for _, each in parts for count in each.tolist()]


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    terms, terms_at = make_terms(1)
    empty = FieldColumns(
        terms=terms, terms_at=terms_at, postings_at=np.zeros(2, int), units=np.zeros(0, int)
    )
    with SegmentWriter(
        tmp_path / "MAIN_a.seg", article_first=np.array([0, 1]), passage_words=np.array([1])
    ) as writer:
        with pytest.raises(ValueError, match="empty"):
            writer.add_lists("tag", empty)
        assert not list(tmp_path.iterdir())


def test_a_word_that_the_dictionary_does_not_hold_is_refused(tmp_path: Path) -> None:
    shape = Shape(passages=3, sizes=(2,), most=1, stride=1, words=1, slices=1, seed=0)
    with pytest.raises(ValueError, match="word 9 of 5"):
        write(tmp_path, make_stems(shape, 10), shape, 5)


def test_scratch_of_a_writer_that_died_is_a_leftover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[dict[str, str]] = []

    def remember(*_: object, **names: str) -> BytesIO:
        made.append(names)
        return BytesIO()

    monkeypatch.setattr(array_writer, "SpooledTemporaryFile", remember)
    index = PassageIndex.create(tmp_path)
    with SegmentWriter(
        tmp_path / "MAIN_0a.seg", article_first=np.array([0, 1]), passage_words=np.array([1])
    ):
        names = made[0]
    scratch = Path(names["dir"]) / f"{names['prefix']}x_7k{names['suffix']}"
    scratch.touch()
    assert leftover_files(tmp_path, current_toc(index.path)) == [scratch]


def test_a_unit_that_just_fits_its_type_is_kept(tmp_path: Path) -> None:
    shape = Shape(passages=256, sizes=(1,), most=1, stride=1, words=1, slices=1, seed=0)
    stems = make_stems(shape, 5)._replace(units=np.array([255], np.uint8))
    segment = write(tmp_path, stems, shape, 5)
    assert segment.read_slice("stem", 0, 1).units.tolist() == [255]
