"""Tags the articles of a file as they are read, and tells which taggers failed."""

from __future__ import annotations

from functools import lru_cache

from pinakes.corpus.extract import Extract
from pinakes.corpus.model import UNKNOWN_LANGUAGE
from pinakes.corpus.passage_table import PassageTable
from pinakes.corpus.store.packing import PackedArticle, pack
from pinakes.corpus.store.repacking import repack
from pinakes.corpus.tagging.applying import ArticleFacts, tag_passages
from pinakes.corpus.tagging.registry import Taggers, load_taggers, stamp_of
from pinakes.corpus.tagging.settings import TagSettings

loaded = lru_cache(maxsize=4)(load_taggers)
"""The same as `load_taggers`, once for all the files that a process reads."""

_MAX_REASON_CHARS = 200


class FileTagging:
    """Tags the articles of one file."""

    def __init__(self, settings: TagSettings) -> None:
        """Use the taggers that the settings ask for."""
        self._taggers: Taggers = loaded(settings)
        self._failed: dict[str, tuple[int, str]] = {}

    def pack(self, extract: Extract, passages: PassageTable) -> PackedArticle:
        """Pack an article with the tags that are found in it; raises as `packing.pack`."""
        packed = pack(extract, passages)
        taggers = self._taggers.taggers
        if not taggers:
            return packed
        tagged = tag_passages(passages, facts_of(extract), taggers)
        for name, reason in tagged.failed.items():
            count, first = self._failed.get(name, (0, reason))
            self._failed[name] = count + 1, first
        stamps = sorted(stamp_of(each) for each in taggers if each.name not in tagged.failed)
        return repack(packed, tagged.table, stamps=tuple(stamps))

    def notes(self) -> list[str]:
        """Return what the ledger should say of taggers that failed, each a sentence."""
        unloaded = [
            f"tagger {name} could not be loaded: {reason:.{_MAX_REASON_CHARS}}"
            for name, reason in self._taggers.problems.items()
        ]
        failed = [
            f"tagger {name} failed in {_articles(count)} of this file, which have none of its "
            f"tags: {reason:.{_MAX_REASON_CHARS}}"
            for name, (count, reason) in self._failed.items()
        ]
        return [*unloaded, *failed]


def facts_of(extract: Extract) -> ArticleFacts:
    """Return what taggers may know of an article beside its text."""
    return ArticleFacts(
        language=next(iter(extract.chosen("language")), UNKNOWN_LANGUAGE),
        title=next(iter(extract.chosen("title")), ""),
        authors=extract.chosen("author"),
        published=next(iter(extract.chosen("published")), ""),
    )


def _articles(count: int) -> str:
    return f"{count:,} articles" if count > 1 else "1 article"
