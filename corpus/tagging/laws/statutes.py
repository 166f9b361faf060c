"""Acts of the European Union and of states, by the patterns of their numbers and names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pinakes.corpus.tagging.laws.instruments import eu_acts
from pinakes.corpus.tagging.laws.mention import Mention

_UNION = r"(?:EU|EC|EEC|EG|EWG|UE|CE|CEE|AB|AT|ЕС|ЕЭС|Euratom)"
_EU = re.compile(
    r"\b(?:(?:Council|Commission|Implementing|Delegated)\s)*"
    r"(?P<kind>Regulation|Directive|Decision|Verordnung|Richtlinie|Beschluss|[Rr]èglement"
    r"|[Dd]irective"
    r"|[Dd]écision|[Rr]eglamento|[Dd]irectiva|[Dd]ecisión|[Рр]егламент\w{0,2}|[Дд]иректив\w{1,2}"
    r"|Решени\w)"
    rf"\s(?:\((?P<union>{_UNION})(?:,\s?Euratom)?\)\s)?(?:(?:No|Nr|n[°º]|№)\.?\s?)?"
    rf"(?P<number>\d{{2,4}}/\d{{1,4}})(?:/(?P<after>{_UNION}))?(?![\d/])"
)
_KINDS = {
    "reg": "Regulation", "ver": "Regulation", "règ": "Regulation", "рег": "Regulation",
    "dir": "Directive", "ric": "Directive", "дир": "Directive",
    "dec": "Decision", "bes": "Decision", "déc": "Decision", "реш": "Decision",
}  # fmt: skip
_UNIONS = {"EG": "EC", "EWG": "EEC", "UE": "EU", "CE": "EC", "CEE": "EEC", "AB": "EU", "AT": "EC",
           "ЕС": "EU", "ЕЭС": "EEC"}  # fmt: skip

_NAME_WORD = r"(?:U\.S\.|[A-Z][\w’'-]*|\((?:[A-Z][\w’'-]*)(?:\s(?:and|of|[A-Z][\w’'-]*))*\))"
_SMALL = r"(?:of|and|for|to|in|on|with|the|from|by|against|&)"
_ACT = re.compile(
    rf"(?P<words>(?:{_NAME_WORD}(?:,?\s{_SMALL}){{0,3}},?\s){{1,8}})Act"
    r"(?:,?\s(?:of\s)?(?P<year>1[5-9]\d\d|20\d\d)\b)?(?![\w-]|\.\s\d{4}[;:])"
)
# `Singapore's Copyright Act` is Singapore's; these are of the name.
_POSSESSIVE = r"(?!Children|Women|Men|People|Worker|Consumer|Veteran|Widow)\w+['’]s"
# Without a year, what is named must be of the kind that acts are about.
_SUBJECTS = re.compile(
    r"\b(?:Rights?|Protection|Security|Information|Reform|Control|Relief|Freedom|Privacy|Trade|"
    r"Crimes?|Criminal|Justice|Immigration|Nationality|Education|Health|Care|Safety|Tax|Revenue|"
    r"Employment|Labou?r|Relations|Procedure|Evidence|Powers|Offences|Abuse|Terrorism|Secrets|"
    r"Copyright|Patents?|Trademarks?|Antitrust|Competition|Consumer|Credit|Banking|Bankruptcy|"
    r"Insolvency|Companies|Securities|Exchange|Election|Elections|Representation|Citizenship|"
    r"Housing|Planning|Land|Environment|Environmental|Pollution|Water|Air|Energy|Conservation|"
    r"Species|Wildlife|Transport|Aviation|Communications|Telecommunications|Broadcasting|Cyber|"
    r"Disability|Disabilities|Equality|Discrimination|Violence|Marriage|Children|Succession|"
    r"Supremacy|Union|Settlement|Sanctions|Accountability|Transparency|Surveillance|Intelligence|"
    r"Modernization|Improvement|Recovery|Stimulus|Appropriations|Budget|Authorization|Enforcement|"
    r"Prevention|Firearms|Drugs?|Substances|Adoption|Regulatory|Enabling|Devolution)\b"
)
_NOT_NAMES = (
    r"The|An?|This|That|In|Under|By|With|Of|And|But|For|As|When|If|While|Since|Its|His|Her|Their|Our"
    r"|Mrs?|Ms|President|Congress|Parliament|Article|Sections?|Articles|On|To|From|Both|Each|Every"
    r"|D(?:er|ie|as|em|en)|Im|Am|Le|La|El|Los|No|Although|Because|After|Before|Also|Like|See|Did|Does|Is|Was|Part|Title|Chapter"
)
_BILL_BEFORE = re.compile(
    r"(?i)\b(?:introduc\w+|propos\w+|bill|co-?sponsor\w*|sponsor\w*|draft\w*|so-called|dubbed|here['’]s"
    r"|lobby\w+|re-?introduc\w+|legislation (?:called|including|like)|oppos\w+ to)\b"
)
_BILL_AFTER = re.compile(
    r"(?i)\b(?:would|bill|making its way|if (?:passed|enacted)|pending|stalled"
    r"|(?:was|were|been) (?:introduced|proposed))\b"
)
_LOOK_AROUND = 80
_VERB_INSIDE = re.compile(
    r"\b(?:Wants?|Limits?|Reasons?|Passes|Signs?|Vetoes|Why|How|Currently|Does|Kills?|Guts?|Violates?|Could|Should)\s"
)
_THE_INSIDE = re.compile(r"\b[A-Z][\w’'-]*\s[Tt]he\s")
_JOINED = re.compile(r"\s(?:and|or|&)\s")
_LEADS_TO_NAME = re.compile(rf"(?:{_NOT_NAMES}|{_SMALL}|{_POSSESSIVE}|.*\.)")
# `Title IIC of the Higher Education Act`
_PARTS = frozenset(("Title", "Part", "Chapter"))
_PART_NUMBER = re.compile(r"[IVXLC]{1,6}(?:-?[A-Z])?|\d{1,3}[A-Z]?|[A-Z]")
_LEAST_WORDS = 1

_MONTHS_FR = r"(?:\d{1,2}(?:er)?\s\w{3,10}\s\d{4})"
_MONTHS_RU = r"(?:\d{1,2}(?:\.\d{2}\.\d{4}|\s\w{3,10}\s\d{4}))\s?(?:года|г\.)?"


def _same(found: re.Match[str]) -> str:
    return " ".join(found[0].split())


def _french(found: re.Match[str]) -> str:
    kind = found["kind"].lower().replace("décret", "Décret").replace("ordonnance", "Ordonnance")
    kind = kind.replace("loi", "Loi")
    return f"{kind} n° {found['number']}"


def _spanish(found: re.Match[str]) -> str:
    return f"{' '.join(found['kind'].split())} {found['number']}"


_Named = Callable[[re.Match[str]], str]
# By language; each with words of which a text must hold one for it to be worth looking for.
_BY_LANGUAGE: dict[str, tuple[tuple[tuple[str, ...], re.Pattern[str], _Named], ...]] = {
    "": (
        (
            ("S.C", "S. C", "USC"),
            re.compile(r"\b(?P<title>\d{1,2})\sU\.?\s?S\.?\s?C\.?\s(?:§§?\s?)?(?P<part>\d{1,5}[a-z]?)\b"),
            lambda found: f"{found['title']} U.S.C. § {found['part']}",
        ),
        (
            ("Public Law", "Pub."),
            re.compile(r"\b(?:Public Law|Pub\. ?L\.)\s(?:No\.\s)?(?P<number>\d{2,3}[-–]\d{1,4})\b"),
            lambda found: f"Public Law {found['number'].replace('–', '-')}",
        ),
        (
            ("Executive Order",),
            re.compile(r"\bExecutive Order\s(?:No\.\s)?(?P<number>1?\d{4})\b"),
            lambda found: f"Executive Order {found['number']}",
        ),
        (
            ("Amendment",),
            re.compile(
                r"\b(?:First|Second|Fourth|Fifth|Sixth|Eighth|Tenth|Thirteenth|Fourteenth|Fifteenth"
                r"|Nineteenth)\sAmendment(?!\sto\b)"
            ),
            lambda found: f"United States Constitution, {_same(found)}",
        ),
        (
            ("Treaty of",),
            re.compile(r"\bTreaty of (?!Peace|Friendship|Amity|Alliance|Union"
            r"|Paris\b)[A-ZÀ-Ý][\w-]+"),
            _same,
        ),
    ),
    "fr": (
        (
            ("oi", "écret", "rdonnance"),
            re.compile(
                r"\b(?P<kind>[Ll]oi(?:\s(?:organique|constitutionnelle))?|[Dd]écret(?:-loi)?"
                r"|[Oo]rdonnance)"
                rf"\sn[°ºo]\.?\s?(?P<number>\d{{2,4}}-\d{{1,5}})(?:\sdu\s{_MONTHS_FR})?"
            ),
            _french,
        ),
        (
            ("oi du",),
            re.compile(rf"\b[Ll]oi\sdu\s{_MONTHS_FR}"),
            lambda found: "L" + _same(found)[1:],
        ),
    ),
    "es": (
        (
            ("Ley", "Decreto"),
            re.compile(
                r"\b(?P<kind>Ley(?:\sOrgánica)?|Real\sDecreto(?:[-\s](?:[Ll]ey|[Ll]egislativo))?"
                r"|Decreto(?:[-\s][Ll]ey)?)"
                r"\s(?:(?:núm|n)\.?\s?º?\s)?(?P<number>\d{1,4}/(?:19|20)\d\d|\d{1,5}\sde\s(?:19"
                r"|20)\d\d)\b"
            ),
            _spanish,
        ),
    ),
    "ru": (
        (
            ("З",),
            re.compile(
                rf"\b[Фф]едеральн\w+\s(?:конституционн\w+\s)?закон\w*\s(?:РФ\s)?(?:от\s{_MONTHS_RU}\s?)?№?\s?"
                r"(?P<number>\d{1,4}-ФК?З)\b"
            ),
            lambda found: f"Федеральный закон № {found['number']}",
        ),
        (
            ("№",),
            re.compile(r"№\s?(?P<number>\d{1,4}-ФЗ)\b"),
            lambda found: f"Федеральный закон № {found['number']}",
        ),
    ),
    "tr": (
        (
            ("ayılı",),
            re.compile(
                r"\b(?P<number>\d{3,4})\s[Ss]ayılı(?:\s(?:[A-ZÇĞİÖŞÜ][\wçğıöşü’']*|ve|ile|ile"
                r"|Dair|Hakkında)){0,10}?"
                r"\sKanun(?:u|un|a|da|la|dan|unun|una|unda|unu)?\b"
            ),
            lambda found: f"{found['number']} sayılı Kanun",
        ),
    ),
    "ar": (
        (
            ("رقم", "عدد"),
            re.compile(
                r"(?:و|ب|ل|لل)?(?:ال)?قانون\s(?:الاتحادي\s)?(?P<sign>رقم|عدد)\s?\(?\s?(?P<number>\d{1,4})\s?\)?\sلسنة\s(?P<year>\d{4})"
            ),
            lambda found: (
                f"القانون {found['sign']} {int(found['number'])} لسنة {int(found['year'])}"
            ),
        ),
    ),
}  # fmt: skip
_DIGITS = re.compile(r"\d")


def find_statutes(text: str, language: str) -> Iterator[Mention]:
    """Yield the acts that `text` names by number or by a name that ends in `Act`.

    Names stay in their own language, without `the`; of a number, what stands for the same in
    every language of the Union is English: `Directive 2011/95/EU`.
    """
    if "Act" in text:
        yield from _acts(text)
    if "/" in text and _DIGITS.search(text):
        yield from _union_acts(text)
    for forms in (_BY_LANGUAGE[""], _BY_LANGUAGE.get(language, ())):
        for hints, pattern, name in forms:
            if not any(hint in text for hint in hints):
                continue
            for found in pattern.finditer(text):
                yield Mention(
                    start=found.start(),
                    end=found.end(),
                    name=name(found),
                    reason="a national law by the pattern of its number",
                )


def _union_acts(text: str) -> Iterator[Mention]:
    for found in _EU.finditer(text):
        union = found["union"] or found["after"]
        if union is None:
            continue
        union = _UNIONS.get(union, union)
        kind = _KINDS[found["kind"][:3].lower()]
        number = found["number"]
        plain = f"{kind} {number}/{union}" if found["after"] else f"{kind} ({union}) {number}"
        yield Mention(
            start=found.start(),
            end=found.end(),
            name=eu_acts().get(number, plain),
            reason="an act of the European Union by its number",
        )


def _is_bill(text: str, start: int, end: int) -> bool:
    """Whether the words around an act without a year say that it is none yet, or mock it."""
    before = text[max(0, start - _LOOK_AROUND) : start]
    after = text[end : end + _LOOK_AROUND]
    near_before = re.split(r"[.;!?\n]\s", before)[-1]
    near_after = re.split(r"[.;!?\n](?:\s|$)", after)[0]
    return (
        _BILL_BEFORE.search(near_before) is not None or _BILL_AFTER.search(near_after) is not None
    )


def _acts(text: str) -> Iterator[Mention]:
    for found in _ACT.finditer(text):
        start, words = _without_opening(text, found)
        if not found["year"] and _is_bill(text, start, found.end()):
            continue
        # `the Act 2018` names nothing, nor does `Sister Act` or `the Class Act`.
        if not words or not (found["year"] or _SUBJECTS.search(text, start, found.end("words"))):
            continue
        if not found["year"] and len(words) <= _LEAST_WORDS:
            continue
        yield Mention(
            start=start,
            end=found.end(),
            name=" ".join(text[start : found.end()].split()),
            reason="a name that ends in Act, with a year or a subject of law",
        )


def _after_list(text: str, start: int, end: int) -> int:
    """Return where the last part of a list begins, if no `and` tells that all are one name.

    `Appeals, Clean Rivers Act` is two things, `Rivers, Lakes and Ponds Act` one.
    """
    comma = text.rfind(", ", start, end)
    if comma < 0 or _JOINED.search(text, comma, end):
        return start
    return comma + len(", ")


def _without_opening(text: str, found: re.Match[str]) -> tuple[int, list[str]]:
    """Return where the name begins, after words that only lead to it, and its words."""
    start, end = found.start("words"), found.end("words")
    # In a headline: `Ten Reasons to Limit the War Crimes Act`.
    for inner in _THE_INSIDE.finditer(text, start, end):
        start = inner.end()
    if _VERB_INSIDE.search(text, start, end):
        return start, []
    start = _after_list(text, start, end)
    begin, before = start, ""
    for word in re.finditer(r"\S+\s", text[start:end]):
        plain = word[0].strip(" ,\n\t\xa0")
        is_part = before in _PARTS and _PART_NUMBER.fullmatch(plain) is not None
        if not (is_part or _LEADS_TO_NAME.fullmatch(plain)):
            break
        before = plain
        start = begin + word.end()
    return start, text[start:end].split()
