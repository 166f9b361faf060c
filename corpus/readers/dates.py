"""Reads a date as people and programs write it, into ISO 8601 with the precision found."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache

# One row a month: en, de, fr, es, it, pt, ru (genitive and nominative), tr, az, ar.
_MONTH_NAMES = (
    "january jan januar janvier janv enero ene gennaio gen janeiro января январь янв ocak oca "
    "yanvar يناير",
    "february feb februar février févr febrero febbraio fevereiro fev февраля февраль фев февр "
    "şubat şub fevral فبراير",
    "march mar märz mars marzo março марта март mart مارس",
    "april apr avril avr abril abr aprile апреля апрель апр nisan nis aprel أبريل إبريل",
    "may mai mayo maggio mag maio мая май mayıs مايو",
    "june jun juni juin junio giugno giu junho июня июнь июн haziran haz iyun يونيو",
    "july jul juli juillet juil julio luglio lug julho июля июль июл temmuz tem iyul يوليو",
    "august aug août agosto ago августа август авг ağustos ağu avqust أغسطس",
    "september sep sept septembre septiembre settembre set setembro сентября сентябрь сен сент "
    "eylül eyl sentyabr سبتمبر",
    "october oct oktober okt octobre octubre ottobre ott outubro out октября октябрь окт ekim "
    "eki oktyabr أكتوبر",
    "november nov novembre noviembre novembro ноября ноябрь ноя нояб kasım kas noyabr نوفمبر",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro декабря декабрь дек "
    "aralık ara dekabr ديسمبر",
)
_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)"
    r"(?:[T ]+(\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_DIGITS = re.compile(r"(\d{4})([./]?)(\d\d)\2(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_YEAR_TAIL = r"(\d{4})(?:\s*г(?:\.|ода)?|-c[iıuü]\s+il)?\.?"
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(?:le\s+)?(\d{{1,2}})(?:st|nd|rd|th|er|\.|º|°)?\s+(?:of\s+|de\s+)?"
    rf"([^\W\d_]+)\.?,?\s+(?:de\s+)?{_YEAR_TAIL}"
)
_MONTH_DAY = re.compile(rf"{_WEEKDAY}([^\W\d_]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})")
_MONTH_YEAR = re.compile(rf"([^\W\d_]+)\.?,?\s+(?:de\s+)?{_YEAR_TAIL}")
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?")
# What may follow a written-out day: ", 10:30", " at 4.30 p.m. (GMT)", " – 10:30 Uhr".
_RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d.*")
_CLOCK = re.compile(r"[\s,|–—-]+(?:at|um|à|в|saat)?\s*\d{1,2}[:.]\d\d\b.{0,24}$", re.IGNORECASE)
_LONGEST = 80


def read_date(text: str) -> str:
    """Return the one date that `text` is, as ISO 8601, or an empty string.

    Reads ISO 8601 with or without time, RFC 2822, seconds or milliseconds since 1970, and dates
    written out in English, German, French, Spanish, Italian, Portuguese, Russian, Turkish,
    Azerbaijani and Arabic. The clock time of a written-out date is left out. Two readings, as of
    `03/04/2014`, give an empty string: nothing is guessed.
    """
    text = " ".join(text.split())
    if not 4 <= len(text) <= _LONGEST:
        return ""
    try:
        return _read_iso(text) or _read_digits(text) or _read_rfc_2822(text) or _read_words(text)
    except (ValueError, OverflowError, OSError):
        return ""


def _read_iso(text: str) -> str:
    match = _ISO.fullmatch(text)
    if not match:
        return ""
    year, month, day, clock, zone = match.groups()
    if not month:
        return year if 1000 <= int(year) <= 2999 else ""
    written = date(int(year), int(month), int(day or 1)).isoformat()
    if not day:
        return written[:7]
    if not clock:
        return written
    zone = {"Z": "+00:00", None: ""}.get(zone, zone)
    return datetime.fromisoformat(f"{written}T{clock}{zone}").isoformat()


def _read_digits(text: str) -> str:
    if match := _DIGITS.fullmatch(text):
        return date(int(match[1]), int(match[3]), int(match[4])).isoformat()
    if match := _DAY_FIRST.fullmatch(_CLOCK.sub("", text)):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] != "." and first != second:
            if first <= 12 and second <= 12:
                return ""
            first, second = max(first, second), min(first, second)
        return date(year, second, first).isoformat()
    if match := _EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(match[1]), UTC)
        return moment.isoformat()
    return ""


def _read_words(text: str) -> str:
    text = _CLOCK.sub("", text.casefold())
    months = _months()
    if match := _DAY_MONTH.fullmatch(text):
        day, name, year = match.groups()
    elif match := _MONTH_DAY.fullmatch(text):
        name, day, year = match.groups()
    elif match := _MONTH_YEAR.fullmatch(text):
        name, year = match.groups()
        return date(int(year), months[name], 1).isoformat()[:7] if name in months else ""
    else:
        return ""
    return date(int(year), months[name], int(day)).isoformat() if name in months else ""


def _read_rfc_2822(text: str) -> str:
    if not _RFC_2822.fullmatch(text):
        return ""
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(text).isoformat()


@cache
def _months() -> dict[str, int]:
    return {
        name.casefold(): number
        for number, names in enumerate(_MONTH_NAMES, start=1)
        for name in names.split()
    }
