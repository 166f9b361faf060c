"""Organisations known by name, in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pinakes.corpus.tagging.naming.lexicon import given_names
from pinakes.corpus.tagging.naming.name import Name, NameKind
from pinakes.corpus.tagging.naming.organisation_edges import (
    is_another_name,
    is_other_thing,
    is_searching,
)
from pinakes.corpus.tagging.naming.runs import Run, Word

_WORD = re.compile(r"[^\W_]+(?:[-.'’\"״\u200c][^\W_]+)*\.?")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ABJAD = re.compile("[\u0590-\u06ff]")
_HAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_CASELESS = re.compile("[\u0590-\u06ff\u3040-\u30ff\u4e00-\u9fff]")
_ENDING = re.compile(
    "(?:ого|его|ому|ему|ыми|ими|ами|ями|ых|их|ым|им|ой|ей|ая|яя|ую|юю|ое|ее|ые|ие|ый|ий|ам|ям|ах|ях|ов|ев|ом|ем|ія|ії|ію|ия|ии|ию|ием|"
    "а|я|у|ю|е|и|ы|о|ь|і|ї|й)$"
)
# What Arabic writes as one word with the next: and, in, with, for, as.
_PROCLITIC = re.compile("^(?:و?(?:ب|ل|ك|ف)?(?=ال)|و?لل|و)")
_HEBREW_PROCLITIC = re.compile("^[ושבלמכ]{1,2}(?=ה|..)")
_MORE_NAME = re.compile(r"[ \u00a0][^\W_a-zà-ÿ]")
_PRINTED = re.compile(r"[ \u00a0](?:Magazine|Press)\b(?! [A-Z])")
_OTHER_AFTER = re.compile(r"[ \u00a0]\+(?!\w)")
_SHOUTED_AFTER = re.compile(r"[ \u00a0][A-Z]{2,}[ \u00a0][A-Z]{2,}\b")
# `Hey Google, play it`
_CALLED = re.compile(r"(?<!\w)(?:hey,?|ok|okay) $", re.IGNORECASE)
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+")
# `CDROM_MSF` is another word.
_JOINED_BEFORE = ("_", "@", "#")


class _Way(NamedTuple):
    written: str
    words: tuple[str, ...]
    value: str
    language: str
    is_firm: bool
    is_doubtful: bool


class _Known(NamedTuple):
    by_word: dict[str, list[_Way]]
    by_stem: dict[str, list[_Way]]
    by_abjad: dict[str, list[_Way]]
    han: dict[str, str]
    han_pattern: re.Pattern[str]


def known_in_run(run: Run, text: str, language: str) -> Iterator[Name]:
    """Yield the known organisations named in a run of words with capitals; the longest of each."""
    known = _known()
    end = 0
    for place, word in enumerate(run):
        if word.start < end or not word.has_capital:
            continue
        if word.text in known.by_word:
            found = _find_as_written(known, word, text, language)
        elif _CYRILLIC.match(word.text):
            found = _find_by_stem(known, word, text, language)
        else:
            continue
        if found is not None and not _is_family_name(run, place, found):
            yield found
            end = found.end


def is_firm_at(word: Word, text: str) -> bool:
    """Whether the name of a known firm starts with a word, be what it makes named right after."""
    return any(way.is_firm for way in _ways_at(word, text))


def is_known_at(word: Word, text: str) -> bool:
    """Whether the name of a known organisation starts with a word."""
    return any(True for _ in _ways_at(word, text))


def _ways_at(word: Word, text: str) -> Iterator[_Way]:
    for way in _known().by_word.get(word.text, ()):
        end = word.start + len(way.written)
        if text.startswith(way.written, word.start) and not text[end : end + 1].isalnum():
            yield way


def known_without_case(text: str) -> Iterator[Name]:
    """Yield the known organisations of a text in Arabic, Hebrew, Chinese or Japanese script."""
    if not _CASELESS.search(text):
        return
    known = _known()
    if _HAN.search(text):
        for match in known.han_pattern.finditer(text):
            yield _name(known.han[match[0]], match.start(), match.end(), match[0])
    if not _ABJAD.search(text):
        return
    found_words = ((match[0].rstrip("."), match.start()) for match in _WORD.finditer(text))
    words = [(word, start, start + len(word)) for word, start in found_words]
    place = 0
    while place < len(words):
        found = _find_abjad(known, words, place)
        if found is None:
            place += 1
        else:
            name, count = found
            yield name
            place += count


def _is_family_name(run: Run, place: int, found: Name) -> bool:
    """Whether a name of one word follows a given name or initials: `Henry Ford`, `J. P. Morgan`."""
    if not place or found.end > run[place].end or run[place].text.isupper():
        return False
    before = run[place - 1]
    return _INITIAL.fullmatch(before.text) is not None or (
        before.text in given_names().plain and not before.is_possessive
    )


def _find_as_written(known: _Known, word: Word, text: str, language: str) -> Name | None:
    if text[word.start - 1 : word.start] in _JOINED_BEFORE and word.start:
        return None
    for way in known.by_word[word.text]:
        end = word.start + len(way.written)
        if way.language and way.language != language:
            continue
        if not text.startswith(way.written, word.start):
            continue
        after = text[end : end + 1]
        # `Microsoft.Extensions` is a name in a program.
        if after.isalnum() or (after in "-&." and after and text[end + 1 : end + 2].isalnum()):
            continue
        # `Google+` and `ICC_Profile` are something else, `WHO ARE YOU` is shouted.
        if (after and after in "+_") or _OTHER_AFTER.match(text, end):
            continue
        if way.written.isupper() and _SHOUTED_AFTER.match(text, end):
            continue
        is_cut = way.is_firm or _is_cut_short(way)
        if is_cut and _MORE_NAME.match(text, end) is not None:
            continue
        if (
            is_another_name(text, end)
            or is_other_thing(text, end)
            or _CALLED.search(text, max(0, word.start - 6), word.start)
            or (way.written == "Google" and is_searching(text, word.start, end))
        ):
            continue
        printed = _PRINTED.match(text, end)
        if printed is not None:
            if way.written != way.value:
                continue
            whole = text[word.start : printed.end()]
            return _name(whole, word.start, printed.end(), whole)
        name = _name(way.value, word.start, end, way.written)
        return name._replace(is_doubtful=way.is_doubtful)
    return None


def _is_cut_short(way: _Way) -> bool:
    """Whether a way is the first word of a longer name: `Harvard`, but no `Harvard College`."""
    is_acronym = way.written.isupper() or not way.written.isalpha()
    return not is_acronym and way.value.startswith(f"{way.written} ")


def _find_by_stem(known: _Known, word: Word, text: str, language: str) -> Name | None:
    for way in known.by_stem.get(_stem(word.text), ()):
        if way.language and way.language != language:
            continue
        end = _end_of_stems(way, text, word.start)
        if end is not None:
            return _name(way.value, word.start, end, way.written)
    return None


def _end_of_stems(way: _Way, text: str, start: int) -> int | None:
    end = start
    for stem in way.words:
        match = _WORD.match(text, end if end == start else end + 1)
        if match is None or _stem(match[0].rstrip(".")) != stem:
            return None
        end = match.end() - match[0].endswith(".")
    return end


def _find_abjad(
    known: _Known, words: list[tuple[str, int, int]], place: int
) -> tuple[Name, int] | None:
    written, start, _ = words[place]
    for lead in (0, *_leads(written)):
        first = "ال" + written[lead:] if _is_lil(written, lead) else written[lead:]
        for way in known.by_abjad.get(first, ()):
            count = len(way.words)
            if tuple(word for word, _, _ in words[place + 1 : place + count]) == way.words[1:]:
                end = words[place + count - 1][2]
                return _name(way.value, start + lead, end, way.written), count
    return None


def _leads(written: str) -> Iterator[int]:
    for pattern in (_PROCLITIC, _HEBREW_PROCLITIC):
        match = pattern.match(written)
        if match is not None and match.end():
            yield match.end()
    if written.startswith(("و", "ל", "ب")):
        yield 1


def _is_lil(written: str, lead: int) -> bool:
    return lead > 1 and written[:lead].endswith("لل")


def _name(value: str, start: int, end: int, written: str) -> Name:
    reason = f"known organisation: {written}"
    return Name(NameKind.ORGANISATION, value, start, end, reason)


@cache
def _stem(word: str) -> str:
    if word.isupper():
        return word
    word = word.lower().replace("ё", "е")
    return _ENDING.sub("", word) if len(word) > 4 else word


@cache
def _known() -> _Known:
    known = _Known({}, {}, {}, {}, re.compile(""))
    for line in _lines():
        ways = [way.strip() for way in line.lstrip("*+ ").split(";")]
        for written in ways:
            value = written if line[0] in "*+" else ways[0]
            _add(known, written, value.removeprefix("The "), is_firm=line[0] == "+")
    for table in (known.by_word, known.by_stem, known.by_abjad):
        for listed in table.values():
            listed.sort(key=lambda way: -len(way.written))
    longest_first = sorted(known.han, key=lambda written: (-len(written), written))
    return known._replace(han_pattern=re.compile("|".join(map(re.escape, longest_first))))


def _add(known: _Known, written: str, value: str, *, is_firm: bool) -> None:
    language = written[:2] if written[2:3] == ":" else ""
    written = written[3:] if language else written
    is_doubtful = written.startswith("?")
    written = written.removeprefix("?")
    value = (value[3:] if value[2:3] == ":" else value).removeprefix("?")
    if _HAN.match(written):
        known.han[written] = value
        return
    words = tuple(_WORD.findall(written))
    table, first = known.by_word, written.split()[0]
    if _ABJAD.match(written):
        table, first = known.by_abjad, words[0]
    elif _CYRILLIC.match(written):
        words = tuple(_stem(word) for word in words)
        table, first = known.by_stem, words[0]
    way = _Way(written, words, value, language, is_firm, is_doubtful)
    table.setdefault(first, []).append(way)


def _lines() -> Iterator[str]:
    folder = files("pinakes.corpus.tagging.naming")
    for line in folder.joinpath("organisations.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
