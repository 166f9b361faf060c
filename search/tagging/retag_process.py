"""The process that tags articles again for another one: as they were packed in, as they are out.

It opens nothing of the archive but, where it is no copy of the other one, the index and the rules.
It ends with its standard input, so with the process that started it, however that ends.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from pinakes.corpus import (
    AheadArticle,
    ArchiveFolder,
    ContentTagger,
    Frames,
    MayFind,
    RetaggedContent,
    Retagging,
    Tagger,
    TagSettings,
    load_taggers,
    read_frame,
    take_streams,
    write_frame,
)
from pinakes.search.tagging.rerun import sieved
from pinakes.search.tagging.retag_frames import read_articles, write_reply


class ArticleTagger:
    """Tags articles again as they are asked for."""

    def __init__(
        self,
        works: Iterable[tuple[Sequence[Tagger], Collection[str]]],
        may_find: Mapping[str, MayFind],
        frames: Frames,
    ) -> None:
        """Take what is to be done with articles: of each `Work`, `taggers` and `replaced`."""
        self._taggers = [ContentTagger(taggers, replaced, may_find) for taggers, replaced in works]
        self._frames = frames

    def serve(self, requests: BinaryIO, replies: BinaryIO) -> None:
        """Answer requests until there are no more."""
        try:
            write_frame(replies, {"is_ready": True})
            for asked in _requests(requests):
                write_reply(replies, {each.key: self._tag_again(each) for each in asked})
        except BrokenPipeError:
            os._exit(0)

    def _tag_again(self, article: AheadArticle) -> RetaggedContent:
        content = self._frames.read(article.frame, article.dictionary)
        made = self._taggers[article.work].tag_again(article.key, content)
        if made.difference is None:
            return made
        return made._replace(frame=self._frames.make(made.content), dictionary=self._frames.latest)


def _requests(stream: BinaryIO) -> Iterator[list[AheadArticle]]:
    """Yield requests; they are taken as they come, so that nobody waits who sends them.

    At their end the process ends, whatever it is doing.
    """
    waiting: SimpleQueue[list[AheadArticle]] = SimpleQueue()

    def read() -> None:
        try:
            while frame := read_frame(stream):
                waiting.put(list(read_articles(*frame)))
        finally:
            os._exit(0)

    Thread(target=read, daemon=True).start()
    while True:
        yield waiting.get()


def serve() -> None:
    """Answer requests, after a first one that tells what is to be done."""
    requests, replies = take_streams()
    first = read_frame(requests)
    if first is None:
        return
    setup, body = first
    taggers = _load_taggers(setup)
    works = [
        ([taggers.taggers[name] for name in names], replaced) for names, replaced in setup["works"]
    ]
    ArticleTagger(works, taggers.may_find, _read_frames(setup, body)).serve(requests, replies)


def _load_taggers(setup: Mapping[str, Any]) -> Retagging:
    loaded = load_taggers(TagSettings.of(setup["settings"]), only=frozenset(setup["taggers"]))
    asked = Retagging(taggers={tagger.name: tagger for tagger in loaded.taggers})
    return sieved(ArchiveFolder(Path(setup["root"])), setup["token"], asked).asked


def _read_frames(setup: Mapping[str, Any], body: bytes) -> Frames:
    dictionaries: dict[int, bytes] = {}
    at = 0
    for number, length in setup["dictionaries"]:
        dictionaries[number] = body[at : at + length]
        at += length
    return Frames(dictionaries)
