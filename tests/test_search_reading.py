"""Stores that are lent to threads, in the process that opened them and in one forked from it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from pinakes.corpus import ArchiveFolder, EngineSettings, Store
from pinakes.search import Archive
from pinakes.search.cluster import ClusterReader
from pinakes.search.lending import Lends
from pinakes.search.reading import Reader, Stores

READERS: dict[str, Callable[[ArchiveFolder], Lends]] = {
    "local": Reader,
    "cluster": lambda folder: ClusterReader(folder, EngineSettings()),
}


@pytest.mark.parametrize("kind", READERS)
def test_no_thread_of_a_forked_process_is_lent_what_its_parent_had_open(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Archive.create(tmp_path).close()
    reader = READERS[kind](ArchiveFolder.open(tmp_path))
    with reader.store() as inherited:
        pass
    lent: list[Store] = []

    def borrow() -> None:
        with reader.store() as store:
            lent.append(store)

    begin_anew = Stores.begin_anew

    def begin_interrupted(self: Stores) -> None:
        monkeypatch.setattr(Stores, "begin_anew", begin_anew)
        other = threading.Thread(target=borrow)
        other.start()
        other.join()
        begin_anew(self)

    monkeypatch.setattr(Stores, "begin_anew", begin_interrupted)
    forked = os.getpid() + 1
    monkeypatch.setattr(os, "getpid", lambda: forked)
    borrow()
    reader.close()
    assert len(lent) == 2
    assert all(store is not inherited for store in lent)
