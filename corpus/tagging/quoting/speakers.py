"""Who says what is quoted: the person or organisation by a verb of speaking beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pinakes.corpus.tagging.naming import (
    Lexicon,
    Name,
    NameKind,
    lexicon_of,
    names_in,
    words_listed,
)
from pinakes.corpus.tagging.quoting.pronouns import has_pronoun, one_person_before
from pinakes.corpus.tagging.quoting.quotations import Quotation, QuotationKind
from pinakes.corpus.tagging.quoting.reach import (
    SENTENCE_END,
    end_of_sentence,
    start_of_sentence,
)
from pinakes.corpus.tagging.tagger import PassageText

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LOOK_BACK = 220
_LOOK_ON = 200
_LONGEST_GAP = 70
_LONGEST_REST = 90
# Cues as short as `so` or `para` mean much else where they do not come first.
_LONGEST_SHORT_CUE = 4
_LONGEST_BETWEEN = 140
_BETWEEN = ' \u00a0\u202f—–-”»"'
_CONFIDENCE = {"beside": 0.95, "before": 0.9, "same": 0.85, "pronoun": 0.75}


class Speaker(NamedTuple):
    """Who says a quotation.

    Attributes:
        quotation: What is said.
        name: Who says it, with the name in full as its value.
        how: `beside` a verb of speaking after the quotation or within its sentence, `before` it,
            the `same` as that of the quotation before, or a `pronoun` for the one person named.
        confidence: How often such a speaker is right.
        reason: For a person.
    """

    quotation: Quotation
    name: Name
    how: str
    confidence: float
    reason: str


class _Around(NamedTuple):
    text: str
    names: tuple[Name, ...]
    lexicon: Lexicon


def speakers_in(passage: PassageText, quotations: list[Quotation]) -> Iterator[Speaker]:
    """Yield the speaker of each quotation whose speaker the words around it tell.

    Args:
        passage: A passage.
        quotations: All its quotations, in order.
    """
    around = _Around(passage.text, names_in(passage), lexicon_of(passage.language))
    last: Speaker | None = None
    last_end = 0
    for place, quotation in enumerate(quotations):
        following = quotations[place + 1].outer_start if place + 1 < len(quotations) else None
        speaker = _told(around, quotation, last_end, following, passage.language)
        if speaker is None:
            speaker = _by_pronoun(passage, around, quotation, last_end, following)
        if (
            speaker is None
            and last is not None
            and _follows(around, last_end, quotation, last.name.value)
        ):
            speaker = _speaker(quotation, last.name, "same", last.name.value)
        if speaker is not None:
            yield speaker
        last = speaker
        last_end = quotation.outer_end


def _told(
    around: _Around, quotation: Quotation, floor: int, ceiling: int | None, language: str
) -> Speaker | None:
    text = around.text
    end = min(quotation.outer_end + _LOOK_ON, ceiling or len(text))
    after = end_of_sentence(text, quotation.outer_end, end)
    start = start_of_sentence(
        text, max(floor, quotation.outer_start - _LOOK_BACK), quotation.outer_start
    )
    before = text[start : quotation.outer_start]
    sides = [("beside", quotation.outer_end, after), ("before", start, quotation.outer_start)]
    if before.rstrip().endswith((",", ":")):
        sides.reverse()
    for how, first, last in sides:
        name = _beside_verb(around, first, last, is_after=how == "beside")
        if name is not None:
            return _speaker(quotation, name, how, text[first:last])
    named = _before_colon(around, start, quotation.outer_start)
    if named is not None:
        return _speaker(quotation, named, "before", before)
    if language in ("tr", "az"):
        return _around_it(around, quotation, start, after)
    return None


def _before_colon(around: _Around, start: int, end: int) -> Name | None:
    """Return the person whose name and a colon are all that stands before a quotation."""
    for name in around.names:
        is_first = name.kind is NameKind.PERSON and not around.text[start : name.start].strip()
        if start <= name.start < end and is_first and around.text[name.end : end].strip() == ":":
            return name
    return None


def _beside_verb(around: _Around, start: int, end: int, *, is_after: bool) -> Name | None:
    """Return the name beside the first verb of speaking between `start` and `end`."""
    text = around.text
    names = [name for name in around.names if start <= name.start and name.end <= end]
    if not names:
        return None
    cited = _cited(around, names, start, end)
    if cited is not None:
        return cited
    words = list(_WORD.finditer(text, start, end))
    for place, word in enumerate(words):
        if word[0].lower() not in around.lexicon.says or any(
            n.start <= word.start() < n.end for n in names
        ):
            continue
        if place and words[place - 1][0].lower() in words_listed("passive"):
            continue
        is_close = not is_after or text[start : word.start()].count(",") <= 3
        if not is_after and not _leads_on(text, word.end(), end, names):
            continue
        name = _subject(around, names, word)
        if name is not None and is_close:
            return name
    return None


def _leads_on(text: str, start: int, end: int, names: list[Name]) -> bool:
    """Whether what stands between a verb and a quotation leads to it."""
    for name in names:
        if name.start >= start and name.start - start < _LONGEST_GAP:
            start = name.end
            break
    rest = text[start:end].strip()
    if len(rest) > _LONGEST_REST:
        return False
    words = _WORD.findall(rest)
    is_near = len(words) <= 5 and "," not in rest[:-1]
    return (
        rest.endswith(":")
        or is_near
        or any(word.lower() in words_listed("that") for word in words[:2])
    )


def _subject(around: _Around, names: list[Name], verb: re.Match[str]) -> Name | None:
    text = around.text
    before = [name for name in names if name.end <= verb.start()]
    after = [name for name in names if name.start >= verb.end()]
    subjects = [n for n in before if _is_subject(n, text[n.end : verb.start()], around.lexicon)]
    if subjects:
        persons = [name for name in subjects if name.kind is NameKind.PERSON] or subjects
        # Whoever is named in between is named in what tells who the first one is.
        return persons[0] if text.startswith(",", persons[0].end) else persons[-1]
    if after and verb[0].lower() not in words_listed("to_whom"):
        gap = text[verb.end() : after[0].start]
        if (
            len(gap) <= _LONGEST_GAP
            and not set(gap.lower().split()) & words_listed("prepositions")
            and "," not in gap
            and ":" not in gap
        ):
            return _holder(text, after)
    return None


def _holder(text: str, names: list[Name]) -> Name:
    """Return the first name, or the person whose office it tells: `NASA administrator Jane Doe`."""
    first = names[0]
    if first.kind is NameKind.PERSON or len(names) == 1 or names[1].kind is not NameKind.PERSON:
        return first
    gap = text[first.end : names[1].start]
    return names[1] if len(gap) < _LONGEST_GAP and not re.search("[,.;:]", gap) else first


def _is_subject(name: Name, gap: str, lexicon: Lexicon) -> bool:
    """Whether a name before `gap` is the subject of a verb after it: no `NASA Chief … said`."""
    is_another = name.kind is NameKind.ORGANISATION and gap.lower() != gap
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


def _cited(around: _Around, names: list[Name], start: int, end: int) -> Name | None:
    low = around.text[start:end].lower()
    for phrase in around.lexicon.cue_phrases:
        place = low.find(phrase + " ")
        if place < 0 or (place and low[place - 1].isalnum()):
            continue
        is_short = len(phrase) <= _LONGEST_SHORT_CUE
        if is_short and low[:place].strip(" ,"):
            continue
        stop = start + place + len(phrase)
        for name in names:
            gap = around.text[stop : name.start]
            if (
                name.start >= stop
                and not (is_short and gap.strip())
                and len(gap) < _LONGEST_GAP
                and "," not in gap
                and not set(gap.lower().split()) & words_listed("prepositions")
            ):
                return name
    return None


def _around_it(around: _Around, quotation: Quotation, start: int, end: int) -> Speaker | None:
    """Return the one person named before a Turkish quotation that a verb of speaking follows."""
    after = around.text[quotation.outer_end : end].lower()
    words = _WORD.findall(after)[:4]
    is_said = any(word in around.lexicon.says for word in words) or any(
        " ".join(words[p : p + 2]) in around.lexicon.says for p in range(3)
    )
    names = [n for n in around.names if start <= n.start and n.end <= quotation.outer_start]
    persons = {name.value: name for name in names if name.kind is NameKind.PERSON}
    if not is_said or len(persons) != 1:
        return None
    return _speaker(
        quotation,
        next(iter(persons.values())),
        "before",
        around.text[start : quotation.outer_start],
    )


def _by_pronoun(
    passage: PassageText, around: _Around, quotation: Quotation, floor: int, ceiling: int | None
) -> Speaker | None:
    """Return the one person named so far, where `he` or `she` stands by the verb."""
    end = min(quotation.outer_end + _LOOK_ON, ceiling or len(around.text))
    start = start_of_sentence(
        around.text, max(floor, quotation.outer_start - _LOOK_BACK), quotation.outer_start
    )
    after = around.text[
        quotation.outer_end : end_of_sentence(around.text, quotation.outer_end, end)
    ]
    before = around.text[start : quotation.outer_start]
    if not any(has_pronoun(part, around.lexicon) for part in (after, before)):
        return None
    name = one_person_before(passage, around.names, quotation.outer_start)
    if name is None:
        return None
    return _speaker(quotation, name, "pronoun", after or before)


def _follows(around: _Around, last_end: int, quotation: Quotation, speaker: str) -> bool:
    """Whether nothing but the words about the last quotation stands before this one."""
    between = around.text[last_end : quotation.outer_start]
    others = (n for n in around.names if last_end <= n.start < quotation.outer_start)
    if any(name.kind is NameKind.PERSON and name.value != speaker for name in others):
        return False
    ends = list(SENTENCE_END.finditer(between + " "))
    is_next = not ends or not between[ends[0].end() :].strip(_BETWEEN)
    return (
        is_next
        and "\n" not in between
        and len(between) < _LONGEST_BETWEEN
        and quotation.kind is QuotationKind.WHOLE
    )


def _speaker(quotation: Quotation, name: Name, how: str, words: str) -> Speaker:
    reason = f"{how}: {' '.join(words.split())[:80]}"
    return Speaker(quotation, name, how, _CONFIDENCE[how], reason)
