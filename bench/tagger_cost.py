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

    Each runs alone, then all run together, as when files are taken in: there, what several ask of
    an article is worked out once, so that they take less than the sum.

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
        rows = [_measure((tagger,), articles) for tagger in loaded.taggers]
        basic = tuple(each for each in loaded.taggers if each.level is TagLevel.BASIC)
        rows += [_measure(basic, articles), _measure(loaded.taggers, articles)]
        report[name] = rows
        count = sum(len(table) for table, _ in articles)
        cells = [tuple(row.values()) for row in rows]
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


def _measure(taggers: Sequence[Tagger], articles: Articles) -> dict[str, Any]:
    """Return what taggers take; what they work out once an article, its first passage takes."""
    for table, facts in articles[:_WARM_UP]:
        _run(taggers, table, facts)
    took_us: list[float] = []
    tags = 0
    for table, facts in articles:
        of_passage_us, found = _run(taggers, table, facts)
        took_us += of_passage_us
        tags += found
    return {
        "tagger": taggers[0].rule() if len(taggers) == 1 else "together",
        "level": str(max((each.level for each in taggers), key=list(TagLevel).index)),
        "median_us": percentile(took_us, 0.5),
        "mean_us": sum(took_us) / max(1, len(took_us)),
        "p95_us": percentile(took_us, 0.95),
        "tags": tags,
    }


def _run(
    taggers: Sequence[Tagger], table: PassageTable, facts: ArticleFacts
) -> tuple[list[float], int]:
    """Return the microseconds that each passage of an article takes, and how many tags it has."""
    article = article_text(table, facts)
    took_us = [0.0] * len(article.passages)
    tags = 0
    for tagger in taggers:
        for number, passage in enumerate(article.passages):
            began = time.thread_time_ns()
            found = list(tagger.find(passage))
            took_us[number] += (time.thread_time_ns() - began) / 1000
            tags += len(found)
    return took_us, tags
