"""What people are told about their query, one function a finding."""

from __future__ import annotations

from pinakes.corpus import Kind
from pinakes.search.query.dates import BadDateError
from pinakes.search.query.diagnostics import Code, Findings
from pinakes.search.query.fields import (
    UNSUPPORTED,
    suggest_field,
    suggest_kind,
    suggest_language,
)
from pinakes.search.query.lexer import Token
from pinakes.search.query.operators import Operator, describe_proximity

_NOT_YET = "is not supported yet"


def _span(token: Token) -> tuple[int, int]:
    return token.start, token.end


def note_empty_query(findings: Findings, length: int) -> None:
    """Say that nothing is left to look for."""
    message = "There is nothing to look for; `*` finds everything."
    findings.add(Code.EMPTY_QUERY, message, (0, length), "*")


def note_only_negations(findings: Findings, span: tuple[int, int]) -> None:
    """Say that the query asks for nothing, it only leaves out."""
    message = "The query only says what to leave out: it finds everything else."
    findings.add(Code.ONLY_NEGATIONS, message, span)


def note_too_deep(findings: Findings, token: Token, limit: int) -> None:
    """Say that parentheses and negations stand too deep in one another."""
    findings.add(Code.TOO_DEEP, f"Nested more than {limit} deep.", _span(token))


def note_open_parenthesis(findings: Findings, start: int) -> None:
    """Say that a parenthesis, or that of a field at `start`, is never closed."""
    message = "The parenthesis is never closed: read as if it were at the end."
    findings.add(Code.OPEN_PARENTHESIS, message, (start, start + 1))


def note_stray_parenthesis(findings: Findings, token: Token) -> None:
    """Say that a parenthesis closes where none is open."""
    findings.add(Code.STRAY_PARENTHESIS, "No parenthesis is open here: ignored.", _span(token))


def note_nothing_between(findings: Findings, span: tuple[int, int]) -> None:
    """Say that parentheses or quotes are empty."""
    findings.add(Code.EMPTY_CLAUSE, "There is nothing between these: ignored.", span)


def note_lone_hyphen(findings: Findings, token: Token) -> None:
    """Say that a hyphen stands by itself."""
    message = f"`{token.text}` has nothing to go with: ignored."
    findings.add(Code.EMPTY_CLAUSE, message, _span(token))


def note_empty_field(findings: Findings, token: Token, joined: str, end: int) -> None:
    """Say that a field has no value; `joined` is what to write up to `end` instead, if known."""
    message = f"No value follows `{token.text}:` directly: ignored."
    findings.add(Code.EMPTY_CLAUSE, message, (token.start, end if joined else token.end), joined)


def note_unknown_field(findings: Findings, name: str, start: int) -> None:
    """Say that `name:` is no field."""
    suggestion = suggest_field(name)
    hint = f"; did you mean `{suggestion}:`?" if suggestion else "."
    message = f"There is no field `{name}:`, so it is searched as text{hint}"
    span = (start, start + len(name) + 1)
    findings.add(Code.UNKNOWN_FIELD, message, span, f"{suggestion}:" if suggestion else "")


def note_lower_case(findings: Findings, token: Token) -> None:
    """Say that an `and`, `or` or `not` stands where an operator could."""
    message = f"`{token.text}` is searched as a word; operators are written in capitals."
    findings.add(Code.LOWER_CASE_OPERATOR, message, _span(token), token.text.upper())


def note_question(findings: Findings, token: Token) -> None:
    """Say that a word ends in a question mark."""
    message = "A question mark at the end of a word is read as punctuation."
    findings.add(Code.QUESTION_MARK, message, _span(token))


def note_signs(findings: Findings, token: Token, searched: str) -> None:
    """Say that only `searched` is looked for, without the signs around it."""
    message = f"`{token.text}` is searched as `{searched}`: signs are not looked for."
    findings.add(Code.SIGNS_IGNORED, message, _span(token))


def note_not_searchable(findings: Findings, token: Token) -> None:
    """Say that a word or phrase has no letter or digit."""
    message = f"`{token.text.strip()}` holds no letter or digit to look for: ignored."
    findings.add(Code.NOTHING_SEARCHABLE, message, _span(token))


def refuse_operator(findings: Findings, token: Token, operator: Operator) -> None:
    """Say that a word carries an operator that cannot be answered yet."""
    message = f"`{token.text}` ({operator.meaning}) {_NOT_YET}."
    findings.add(Code.UNSUPPORTED_OPERATOR, message, _span(token), operator.instead)


def refuse_any_value(findings: Findings, token: Token, field: str) -> None:
    """Say that `field:*` asks for any value at all."""
    message = f"`{field}:*` (whatever has a value for `{field}:`) {_NOT_YET}."
    findings.add(Code.UNSUPPORTED_OPERATOR, message, _span(token))


def refuse_literal(findings: Findings, token: Token, quoted: str) -> None:
    """Say that `="…"` asks for a text exactly as written."""
    message = f'`="…"` (exactly as written, case and punctuation too) {_NOT_YET}.'
    findings.add(Code.UNSUPPORTED_OPERATOR, message, _span(token), quoted)


def refuse_proximity(findings: Findings, token: Token) -> None:
    """Say that two operands are to stand near each other."""
    meaning = describe_proximity(token.text)
    message = f"`{token.text}` ({meaning}) {_NOT_YET}; AND asks for both in one article."
    findings.add(Code.UNSUPPORTED_OPERATOR, message, _span(token), "AND")


def refuse_suffix(findings: Findings, token: Token) -> None:
    """Say that a phrase or group is followed by `~5` or `^2`."""
    is_boost = token.text.startswith("^")
    meaning = "to count more than the rest" if is_boost else "the words near one another"
    message = f"`{token.text}` here ({meaning}) {_NOT_YET}."
    findings.add(Code.UNSUPPORTED_OPERATOR, message, _span(token))


def refuse_field(findings: Findings, field: Token, end: int) -> None:
    """Say that a field of the language cannot be answered yet."""
    message = f"`{field.text}:` ({UNSUPPORTED[field.text]}) {_NOT_YET}."
    findings.add(Code.UNSUPPORTED_OPERATOR, message, (field.start, end))


def refuse_nested(findings: Findings, token: Token, outer: str) -> None:
    """Say that a field stands within the parentheses, or the value, of another."""
    message = f"A field cannot stand within `{outer}:`; put a value of its own in quotes."
    findings.add(Code.NESTED_FIELD, message, _span(token))


def refuse_kind(findings: Findings, token: Token, value: str) -> None:
    """Say that `value` is not a kind of passage."""
    message = f"`{value}` is no kind of passage; there are {', '.join(Kind)}."
    findings.add(Code.BAD_VALUE, message, _span(token), suggest_kind(value))


def refuse_language(findings: Findings, token: Token, value: str) -> None:
    """Say that `value` is not a language code."""
    message = f"`{value}` is no language code of two or three letters, such as `en`."
    findings.add(Code.BAD_VALUE, message, _span(token), suggest_language(value))


def refuse_date(findings: Findings, token: Token, error: BadDateError) -> None:
    """Say that a date cannot be read, or no day satisfies it."""
    shown = " ".join(token.text.split())
    message = f"`{shown}` is not a date that can be searched: {error.reason}."
    findings.add(Code.BAD_DATE, message, _span(token), error.suggestion)
