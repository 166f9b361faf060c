"""The nouns of an answer: results, hits, passages with their snippets, citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pinakes.corpus import Article, Passage
    from pinakes.search.evaluation import ScorePart
    from pinakes.search.facets import Facet
    from pinakes.search.query import Diagnostic
    from pinakes.search.suggestions import Suggestion
    from pinakes.search.why import FunnelStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Words of a passage to show, and which of them matched.

    Attributes:
        text: `article.text[start:end]`, exactly.
        start: First code point in the article's text.
        end: One past the last code point.
        highlights: Half-open ranges in the article's text, in order, not overlapping: the spans
            that satisfied the query, nothing else.
        clauses: By highlight, which parts of the query stand there: half-open ranges in the
            query's text, in order; at least one.
    """

    text: str
    start: int
    end: int
    highlights: tuple[tuple[int, int], ...]
    clauses: tuple[tuple[tuple[int, int], ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What lets anyone check a passage, or another run of an article's text, years later.

    The quote and its place are those of W3C's TextQuoteSelector and TextPositionSelector.

    Attributes:
        article_id: The article's id.
        passage_number: Of the passage in which it begins, counting from 0.
        start: Its first code point in the article's text.
        end: One past the last.
        exact: The text itself.
        prefix: Up to 32 code points before it.
        suffix: Up to 32 code points after it.
        sha256: Of `exact` in UTF-8.
        text_sha256: Of the whole article's text in UTF-8.
        file_sha256: Of the raw file.
        title: Of the article; it and what follows may be empty.
        authors: In the order of the byline.
        source: Who published it, as a host name where there is one.
        url: Canonical address.
        published: ISO 8601 with the precision found.
        saved: When the copy was saved, ISO 8601, if the copy tells.
        language: ISO 639-1 code, or `und`.
        section: The headings above the passage, outermost first.
        location: Its file in the archive, and the record in it: `archive.zip!/a/page.html`.
        extraction: The `EXTRACTION_VERSION` that read the text; 0 if that is not known.
        archive_id: Of the archive.
        generation: Of the archive, when the citation was made; 0 if that is not known.
    """

    article_id: str
    passage_number: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    sha256: str
    text_sha256: str
    file_sha256: str
    title: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    published: str = ""
    saved: str = ""
    language: str = "und"
    section: tuple[str, ...] = ()
    location: str = ""
    extraction: int = 0
    archive_id: str = ""
    generation: int = 0

    @property
    def passage_id(self) -> str:
        """`ARTICLE#NUMBER` of the passage in which it begins."""
        return f"{self.article_id}#{self.passage_number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageHit:
    """One passage of a hit: why the article is there."""

    passage: Passage
    score: float
    snippets: tuple[Snippet, ...]
    citation: Citation

    @property
    def id(self) -> str:
        """`ARTICLE#NUMBER`, as `show` and `cite` take it."""
        return f"{self.citation.article_id}#{self.passage.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """How a hit stands to the copies of its article.

    Attributes:
        cluster: Their name, which `cluster:` takes: `c17`.
        count: For how many articles that satisfy the query the hit stands, its own included.
    """

    cluster: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A ranked article with its best passages.

    Attributes:
        rank: Counting from 1 over all results, whatever the offset.
        score: Higher is better; comparable within one answer only.
        passages: Best first; together they show every part of the query that the article satisfied,
            as far as the number asked for allows.
        explanation: How the score comes about, if that was asked for.
        copies: For how many copies it stands, if its article has any.
    """

    rank: int
    score: float
    article: Article
    passages: tuple[PassageHit, ...]
    explanation: ScorePart | None = None
    copies: Copies | None = None

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from pinakes.search.notebook import hit_html

        return hit_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveState:
    """Of which archive, and which state of it, an answer speaks."""

    id: str
    generation: int
    articles: int
    passages: int
    files: int
    unsearchable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to a query: iterate over it for its hits, best first.

    Attributes:
        query: The text as it was asked.
        interpreted: What was understood, in the same language.
        diagnostics: Findings about the query, in order of their place in it.
        archive: The state that answered.
        articles: How many articles satisfy the query, exactly; None if totals were not asked for.
        passages: How many passages of those articles hold something the query asks for; likewise.
        shown_articles: How many of the articles are left when copies are collapsed; None if that is
            all of them, or totals were not asked for.
        shown_passages: How many passages those have; likewise.
        hits: Those of this page.
        offset: How many hits were skipped before the first.
        limit: How many were asked for at the most.
        took_ms: Wall time, in milliseconds.
        occurrences: How often what is looked for stands in those passages, where it counts; None
            if that was not asked for.
        next: What `SearchOptions.after` takes for the next page; empty if there is none.
        facets: In the order asked for.
        funnel: If nothing is found: how many articles each part of the query leaves, in order.
        suggestions: If nothing is found, or a word is nowhere in the archive: other queries, which
            find something.
    """

    query: str
    interpreted: str
    diagnostics: tuple[Diagnostic, ...]
    archive: ArchiveState
    articles: int | None
    passages: int | None
    hits: tuple[Hit, ...]
    offset: int
    limit: int
    took_ms: float
    shown_articles: int | None = None
    shown_passages: int | None = None
    occurrences: int | None = None
    next: str = ""
    facets: tuple[Facet, ...] = ()
    funnel: tuple[FunnelStep, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing can be missing because an article is damaged."""
        from pinakes.search.query import Code

        return all(found.code is not Code.DAMAGED_ARTICLE for found in self.diagnostics)

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from pinakes.search.notebook import results_html

        return results_html(self)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)
