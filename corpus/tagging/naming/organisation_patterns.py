"""Organisations told by a language's own patterns, and the acronyms that explain themselves."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pinakes.corpus.tagging.naming.lexicon import Lexicon
from pinakes.corpus.tagging.naming.name import Name, NameKind
from pinakes.corpus.tagging.naming.runs import words_before

_CAPITAL_ACRONYM = re.compile(r" ?\(([^\W\d_]{2,10})\)")
_DECLINED_SCHOOL = re.compile("((?:университет|институт))(?:а|у|ом|е)?$")
_SOFT = re.compile("к(?:ого|ому|им|ом)$")
_HARD = re.compile("(?:ого|ому|ым|ом)$")
_DECLINED_HEAD = re.compile(r"^((?:М|м)инистерств|(?:А|а)гентств)(?:а|у|ом|е)(?= )")


def organisations_by_pattern(text: str, language: str) -> Iterator[Name]:
    """Yield the organisations that a language's regular expressions find: small words and all."""
    for pattern in _patterns(language):
        for match in pattern.finditer(text):
            written = match[1].strip('«»„“”"')
            start = match.start(1) + match[1].index(written)
            if text[match.end(1) : match.end(1) + 1] == "-":
                continue
            value = nominative_head(written)
            reason = f"pattern of an organisation's name: {match[0]}"
            yield Name(NameKind.ORGANISATION, value, start, start + len(written), reason)


def nominative_head(written: str) -> str:
    """Return a Russian name with its head in the nominative: `Министерства` is `Министерство`."""
    if _DECLINED_SCHOOL.search(written):
        words = [_SOFT.sub("кий", word) for word in written.split()]
        words = [_HARD.sub("ый", word) for word in words[:-1]] + words[-1:]
        return _DECLINED_SCHOOL.sub(r"\1", " ".join(words))
    return _DECLINED_HEAD.sub(lambda match: match[1] + "о", written, count=1)


def acronym_after(text: str, end: int, value: str) -> tuple[str, int, int] | None:
    """Return the acronym in brackets after a name that is made of its initials, with its span.

    Initials of small words may be missing; at least two thirds of the acronym's letters must
    be initials of the name, in order.
    """
    match = _CAPITAL_ACRONYM.match(text, end)
    if match is None or not match[1].isupper():
        return None
    initials = [word[0].upper() for word in re.findall(r"[^\W\d_]+", value)]
    place = 0
    matched = 0
    for letter in match[1]:
        if letter in initials[place:]:
            place = initials.index(letter, place) + 1
            matched += 1
    if 3 * matched < 2 * len(match[1]) or match[1][0] not in initials:
        return None
    return match[1], match.start(1), match.end(1)


def lower_head_before(text: str, start: int, lexicon: Lexicon) -> str | None:
    """Return the head in lower case, with its link, right before a run: `ministère de l'`."""
    if lexicon.has_last_heads or not lexicon.lower_heads:
        return None
    before = words_before(text, start, 4)
    for count in (2, 3, 4):
        words = before[-count:]
        if len(words) < count or words[0] not in lexicon.lower_heads:
            continue
        link = " ".join(words[1:]).replace("’", "'")
        if link in lexicon.head_links:
            return text[start - sum(map(len, words)) - count : start].strip()
    return None


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    folder = files("pinakes.corpus.tagging.naming").joinpath("languages")
    path = folder.joinpath(f"{language}.toml")
    if not path.is_file():
        return ()
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("patterns", ())
    return tuple(re.compile(pattern) for pattern in listed)
