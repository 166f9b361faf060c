"""Has the queries of an archive answered elsewhere from now on."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from pinakes.corpus import (
    ArchiveFolder,
    ArchiveReadOnlyError,
    EngineSettings,
    Store,
    write_engine,
)
from pinakes.search.options import OptionsError
from pinakes.search.status import describe
from pinakes.search.writing import catch_up, locked, open_engine


def describe_engine(root: Path) -> str:
    """Return where the queries of the archive in the folder `root` are answered, for a person."""
    return describe(ArchiveFolder.open(root).read_engine())


def switch_engine(
    root: Path,
    kind: str,
    given: Mapping[str, Any],
    *,
    is_dropped: bool = False,
    wait_s: float = 10.0,
) -> str:
    """Bring another engine up to date with the archive's store, then let it answer.

    Where anything fails, the old one goes on. Return what was done, for a person.

    Args:
        root: The archive's folder.
        kind: As of `EngineSettings`.
        given: What else of its settings is to be as given; what is not stays as it is.
        is_dropped: Whether to delete what the archive has sent to the cluster, when it is left.
        wait_s: How long to wait for another process that is writing.

    Raises:
        OptionsError: The settings are none.
        ArchiveError: The engine cannot be written, or does not answer.
    """
    folder = ArchiveFolder.open(root)
    before = folder.read_config().engine
    try:
        after = replace(before, kind=kind, **given) if kind != "local" else EngineSettings()
    except ValueError as error:
        raise OptionsError(str(error)) from error
    with locked(folder, wait_s=wait_s) as store:
        named, left = _named(after, store), _named(before, store)
        if is_dropped and not after.is_local and named.name == left.name:
            raise OptionsError("--drop deletes what is left behind: go to local, or another --name")
        _fill(folder, named, store, was_local=before.is_local)
        try:
            write_engine(folder.config_path, after)
        except OSError as error:
            raise ArchiveReadOnlyError(folder.config_path, error) from error
        if before.is_local and not after.is_local:
            # What it holds of articles would outlive them there.
            shutil.rmtree(folder.index_path, ignore_errors=True)
        if is_dropped and not before.is_local:
            _drop(folder, left, store)
        articles = store.counts(store.state().generation)
    where = "in the archive's folder" if after.is_local else f"at {', '.join(after.urls)}"
    return f"Queries are answered {where}: {articles.articles:,} articles"


def _named(settings: EngineSettings, store: Store) -> EngineSettings:
    if settings.is_local or settings.name:
        return settings
    return replace(settings, name=f"pinakes-{store.archive_id}")


def _fill(
    folder: ArchiveFolder, settings: EngineSettings, store: Store, *, was_local: bool
) -> None:
    """Let an engine have all that the store has."""
    with closing(open_engine(folder, settings)) as index:
        if settings.is_local:
            is_new = not folder.index_path.exists()
        else:
            # While the folder answered, the store told of no article that stands in other bytes.
            is_new = was_local and not _is_held(folder, settings, store)
        if is_new:
            index.rebuild(store)
        else:
            catch_up(index, store)


def _is_held(folder: ArchiveFolder, settings: EngineSettings, store: Store) -> bool:
    """Return whether a cluster holds the store as it is, so that nothing was written since."""
    from pinakes.indexer.opensearch import connect, read_state

    with closing(connect(settings, folder.config_path)) as cluster:
        state = read_state(cluster)
    mine = state.feeders.get(store.archive_id) if state else None
    latest = store.state().generation
    return mine is not None and (mine.generation, mine.token) == (latest, store.token_of(latest))


def _drop(folder: ArchiveFolder, settings: EngineSettings, store: Store) -> None:
    from pinakes.indexer.opensearch import ClusterIndex, connect

    with closing(ClusterIndex(connect(settings, folder.config_path))) as index:
        index.withdraw(store.archive_id)
