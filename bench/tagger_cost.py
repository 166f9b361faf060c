"""What each tagger costs a passage: processor time, over passages and over saved pages."""

from __future__ import annotations

import tarfile
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bench.archives import PASSAGES_AN_ARTICLE
from bench.inputs import InputError, Selection, select_passages
from bench.latency import percentile
from bench.tables import print_table
from pinakes.corpus import (
    Extract,
    PassageTable,
    PinakesError,
    Tagger,
    TagLevel,
    article_text,
    load_taggers,
    read,
    split,
)
from pinakes.corpus.ingestion.file_tags import facts_of
from pinakes.corpus.tagging.applying import ArticleFacts
from pinakes.search.tagging.rule_files import read_files
from pinakes.search.tagging.settings import settings_of

Articles = list[tuple[PassageTable, ArticleFacts]]
_WARM_UP = 20


def measure_tags(
    passages: Path | None, pages: Sequence[Path], rules: Sequence[Path], *, limit: int
) -> dict[str, Any]:
    """Run every tagger over passages and pages; print and return microseconds a passage.

    Args:
        passages: JSONL; some consecutive ones make an article.
        pages: Folders with pages, or tar files of such.
        rules: Rules of a user's to be measured beside the taggers.
        limit: Passages, and pages, at the most; 0 is all.
    """
    loaded = load_taggers(settings_of(TagLevel.ALL, read_files(rules)))
    if loaded.problems:
        raise InputError("; ".join(f"{name}: {why}" for name, why in loaded.problems.items()))
    sets: dict[str, Articles] = {}
    if passages:
        sets["passages"] = list(_joined(Selection(str(passages), limit=limit)))
    if pages:
        sets["pages"] = list(_read_pages(pages, limit))
    report: dict[str, Any] = {}
    for name, articles in sets.items():
        rows = [_measure(tagger, articles) for tagger in loaded.taggers]
        report[name] = rows
        count = sum(len(table) for table, _ in articles)
        cells = [tuple(row.values()) for row in rows]
        cells.append(("together", "", "", sum(row["mean_us"] for row in rows), "", ""))
        title = f"{name}: {count:,} in {len(articles):,} articles; microseconds a passage"
        print_table(title, ("tagger", "level", "median", "mean", "p95", "tags"), cells)
    return report


def _joined(selection: Selection) -> Iterator[tuple[PassageTable, ArticleFacts]]:
    chosen = select_passages(selection)
    while group := tuple(islice(chosen, PASSAGES_AN_ARTICLE)):
        yield from _articles_of("\n\n".join(text for _, text in group).encode(), "x.txt")


def _read_pages(sources: Iterable[Path], limit: int) -> Iterator[tuple[PassageTable, ArticleFacts]]:
    for source in sources:
        for name, content in islice(_pages_of(source), limit or None):
            yield from _articles_of(content, name)


def _pages_of(source: Path) -> Iterator[tuple[str, bytes]]:
    if source.is_dir():
        for path in sorted(source.rglob("*.html")):
            yield path.name, path.read_bytes()
        return
    with tarfile.open(source) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith(".html") else None
            if file is not None:
                yield member.name, file.read()


def _articles_of(content: bytes, name: str) -> Iterator[tuple[PassageTable, ArticleFacts]]:
    try:
        for item in read(content, name=name):
            if isinstance(item, Extract) and item.text:
                facts = facts_of(item)
                yield split(item, language=facts.language), facts
    except PinakesError:
        # A page that has no article has nothing to be tagged.
        return


def _measure(tagger: Tagger, articles: Articles) -> dict[str, Any]:
    """Return what a tagger takes; what it works out once an article, its first passage takes."""
    for table, facts in articles[:_WARM_UP]:
        for passage in article_text(table, facts).passages:
            list(tagger.find(passage))
    took_us: list[float] = []
    tags = 0
    for table, facts in articles:
        for passage in article_text(table, facts).passages:
            began = time.thread_time_ns()
            found = list(tagger.find(passage))
            took_us.append((time.thread_time_ns() - began) / 1000)
            tags += len(found)
    return {
        "tagger": tagger.rule(),
        "level": str(tagger.level),
        "median_us": percentile(took_us, 0.5),
        "mean_us": sum(took_us) / max(1, len(took_us)),
        "p95_us": percentile(took_us, 0.95),
        "tags": tags,
    }
