"""Draws tags for a reader to judge, and keeps the verdicts without the words judged."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from bench.tagging.running import as_read, find_tags
from bench.tagging.verdicts import KeptVerdict, SheetError, Verdict
from pinakes.corpus.extract import Extract
from pinakes.corpus.readers.dispatch import read
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, Tagger

_CONTEXT = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTag:
    """A tag to be judged.

    Attributes:
        source: Name of the file it was drawn from.
        article: Which record of it.
        start: First code point in the text of the article.
        context: The words around, the tag between ⟦ and ⟧.
        verdict: Empty until it is judged.
    """

    source: str
    article: str
    type: str
    value: str
    start: int
    end: int
    rule: str
    context: str
    verdict: str = ""


def draw(
    path: Path, taggers: Sequence[Tagger], *, passage_count: int, tags_a_type: int, seed: int
) -> list[DrawnTag]:
    """Draw tags of each type from at least `passage_count` passages of a JSONL file's records.

    Records and tags are drawn at random; the same seed draws the same.
    """
    chance = random.Random(seed)  # noqa: S311
    by_type: dict[str, list[DrawnTag]] = defaultdict(list)
    for name, article in _read_articles(path, passage_count=passage_count, chance=chance):
        for tag in _drawn(path.name, name, article, taggers):
            by_type[tag.type].append(tag)
    return [
        tag
        for _, tags in sorted(by_type.items())
        for tag in chance.sample(tags, min(tags_a_type, len(tags)))
    ]


def _read_articles(
    path: Path, *, passage_count: int, chance: random.Random
) -> Iterator[tuple[str, ArticleText]]:
    """Yield articles of a JSONL file, plain or .gz, by chance, each with the `id` of its record.

    Ends with the article with which there are `passage_count` passages.
    """
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        lines = file.read().splitlines()
    chance.shuffle(lines)
    seen = 0
    for line in lines:
        for extract in read(line, name="drawn.jsonl"):
            if isinstance(extract, Extract):
                article = as_read(extract)
                seen += len(article.passages)
                yield _name_of(line), article
        if seen >= passage_count:
            return


def _name_of(line: bytes) -> str:
    return str(json.loads(line).get("id", ""))


def _drawn(
    source: str, name: str, article: ArticleText, taggers: Sequence[Tagger]
) -> Iterator[DrawnTag]:
    tags = find_tags(article, taggers)
    for passage, found in zip(article.passages, tags, strict=True):
        for rule, tag in found:
            yield DrawnTag(
                source=source,
                article=name,
                type=tag.type,
                value=tag.value,
                start=passage.start + tag.start,
                end=passage.start + tag.end,
                rule=rule,
                context=_show(passage, tag),
            )


def _show(passage: PassageText, tag: FoundTag) -> str:
    text = passage.text
    before = text[max(0, tag.start - _CONTEXT) : tag.start]
    after = text[tag.end : tag.end + _CONTEXT]
    shown = f"{before}⟦{text[tag.start : tag.end]}⟧{after}"
    return f"({passage.article.published or 'no date'}) {' '.join(shown.split())}"


def write_sheet(path: Path, tags: Iterable[DrawnTag]) -> None:
    """Write a judging sheet: JSONL, a tag a line, `verdict` to be filled in."""
    lines = [json.dumps(asdict(tag), ensure_ascii=False) for tag in tags]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_sheet(path: Path) -> list[KeptVerdict]:
    """Read a judged sheet.

    Raises:
        SheetError: A line lacks its verdict, or has none of `right`, `value`, `span`, `wrong`.
    """
    kept = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row: Mapping[str, Any] = json.loads(line)
        if row.get("verdict") not in list(Verdict):
            raise SheetError(f"{path}, line {number}: expected a verdict ({', '.join(Verdict)})")
        row = {**row, "verdict": Verdict(row["verdict"])}
        kept.append(KeptVerdict(*(row[each.name] for each in fields(KeptVerdict))))
    return kept
