"""Many small commits to one archive, as an application makes them."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from bench.archives import add_article, articles_of
from bench.inputs import BenchPassage, Selection, select_passages
from pinakes.corpus import ArchiveFolder, Store, WriterLock
from pinakes.indexer import PassageIndex


class CommitWriter:
    """Adds an article with each commit; with each `delete_every`-th also one is removed, at random.

    Attributes:
        living: Numbers of the articles that are living, in the order they were added.
    """

    def __init__(
        self, root: Path, selection: Selection, *, per_commit: int, delete_every: int
    ) -> None:
        """Make an empty archive in the folder `root`; passages are read as they are needed."""
        self._folder = ArchiveFolder.create(root)
        self._index = PassageIndex.create(self._folder.index_path)
        with Store.open(self._folder.store_path, read_only=False) as store:
            self._index.update(store)
        self._articles = enumerate(articles_of(select_passages(selection), per_commit))
        self._delete_every = delete_every
        self._keys: dict[int, int] = {}
        self._random = random.Random(1)  # noqa: S311
        self._commits = 0

    @property
    def living(self) -> Sequence[int]:
        """Numbers of the living articles, in the order they were added."""
        return tuple(self._keys)

    def commit(self, count: int) -> dict[str, list[float]]:
        """Make `count` commits, fewer if no passages are left; return the milliseconds of each.

        `commit_ms`: until it is durable and can be searched; `store_ms`: the store's part of that;
        `cpu_ms`: the processor's; `tidy_ms`: after that, for removing what nobody needs any more.
        """
        times: dict[str, list[float]] = {
            name: [] for name in ("commit_ms", "store_ms", "cpu_ms", "tidy_ms")
        }
        with (
            WriterLock(self._folder, wait_s=60),
            Store.open(self._folder.store_path, read_only=False) as store,
        ):
            for number, group in islice(self._articles, count):
                began, began_cpu = time.perf_counter(), time.process_time()
                self._change(store, number, group)
                stored = time.perf_counter()
                generation = self._index.update(store)
                done, done_cpu = time.perf_counter(), time.process_time()
                store.prune(generation)
                store.checkpoint()
                times["commit_ms"].append((done - began) * 1000)
                times["store_ms"].append((stored - began) * 1000)
                times["cpu_ms"].append((done_cpu - began_cpu) * 1000)
                times["tidy_ms"].append((time.perf_counter() - done) * 1000)
        return times

    def _change(self, store: Store, number: int, group: tuple[BenchPassage, ...]) -> None:
        self._commits += 1
        with store.transaction() as writer:
            if self._commits % self._delete_every == 0:
                writer.remove_article(self._keys.pop(self._random.choice(self.living)))
            self._keys[number] = add_article(writer, group, path=f"{number}.txt")
