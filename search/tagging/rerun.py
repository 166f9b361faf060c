"""Tags the articles of an archive again, from its store."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING

from pinakes.corpus import (
    AheadPlan,
    ArchiveFolder,
    FindsAhead,
    PinakesError,
    Retagging,
    RetagOptions,
    RetagReport,
    Store,
    TagLevel,
    TagSettings,
    can_fork,
    core_count,
    has_idle_core,
    is_foreign,
    logger_of,
    retag,
    spelled,
    stamp_name,
)
from pinakes.search.tagging.tag_state import read_state, state_of_rules

if TYPE_CHECKING:
    from pinakes.search.tagging.rule_files import Rules
    from pinakes.search.tagging.sieve import Sieved

ALL, STALE = "all", "stale"
_DEFAULT_OPTIONS = RetagOptions()
# To look fewer times into a passage takes less than it takes a process to begin: another
# interpreter, or a copy of this one.
_LEAST_LOOK_UPS = 5_000
_LEAST_FOR_A_COPY = 500
# Of an article of news.
_PASSAGES_AN_ARTICLE = 20
_log = logger_of(__name__)


class UnknownRuleError(PinakesError, ValueError):
    """There is no rule of this name, and nothing was ever tagged by one."""


def rerun(
    folder: ArchiveFolder, store: Store, name: str, *, options: RetagOptions = _DEFAULT_OPTIONS
) -> RetagReport:
    """Run a tagger again, or, by the names `all` and `stale`, all or those that are out of date.

    Of several, those that cannot be loaded are told. The index has caught up with the store.

    Raises:
        UnknownRuleError: There is no such tagger, nor has been, or it cannot be loaded.
    """
    if name in (ALL, STALE):
        state = read_state(folder)
        asked = state.bring_up(store.tags.all_stamps())
        asked = asked._replace(is_forced=asked.is_forced or name == ALL)
        report = _retag(folder, store, asked, state.settings, options)
        return replace(report, unreadable=state.problems)
    asked, settings = _one(folder, store, name)
    return _retag(folder, store, asked, settings, options)


def _one(folder: ArchiveFolder, store: Store, name: str) -> tuple[Retagging, TagSettings]:
    state = read_state(folder, only=name)
    if name in state.taggers:
        found = Retagging(taggers={name: state.taggers[name]}, is_forced=True)
        return found, state.settings
    state, stamps = read_state(folder), store.tags.all_stamps()
    if name in state.problems:
        raise UnknownRuleError(f"{name}: cannot be loaded: {state.problems[name]}")
    if name in set(map(stamp_name, stamps)):
        dropped = Retagging(taggers={}, dropped=frozenset({name}), is_forced=True)
        return dropped, state.settings
    known = ", ".join([ALL, STALE, *sorted(state.taggers)])
    raise UnknownRuleError(f"{name}: no such rule; there are {known}")


def apply_changed_rules(
    folder: ArchiveFolder,
    store: Store,
    rules: Rules,
    on_commit: Callable[[int], None],
    *,
    has_processes: bool = True,
) -> tuple[int, frozenset[str]]:
    """Tag again what rules of the user's that have changed, are new or gone have to do with.

    Returns how many articles have other tags now, and the names of rules that failed in any. The
    index has caught up with the store. Unless `has_processes`, all is done in this process.
    """
    state = state_of_rules(folder, rules)
    asked = state.apply_changed_rules(store.tags.all_stamps())
    if state.level is TagLevel.NONE or not any(
        asked.work_on(each).is_any for each in store.tags.counts()
    ):
        return 0, frozenset()
    settings = state.settings if has_processes else None
    report = _retag(folder, store, asked, settings, RetagOptions(on_commit=on_commit))
    for name, (count, reason) in report.failed.items():
        told = spelled(reason)
        _log.warning("rule %s failed in %d articles, without its tags now: %s", name, count, told)
    return report.changed, frozenset(report.failed)


def _retag(
    folder: ArchiveFolder,
    store: Store,
    asked: Retagging,
    settings: TagSettings | None,
    options: RetagOptions,
) -> RetagReport:
    """Tag again; another process, told of the settings if there are any, helps where it pays."""
    token = store.token_of(store.state().generation)
    found = sieved(folder, token, asked)
    ahead = None
    if settings is not None:
        ahead = partial(_begin_ahead, folder, settings, found.look_ups, token)
    return retag(store, found.asked, options=options, ahead=ahead)


def _begin_ahead(
    folder: ArchiveFolder,
    settings: TagSettings,
    look_ups: Mapping[str, int],
    token: str | None,
    plan: AheadPlan,
) -> FindsAhead | None:
    """Begin to tag in another process, if there is a core for it, and enough to be found."""
    articles: Counter[str] = Counter()
    for work, count in zip(plan.works, plan.counts, strict=True):
        articles.update({tagger.name: count for tagger in work.taggers})
    passages = sum(
        look_ups.get(name, _PASSAGES_AN_ARTICLE * count) for name, count in articles.items()
    )
    # What a tagger of another package has open, a copy of this process has not.
    may_copy = can_fork() and not any(
        is_foreign(each) for work in plan.works for each in work.taggers
    )
    if not _is_worth_a_process(passages, may_copy=may_copy):
        return None
    from pinakes.search.tagging.finding_ahead import FindingAhead

    dictionaries = plan.dictionaries()
    setup = {
        "root": os.fspath(folder.root),
        "settings": asdict(settings),
        "token": token,
        "taggers": list(articles),
        "works": [
            [[tagger.name for tagger in work.taggers], sorted(work.replaced)] for work in plan.works
        ],
        "dictionaries": [[number, len(content)] for number, content in dictionaries.items()],
    }
    return FindingAhead(setup, plan, dictionaries, may_copy=may_copy)


def _is_worth_a_process(look_ups: int, *, may_copy: bool) -> bool:
    if may_copy:
        # It takes hardly more of the cores than this process saves, so they may be busy.
        return look_ups >= _LEAST_FOR_A_COPY and core_count() > 1
    return look_ups >= _LEAST_LOOK_UPS and has_idle_core()


def sieved(folder: ArchiveFolder, token: str | None, asked: Retagging) -> Sieved:
    """Let rules of the user's look only where the index says that they may find anything.

    If that is the index of the generation of the store that has the token.
    """
    # Not at the top: most runs have no rules to apply.
    from pinakes.indexer import Snapshot
    from pinakes.search.tagging.sieve import Sieved, sieve_rules

    if not any(tagger.mark for tagger in asked.taggers.values()):
        return Sieved(asked, {})
    if folder.may_be_elsewhere() and not folder.read_engine().is_local:
        # What is to be tagged again is told by lists that are on no cluster.
        return Sieved(asked, {})
    with Snapshot.open(folder.index_path) as snapshot:
        is_current = snapshot.token == token
        return sieve_rules(asked, snapshot) if is_current else Sieved(asked, {})
