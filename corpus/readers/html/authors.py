"""The names of an article's authors, out of what pages write in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_BY = re.compile(
    r"^(?:(?:(?:posted|written|published|reported|edited|story|text|words|report|article|post) )?by"
    r"|authors?|from|von|par|por|di|door|av|af|autore?s?|autorin|редактор|автор|авторы"
    r"|текст|yazan|yazar|haber|müəllif|الكاتب|بقلم|كتب|写|文)\b\s*[:：]?\s*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*(?:[;|/•·&]|\b(?:and|und|et|y|и|və|ve|with)\b)\s*|\s*[,،、]\s*(?:and\s+)?", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net)\b|[{}<>=:]", re.IGNORECASE)
_TRAILER = re.compile(
    r"\s*(?:[(\[].*|[-–—|]\s.*|\b(?:for|on|in|at)\s.*|,?\s*(?:updated|published|posted)\b.*)$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|staff|contributor|columnist|journalist|producer"
    r"|director|professor|fellow|photographer|chief|head of|analyst|ph\.?d|m\.?d|jr|sr|inc|ltd|llc"
    r"|admin|administrator|guest|follow|author|view|posts?|minutes?|read)\b\.?",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 500
_LONGEST_NAME = 80
_MOST_WORDS = 6
# `Ministry for Civil Protection of the Republic of Tarvia`
_OFFICE = re.compile(r"^(?!.* is )[^.]* (?:of|for) [^.]*$")


def read_authors(written: Iterable[str]) -> list[str]:
    """Return the names in what is written in place of authors, in order, each once.

    `By ` and its like go; several names in one text are parted at commas and conjunctions;
    addresses, handles, roles and anything too long for a name are left out.
    """
    names: dict[str, str] = {}
    for text in written:
        for name in _names_in(" ".join(text[:_LONGEST_BYLINE].split())):
            names.setdefault(name.casefold(), name)
    return list(names.values())


def _names_in(text: str) -> Iterator[str]:
    text = _BY.sub("", text, count=1)
    if _ADDRESS.match(text):
        return
    parts = _SEPARATOR.split(text)
    # `Doe, Jane` is one name; `Jane Doe, Ann Roe` are two.
    if len(parts) == 2 and "," in text and all(" " not in part for part in parts):
        parts = [text]
    for index, part in enumerate(parts):
        name = _without_trailer(_BY.sub("", part, count=1))
        if index and _ROLE.search(name):
            continue
        if _is_name(name):
            yield name


def _without_trailer(part: str) -> str:
    match = _TRAILER.search(part)
    # One word before `for` is an office: `Ministry for …`.
    if match and (" " in part[: match.start()].strip() or not match[0].strip()[:1].isalpha()):
        part = part[: match.start()]
    return part.strip(" .,:;-–—|")


def _is_name(name: str) -> bool:
    return (
        2 <= len(name) <= _LONGEST_NAME
        and (len(name.split()) <= _MOST_WORDS or _OFFICE.search(name) is not None)
        and any(map(str.isalpha, name))
        and not any(map(str.isdigit, name))
        and not _ADDRESS.search(name)
        and not _ROLE.fullmatch(name)
    )
