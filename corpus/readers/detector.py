"""Guesses the encoding of bytes that are not UTF-8, and judges what a page declares of itself.

The guess is chardetng's (the detector of Firefox). Among encodings of Latin letters, which differ
in a few of them, the language of the text decides.
"""

from __future__ import annotations

import re
import unicodedata

from pinakes.corpus.readers.language import detect

_SAMPLE_BYTES = 20_000
_MOST_BYTES = 2_000_000
_AROUND_WORDS = 6
_MARKUP = re.compile(rb"<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
# One letter proves nothing; the rest of the bytes agree with several encodings.
_FEWEST_BYTES = 6
# What chardetng calls by its name on the web and Python takes more narrowly.
_PYTHON_NAMES = {
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
}
_LATIN = ("cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257", "iso8859-13")
_KNOWN_LATIN = frozenset(
    (*_LATIN, "iso8859-3", "iso8859-4", "iso8859-10", "iso8859-14", "iso8859-15", "iso8859-16")
) | {"mac-roman", "mac-latin2", "mac-turkish", "cp850", "cp437", "cp852"}
# A byte that means nothing speaks against an encoding more than a letter of another language.
_UNREAD_WEIGHT = 3
# The letters beyond ASCII that texts of a language consist of.
_LETTERS = {
    "ca": "àçéèíïóòúü·", "cs": "áčďéěíňóřšťúůýž", "da": "æøåé", "de": "äöüß",
    "en": "éèçñöüïâáó", "es": "áéíñóúü¿¡ºª", "et": "äõöüšž", "eu": "ñç", "fi": "äöåšž",
    "fr": "àâæçéèêëîïôœùûüÿ", "gl": "áéíñóúü", "hr": "čćđšž", "hu": "áéíóöőúüű", "is": "áðéíóúýþæö",
    "it": "àèéìíòóùúîº", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "nl": "éëïöüèá", "no": "æøåéòô",
    "pl": "ąćęłńóśźż", "pt": "áàâãçéêíóôõúüºª", "ro": "ăâîşţșț", "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž", "sq": "çë", "sv": "åäöé", "tr": "çğıöşüâîû",
}  # fmt: skip
_LETTERS["bs"] = _LETTERS["sr"] = _LETTERS["hr"]
_LETTERS["az"] = _LETTERS["tr"]


def guess_encoding(data: bytes) -> str:
    """Return the most likely encoding of text that is not UTF-8, as Python names it."""
    sample = _sample(data)
    guess = _ask(sample)
    return _choose_latin(sample, [guess]) if guess in _KNOWN_LATIN else guess


def check_declared(data: bytes, declared: str) -> str:
    """Return `declared`, or the encoding that `data`, which can be read as that, is likelier in.

    A declaration of an encoding for other letters than the guess is believed only where a handful
    of bytes could mean anything.
    """
    sample = _sample(data)
    beyond = sum(map(len, _BEYOND_ASCII.findall(sample)))
    guess = _ask(sample)
    if beyond == 0 or _reads_alike(sample, declared, guess):
        return declared
    if guess in _KNOWN_LATIN and declared in _KNOWN_LATIN:
        return _choose_latin(sample, [declared, guess])
    if beyond < _FEWEST_BYTES or not _is_readable(data, guess):
        return declared
    if guess in _KNOWN_LATIN:
        # The letters of these are the last resort of the detector; words must bear it out.
        guess = _choose_latin(sample, [guess])
    return (
        guess if _count_oddities(sample, guess) <= _count_oddities(sample, declared) else declared
    )


def _sample(data: bytes) -> bytes:
    """Return a part of `data` without markup; of a long text, what stands around odd bytes."""
    text = _MARKUP.sub(b" ", data[:_MOST_BYTES])
    if len(text) <= _SAMPLE_BYTES:
        return text
    # Cut at spaces alone: any other byte may be half of a character.
    words = text.split()
    parts: list[bytes] = []
    size = taken = 0
    for place, word in enumerate(words):
        if not word.isascii():
            near = words[max(taken, place - _AROUND_WORDS) : place + _AROUND_WORDS]
            taken = max(taken, place + _AROUND_WORDS)
            parts.extend(near)
            size += sum(map(len, near))
            if size >= _SAMPLE_BYTES:
                break
    return b" ".join(parts)


def _ask(sample: bytes) -> str:
    try:
        from chardetng_py import EncodingDetector
    except ImportError:
        from charset_normalizer import from_bytes

        best = from_bytes(sample, cp_isolation=list(_GUESSABLE)).best()
        return str(best.encoding).replace("_", "-") if best else "cp1252"
    detector = EncodingDetector()
    # What is cut off may end inside a character, which at the end of a text would speak against it.
    detector.feed(sample, last=len(sample) < _SAMPLE_BYTES)
    name = str(detector.guess(tld=None, allow_utf8=False)).lower().replace("windows-125", "cp125")
    return _PYTHON_NAMES.get(name, name.replace("iso-", "iso"))


def _is_readable(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _reads_alike(sample: bytes, one: str, other: str) -> bool:
    return sample.decode(one, "replace") == sample.decode(other, "replace")


def _choose_latin(sample: bytes, preferred: list[str]) -> str:
    """Return the encoding in which most letters are of the text's language; `preferred` on ties."""
    language, _ = detect(sample.decode(preferred[-1], "replace"))
    letters = _LETTERS.get(language, "")
    choices = [each for each in preferred if each in _LATIN or len(preferred) > 1]
    return max([*choices, *_LATIN], key=lambda encoding: _count_letters(sample, encoding, letters))


def _count_letters(sample: bytes, encoding: str, letters: str) -> int:
    """Return how many letters beyond ASCII are among `letters`, less those that are not."""
    text = unicodedata.normalize("NFC", sample.decode(encoding, "replace"))
    beyond = [char for char in text if char > "\x7f"]
    own = sum(1 for char in beyond if char.lower() in letters)
    foreign = sum(1 for char in beyond if char.isalpha()) - own if letters else 0
    unread = _UNREAD_WEIGHT * text.count("\ufffd")
    return own - foreign - unread - _count_oddities(sample, encoding)


# Nothing that text has in the midst of a word: signs, controls, capitals after small letters,
# letters of another script.
_ODD = re.compile(
    r"[\x80-\x9f\ufffd\ue000-\uf8ff]|(?<=[^\W\d_])[¤¦§¨©ª«¬®¯°±²³µ¶¸¹º»¼½¾¿×÷†‡‰‹›€™\u02c7-\u02dd](?=[^\W\d_])"
    r"|(?<=[a-z])[À-ÖØ-ÞĀ-ż\u0370-\u06ff]|[а-яà-öø-ÿ][А-ЯЁÀ-ÖØ-Þ]"
    r"|(?<=[\u0400-\u04ff])[a-zA-ZÀ-ÿ]|[\u2500-\u259f](?=\w)"
)


def _count_oddities(sample: bytes, encoding: str) -> int:
    return len(_ODD.findall(sample.decode(encoding, "replace")))


# Rare encodings fit any bytes at all: letting them in makes wrong guesses of short texts.
_GUESSABLE = (
    *_LATIN, "cp1251", "cp1253", "cp1255", "cp1256", "koi8_r", "cp866", "cp874", "gb18030",
    "big5", "cp932", "euc_jp", "cp949",
)  # fmt: skip
