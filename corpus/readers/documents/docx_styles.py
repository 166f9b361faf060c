"""What the styles of a Word document make of its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.safe_xml import Element, local_name

# Word keeps the names of its own styles in English, whatever its user's language.
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_KINDS = (
    (re.compile(r"title", re.IGNORECASE), Kind.TITLE),
    (re.compile(r"subtitle", re.IGNORECASE), Kind.LEAD),
    (re.compile(r"(?:intense )?quote|block ?text|quotations?", re.IGNORECASE), Kind.QUOTE),
    (re.compile(r"list\b.*", re.IGNORECASE), Kind.LIST_ITEM),
    (re.compile(r"caption", re.IGNORECASE), Kind.CAPTION),
)
_RUN_TOGETHER = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph of some style is.

    Attributes:
        kind: As its name and level say.
        level: Of a heading, from 1; else 0.
    """

    kind: Kind = Kind.PARAGRAPH
    level: int = 0


def read_styles(styles: Element | None) -> dict[str, Style]:
    """Return the paragraph styles by their ids; one that says nothing is as what it is based on."""
    own: dict[str, Style] = {}
    bases: dict[str, str] = {}
    for element in styles if styles is not None else ():
        if local_name(element) == "style" and attribute(element, "type") in ("paragraph", ""):
            style_id = attribute(element, "styleId")
            own[style_id] = _read_style(element)
            bases[style_id] = _value(element, "basedOn")
    return {style_id: _inherited(style_id, own, bases) for style_id in own}


def guess_style(style_id: str) -> Style:
    """Return what a style is by its id alone, where the document does not say: `Heading1`."""
    return _named(_RUN_TOGETHER.sub(" ", style_id))


def attribute(element: Element, name: str) -> str:
    """Return an attribute of an element, whatever its namespace; empty if there is none."""
    return next(
        (str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), ""
    )


def _inherited(style_id: str, own: dict[str, Style], bases: dict[str, str]) -> Style:
    for _ in range(_DEEPEST):
        style = own.get(style_id)
        if style is None:
            break
        if style.kind is not Kind.PARAGRAPH:
            return style
        style_id = bases.get(style_id, "")
    return Style()


def _read_style(element: Element) -> Style:
    named = _named(_value(element, "name"))
    if named.kind is not Kind.PARAGRAPH:
        return named
    level = next((attribute(e, "val") for e in element.iter() if local_name(e) == "outlineLvl"), "")
    if level.isdigit() and int(level) < 9:
        return Style(Kind.HEADING, int(level) + 1)
    return Style()


def _named(name: str) -> Style:
    if match := _HEADING.fullmatch(name):
        return Style(Kind.HEADING, max(1, int(match[1])))
    for pattern, kind in _KINDS:
        if pattern.fullmatch(name):
            return Style(kind)
    return Style()


def _value(element: Element, name: str) -> str:
    return next((attribute(e, "val") for e in element if local_name(e) == name), "")
