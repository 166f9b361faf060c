"""How a query is answered, and how files are taken in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pinakes.corpus import PinakesError, ReadingLimits


class OptionsError(PinakesError, ValueError):
    """An option of a search is out of range."""


class Scope(StrEnum):
    """Where all the words of a query must stand together."""

    ARTICLE = "article"
    PASSAGE = "passage"


class By(StrEnum):
    """What a hit is."""

    ARTICLE = "article"
    PASSAGE = "passage"


class Sort(StrEnum):
    """In which order hits come: best first, oldest first, or newest first."""

    SCORE = "score"
    DATE = "date"
    NEWEST = "-date"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """What a search is asked for beside its query.

    Attributes:
        limit: Hits at the most; 0 counts only.
        offset: Hits to skip first.
        snippets: Passages shown of a hit, at the most, each with its snippet.
        scope: Where the words must stand together.
        by: What a hit is. A passage as a hit is ranked by its own score, an article by the
            sum of its parts.
        totals: Whether to count all that satisfies the query; without, only hits are found.
        sort: Articles without a date come last in both orders by date.
        strict: Treat warnings about the query as errors.

    Raises:
        OptionsError: A number is out of range, or a word is none of those that an option takes.
    """

    limit: int = 10
    offset: int = 0
    snippets: int = 3
    scope: Scope = Scope.ARTICLE
    by: By = By.ARTICLE
    totals: bool = True
    sort: Sort = Sort.SCORE
    strict: bool = False

    def __post_init__(self) -> None:
        for name in ("limit", "offset", "snippets"):
            if not isinstance(getattr(self, name), int):
                raise OptionsError(f"{name} is a whole number")
        if self.limit < 0 or self.offset < 0:
            raise OptionsError("limit and offset are 0 or more")
        if self.snippets < 1:
            raise OptionsError("snippets is 1 or more")
        for name, kind in (("scope", Scope), ("by", By), ("sort", Sort)):
            try:
                object.__setattr__(self, name, kind(getattr(self, name)))
            except ValueError as error:
                words = ", ".join(kind)
                raise OptionsError(f"{name} is one of {words}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexOptions:
    """How files are taken in.

    Attributes:
        force: Read files again that have not changed.
        retry_failed: Read files again that could not be read.
        prune: Forget what is no longer there even if a given path is gone, or a folder empty.
        dry_run: Find out what would become of every file, and change nothing.
        limits: How many processes read files, and what a file may take; by default what
            `config.toml` says.
    """

    force: bool = False
    retry_failed: bool = False
    prune: bool = False
    dry_run: bool = False
    limits: ReadingLimits | None = None
