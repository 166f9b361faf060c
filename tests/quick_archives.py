"""Random archives drawn fast, in three sizes, and cut into segments in any number of ways."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pinakes.corpus import Article, Kind, Passage, Tag
from tests.random_archives import RandomArchive
from tests.random_tables import (
    AUTHORS,
    DATES,
    DEALT,
    LANGUAGES,
    PATHS,
    RARE,
    SECTIONS,
    SEPARATORS,
    SOURCES,
    SPAN_TAGS,
    TAGS,
)

MOST_SEGMENTS = 8
KINDS = tuple(Kind)
# A few words that most passages hold, and a tail that few do: lists of any length.
MANY_WORDS = [*DEALT[:6], *(f"w{number}" for number in range(150)), *RARE]
FREQUENCIES = list(accumulate(1 / (1 + place) for place in range(len(MANY_WORDS))))


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large archives are.

    Attributes:
        articles: How many of them, at least and at the most.
        words: How many words a passage may have.
        is_bulky: Whether their words are of a larger vocabulary, some repeated in a passage.
    """

    articles: tuple[int, int]
    words: tuple[int, ...]
    is_bulky: bool


TINY = Shape(articles=(0, 14), words=(1, 3, 6, 9), is_bulky=False)
SMALL = Shape(articles=(10, 50), words=(1, 3, 6, 9, 15), is_bulky=False)
BULKY = Shape(articles=(150, 800), words=(1, 5, 15, 30), is_bulky=True)


def draw_shape(luck: random.Random) -> Shape:
    return luck.choices((TINY, SMALL, BULKY), (86, 11, 3))[0]


def draw_word(luck: random.Random, shape: Shape) -> str:
    if shape.is_bulky:
        return luck.choices(MANY_WORDS, cum_weights=FREQUENCIES)[0]
    return luck.choice(DEALT)


def draw_articles(luck: random.Random, shape: Shape) -> list[Article]:
    """Return articles with ascending keys, between which others may be missing."""
    size = luck.randint(*shape.articles)
    keys = sorted(luck.sample(range(1, 3 * size + 2), size))
    return [_draw_article(luck, shape, key) for key in keys]


def _draw_article(luck: random.Random, shape: Shape, key: int) -> Article:
    passages: list[Passage] = []
    at = 0
    for number in range(luck.choice((0, 1, 2, 2, 3, 5))):
        passages.append(_draw_passage(luck, shape, number, at))
        at = passages[-1].end + 2
    return Article(
        id=f"{key:08x}",
        key=key,
        title="",
        text="\n\n".join(passage.text for passage in passages),
        authors=luck.choice(AUTHORS),
        source=luck.choice(SOURCES),
        url=luck.choice(("", "https://example.org/one")),
        published=luck.choice(DATES),
        language=luck.choice(LANGUAGES),
        paths=(luck.choice(PATHS),),
        record="",
        sha256="",
        text_sha256="",
        metadata=(),
        passages=tuple(passages),
    )


def _draw_passage(luck: random.Random, shape: Shape, number: int, start: int) -> Passage:
    words = [draw_word(luck, shape) for _ in range(luck.choice(shape.words))]
    if luck.random() < (0.1 if shape.is_bulky else 0.01):
        # So often that the code of a posting does not tell how often, now and then in 2 bytes.
        words[0:1] = words[0:1] * luck.choice((15, 16, 17, 40, 300 if shape.is_bulky else 20))
    text = words[0]
    for word in words[1:]:
        text += luck.choice(SEPARATORS) + word
    tags = tuple(
        Tag(type=type_, value=value, start=start, end=start + len(text), rule="test/1")
        for type_, value in luck.sample(TAGS, luck.choice((0, 0, 1, 2)))
    )
    tags += tuple(_draw_spans(luck, start, start + len(text)))
    return Passage(
        number=number,
        kind=luck.choice(KINDS),
        section=luck.choice(SECTIONS),
        start=start,
        end=start + len(text),
        text=text,
        tags=tags,
    )


def _draw_spans(luck: random.Random, start: int, end: int) -> Iterator[Tag]:
    """Yield tags on parts of a passage, some of which begin or end inside a word."""
    for _ in range(luck.choice((0, 0, 1, 2, 5))):
        first = luck.randrange(start, end)
        last = min(end, first + luck.choice((1, 3, 5, 9, 30)))
        type_, value = luck.choice(SPAN_TAGS)
        yield Tag(type=type_, value=value, start=first, end=last, rule="test/1")


def draw_deleted(luck: random.Random, articles: Sequence[Article]) -> frozenset[int]:
    share = luck.choice((0.0, 0.1, 0.3))
    return frozenset(article.key for article in articles if luck.random() < share)


def draw_cut(
    luck: random.Random, articles: Sequence[Article], deleted: frozenset[int]
) -> RandomArchive:
    """Return the articles in 1 to 8 segments, once in three times some of them merged."""
    inner = sorted(luck.randint(0, len(articles)) for _ in range(luck.randrange(MOST_SEGMENTS)))
    ends = (0, *inner, len(articles))
    segments = tuple(tuple(articles[first:end]) for first, end in pairwise(ends))
    merged_count = luck.randint(1, len(segments)) if luck.random() < 0.3 else 0
    return RandomArchive(segments, deleted, merged_count)
