"""Tags the articles of an archive again, from its store."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from pinakes.corpus import (
    ArchiveFolder,
    PinakesError,
    Retagging,
    RetagOptions,
    RetagReport,
    Store,
    TagLevel,
    retag,
    spelled,
    stamp_name,
)
from pinakes.indexer import Snapshot
from pinakes.search.tagging.tag_state import read_rule_state, read_state

ALL, STALE = "all", "stale"
_DEFAULT_OPTIONS = RetagOptions()
_log = logging.getLogger(__name__)


class UnknownRuleError(PinakesError, ValueError):
    """There is no rule of this name, and nothing was ever tagged by one."""


def rerun(
    folder: ArchiveFolder, store: Store, name: str, *, options: RetagOptions = _DEFAULT_OPTIONS
) -> RetagReport:
    """Run a tagger again, or, by the names `all` and `stale`, all or those that are out of date.

    The index has caught up with the store.

    Raises:
        UnknownRuleError: There is no such tagger, nor has been, or it cannot be loaded.
    """
    return retag(store, _sieved(folder, store, _asked(folder, store, name)), options=options)


def _asked(folder: ArchiveFolder, store: Store, name: str) -> Retagging:
    stamps = store.tags.all_stamps()
    if name not in (ALL, STALE):
        state = read_state(folder, only=name)
        if name in state.taggers:
            return Retagging(taggers={name: state.taggers[name]}, is_forced=True)
    state = read_state(folder)
    if name == STALE:
        return state.bring_up(stamps)
    if name == ALL:
        return replace(state.bring_up(stamps), is_forced=True)
    if name in state.problems:
        raise UnknownRuleError(f"{name}: cannot be loaded: {state.problems[name]}")
    if name in set(map(stamp_name, stamps)):
        return Retagging(taggers={}, dropped=frozenset({name}), is_forced=True)
    known = ", ".join([ALL, STALE, *sorted(state.taggers)])
    raise UnknownRuleError(f"{name}: no such rule; there are {known}")


def apply_changed_rules(
    folder: ArchiveFolder, store: Store, on_commit: Callable[[int], None]
) -> int:
    """Tag again what rules of the user's that have changed, are new or gone have to do with.

    Returns how many articles have other tags now. Where there are no rules, and never were, nothing
    is looked at. The index has caught up with the store.
    """
    stamps = {stamp for stamp in store.tags.all_stamps() if "+" in stamp}
    if not stamps and not folder.rules_dir.is_dir():
        return 0
    state = read_rule_state(folder)
    asked = state.apply_changed_rules(stamps)
    if state.level is TagLevel.NONE or not any(
        asked.work_on(each).is_any for each in store.tags.counts()
    ):
        return 0
    asked = _sieved(folder, store, asked)
    report = retag(store, asked, options=RetagOptions(on_commit=on_commit))
    for name, (count, reason) in report.failed.items():
        told = spelled(reason)
        _log.warning("rule %s failed in %d articles, without its tags now: %s", name, count, told)
    return report.changed


def _sieved(folder: ArchiveFolder, store: Store, asked: Retagging) -> Retagging:
    """Let rules of the user's look only where the index says that they may find anything."""
    if not any(tagger.mark for tagger in asked.taggers.values()):
        return asked
    if folder.may_be_elsewhere() and not folder.read_engine().is_local:
        # What is to be tagged again is told by lists that are on no cluster.
        return asked
    # Not at the top: archives without rules are the most.
    from pinakes.search.tagging.sieve import sieve_rules

    with Snapshot.open(folder.index_path) as snapshot:
        is_current = snapshot.token == store.token_of(store.state().generation)
        return sieve_rules(asked, snapshot) if is_current else asked
