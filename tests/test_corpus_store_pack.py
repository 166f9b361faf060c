"""What is packed into a row comes out as it was."""

from __future__ import annotations

import copy
import dataclasses
import os
import pickle
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import (
    Article,
    Extract,
    Kind,
    MetadataValue,
    Passage,
    PassageTable,
    Tag,
    read,
    split,
)
from pinakes.corpus.store.packing import PackedArticle, pack
from pinakes.corpus.store.unpacking import unpack

not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)


@st.composite
def extracts(draw) -> tuple[Extract, tuple[Passage, ...]]:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    passages = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        spans = st.tuples(st.integers(start, end), st.integers(start, end)).map(sorted)
        tags = tuple(
            Tag(type=type_, value=value, start=span[0], end=span[1], rule=rule)
            for type_, value, rule, span in draw(
                st.lists(st.tuples(words, words, words, spans), max_size=3)
            )
        )
        passages.append(
            Passage(
                number=number,
                kind=draw(st.sampled_from(Kind)),
                section=tuple(draw(st.lists(words, max_size=2))),
                start=start,
                end=end,
                text=text[start:end],
                tags=tags,
            )
        )
    metadata = draw(
        st.lists(
            st.builds(MetadataValue, field=words, value=words, origin=words, chosen=st.booleans()),
            max_size=3,
        )
    )
    return Extract(text=text, blocks=(), metadata=tuple(metadata)), tuple(passages)


def unpacked(row: PackedArticle) -> Article:
    return unpack((1, "id", "", b"", row.text_sha256, 1, row.content), ["a"])


@settings(deadline=None, max_examples=60)
@given(extracts(), st.integers(1, 30))
def test_packing_loses_nothing_of_any_text(extracted, times):
    extract, passages = extracted
    # Repeated, so that some texts are worth compressing and some are not.
    metadata = extract.metadata * times
    extract = dataclasses.replace(extract, metadata=metadata)
    row = pack(extract, passages)
    article = unpacked(row)
    assert (article.text, article.passages, article.metadata) == (
        extract.text,
        passages,
        metadata,
    )


places = st.none() | st.integers(-9, 9)
steps = st.none() | st.integers(-3, 3).filter(bool)


@settings(deadline=None, max_examples=60)
@given(extracts(), st.builds(slice, places, places, steps))
def test_the_passages_of_an_article_act_as_a_tuple_of_them(extracted, some):
    extract, expected = extracted
    found = unpacked(pack(extract, expected)).passages
    assert (len(found), hash(found), repr(found)) == (
        len(expected),
        hash(expected),
        repr(expected),
    )
    assert found == expected
    assert expected == found
    assert found == found[:]
    assert (found == expected[1:], found == list(expected)) == (not expected, False)
    assert tuple(found) == expected
    assert tuple(reversed(found)) == expected[::-1]
    assert found[some] == expected[some]
    for number in range(-len(expected), len(expected)):
        assert found[number] == expected[number]
    for number in (len(expected), -len(expected) - 1):
        with pytest.raises(IndexError):
            found[number]


@settings(deadline=None, max_examples=20)
@given(extracts())
def test_an_article_can_be_copied_pickled_and_compared(extracted):
    row = pack(*extracted)
    article = unpacked(row)
    assert article == unpacked(row)
    assert hash(article) == hash(unpacked(row))
    for twin in (copy.copy(article), copy.deepcopy(article)):
        assert twin == article
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(article, protocol)) == article  # noqa: S301  # our own


@settings(deadline=None, max_examples=60)
@given(extracts())
def test_the_columns_say_what_the_passages_say(extracted):
    extract, passages = extracted
    made = PassageTable.of(passages, extract.text)
    found = unpacked(pack(extract, passages)).passages
    assert PassageTable.of(found, extract.text) is found
    for table in (made, found):
        assert table.text == extract.text
        assert list(zip(table.starts, table.ends, strict=True)) == [
            (passage.start, passage.end) for passage in passages
        ]
        assert [tuple(Kind)[number] for number in table.kinds] == [p.kind for p in passages]
        assert [table.sections[number] for number in table.section_of] == [
            passage.section for passage in passages
        ]
        assert [
            [(tag.type, tag.value, tag.rule) for tag in table.tag_lists[number]]
            for number in table.tag_list_of
        ] == [[(tag.type, tag.value, tag.rule) for tag in p.tags] for p in passages]
        assert len(set(table.sections)) == len(table.sections)
        assert len(set(table.tag_lists)) == len(table.tag_lists)


def test_what_passages_share_stands_in_their_columns_once():
    text = "\n\n".join(f"Paragraph {number}. " + "It has words. " * 10 for number in range(5))
    (extract,) = read(text.encode(), name="x.txt")
    table = PassageTable.of(split(extract, language="en"), extract.text)
    assert (len(table), len(table.sections), len(table.tag_lists)) == (5, 1, 1)


@pytest.mark.parametrize("spans", [[(0, 5), (4, 9)], [(6, 10), (0, 5)]])
def test_passages_that_are_not_in_order_are_not_packed(spans):
    passages = [
        Passage(number=i, kind=Kind.QUOTE, section=(), start=s, end=e, text="First text"[s:e])
        for i, (s, e) in enumerate(spans)
    ]
    with pytest.raises(ValueError, match="in order"):
        pack(Extract(text="First text", blocks=()), passages)
