"""Read the values of fields into conditions: `date:2014`, `source:example.org`."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from unicodedata import normalize

from pinakes.search.query import fields, messages, operators
from pinakes.search.query.ast import Node
from pinakes.search.query.conditions import (
    DateRange,
    Filter,
    Has,
    NumberRange,
    Saved,
    TagCondition,
)
from pinakes.search.query.diagnostics import Findings
from pinakes.search.query.lexer import Token, TokenKind
from pinakes.search.query.token_texts import collapse, is_pattern, shortened

if TYPE_CHECKING:
    from datetime import date


class FieldReader:
    """Turn the values of fields into conditions.

    Every method returns None for what cannot be looked for, having noted why.
    """

    def __init__(
        self, text: str, findings: Findings, today: date, types: Collection[str] = ()
    ) -> None:
        self._text = text
        self._findings = findings
        self._today = today
        self._types = types

    def read(self, field: str, token: Token, start: int) -> Node | None:
        """Return the condition that `field` has the value in `token`; of `name`, what finds it.

        `start` is where the condition begins in the query: at its field, or in parentheses at
        its value.
        """
        if token.kind is TokenKind.LITERAL:
            messages.refuse_literal_value(self._findings, token, self._text)
            return None
        is_bare = token.kind is TokenKind.VALUE and not token.is_quoted
        if is_bare:
            # A colon at the end is not the value's, and what stands before it may be a score.
            if field == "tag" or field in fields.TAGS or field in self._types:
                token = shortened(token, token.text.rstrip(":"))
            token = self._without_score(field, token)
        value = collapse(token.text)
        if not value:
            messages.note_nothing_between(self._findings, (token.start, token.end))
            return None
        if field in fields.TAGS or field in self._types:
            return self._read_tag(field, value, token, start)
        is_any = is_bare and not value.strip("*")
        if field == "saved":
            return self._read_saved(value, token, start, is_bare=is_bare)
        if field == "has" or is_any:
            return self._read_has(field if is_any else value, token, start)
        if field in ("is", "cluster"):
            return self._read_copies(field, value, token, start)
        if field in fields.DATES:
            return self._read_date(field, token, start)
        if field in fields.NUMBERS:
            return self._read_numbers(field, token, start)
        if is_bare and (self._is_nested(field, token) or self._is_fuzzy(field, token)):
            return None
        if field == "name":
            return self._read_name(value, token, start, is_bare=is_bare)
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
        # What is a score in `place:x^2` is one in `tag:place:x^2`.
        has_type = field == "tag" and ":" in token.text
        value = token.text.partition(":")[2] if has_type else token.text
        text, score = operators.split_score(value)
        if score is None:
            return token
        messages.note_lost_filter_score(self._findings, token)
        return shortened(token, token.text[: len(token.text) - len(value)] + text)

    def _is_nested(self, field: str, token: Token) -> bool:
        """Note another field in a value without quotes; tell if there is one."""
        if field in fields.HOLD_COLONS or not fields.begins_with_field(token.text):
            return False
        messages.refuse_nested(self._findings, token, field)
        return True

    def _is_fuzzy(self, field: str, token: Token) -> bool:
        """Note a `~` at the end of a value, where no misspelling is looked for; tell if it is."""
        base, edits = operators.split_edits(token.text)
        if edits is None and (field in fields.TAGS or field in self._types):
            # As in `tag:place:*~`, where letters stand before the star.
            base, edits = operators.split_edits(f"x{token.text}")
            base = base[1:]
        if edits is None or field in fields.ADDRESSES:
            return False
        messages.refuse_fuzzy_value(self._findings, token, base)
        return True

    def _read_has(self, value: str, token: Token, start: int) -> Has | Filter | None:
        name = value.lower()
        if name in fields.TAGS or name in self._types:
            from pinakes.search.query.tag_values import any_tag

            return any_tag(name, (start, token.end))
        name = fields.read_knowable(value)
        if not name:
            messages.refuse_knowable(self._findings, token, value)
            return None
        field = "published" if name == "date" else name
        return Has(field=field, start=start, end=token.end)

    def _read_name(self, value: str, token: Token, start: int, *, is_bare: bool) -> Node | None:
        from pinakes.search.query import name_variants

        if is_bare and is_pattern("name", value):
            name_variants.refuse_pattern(self._findings, token)
            return None
        found = name_variants.find_variants(value, (start, token.end))
        if found is None:
            messages.note_not_searchable(self._findings, token)
        return found

    def _read_saved(self, name: str, token: Token, start: int, *, is_bare: bool) -> Saved | None:
        if is_bare and fields.is_day(name):
            messages.refuse_saved_days(self._findings, (start, token.end), name)
            return None
        return Saved(name=normalize("NFC", name), start=start, end=token.end)

    def _read_copies(self, field: str, value: str, token: Token, start: int) -> Filter | None:
        is_state = field == "is"
        read = fields.read_state(value) if is_state else value.lower()
        if not read or not (is_state or fields.read_cluster(read)):
            refuse = messages.refuse_state if is_state else messages.refuse_cluster
            refuse(self._findings, token, value)
            return None
        return Filter(field=field, value=read, start=start, end=token.end)

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
