"""What is found of law in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Evidence(StrEnum):
    """What a form needs to be taken for the law it may stand for."""

    NONE = "none"
    CONTEXT = "context"
    """The long name in the article, an article cited beside it, or words of law around."""
    CITED = "cited"
    """The form given in brackets after the long name, or an article cited beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What a form of a list stands for.

    Attributes:
        name: Canonical: English for international law, the law's own language for national.
        year: When it was adopted, `1951`; empty where the list has none.
        evidence: What the form needs.
    """

    name: str
    year: str = ""
    evidence: Evidence = Evidence.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A law, or an article of one, where a text names it.

    Attributes:
        start: First code point in the text.
        end: One past the last code point.
        name: Canonical: `Rome Statute`; of an article `Rome Statute, Article 7`.
        reason: Which list or pattern found it.
        variant: `article` for an article of a law.
    """

    start: int
    end: int
    name: str
    reason: str
    variant: str = ""
