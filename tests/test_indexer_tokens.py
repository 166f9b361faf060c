"""Words in bulk: those of the analysis, by number."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pinakes.indexer import tokens, vocabulary, word_spans
from pinakes.indexer.analysis import raw_words
from pinakes.indexer.tokens import Passages, TokenCollector

# Letters, marks, joiners, points, unspaced scripts, digits, astral and lone characters.
NASTY = st.text(
    alphabet="aZ09_ \n-éßςйё\u0301\u0308\u0483كِتـ٠٣۴שָּภาษาก็กຂ້日本々ｶﾞがｰ한भिनေး"
    "½①ﬁǅ\u00ad\u200c\u200d\u034f\u2044\ufe0f\ufeff\U000e0100\U0001f600\U0001d518\U00020000"
    "\U0001e8d0\U00010a01\ud800\udfff\x00\x7f\x80\xff\u2019\u2014\ufffd\U0010ffff",
)
LONG = st.text(alphabet="aé日\u0301", min_size=7, max_size=40)
TEXTS = st.lists(NASTY | LONG | st.text() | st.text(st.characters(codec="ascii")), max_size=8)


def passages_of(texts: Sequence[str], cuts: Sequence[Sequence[int]] | None = None) -> Passages:
    """Return texts as passages: one each, or from every other of its cuts to the next."""
    if cuts is None:
        cuts = [(0, len(text)) for text in texts]
    return Passages(
        [text.encode("utf-8", "surrogatepass") for text in texts],
        np.array([len(each) // 2 for each in cuts], np.int64),
        np.array([start for each in cuts for start in each[::2]], np.int64),
        np.array([end for each in cuts for end in each[1::2]], np.int64),
    )


def words_in(passages: Passages) -> list[list[str]]:
    collector = TokenCollector()
    found_tokens = collector.collect(passages)
    ids, lengths = found_tokens.ids, found_tokens.lengths
    words = collector.vocabulary()
    assert ids.dtype == lengths.dtype == np.uint32
    assert len(set(words)) == len(words)
    assert set(ids.tolist()) <= set(range(len(words)))
    found = [words[place] for place in ids]
    ends = np.cumsum(lengths).tolist()
    assert len(found) == (ends[-1] if ends else 0)
    return [found[end - length : end] for end, length in zip(ends, lengths, strict=True)]


def words_of(texts: Sequence[str]) -> list[list[str]]:
    return words_in(passages_of(texts))


@st.composite
def texts_with_cuts(draw) -> list[tuple[str, list[int]]]:
    made = []
    for text in draw(TEXTS):
        places = st.lists(st.integers(0, len(text)), max_size=8)
        cuts = sorted(draw(places))
        made.append((text, cuts[: len(cuts) // 2 * 2]))
    return made


# Read by bytes whatever they are, as they are best read, and by characters unless all ASCII.
WAYS = (0, 8, 10**9)


@pytest.mark.parametrize("ascii_share", WAYS)
@settings(deadline=None, max_examples=500)
@given(texts=TEXTS)
@example(texts=[])
@example(texts=[""])
@example(texts=["a", "b", "", "é", "\u0301", "日", "\u0301本"])
@example(texts=["日\u0301\u00ad\u0301a", "a\u00ad\u0301\u00ad日\u0301\u0301本x\u2044", "ก็\u200cก"])
@example(texts=["\ud800a\udfff", "\U000e0100a\U000e0100", "\x00a\x00"])
@example(
    texts=["abcdefgh", "abcdefghi", "abcdefg", "a" * 32, "a" * 33, "é" * 4, "é" * 16, "é" * 17]
)
def test_words_in_bulk_are_those_of_each_text(ascii_share: int, texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_spans, "_ASCII_SHARE", ascii_share)
        assert words_of(texts) == [raw_words(text) for text in texts]


@pytest.mark.parametrize("ascii_share", WAYS)
@settings(deadline=None, max_examples=500)
@given(made=texts_with_cuts())
@example(made=[("one two three", [0, 3, 3, 6, 8, 13]), ("é two", [2, 5])])
@example(made=[("one two", [1, 2, 2, 6]), ("éa\u0301b", [0, 1, 2, 2, 2, 4])])
@example(made=[("日\u0301\u00ad\u0301本a", [0, 3, 3, 6]), ("", [0, 0]), ("a", [])])
def test_words_of_passages_are_those_of_each_passage_alone(
    ascii_share: int, made: list[tuple[str, list[int]]]
) -> None:
    passages = passages_of([text for text, _ in made], [cuts for _, cuts in made])
    expected = [
        raw_words(text[start:end])
        for text, cuts in made
        for start, end in zip(cuts[::2], cuts[1::2], strict=True)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_spans, "_ASCII_SHARE", ascii_share)
        assert words_in(passages) == expected


@pytest.mark.parametrize(
    "around", ["{}", "a{}b", "日{}本", "日\u0301{}\u0301a", "a\u0301{}\u00ad日"]
)
def test_every_character_is_to_words_in_bulk_what_it_is_alone(
    around: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = (*range(0x3_4000), *range(0xE_0000, 0xE_0200), sys.maxunicode)
    texts = [around.format(chr(code)) for code in codes]
    expected = [raw_words(text) for text in texts]
    for ascii_share in WAYS[::2]:
        monkeypatch.setattr(word_spans, "_ASCII_SHARE", ascii_share)
        assert words_of(texts) == expected, ascii_share


@pytest.mark.parametrize("same", [0, 7])
def test_words_of_the_same_hash_are_told_apart(same: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_hash", lambda pieces: np.full(len(pieces), same, np.uint64))
    texts = ["multiplication multiplications", "nationalisation multiplication", "short words"]
    collector = TokenCollector()
    parts = [collector.collect(passages_of([text])).ids.tolist() for text in texts * 2]
    words = collector.vocabulary()
    assert [[words[number] for number in part] for part in parts] == [
        text.split() for text in texts * 2
    ]
    assert len(set(words)) == len(words) == 5
    assert words_of(texts) == [text.split() for text in texts]


def test_texts_are_the_same_in_blocks_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["", "one two", "", "three", "twö four" * 9, "日本", "", "one", ""]
    expected = [raw_words(text) for text in texts]
    for size in range(1, 60):
        monkeypatch.setattr(tokens, "BLOCK_BYTES", size)
        assert words_of(texts) == expected


def test_parts_share_one_numbering_from_any_thread() -> None:
    parts = [
        [
            f"word{number % 700} a{number}é {'long' * (number % 20)}"
            for number in range(at, at + 900)
        ]
        for at in range(0, 9000, 450)
    ]
    collector = TokenCollector()
    with ThreadPoolExecutor(6) as pool:
        collected = list(pool.map(collector.collect, map(passages_of, parts)))
    words = collector.vocabulary()
    assert len(set(words)) == len(words)
    for part, found in zip(parts, collected, strict=True):
        ids, lengths = found.ids, found.lengths
        expected = [raw_words(text) for text in part]
        assert [words[number] for number in ids] == [word for text in expected for word in text]
        assert lengths.tolist() == list(map(len, expected))
