"""Taggers on the passages of articles: what they find, and what their faults cost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus import TagLevel, TagSettings, read, split
from pinakes.corpus.passage_table import PassageTable
from pinakes.corpus.store.packing import pack
from pinakes.corpus.store.repacking import passages_of, repack
from pinakes.corpus.tagging import registry
from pinakes.corpus.tagging.applying import (
    MAX_TAGS,
    ArticleFacts,
    tag_passages,
    without_rules,
)
from pinakes.corpus.tagging.registry import load_taggers
from tests.sample_taggers import (
    found,
    tag_and_raise,
    tag_capitals,
    tag_long_words,
    yielding,
)

TEXT = "Halvik, a mine.\n\nThe Inspectorate of Ostrel wrote to nobody about Halvik before March."
NOBODY = ArticleFacts()


def passages_in(text: str) -> PassageTable:
    (extract,) = read(text.encode(), name="x.md")
    return split(extract, language="en")


def tags_of(table: PassageTable, type_: str) -> list[str]:
    return [
        table.text[tag.start : tag.end]
        for passage in table
        for tag in passage.tags
        if tag.type == type_
    ]


def test_tags_stand_at_the_words_that_were_found():
    table = tag_passages(passages_in(TEXT), NOBODY, [tag_capitals]).table
    assert tags_of(table, "capital") == [
        "Halvik",
        "The",
        "Inspectorate",
        "Ostrel",
        "Halvik",
        "March",
    ]
    assert {tag.rule for passage in table for tag in passage.tags} == {"structure/1", "capital/2"}


def test_tags_are_sorted_and_each_is_there_once():
    twice = [found("odd", "b", 3, 5), found("odd", "a", 3, 5), found("odd", " b ", 3, 5)]
    table = tag_passages(passages_in("One passage."), NOBODY, [yielding(*twice)]).table
    (passage,) = table
    assert [(tag.type, tag.value) for tag in passage.tags] == [
        ("kind", "paragraph"),
        ("lang", "en"),
        ("odd", "a"),
        ("odd", "b"),
    ]


def test_of_tags_alike_the_surest_counts():
    both = [
        found("odd", "a", 0, 3, variant="guessed", confidence=0.5),
        found("odd", "a", 0, 3, variant="read", confidence=0.9),
    ]
    (passage,) = tag_passages(passages_in("One passage."), NOBODY, [yielding(*both)]).table
    assert [tag.rule for tag in passage.tags if tag.type == "odd"] == ["odd.read/1"]


@pytest.mark.parametrize(
    "nonsense",
    [
        found("odd", "x", 0, 1000),
        found("odd", "x", -1, 1),
        found("odd", "x", 2, 2),
        found("odd", "x", 0.0, 1.0),
        found("odd", "x", True, 3),
        found("odd", "  ", 0, 1),
        found("odd", "x" * 2001, 0, 1),
        found("odd", "a\x00b", 0, 1),
        found("odd", "\ud800", 0, 1),
        found("odd", None, 0, 1),
        found("other", "x", 0, 1),
        found("odd", "x", 0, 1, variant="A b"),
        found("odd", "x", 0, 1, confidence=float("nan")),
        "no tag",
        None,
    ],
)
def test_nonsense_costs_the_tags_of_its_tagger_only(nonsense):
    good = found("odd", "good", 0, 1)
    tagged = tag_passages(passages_in(TEXT), NOBODY, [yielding(good, nonsense), tag_capitals])
    assert tags_of(tagged.table, "odd") == []
    assert len(tags_of(tagged.table, "capital")) == 6
    assert list(tagged.failed) == ["odd"]


def test_a_tagger_that_finds_no_end_is_at_fault():
    many = [found("odd", str(number), 0, 1) for number in range(MAX_TAGS + 1)]
    assert list(tag_passages(passages_in(TEXT), NOBODY, [yielding(*many)]).failed) == ["odd"]
    assert not tag_passages(passages_in(TEXT), NOBODY, [yielding(*many[1:])]).failed


def test_what_a_tagger_found_before_it_failed_is_not_there():
    tagged = tag_passages(passages_in("One.\n\nTo fail."), NOBODY, [tag_and_raise])
    assert tags_of(tagged.table, "odd") == []
    assert tagged.failed == {"raises": "ZeroDivisionError: a tagger at fault"}


def test_taggers_see_the_whole_article():
    seen = []

    def look(passage):
        article = passage.article
        seen.append((passage.number, article.title, article.once(len_of), len(article.passages)))
        assert article.text[passage.start :].startswith(passage.text)
        assert article.passages[passage.number] is passage
        return ()

    facts = ArticleFacts(title="Of mines", language="en")
    tagger = registry.Tagger(name="look", version=1, types=(), level=TagLevel.BASIC, find=look)
    assert not tag_passages(passages_in(TEXT), facts, [tagger]).failed
    assert {title for _, title, _, _ in seen} == {"Of mines"}
    assert len({length for _, _, length, _ in seen}) == 1


def len_of(article):
    return len(article.text)


texts = st.text(alphabet=st.sampled_from("aB cд.\n,é1\u0301ßÇ😀ab "), min_size=1, max_size=300).map(
    "Word ".__add__
)


@given(texts)
def test_spans_lie_in_their_passage_and_nothing_else_changes(text):
    (extract,) = read(text.encode(), name="x.md")
    before = split(extract)
    after = tag_passages(before, NOBODY, [tag_capitals, tag_long_words]).table
    assert after.text == before.text
    for old, new in zip(before, after, strict=True):
        assert (old.start, old.end, old.text, old.kind) == (new.start, new.end, new.text, new.kind)
        assert set(old.tags) <= set(new.tags)
        assert all(new.start <= tag.start < tag.end <= new.end for tag in new.tags)
    assert without_rules(after, {"capital", "long-word"}) == before


@given(texts)
def test_the_same_passage_gives_the_same_tags_and_they_survive_the_store(text):
    (extract,) = read(text.encode(), name="x.md")
    before = split(extract)
    after = tag_passages(before, NOBODY, [tag_capitals, tag_long_words]).table
    assert after == tag_passages(before, NOBODY, [tag_long_words, tag_capitals]).table
    plain = pack(extract, before)
    packed = repack(plain, after, stamps=("capital/2",))
    assert passages_of(packed.content) == after
    assert packed.digest == plain.digest
    assert PassageTable.of(tuple(after), after.text) == after


def test_levels_hold_what_stands_before_them(monkeypatch):
    built_in = {
        "capital": ("tests.sample_taggers:tag_capitals", TagLevel.BASIC),
        "long-word": ("tests.sample_taggers:tag_long_words", TagLevel.ALL),
    }
    monkeypatch.setattr(registry, "BUILT_IN", built_in)
    monkeypatch.setattr(registry, "_FOLDER", "")
    monkeypatch.setattr(registry, "_attribute", lambda place: globals()[place.partition(":")[2]])
    names = {
        level: [tagger.name for tagger in load_taggers(TagSettings(level=level)).taggers]
        for level in TagLevel
    }
    assert names == {"none": [], "basic": ["capital"], "all": ["capital", "long-word"]}


def test_a_tagger_that_cannot_be_loaded_is_told_and_the_others_tag(monkeypatch):
    monkeypatch.setattr(
        registry,
        "_of_packages",
        lambda: [
            ("capital", lambda: tag_capitals),
            ("gone", lambda: 1 // 0),
            ("wrong-name", lambda: tag_capitals),
            ("no-tagger", lambda: len),
            ("takes-kind", lambda: named("takes-kind", types=("kind",))),
            ("hand", lambda: named("hand")),
        ],
    )
    loaded = load_taggers(TagSettings(level=TagLevel.BASIC))
    assert [tagger.name for tagger in loaded.taggers if tagger.name in ("capital", "hand")] == [
        "capital"
    ]
    assert set(loaded.problems) == {"gone", "wrong-name", "no-tagger", "takes-kind", "hand"}


def named(name, types=("odd",)):
    return registry.Tagger(
        name=name, version=1, types=types, level=TagLevel.BASIC, find=lambda _passage: ()
    )
