"""What people are told about their query, one function a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from pinakes.corpus import Kind
from pinakes.search.query.diagnostics import Code, Findings
from pinakes.search.query.fields import (
    KNOWABLE,
    STATES,
    TAGS,
    find_nearest,
    suggest_field,
    suggest_kind,
    suggest_language,
    suggest_state,
)
from pinakes.search.query.lexer import Token

if TYPE_CHECKING:
    from pinakes.search.query.dates import BadDateError
    from pinakes.search.query.numbers import BadNumberError
    from pinakes.search.query.regex import PatternError

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


def note_unknown_field(findings: Findings, name: str, start: int, types: Collection[str]) -> None:
    """Say that `name:` is no field, and no type of the archive's tags either."""
    suggestion = suggest_field(name, types)
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


def note_foreign_operator(findings: Findings, token: Token, own: str) -> None:
    """Say that an operator of other languages is none here; `own` is what to write."""
    message = f"`{token.text}` is no operator here: write `{own}`."
    findings.add(Code.FOREIGN_OPERATOR, message, _span(token), own)


def refuse_edits(findings: Findings, token: Token, base: str) -> None:
    """Say that no word is looked for with so many edits."""
    message = f"`{token.text}`: a word may be misspelt in 1 letter or 2."
    findings.add(Code.BAD_VALUE, message, _span(token), f"{base}~2")


def refuse_fuzzy_pattern(findings: Findings, token: Token, base: str) -> None:
    """Say that a pattern cannot be misspelt."""
    message = f"`{token.text}`: a word is looked for by a pattern or misspelt, not both."
    findings.add(Code.BAD_VALUE, message, _span(token), base)


def refuse_fuzzy_value(findings: Findings, token: Token, base: str) -> None:
    """Say that only words of texts are looked for misspelt."""
    message = "The value of a field is not looked for misspelt; `*` stands for any letters."
    findings.add(Code.BAD_VALUE, message, _span(token), f"{base}*")


def refuse_score(findings: Findings, span: tuple[int, int], most: float) -> None:
    """Say that a factor or score is too large."""
    message = f"A factor or score is a number from 0 to {most:.0f}."
    findings.add(Code.BAD_VALUE, message, span)


def refuse_pattern(findings: Findings, token: Token, error: PatternError) -> None:
    """Say that a regular expression is none that words can be compared with."""
    at = token.start + 1 + error.place
    message = f"`{token.text}` is no pattern that can be searched: {error.reason}."
    findings.add(Code.BAD_PATTERN, message, (at, max(at + 1, token.end - 1)))


def refuse_any_value(findings: Findings, token: Token, field: str) -> None:
    """Say that among the values of `field:` there cannot be any value at all."""
    message = f"`*` cannot stand within `{field}:( )`; `{field}:*` asks for any value."
    findings.add(Code.BAD_VALUE, message, _span(token))


def refuse_literal_value(findings: Findings, token: Token, query: str) -> None:
    """Say that the value of a field is compared without case and accents."""
    message = "The value of a field is compared without case and accents; leave out the `=`."
    findings.add(Code.BAD_VALUE, message, _span(token), query[token.start + 1 : token.end])


def refuse_operand(findings: Findings, token: Token, span: tuple[int, int]) -> None:
    """Say that something cannot stand beside NEAR and its like."""
    message = (
        f"Beside `{token.text}` stand words, phrases, patterns, tags, and OR of these in "
        "parentheses."
    )
    findings.add(Code.BAD_OPERAND, message, span)


def refuse_too_many(findings: Findings, token: Token, most: int) -> None:
    """Say that too many things are to stand near one another."""
    message = f"No more than {most} things can stand near one another in this way."
    findings.add(Code.BAD_OPERAND, message, _span(token))


def refuse_group_distance(findings: Findings, token: Token) -> None:
    """Say that a `~5` follows parentheses."""
    message = f"`{token.text}` follows a phrase or a word; NEAR and ADJ stand between parentheses."
    findings.add(Code.BAD_OPERAND, message, _span(token))


def note_lost_score(findings: Findings, token: Token, span: tuple[int, int]) -> None:
    """Say that what counts more or less is no operand by itself."""
    message = f"What stands beside `{token.text}` counts as one: `^` in it is ignored."
    findings.add(Code.SCORE_IGNORED, message, span)


def note_lost_filter_score(findings: Findings, token: Token) -> None:
    """Say that a field that restricts has no score."""
    message = f"A field that restricts has no score and no distance: `{token.text}` is ignored."
    findings.add(Code.SCORE_IGNORED, message, _span(token))


def note_no_score(findings: Findings, token: Token, base: str, lost: str) -> None:
    """Say that what follows the `^` of a word is no number."""
    message = (
        f"`{lost}` is no factor, so it is searched as text; a factor is 0 or more: `{base}^2`."
    )
    findings.add(Code.SCORE_IGNORED, message, (token.end - len(lost), token.end))


def note_lone_operator(findings: Findings, token: Token) -> None:
    """Say that a `~5`, `^2` or `NEAR/5` has nothing that it could go with."""
    message = f"`{token.text}` has nothing to go with: ignored."
    findings.add(Code.EMPTY_CLAUSE, message, _span(token))


def refuse_saved_days(findings: Findings, span: tuple[int, int], value: str) -> None:
    """Say that the day an article was saved cannot be asked for; a name can, in quotes."""
    message = (
        f"`saved:` (the day an article was saved) {_NOT_YET}; "
        "the name of a saved search that begins so stands in quotes."
    )
    findings.add(Code.UNSUPPORTED_OPERATOR, message, span, f'saved:"{value}"')


def tell_unknown_saved(name: str, known: Iterable[str]) -> tuple[str, str]:
    """Return that there is no saved search `name`, and what to write instead, if that is known."""
    nearest = find_nearest(name, known)
    hint = f"did you mean `{nearest}`?" if nearest else "`pinakes saved` lists them."
    return f"There is no saved search `{name}`: {hint}", f"saved:{nearest}" if nearest else ""


def tell_newer_saved(name: str, syntax: int, most: int) -> str:
    """Return that a saved search is in a later version of the language than this one."""
    return f"`{name}` was saved in version {syntax} of the query language; this one is {most}."


def tell_cycle(way: Iterable[str]) -> str:
    """Return that a saved search asks for itself, by way of others."""
    return f"A saved search asks for itself: {' > '.join(f'`saved:{name}`' for name in way)}."


def tell_too_large_saved(name: str, most: int) -> str:
    """Return that a saved search, with those it names, has too many parts."""
    return f"`{name}`, with the saved searches it names, has more than {most:,} parts, or too deep."


def tell_nested_saved(most: int) -> str:
    """Return that a saved search names another, and that one another, too often."""
    return f"Saved searches name one another more than {most} deep."


def tell_inside(name: str, message: str) -> str:
    """Return a finding about a saved search as one about its clause."""
    return f"In `saved:{name}`: {message}"


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


def refuse_state(findings: Findings, token: Token, value: str) -> None:
    """Say that `value` is no state that an article can be in."""
    message = f"`is:{value}` asks for no state; there are {', '.join(STATES)}."
    findings.add(Code.BAD_VALUE, message, _span(token), suggest_state(value))


def refuse_cluster(findings: Findings, token: Token, value: str) -> None:
    """Say that `value` names no cluster of copies."""
    message = f"`{value}` names no copies of one another; hits that have some tell it, as `c17`."
    findings.add(Code.BAD_VALUE, message, _span(token))


def refuse_knowable(findings: Findings, token: Token, value: str) -> None:
    """Say that `has:` does not know a field."""
    known = sorted(KNOWABLE | TAGS)
    message = f"`has:{value}` asks for no field; there are {', '.join(known)}."
    findings.add(Code.BAD_VALUE, message, _span(token), find_nearest(value.lower(), known))


def refuse_numbers(findings: Findings, token: Token, error: BadNumberError) -> None:
    """Say that a number cannot be read, or none satisfies it."""
    message = f"`{token.text.strip()}` is no number that can be searched: {error.reason}."
    findings.add(Code.BAD_VALUE, message, _span(token), error.suggestion)


def refuse_date(findings: Findings, token: Token, error: BadDateError) -> None:
    """Say that a date cannot be read, or no day satisfies it."""
    shown = " ".join(token.text.split())
    message = f"`{shown}` is not a date that can be searched: {error.reason}."
    findings.add(Code.BAD_DATE, message, _span(token), error.suggestion)
