"""Tagging again what is packed: as if passages and tags had been built for it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pinakes.corpus import PassageTable, TagLevel, TagPattern, read, split
from pinakes.corpus.store.packing import pack
from pinakes.corpus.store.repacking import passages_of, repack
from pinakes.corpus.tagging.applying import ArticleTags, with_tags
from pinakes.corpus.tagging.retagged_content import ContentTagger
from pinakes.corpus.tagging.tagger import FoundTag, Tagger

TEXT = b"""# Salt of old

The mine of Halvik is old, and nobody has gone down for long.

Ein Bergwerk, das lange niemand mehr betreten hat, steht dort noch immer.

The mine of Halvik is old, and nobody has gone down for long.

- salt
- silver
"""
RULES = ["mine/1", "mine/2", "mine.of/2", "miner/1", "structure/1", "law.short/2"]
patterns = st.builds(
    TagPattern,
    st.sampled_from(["topic", "law", "Odd:type", "place"]),
    st.sampled_from(["mining", "salt", 'a "b"', "Соль"]),
    st.sampled_from(RULES),
    st.none() | st.sampled_from([(0, 2), (0, 4), (2, 4)]),
)
tag_lists = st.lists(st.lists(patterns, max_size=4), min_size=1, max_size=9)


def packed_with(tags: list[list[TagPattern]]) -> tuple[bytes, int]:
    (extract,) = read(TEXT, name="salt.md")
    table = PassageTable.of(split(extract), extract.text)
    given_tags = [tags[number % len(tags)] for number in range(len(table))]
    packed = repack(pack(extract, split(extract)), with_tags(table, given_tags), stamps=())
    return packed.content, len(table)


def tagger(name: str, found: list[list[TagPattern]], *, fails: bool = False) -> Tagger:
    """Return one that finds, passage by passage, what it is told."""

    def find(passage: object) -> list[FoundTag]:
        if fails:
            raise ZeroDivisionError("at fault")
        return [
            FoundTag(
                type=tag.type,
                value=tag.value,
                start=tag.span[0] if tag.span else 0,
                end=tag.span[1] if tag.span else len(passage.text),
                reason="it was told so",
            )
            for tag in found[passage.number % len(found)]
        ]

    types = ("topic", "law", "Odd:type", "place")
    return Tagger(name=name, version=2, types=types, level=TagLevel.BASIC, find=find)


# Only its rule is another: to an index nothing differs.
@example(
    before=[[TagPattern("topic", "mining", "mine/1", (0, 2))]],
    found=[[TagPattern("topic", "mining", "mine/2", (0, 2))]],
    replaced=set(),
    is_run=True,
    fails=False,
)
@given(
    before=tag_lists,
    found=tag_lists,
    replaced=st.sets(st.sampled_from(["mine", "law", "none"])),
    is_run=st.booleans(),
    fails=st.booleans(),
)
def test_rows_become_what_passages_with_tags_become(
    before: list[list[TagPattern]],
    found: list[list[TagPattern]],
    replaced: set[str],
    is_run: bool,
    fails: bool,
) -> None:
    content, passage_count = packed_with(before)
    taggers = [tagger("mine", found, fails=fails)] if is_run else []
    replaced |= {each.name for each in taggers}
    by_rows = ContentTagger(taggers, replaced, {})
    made = by_rows.tag_again(7, content)
    tags = ArticleTags(of_passages=[()] * passage_count, failed={})
    if is_run:
        tags = found_by(by_rows, content)
    expected = by_rows._with_marks(content, tags, {})
    assert made.content == expected.content
    assert made.failed == expected.failed
    assert (made.difference is None) == (expected.difference is None)
    if made.difference and expected.difference:
        assert made.difference == expected.difference
        assert passages_of(made.content) != passages_of(content)


def found_by(content_tagger: ContentTagger, content: bytes) -> ArticleTags:
    noted: list[ArticleTags] = []
    with pytest.MonkeyPatch.context() as patched:

        def note(_self: object, _content: bytes, tags: ArticleTags, _marks: object) -> None:
            noted.append(tags)

        patched.setattr(ContentTagger, "_with_marks", note)
        content_tagger.tag_again(7, content, {(b"", 0): []})
    return noted[0]


def test_what_nothing_can_be_found_in_is_not_looked_at() -> None:
    content, _ = packed_with([[TagPattern("topic", "mining", "miner/1", None)]])
    asked: list[tuple[int, str]] = []

    def may_find(key: int, text: str) -> bool:
        asked.append((key, text[:4]))
        return False

    never = tagger("mine", [[]], fails=True)
    assert ContentTagger([never], ["mine"], {"mine": may_find}).tag_again(7, content) == (
        None,
        b"",
        b"",
        0,
        {},
    )
    assert asked == [(7, "Salt")]
    # Tags that are there are looked for all the same.
    made = ContentTagger([], ["miner"], {}).tag_again(7, content)
    assert made.difference is not None
    assert b"miner/1" not in made.content
