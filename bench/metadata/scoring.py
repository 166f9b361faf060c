"""Whether what was found on a page is what is true of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_NOT_A_LETTER = re.compile(r"[\W_]+")
_SEPARATOR = re.compile(r"\s*(?:[][|\-–—·•»«:>/@_]+|::)\s*")
_BEFORE_NAMES = re.compile(r"^(?:written |posted |reported )?(?:by|par|von)\b[\s:]*", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*[,;&]\s*|\s+(?:and|et|und|with|avec)\s+")
_PARENTHESIS = re.compile(r"\s*\([^()]*\)")
# Where a set has a date in the place of an author, nobody is named.
_NO_NAME = re.compile(r"(?:last updated|updated|published)?:?\s*[a-z]+ \d", re.IGNORECASE)
_DAY = len("2014-03-04")


class Outcome(StrEnum):
    """What became of one field of one page."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    ABSENT = "absent"
    INVENTED = "invented"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a program found on a page; empty where it found nothing.

    Attributes:
        titles: The chosen title, and those that were kept beside it.
    """

    title: str = ""
    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    url: str = ""
    language: str = ""


MEASURES = {
    "title": "case and space aside",
    "title, loosely": "punctuation too, and the site's name where the set's title has it",
    "title, or one kept": "the same, of any title that was kept as contradicting the chosen one",
    "author": "every name found is in the set's, or every name of the set's is found",
    "author, exactly": "these names and no other",
    "published": "the day, as far as the set gives it",
    "published or modified": "the same; pages that only say when they were changed count too",
    "url": "without scheme, `www.`, query and fragment",
    "language": "the first two letters",
}
"""What is told of each page, and when it is right."""


def score(found: Found, truth: Mapping[str, str | None]) -> dict[str, Outcome]:
    """Return the outcome of every measure; `absent` and `invented` where nothing is true."""
    title, author = truth["title"] or "", truth["author"] or ""
    author = "" if _NO_NAME.match(author) else author
    day, language = (truth["date"] or "")[:_DAY], (truth["lang"] or "")[:2].lower()
    address = _place(truth["url"] or "")
    dates = [value for value in (found.published, found.modified) if value]
    return {
        "title": _outcome(title, found.title, _spaced(found.title) == _spaced(title)),
        "title, loosely": _outcome(title, found.title, _is_title(found.title, title)),
        "title, or one kept": _outcome(
            title, found.title, any(_is_title(each, title) for each in found.titles)
        ),
        "author": _outcome(author, found.authors, _names_same(found.authors, author)),
        "author, exactly": _outcome(author, found.authors, _is_exactly(found.authors, author)),
        "published": _outcome(day, found.published, found.published.startswith(day)),
        "published or modified": _outcome(day, dates, any(d.startswith(day) for d in dates)),
        "url": _outcome(address, found.url, _place(found.url) == address),
        "language": _outcome(language, found.language, found.language == language),
    }


def _outcome(truth: str, found: str | Sequence[str], is_right: bool) -> Outcome:
    if not truth:
        return Outcome.INVENTED if found else Outcome.ABSENT
    if not found:
        return Outcome.MISSING
    return Outcome.RIGHT if is_right else Outcome.WRONG


def _spaced(text: str) -> str:
    return " ".join(text.casefold().split())


def _letters(text: str) -> str:
    return _NOT_A_LETTER.sub("", text.casefold())


def _is_title(found: str, truth: str) -> bool:
    cuts = list(_SEPARATOR.finditer(truth))
    parts = [truth, *(truth[: cut.start()] for cut in cuts), *(truth[cut.end() :] for cut in cuts)]
    return _letters(found) in {_letters(part) for part in parts} - {""}


def _names(author: str) -> list[str]:
    bare = _PARENTHESIS.sub("", _BEFORE_NAMES.sub("", author))
    return [name for part in _BETWEEN_NAMES.split(bare) if (name := _letters(part))]


def _names_same(found: Sequence[str], truth: str) -> bool:
    ours = [_letters(name) for name in found]
    whole = (_letters(truth), "".join(_names(truth)))
    return all(any(name in text for text in whole) for name in ours) or (
        all(name in ours for name in _names(truth))
    )


def _is_exactly(found: Sequence[str], truth: str) -> bool:
    ours = "".join(_letters(name) for name in found)
    return ours in ("".join(_names(truth)), _letters(_BEFORE_NAMES.sub("", truth)))


def _place(address: str) -> str:
    bare = re.sub(r"^https?://(?:www\.)?", "", address, flags=re.IGNORECASE)
    return re.split(r"[?#]", bare)[0].rstrip("/")
