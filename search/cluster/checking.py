"""Whether a cluster holds what the archive's store has sent to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from pinakes.corpus import ArchiveError, ArchiveFolder, Store
from pinakes.indexer.opensearch import ClusterView, connect
from pinakes.search.upkeep.checking import Fault

_REMEDY = "pinakes index sends what is missing; pinakes doctor --repair all of it"


def check_cluster(folder: ArchiveFolder) -> Iterator[Fault]:
    """Yield what is wrong with what the cluster holds of the archive's own articles.

    That the cluster answers, that it holds the generation of the store, and as many articles: its
    own checksums are looked after by the cluster.
    """
    try:
        with (
            closing(connect(folder.read_engine(), folder.config_path)) as cluster,
            closing(ClusterView.open(cluster)) as view,
            Store.open(folder.store_path) as store,
        ):
            mine = view.state.feeders.get(store.archive_id)
            if mine is None or store.token_of(mine.generation) != mine.token:
                yield _fault("it is of another history than the store")
                return
            wanted = len(store.keys_born(0, mine.generation))
            found = view.count_of(mine.number)
            if found != wanted:
                yield _fault(f"it holds {found:,} of the store's {wanted:,} articles")
    except ArchiveError as error:
        yield _fault(error.problem)


def _fault(problem: str) -> Fault:
    return Fault(part="cluster", problem=problem, remedy=_REMEDY, is_of_index=True)
