"""`ArchiveTags`: the tags of an archive, as an application asks for them and changes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pinakes.corpus import ArchiveFolder, Store
from pinakes.indexer import Snapshot
from pinakes.search.lending import Lends
from pinakes.search.query import Query
from pinakes.search.writing import catch_up, writing

if TYPE_CHECKING:
    from pinakes.corpus import RetagOptions, RetagReport
    from pinakes.search.tagging.hand import HandReport
    from pinakes.search.tagging.reasons import TagReason


# Where passages stand is told when they are cut; what is set by hand stays.
_NEVER_RUN = frozenset({"structure", "hand"})


class ArchiveTags:
    """What the passages of an archive are tagged with; may be used by many threads."""

    def __init__(self, folder: ArchiveFolder, reader: Lends) -> None:
        """Work on the archive in `folder`, which `reader` reads."""
        self._folder = folder
        self._reader = reader

    def change(
        self,
        target: str | Query,
        *,
        add: Iterable[str] = (),
        remove: Iterable[str] = (),
        wait_s: float = 10.0,
    ) -> HandReport:
        """Set tags by hand, or take them away, on the passages that satisfy a query.

        They stay whatever is read again, as long as the passage reads as it does.

        Args:
            target: A query, which passages have to satisfy by themselves; or the whole id of an
                article, for all its passages, or of a passage (`a1b2c3d4#12`).
            add: Tags as they are written: `place:Geneva`; `x` is `topic:x`.
            remove: Likewise; what rules find is taken away for good.
            wait_s: How long to wait for another writer, in seconds.

        Raises:
            HandTagError: A tag is none that can be set by hand, or there is no such passage.
            UnknownArticleError: There is no such article.
            QueryError: The query cannot be answered as it stands.
            ArchiveLockedError: Another process is still writing after `wait_s`.
        """
        from pinakes.search.asking import check_query
        from pinakes.search.evaluation.tags.tag_types import types_of
        from pinakes.search.query import Query, parse
        from pinakes.search.query.saved_clauses import expand
        from pinakes.search.tagging.hand import (
            HandChange,
            change_tags,
            read_id,
            targets_of_id,
            targets_of_query,
        )

        change = HandChange.of(add, remove)
        if isinstance(target, str) and (named := read_id(target)):
            with writing(self._folder, wait_s=wait_s) as (store, _):
                return change_tags(store, targets_of_id(store, *named), change)
        with (
            writing(self._folder, wait_s=wait_s) as (store, index),
            index.snapshot() as snapshot,
        ):
            types = types_of(snapshot)
            query = target if isinstance(target, Query) else parse(target, types=types)
            asked = check_query(expand(query, store.saved, types=types))
            found = targets_of_query(asked, snapshot, store)
            return change_tags(store, found, change)

    def rerun(
        self, rule: str, *, wait_s: float = 10.0, options: RetagOptions | None = None
    ) -> RetagReport:
        """Tag all articles again by one rule, from their texts as the archive has them.

        Only articles whose tags change are written, and nothing of them but these. Where there is
        much to be found, and a core idle, another process helps.

        Args:
            rule: The name of a rule; `all`; or `stale`, for what is not up to date. Of one that is
                no longer there, the tags are taken away.
            wait_s: How long to wait for another writer, in seconds.
            options: How it is gone about, and who is told.

        Raises:
            UnknownRuleError: There is no such rule, or it cannot be loaded.
            ArchiveLockedError: Another process is still writing after `wait_s`.
        """
        from pinakes.corpus import RetagOptions
        from pinakes.search.tagging.rerun import rerun

        asked = options or RetagOptions()
        with writing(self._folder, wait_s=wait_s) as (store, index):

            def on_commit(generation: int) -> None:
                catch_up(index, store)
                asked.on_commit(generation)

            told = replace(asked, on_commit=on_commit)
            return rerun(self._folder, store, rule, options=told)

    def why(self, passage_id: str) -> tuple[TagReason, ...]:
        """Return why a passage (`a1b2c3d4#12`) has its tags, and which it would have now.

        Raises:
            HandTagError: It is no id of a passage, or there is none such.
            UnknownArticleError: There is no such article.
        """
        from pinakes.search.tagging.hand import HandTagError, read_id

        named = read_id(passage_id)
        if named is None or named[1] is None:
            raise HandTagError(f"{passage_id}: not the id of a passage, as a1b2c3d4#12")
        return self._reader.ask(partial(self._explain, named[0], named[1]))

    def rules(self) -> tuple[str, ...]:
        """Return the names of what may be run again: taggers, the user's rules, `all`, `stale`."""
        from pinakes.corpus import tagger_names
        from pinakes.search.tagging.rule_files import read_rules

        own = {rule.name for rule in read_rules(self._folder).rules}
        return tuple(sorted(own | (tagger_names() - _NEVER_RUN)))

    def types(self) -> dict[str, int]:
        """Return the types of tags that there are, with how many passages have such tags."""
        from pinakes.search.autocomplete import count_types

        counts = self._reader.ask(lambda snapshot, _store: count_types(snapshot, ""))
        return dict(sorted(counts, key=lambda pair: (-pair[1], pair[0])))

    def outdated(self) -> dict[str, int]:
        """Return by rule how many articles have tags of an older one, or none of it yet."""
        from pinakes.search.tagging.tag_state import read_state

        with self._reader.store() as store:
            return read_state(self._folder).outdated(store.tags.counts())

    def problems(self) -> dict[str, str]:
        """Return by name why rules and taggers cannot be loaded, for a person."""
        from pinakes.search.tagging.tag_state import read_state

        return dict(read_state(self._folder).problems)

    def _explain(
        self, article_id: str, number: int, snapshot: Snapshot, store: Store
    ) -> tuple[TagReason, ...]:
        from pinakes.corpus import passage_names
        from pinakes.search.tagging.hand import targets_of_id
        from pinakes.search.tagging.reasons import explain_tags
        from pinakes.search.tagging.tag_state import read_state

        found = targets_of_id(store, article_id, number, generation=snapshot.generation)
        article, _ = next(found)
        marks = store.tags.by_hand(article.id).get(passage_names(article.passages)[number], ())
        taken_away = {(mark.type, mark.value) for mark in marks if not mark.is_set}
        state = read_state(self._folder)
        return explain_tags(article, number, state, taken_away=taken_away)
