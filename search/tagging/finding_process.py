"""The process that finds tags for another one: keys of articles in, what is found in them out.

It only reads the archive. It ends with its standard input, so with the process that started it,
however that ends.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pinakes.corpus import (
    ArchiveFolder,
    Retagging,
    Store,
    TagSettings,
    find_again,
    load_taggers,
    read_frame,
    take_streams,
    write_frame,
)
from pinakes.search.tagging.finding_ahead import reply_of
from pinakes.search.tagging.rerun import sieved


def serve() -> None:
    """Answer requests until there are no more."""
    requests, replies = take_streams()
    first = read_frame(requests)
    if first is None:
        return
    try:
        folder = ArchiveFolder(Path(first[0]["root"]))
        with Store.open(folder.store_path) as store:
            asked, _ = sieved(folder, store, _asked(first[0]))
            write_frame(replies, {"is_ready": True})
            while frame := read_frame(requests):
                articles = dict(frame[0]["articles"])
                write_frame(replies, {"found": _find(store, asked, articles)})
    except BrokenPipeError:
        os._exit(0)


def _asked(setup: Mapping[str, Any]) -> Retagging:
    loaded = load_taggers(TagSettings.of(setup["settings"]), only=frozenset(setup["taggers"]))
    return Retagging(taggers={tagger.name: tagger for tagger in loaded.taggers})


def _find(store: Store, asked: Retagging, articles: Mapping[int, list[str]]) -> list[list[Any]]:
    """Return what is found in articles by their taggers.

    Raises:
        LookupError: There is no such article or tagger; then this process ends.
    """
    found = store.articles(list(articles))
    return [
        reply_of(
            key,
            find_again(found[key], [asked.taggers[name] for name in names], asked.may_find),
        )
        for key, names in articles.items()
    ]
