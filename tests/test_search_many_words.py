"""Very many words stand where the lists of each have it; read in long runs, damage is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.indexer import IndexDamagedError, Segment, build_segment
from pinakes.indexer.segments.array_writer import ArrayWriter
from pinakes.indexer.segments.arrays import ArrayFile
from pinakes.indexer.segments.deletions import deletions_of
from pinakes.search.evaluation.texts import many_words
from pinakes.search.evaluation.texts.many_words import ManyWords
from tests.flips import divided
from tests.small_archive import article

_FORMS = ("mine", "mines", "mined", "the", "a", "maden", "madeni", "mineur")
"""Several words of one stem, and words whose stems differ by language."""


@settings(deadline=None)
@given(
    texts=st.lists(st.lists(st.sampled_from(_FORMS), min_size=1, max_size=8), min_size=1),
    removed=st.sets(st.integers(0, 9)),
    size=st.sampled_from([1, 5, 1000]),
    chance=st.randoms(),
)
def test_many_words_stand_where_the_lists_of_each_have_it(
    texts: list[list[str]],
    removed: set[int],
    size: int,
    chance: Random,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("counts")
    segment = build_segment(
        [
            article(key, " ".join(text), language=("en", "tr", "fr")[key % 3])
            for key, text in enumerate(texts)
        ],
        folder / "MAIN_1.seg",
    )
    live = np.array([number not in removed for number in range(len(texts))])
    segment = segment.with_deletions(None if live.all() else deletions_of(live))
    every = range(segment.term_count("word"))
    asked = np.array(sorted(chance.sample(every, chance.randint(1, len(every)))))
    lists = [segment.field("word").postings(number).passages.tolist() for number in asked.tolist()]
    living = [sum(bool(live[passage]) for passage in passages) for passages in lists]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(many_words, "_OCCURRENCES_AT_ONCE", size)
        many = ManyWords(segment, asked)
        assert many.count_passages().tolist() == living
        assert set(many.passages().tolist()) >= {each for some in lists for each in some}
        some = chance.sample(range(len(texts)), chance.randint(0, len(texts)))
        among = np.array(sorted(some), np.int64)
        every = [segment.unpacked.places(number, among) for number in asked.tolist()]
        assert many.places_in(among).tolist() == sorted(np.concatenate(every).tolist())


def _small_segment(folder: Path) -> Segment:
    texts = ("mine mines the", "a mine madeni", "mined the mine", "maden mineur a a")
    languages = ("en", "tr", "en", "fr")
    pairs = enumerate(zip(texts, languages, strict=True))
    articles = [article(key, text, language=language) for key, (text, language) in pairs]
    return build_segment(articles, folder / "MAIN_1.seg")


def _answers(segment: Segment) -> Iterator[list[int]]:
    """All words, and every other one: how many passages hold each, and where they stand."""
    for step in (1, 2):
        many = ManyWords(segment, np.arange(0, segment.term_count("word"), step))
        yield many.count_passages().tolist()
        yield many.passages().tolist()
        yield many.places_in(np.arange(segment.passage_count)).tolist()


def test_a_flipped_byte_is_noticed_before_it_is_used(tmp_path: Path) -> None:
    with divided():
        segment = _small_segment(tmp_path)
        expected = list(_answers(segment))
        content = segment.path.read_bytes()
        file = ArrayFile(segment.path)
        noticed = set()
        for name in file.names():
            for place in range(*file.span(name)):
                segment.path.write_bytes(
                    content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
                )
                try:
                    assert list(_answers(Segment(segment.path))) == expected, (name, place)
                except IndexDamagedError:
                    noticed.add(name)
    told = ("words", "words_at", "variants", "variants_at", "codes", "occurrences_at")
    assert {f"stem.{name}" for name in told} < noticed
    assert {"word.pairs", "word.pairs_at"} < noticed


@pytest.mark.parametrize("section", ["stem.words", "stem.words_at", "word.pairs", "word.pairs_at"])
def test_a_segment_that_lies_is_damage(section: str, tmp_path: Path) -> None:
    """Its checksums are right."""
    segment = _small_segment(tmp_path)
    file = ArrayFile(segment.path)
    sections = {name: file.array(name).copy() for name in file.names()}
    top = np.iinfo(sections[section].dtype).max
    for place in range(len(sections[section])):
        for value in (0, 1, top // 2, top):
            lying = sections | {section: sections[section].copy()}
            lying[section][place] = value
            path = tmp_path / f"MAIN_{place}{value}.seg"
            with ArrayWriter(
                path, passages=segment.passage_count, articles=segment.article_count
            ) as writer:
                for name, values in lying.items():
                    if not name.endswith(".blocks"):
                        writer.append(name, values)
                writer.finish()
            is_other = not np.array_equal(lying[section], sections[section])
            try:
                list(_answers(Segment(path)))
            except IndexDamagedError:
                continue
            assert not is_other or section != "stem.words_at", (place, value)
