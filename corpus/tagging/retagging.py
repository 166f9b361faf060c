"""Tags articles of the store again, from their texts as they are there."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pinakes.corpus.model import Article
from pinakes.corpus.passage_table import PassageTable, TagPattern
from pinakes.corpus.store import Store
from pinakes.corpus.store.writes import StoreWriter
from pinakes.corpus.tagging.applying import (
    ArticleFacts,
    rule_name,
    tag_passages,
    without_rules,
)
from pinakes.corpus.tagging.by_hand import with_hand_tags
from pinakes.corpus.tagging.registry import stamp_name, stamp_of
from pinakes.corpus.tagging.tagger import Tagger

_PAGE = 100
Stamps = tuple[str, ...]
_Plan = tuple[list[Tagger], set[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retagging:
    """What is to be done with every article.

    Attributes:
        taggers: By name, those that are run again.
        also: By name, those that are run again only on what they have tagged before.
        dropped: The names of those whose tags are taken away.
        is_forced: Whether also articles are looked at that have gone through these very taggers.
        may_find: By name, whether a tagger may find anything in the article with this key; one that
            is not named may in all.
    """

    taggers: Mapping[str, Tagger]
    also: Mapping[str, Tagger] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    is_forced: bool = False
    may_find: Mapping[str, Callable[[int], bool]] = field(default_factory=dict)

    def work_on(self, stamps: Stamps) -> _Plan:
        """Return what is to be run on an article with such stamps, and what is to be dropped."""
        known = {stamp_name(stamp): stamp for stamp in stamps}
        run = [
            tagger
            for name, tagger in (*self.taggers.items(), *self.also.items())
            if (name in self.taggers or name in known)
            and (self.is_forced or known.get(name) != stamp_of(tagger))
        ]
        # Where a tagger is forced, tags of it may be there that nothing is remembered of.
        return run, {name for name in self.dropped if self.is_forced or name in known}


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

    batch_articles: int = 1000
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
    """

    looked_at: int
    changed: int
    failed: Mapping[str, tuple[int, str]]
    seconds: float


_DEFAULT_OPTIONS = RetagOptions()


def retag(
    store: Store, asked: Retagging, *, options: RetagOptions = _DEFAULT_OPTIONS
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
    work = {key: stamps for key, stamps in found.items() if any(plans[stamps])}
    options.on_plan(len(work))
    run = _Run(plans, asked.may_find, options)
    articles = _articles(store, work)
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


def _articles(store: Store, work: Mapping[int, Stamps]) -> Iterator[tuple[Article, Stamps]]:
    keys = list(work)
    for first in range(0, len(keys), _PAGE):
        for key, article in store.articles(keys[first : first + _PAGE]).items():
            yield article, work[key]


class _Run:
    def __init__(
        self,
        plans: Mapping[Stamps, _Plan],
        may_find: Mapping[str, Callable[[int], bool]],
        options: RetagOptions,
    ) -> None:
        self._plans = plans
        self._may_find = may_find
        self._options = options
        self.changed = 0
        self.failed: dict[str, tuple[int, str]] = {}
        self.is_done = False

    def work_off(self, writer: StoreWriter, articles: Iterator[tuple[Article, Stamps]]) -> None:
        """Work on articles for one transaction."""
        until = time.monotonic() + self._options.batch_s
        changed = 0
        for article, stamps in articles:
            changed += self._work_on(writer, article, stamps)
            self._options.on_article()
            if changed >= self._options.batch_articles or time.monotonic() > until:
                break
        else:
            self.is_done = True
        self.changed += changed

    def _work_on(self, writer: StoreWriter, article: Article, stamps: Stamps) -> bool:
        taggers, dropped = self._plans[stamps]
        old = PassageTable.of(article.passages, article.text)
        replaced = {tagger.name for tagger in taggers} | dropped
        kept = [stamp for stamp in stamps if stamp_name(stamp) not in replaced]
        if not self._may_change(article.key, old, taggers, replaced):
            return self._note(writer, article.key, stamps, {*kept, *map(stamp_of, taggers)})
        tagged = tag_passages(without_rules(old, replaced), facts_of(article), taggers)
        for name, reason in tagged.failed.items():
            count, first = self.failed.get(name, (0, reason))
            self.failed[name] = count + 1, first
        more = [stamp_of(each) for each in taggers if each.name not in tagged.failed]
        now = {*kept, *more}
        table = tagged.table
        if marks := writer.hand.of_article(article.id):
            table = with_hand_tags(table, marks)
        if _tags(table) == _tags(old):
            return self._note(writer, article.key, stamps, now)
        writer.set_tags(article.key, table, tuple(sorted(now)))
        return True

    def _may_change(
        self, key: int, old: PassageTable, taggers: Iterable[Tagger], replaced: Collection[str]
    ) -> bool:
        """Return whether an article has tags to be replaced, or may get any."""
        ask = self._may_find
        if any(tagger.name not in ask or ask[tagger.name](key) for tagger in taggers):
            return True
        return any(rule_name(tag.rule) in replaced for tags in old.tag_lists for tag in tags)

    @staticmethod
    def _note(writer: StoreWriter, key: int, stamps: Stamps, now: Collection[str]) -> bool:
        if (ordered := tuple(sorted(now))) != stamps:
            writer.note_stamps(key, ordered)
        return False


def _tags(passages: PassageTable) -> Sequence[Collection[TagPattern]]:
    return [passages.tag_lists[place] for place in passages.tag_list_of]


def facts_of(article: Article) -> ArticleFacts:
    """Return what taggers may know of an article beside its text."""
    return ArticleFacts(
        language=article.language,
        title=article.title,
        authors=article.authors,
        published=article.published,
        key=article.key,
    )
