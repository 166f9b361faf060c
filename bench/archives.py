"""Makes archives of the passages, through the public store and index."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from operator import add
from pathlib import Path

from bench.inputs import BenchPassage, Selection, select_passages
from pinakes.corpus import (
    ArchiveFolder,
    Extract,
    Kind,
    MetadataValue,
    PassageTable,
    Store,
    TagPattern,
)
from pinakes.corpus.store.packing import PackedArticle, pack
from pinakes.corpus.store.writes import StoreWriter
from pinakes.indexer import PassageIndex

PASSAGES_AN_ARTICLE = 20
_LANGUAGE = MetadataValue(field="language", value="en", origin="bench")
_JOINT = "\n\n"
_PARAGRAPH = tuple(Kind).index(Kind.PARAGRAPH)
# What `split` makes of a paragraph without headings above it.
_TAGS = tuple(
    TagPattern(type=type_, value=value, rule="structure/1")
    for type_, value in (("kind", Kind.PARAGRAPH.value), ("lang", _LANGUAGE.value))
)


def articles_of(
    passages: Iterable[BenchPassage], count: int = PASSAGES_AN_ARTICLE
) -> Iterator[tuple[BenchPassage, ...]]:
    """Yield `count` consecutive passages at a time, at the end fewer."""
    rest = iter(passages)
    while group := tuple(islice(rest, count)):
        yield group


def write_archive(
    root: Path, passages: Iterable[BenchPassage], *, memory_mb: int | None = None
) -> dict[str, float]:
    """Make an archive in the folder `root`, in one commit, all on the disk at the return.

    Args:
        root: The folder.
        passages: Read as they are needed.
        memory_mb: For the words of articles before they are written; None for the default.

    Returns the seconds until the store, with the words taken in, and the index were written.
    """
    return write_articles(root, articles_of(passages), memory_mb=memory_mb)


def write_living(
    root: Path, selection: Selection, living: Iterable[int], per_article: int
) -> dict[str, float]:
    """Make an archive of the articles with these numbers only, likewise."""
    kept = frozenset(living)
    articles = enumerate(articles_of(select_passages(selection), per_article))
    return write_articles(root, (group for number, group in articles if number in kept))


def write_articles(
    root: Path, articles: Iterable[tuple[BenchPassage, ...]], *, memory_mb: int | None = None
) -> dict[str, float]:
    """Make an archive of articles, likewise."""
    folder = ArchiveFolder.create(root)
    if memory_mb is not None:
        folder.config_path.write_text(f"[index]\nmemory_mb = {memory_mb}\n")
    began = time.perf_counter()
    memory_bytes = folder.read_config().index.memory_mb << 20
    index = PassageIndex.create(folder.index_path, memory_bytes=memory_bytes)
    with Store.open(folder.store_path, read_only=False) as store, index.following(store):
        with store.transaction() as writer:
            for number, (packed, sha256) in enumerate(writer.ahead(map(_pack, articles))):
                writer.add_article(packed, path=f"{number}.txt", record="", sha256=sha256)
        stored = time.perf_counter()
        index.update(store)
        indexed = time.perf_counter()
        store.checkpoint()
    return {"store_s": stored - began, "index_s": indexed - stored}


def add_article(writer: StoreWriter, group: tuple[BenchPassage, ...], *, path: str) -> int:
    """Add an article of these passages to the store; return its key."""
    packed, sha256 = _pack(group)
    return writer.add_article(packed, path=path, record="", sha256=sha256)


def _pack(group: tuple[BenchPassage, ...]) -> tuple[PackedArticle, str]:
    """Return an article of these passages, and the SHA-256 of its text."""
    texts = [text for _id, text in group]
    text = _JOINT.join(texts)
    extract = Extract(text=text, blocks=(), metadata=(_LANGUAGE,))
    return pack(extract, _tabulate(text, texts)), hashlib.sha256(text.encode()).hexdigest()


def _tabulate(text: str, texts: Sequence[str]) -> PassageTable:
    """Return a passage for each of `texts`, which `text` consists of."""
    lengths = [len(each) for each in texts]
    starts = list(accumulate([length + len(_JOINT) for length in lengths[:-1]], initial=0))
    return PassageTable(
        text=text,
        starts=starts,
        ends=list(map(add, starts, lengths)),
        kinds=bytes([_PARAGRAPH]) * len(texts),
        sections=[()],
        section_of=[0] * len(texts),
        tag_lists=[_TAGS],
        tag_list_of=[0] * len(texts),
    )
