"""Reads numbers: figures with the marks that their language puts between them, and words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pinakes.corpus.tagging.pieces import word_set

# Where a comma stands before decimals; elsewhere it stands between thousands.
COMMA_DECIMAL = word_set("de fr es it pt ru uk pl tr az nl da sv no nb fi cs sk el ro hu bg id ca")
# Where a space may stand between thousands.
SPACED = word_set("fr ru uk pl cs sk sv fi no nb bg hu es pt de it")
_LONGEST = 40
_GROUPED = re.compile(r"\d{1,3}([,.'])\d{3}(?:\1\d{3})*(?:([,.])\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?")
_PLAIN = re.compile(r"\d+([,.])\d+")
_SPACES = re.compile(r"\s")


def read_figures(written: str, language: str) -> Decimal | None:
    """Return the number that figures are, with the marks of their language or of a clear shape.

    `1.234,56`, `1,234.56`, `1 234,56` and `1'234` are clear in any language; `1.234` is 1234 where
    the comma stands before decimals, and 1.234 elsewhere; where neither is clear, as `1,234` in
    Spanish, which is written in both ways, it is None. Three noughts after a comma, as in
    `200,000`, are thousands in any language.
    """
    if len(written) > _LONGEST:
        return None
    if written.isdecimal():
        return Decimal(written)
    text = (
        _SPACES.sub("", written)
        .replace("٬", ",")
        .replace("٫", ".")
        .replace("·", ".")
        .replace("،", ",")
    )
    text = text.replace("’", "'")
    if text.isdecimal():
        return Decimal(text)
    if _INDIAN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if match := _GROUPED.fullmatch(text):
        return _read_grouped(text, match, language)
    match = _PLAIN.fullmatch(text)
    is_odd = match and match[1] == "," and language in {"en", "zh", "ja"}
    return None if match is None or is_odd else Decimal(text.replace(",", "."))


def _read_grouped(text: str, match: re.Match[str], language: str) -> Decimal | None:
    mark, decimal_mark = match[1], match[2]
    if mark == decimal_mark:
        return None
    whole, _, rest = text.partition(decimal_mark) if decimal_mark else (text, "", "")
    groups = whole.split(mark)
    is_clear = mark == "'" or bool(rest) or len(groups) > 2
    # Nobody writes three noughts after a decimal mark, nor a nought before thousands.
    if groups[0] == "0":
        return None if is_clear else Decimal(".".join(groups))
    has_comma_decimal = language in COMMA_DECIMAL
    if is_clear or (groups[1] == "000" and (mark == "," or has_comma_decimal)):
        return Decimal("".join(groups) + (f".{rest}" if rest else ""))
    if mark == ",":
        if language in {"es", "pt", "und"}:
            return None
        return Decimal(".".join(groups) if has_comma_decimal else "".join(groups))
    if language in {"fr", "ru", "uk", "pl", "und"} or groups[1] == "000":
        return None
    return Decimal("".join(groups) if has_comma_decimal else ".".join(groups))


@cache
def numeral_pattern(language: str) -> re.Pattern[str]:
    """Return the expression of figures over classes: see `lexicon` for those."""
    space = "[ s]" if language in SPACED else "s"
    return re.compile(
        rf"[13](?:{space}[3z]){{1,6}}(?:[.,][13z4])?(?![ s]?[13z4])|[13](?: z){{1,6}}"
        r"|[13](?:[,.'][3z]){1,6}(?:[,.][13z4])?|1(?:,1){1,5},[3z]|[13z4](?:[.,][13z4])?"
    )


def write_number(number: Decimal) -> str:
    """Return a number without exponent, thousands marks or idle noughts: `1500000`, `2.5`."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
