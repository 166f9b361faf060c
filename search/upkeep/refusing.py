"""Refuses to purge while other articles are damaged: nothing could be proved, and they would lose.

What a query finds is found without them; whether a word is theirs cannot be told; and the store is
written anew without the dictionaries by which they might have been read again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress

from pinakes.corpus import ArchiveDamagedError, ArchiveFolder, DamagedArticle, Store
from pinakes.indexer import Snapshot
from pinakes.search.readable import count_left_out, first_ids
from pinakes.search.reading import UNUSABLE


def refuse_damaged(folder: ArchiveFolder, *, purged: Collection[str] = ()) -> None:
    """Read all living articles, and refuse if any is damaged, or not in the index, but `purged`.

    Raises:
        ArchiveDamagedError: One is whose id is not among `purged`.
    """
    damaged: list[DamagedArticle] = []
    with Store.open(folder.store_path) as store, store.snapshot():
        with store.passing_over_damage(damaged.append):
            for _ in store.living(store.state().generation):
                pass
        lost = [article.id for article in damaged]
        if not folder.may_be_elsewhere() or folder.read_engine().is_local:
            # An index that cannot be used is made again, from what has just been read.
            with suppress(*UNUSABLE), Snapshot.open(folder.index_path) as snapshot:
                lost += _left_out(store, snapshot)
        _refuse(store, (each for each in lost if each not in purged))


def refuse_left_out(store: Store, snapshot: Snapshot) -> None:
    """Refuse if the index is without any article: a query cannot find it.

    Raises:
        ArchiveDamagedError: It is.
    """
    _refuse(store, _left_out(store, snapshot))


def _left_out(store: Store, snapshot: Snapshot) -> list[str]:
    """Return the ids of the living articles that the index is without."""
    if store.token_of(snapshot.generation) != snapshot.token:
        # Of another history: it is made again.
        return []
    if not count_left_out(store, snapshot):
        return []
    held = {key for each in snapshot.segments for key in each.article_key.tolist()}
    living = {*store.keys_born(0, store.state().generation)}
    keys = [key for key in store.keys_born(0, snapshot.generation) if key in living - held]
    damaged: list[DamagedArticle] = []
    with store.passing_over_damage(damaged.append):
        whole = store.articles(keys)
    return [*(each.id for each in damaged), *(each.id for each in whole.values())]


def _refuse(store: Store, lost: Iterable[str]) -> None:
    ids = [*dict.fromkeys(lost)]
    if ids:
        many = "1 article is" if len(ids) == 1 else f"{len(ids):,} articles are"
        raise ArchiveDamagedError(
            store.path,
            f"nothing is purged while {many} damaged, or not in the index "
            f"({first_ids(ids)}); first mend what is damaged (`pinakes index "
            "--force FILE`), or take it out (`pinakes remove ID`, or purge it together with the "
            "rest); `pinakes doctor` tells the files",
        )
