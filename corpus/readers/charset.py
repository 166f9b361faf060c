"""Bytes of an unknown encoding become text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pinakes.corpus.readers.language import detect

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 2048
# Python knows codecs that are no charsets (`rot13`, `unicode_escape`, `idna`); only these are.
# UTF-7 is none of the web's: it reads a plain `+` as the start of something else.
_CHARSET = re.compile(
    r"utf-?(?:8|16|32)|cp\d|windows|iso(?:8859|2022)|koi8|gb|big5|euc|shift|mac|johab|tis|hz$|kz1048|ascii"
)
# What labels stand for on the web (WHATWG Encoding Standard), where Python takes them literally.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_MULTIBYTE = re.compile(r"gb|big5|euc|shift|cp9[345]|iso2022|johab|hz|utf")
_SAMPLE_BYTES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file, and how it was read.

    Attributes:
        text: Without byte order mark.
        encoding: Python's name of it.
        origin: `bom`, `declared`, `utf-8`, `guessed` or `replaced`.
        replaced: How many characters could not be read and became U+FFFD.
    """

    text: str
    encoding: str
    origin: str
    replaced: int = 0


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of `data`; never fails.

    Tried in this order: the byte order mark; what `declared`, or a meta tag or XML declaration in
    the first 2,048 bytes, says; UTF-8; a guess by charset-normalizer; UTF-8 with replacements. A
    declared encoding that does not fit is passed over, and so is a single-byte one where the bytes
    are UTF-8: only text that really is UTF-8 reads as it.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _replacing(data[len(bom) :], encoding, "bom")
    if encoding := _utf16_by_zeros(data):
        return _replacing(data, encoding, "guessed")
    utf8 = _strictly(data, "utf-8", "utf-8")
    label = declared or _declaration(data)
    encoding = _meant(label) if label else ""
    if encoding and not (utf8 and not data.isascii() and not _MULTIBYTE.match(encoding)):
        fitting = _strictly(data, encoding, "declared")
        if fitting:
            return fitting
    if utf8:
        return utf8
    mended = _replacing(data, "utf-8", "replaced")
    if _is_damaged_utf8(mended):
        return mended
    if guess := _guess(data):
        return _replacing(data, guess, "guessed")
    return mended


def is_utf16(data: bytes) -> bool:
    """Whether the zero bytes in `data` are those of UTF-16 or UTF-32 text, not of a binary file."""
    return any(data.startswith(bom) for bom, _ in _BOMS[1:]) or bool(_utf16_by_zeros(data))


def _declaration(data: bytes) -> str:
    match = _DECLARATION.search(data[:_DECLARED_WITHIN])
    return match[1].decode("ascii", "ignore") if match else ""


def _meant(label: str) -> str:
    try:
        name = codecs.lookup(label.strip().lower().removeprefix("x-")).name
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(name, name) if _CHARSET.match(name) else ""


def _strictly(data: bytes, encoding: str, origin: str) -> Decoded | None:
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding, origin=origin)
    except (UnicodeError, LookupError):
        return None


def _replacing(data: bytes, encoding: str, origin: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text=text, encoding=encoding, origin=origin, replaced=text.count("\ufffd"))


def _is_damaged_utf8(mended: Decoded) -> bool:
    """Whether it is UTF-8 but for a few bytes, as after a cut or a careless edit."""
    beyond_ascii = sum(1 for character in mended.text if character > "\x7f")
    return 0 < mended.replaced * 10 <= beyond_ascii - mended.replaced


def _utf16_by_zeros(data: bytes) -> str:
    """Return UTF-16's name if every other byte is mostly zero, as in text in Latin letters."""
    sample = data[:1024]
    if len(sample) < 16 or sample.count(0) * 10 < len(sample) * 3:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even == 0 and odd * 10 >= len(sample) * 3:
        return "utf-16-le"
    return "utf-16-be" if odd == 0 and even * 10 >= len(sample) * 3 else ""


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=list(_GUESSABLE)).best()
    if best is None:
        return ""
    # A dash or an accent here and there is no Chinese text.
    is_mostly_ascii = sum(byte > 0x7F for byte in sample) * 10 < len(sample)
    if best.encoding not in _LATIN and not (is_mostly_ascii and _MULTIBYTE.match(best.encoding)):
        return str(best.encoding)
    # Their letters lie on the same bytes, and charset-normalizer takes most Spanish for Central
    # European; the unaccented words tell the language, and the language the encoding.
    language, _ = detect(sample.decode("cp1252", "ignore"))
    return next((name for name, codes in _LATIN.items() if language in codes.split()), "cp1252")


_LATIN = {
    "cp1250": "bs cs hr hu pl ro sk sl sq",
    "cp1254": "az tr",
    "cp1257": "et lt lv",
    "cp1252": "",
}
# Rare encodings fit any bytes at all: letting them in makes wrong guesses of short texts.
_GUESSABLE = (
    *_LATIN,
    "cp1251",
    "cp1253",
    "cp1255",
    "cp1256",
    "koi8_r",
    "cp866",
    "cp874",
    "gb18030",
    "big5",
    "cp932",
    "euc_jp",
    "cp949",
)
