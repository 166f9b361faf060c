"""What the reader of a query found: never a traceback, never a silent change of meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pinakes.corpus import PinakesError


class Severity(StrEnum):
    """What a finding does to the answer: an error stops it, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """The name of a kind of finding; names are never reused for another meaning."""

    BAD_DATE = "bad-date"
    BAD_OPERAND = "bad-operand"
    BAD_PATTERN = "bad-pattern"
    BAD_SYNONYMS = "bad-synonyms"
    BAD_VALUE = "bad-value"
    DAMAGED_ARTICLE = "damaged-article"
    EMPTY_CLAUSE = "empty-clause"
    EMPTY_QUERY = "empty-query"
    EXCLUDED_ELSEWHERE = "excluded-elsewhere"
    FOREIGN_OPERATOR = "foreign-operator"
    LOWER_CASE_OPERATOR = "lower-case-operator"
    NESTED_FIELD = "nested-field"
    NOTHING_FOUND = "nothing-found"
    NOTHING_SEARCHABLE = "nothing-searchable"
    ONLY_NEGATIONS = "only-negations"
    OPEN_PARENTHESIS = "open-parenthesis"
    OPEN_QUOTE = "open-quote"
    PATTERN_CUT = "pattern-cut"
    QUESTION_MARK = "question-mark"
    SAVED_CYCLE = "saved-cycle"
    SCORE_IGNORED = "score-ignored"
    SIGNS_IGNORED = "signs-ignored"
    STALE_CURSOR = "stale-cursor"
    STRAY_HYPHEN = "stray-hyphen"
    STRAY_PARENTHESIS = "stray-parenthesis"
    STRAY_QUOTE = "stray-quote"
    SYNONYMS = "synonyms"
    TOO_DEEP = "too-deep"
    UNKNOWN_FIELD = "unknown-field"
    UNKNOWN_SAVED = "unknown-saved"
    UNKNOWN_TAG = "unknown-tag"
    UNSUPPORTED_OPERATOR = "unsupported-operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding about a query.

    Attributes:
        code: What kind of finding it is.
        severity: Under `strict`, what would be a warning is an error.
        message: For a person, in one sentence.
        start: First code point of the query's text that it is about.
        end: One past the last.
        suggestion: What to write instead of `text[start:end]`; empty if nothing is known.
    """

    code: Code
    severity: Severity
    message: str
    start: int
    end: int
    suggestion: str = ""


_ERRORS = frozenset(
    {
        Code.BAD_DATE,
        Code.BAD_OPERAND,
        Code.BAD_PATTERN,
        Code.BAD_VALUE,
        Code.EMPTY_QUERY,
        Code.NESTED_FIELD,
        Code.SAVED_CYCLE,
        Code.TOO_DEEP,
        Code.UNKNOWN_SAVED,
        Code.UNSUPPORTED_OPERATOR,
    }
)
_INFOS = frozenset(
    {
        Code.NOTHING_SEARCHABLE,
        Code.ONLY_NEGATIONS,
        Code.QUESTION_MARK,
        Code.SIGNS_IGNORED,
        Code.SYNONYMS,
    }
)


class Findings:
    """What is found while one query is read.

    Args:
        is_strict: Make errors of what would be warnings.

    """

    def __init__(self, *, is_strict: bool = False) -> None:
        self._found: list[Diagnostic] = []
        self._is_strict = is_strict

    def add(self, code: Code, message: str, span: tuple[int, int], suggestion: str = "") -> None:
        """Note a finding; its code decides how severe it is."""
        severity = Severity.ERROR if self._is_strict else Severity.WARNING
        if code in _ERRORS:
            severity = Severity.ERROR
        elif code in _INFOS:
            severity = Severity.INFO
        self._found.append(
            Diagnostic(
                code=code,
                severity=severity,
                message=message,
                start=span[0],
                end=span[1],
                suggestion=suggestion,
            )
        )

    @property
    def is_fatal(self) -> bool:
        """Whether one of them is an error."""
        return any(found.severity is Severity.ERROR for found in self._found)

    def sort(self) -> tuple[Diagnostic, ...]:
        """Return them in order of their place, then of being found."""
        return tuple(sorted(self._found, key=lambda found: (found.start, found.end)))


class QueryError(PinakesError):
    """The query cannot be answered as it stands; `diagnostics` says why, errors among them."""

    def __init__(self, text: str, diagnostics: tuple[Diagnostic, ...]) -> None:
        errors = [found for found in diagnostics if found.severity is Severity.ERROR]
        super().__init__("; ".join(found.message for found in errors) or f"bad query: {text}")
        self.text = text
        self.diagnostics = diagnostics
