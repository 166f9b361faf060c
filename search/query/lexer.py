"""Cut a query into tokens, in one pass and in time linear in its length."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import Enum, auto
from typing import NamedTuple

from pinakes.search.query.diagnostics import Code, Findings
from pinakes.search.query.fields import (
    ADDRESSES,
    FIELDS,
    HOLD_COLONS,
    RANGES,
    SYNONYMS,
    ZONES,
    begins_with_field,
)
from pinakes.search.query.quotes import CLOSERS, MARKS, find_closer

# Zero-width spaces and byte order marks come with pasted text: around words they are spaces, inside
# one they are nothing, as in the texts.
_UNSEEN = r"\u200b\ufeff"
_SPACE = rf"\s{_UNSEEN}"
_BREAK = rf"{_SPACE}()"
_END = rf"(?=[{_BREAK}{MARKS}]|\Z)"

_SPACES = re.compile(rf"[{_SPACE}]+")
# A straight quote between letters stays (Hebrew abbreviations), and so do glued parentheses that
# close without a space: `minister(s)`, `.../Mine_(disambiguation)`.
_WORD = re.compile(
    rf'(?:[^{_BREAK}{MARKS}]++|(?<=[^\W_])(?:"|[{_UNSEEN}]+)(?=[^\W_])'
    rf"|(?<![{_BREAK}])\([^{_BREAK}{MARKS}]*+\))+"
)
_REGEX = re.compile(rf"/(?:[^{_SPACE}/\\]|\\[^{_SPACE}])+/(?:\^=?[0-9.]+)?(?=[{_SPACE})]|\Z)")
_OPERATOR = re.compile(rf"(AND|OR|NOT){_END}")
_PROXIMITY = re.compile(rf"(?:(?:NEAR|ADJ)(?:/[0-9]+)?|SENT|PARA|[wW]?/[0-9]+){_END}")
_FIELD = re.compile(r"([^\W\d][\w-]*):(?!:|//)")
_HASH = re.compile(r"#(?=[^\W\d_])")
_SUFFIX = re.compile(rf"(?=[~^])(?:~[0-9]*)?(?:\^=?[0-9.]*)?(?=[{_SPACE})]|\Z)")
_BRACKETED = re.compile(r"\[[^\]()\"]{0,80}\]")
_HYPHENS = re.compile(r"-+")


class TokenKind(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    LITERAL = auto()
    FIELD = auto()
    VALUE = auto()
    OPEN = auto()
    CLOSE = auto()
    MINUS = auto()
    LONE_HYPHEN = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    PROXIMITY = auto()
    SUFFIX = auto()


class Token(NamedTuple):
    """A run of the query.

    Attributes:
        kind: What it is; VALUE is what follows the colon of a field directly, or stands in the
            parentheses of a field that restricts.
        text: A word or value as typed, what stands between quotes, the canonical name of a field.
        start: First code point in the query.
        end: One past the last; a value that directly follows its field starts there.
        is_quoted: A VALUE of which a part stood in quotes: no operator is looked for in it.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    is_quoted: bool = False


class Lexer:
    """One pass over a query."""

    def __init__(self, text: str, findings: Findings, types: Collection[str] = ()) -> None:
        self._text = text
        self._findings = findings
        self._types = types
        self._at = 0
        # The field whose value comes next, and the field of each open parenthesis.
        self._field = ""
        self._groups: list[str] = []

    def read(self) -> Iterator[Token]:
        """Yield the tokens, in order."""
        while self._at < len(self._text):
            token = self._next()
            if token is not None:
                self._at = max(token.end, self._at)
                yield token

    def _next(self) -> Token | None:
        """Return the token at hand; None for a run that is none, having gone past it."""
        field, self._field = self._field, ""
        letter = self._text[self._at]
        if spaces := _SPACES.match(self._text, self._at):
            self._at = spaces.end()
            return None
        if letter == "(":
            self._groups.append(field or self._group)
            return self._token(TokenKind.OPEN, self._at + 1)
        if letter == ")":
            if self._groups:
                self._groups.pop()
            return self._token(TokenKind.CLOSE, self._at + 1)
        if letter == "=" and self._text[self._at + 1 : self._at + 2] in CLOSERS:
            return self._read_quoted(TokenKind.LITERAL)
        if letter in CLOSERS:
            return None if self._skip_stray_quote() else self._read_quoted(TokenKind.PHRASE)
        if field:
            return self._read_value(field)
        return self._read_clause()

    def _read_clause(self) -> Token | None:
        """Read what is neither space, parenthesis nor quote, where no value is due."""
        if self._text[self._at] == "-":
            return self._read_hyphens()
        if suffix := self._match_after_group(_SUFFIX):
            return self._token(TokenKind.SUFFIX, suffix.end())
        if operator := _OPERATOR.match(self._text, self._at):
            return self._token(TokenKind[operator[1]], operator.end())
        if self._group:
            return self._read_value(self._group)
        if proximity := _PROXIMITY.match(self._text, self._at):
            return self._token(TokenKind.PROXIMITY, proximity.end())
        if field := self._read_field():
            return field
        found = _REGEX.match(self._text, self._at) or _WORD.match(self._text, self._at)
        return self._token(TokenKind.WORD, found.end() if found else self._at + 1)

    def _read_field(self) -> Token | None:
        if found := _HASH.match(self._text, self._at):
            self._field = "tag"
        else:
            found = _FIELD.match(self._text, self._at)
            name = found[1].lower() if found else ""
            if found is None or (name not in FIELDS and name not in self._types):
                return None
            self._field = SYNONYMS.get(name, name)
        return Token(TokenKind.FIELD, self._field, self._at, found.end())

    def _read_value(self, field: str) -> Token:
        start = self._at
        bracketed = _BRACKETED.match(self._text, start) if field in RANGES else None
        found = bracketed or _WORD.match(self._text, start)
        end = found.end() if found else start + 1
        value = self._text[start:end]
        if field == "tag" and value.endswith(":") and self._text[end : end + 1] in CLOSERS:
            self._at = end
            quoted = self._read_quoted(TokenKind.VALUE)
            return Token(TokenKind.VALUE, value + quoted.text, start, quoted.end, is_quoted=True)
        return Token(TokenKind.VALUE, value, start, end)

    def _read_quoted(self, kind: TokenKind) -> Token:
        start = self._at
        opener = start + 1 if kind is TokenKind.LITERAL else start
        closer = find_closer(self._text, opener)
        if closer >= 0:
            return Token(kind, self._text[opener + 1 : closer], start, closer + 1)
        end = len(self._text)
        message = "The quote is never closed: read as if it were at the end."
        self._findings.add(Code.OPEN_QUOTE, message, (opener, opener + 1))
        return Token(kind, self._text[opener + 1 : end], start, end)

    def _skip_stray_quote(self) -> bool:
        """Go past a quote that can only close, where none is open."""
        at = self._at
        is_glued = at > 0 and not re.match(rf"[{_SPACE}(]", self._text[at - 1])
        is_last = re.match(rf"[{_SPACE})]|\Z", self._text[at + 1 : at + 2]) is not None
        # `»` and `”` seldom open, and never before a space: `Home » News`.
        if not is_last or not (is_glued or self._text[at] in "»”"):
            return False
        if is_glued and self._text[at - 1] in ":-=":
            return False
        self._findings.add(Code.STRAY_QUOTE, "No quote is open here: ignored.", (at, at + 1))
        self._at = at + 1
        return True

    def _read_hyphens(self) -> Token | None:
        found = _HYPHENS.match(self._text, self._at)
        end = found.end() if found else self._at + 1
        before = self._text[self._at - 1] if self._at else " "
        is_alone = re.match(rf"[{_SPACE})]|\Z", self._text[end : end + 1]) is not None
        if is_alone:
            return self._token(TokenKind.LONE_HYPHEN, end)
        if end == self._at + 1 and re.match(rf"[{_SPACE}(]", before):
            return self._token(TokenKind.MINUS, end)
        message = "A `-` means without only if it is single and follows a space: ignored."
        self._findings.add(Code.STRAY_HYPHEN, message, (self._at, end))
        self._at = end
        return None

    def _match_after_group(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match right after a parenthesis or quote has closed."""
        is_after = self._at > 0 and self._text[self._at - 1] in f"){MARKS}"
        return pattern.match(self._text, self._at) if is_after else None

    @property
    def _group(self) -> str:
        """The field whose values the innermost parentheses hold; empty for text."""
        field = self._groups[-1] if self._groups else ""
        return "" if field in ZONES else field

    def _token(self, kind: TokenKind, end: int) -> Token:
        return Token(kind, self._text[self._at : end], self._at, end)


def is_proximity(text: str) -> bool:
    """Tell whether a word is NEAR, `w/5` or their like where it stands between two operands."""
    return _PROXIMITY.fullmatch(text) is not None


def is_operator(text: str) -> bool:
    """Tell whether a word is AND, OR, NOT, or one of proximity where it can be."""
    return _OPERATOR.fullmatch(text) is not None or is_proximity(text)


def is_plain_value(field: str, value: str) -> bool:
    """Tell whether `value` can follow `field:` as it is, without quotes."""
    if value.startswith(("=", "//", ":", "(")) or value.endswith(":"):
        return False
    if field not in HOLD_COLONS and begins_with_field(value):
        return False
    if "*" in value or (field not in ADDRESSES and re.search(r"[?~^]|\A/", value)):
        return False
    found = _WORD.match(value)
    return found is not None and found.end() == len(value)
