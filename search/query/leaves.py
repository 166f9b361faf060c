"""Read what a query is put together from: words and phrases."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

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
from pinakes.search.query.conditions import Everything
from pinakes.search.query.diagnostics import Findings
from pinakes.search.query.lexer import Token, TokenKind, is_operator
from pinakes.search.query.operators import Score
from pinakes.search.query.quotes import strip_loose
from pinakes.search.query.token_texts import collapse, is_searchable, shortened

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
            return self._read_wildcard(token)
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

    def _read_wildcard(self, token: Token) -> Wildcard | Word:
        """Return a word with wildcards; of `word:*`, where `word` is no field, the word alone."""
        name = fields.read_unknown_field(token.text)
        if name:
            messages.note_unknown_field(self._findings, name, token.start, self.types)
        if name and not token.text[len(name) + 1 :].strip("*"):
            return Word(text=f"{name}:", start=token.start, end=token.end)
        return Wildcard(text=token.text, start=token.start, end=token.end)

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

    def read_filter(self, field: str, token: Token, start: int) -> Node | None:
        """Return what asks that `field` has the value in `token`; see `FieldReader.read`."""
        # Most queries name no field.
        from pinakes.search.query.field_values import FieldReader

        reader = FieldReader(self._text, self._findings, self._today, self.types)
        return reader.read(field, token, start)

    def note_empty_field(self, token: Token, following: Token | None) -> None:
        """Note that no value follows a field, and what was probably meant to be one."""
        joined, end = "", token.end
        if following and following.kind in (TokenKind.WORD, TokenKind.PHRASE):
            end = following.end
            field = self._text[token.start : token.end]
            joined = field + self._text[following.start : end]
        messages.note_empty_field(self._findings, token, joined, end)
