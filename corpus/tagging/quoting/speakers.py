"""Who says what is quoted: the person or organisation by a verb of speaking beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pinakes.corpus.tagging.naming import Name, NameKind, lexicon_of, names_in, words_listed
from pinakes.corpus.tagging.quoting.press import is_press
from pinakes.corpus.tagging.quoting.pronouns import may_mean, one_person_before, speaking_pronoun
from pinakes.corpus.tagging.quoting.quotations import Quotation, QuotationKind
from pinakes.corpus.tagging.quoting.reach import (
    SENTENCE_END,
    end_of_sentence,
    start_of_sentence,
)
from pinakes.corpus.tagging.quoting.subjects import (
    LONGEST_GAP,
    Around,
    before_colon,
    subject_of,
)
from pinakes.corpus.tagging.tagger import PassageText

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Where a new clause begins after a quotation, its verb is of something else.
_NEW_CLAUSE = re.compile(r" (?:and|but|or|und|aber|et|mais|y|pero|и|а|но|ve|ama) ")
_LOOK_BACK = 220
_LOOK_ON = 200
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


def speakers_in(passage: PassageText, quotations: list[Quotation]) -> Iterator[Speaker]:
    """Yield the speaker of each quotation whose speaker the words around it tell.

    Args:
        passage: A passage.
        quotations: All its quotations, in order.
    """
    around = Around(passage.text, names_in(passage), lexicon_of(passage.language))
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


_THAT = re.compile(r" that\b")


def _told(
    around: Around, quotation: Quotation, floor: int, ceiling: int | None, language: str
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
        if how == "beside" and _is_within(text, quotation):
            continue
        name = _beside_verb(around, first, last, is_after=how == "beside")
        if name is not None:
            return _speaker(quotation, name, how, text[first:last])
    named = before_colon(around, start, quotation.outer_start)
    if named is not None:
        return _speaker(quotation, named, "before", before)
    if language in ("tr", "az"):
        return _around_it(around, quotation, start, after)
    return None


def _is_within(text: str, quotation: Quotation) -> bool:
    """Whether the sentence goes on over a quotation: `in other “simple shapes” news`."""
    if text[quotation.start : quotation.end].rstrip()[-1:] in ",.!?…":
        return False
    if _NEW_CLAUSE.match(text, quotation.outer_end):
        return True
    following = text[quotation.outer_end : quotation.outer_end + 2]
    is_on = len(following) == 2 and following[0] == " " and following[1].islower()
    before = text[: quotation.outer_start].rstrip()
    is_led = before[-1:].isalpha()
    return is_on and is_led and quotation.kind is QuotationKind.PART


def _beside_verb(around: Around, start: int, end: int, *, is_after: bool) -> Name | None:
    """Return the name beside the first verb of speaking between `start` and `end`."""
    text = around.text
    names = [name for name in around.names if start <= name.start and name.end <= end]
    if not names:
        return None
    cited = _cited(around, names, start, end)
    if cited is not None and not _is_said_by_another(around, names, cited, start):
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
        # After a whole sentence `Doe added that …` tells of something else.
        if is_after and text[:start].rstrip('”»"’“')[-1:] == "." and _THAT.match(text, word.end()):
            continue
        name = subject_of(around, names, word)
        if name is not None and is_close:
            return name
    return None


def _is_said_by_another(around: Around, names: list[Name], cited: Name, start: int) -> bool:
    """Whether an agency only reports what someone says: `…, Doe said, according to Reuters`.

    What `a spokesman said, according to Microsoft` is what Microsoft says.
    """
    words = _WORD.findall(around.text[start : cited.start])
    if cited.kind is not NameKind.ORGANISATION:
        return False
    is_named = any(n.kind is NameKind.PERSON and n.end <= cited.start for n in names)
    is_reported = is_named or is_press(cited.value)
    return is_reported and any(word.lower() in around.lexicon.says for word in words)


def _leads_on(text: str, start: int, end: int, names: list[Name]) -> bool:
    """Whether what stands between a verb and a quotation leads to it."""
    for name in names:
        if name.start >= start and name.start - start < LONGEST_GAP:
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


def _cited(around: Around, names: list[Name], start: int, end: int) -> Name | None:
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
                and len(gap) < LONGEST_GAP
                and "," not in gap
                and not set(gap.lower().split()) & words_listed("prepositions")
            ):
                return name
    return None


def _around_it(around: Around, quotation: Quotation, start: int, end: int) -> Speaker | None:
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
    passage: PassageText, around: Around, quotation: Quotation, floor: int, ceiling: int | None
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
    pronoun = _pronoun_in(around, (after, before))
    name = one_person_before(passage, around.names, quotation.outer_start) if pronoun else None
    if name is None or not may_mean(pronoun, name):
        return None
    return _speaker(quotation, name, "pronoun", after or before)


def _pronoun_in(around: Around, parts: tuple[str, str]) -> str:
    return next(filter(None, (speaking_pronoun(part, around.lexicon) for part in parts)), "")


def _follows(around: Around, last_end: int, quotation: Quotation, speaker: str) -> bool:
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
