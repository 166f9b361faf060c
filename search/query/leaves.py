"""Read what a query is put together from: words, phrases, the values of fields."""

from __future__ import annotations

from datetime import date

from pinakes.search.query import fields, messages, operators
from pinakes.search.query.ast import DateRange, Everything, Filter, Node, Phrase, Word
from pinakes.search.query.dates import BadDateError, read_days
from pinakes.search.query.diagnostics import Findings
from pinakes.search.query.lexer import Token, TokenKind
from pinakes.search.query.operators import Operator


class LeafReader:
    """Turn tokens into nodes without children.

    Every method returns None for what cannot be looked for, having noted why.
    """

    def __init__(self, text: str, findings: Findings, today: date) -> None:
        self._text = text
        self._findings = findings
        self._today = today

    def read_text(self, token: Token, *, zone: str = "") -> Node | None:
        """Return what a word, a phrase or the value of a zone asks for."""
        if token.kind is TokenKind.LITERAL:
            self._refuse_literal(token)
            return None
        if token.kind is TokenKind.PHRASE:
            return self._read_phrase(token)
        if token.text == "*":
            if zone:
                messages.refuse_any_value(self._findings, token, zone)
                return None
            return Everything(start=token.start, end=token.end)
        if operator := operators.find_operator(token.text):
            messages.refuse_operator(self._findings, token, operator)
            return None
        if not _is_searchable(token.text):
            messages.note_not_searchable(self._findings, token)
            return None
        if operators.is_asking(token.text):
            messages.note_question(self._findings, token)
        if searched := operators.strip_signs(token.text):
            messages.note_signs(self._findings, token, searched)
        name = fields.read_unknown_field(token.text)
        if token.kind is TokenKind.WORD and name and not token.text.endswith(":"):
            messages.note_unknown_field(self._findings, name, token.start)
        return Word(text=token.text, start=token.start, end=token.end)

    def _read_phrase(self, token: Token) -> Phrase | None:
        text = _collapse(token.text)
        if not text:
            messages.note_nothing_between(self._findings, (token.start, token.end))
            return None
        if not _is_searchable(text):
            messages.note_not_searchable(self._findings, token)
            return None
        return Phrase(text=text, start=token.start, end=token.end)

    def read_labelled(self, label: Token, phrase: Token) -> Phrase:
        """Return `autor:"Jane Doe"`, where there is no such field, as the phrase of it all."""
        text = _collapse(f"{label.text[:-1]} {phrase.text}")
        return Phrase(text=text, start=label.start, end=phrase.end)

    def read_filter(self, field: str, token: Token, start: int) -> Filter | DateRange | None:
        """Return the condition that `field` has the value in `token`.

        `start` is where the condition begins in the query: at its field, or in parentheses at
        its value.
        """
        if token.kind is TokenKind.LITERAL:
            self._refuse_literal(token)
            return None
        value = _collapse(token.text)
        is_bare = token.kind is TokenKind.VALUE and not token.is_quoted
        if is_bare and self._refuse_bare(field, token):
            return None
        if not value:
            messages.note_nothing_between(self._findings, (token.start, token.end))
            return None
        if field in fields.DATES:
            return self._read_date(field, token, start)
        value = self._check(field, value, token)
        if not value:
            return None
        return Filter(field=field, value=value, start=start, end=token.end)

    def _refuse_bare(self, field: str, token: Token) -> bool:
        """Note an operator or another field in a value without quotes; tell if there is one."""
        if token.text == "*":
            messages.refuse_any_value(self._findings, token, field)
            return True
        if field in fields.DATES:
            return False
        operator: Operator | None
        if field in fields.ADDRESSES:
            operator = operators.find_wildcard(token.text)
        elif field == "tag" and token.text.endswith(":*"):
            operator = operators.find_operator(token.text[:-2])
        else:
            operator = operators.find_operator(token.text)
        if operator:
            messages.refuse_operator(self._findings, token, operator)
            return True
        if field not in fields.HOLD_COLONS and fields.begins_with_field(token.text):
            messages.refuse_nested(self._findings, token, field)
            return True
        return False

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
            is_bare = token.kind is TokenKind.VALUE and not token.is_quoted
            tidy = _tidy_tag(value.removesuffix(":*") if is_bare else value)
            if not tidy:
                messages.note_nothing_between(self._findings, (token.start, token.end))
            return tidy
        return value

    def _read_date(self, field: str, token: Token, start: int) -> DateRange | None:
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

    def _refuse_literal(self, token: Token) -> None:
        quoted = self._text[token.start + 1 : token.end]
        messages.refuse_literal(self._findings, token, quoted)


def _collapse(text: str) -> str:
    return " ".join(text.split())


def _is_searchable(text: str) -> bool:
    return any(map(str.isalnum, text))


def _tidy_tag(value: str) -> str:
    """Return `type` or `type:value`, without space around the colon or colons at the edges."""
    tag_type, _, rest = value.strip(": ").partition(":")
    return f"{tag_type.strip()}:{rest.strip()}" if rest else tag_type
