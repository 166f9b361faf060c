"""Bytes of an unknown encoding become text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pinakes.corpus.readers.utf16 import find_utf16

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
# Written in ASCII, and meaning something else.
_STATEFUL = re.compile(r"iso2022|hz")
_ESCAPES = re.compile(rb"\x1b\$[@B]|\x1b\(J")
# Of two-byte characters of other encodings a few may by chance be UTF-8, but not so many in a row.
_PROVING_CHARACTERS = 6
_FEWEST_MENDED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file, and how it was read.

    Attributes:
        text: Without byte order mark.
        encoding: Python's name of it.
        origin: `bom`, `declared`, `utf-8`, `guessed` or `replaced`.
        replaced: How many characters could not be read and became U+FFFD.
        declared: What the file or who handed it over says of its encoding; empty if nothing.
    """

    text: str
    encoding: str
    origin: str
    replaced: int = 0
    declared: str = ""

    @property
    def note(self) -> str:
        """The decision, for a person, and what is left out of the text.

        Empty for UTF-8 throughout that nothing contradicts, without control characters.
        """
        is_contradicted = self.declared and self.origin not in ("bom", "declared")
        controls = len(_CONTROLS.findall(self.text))
        left_out = (
            [f"{controls:,} control character{'s' * (controls > 1)} left out"] if controls else []
        )
        if self.encoding == "utf-8" and not (self.replaced or is_contradicted):
            return "".join(left_out)
        how = _HOW[self.origin]
        parts = [f"read as {self.encoding} ({how})"]
        if is_contradicted:
            parts.append(f"declared as {self.declared}")
        if self.replaced:
            parts.append(f"{self.replaced:,} characters could not be read")
        return ", ".join(parts + left_out)


# Those that are neither white space nor the end of a file of long ago (U+001A).
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b\x7f]")
_HOW = {
    "bom": "byte order mark",
    "declared": "as declared",
    "utf-8": "it is valid",
    "guessed": "detected",
    "replaced": "with replacements",
}


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of `data`; never fails.

    Tried in this order: the byte order mark; UTF-16 and UTF-32 told by their zeros; UTF-8, with a
    few stray bytes at most; what `declared`, or a meta tag or XML declaration in the first 2,048
    bytes, says; a guess; UTF-8 with replacements. So a declaration is passed over where the bytes
    are UTF-8 (but for a few characters, that may be another encoding's as well), where they cannot
    be read so, and where they make nonsense of words so and sense as what is guessed.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _replacing(data[len(bom) :], encoding, "bom")
    labels = [each for each in ((declared or "").strip(), _declaration(data)) if each]
    label = next(filter(_meant, labels), next(iter(labels), ""))
    encoding = _meant(label)
    if wide := find_utf16(data):
        return _replacing(data, wide, "guessed", label if encoding != wide else "")
    if data.isascii() and _ESCAPES.search(data):
        contradicted = "" if encoding.startswith("iso2022") else label
        return _replacing(data, "iso2022_jp", "guessed", contradicted)
    utf8 = _strictly(data, "utf-8")
    if utf8 is not None and not (data.isascii() and _STATEFUL.match(encoding)):
        return _valid_utf8(data, utf8, label, encoding)
    mended = _replacing(data, "utf-8", "replaced", label if encoding != "utf-8" else "")
    if _is_damaged_utf8(mended):
        return mended
    if encoding and encoding != "utf-8" and (text := _strictly(data, encoding)) is not None:
        from pinakes.corpus.readers.detector import check_declared

        found = check_declared(data, encoding)
        if found != encoding:
            return _replacing(data, found, "guessed", label)
        return Decoded(text=text, encoding=encoding, origin="declared", declared=label)
    if utf8 is not None:
        return Decoded(text=utf8, encoding="utf-8", origin="utf-8")
    from pinakes.corpus.readers.detector import guess_encoding

    guessed = _replacing(data, guess_encoding(data), "guessed", label)
    return guessed if guessed.replaced <= mended.replaced else mended


def is_utf16(data: bytes) -> bool:
    """Whether the zero bytes in `data` are those of UTF-16 or UTF-32 text, not of a binary file."""
    return any(data.startswith(bom) for bom, _ in _BOMS[1:]) or bool(find_utf16(data))


def _valid_utf8(data: bytes, text: str, label: str, encoding: str) -> Decoded:
    """Read what is valid UTF-8: as that, unless a few characters are another encoding's as well."""
    if encoding != "utf-8" and _MULTIBYTE.match(encoding):
        beyond_ascii = sum(1 for byte in data[:_DECLARED_WITHIN] if byte >= 0xC0)
        other = _strictly(data, encoding) if beyond_ascii < _PROVING_CHARACTERS else None
        if other is not None and len(data) < _DECLARED_WITHIN:
            return Decoded(text=other, encoding=encoding, origin="declared", declared=label)
    is_declared = encoding in ("", "utf-8") or data.isascii()
    contradicted = "" if is_declared else label
    return Decoded(text=text, encoding="utf-8", origin="utf-8", declared=contradicted)


def _is_damaged_utf8(mended: Decoded) -> bool:
    """Whether it is UTF-8 but for a few bytes, as after a cut or a careless edit.

    In no other encoding is half of what is beyond ASCII valid by chance.
    """
    beyond_ascii = len(mended.text) - len(mended.text.encode("ascii", "ignore"))
    read = beyond_ascii - mended.replaced
    fewest = _PROVING_CHARACTERS if mended.declared else _FEWEST_MENDED
    return mended.replaced > 0 and read >= max(fewest, mended.replaced)


def _declaration(data: bytes) -> str:
    match = _DECLARATION.search(data[:_DECLARED_WITHIN])
    return match[1].decode("ascii", "ignore") if match else ""


def _meant(label: str) -> str:
    try:
        name = codecs.lookup(label.strip().lower().removeprefix("x-")).name
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(name, name) if _CHARSET.match(name) else ""


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _replacing(data: bytes, encoding: str, origin: str, declared: str = "") -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(
        text=text,
        encoding=encoding,
        origin=origin,
        replaced=text.count("\ufffd"),
        declared=declared,
    )
