"""Resolutions of the organs of the United Nations, and of the Council of Europe's Assembly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pinakes.corpus.tagging.laws.mention import Mention

_COUNCIL, _ASSEMBLY, _RIGHTS, _PACE, _ECOSOC = (
    "UN Security Council Resolution",
    "UN General Assembly Resolution",
    "UN Human Rights Council Resolution",
    "PACE Resolution",
    "ECOSOC Resolution",
)
_ORGANS = (
    (
        _COUNCIL,
        r"(?:(?:UN|U\.N\.|United Nations|UN-|UNO-)[ -]?)?Security Council|UNSC|(?:UN-|UNO-"
        r"|Welt)?Sicherheitsrat(?:e?s)?"
        r"(?: der (?:Vereinten Nationen|UN|UNO))?|Conseil de sécurité(?: (?:de l['’]ONU"
        r"|des Nations [Uu]nies))?"
        r"|Consejo de Seguridad(?: de (?:la ONU|las Naciones Unidas))?"
        r"|(?:Совет\w* Безопасности|СБ|Совбез\w*)(?: ООН| Организации Объедин[её]нных Наций)?"
        r"|(?:(?:BM|Birleşmiş Milletler) )?Güvenlik Konseyi(?:['’]?ni?n)?|BMGK(?:['’]?ni?n)?"
        r"|مجلس الأمن(?: الدولي)?(?: التابع للأمم المتحدة)?",
    ),
    (
        _ASSEMBLY,
        r"(?:(?:UN|U\.N\.|United Nations|UN-) ?)?General Assembly|UNGA"
        r"|(?:UN-)?Generalversammlung(?: der (?:Vereinten Nationen|UN))?"
        r"|(?:UN-)?Vollversammlung(?: der Vereinten Nationen)?"
        r"|Assemblée générale(?: (?:de l['’]ONU|des Nations [Uu]nies))?"
        r"|Asamblea General(?: de (?:la ONU|las Naciones Unidas))?|(?:Генеральн\w+ Ассамбле\w+"
        r"|ГА)(?: ООН)?"
        r"|(?:(?:BM|Birleşmiş Milletler) )?Genel Kurulu(?:['’]?nu?n)?"
        r"|الجمعية العامة(?: للأمم المتحدة)?",
    ),
    (
        _RIGHTS,
        r"(?:UN )?Human Rights Council|UN-Menschenrechtsrat(?:e?s)?"
        r"|Conseil des droits de l['’]homme"
        r"|Consejo de Derechos Humanos|Совет\w* по правам человека(?: ООН)?"
        r"|İnsan Hakları Konseyi(?:['’]?ni?n)?|مجلس حقوق الإنسان",
    ),
    (
        _PACE,
        r"PACE|ПАСЕ|AKPM(?:['’]ni?n)?|APCE|Parliamentary Assembly(?: of the Council of Europe)?",
    ),
    (_ECOSOC, r"ECOSOC|Economic and Social Council"),
)
_ORGAN = (
    "(?:" + "|".join(f"(?P<o{place}>{names})" for place, (_, names) in enumerate(_ORGANS)) + ")"
)
_WORD = (
    r"(?:[Rr]esolutions?|RESOLUTIONS?|[Rr]es\.|Resolution(?:en)?|[Rr]ésolutions?|[Rr]esoluci(?:ón"
    r"|ones)"
    r"|[Рр]езолюци\w+|[Kk]arar\w*|(?:ال|ل|ب|و)?(?:قرار|القرار|قراري|قرارات|القرارات"
    r"|القرارين)(?:ات|ين|ي)?)"
)
_NUMBER_WORD = r"(?:(?:[Nn]o|[Nn]os|[Nn]r|[Nn]úm)\.?|[№Nn][º°]?|رقم|ذات الأرقام)"
_NUMBER = (
    r"(?:(?:ES-)?\d{1,3}/\d{1,3}(?!\d)(?:\s?[A-Z]\b)?|\d{1,4}(?![\d/])(?:\s?[A-Z]\b)?)"
    r"(?:\s?\((?:[IVXLCS-]+|(?:19|20)\d\d)\))?"
)
_JOINT = r"(?:\s?,\s?(?:and\s)?|\s(?:and|und|et|y|e|и|ve)\s|\sو\s?)"
_NUMBERS = rf"(?P<numbers>{_NUMBER}(?:{_JOINT}{_NUMBER})*)"
_OF = r"(?:\s(?:of|of the|des|der|de la|de l['’]|du|del|de|من|الصادر عن|الصادرة عن)\s?|\s)"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ORGAN}['’]?s?\s{_WORD}\s?{_NUMBER_WORD}?\s?{_NUMBERS}",
        rf"{_WORD}\s{_NUMBER_WORD}?\s?{_NUMBERS}{_OF}(?:(?:UN|the)\s)*{_ORGAN}",
        rf"{_WORD}{_OF}(?:(?:UN|the)\s)*{_ORGAN}(?:\s\w{{1,3}})?\s{_NUMBER_WORD}?\s?{_NUMBERS}",
        rf"{_ORGAN}\s{_NUMBERS}\ssayılı(?:\s\w+)?\s[Kk]arar\w*",
    )
)
_SHORT = (
    (_COUNCIL, re.compile(rf"\bUNSCRs?\s?{_NUMBERS}")),
    (_ASSEMBLY, re.compile(rf"\bUNGA\s(?:Res\.?|A/RES/)\s?{_NUMBERS}")),
)
_SYMBOLS = (
    (_COUNCIL, re.compile(r"\bS/RES/(?P<numbers>\d{1,4})(?:\s?\((?:19|20)\d\d\))?(?!\d)")),
    (_RIGHTS, re.compile(r"\bA/HRC/RES/(?P<numbers>(?:S-)?\d{1,2}/\d{1,3})(?!\d)")),
    (
        _ASSEMBLY,
        re.compile(r"\bA/RES/(?P<numbers>(?:ES-)?\d{1,3}/\d{1,3}|\d{1,4}\s?\([IVXLC]+\))(?!\d)"),
    ),
)
# Without an organ: the Council's, where the article names it and no other body that resolves.
_BARE = re.compile(rf"(?:\bUN-)?{_WORD}\s{_NUMBER_WORD}?\s?{_NUMBERS}(?!\s?(?:sayılı|[/\d%]))")
_ONE = re.compile(_NUMBER)
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\s?\((?:19|20)\d\d\)$")
_LEAST_BARE, _MOST_COUNCIL = 30, 3500
# What stands in every mention, and how far around it the rest may be, in code points.
_HINT = re.compile(r"esolu[tc]|ésolut|ESOLUT|езолюци|sayılı|قرار|/RES/|UNSCR|\bRes\.")
_AROUND = 160
# Part of each hint: to look for these costs next to nothing.
_RARE = ("esolu", "ésolu", "ESOLU", "езолюци", "sayılı", "قرار", "/RES/", "UNSCR", "Res.")
# Part of each of its names.
_COUNCIL_PARTS = (
    *("Security C", "UNSC", "cherheitsr", "de sécurité", "de Seguridad", "Безопасн"),
    *("СБ", "Совбез", "Güvenlik K", "BMGK", "مجلس الأمن"),
)
_COUNCIL_NAMED = re.compile(_ORGANS[0][1])
_OTHERS_NAMED = re.compile(
    "|".join(names for _, names in _ORGANS[1:])
    + r"|European Parliament|House|Senate|Parlament|Bundestag|Parlement|Parlamento|Парламент"
    r"|Meclis|Məclis"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """Which bodies that resolve an article names.

    Attributes:
        only_council: The Security Council and no other.
    """

    only_council: bool


def bodies_of(text: str) -> Bodies:
    """Return which bodies that resolve the text of an article names."""
    may_be_council = _may_resolve(text) and any(part in text for part in _COUNCIL_PARTS)
    only = may_be_council and bool(_COUNCIL_NAMED.search(text)) and not _OTHERS_NAMED.search(text)
    return Bodies(only_council=only)


def find_resolutions(text: str, bodies: Bodies) -> Iterator[Mention]:
    """Yield the resolutions that `text` names by number.

    Of a list the first number's span begins with the name of the organ; each other's is itself.
    A resolution without an organ is the Security Council's where the article names no other.
    """
    if not _may_resolve(text):
        return
    taken: list[tuple[int, int]] = []
    for organ, found, pattern in _found(text, bodies):
        if any(found.start() < end and start < found.end() for start, end in taken):
            continue
        mentions = list(_mentions(organ, found, pattern))
        if mentions:
            taken.append(found.span())
            yield from mentions


def _found(text: str, bodies: Bodies) -> Iterator[tuple[str, re.Match[str], str]]:
    windows = list(_windows(text))
    for organ, symbol in (*_SYMBOLS, *_SHORT):
        yield from (
            (organ, found, "symbol") for span in windows for found in symbol.finditer(text, *span)
        )
    for form in _FORMS:
        for found in (found for span in windows for found in form.finditer(text, *span)):
            place = next(p for p in range(len(_ORGANS)) if found[f"o{p}"])
            yield _ORGANS[place][0], found, "number and organ"
    if bodies.only_council:
        for found in (found for span in windows for found in _BARE.finditer(text, *span)):
            if all(_is_bare_number(number) for number in _ONE.findall(found["numbers"])):
                yield _COUNCIL, found, "number, where the article names the Security Council only"


def _may_resolve(text: str) -> bool:
    return any(rare in text for rare in _RARE)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text that may name a resolution; they do not overlap."""
    last = 0
    for hint in _HINT.finditer(text):
        start, end = max(last, hint.start() - _AROUND), min(len(text), hint.end() + _AROUND)
        if end > last and _DIGIT.search(text, start, end):
            yield start, end
            last = end


def _is_bare_number(number: str) -> bool:
    plain = _YEAR.sub("", number)
    return plain.isdecimal() and _LEAST_BARE <= int(plain) <= _MOST_COUNCIL


def _mentions(organ: str, found: re.Match[str], pattern: str) -> Iterator[Mention]:
    text, base = found["numbers"], found.start("numbers")
    numbers = list(_ONE.finditer(text))
    for place, number in enumerate(numbers):
        plain = _canonical(number[0])
        if organ == _COUNCIL and not (plain.isdecimal() and int(plain) <= _MOST_COUNCIL):
            continue
        alone = len(numbers) == 1
        yield Mention(
            start=base + number.start() if place else found.start(),
            end=found.end() if alone else base + number.end(),
            name=f"{organ} {plain}",
            reason=f"a resolution by {pattern}",
        )


def _canonical(number: str) -> str:
    """Return `217A (III)` as `217 A (III)`, `822 (1993)` as `822`, digits as ASCII ones."""
    plain = _YEAR.sub("", number.strip())
    plain = re.sub(r"(?<=\d)\s?([A-Z])\b", r" \1", plain)
    plain = re.sub(r"\s?\(", " (", plain)
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in plain)
