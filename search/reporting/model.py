"""The nouns of a report: what was asked, of which archive, and every hit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pinakes.search.model import ArchiveState, Citation
from pinakes.search.options import By, Scope, Sort
from pinakes.search.query import Code
from pinakes.search.reporting.manifest import ArticleEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFinding:
    """What was said about the query.

    Attributes:
        code: The name of its kind.
        severity: `warning` or `info`.
        message: For a person.
    """

    code: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedHit:
    """A hit as it was found.

    Attributes:
        rank: Counting from 1.
        score: To the last digit; comparable within one report only.
        citation: Of its best passage.
    """

    rank: int
    score: float
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchReport:
    """All that it takes to describe a search, and to repeat it.

    Attributes:
        query: As it was typed.
        interpreted: As it was understood, in the same language; relative dates as days, and saved
            searches as what they asked for.
        findings: What was said about it.
        filters: The clauses that restricted it to some articles or passages, in order.
        scope: Where the words had to stand together.
        by: What a hit is.
        sort: The order of the hits.
        since: Only what had changed since this generation was looked at; None for everything.
        limit: How many hits were shown at the most when it was asked; `hits` has all of them.
        offset: How many were skipped then.
        asked: When, ISO 8601 in UTC.
        archive: The state that answered.
        versions: What answered, by name: programs, and rules of ours that count up.
        articles: How many articles satisfy the query.
        passages: How many passages show it.
        collapse: Whether of copies the earliest stood for all.
        half_life_days: How soon age counted; None if it did not.
        shown_articles: How many articles were left then; all of them otherwise.
        shown_passages: How many passages those have.
        entries: Every article of the archive, found or not, sorted.
        hits: All of them, in order.
    """

    query: str
    interpreted: str
    findings: tuple[ReportedFinding, ...]
    filters: tuple[str, ...]
    scope: Scope
    by: By
    sort: Sort
    since: int | None
    limit: int
    offset: int
    asked: str
    archive: ArchiveState
    versions: Mapping[str, str]
    articles: int
    passages: int
    entries: tuple[ArticleEntry, ...]
    hits: tuple[ReportedHit, ...]
    collapse: bool
    shown_articles: int
    shown_passages: int
    half_life_days: int | None = None

    @property
    def damage(self) -> tuple[str, ...]:
        """What was said about damaged articles, of which the hits may be short."""
        return tuple(each.message for each in self.findings if each.code == Code.DAMAGED_ARTICLE)

    def key_of(self, hit: ReportedHit) -> str:
        """Return what tells a hit from all others: its article's id, or its passage's."""
        citation = hit.citation
        return citation.passage_id if self.by is By.PASSAGE else citation.article_id
