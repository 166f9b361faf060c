"""Small random archives and query trees, for tests that compare with the reference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from pinakes.corpus import Article, Kind, Passage, Tag
from pinakes.indexer import Segment, Snapshot, build_segment, snapshot_of
from pinakes.indexer.segments.deletions import deletions_of
from pinakes.indexer.segments.merging import merge_segments
from pinakes.indexer.segments.workers import Workers
from pinakes.search.options import By, Scope, SearchOptions, Sort
from pinakes.search.query import (
    And,
    Boost,
    Constant,
    DateRange,
    Everything,
    Filter,
    Fuzzy,
    Has,
    Literal,
    Near,
    Node,
    Not,
    NumberRange,
    Or,
    Phrase,
    Quantity,
    Regex,
    Together,
    Wildcard,
    Within,
    Word,
)
from tests.random_tables import (
    ASKED,
    AUTHORS,
    BETWEEN,
    DATE_RANGES,
    DATES,
    DEALT,
    FACTORS,
    FILTER_VALUES,
    KNOWABLE,
    LANGUAGES,
    LENGTHS,
    LITERALS,
    MISSPELT,
    PATHS,
    PATTERNS,
    QUANTITIES,
    SECTIONS,
    SEPARATORS,
    SOURCES,
    SPAN_TAGS,
    TAGS,
    VALUE_PATTERNS,
    WILDCARDS,
)

WORDS = st.sampled_from(DEALT)


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(WORDS, min_size=draw(st.sampled_from([1, 3, 6])), max_size=9))
    text = parts[0]
    for part in parts[1:]:
        text += draw(st.sampled_from(SEPARATORS)) + part
    return text


@st.composite
def articles(draw: st.DrawFn, *, key: int) -> Article:
    fewest = draw(st.sampled_from([0, 1, 2, 2]))
    kinds = draw(st.lists(st.sampled_from(Kind), min_size=fewest, max_size=5))
    passages: list[Passage] = []
    text = ""
    for number, kind in enumerate(kinds):
        words = draw(texts())
        text += "\n\n" * bool(text)
        start, end = len(text), len(text) + len(words)
        text += words
        tags = tuple(
            Tag(type=type_, value=value, start=start, end=end, rule="test/1")
            for type_, value in draw(st.lists(st.sampled_from(TAGS), max_size=2, unique=True))
        )
        spans = st.tuples(st.integers(start, end - 1), st.sampled_from((1, 3, 9, 30)))
        tags += tuple(
            Tag(type=type_, value=value, start=first, end=min(end, first + length), rule="test/1")
            for (type_, value), (first, length) in draw(
                st.lists(st.tuples(st.sampled_from(SPAN_TAGS), spans), max_size=3)
            )
        )
        passages.append(
            Passage(
                number=number,
                kind=kind,
                section=draw(st.sampled_from(SECTIONS)),
                start=start,
                end=end,
                text=words,
                tags=tags,
            )
        )
    return Article(
        id=f"{key:08x}",
        key=key,
        title="",
        text=text,
        authors=draw(st.sampled_from(AUTHORS)),
        source=draw(st.sampled_from(SOURCES)),
        url=draw(st.sampled_from(("", "https://example.org/one"))),
        published=draw(st.sampled_from(DATES)),
        language=draw(st.sampled_from(LANGUAGES)),
        paths=(draw(st.sampled_from(PATHS)),),
        record="",
        sha256="",
        text_sha256="",
        metadata=(),
        passages=tuple(passages),
    )


@dataclass(frozen=True)
class RandomArchive:
    """Articles by segment, and which keys are deleted.

    Attributes:
        segments: The articles of each.
        deleted: Keys.
        merged_count: How many of the first segments are merged, without what is deleted of them.
    """

    segments: tuple[tuple[Article, ...], ...]
    deleted: frozenset[int]
    merged_count: int = 0

    @property
    def living(self) -> list[Article]:
        return [
            article
            for segment in self.segments
            for article in segment
            if article.key not in self.deleted
        ]

    def snapshot(self, folder: Path, name: str = "MAIN") -> Snapshot:
        """Build the segments in `folder`."""
        opened = []
        for number, members in enumerate(self.segments):
            path = folder / f"{name}_{number}.seg"
            segment = build_segment(members, path)
            live = np.array([article.key not in self.deleted for article in members], np.bool_)
            if not live.all():
                segment = Segment(path, deletions_of(live))
            opened.append(segment)
        if self.merged_count:
            path = folder / f"{name}_merged.seg"
            with Workers() as workers:
                merge_segments(opened[: self.merged_count], path, workers=workers)
            opened[: self.merged_count] = [Segment(path)]
        return snapshot_of(*opened)

    def without(self, keys: frozenset[int]) -> RandomArchive:
        """The same without some articles."""
        segments = [[one for one in each if one.key not in keys] for each in self.segments]
        return replace(self, segments=tuple(map(tuple, segments)), deleted=self.deleted - keys)

    def outline(self) -> str:
        keys = [[article.key for article in members] for members in self.segments]
        return f"{keys!r}, deleted {sorted(self.deleted)!r}, {self.merged_count} merged"


@st.composite
def archives(draw: st.DrawFn) -> RandomArchive:
    sizes = draw(st.lists(st.sampled_from([0, 1, 2, 3, 5, 8]), min_size=1, max_size=8))
    # Keys ascend from each segment to the next, with gaps where a merge dropped what was deleted.
    keys = iter(sorted(draw(st.sets(st.integers(1, 99), min_size=sum(sizes), max_size=sum(sizes)))))
    segments = [tuple(draw(articles(key=next(keys))) for _ in range(size)) for size in sizes]
    every = [article.key for segment in segments for article in segment]
    deleted = draw(st.sets(st.sampled_from(every), max_size=4)) if every else set()
    return RandomArchive(tuple(segments), frozenset(deleted))


def _at(node: type[Node], **values: object) -> st.SearchStrategy[Node]:
    # Of a named tuple, `builds` makes up even what has a default.
    given = {
        name: value if isinstance(value, st.SearchStrategy) else st.just(value)
        for name, value in {**getattr(node, "_field_defaults", {}), **values}.items()
    }
    return st.builds(node, **given, start=st.integers(0, 9), end=st.integers(10, 19))


def _often(*weighted: tuple[int, st.SearchStrategy[Node]]) -> st.SearchStrategy[Node]:
    """One of several strategies, by weight: `one_of` takes each once, however often it is given."""
    dealt = [number for number, (weight, _) in enumerate(weighted) for _ in range(weight)]
    return st.sampled_from(dealt).flatmap(lambda number: weighted[number][1])


WORDS_ASKED = st.sampled_from(ASKED)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
EXPANSIONS = _often(
    (2, _at(Wildcard, text=st.sampled_from(WILDCARDS))),
    (1, _at(Fuzzy, text=st.sampled_from(MISSPELT), edits=st.sampled_from([1, 2]))),
    (1, _at(Regex, text=st.sampled_from(PATTERNS))),
)
PLAIN_LEAVES = _often(
    (12, _at(Word, text=WORDS_ASKED)),
    (4, _at(Phrase, text=PHRASES)),
    (2, EXPANSIONS),
)


def _near(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return _at(
        Near,
        children=st.lists(below, min_size=2, max_size=3).map(tuple),
        words_between=st.sampled_from(BETWEEN),
        is_ordered=st.booleans(),
    )


def _either(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return _at(Or, children=st.lists(below, min_size=2, max_size=3).map(tuple))


ABOUT_TAGS = _often(
    (3, _at(Filter, field="tag", value=st.sampled_from(FILTER_VALUES["tag"]))),
    (3, _at(Filter, field="tag", value=st.sampled_from(VALUE_PATTERNS["tag"]), is_pattern=True)),
    (
        1,
        st.sampled_from(DATE_RANGES).flatmap(
            lambda days: _at(DateRange, field="mentions", first=days[0], last=days[1])
        ),
    ),
    (1, st.sampled_from(QUANTITIES).map(lambda ends: Quantity(**ends, start=0, end=9))),
)
NEAR_LEAVES = _often((4, PLAIN_LEAVES), (1, ABOUT_TAGS))
NEAR = _near(_often((6, NEAR_LEAVES), (1, _either(NEAR_LEAVES)), (1, _near(NEAR_LEAVES))))
TOGETHER = _at(
    Together,
    children=st.lists(
        _often((6, NEAR_LEAVES), (1, _either(NEAR_LEAVES))), min_size=2, max_size=3
    ).map(tuple),
    unit=st.sampled_from(["passage", "sentence"]),
)
LITERAL = _at(Literal, text=st.sampled_from(LITERALS))
TEXT_LEAVES = _often((20, PLAIN_LEAVES), (4, EXPANSIONS), (6, NEAR), (3, TOGETHER), (1, LITERAL))
FILTERS = st.one_of(
    *(
        _at(Filter, field=field, value=st.sampled_from(values))
        for field, values in FILTER_VALUES.items()
    ),
    ABOUT_TAGS,
    _at(Everything),
    _at(Has, field=st.sampled_from(KNOWABLE)),
    *(
        _at(Filter, field=field, value=st.sampled_from(values), is_pattern=True)
        for field, values in VALUE_PATTERNS.items()
    ),
    st.sampled_from(DATE_RANGES).flatmap(
        lambda days: _at(DateRange, field="published", first=days[0], last=days[1])
    ),
    st.sampled_from(LENGTHS).flatmap(
        lambda ends: _at(NumberRange, field="words", first=ends[0], last=ends[1])
    ),
)


def _grown(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(below, min_size=2, max_size=3).map(tuple)
    both, either = _at(And, children=several), _at(Or, children=several)
    weights = st.sampled_from(FACTORS)
    weighed = st.one_of(
        _at(Boost, child=below, factor=weights), _at(Constant, child=below, score=weights)
    )
    return _often((8, both), (6, either), (2, _at(Not, child=below)), (1, weighed))


IN_TITLES = st.recursive(TEXT_LEAVES, _grown, max_leaves=3).flatmap(
    lambda child: _at(Within, field="title", child=st.just(child))
)
TREES = st.recursive(_often((12, TEXT_LEAVES), (4, FILTERS), (1, IN_TITLES)), _grown, max_leaves=7)
OPTIONS = st.builds(
    SearchOptions,
    scope=st.sampled_from(Scope),
    by=st.sampled_from([By.ARTICLE, *By]),
    sort=st.sampled_from([Sort.SCORE, Sort.SCORE, *Sort]),
    limit=st.sampled_from([50, 50, 50, 3, 1, 0]),
    offset=st.sampled_from([0, 0, 0, 1, 4]),
    totals=st.sampled_from([True, True, True, False]),
)
