"""Adds articles to an archive, commit after commit, until it is told to end.

Run by `bench.http_load`: `python -m bench.http_writer ROOT PASSAGES MARKER FIRST END SECONDS`.
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


def write_on(root: Path, passages: str, marker: str, *, part: slice, seconds: float) -> None:
    """Add a part of the passages, each article with the word `marker`; never return.

    Commits are spread over `seconds`, at the least.
    """
    folder = ArchiveFolder.open(root)
    index = PassageIndex(folder.index_path)
    chosen = islice(select_passages(Selection(passages)), part.start, part.stop)
    articles = list(articles_of(chosen))
    pause_s = seconds * _ARTICLES_A_COMMIT / max(1, len(articles))
    number = 0
    with (
        WriterLock(folder, wait_s=60),
        Store.open(folder.store_path, read_only=False) as store,
    ):
        for first in range(0, len(articles), _ARTICLES_A_COMMIT):
            began = time.monotonic()
            with store.transaction() as writer:
                for opening, *others in articles[first : first + _ARTICLES_A_COMMIT]:
                    marked = opening._replace(text=f"{opening.text} {marker}")
                    add_article(writer, (marked, *others), path=f"new-{number}.txt")
                    number += 1
            store.prune(index.update(store))
            time.sleep(max(0.0, began + pause_s - time.monotonic()))
    while True:
        time.sleep(60)


if __name__ == "__main__":
    _root, _passages, _marker, _first, _end, _seconds = sys.argv[1:]
    _part = slice(int(_first), int(_end))
    write_on(Path(_root), _passages, _marker, part=_part, seconds=float(_seconds))
