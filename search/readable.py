"""Reads the articles of an answer, and tells of those that are damaged: none is left out unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pinakes.corpus import Store
from pinakes.indexer import Snapshot
from pinakes.search.evaluation import Clause
from pinakes.search.evaluation.texts.targets import needs_texts
from pinakes.search.query import Code, Diagnostic, Query, Severity

if TYPE_CHECKING:
    from pinakes.corpus import Article, DamagedArticle

_MOST_NAMED = 5
DAMAGE_REMEDY = "`pinakes doctor` tells the files of what is damaged, and what to do"


class Readable:
    """The articles of a store but those that are damaged, which are noted.

    Attributes:
        damaged: What is known of those that were asked for, by key.
    """

    def __init__(
        self, store: Store, on_damage: Callable[[DamagedArticle], None] | None = None
    ) -> None:
        """Read from a store, in the thread that has it in hand.

        `on_damage` is called with each damaged article, once.
        """
        self._store = store
        self._on_damage = on_damage
        self.damaged: dict[int, DamagedArticle] = {}
        self._compared: set[int] = set()

    def articles(self, keys: Sequence[int]) -> dict[int, Article]:
        """Return the articles with some keys, by key."""
        with self._store.passing_over_damage(self._note):
            return self._store.articles(keys)

    def texts(self, keys: Sequence[int]) -> Mapping[int, Article | None]:
        """Return the same for what compares a query with texts: None for those damaged."""
        found: dict[int, Article | None] = {**self.articles(keys)}
        lost = self.damaged.keys() & keys
        self._compared |= lost
        return {**found, **dict.fromkeys(lost)}

    def recall(self, clauses: Iterable[Clause], snapshot: Snapshot) -> None:
        """Note the damaged articles in which such clauses were not looked for before.

        What was found then is kept, and nobody reads their texts again.
        """
        self.texts(met_before(clauses, snapshot))

    def note_left_out(self, snapshot: Snapshot) -> None:
        """Note the articles that the index is without, as they were damaged when it was made."""
        if count_left_out(self._store, snapshot):
            held = {key for each in snapshot.segments for key in each.article_key.tolist()}
            keys = self._store.keys_born(0, snapshot.generation)
            self.articles([key for key in keys if key not in held])

    def _note(self, article: DamagedArticle) -> None:
        if self._on_damage and article.key not in self.damaged:
            self._on_damage(article)
        self.damaged[article.key] = article

    def tell(self, query: Query, shown: Iterable[int] = ()) -> tuple[Diagnostic, ...]:
        """Return what is to be told of the damaged ones; `shown` are keys that were to be shown."""
        counted = self._ids(shown)
        untold = [each for each in self._ids(self._compared) if each not in counted]
        findings = []
        if counted:
            findings.append(f"counted, but damaged and not shown: {_named(counted)}")
        if untold:
            told = "damaged, so that it cannot be told whether the query is true of their texts"
            findings.append(f"{told}: {_named(untold)}")
        return tuple(_finding(query, each) for each in findings)

    def _ids(self, keys: Iterable[int]) -> list[str]:
        return [self.damaged[key].id for key in dict.fromkeys(keys) if key in self.damaged]


def met_before(clauses: Iterable[Clause], snapshot: Snapshot) -> list[int]:
    """Return the keys of living articles that were damaged when clauses were looked for in them."""
    targets = [clause.target for clause in clauses if needs_texts(clause.target)]
    if not targets:
        return []
    # Few queries need texts.
    from pinakes.search.evaluation.texts.unread import unread_before

    indexes = {segment.path.parent for segment in snapshot.segments}
    met = sorted({key for at in indexes for each in targets for key in unread_before(at, each)})
    if not met:
        return []
    found: list[int] = []
    for segment in snapshot.segments:
        live = slice(None) if segment.live is None else segment.live
        found += np.intersect1d(segment.article_key[live], met).tolist()
    return found


def count_left_out(store: Store, snapshot: Snapshot) -> int:
    """Return how many articles the index is without, as they were damaged when it was made."""
    if snapshot.remote is not None:
        return 0
    return max(0, store.counts(snapshot.generation).articles - snapshot.live_articles)


def tell_left_out(query: Query, left_out: int) -> tuple[Diagnostic, ...]:
    """Return what is to be told of articles that are not in the index."""
    if not left_out:
        return ()
    return (_finding(query, f"damaged and not searched: {_count(left_out)}"),)


def is_about_damage(found: Diagnostic) -> bool:
    """Return whether a finding says that an answer may be short, as articles are damaged."""
    return found.code is Code.DAMAGED_ARTICLE


def _finding(query: Query, told: str) -> Diagnostic:
    return Diagnostic(
        code=Code.DAMAGED_ARTICLE,
        severity=Severity.WARNING,
        message=f"{told}; {DAMAGE_REMEDY}",
        start=0,
        end=len(query.text),
    )


def _named(ids: Sequence[str]) -> str:
    return f"{_count(len(ids))} ({first_ids(ids)})"


def first_ids(ids: Sequence[str]) -> str:
    """Return the first few ids of damaged articles, and how many more there are."""
    further = len(ids) - _MOST_NAMED
    more = f" and {further:,} more" if further > 0 else ""
    return f"{', '.join(ids[:_MOST_NAMED])}{more}"


def _count(number: int) -> str:
    return "1 article" if number == 1 else f"{number:,} articles"
