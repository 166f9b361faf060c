"""Days of the week that stand alone: `on Tuesday`, placed by the tense of what happened on them.

The day is the nearest one before publication, or on it, where the sentence tells of the past, and
the nearest after where it tells of what is to come; where it tells neither, or both, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from pinakes.corpus.tagging.dates.moments import day_near

# By language: what leads to a day, the days from Monday, and what may or may not follow.
_DAYS: dict[str, tuple[str, str, str]] = {
    "en": (
        r"(?<=\b[Oo]n )|(?<=\b[Ss]ince )|(?<=\b[Ll]ate )|(?<=\b[Ee]arly )|(?<=\w\wed )|(?<=\bsaid )"
        r"|(?<=\btold reporters )|(?<=\b[Oo]n (?:Mon|Fri|Sun)day and )|(?<=\b[Oo]n Tuesday and )",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        r"(?! (?:the|of|or|to)\b|,? (?:\d|[A-Z][a-z]{2,8}\.? \d)|s\b|[-–/]\w| [A-Z])",
    ),
    "de": (
        r"(?<=\b[Aa]m )|(?<=\b[Ss]eit )",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        r"(?!,? (?:den|dem|der) \d|,? \d|[-–/]\w)",
    ),
    "fr": (
        r"(?<![\w’'-])(?<!\b[LlCc]e )(?<!\b[Dd]u )(?<!\b[Aa]u )(?<!\b[Ll]es )"
        r"(?<!\bchaque )(?<!\b[Uu]n )",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        r"(?! (?:\d|dernier|prochain|saint|gras)|[-–/]\w)",
    ),
    "es": (
        r"(?<=\b[Ee]l )",
        "lunes martes miércoles jueves viernes sábado domingo",
        r"(?!,? (?:\d|pasado|próximo|santo|de)\b|,? \d|[-–/]\w)",
    ),
    "ru": (
        r"(?<=\b[Вв] )|(?<=\b[Вв]о )",
        "понедельник вторник среду четверг пятницу субботу воскресенье",
        r"(?!,? \d|[-–/]\w)",
    ),
    "tr": (
        r"(?<![\w’'-])(?<!\b[Hh]er )(?<!\b[Gg]eçen )(?<!\bGelecek )(?<!\bgelecek )(?<!\bbir )",
        "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar",
        r"(?= günü\b(?! \d))",
    ),
}
_PAST = {
    "en": r"(?:was|were|had|did|said|told|held|met|took|gave|began|won|lost|left|came|went|saw"
    r"|found|set|led|wrote|made|became|spoke|fell|rose|hit|beat|got|ran|sent|shot|stood|thought"
    r"|brought|died|\w{3,}ed)",
    "de": r"(?:hat|haben|hatte|hatten|wurde|wurden|war|waren|sagte|sagten|teilte|kam|kamen|gab"
    r"|gaben|ging|nahm|starb|starben|\w{3,}(?:igte|ierte|ärte|etzte|ellte|onnte|usste)n?)",
    "fr": r"(?:a|ont|avait|avaient|était|étaient|fut|furent|[Dd]epuis|\w{3,}èrent)",
    "es": r"(?:ha|han|había|fue|fueron|dijo|hizo|\w{3,}(?:ó|aron|ieron|yeron))",
    "ru": r"(?!если\b|или\b|мысли\b|сели\b|цели\b)\w{2,}(?:л|ла|ло|ли)(?:сь|ся)?",
    "tr": r"\w{2,}(?:[dt][ıiuü])(?:lar|ler)?",
}
_AHEAD = {
    "en": r"(?:will|would|is to|are to|due|scheduled|expected|plans?|hopes?|may|can|could|should"
    r"|must|every|each|if|when|next|upcoming|tomorrow|opens|starts|begins)",
    "de": r"(?:wird|werden|soll|sollen|will|wollen|kann|können|möchte|jeden|wenn|würde|würden)",
    "fr": r"(?:sera|seront|prévoit|prévoient|doit|doivent|devrait|va|vont|chaque"
    r"|\w{3,}(?:era|eront|ira|iront))",
    "es": r"(?:será|serán|debe|va a|van a|cada|si|\w{3,}(?:ará|erá|irá|arán|erán|irán))",
    "ru": r"(?:будет|будут|состоится|пройд[её]т|должен|должна|должны|может|каждый|каждую|если)",
    "tr": r"(?:her|\w{2,}(?:[ae]ca[kğ]\w*|[ae]ce[kğ]\w*))",
}
# These of them say that a day is to come, the others that it may be any.
_WILL = {
    "en": r"(?:will|due|scheduled|is to|are to)",
    "de": r"(?:wird|werden)",
    "fr": r"(?:sera|seront|prévoit|prévoient|\w{3,}(?:era|eront|ira|iront))",
    "es": r"(?:será|serán|\w{3,}(?:ará|erá|irá|arán|erán|irán))",
    "ru": r"(?:будет|будут|состоится|пройд[её]т)",
    "tr": r"\w{2,}(?:[ae]ca[kğ]\w*)",
}
_SENTENCE_END = re.compile(r"[.!?…][\"”»’)]?\s+(?=[^\W_]|[“\"«„])|\n|:\s")
_LONGEST_SENTENCE = 240


class PlacedWeekday(NamedTuple):
    """A day of the week in a text, `start` up to `end`, with its date and how it was told."""

    start: int
    end: int
    day: date
    how: str


def find_weekdays(text: str, language: str, today: date) -> Iterator[PlacedWeekday]:
    """Yield the days of the week whose date the tense of their sentence tells.

    Args:
        text: A passage.
        language: ISO 639-1; of one without words here nothing is found.
        today: The day of publication.
    """
    if language not in _DAYS or not any(name in text for name in _weekdays(language)):
        return
    for match in _pattern(language).finditer(text):
        weekday = _weekdays(language)[match[0]]
        before, after = _sentence_around(text, match.start(), match.end())
        ahead, past, will = _tenses(language)
        sentence = f"{before} {after}"
        is_past, is_ahead = past.search(sentence), ahead.search(sentence)
        if is_past and not is_ahead:
            day = today - timedelta(days=(today.isoweekday() - weekday) % 7)
            yield PlacedWeekday(*match.span(), day, "the last day of that name, in the past tense")
        elif will.search(sentence) and not is_past:
            day = day_near(today, weekday, is_after=True)
            yield PlacedWeekday(
                *match.span(), day, "the next day of that name, in the future tense"
            )


def _sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    before = _after_last_end(text[max(0, start - _LONGEST_SENTENCE) : start])
    return before, _before_first_end(text[end : end + _LONGEST_SENTENCE])


def _after_last_end(text: str) -> str:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return text[ends[-1] :] if ends else text


def _before_first_end(text: str) -> str:
    match = _SENTENCE_END.search(text)
    return text[: match.start()] if match else text


@cache
def _weekdays(language: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(_DAYS[language][1].split(), start=1)}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    lead, names, after = _DAYS[language]
    return re.compile(rf"(?:{lead})(?:{'|'.join(names.split())})\b{after}")


@cache
def _tenses(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return expressions of words that tell of what may come, of the past, of what will come."""
    ahead, past, will = (
        re.compile(rf"(?<![^\W_])(?:{words[language]})(?![^\W_])")
        for words in (_AHEAD, _PAST, _WILL)
    )
    return ahead, past, will
