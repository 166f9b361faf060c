"""Golden files: the tags of one whole article, by offsets into its text, without its words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.tagging.annotations import AnnotatedArticle, Annotation, AnnotationError
from bench.tagging.running import find_tags
from bench.tagging.scoring import Judged, judge
from bench.tagging.values import SameNames, fold
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, Tagger

_HASH = "# sha256 of the text: "
_COLUMNS = "type\tvalues\tstart\tend\touter_start\touter_end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """The annotations of an article, with offsets into its text, and the hash of that text."""

    text_sha256: str
    annotations: tuple[Annotation, ...]


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def format_golden(article: AnnotatedArticle) -> str:
    """Return the golden file of an annotated article."""
    text = "\n\n".join(passage.text for passage in article.passages)
    lines = [_HASH + hash_text(text), _COLUMNS]
    start = 0
    for passage in article.passages:
        for each in passage.annotations:
            spans = (each.start, each.end, each.outer_start, each.outer_end)
            offsets = "\t".join(str(start + offset) for offset in spans)
            type_ = each.type + ("?" if each.is_optional else "")
            lines.append(f"{type_}\t{';'.join(each.values)}\t{offsets}")
        start += len(passage.text) + 2
    return "\n".join(lines) + "\n"


def read_golden(path: Path) -> Golden:
    """Read a golden file.

    Raises:
        AnnotationError: It is not one.
    """
    head, columns, *rows = path.read_text(encoding="utf-8").splitlines()
    if not head.startswith(_HASH) or columns != _COLUMNS:
        raise AnnotationError(path, "not a golden file; `python -m bench.tagging offsets` makes it")
    return Golden(
        text_sha256=head.removeprefix(_HASH),
        annotations=tuple(_read_row(row.split("\t")) for row in rows),
    )


def _read_row(cells: Sequence[str]) -> Annotation:
    type_, values, *offsets = cells
    start, end, outer_start, outer_end = map(int, offsets)
    return Annotation(
        type=type_.rstrip("?"),
        values=tuple(filter(None, values.split(";"))),
        start=start,
        end=end,
        outer_start=outer_start,
        outer_end=outer_end,
        is_optional=type_.endswith("?"),
    )


def judge_article(
    article: ArticleText, golden: Golden, taggers: Sequence[Tagger], same: SameNames
) -> Iterator[tuple[PassageText, Judged]]:
    """Judge the tags of an article, passage by passage."""
    tags = find_tags(article, taggers)
    for passage, found in zip(article.passages, tags, strict=True):
        within = [
            _moved(each, -passage.start)
            for each in golden.annotations
            if passage.start <= each.start < passage.start + len(passage.text)
        ]
        plain = [tag for _, tag in found]
        roles = [
            tag for each in within if each.type == "role" for tag in _roles(passage, each, plain)
        ]
        for judged in judge(passage.text, within, [*plain, *roles], same):
            yield passage, judged


def _moved(annotation: Annotation, by: int) -> Annotation:
    return replace(
        annotation,
        start=annotation.start + by,
        end=annotation.end + by,
        outer_start=annotation.outer_start + by,
        outer_end=annotation.outer_end + by,
    )


def _roles(passage: PassageText, role: Annotation, tags: Sequence[FoundTag]) -> Iterator[FoundTag]:
    """Yield a tag for a role that the reason of a person's tag tells."""
    words = passage.text[role.start : role.end]
    for tag in tags:
        if tag.type == "person" and fold(words) in fold(tag.reason):
            yield tag._replace(type="role", value=words, start=role.start, end=role.end)
            return
