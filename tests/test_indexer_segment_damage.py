"""A segment that is damaged where no checksum is compared raises that, or answers in bounds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pinakes.corpus import Article, Kind, Tag
from pinakes.indexer.building import build_segment
from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments import arrays
from pinakes.indexer.segments.arrays import ArrayFile
from pinakes.indexer.segments.columns import FIELDS
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.verification import verify_segment
from tests.fuzz.archive_files import mend
from tests.random_articles import make_article

STEMS = ("the", "mine", "word7", "rare", "far", "off")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A segment that has every section there is; no small array's checksum is compared."""
    texts = [
        " ".join(
            ["the mine", "mines " * (number % 11), f"word{number}", "rare" * (number in (3, 900))]
        )
        for number in range(1100)
    ]
    texts += ["far " * 40 + "the", "off " * 300 + "the off", *["off on"] * 30]
    articles = [
        make_article(key, [(Kind.PARAGRAPH, text) for text in texts[key::3]]) for key in range(3)
    ]
    path = tmp_path / "MAIN_a.seg"
    build_segment(list(map(with_tags, articles)), path)
    monkeypatch.setattr(arrays, "UNDIVIDED_BYTES", -1)
    return path


def with_tags(article: Article) -> Article:
    """Return an article with tags on words: on one in some passages, on many in one."""
    passages = []
    for passage in article.passages:
        places = range(300) if passage.number == 7 else range(passage.number % 3)
        starts = [passage.start + 2 * place for place in places]
        starts = [start for start in starts if start + 5 < passage.end]
        tags = [
            Tag(
                type="place" if start % 4 else "law",
                value=str(start % 5),
                start=start,
                end=passage.end if start % 7 == 0 else start + 4,
                rule="r/1",
            )
            for start in starts
        ]
        passages.append(replace(passage, tags=(*passage.tags, *tags)))
    return replace(article, passages=tuple(passages))


def garbled(path: Path, names: list[str], times: int) -> Iterator[str]:
    """Damage a few bytes of a section, many times anew; yield its name."""
    whole = path.read_bytes()
    sections = {name: ArrayFile(path)._sections[name] for name in names}
    chance = random.Random(3)  # noqa: S311
    for turn in range(times):
        name = names[turn % len(names)]
        section = sections[name]
        content = bytearray(whole)
        at = section.offset + chance.randrange(section.length)
        for place in range(at, min(at + chance.choice((1, 1, 4)), section.offset + section.length)):
            content[place] ^= chance.choice((0xFF, 0x80, 1, 1 + chance.randrange(255)))
        # A new file: the one before may still be mapped.
        path.unlink()
        path.write_bytes(content)
        yield name


def ask_for_everything(segment: Segment, chance: random.Random) -> None:
    """Ask all that there is to ask, one question after the other whatever becomes of them."""
    for field in segment.field_names:
        with suppress(IndexDamagedError):
            terms = [segment.field(field).term(n) for n in range(segment.term_count(field))]
            for term in chance.sample(terms, min(4, len(terms))):
                with suppress(IndexDamagedError):
                    found = segment.postings(field, term)
                    if found is not None and len(found.passages):
                        assert int(found.passages.max()) < segment.passage_count
                    segment.positions(term)
        with suppress(IndexDamagedError):
            segment.read_slice(field, 0, segment.term_count(field))
    with suppress(IndexDamagedError):
        ask_for_tags(segment, chance)
    with suppress(IndexDamagedError):
        for stem in STEMS:
            ask_for_stem(segment, stem, chance)


def ask_for_tags(segment: Segment, chance: random.Random) -> None:
    passages = np.array(sorted(chance.sample(range(segment.passage_count), 50)))
    count = segment.term_count("tag")
    for number in chance.sample(range(count), min(6, count)):
        with suppress(IndexDamagedError):
            places, lengths = segment.tags.places_in(number, passages)
            assert len(places) == len(lengths)


def ask_for_stem(segment: Segment, stem: str, chance: random.Random) -> None:
    stems = segment.stems
    number = stems.number(stem.encode())
    if number is None:
        return
    size = stems.posting_count(number)
    rows = np.array(sorted(chance.sample(range(size), min(5, size))))
    words = stems.words(number)
    for ask in (
        lambda: stems.passages(number),
        lambda: stems.codes(number),
        lambda: stems.counts(number),
        lambda: stems.counts(number, rows),
        lambda: stems.positions(number),
        lambda: stems.positions(number, words[:1]),
        lambda: stems.positions_at(number, rows),
        lambda: stems.are_of(number, rows, words[:1]),
        lambda: stems.gather([number, 0]),
        lambda: stems.postings_of(number, words[:1]),
        lambda: segment.unpacked.words.gather(words.tolist()),
        lambda: segment.unpacked.words.gather([0, *words[1:2].tolist()]),
    ):
        with suppress(IndexDamagedError):
            ask()


def test_damage_raises_nothing_else_and_leads_nowhere_else(path: Path) -> None:
    names = list(ArrayFile(path).names())
    chance = random.Random(4)  # noqa: S311
    for _ in garbled(path, names, 5 * len(names)):
        with suppress(IndexDamagedError):
            ask_for_everything(Segment(path), chance)


@pytest.mark.parametrize("field", FIELDS)
def test_a_segment_that_has_lost_a_field_is_damaged(path: Path, field: str) -> None:
    content = bytearray(path.read_bytes())
    content[content.index(f"{field}.terms\0".encode())] = ord("Z")
    path.write_bytes(mend(bytes(content)))
    segment = Segment(path)
    assert field not in segment.field_names
    for ask in (lambda: segment.field(field), lambda: verify_segment(segment)):
        with pytest.raises(IndexDamagedError):
            ask()


def finds_damage(path: Path) -> bool:
    try:
        verify_segment(Segment(path))
    except IndexDamagedError:
        return True
    return False


def test_verifying_finds_damage_that_has_a_good_checksum(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ArrayFile, "_check", lambda *_: None)
    verify_segment(Segment(path))
    parts = ("_at", ".coding", ".codes", ".many", ".counts")
    # Where one term ends and the next begins can move, and both stay terms, and sorted.
    names = [
        name
        for name in ArrayFile(path).names()
        if name.endswith(parts) and not name.endswith(".terms_at")
    ]
    names += ["word.pairs", "stem.words", "passage_article", "article_first"]
    for name in garbled(path, names, 4 * len(names)):
        assert finds_damage(path), name
