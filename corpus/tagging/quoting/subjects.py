"""Whose verb a verb of speaking is: the name before or after it that is its subject."""

from __future__ import annotations

import re
from typing import NamedTuple

from pinakes.corpus.tagging.naming import Lexicon, Name, NameKind, words_listed

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OF = re.compile(r" (?:of|from|with|at) (?:the )?")
_OF_BEFORE = re.compile(r"\b(?:of|for|from|with|at|in) (?:the )?$")
# `a Doe adviser` is someone else than Doe.
_ARTICLE_BEFORE = re.compile(r"(?i)\b(?:an?|the|another|one|former|senior|top) $")
_LONGEST_LEAD = 12
_LEADS_ON = re.compile(r" ([a-zß-ÿ]+) (?=[A-ZÀ-Þ])")
LONGEST_GAP = 70
_LONGEST_LED, _MOST_LEADING = 60, 3


class Around(NamedTuple):
    """A passage: its text, its names, and the words of its language."""

    text: str
    names: tuple[Name, ...]
    lexicon: Lexicon


def subject_of(around: Around, names: list[Name], verb: re.Match[str]) -> Name | None:
    """Return which of the names around a verb of speaking is its subject, if one is."""
    text = around.text
    before = [name for name in names if name.end <= verb.start()]
    after = [name for name in names if name.start >= verb.end()]
    subjects = [n for n in before if _is_subject(n, text[n.end : verb.start()], around.lexicon)]
    subjects = [n for n in subjects if not _is_of_another(text, n, verb.start())]
    if subjects:
        persons = [name for name in subjects if name.kind is NameKind.PERSON]
        persons = persons or [name for each in subjects if (name := _member(text, each, before))]
        # Whoever is named in between is named in what tells who the first one is.
        if not persons:
            return None
        return persons[0] if text.startswith(",", persons[0].end) else persons[-1]
    if after and verb[0].lower() not in words_listed("to_whom"):
        gap = text[verb.end() : after[0].start]
        if (
            len(gap) <= LONGEST_GAP
            and not set(gap.lower().split()) & words_listed("prepositions")
            and "," not in gap
            and ":" not in gap
        ):
            return _holder(text, after, around.lexicon)
    return None


def _is_of_another(text: str, name: Name, end: int) -> bool:
    """Whether a person's name only tells whose adviser or friend it is that speaks."""
    gap, start = text[name.end : end], max(0, name.start - _LONGEST_LEAD)
    is_followed = gap[:1] == " " and bool(gap.strip())
    is_led = _ARTICLE_BEFORE.search(text, start, name.start) is not None
    return name.kind is NameKind.PERSON and is_followed and is_led


def _member(text: str, name: Name, before: list[Name]) -> Name | None:
    """Return the person who is told to be of an organisation: `Jane Doe of the NASA said`.

    None where someone unknown is: `…, the former director of the NASA, said`.
    """
    for other in before:
        if other.kind is NameKind.PERSON and _OF.fullmatch(text, other.end, name.start):
            return other
    is_told = text.startswith(",", name.end) and _OF_BEFORE.search(
        text, max(0, name.start - _LONGEST_LEAD), name.start
    )
    return None if is_told else name


def _holder(text: str, names: list[Name], lexicon: Lexicon) -> Name | None:
    """Return the first name, or the person whose office it tells: `NASA administrator Jane Doe`.

    None where the words after it lead to a name that is unknown: `said Obama supporter Roe Doe`.
    """
    first = names[0]
    leads = _LEADS_ON.match(text, first.end)
    is_of = leads is not None and leads[1] not in lexicon.stop_words | words_listed("prepositions")
    if is_of and leads is not None and not any(name.start == leads.end() for name in names[1:]):
        return None
    if is_of and first.kind is NameKind.PERSON and len(names) > 1:
        return names[1] if names[1].kind is NameKind.PERSON else None
    if first.kind is NameKind.PERSON or len(names) == 1 or names[1].kind is not NameKind.PERSON:
        return first
    gap = text[first.end : names[1].start]
    return names[1] if len(gap) < LONGEST_GAP and not re.search("[,.;:]", gap) else first


def _is_subject(name: Name, gap: str, lexicon: Lexicon) -> bool:
    """Whether a name before `gap` is the subject of a verb after it: no `NASA Chief … said`."""
    is_apart = gap.lstrip().startswith((",", "(")) and name.kind is NameKind.PERSON
    is_another = gap.lower() != gap and not is_apart
    return not is_another and _is_subject_gap(gap, lexicon)


def _is_subject_gap(gap: str, lexicon: Lexicon) -> bool:
    """Whether a verb's subject may stand before `gap`: ` also `, `, director of the fund, `."""
    if gap.startswith(("'s", "’s")):
        return False
    stripped = gap.strip()
    words = [word.lower() for word in _WORD.findall(stripped)]
    if any(word in lexicon.says for word in words):
        return False
    if stripped.startswith((",", "(")) and stripped.endswith((",", ")")):
        return len(words) <= 16
    return (
        len(words) <= 3
        and "," not in stripped
        and not set(words) & words_listed("prepositions")
        and "and" not in words
    )


def before_colon(around: Around, start: int, end: int) -> Name | None:
    """Return the person whose name and a colon are all that stands before a quotation."""
    for name in around.names:
        is_first = name.kind is NameKind.PERSON and not around.text[start : name.start].strip()
        if start <= name.start < end and is_first and around.text[name.end : end].strip() == ":":
            return name
    return _subject_before_colon(around, start, end)


def _subject_before_colon(around: Around, start: int, end: int) -> Name | None:
    """Return the only person of a sentence that leads to a quotation by a colon, if it is first.

    `Vollan expects little: “…”`
    """
    text = around.text
    if not text[start:end].rstrip().endswith(":"):
        return None
    persons = [n for n in around.names if start <= n.start < end and n.kind is NameKind.PERSON]
    if len({name.value for name in persons}) != 1 or end - persons[0].end > _LONGEST_LED:
        return None
    lead = [word.lower() for word in _WORD.findall(text[start : persons[0].start])]
    rest = [word.lower() for word in _WORD.findall(text[persons[0].end : end])]
    is_owner = text.startswith(("'s", "’s"), persons[0].end)
    if is_owner or len(lead) > _MOST_LEADING or set(lead) & words_listed("prepositions"):
        return None
    return None if set(rest) & words_listed("passive") else persons[0]
