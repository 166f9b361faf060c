"""Tags articles of the store again, from their texts as they are there."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import NamedTuple

from pinakes.corpus.model import Article
from pinakes.corpus.store import Store
from pinakes.corpus.store.packed_rows import PackedRow
from pinakes.corpus.store.writes import StoreWriter
from pinakes.corpus.tagging.applying import ArticleFacts
from pinakes.corpus.tagging.finds_ahead import AheadArticle, AheadPlan, BeginAhead
from pinakes.corpus.tagging.registry import stamp_name
from pinakes.corpus.tagging.retag_plan import MayFind, Retagging, Stamps, Work
from pinakes.corpus.tagging.retagged_content import ContentTagger, RetaggedContent

_PAGE = 100
_PAGES_AHEAD = 8
"""What is tagged ahead is held in memory until it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetagOptions:
    """How articles are tagged again.

    Attributes:
        batch_articles: After how many articles with other tags a transaction ends.
        batch_s: After how many seconds it ends too.
        on_plan: Called with how many articles there are to look at.
        on_article: Called after each of them.
        on_commit: Called with the store's generation after every transaction that raised it.
    """

    batch_articles: int = 2000
    batch_s: float = 15.0
    on_plan: Callable[[int], None] = lambda _articles: None
    on_article: Callable[[], None] = lambda: None
    on_commit: Callable[[int], None] = lambda _generation: None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetagReport:
    """What came of tagging articles again.

    Attributes:
        looked_at: How many articles were.
        changed: How many of them have other tags now.
        failed: By the name of a tagger, in how many articles it failed, and why in the first.
        seconds: Wall time.
        unreadable: By the name of a tagger that was asked for and cannot be loaded, why; its tags
            stay as they are.
    """

    looked_at: int
    changed: int
    failed: Mapping[str, tuple[int, str]]
    seconds: float
    unreadable: Mapping[str, str] = field(default_factory=dict)


_DEFAULT_OPTIONS = RetagOptions()


def retag(
    store: Store,
    asked: Retagging,
    *,
    options: RetagOptions = _DEFAULT_OPTIONS,
    ahead: BeginAhead | None = None,
) -> RetagReport:
    """Run taggers again; only articles whose tags change are written, and nothing else of them.

    Texts, ids, passages and what saved searches take for new stay as they are; originals are not
    looked at. What a transaction has done stays, whatever stops the run.

    Whoever calls this holds the archive's `WriterLock`; the store is open for writing.
    """
    began = time.perf_counter()
    found = store.tags.by_key()
    # Of thousands of articles, most have gone through the same taggers.
    plans = {stamps: asked.work_on(stamps) for stamps in set(found.values())}
    work = {key: stamps for key, stamps in found.items() if plans[stamps].is_any}
    options.on_plan(len(work))
    run = _Run(store, plans, asked.may_find, options)
    with closing(run.articles(work, ahead)) as articles:
        while not run.is_done:
            before = store.state().generation
            with store.transaction() as writer:
                run.work_off(writer, articles)
            after = store.state().generation
            if after > before:
                options.on_commit(after)
    return RetagReport(
        looked_at=len(work),
        changed=run.changed,
        failed=run.failed,
        seconds=time.perf_counter() - began,
    )


class _Found(NamedTuple):
    row: PackedRow
    stamps: Stamps
    made: RetaggedContent


class _Run:
    def __init__(
        self,
        store: Store,
        plans: Mapping[Stamps, Work],
        may_find: Mapping[str, MayFind],
        options: RetagOptions,
    ) -> None:
        self._store = store
        self._plans = plans
        self._numbers = {stamps: number for number, stamps in enumerate(plans)}
        self._taggers = {
            stamps: ContentTagger(plan.taggers, plan.replaced, may_find)
            for stamps, plan in plans.items()
        }
        self._may_find = may_find
        self._by_hand = store.tags.ids_by_hand()
        self._options = options
        self.changed = 0
        self.failed: dict[str, tuple[int, str]] = {}
        self.is_done = False

    def articles(
        self, work: Mapping[int, Stamps], begin_ahead: BeginAhead | None
    ) -> Generator[_Found]:
        """Yield all articles, tagged again."""
        keys = list(work)
        pages = [keys[first : first + _PAGE] for first in range(0, len(keys), _PAGE)]
        read = map(self._store.packed.with_keys, pages)
        ahead = begin_ahead(self._plan_of(work)) if begin_ahead else None
        try:
            waiting: deque[list[PackedRow]] = deque()
            for number in range(len(pages)):
                # Those that are tagged ahead are read ahead, too.
                for rows in islice(read, (_PAGES_AHEAD if ahead else 1) - len(waiting)):
                    waiting.append(rows)
                    if ahead:
                        ahead.offer(self._offered(rows, work))
                held = {row.key: row for row in waiting.popleft()}
                find = partial(self._tag_again, held, work)
                found = ahead.finish(number, find) if ahead else {}
                for key, row in held.items():
                    yield _Found(row, work[key], found[key] if key in found else find(key))
        finally:
            if ahead:
                ahead.close()

    def _plan_of(self, work: Mapping[int, Stamps]) -> AheadPlan:
        counts = Counter(work.values())
        return AheadPlan(
            works=tuple(self._plans.values()),
            counts=[counts[stamps] for stamps in self._plans],
            may_find=self._may_find,
            dictionaries=self._store.packed.dictionaries,
        )

    def _offered(self, rows: Iterable[PackedRow], work: Mapping[int, Stamps]) -> list[AheadArticle]:
        """Return what can be tagged elsewhere: all without tags by hand."""
        return [
            AheadArticle(row.key, self._numbers[work[row.key]], row.dictionary, row.frame)
            for row in rows
            if row.id not in self._by_hand
        ]

    def _tag_again(
        self, held: Mapping[int, PackedRow], work: Mapping[int, Stamps], key: int
    ) -> RetaggedContent:
        row = held[key]
        content = self._store.packed.content_of(row)
        marks = self._store.tags.by_hand(row.id) if row.id in self._by_hand else {}
        with self._store.packed.reading(row):
            return self._taggers[work[key]].tag_again(key, content, marks)

    def work_off(self, writer: StoreWriter, articles: Iterator[_Found]) -> None:
        """Work on articles for one transaction."""
        until = time.monotonic() + self._options.batch_s
        changed = 0
        for found in articles:
            changed += self._work_on(writer, found)
            self._options.on_article()
            if changed >= self._options.batch_articles or time.monotonic() > until:
                break
        else:
            self.is_done = True
        self.changed += changed

    def _work_on(self, writer: StoreWriter, found: _Found) -> bool:
        """Write what has become of an article; return whether it has other tags now."""
        row, stamps, made = found
        work = self._plans[stamps]
        done = self._without_failed(work, made.failed) if made.failed else work.done
        if made.difference is not None:
            ready = (made.dictionary, made.frame) if made.frame else None
            writer.set_retagged(row, made.difference, row.packed(made.content, done), ready)
            return True
        if done != stamps:
            writer.note_stamps(row.key, done)
        return False

    def _without_failed(self, work: Work, failed: Mapping[str, str]) -> Stamps:
        """Count taggers that failed, and return the stamps of the others."""
        for name, reason in failed.items():
            count, first = self.failed.get(name, (0, reason))
            self.failed[name] = count + 1, first
        return tuple(stamp for stamp in work.done if stamp_name(stamp) not in failed)


def facts_of(article: Article) -> ArticleFacts:
    """Return what taggers may know of an article beside its text."""
    return ArticleFacts(
        language=article.language,
        title=article.title,
        authors=article.authors,
        published=article.published,
        key=article.key,
    )
