"""Reads articles with tags marked in them; `tests/tags/CONVENTIONS.md` has the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pinakes.corpus.model import Kind

TYPES = ("mentions", "law", "number", "place", "org", "person", "quote", "said")
"""What is annotated in every article, in the order of the tables."""

_KINDS = {
    "# ": Kind.TITLE,
    "## ": Kind.HEADING,
    "> ": Kind.QUOTE,
    "- ": Kind.LIST_ITEM,
    ": ": Kind.CAPTION,
}
_MARKER = re.compile(r"(?:##? |> |- |: )?")
_BLANK_LINES = re.compile(r"\n\s*\n")
_TAG = re.compile(r"(?P<type>[a-z]+)(?P<optional>\??)(?::(?P<values>.*))?", re.DOTALL)
# What a sentence puts around the words that a tag is about.
_EDGES = "\"'“”„‟‘’‚«»‹›—– \u00a0\u202f\n.,;:!?،؛؟"


class AnnotationError(ValueError):
    """A file of annotated passages cannot be read."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A tag that a careful reader gives to a span of a passage.

    Attributes:
        values: Any of which is right; none if the value is not judged.
        start: First code point of the words that must be covered.
        end: One past their last.
        outer_start: First code point that may be covered.
        outer_end: One past the last.
        is_optional: Whether it may be left out.
    """

    type: str
    values: tuple[str, ...]
    start: int
    end: int
    outer_start: int
    outer_end: int
    is_optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedPassage:
    """The text of a passage, its kind, and all its annotations."""

    kind: Kind
    text: str
    annotations: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedArticle:
    """An annotated article; `name` is that of its file, `published` may be empty."""

    name: str
    language: str
    published: str
    authors: tuple[str, ...]
    passages: tuple[AnnotatedPassage, ...]


def read_folder(folder: Path) -> list[AnnotatedArticle]:
    """Return the articles of a folder's `.txt` files, sorted by name.

    Raises:
        AnnotationError: One of them cannot be read, or there are none.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise AnnotationError(folder, "no annotated articles (*.txt) here")
    return [read_article(path) for path in paths]


def read_article(path: Path) -> AnnotatedArticle:
    """Read one annotated article.

    Raises:
        AnnotationError: The head or a mark is wrong.
    """
    head_text, *parts = _BLANK_LINES.split(path.read_text(encoding="utf-8").strip())
    head = _read_head(path, head_text)
    passages = []
    for part in parts:
        for block in _blocks(part):
            passages.append(_read_passage(path, block))
    return AnnotatedArticle(
        name=path.stem,
        language=head["language"][0],
        published=(head.get("published") or [""])[0],
        authors=tuple(head.get("author", ())),
        passages=tuple(passages),
    )


def _read_head(path: Path, text: str) -> Mapping[str, list[str]]:
    head: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if not colon or name not in ("language", "published", "author"):
            raise AnnotationError(path, f"expected `language: en` and the like, not {line!r}")
        head.setdefault(name, []).append(value.strip())
    if "language" not in head:
        raise AnnotationError(path, "no `language:` in its head")
    return head


def _blocks(part: str) -> Iterator[str]:
    """Yield the items of a list one by one, and anything else whole."""
    if part.startswith("- "):
        yield from part.splitlines()
    else:
        yield part.replace("\n", " ")


def _read_passage(path: Path, block: str) -> AnnotatedPassage:
    marker = _MARKER.match(block)
    prefix = marker[0] if marker else ""
    reader = _MarkReader(source=block[len(prefix) :])
    try:
        text, annotations = reader.read()
    except ValueError as error:
        raise AnnotationError(path, f"{error}, in: {block}") from error
    return AnnotatedPassage(
        kind=_KINDS.get(prefix, Kind.PARAGRAPH), text=text, annotations=annotations
    )


@dataclass(slots=True)
class _Open:
    """A mark that is not closed yet, and its words in braces from the first to the last."""

    start: int
    brace_start: int = -1
    brace_end: int = -1


@dataclass(slots=True)
class _MarkReader:
    """Takes the marks out of one passage."""

    source: str
    kept: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    found: list[Annotation] = field(default_factory=list)

    def read(self) -> tuple[str, tuple[Annotation, ...]]:
        at = 0
        while at < len(self.source):
            character = self.source[at]
            at += 1
            if character == "[":
                self.open.append(_Open(len(self.kept)))
            elif character in "{}|]" and not self.open:
                raise ValueError(f"{character} outside of a mark")
            elif character == "{":
                if self.open[-1].brace_start < 0:
                    self.open[-1].brace_start = len(self.kept)
            elif character == "}":
                self.open[-1].brace_end = len(self.kept)
            elif character == "|":
                close = self.source.find("]", at)
                self._close(self.source[at:close].split("|"))
                at = close + 1
            elif character == "]":
                raise ValueError("a mark without a type")
            else:
                self.kept.append(character)
        if self.open:
            raise ValueError("a mark is not closed")
        ordered = sorted(self.found, key=lambda each: (each.start, -each.end, each.type))
        return "".join(self.kept), tuple(ordered)

    def _close(self, tags: Sequence[str]) -> None:
        mark = self.open.pop()
        end = len(self.kept)
        if (mark.brace_start < 0) != (mark.brace_end < 0):
            raise ValueError("a brace without its other")
        start, core_end = (
            (mark.start, end) if mark.brace_start < 0 else (mark.brace_start, mark.brace_end)
        )
        for tag in tags:
            parts = _TAG.fullmatch(tag)
            if parts is None or parts["type"] not in (*TYPES, "role"):
                raise ValueError(f"no such tag: {tag!r}")
            self._add(parts, (start, core_end), (mark.start, end))

    def _add(self, parts: re.Match[str], core: tuple[int, int], outer: tuple[int, int]) -> None:
        words = "".join(self.kept[core[0] : core[1]])
        values = tuple(parts["values"].split(";")) if parts["values"] else (words,)
        types = ("quote", "said") if parts["type"] == "said" else (parts["type"],)
        for type_ in types:
            start, end = trim("".join(self.kept), *core) if type_ in ("quote", "said") else core
            self.found.append(
                Annotation(
                    type=type_,
                    values=() if type_ == "quote" else values,
                    start=start,
                    end=end,
                    outer_start=outer[0],
                    outer_end=outer[1],
                    is_optional=bool(parts["optional"]),
                )
            )


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without quotation marks, white space and punctuation at its ends."""
    while start < end - 1 and text[start] in _EDGES:
        start += 1
    while end > start + 1 and text[end - 1] in _EDGES:
        end -= 1
    return start, end
