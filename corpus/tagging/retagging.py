"""Tags articles of the store again, from their texts as they are there."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple

from pinakes.corpus.model import Article
from pinakes.corpus.passage_table import PassageTable, TagPattern
from pinakes.corpus.store import Store
from pinakes.corpus.store.articles import HeldArticle
from pinakes.corpus.store.writes import StoreWriter
from pinakes.corpus.tagging.applying import (
    ArticleFacts,
    ArticleTags,
    find_in_article,
    rule_name,
    with_tags,
    without_rules,
)
from pinakes.corpus.tagging.by_hand import with_hand_tags
from pinakes.corpus.tagging.finds_ahead import BeginAhead
from pinakes.corpus.tagging.registry import stamp_name, stamp_of
from pinakes.corpus.tagging.tagger import Tagger

_PAGE = 100
Stamps = tuple[str, ...]
MayFind = Callable[[Article], bool]


class Work(NamedTuple):
    """What is to be done with the articles that have gone through the same taggers.

    Attributes:
        taggers: To be run.
        dropped: The names of others whose tags are taken away.
        replaced: The names of all whose tags do not stay, whether they are run or dropped.
        kept: The stamps of what is left as it is.
        done: The stamps of an article with which all of this is done.
    """

    taggers: tuple[Tagger, ...]
    dropped: frozenset[str]
    replaced: frozenset[str]
    kept: Stamps
    done: Stamps

    @property
    def is_any(self) -> bool:
        """Whether there is anything to be done."""
        return bool(self.replaced)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retagging:
    """What is to be done with every article.

    Attributes:
        taggers: By name, those that are run again.
        also: By name, those that are run again only on what they have tagged before.
        dropped: The names of those whose tags are taken away.
        is_forced: Whether also articles are looked at that have gone through these very taggers.
        may_find: By name, whether a tagger may find anything in an article; one that is not named
            may in all.
    """

    taggers: Mapping[str, Tagger]
    also: Mapping[str, Tagger] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    is_forced: bool = False
    may_find: Mapping[str, MayFind] = field(default_factory=dict)

    def work_on(self, stamps: Stamps) -> Work:
        """Return what is to be done with an article with such stamps."""
        known = {stamp_name(stamp): stamp for stamp in stamps}
        run = tuple(
            tagger
            for name, tagger in (*self.taggers.items(), *self.also.items())
            if (name in self.taggers or name in known)
            and (self.is_forced or known.get(name) != stamp_of(tagger))
        )
        # Where a tagger is forced, tags of it may be there that nothing is remembered of.
        dropped = frozenset(name for name in self.dropped if self.is_forced or name in known)
        replaced = dropped.union(tagger.name for tagger in run)
        kept = tuple(stamp for name, stamp in known.items() if name not in replaced)
        done = tuple(sorted({*kept, *map(stamp_of, run)}))
        return Work(run, dropped, replaced, kept, done)


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
    run = _Run(plans, asked.may_find, options)
    with closing(run.articles(store, work, ahead)) as articles:
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


def find_again(
    article: Article, taggers: Sequence[Tagger], may_find: Mapping[str, MayFind]
) -> ArticleTags:
    """Return the tags that taggers find in an article of the store, if any may find anything."""
    table = PassageTable.of(article.passages, article.text)
    if not any(each.name not in may_find or may_find[each.name](article) for each in taggers):
        return ArticleTags(of_passages=[()] * len(table), failed={})
    return find_in_article(table, facts_of(article), taggers)


class _Found(NamedTuple):
    held: HeldArticle
    stamps: Stamps
    tags: ArticleTags


class _Run:
    def __init__(
        self,
        plans: Mapping[Stamps, Work],
        may_find: Mapping[str, MayFind],
        options: RetagOptions,
    ) -> None:
        self._plans = plans
        self._may_find = may_find
        self._options = options
        self.changed = 0
        self.failed: dict[str, tuple[int, str]] = {}
        self.is_done = False

    def articles(
        self, store: Store, work: Mapping[int, Stamps], begin_ahead: BeginAhead | None
    ) -> Generator[_Found]:
        """Yield all articles that are to be tagged again, with what is found in them."""
        keys = list(work)
        pages = [keys[first : first + _PAGE] for first in range(0, len(keys), _PAGE)]
        names = {
            stamps: tuple(tagger.name for tagger in plan.taggers)
            for stamps, plan in self._plans.items()
        }
        ahead = None
        if begin_ahead:
            ahead = begin_ahead([{key: names[work[key]] for key in page} for page in pages])
        try:
            for number, page in enumerate(pages):
                # All of it before anything is written.
                held = {each.key: each for each in store.held_articles(page)}

                def find(key: int, held: Mapping[int, HeldArticle] = held) -> ArticleTags:
                    taggers = self._plans[work[key]].taggers
                    return find_again(held[key].article, taggers, self._may_find)

                found = ahead.finish(number, find) if ahead else {}
                for key, each in held.items():
                    yield _Found(each, work[key], found[key] if ahead else find(key))
        finally:
            if ahead:
                ahead.close()

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
        """Tag an article again; return whether it has other tags now."""
        held, stamps, tags = found
        work = self._plans[stamps]
        article = held.article
        old = PassageTable.of(article.passages, article.text)
        has_any = any(
            rule_name(tag.rule) in work.replaced for each in old.tag_lists for tag in each
        )
        done, table = work.done, old
        if has_any or tags.is_any or tags.failed:
            rest = without_rules(old, work.replaced) if has_any else old
            if tags.failed:
                done = self._without_failed(work, tags.failed)
            table = with_tags(rest, tags.of_passages)
            if marks := writer.hand.of_article(article.id):
                table = with_hand_tags(table, marks)
        if table is not old and _tags(table) != _tags(old):
            packed = held.packed, held.content
            writer.set_tags(article.key, table, done, before=old, held=packed)
            return True
        if done != stamps:
            writer.note_stamps(article.key, done)
        return False

    def _without_failed(self, work: Work, failed: Mapping[str, str]) -> Stamps:
        """Count taggers that failed, and return the stamps of the others."""
        for name, reason in failed.items():
            count, first = self.failed.get(name, (0, reason))
            self.failed[name] = count + 1, first
        return tuple(stamp for stamp in work.done if stamp_name(stamp) not in failed)


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
