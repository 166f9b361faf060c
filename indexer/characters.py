"""What characters are to words: tables, and expressions made of them."""

from __future__ import annotations

import re
from functools import cached_property

# Python's \w leaves out combining marks (general category M), which belong to their word.
MARKS = """
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
IGNORED = "00AD 034F 200B-200F 202A-202E 2060-2069 FE00-FE0F FEFF E0100-E01EF"
# Written without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han; and Hangul, whose
# words carry their particles with them.
UNSPACED = """
0E01-0E30 0E32-0E33 0E40-0E46 0E81-0EB0 0EB2-0EB3 0EBD-0EC6 0EDC-0EDF 1000-102A 103F 1050-1055
105A-105D 1061 1065-1066 106E-1070 1075-1081 108E 1780-17B3 17D7 17DC 3005-3007 3021-3029 3038-303C
3041-3096 309D-309F 30A1-30FA 30FC-30FF 31F0-31FF 3400-4DBF 4E00-9FFF AC00-D7A3 F900-FAFF
FF66-FF9D
1AFF0-1B16F 20000-3FFFD
"""
FRACTION_SLASH = "\u2044"
# The first and last of blocks whose letters have accents that folding takes off.
LATIN_AND_GREEK = (
    (0x30, 0x24F),
    (0x370, 0x3FF),
    (0x1E00, 0x1FFF),
    (0x2C60, 0x2C7F),
    (0xA720, 0xA7FF),
)
CYRILLIC = (0x400, 0x52F)
STRESS = "\u0300\u0301"

FOLDED_LETTERS = str.maketrans(
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
        "ی": "ي",
        "ى": "ي",
        "ک": "ك",
        "ہ": "ه",
        "ھ": "ه",
        "ە": "ه",
        "ۀ": "ه",
        "ـ": None,
        **{
            chr(code): None
            for start, end in ((0x591, 0x5C7), (0x610, 0x61A), (0x64B, 0x65F), (0x670, 0x670))
            for code in range(start, end + 1)
            if code not in (0x5BE, 0x5C0, 0x5C3, 0x5C6)
        },
    }
)


def code_ranges(table: str) -> list[tuple[int, int]]:
    """Return the first and last code point of each range of a table."""
    ends = (part.partition("-") for part in table.split())
    return [(int(first, 16), int(last or first, 16)) for first, _, last in ends]


def _class(table: str) -> str:
    # The characters themselves, which are read much faster than what stands for them.
    ranges = code_ranges(table)
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


ASCII_WORD = re.compile("[0-9A-Za-z]+")
# Latin, Greek and Cyrillic letters, and signs that none of the tables names: enough for most texts,
# in which a word is what stands between them.
_PLAIN = (
    "[\x00-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f"
    "\u2010-\u2027\u2030-\u2043\u2045-\u205e\u20a0-\u20cf]*"
)


class Patterns:
    """The expressions for text beyond ASCII, each compiled when it is first used.

    A class of characters takes a millisecond to compile: none stands anywhere twice in vain.
    """

    @cached_property
    def plain(self) -> re.Pattern[str]:
        """A text of letters and signs of which no table has to be asked."""
        return re.compile(_PLAIN)

    @cached_property
    def plain_word(self) -> re.Pattern[str]:
        """A word in such a text."""
        return re.compile(r"[^\W_]+")

    @cached_property
    def word(self) -> re.Pattern[str]:
        """A word, or what is one by itself in a script without spaces."""
        marks, unspaced = _class(MARKS), _class(UNSPACED)
        inside = marks + _class(IGNORED) + FRACTION_SLASH
        return re.compile(
            r"[0-9A-Za-z]++(?![^\x00-\x7f])"
            rf"|(?:[^\W_{unspaced}]++[{inside}]*+)+"
            rf"|(?=\w)[{unspaced}][{marks}]*+"
        )

    @cached_property
    def unspaced(self) -> re.Pattern[str]:
        """A character of a script written without spaces, which is a word by itself."""
        return re.compile(rf"[{_class(UNSPACED)}][{_class(MARKS)}]*+")

    @cached_property
    def kept(self) -> re.Pattern[str]:
        """A character that a folded word may have."""
        return re.compile(rf"[^\W_]|[{_class(MARKS)}]|{FRACTION_SLASH}")

    @cached_property
    def mark(self) -> re.Pattern[str]:
        """A combining mark."""
        return re.compile(f"[{_class(MARKS)}]")

    @cached_property
    def dropped(self) -> re.Pattern[str]:
        """A character that stands in words without being part of them."""
        return re.compile(f"[{_class(IGNORED)}]")


PATTERNS = Patterns()


def word_pattern(text: str) -> re.Pattern[str]:
    """Return the expression that the words of `text` match."""
    if text.isascii():
        return ASCII_WORD
    return PATTERNS.plain_word if PATTERNS.plain.fullmatch(text) else PATTERNS.word
