"""The words of a text: where they stand, the form they are searched by, and their stems.

Index, queries and highlights all read texts through this module, so a word that was indexed is
found by itself. A change to what it returns makes old indexes wrong: raise `ANALYSIS_VERSION`.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

ANALYSIS_VERSION = 1
"""Part of the fingerprint of an index; another version of it means another set of words."""

MAX_WORD_CHARS = 200
"""Longer words are found by their first 200 folded characters; they are data, not language."""

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "arabic",
        "ca": "catalan",
        "da": "danish",
        "de": "german",
        "el": "greek",
        "en": "english",
        "es": "spanish",
        "eu": "basque",
        "fi": "finnish",
        "fr": "french",
        "ga": "irish",
        "hi": "hindi",
        "hu": "hungarian",
        "hy": "armenian",
        "id": "indonesian",
        "it": "italian",
        "lt": "lithuanian",
        "nb": "norwegian",
        "ne": "nepali",
        "nl": "dutch",
        "nn": "norwegian",
        "no": "norwegian",
        "pt": "portuguese",
        "ro": "romanian",
        "ru": "russian",
        "sr": "serbian",
        "sv": "swedish",
        "ta": "tamil",
        "tr": "turkish",
        "yi": "yiddish",
    }
)
"""ISO 639-1 code -> name of its Snowball stemmer; other languages are searched unstemmed."""

# Python's \w leaves out combining marks (general category M), which belong to their word.
_MARKS = """
0300-036F 0483-0489 0591-05BD 05BF 05C1-05C2 05C4-05C5 05C7 0610-061A 064B-065F 0670 06D6-06DC
06DF-06E4 06E7-06E8 06EA-06ED 0711 0730-074A 07A6-07B0 07EB-07F3 07FD 0816-0819 081B-0823 0825-0827
0829-082D 0859-085B 0898-089F 08CA-08E1 08E3-0903 093A-093C 093E-094F 0951-0957 0962-0963 0981-0983
09BC 09BE-09CD 09D7 09E2-09E3 09FE-0A03 0A3C-0A51 0A70-0A71 0A75 0A81-0A83 0ABC 0ABE-0ACD 0AE2-0AE3
0AFA-0B03 0B3C 0B3E-0B57 0B62-0B63 0B82 0BBE-0BCD 0BD7 0C00-0C04 0C3C 0C3E-0C56 0C62-0C63 0C81-0C83
0CBC 0CBE-0CD6 0CE2-0CE3 0D00-0D03 0D3B-0D3C 0D3E-0D4D 0D57 0D62-0D63 0D81-0D83 0DCA-0DDF 0DF2-0DF3
0E31 0E34-0E3A 0E47-0E4E 0EB1 0EB4-0EBC 0EC8-0ECD 0F18-0F19 0F35 0F37 0F39 0F3E-0F3F 0F71-0F84
0F86-0F87 0F8D-0FBC 0FC6 102B-103E 1056-1059 105E-1060 1062-1064 1067-106D 1071-1074 1082-108D 108F
109A-109D 135D-135F 1712-1715 1732-1734 1752-1753 1772-1773 17B4-17D3 17DD 180B-180D 180F 1885-1886
18A9 1920-193B 1A17-1A1B 1A55-1A7F 1AB0-1B04 1B34-1B44 1B6B-1B73 1B80-1B82 1BA1-1BAD 1BE6-1BF3
1C24-1C37 1CD0-1CD2 1CD4-1CE8 1CED 1CF4 1CF7-1CF9 1DC0-1DFF 20D0-20F0 2CEF-2CF1 2D7F 2DE0-2DFF
302A-302F 3099-309A A66F-A672 A674-A67D A69E-A69F A6F0-A6F1 A802 A806 A80B A823-A827 A82C A880-A881
A8B4-A8C5 A8E0-A8F1 A8FF A926-A92D A947-A953 A980-A983 A9B3-A9C0 A9E5 AA29-AA36 AA43 AA4C-AA4D
AA7B-AA7D AAB0 AAB2-AAB4 AAB7-AAB8 AABE-AABF AAC1 AAEB-AAEF AAF5-AAF6 ABE3-ABEA ABEC-ABED FB1E
FE00-FE0F FE20-FE2F FF9E-FF9F 10A01-10A3F 11000-11002 11038-11046 110B0-110BA 1E130-1E136
1E8D0-1E8D6 1E944-1E94A E0100-E01EF
"""
# Soft hyphens, joiners and directional marks stand inside words without being part of them.
_IGNORED = "00AD 034F 200B-200F 202A-202E 2060-2069 FE00-FE0F FEFF E0100-E01EF"
# Written without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han.
_UNSPACED = """
0E01-0E30 0E32-0E33 0E40-0E46 0E81-0EB0 0EB2-0EB3 0EBD-0EC6 0EDC-0EDF 1000-102A 103F 1050-1055
105A-105D 1061 1065-1066 106E-1070 1075-1081 108E 1780-17B3 17D7 17DC 3005-3007 3021-3029 3038-303C
3041-3096 309D-309F 30A1-30FA 30FC-30FF 31F0-31FF 3400-4DBF 4E00-9FFF F900-FAFF FF66-FF9D
1AFF0-1B16F 20000-3FFFD
"""
_FRACTION_SLASH = "\u2044"
_LATIN_AND_GREEK = (
    (0x30, 0x24F),
    (0x370, 0x3FF),
    (0x1E00, 0x1FFF),
    (0x2C60, 0x2C7F),
    (0xA720, 0xA7FF),
)
_CYRILLIC = (0x400, 0x52F)
_STRESS = "\u0300\u0301"


def _class(ranges: str) -> str:
    return "".join(
        "-".join(f"\\U{int(end, 16):08x}" for end in part.split("-")) for part in ranges.split()
    )


_ASCII_WORD = re.compile("[0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The expressions for text beyond ASCII."""

    word: re.Pattern[str]
    kept: re.Pattern[str]
    mark: re.Pattern[str]
    dropped: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    # Compiling these takes 25 ms, which a query in plain ASCII need not wait for.
    marks, ignored, unspaced = _class(_MARKS), _class(_IGNORED), _class(_UNSPACED)
    inside = marks + ignored + _FRACTION_SLASH
    letter = rf"[^\W_{unspaced}]"
    return _Patterns(
        word=re.compile(
            rf"[0-9A-Za-z]++(?![^\W_]|[{inside}])"
            rf"|{letter}(?:{letter}|[{inside}])*"
            rf"|(?=\w)[{unspaced}][{marks}]*+"
        ),
        kept=re.compile(rf"[^\W_]|[{marks}]|{_FRACTION_SLASH}"),
        mark=re.compile(f"[{marks}]"),
        dropped=re.compile(f"[{ignored}]"),
    )


_FOLDED_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ё": "е",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ـ": None,
        **{
            chr(code): None
            for start, end in ((0x591, 0x5C7), (0x610, 0x61A), (0x64B, 0x65F), (0x670, 0x670))
            for code in range(start, end + 1)
            if code not in (0x5BE, 0x5C0, 0x5C3, 0x5C6)
        },
    }
)


def raw_words(text: str) -> list[str]:
    """Return the words as they stand in `text`, in order; those that fold to nothing included."""
    return (_ASCII_WORD if text.isascii() else _patterns().word).findall(text)


def words(text: str) -> list[tuple[int, int, str]]:
    """Return `(start, end, folded)` of each word of `text`, in order.

    `text[start:end]` is the word as written. The place of a word in the list is its position, as
    phrases count it. Underscores, apostrophes, hyphens and slashes divide words; a character of a
    script written without spaces is a word of its own.

    >>> words("Two mines.")
    [(0, 3, 'two'), (4, 9, 'mines')]
    """
    pattern = _ASCII_WORD if text.isascii() else _patterns().word
    found = ((match.start(), match.end(), fold(match[0])) for match in pattern.finditer(text))
    return [word for word in found if word[2]]


def fold(word: str) -> str:
    """Return the form that `word` is searched by: without case, accents and typographic variants.

    Compatibility forms are unified (NFKC), Latin and Greek letters lose their accents (Cyrillic
    `й` is a letter of its own and stays, `ё` becomes `е`), digits of every script become ASCII
    ones, Arabic and Hebrew lose their points. Empty for what is no word.

    >>> fold("Café"), fold("İstanbul"), fold("Ёлкой")
    ('cafe', 'istanbul', 'елкой')
    """
    if word.isascii() and word.isalnum():
        return word.lower()[:MAX_WORD_CHARS]
    return _fold_word(word)


@lru_cache(maxsize=65_536)
def _fold_word(word: str) -> str:
    folded = _keep_word(word)
    # Dropping a sign can bring a mark next to a letter, and so make an accent of it.
    while folded != word:
        word, folded = folded, _keep_word(folded)
    return folded[:MAX_WORD_CHARS]


def _keep_word(word: str) -> str:
    return "".join(_patterns().kept.findall(_fold_letters(word)))


def fold_value(value: str) -> str:
    """Return the form by which a whole value (a host, a path, an author) is looked up.

    Letters as in `fold`; punctuation stays; white space becomes single spaces.
    """
    return " ".join(_fold_letters(value).split())


def _fold_letters(text: str) -> str:
    # Folding can bring forth what folds again (a compatibility form of a capital letter).
    folded = _fold_once(text)
    while folded != text:
        text, folded = folded, _fold_once(folded)
    return folded


def _fold_once(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    patterns = _patterns()
    text = patterns.dropped.sub("", text)
    kept: list[str] = []
    base = 0
    for char in text:
        if patterns.mark.match(char):
            if not _is_accent(base, char):
                kept.append(char)
            continue
        base = ord(unicodedata.normalize("NFD", char)[0])
        kept.append(chr(base) if _has_accents(base) else _digit(char))
    return unicodedata.normalize("NFKC", "".join(kept).translate(_FOLDED_LETTERS))


def _has_accents(base: int) -> bool:
    return any(first <= base <= last for first, last in _LATIN_AND_GREEK)


def _is_accent(base: int, mark: str) -> bool:
    stressed = _CYRILLIC[0] <= base <= _CYRILLIC[1] and mark in _STRESS
    return _has_accents(base) or stressed


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


class _Stemmers(threading.local):
    """A thread's own stemmers, since Snowball's keep the word they work on in themselves."""

    def __init__(self) -> None:
        self.by_name: dict[str, Callable[[str], str]] = {}

    def get(self, name: str) -> Callable[[str], str]:
        if name not in self.by_name:
            import snowballstemmer

            stemmer: Any = snowballstemmer.stemmer(name)
            self.by_name[name] = stemmer.stemWord
        return self.by_name[name]


_MAX_STEMS = 200_000
_stemmers = _Stemmers()
_stems: dict[tuple[str, str], str] = {}


def stem(folded: str, language: str) -> str:
    """Return the stem of a folded word, itself folded; the word itself where `language` has none.

    The stemmers are Snowball's (snowballstem.org), one a language.

    >>> stem("mines", "en"), stem("mines", "und")
    ('mine', 'mines')
    """
    name = LANGUAGES.get(language)
    if name is None:
        return folded
    known = _stems.get((name, folded))
    if known is None:
        known = fold(_stemmers.get(name)(folded)) or folded
        if len(_stems) >= _MAX_STEMS:
            _stems.clear()
        _stems[name, folded] = known
    return known


@cache
def stemming_release() -> str:
    """Return which release of the stemmers is at work; another one may stem otherwise."""
    from importlib.metadata import version

    return version("snowballstemmer")
