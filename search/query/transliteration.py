"""How names are written in Latin, Cyrillic and Arabic letters: sounds read, and patterns of them.

A name is read as sounds, and each sound knows how it is written in each script by the customs of
several languages: `Алиев` is `Aliev`, `Aliyev`, `Əliyev`, `علییف`. Arabic writes few vowels, so
there a vowel may be missing, and what is read from it may have one between any two consonants.
"""

from __future__ import annotations

from typing import NamedTuple

ARABIC = ("\u0600", "\u06ff")
CYRILLIC = ("\u0400", "\u052f")


class Sound(NamedTuple):
    """How a sound is written, as parts of regular expressions.

    Attributes:
        latin: In Latin letters, without accents.
        cyrillic: In Cyrillic letters.
        arabic: In Arabic letters, those of Persian among them.
        is_vowel: Whether Arabic may leave it out between consonants.
    """

    latin: str
    cyrillic: str
    arabic: str
    is_vowel: bool = False


SOUNDS: dict[str, Sound] = {
    "A": Sound("[aəe]", "[аәэе]", "[اعهى]{1,2}", is_vowel=True),
    "^": Sound("[aəeiouy]{1,2}", "[аәэеиоуыяюі]", "[اع][ويى]?"),
    "E": Sound("[eəai]", "[еэәаи]", "[يىاه]", is_vowel=True),
    "EO": Sound("(e|o|yo|io|eo|u)", "[ео]", "[يىوا]", is_vowel=True),
    "E$": Sound("(e|a|ə|ah|eh)?", "[еэәая]?", "[يىاه]?"),
    "I": Sound("(i|y|e|ee)", "[иыіе]", "[يى]", is_vowel=True),
    "O": Sound("(o|u|ou|a)", "[оуөа]", "[واه]", is_vowel=True),
    "U": Sound("(u|o|ou|oo|w)", "[уоүөұ]", "و", is_vowel=True),
    "Y": Sound("[yji]?", "[йьъ]?", "[يىئ]?"),
    "*": Sound("[aeiouəy]?", "[аеиоуәыэөү]?", "[اويى]?"),
    "AI": Sound("[aəe][yij]?", "[аәея][йи]?", "[ايى]{1,2}"),
    "IY": Sound(
        "(iy|ij|yi|ye|ie|ee|i|y|e|j|ai|ay|ei|ey)", "(ий|ье|йе|ие|ай|ей|[ийыеэіяю])", "[يىئ]"
    ),
    "IYE": Sound("[iyj]{0,2}[eiya]", "[ийьы]{0,2}[еиэяы]", "[يىئ]{1,2}"),
    "OW": Sound("(v|w|ou|oo|ow|au|aw|o|u)", "(ау|оу|[воуюөү])", "و"),
    "IY$": Sound("(iy|yy|ij|yj|yi|i|y|ie|e|ey|ei|ee)", "(ий|ый|ей|[иыіей])", "[يى]"),
    "A$": Sound("(a|ə|e|ah|eh)", "[аәяэе]", "[اهىةع]"),
    "B": Sound("b", "б", "ب"),
    "BP": Sound("[bp]", "[бп]", "[بپ]"),
    "C": Sound("(c|ch|j|k|s|ts|dj|dzh)", "(дж|[чкцсжҹ])", "[جچكقس]"),
    "CH": Sound("(ch|c|tch|tsch|cz|shch)", "(ч|щ|тч|дж)", "(چ|ج|ش|تش)"),
    "D": Sound("d", "д", "[دضذ]"),
    "F": Sound("(f|ph|v)", "[фв]", "[فو]"),
    "G": Sound("(g|gh|q|j|h)", "[гғкҝһ]", "[گكجغقهح]"),
    "GH": Sound("(gh|g|q)", "[гғхк]", "[غگق]"),
    "H": Sound("(h|kh|x)", "[хһгҳ]", "[هحخ]"),
    "J": Sound("(j|dj|dzh|zh|dz|g|c|y)", "(дж|[жйҹҷз])", "[جژزي]"),
    "K": Sound("(k|c|q|ck)", "[кқхг]", "[كق]"),
    "KH": Sound("(kh|x|h|ch)", "[хҳһк]", "[خحكه]"),
    "L": Sound("l", "л", "ل"),
    "M": Sound("m", "м", "م"),
    "N": Sound("n", "н", "ن"),
    "P": Sound("p", "п", "[پبف]"),
    "Q": Sound("(q|g|k|gh|kh)", "[кгқғх]", "[قكغگ]"),
    "R": Sound("r", "р", "ر"),
    "S": Sound("(s|sh|c)", "[сшц]", "[سصثش]"),
    "SH": Sound("(sh|s|sch|ch|sz|shch)", "[шщс]", "[شس]"),
    "SHCH": Sound("(shch|sch|sh|stsch|szcz|ch)", "(щ|ш|шч|сч)", "(ش|شتش|شچ|تش)"),
    "T": Sound("(t|th)", "т", "[تطث]"),
    "TS": Sound("(ts|tz|c|cz|z|s)", "(ц|тс)", "(تس|تز|ز|س|ص)"),
    "V": Sound("(v|w|f|ff|u)", "[вфу]", "[وفڤ]"),
    "Z": Sound("(z|s|dz)", "[зсж]", "[زذظض]"),
    "ZH": Sound("(zh|j|z|g)", "(дж|[жз])", "[ژجز]"),
}
"""By a name for each; `IY`, `OW` and `*` are what Arabic leaves open, `$` stands for an end."""

_LATIN = {
    "shch": "SHCH", "szcz": "SHCH", "ije": "I Y E", "ija": "I Y A", "sz": "SH", "cz": "CH",
    "tsch": "CH", "sch": "SH", "tch": "CH", "dzh": "J", "dj": "J",
    "sh": "SH", "ch": "CH", "zh": "ZH", "kh": "KH", "gh": "GH", "ph": "F", "th": "T", "ts": "TS",
    "tz": "TS", "ck": "K", "ya": "Y A", "ye": "Y E", "yo": "Y O", "yu": "Y U", "ay": "AI",
    "ai": "AI", "ei": "AI", "ey": "AI", "oo": "U", "ou": "U", "ee": "I",
    "a": "A", "ə": "A", "e": "E", "i": "I", "o": "O", "u": "U", "y": "I", "b": "B", "c": "C",
    "d": "D", "f": "F", "g": "G", "h": "H", "j": "J", "k": "K", "l": "L", "m": "M", "n": "N",
    "p": "P", "q": "Q", "r": "R", "s": "S", "t": "T", "v": "V", "w": "V", "x": "KH", "z": "Z",
}  # fmt: skip
_CYRILLIC = {
    "дж": "J", "ий": "I Y", "ый": "I Y", "ай": "AI", "ей": "AI",
    "а": "A", "ә": "A", "б": "B", "в": "V", "г": "G", "ғ": "GH", "д": "D", "е": "E", "ж": "ZH",
    "з": "Z", "и": "I", "і": "I", "ї": "Y I", "й": "Y", "к": "K", "қ": "Q", "л": "L", "м": "M",
    "н": "N", "ң": "N", "о": "O", "ө": "O", "п": "P", "р": "R", "с": "S", "т": "T", "у": "U",
    "ү": "U", "ұ": "U", "ў": "U", "ф": "F", "х": "KH", "һ": "H", "ҳ": "H", "ц": "TS", "ч": "CH",
    "ш": "SH", "щ": "SHCH", "ы": "I", "э": "E", "є": "Y E", "ю": "Y U", "я": "Y A", "ґ": "G",
    "ҝ": "G", "ҹ": "J", "ҷ": "J", "ь": "Y", "ъ": "Y",
}  # fmt: skip
_ARABIC = {
    "تس": "TS", "تش": "CH", "يي": "IYE", "ا": "A", "ع": "A", "ء": "", "ؤ": "OW", "ئ": "IY",
    "ب": "BP", "پ": "P",
    "ت": "T", "ث": "S", "ج": "J", "چ": "CH", "ح": "H", "خ": "KH", "د": "D", "ذ": "Z", "ر": "R",
    "ز": "Z", "ژ": "ZH", "س": "S", "ش": "SH", "ص": "S", "ض": "Z", "ط": "T", "ظ": "Z", "غ": "GH",
    "ف": "V", "ڤ": "V", "ق": "Q", "ك": "K", "گ": "G", "ل": "L", "م": "M", "ن": "N", "ه": "H",
    "ة": "A", "و": "OW", "ي": "IY",
}  # fmt: skip


_OPEN = frozenset({"^", "*", "AI", "IY", "IYE", "OW", "IY$", "A$", "E$"})
"""Vowels that Arabic writes, or of which it does not say which they are."""
_HUSHED = frozenset({"CH", "SH", "SHCH", "ZH"})
"""After these Russian `е` may be `ё`, which is said as an o."""


def read_sounds(folded: str) -> tuple[str, ...]:
    """Return the sounds of a folded word by their names; none if it has another sign in it.

    >>> read_sounds("aliyev"), read_sounds("алиев")
    (('A', 'L', 'I', 'Y', 'E', 'V'), ('A', 'L', 'I', 'Y', 'E', 'V'))
    """
    is_arabic = _is_of(folded, ARABIC)
    letters = _ARABIC if is_arabic else _CYRILLIC if _is_of(folded, CYRILLIC) else _LATIN
    sounds: list[str] = []
    place = 0
    while place < len(folded):
        size = next((n for n in (4, 3, 2, 1) if folded[place : place + n] in letters), 0)
        if not size:
            return ()
        sounds += letters[folded[place : place + size]].split()
        place += size
    return tuple(_open_consonants(sounds) if is_arabic else _glide(sounds))


def is_vowel(sound: str) -> bool:
    """Return whether a sound is a vowel, or may be one."""
    return SOUNDS[sound].is_vowel or sound in _OPEN


def _is_of(folded: str, script: tuple[str, str]) -> bool:
    return any(script[0] <= letter <= script[1] for letter in folded)


def _glide(sounds: list[str]) -> list[str]:
    """Return sounds, each once where doubled, with the glide that may stand between two vowels."""
    found: list[str] = []
    for sound in sounds:
        if found and found[-1] == sound:
            continue
        if (found and is_vowel(found[-1]) and is_vowel(sound)) or (not found and sound == "E"):
            found.append("Y")
        found.append("EO" if sound in "EO" and found[-1:] and found[-1] in _HUSHED else sound)
    if found[-1:] == ["I"] or found[-2:] == ["I", "Y"]:
        found[found.index("I", len(found) - 2) :] = ["IY$"]
    elif found[-1:] == ["A"] or found[-1:] == ["E"]:
        found[-1] += "$"
    return found


def _open_consonants(sounds: list[str]) -> list[str]:
    """Return sounds of Arabic letters, with the vowels between consonants that are not written."""
    found: list[str] = []
    for sound in sounds:
        if found and not is_vowel(found[-1]) and not is_vowel(sound):
            found.append("*")
        found.append(sound)
    if found[-1:] == ["IY"]:
        found[-1] = "IY$"
    elif found[-1:] in (["A"], ["H"]):
        found[-1] = "A$"
    if found[:1] == ["A"]:
        found[0] = "^"
    elif found[:1] in (["IY"], ["OW"]):
        found.insert(1, "*")
    return found
