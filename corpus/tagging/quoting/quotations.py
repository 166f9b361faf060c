"""Finds quotations between marks, and after the dashes of a dialogue.

Scare quotes, titles of works and single words between marks are no quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from pinakes.corpus.tagging.naming import lexicon_of, words_listed
from pinakes.corpus.tagging.tagger import PassageText

_LONGEST = 3000
_FEWEST_WORDS = 3
_FEWEST_WORDS_UNTOLD = 6
# Of words within another sentence, of which nothing tells that anybody has said them.
_FEWEST_WORDS_UNTOLD_PART = 10
_FEWEST_CHARACTERS = 8
_ANY_MARK = re.compile('["“”„«»‘「『]')
_PAIRS = (
    # `”Save“` is turned around.
    re.compile(rf"(?<![A-Za-z])“([^“”\n]{{2,{_LONGEST}}})(”|\Z|(?=\n))"),
    re.compile(rf"(?<![^\s(\[{{—–:،,])\"(?=\S)([^\"\n]{{2,{_LONGEST}}})(?<=\S)(\")(?![^\W_])"),
    re.compile(rf"„([^„“”\"\n]{{2,{_LONGEST}}})([“”\"])"),
    re.compile(rf"«[ \u00a0\u202f]?([^«»\n]{{2,{_LONGEST}}}?)[ \u00a0\u202f]?(»)"),
    re.compile(r"(?<![^\s(\[—–])‘([^‘\n]{2,800}?)(’)(?=[\s.,;:!?)]|\Z)"),
    re.compile(rf"[「『]([^「」『』\n]{{2,{_LONGEST}}})([」』])"),
)
_REVERSED = re.compile(rf"»([^«»\n]{{2,{_LONGEST}}})(«)")
_REVERSING_LANGUAGES = frozenset(("de", "da", "cs", "sk", "sl", "hr", "hu", "pl"))
_DASH_LANGUAGES = frozenset(("ru", "uk", "fr", "es", "tr", "pl", "pt", "it"))
_DASH_LINE = re.compile(r"(?m)^[—–-][ \u00a0](.+)$")
_DASH_BREAK = re.compile(r"(?<=[,.!?…])[ \u00a0][—–-][ \u00a0]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_CLOSED = re.compile(r"[.!?…,،؟。！？][\"”’»]?\s*\Z")
_CLOSED_AFTER = re.compile(r"[.,!?;،。]")
_TITLE_WORDS = re.compile(
    r"(?<![^\W_])(?:titled|entitled|called|named|phrase|term|word|keyword|saying|e\.g\.|book|novel|film|movie|song|album|essay|article|paper|poem|play|series|episode|show|"
    r"chapter|headlines?|slogans?|section|theme|campaign|project|programme|program|conference|"
    r"exhibition|painting|feature|"
    r"книг[аеиу]|роман[ае]?|фильм[ае]?|стать[яеию]|песн[яеию]|под названием|под заголовком|"
    r"под лозунгом|конференци[яи]|газет[аеы]|"
    r"buch|roman|films?|lied|titel|artikel|namens|titre|livre|intitulée?s?|chanson|libro|novela|película|canción|titulad[oa]|"
    r"artículo|adlı|isimli|başlıklı|kitabı|filmi|كتاب|رواية|فيلم|بعنوان|مقال|أغنية)[ ,:]*[(\[]?\Z",
    re.IGNORECASE,
)
_TITLED_AFTER = re.compile(
    r"[»”\"]?[ '’](?:errors?|messages?|button|option|adlı|isimli|başlıklı|filmi|kitabı|romanı"
    r"|by [A-Z])"
)
# Strings of programs stand between marks too.
_CODE = re.compile(r"[\\{}<>=|]|::|://|^/|%[sdvqw]\b|\$\w")
# What nobody has said: thought of, meant, or told as an example.
_NOT_SAID = re.compile(
    r"(?i)(?<![^\W_])(?:like|such as|for example|for instance|e\.g\.|means?|meaning|"
    r"between|see|voir|vegeu|siehe|vgl\.?|cf\.?|"
    r"(?:could|might|may|would|should|can|to) (?:say|ask|think|be|read|mean)|"
    r"if you(?:['’]re| are) (?:thinking|wondering|asking)|you(?:['’]re| are) thinking|"
    r"(?:need|want)(?:s|ed)? (?:someone|somebody) (?:to tell|telling) \w+ that|"
    r"(?:leer|lire|lesen|прочитать|véase|section|abschnitt) ?[\d.]*"
    r"|(?:step|tip|rule|lesson|question) ?#?\d+:|\[[\w ]{1,12}\]"
    r"|\((?:19|20)\d\d\)),?[ \u00a0]*[(\[]?\Z"
)
_LOOK_AROUND = 90
_FEWEST_OF_TITLE, _FEWEST_OF_CLOSED_TITLE, _CAPITALS_OF_TITLE = 2, 4, 0.7


class QuotationKind(StrEnum):
    """How much of what was said is quoted."""

    WHOLE = "direct"
    PART = "partial"


class Quotation(NamedTuple):
    """Words quoted.

    Attributes:
        start: The first code point within the marks.
        end: One past the last one within the marks.
        kind: Whether whole sentences are quoted, or words within another's sentence.
        outer_start: Where the opening mark stands.
        outer_end: One past the closing mark; past the words where there is none.
    """

    start: int
    end: int
    kind: QuotationKind
    outer_start: int
    outer_end: int


def quotations_in(passage: PassageText) -> list[Quotation]:
    """Return the quotations of a passage by where they start; no two overlap."""
    text = passage.text
    quotations: list[Quotation] = []
    if _ANY_MARK.search(text):
        quotations += _in_marks(passage)
    if passage.language in _DASH_LANGUAGES and not quotations:
        quotations += _after_dashes(text, passage.language)
    return quotations


def _in_marks(passage: PassageText) -> Iterator[Quotation]:
    text = passage.text
    found = sorted(_between_marks(passage), key=lambda span: (span[2], -span[3]))
    end = 0
    title_end = -1
    for start, stop, outer_start, outer_end in found:
        if outer_start < end:
            continue
        if title_end >= 0 and text[title_end:outer_start].strip(" ,") in words_listed("and") | {""}:
            title_end = end = outer_end
            continue
        kind = _kind(text, (start, stop, outer_start, outer_end), passage.language)
        if kind is None and _TITLE_WORDS.search(
            text, max(0, outer_start - _LOOK_AROUND), outer_start
        ):
            title_end = outer_end
        if kind is not None:
            yield Quotation(start, stop, kind, outer_start, outer_end)
            end = outer_end


def _between_marks(passage: PassageText) -> Iterator[tuple[int, int, int, int]]:
    text = passage.text
    is_reversed = passage.language in _REVERSING_LANGUAGES and _opens_reversed(text)
    for usual in _PAIRS:
        is_turned = is_reversed and usual.pattern.startswith("«")
        pattern = _REVERSED if is_turned else usual
        for match in pattern.finditer(text):
            if match[2] or _goes_on(passage, match):
                yield match.start(1), match.end(1), match.start(), match.end()


def _opens_reversed(text: str) -> bool:
    reverse, usual = text.find("»"), text.find("«")
    return reverse >= 0 and (usual < 0 or reverse < usual)


def _goes_on(passage: PassageText, match: re.Match[str]) -> bool:
    """Whether a mark that nothing closes opens a paragraph that the next one carries on."""
    text, article = passage.text, passage.article.text
    if match.start() and text[match.start() - 1] != "\n":
        return False
    rest = article[passage.start + match.end() : passage.start + match.end() + 8].lstrip()
    return rest.startswith(match[0][0])


def _kind(text: str, span: tuple[int, int, int, int], language: str) -> QuotationKind | None:
    start, end, outer_start, outer_end = span
    quoted = text[start:end]
    before = text[max(0, outer_start - _LOOK_AROUND) : outer_start]
    after = text[outer_end : outer_end + _LOOK_AROUND]
    if _HAN.search(quoted):
        is_long = len(quoted) >= _FEWEST_CHARACTERS
        return QuotationKind.WHOLE if is_long and not before.endswith("《") else None
    words = _WORD.findall(quoted)
    is_code = _CODE.search(quoted) or _is_argument(before, after)
    if (
        is_code
        or _NOT_SAID.search(before)
        or len(words) < _FEWEST_WORDS
        or _is_title(quoted, words, before, after, language)
    ):
        return None
    is_closed = bool(_CLOSED.search(quoted)) or bool(_CLOSED_AFTER.match(after))
    is_told = _is_told(before, after, language)
    has_start = not words[0][0].islower()
    is_single = text[outer_start] == "‘"
    if has_start and _CLOSED.search(quoted) and (is_told or len(words) > _FEWEST_WORDS):
        return QuotationKind.WHOLE
    if has_start and is_closed and is_told:
        return QuotationKind.WHOLE
    if is_told and not is_single and len(words) > _FEWEST_WORDS:
        return QuotationKind.PART
    is_whole = has_start and is_closed
    # Where there are no capitals, nothing tells a whole sentence from a part of one.
    is_part = not is_whole and quoted.lower() != quoted.upper()
    fewest = _FEWEST_WORDS_UNTOLD_PART if is_part else _FEWEST_WORDS_UNTOLD
    if len(words) >= fewest and not is_single:
        return QuotationKind.WHOLE if is_whole else QuotationKind.PART
    return None


def _is_argument(before: str, after: str) -> bool:
    """Whether brackets of a program stand around a string: `print ( "…" )`, `B["…"]`."""
    opening = before.rstrip()[-1:]
    if opening in {"[", "{", "="}:
        return True
    is_closed = before.endswith("(") and after.startswith((")", ",", " )"))
    return opening == "(" and (is_closed or before.endswith("( "))


def _is_title(quoted: str, words: list[str], before: str, after: str, language: str) -> bool:
    if _TITLE_WORDS.search(before) or _TITLED_AFTER.match(after):
        return True
    stop_words = lexicon_of(language).stop_words
    weighty = [word for word in words[1:] if word.lower() not in stop_words]
    capital = sum(not word[0].islower() for word in weighty)
    has_case = any(word[0].isupper() or word[0].islower() for word in words)
    if not has_case or language == "de" or len(weighty) < _FEWEST_OF_TITLE:
        return False
    # In America a full stop goes before the mark.
    if _CLOSED.search(quoted.rstrip(",")):
        is_stop = quoted.rstrip().endswith((".", ","))
        return is_stop and len(weighty) >= _FEWEST_OF_CLOSED_TITLE and capital == len(weighty)
    return capital > _CAPITALS_OF_TITLE * len(weighty)


def _is_told(before: str, after: str, language: str) -> bool:
    """Whether a verb of speaking stands close by, or a colon right before."""
    if before.rstrip().endswith(":"):
        return True
    lexicon = lexicon_of(language)
    low = after.lower().lstrip(" ,"), before.lower().strip()
    for phrase in lexicon.cue_phrases:
        if low[0].startswith(phrase + " ") or low[1].startswith(phrase + " "):
            return True
    near = [*_WORD.findall(before)[-8:], *_WORD.findall(after)[:8]]
    return any(word.lower() in lexicon.says for word in near)


def _after_dashes(text: str, language: str) -> Iterator[Quotation]:
    """Yield what is said in lines of dialogue that tell who says it (`— Пора, — сказал он.`)."""
    says = lexicon_of(language).says
    for line in _DASH_LINE.finditer(text):
        parts = [line.start(1)]
        for found in _DASH_BREAK.finditer(text, line.start(1), line.end(1)):
            parts += [found.start(), found.end()]
        parts.append(line.end(1))
        spans = list(zip(parts[::2], parts[1::2], strict=True))
        if len(spans) < 2:
            continue
        told = [word.lower() for word in _WORD.findall(text[slice(*spans[1])])[:3]]
        if not any(word in says for word in told):
            continue
        for start, end in spans[::2]:
            yield Quotation(start, end, QuotationKind.WHOLE, start, end)
