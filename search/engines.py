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
        named = after
        if not after.is_local and not after.name:
            named = replace(after, name=f"pinakes-{store.archive_id}")
        with closing(open_engine(folder, named)) as index:
            if after.is_local and not folder.index_path.exists():
                index.rebuild(store)
            else:
                catch_up(index, store)
        try:
            write_engine(folder.config_path, after)
        except OSError as error:
            raise ArchiveReadOnlyError(folder.config_path, error.strerror or str(error)) from error
        if before.is_local and not after.is_local:
            # What it holds of articles would outlive them there.
            shutil.rmtree(folder.index_path, ignore_errors=True)
        if is_dropped and not before.is_local:
            _drop(folder, before, store)
        articles = store.counts(store.state().generation)
    where = "in the archive's folder" if after.is_local else f"at {', '.join(after.urls)}"
    return f"Queries are answered {where}: {articles.articles:,} articles"


def _drop(folder: ArchiveFolder, settings: EngineSettings, store: Store) -> None:
    from pinakes.indexer.opensearch import ClusterIndex, connect

    named = replace(settings, name=settings.name or f"pinakes-{store.archive_id}")
    with closing(ClusterIndex(connect(named, folder.config_path))) as index:
        index.withdraw(store.archive_id)
