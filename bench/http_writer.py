"""Adds articles to an archive, commit after commit, until it is told to end.

Run by `bench.http_load`: `python -m bench.http_writer ROOT PASSAGES MARKER SKIP`.
"""

from __future__ import annotations

import sys
import time
from itertools import islice
from pathlib import Path

from bench.archives import add_article, articles_of
from bench.inputs import Selection, select_passages
from pinakes.corpus import ArchiveFolder, Store, WriterLock
from pinakes.indexer import PassageIndex

_ARTICLES_A_COMMIT = 20
_PAUSE_S = 0.1


def write_on(root: Path, passages: str, marker: str, skip: int) -> None:
    """Add passages from number `skip` on, each article with the word `marker`; never return."""
    folder = ArchiveFolder.open(root)
    index = PassageIndex(folder.index_path)
    articles = articles_of(islice(select_passages(Selection(passages)), skip, None))
    number = 0
    with (
        WriterLock(folder, wait_s=60),
        Store.open(folder.store_path, read_only=False) as store,
    ):
        while group := list(islice(articles, _ARTICLES_A_COMMIT)):
            with store.transaction() as writer:
                for first, *others in group:
                    marked = first._replace(text=f"{first.text} {marker}")
                    add_article(writer, (marked, *others), path=f"new-{number}.txt")
                    number += 1
            store.prune(index.update(store))
            time.sleep(_PAUSE_S)
    while True:
        time.sleep(60)


if __name__ == "__main__":
    write_on(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
