"""Words in bulk: those of the analysis, by number."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pinakes.indexer import vocabulary
from pinakes.indexer.analysis import raw_words
from pinakes.indexer.tokens import TokenCollector, tokenise

# Letters, marks, joiners, points, unspaced scripts, digits, astral and lone characters.
NASTY = st.text(
    alphabet="aZ09_ \n-éßςйё\u0301\u0308\u0483كِتـ٠٣۴שָּภาษาก็กຂ້日本々ｶﾞがｰ한भिनေး"
    "½①ﬁǅ\u00ad\u200c\u200d\u034f\u2044\ufe0f\ufeff\U000e0100\U0001f600\U0001d518\U00020000"
    "\U0001e8d0\U00010a01\ud800\udfff\x00\x7f\x80\xff\u2019\u2014\ufffd\U0010ffff",
)
LONG = st.text(alphabet="aé日\u0301", min_size=7, max_size=40)
TEXTS = st.lists(NASTY | LONG | st.text() | st.text(st.characters(codec="ascii")), max_size=8)


def words_of(texts: Sequence[str]) -> list[list[str]]:
    tokens = tokenise(texts)
    assert tokens.ids.dtype == tokens.lengths.dtype == np.uint32
    assert len(set(tokens.vocabulary)) == len(tokens.vocabulary)
    assert set(tokens.ids.tolist()) == set(range(len(tokens.vocabulary)))
    found = [tokens.vocabulary[place] for place in tokens.ids]
    ends = np.cumsum(tokens.lengths).tolist()
    assert len(found) == (ends[-1] if ends else 0)
    return [found[end - length : end] for end, length in zip(ends, tokens.lengths, strict=True)]


@settings(deadline=None, max_examples=1000)
@given(TEXTS)
@example([])
@example([""])
@example(["a", "b", "", "é", "\u0301", "日", "\u0301本"])
@example(["日\u0301\u00ad\u0301a", "a\u00ad\u0301\u00ad日\u0301\u0301本x\u2044", "ก็\u200cก"])
@example(["\ud800a\udfff", "\U000e0100a\U000e0100", "\x00a\x00"])
@example(["abcdefgh", "abcdefghi", "abcdefg", "a" * 32, "a" * 33, "é" * 4, "é" * 16, "é" * 17])
def test_words_in_bulk_are_those_of_each_text(texts: list[str]) -> None:
    assert words_of(texts) == [raw_words(text) for text in texts]


@pytest.mark.parametrize(
    "around", ["{}", "a{}b", "日{}本", "日\u0301{}\u0301a", "a\u0301{}\u00ad日"]
)
def test_every_character_is_to_words_in_bulk_what_it_is_alone(around: str) -> None:
    codes = (*range(0x3_4000), *range(0xE_0000, 0xE_0200), sys.maxunicode)
    texts = [around.format(chr(code)) for code in codes]
    assert words_of(texts) == [raw_words(text) for text in texts]


@pytest.mark.parametrize("same", [0, 7])
def test_words_of_the_same_hash_are_told_apart(same: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_hash", lambda pieces: np.full(len(pieces), same, np.uint64))
    texts = ["multiplication multiplications", "nationalisation multiplication", "short words"]
    collector = TokenCollector()
    parts = [collector.collect([text])[0].tolist() for text in texts * 2]
    words = collector.vocabulary()
    assert [[words[number] for number in part] for part in parts] == [
        text.split() for text in texts * 2
    ]
    assert len(set(words)) == len(words) == 5
    assert words_of(texts) == [text.split() for text in texts]


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
        collected = list(pool.map(collector.collect, parts))
    words = collector.vocabulary()
    assert len(set(words)) == len(words)
    for part, (ids, lengths) in zip(parts, collected, strict=True):
        expected = [raw_words(text) for text in part]
        assert [words[number] for number in ids] == [word for text in expected for word in text]
        assert lengths.tolist() == list(map(len, expected))
