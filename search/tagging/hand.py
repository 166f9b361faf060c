"""Tags set by hand: on the passages that satisfy a query, on an article, or on one passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pinakes.corpus import (
    HAND_RULE,
    Article,
    HandTag,
    PassageTable,
    PinakesError,
    Store,
    StoreWriter,
    check_type,
    is_value,
    passage_names,
    tidy_value,
    with_hand_tags,
)
from pinakes.indexer import Snapshot
from pinakes.search.options import Scope
from pinakes.search.query import Query
from pinakes.search.tagging.rule_syntax import DEFAULT_TYPE, MAX_VALUE_CHARS
from pinakes.search.windows import find_all

_BATCH = 1000
# Words may be made of these letters, as `cafe`: only a whole id is one without a number.
_ID = re.compile(r"([0-9a-f]{4,64})#([0-9]{1,9})|([0-9a-f]{8,64})")

Targets = Iterator[tuple[Article, Sequence[int]]]
"""Articles with the numbers of their passages."""


class HandTagError(PinakesError, ValueError):
    """What is to be set by hand is no tag, or not on any passage; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandReport:
    """What was tagged by hand.

    Attributes:
        articles: How many articles have other tags now.
        passages: How many of their passages.
        looked_at: How many passages were meant.
    """

    articles: int
    passages: int
    looked_at: int


def read_tag(text: str) -> tuple[str, str]:
    """Return type and value of a tag as it is written: `place:Geneva`, or `x` for `topic:x`.

    Raises:
        HandTagError: It is none that can be set by hand.
    """
    type_, colon, value = text.partition(":")
    if not colon:
        type_, value = DEFAULT_TYPE, text
    value = tidy_value(value)
    try:
        check_type(type_)
    except ValueError as error:
        raise HandTagError(f"{text}: {error}") from error
    if not is_value(value, max_chars=MAX_VALUE_CHARS):
        raise HandTagError(
            f"{text}: expected a value of up to {MAX_VALUE_CHARS} characters, none of them a sign "
            "of control, as in topic:x"
        )
    return type_, value


def read_id(text: str) -> tuple[str, int | None] | None:
    """Return what an id names: a passage, or an article by its whole id; None if it is none."""
    found = _ID.fullmatch(text.strip())
    if not found:
        return None
    return (found[3], None) if found[3] else (found[1], int(found[2]))


def targets_of_id(
    store: Store, article_id: str, number: int | None, *, generation: int | None = None
) -> Targets:
    """Yield the article as it is at a generation, by default the latest, with passages of it.

    Raises:
        UnknownArticleError: As of `Store.find`.
        HandTagError: It has no such passage.
    """
    latest = store.state().generation if generation is None else generation
    article = store.find(article_id, generation=latest)
    count = len(article.passages)
    if number is not None and number >= count:
        raise HandTagError(
            f"{article.id} has no passage {number}; its passages are 0 to {count - 1}"
        )
    yield article, range(count) if number is None else [number]


def targets_of_query(query: Query, snapshot: Snapshot, store: Store) -> Targets:
    """Yield the articles with passages that satisfy a query by themselves, with these."""
    for found in find_all(query, snapshot, store, scope=Scope.PASSAGE):
        yield found.article, sorted(passage.number for passage in found.ranked.passages)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandChange:
    """What is to be set, and what taken away, as types with values."""

    add: tuple[tuple[str, str], ...]
    remove: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, add: Iterable[str], remove: Iterable[str]) -> HandChange:
        """Read tags as they are written; raises `HandTagError` as `read_tag`."""
        change = cls(add=tuple(map(read_tag, add)), remove=tuple(map(read_tag, remove)))
        if not (change.add or change.remove):
            raise HandTagError("name a tag to set, as +topic:x, or one to take away, as -topic:x")
        if both := set(change.add) & set(change.remove):
            type_, value = sorted(both)[0]
            raise HandTagError(f"{type_}:{value}: cannot be set and taken away at once")
        return change


def change_tags(store: Store, targets: Targets, change: HandChange) -> HandReport:
    """Set and take away tags; whoever calls this holds the archive's `WriterLock`.

    What a rule finds is taken away for good: it does not come back when the rule is run again.
    """
    # All are found before the first is changed.
    work = [(article.key, list(numbers)) for article, numbers in targets]
    articles = passages = 0
    for first in range(0, len(work), _BATCH):
        some = dict(work[first : first + _BATCH])
        with store.transaction() as writer:
            for key, article in store.articles(list(some)).items():
                changed = _change_article(writer, article, some[key], change)
                articles += bool(changed)
                passages += changed
    looked_at = sum(len(numbers) for _, numbers in work)
    return HandReport(articles=articles, passages=passages, looked_at=looked_at)


def _change_article(
    writer: StoreWriter, article: Article, numbers: Iterable[int], change: HandChange
) -> int:
    """Change the tags of passages of an article; return of how many they are others now."""
    table = PassageTable.of(article.passages, article.text)
    names = passage_names(table)
    for number in numbers:
        tags = table.tag_lists[table.tag_list_of[number]]
        for type_, value in change.add:
            writer.hand.put(article.id, names[number], HandTag(type=type_, value=value))
        for type_, value in change.remove:
            tag = HandTag(type=type_, value=value, is_set=False)
            is_by_rule = any(
                (each.type, each.value) == (type_, value) and each.rule != HAND_RULE
                for each in tags
            )
            if is_by_rule:
                writer.hand.put(article.id, names[number], tag)
            else:
                writer.hand.forget(article.id, names[number], [tag])
    after = with_hand_tags(table, writer.hand.of_article(article.id))
    changed = sum(
        table.tag_lists[old] != after.tag_lists[new]
        for old, new in zip(table.tag_list_of, after.tag_list_of, strict=True)
    )
    if changed:
        writer.set_tags(article.key, after)
    return changed
