"""Read what a query is put together from: words, phrases, the values of fields."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from unicodedata import normalize

from pinakes.search.query import fields, messages, operators
from pinakes.search.query.ast import (
    Boost,
    Constant,
    Fuzzy,
    Literal,
    Node,
    Phrase,
    Regex,
    Wildcard,
    Word,
)
from pinakes.search.query.conditions import (
    Condition,
    DateRange,
    Everything,
    Filter,
    Has,
    NumberRange,
    Saved,
    TagCondition,
)
from pinakes.search.query.diagnostics import Findings
from pinakes.search.query.lexer import Token, TokenKind, is_operator
from pinakes.search.query.operators import Score
from pinakes.search.query.quotes import strip_loose
from pinakes.search.query.token_texts import collapse, is_pattern, is_searchable, shortened

if TYPE_CHECKING:
    from datetime import date


class LeafReader:
    """Turn tokens into nodes without children.

    Every method returns None for what cannot be looked for, having noted why.
    """

    def __init__(
        self, text: str, findings: Findings, today: date, types: Collection[str] = ()
    ) -> None:
        self._text = text
        self._findings = findings
        self._today = today
        self.types = types

    def read_text(self, token: Token, *, zone: str = "") -> Node | None:
        """Return what a word, a phrase or the value of a zone asks for."""
        if token.kind in (TokenKind.PHRASE, TokenKind.LITERAL):
            return self._read_phrase(token)
        text, score = operators.split_score(token.text)
        if score is None or is_operator(text):
            return self._read_word(token, zone)
        node = self._read_word(shortened(token, text), zone)
        return self.score(node, score, (token.start, token.end))

    def between_quotes(self, phrase: Phrase) -> str:
        """Return what stands between the quotes of a phrase that is closed, as typed."""
        return self._text[phrase.start + 1 : phrase.end - 1]

    def score(self, node: Node | None, score: Score, span: tuple[int, int]) -> Node | None:
        """Return a node with the score that stands behind it."""
        if score.number > operators.MAX_FACTOR:
            messages.refuse_score(self._findings, span, operators.MAX_FACTOR)
            return None
        if node is None:
            return None
        start, end = span
        if score.is_constant:
            return Constant(child=node, score=score.number, start=start, end=end)
        return Boost(child=node, factor=score.number, start=start, end=end)

    def _read_word(self, token: Token, zone: str) -> Node | None:
        """Return what a word asks for, that of which no score is left."""
        text = token.text
        if text == "*":
            if zone:
                messages.refuse_any_value(self._findings, token, zone)
                return None
            return Everything(start=token.start, end=token.end)
        if operators.is_regex(text):
            return self._read_regex(token)
        base, lost = operators.split_lost_score(text)
        if lost:
            messages.note_no_score(self._findings, token, base, lost)
        base, edits = operators.split_edits(text)
        if edits is not None:
            return self._read_fuzzy(token, base, edits)
        if operators.has_wildcard(text):
            return Wildcard(text=text, start=token.start, end=token.end)
        if own := operators.find_own(text):
            messages.note_foreign_operator(self._findings, token, own)
        elif not is_searchable(text):
            messages.note_not_searchable(self._findings, token)
        if not is_searchable(text):
            return None
        if operators.is_asking(text):
            messages.note_question(self._findings, token)
        if searched := operators.strip_signs(text):
            messages.note_signs(self._findings, token, searched)
        name = fields.read_unknown_field(text)
        if token.kind is TokenKind.WORD and name and not text.endswith(":"):
            messages.note_unknown_field(self._findings, name, token.start, self.types)
        return Word(text=text, start=token.start, end=token.end)

    def _read_regex(self, token: Token) -> Regex | None:
        from pinakes.search.query.regex import PatternError, read_regex

        pattern = token.text[1:-1]
        try:
            read_regex(pattern)
        except PatternError as error:
            messages.refuse_pattern(self._findings, token, error)
            return None
        return Regex(text=pattern, start=token.start, end=token.end)

    def _read_fuzzy(self, token: Token, base: str, edits: str) -> Fuzzy | None:
        if operators.has_wildcard(base):
            messages.refuse_fuzzy_pattern(self._findings, token, base)
            return None
        if edits not in ("", "1", "2"):
            messages.refuse_edits(self._findings, token, base)
            return None
        return Fuzzy(text=base, edits=int(edits or 1), start=token.start, end=token.end)

    def _read_phrase(self, token: Token) -> Phrase | Literal | None:
        text = collapse(token.text)
        if token.kind is TokenKind.PHRASE:
            text = strip_loose(text)
        if not text:
            messages.note_nothing_between(self._findings, (token.start, token.end))
            return None
        if not is_searchable(text):
            messages.note_not_searchable(self._findings, token)
            return None
        node = Phrase if token.kind is TokenKind.PHRASE else Literal
        return node(text=text, start=token.start, end=token.end)

    def read_labelled(self, label: Token, phrase: Token) -> Phrase:
        """Return `autor:"Jane Doe"`, where there is no such field, as the phrase of it all."""
        text = collapse(f"{label.text[:-1]} {phrase.text}")
        return Phrase(text=text, start=label.start, end=phrase.end)

    def read_filter(self, field: str, token: Token, start: int) -> Condition | None:
        """Return the condition that `field` has the value in `token`.

        `start` is where the condition begins in the query: at its field, or in parentheses at
        its value.
        """
        if token.kind is TokenKind.LITERAL:
            messages.refuse_literal_value(self._findings, token, self._text)
            return None
        is_bare = token.kind is TokenKind.VALUE and not token.is_quoted
        if is_bare:
            if field == "tag":
                token = shortened(token, token.text.rstrip(":"))
            token = self._without_score(field, token)
        value = collapse(token.text)
        if not value:
            messages.note_nothing_between(self._findings, (token.start, token.end))
            return None
        if field in fields.TAGS or field in self.types:
            return self._read_tag(field, value, token, start)
        is_any = is_bare and not value.strip("*")
        if field == "saved":
            return self._read_saved(value, token, start, is_bare=is_bare)
        if field == "has" or is_any:
            return self._read_has(field if is_any else value, token, start)
        if field in fields.DATES:
            return self._read_date(field, token, start)
        if field in fields.NUMBERS:
            return self._read_numbers(field, token, start)
        if is_bare and (self._is_nested(field, token) or self._is_fuzzy(field, token)):
            return None
        if is_bare and is_pattern(field, value):
            return self._read_pattern(field, value, token, start)
        value = self._check(field, value, token)
        if not value:
            return None
        return Filter(field=field, value=value, start=start, end=token.end)

    def _read_tag(self, field: str, value: str, token: Token, start: int) -> TagCondition | None:
        from pinakes.search.query.dates import BadDateError
        from pinakes.search.query.numbers import BadNumberError
        from pinakes.search.query.tag_values import read_tag

        is_bare = token.kind is TokenKind.VALUE and not token.is_quoted
        if is_bare and (self._is_nested(field, token) or self._is_fuzzy(field, token)):
            return None
        try:
            found = read_tag(field, value, (start, token.end), is_bare=is_bare, today=self._today)
            if found is not None:
                return found
            messages.note_nothing_between(self._findings, (token.start, token.end))
        except BadDateError as error:
            messages.refuse_date(self._findings, token, error)
        except BadNumberError as error:
            messages.refuse_numbers(self._findings, token, error)
        return None

    def _without_score(self, field: str, token: Token) -> Token:
        """Return a value without the `^2` at its end, which says nothing there."""
        if field in fields.ADDRESSES:
            return token
        text, score = operators.split_score(token.text)
        if score is None:
            return token
        messages.note_lost_filter_score(self._findings, token)
        return shortened(token, text)

    def _is_nested(self, field: str, token: Token) -> bool:
        """Note another field in a value without quotes; tell if there is one."""
        if field in fields.HOLD_COLONS or not fields.begins_with_field(token.text):
            return False
        messages.refuse_nested(self._findings, token, field)
        return True

    def _is_fuzzy(self, field: str, token: Token) -> bool:
        """Note a `~` at the end of a value, where no misspelling is looked for; tell if it is."""
        base, edits = operators.split_edits(token.text)
        if edits is None or field in fields.ADDRESSES:
            return False
        messages.refuse_fuzzy_value(self._findings, token, base)
        return True

    def _read_has(self, value: str, token: Token, start: int) -> Has | Filter | None:
        name = value.lower()
        if name in fields.TAGS or name in self.types:
            from pinakes.search.query.tag_values import any_tag

            return any_tag(name, (start, token.end))
        name = fields.read_knowable(value)
        if not name:
            messages.refuse_knowable(self._findings, token, value)
            return None
        field = "published" if name == "date" else name
        return Has(field=field, start=start, end=token.end)

    def _read_saved(self, name: str, token: Token, start: int, *, is_bare: bool) -> Saved | None:
        if is_bare and fields.is_day(name):
            messages.refuse_saved_days(self._findings, (start, token.end), name)
            return None
        return Saved(name=normalize("NFC", name), start=start, end=token.end)

    def _read_pattern(
        self, field: str, value: str, token: Token, start: int
    ) -> Filter | Has | None:
        if field == "tag":
            from pinakes.search.query.tag_values import tidy_tag

            value = tidy_tag(value)
        if field in ("kind", "lang"):
            self._check(field, value, token)
            return None
        if not value.strip("*:"):
            return self._read_has(field, token, start)
        return Filter(field=field, value=value, is_pattern=True, start=start, end=token.end)

    def _read_numbers(self, field: str, token: Token, start: int) -> NumberRange | None:
        from pinakes.search.query.numbers import BadNumberError, read_numbers

        try:
            first, last = read_numbers(token.text)
        except BadNumberError as error:
            messages.refuse_numbers(self._findings, token, error)
            return None
        return NumberRange(field=field, first=first, last=last, start=start, end=token.end)

    def _check(self, field: str, value: str, token: Token) -> str:
        """Return the value as a Filter holds it; empty if it is none."""
        if field == "kind":
            kind = fields.read_kind(value)
            if not kind:
                messages.refuse_kind(self._findings, token, value)
            return kind
        if field == "lang":
            language = fields.read_language(value)
            if not language:
                messages.refuse_language(self._findings, token, value)
            return language
        if field == "tag":
            from pinakes.search.query.tag_values import tidy_tag

            tidy = tidy_tag(value)
            if not tidy:
                messages.note_nothing_between(self._findings, (token.start, token.end))
            return tidy
        return value

    def _read_date(self, field: str, token: Token, start: int) -> DateRange | None:
        from pinakes.search.query.dates import BadDateError, read_days

        try:
            first, last = read_days(field, token.text, today=self._today)
        except BadDateError as error:
            messages.refuse_date(self._findings, token, error)
            return None
        return DateRange(field="published", first=first, last=last, start=start, end=token.end)

    def note_empty_field(self, token: Token, following: Token | None) -> None:
        """Note that no value follows a field, and what was probably meant to be one."""
        joined, end = "", token.end
        if following and following.kind in (TokenKind.WORD, TokenKind.PHRASE):
            end = following.end
            field = self._text[token.start : token.end]
            joined = field + self._text[following.start : end]
        messages.note_empty_field(self._findings, token, joined, end)
