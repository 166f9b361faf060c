"""Articles, sections and paragraphs as texts cite them, in seven languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEAD = (
    r"(?P<head>\b(?:[Aa]rticles?|[Aa]rts?\.?|ARTICLES?|[Ss]ections?|[Ss]ec\.|[Rr]ules?|[Pp]rinciples?"
    r"|Artikeln?|Artikels|[Aa]rt[íi]culos?|[Сс]тат(?:ья|ьи|ье|ью|ьей|ьёй|ей|ьям|ьями|ьях)|[Сс]т\.|[Сс]т\.ст\."
    r"|(?:و|ب|ل)?(?:ال)?(?:مادة|مادتين|مادتان|مواد))(?:\s?n[°º])?|§§?)"
)
_PART = (
    r"(?:,?\s(?:paragraphs?|paras?\.?|Absatz|Absätze|Abs\.|Satz|S\.|Nr\.|Nummer|lit\.|Buchstabe"
    r"|paragraphes?|alinéas?|apartados?|párrafos?|пункт\w*|п\.|част\w+|ч\.|الفقرة)"
    r"\s?\(?(?:\d{1,3}[a-z]?|[a-z])\)?)"
)
_NUMBER = (
    r"(?:[LRD]\.?\s?\*?)?\d{1,4}(?:[a-z](?![a-z]))?(?:-\d{1,3}(?!\d)|\.\d{1,3}(?!\d))*"
    rf"(?:\s?\((?!(?:19|20)\d\d\))\w{{1,4}}\))*{_PART}*|\b[IVX]{{1,6}}\b"
)
_JOINT = r"(?:\s?,\s?(?:and\s|or\s)?|\s(?:and|or|und|oder|et|ou|y|e|o|и|или|ve|veya)\s|\sو\s?)"
_SPAN = r"(?:\s?[–—]\s?|-|\s(?:to|bis|à|a|al|до)\s)"
_BEFORE = r"(?:(?:част\w+|ч\.|пункт\w*|п\.)\s?(?P<part>\d{1,3})\s)?"
_CITATION = re.compile(
    rf"{_BEFORE}{_HEAD}\s?(?P<numbers>(?:{_NUMBER})(?:(?:{_JOINT}|{_SPAN})(?:{_NUMBER}))*)"
)
_TITLE = re.compile(
    r"\b(?P<title>Title\s(?:[IVXLC]{1,6}(?:-?[A-Z])?|\d{1,3}))(?=,?\s(?:of|under)\s(?:the\s)?[A-Z])"
)
_ONE_NUMBER = re.compile(_NUMBER)
_RANGE = re.compile(rf"(\d{{1,4}}){_SPAN}(\d{{1,4}})(?![\d(./])")
_INNER_PART = re.compile(r"[^\W_]+\.?\s?\(?(\d{1,3}[a-z]?|[a-z])\)?$")
_LONGEST_RANGE = 12
# `Article II, Section 3` is one part of a constitution.
_LED_BY = re.compile(
    r"\b(?P<head>Article|Title|Chapter|Part)\s(?P<number>[IVXL]{1,6}|\d{1,3})\s?,\s$"
)
_LONGEST_LEAD = 16
# Before the name of what is cited; `Article 6 of Protocol No. 1 to the` leads elsewhere.
TO_NAME = re.compile(
    r"\s*,?\s*(?:(?:of|in|under|des|der|du|de|del|d'|d’|de la|de l'|de l’|von|aus|من|в)\s*)?"
    r"(?:(?:the|said|la|le|l'|l’|los|el)\s*)*"
)
FROM_NAME = re.compile(r",?\s\(?|,\s?")
_UNITS = {"§": "§", "s": "Section", "r": "Rule", "p": "Principle"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A citation of articles of something.

    Attributes:
        start: First code point in the text.
        end: One past the last code point.
        articles: Each as tags have it: `Article 2(1)`, `§ 263`.
    """

    start: int
    end: int
    articles: tuple[str, ...]


def find_citations(text: str) -> Iterator[Citation]:
    """Yield what a text cites by number: `Articles 2(1) and 26`, `§ 263 Abs. 1`, `ч. 2 ст. 105`.

    A range of up to 12 articles is all of them, a longer one its ends. A section is told with the
    article that it is part of. Titles come last (`Title IX of the …`).
    """
    for found in _CITATION.finditer(text):
        unit = _UNITS.get(found["head"][0].lower(), "Article")
        numbers = _numbers(found["numbers"])
        if found["part"]:
            numbers[-1] += f"({found['part']})"
        start, led = found.start(), None
        if unit == "Section":
            led = _LED_BY.search(text, max(0, start - _LONGEST_LEAD), start)
        if led:
            unit = f"{led['head']} {led['number']}, {unit}"
        yield Citation(
            start=led.start() if led else start,
            end=found.end(),
            articles=tuple(dict.fromkeys(f"{unit} {number}" for number in numbers)),
        )
    for found in _TITLE.finditer(text) if "Title" in text else ():
        title = " ".join(found["title"].split())
        yield Citation(start=found.start(), end=found.end(), articles=(title,))


def _numbers(text: str) -> list[str]:
    """Return the numbers of a list, ranges spelt out."""
    numbers: list[str] = []
    end = 0
    for found in _ONE_NUMBER.finditer(text):
        if found.start() < end:
            continue
        end = found.end()
        between = _RANGE.match(text, found.start())
        first, last = (int(between[1]), int(between[2])) if between else (0, 0)
        # `7-1` is one article in some codes, and two where the second is larger.
        if between and first < last:
            end = between.end()
            short = last - first < _LONGEST_RANGE
            numbers += map(str, range(first, last + 1) if short else (first, last))
        else:
            numbers.append(_in_brackets(found[0]))
    return numbers


def _in_brackets(number: str) -> str:
    """Return `2, paragraph 1` and `2 (1)` as `2(1)`; digits of every script as ASCII ones.

    What is smaller than a paragraph and named by a word (`Satz 2`) is left out.
    """
    parts = re.split(rf"(?={_PART})", number)
    short = re.sub(r"\s?\(", "(", parts[0]).strip()
    for part in parts[1:]:
        inner = _INNER_PART.search(part.strip(" ,"))
        if inner and not part.strip(" ,").startswith(("S.", "Satz")):
            short += f"({inner[1]})"
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in short)
