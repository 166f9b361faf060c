"""How a query is answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pinakes.corpus import PinakesError


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


FACETS = ("source", "author", "year", "language", "kind")
"""The fields that facets can be asked for, beside the types of tags."""
_OTHER_NAMES = {"site": "source", "date": "year", "lang": "language", "by": "author"}


def read_facet(name: str) -> str:
    """Return the field that a facet is asked for by, `lang` for one as `language`.

    Raises:
        OptionsError: There is no such facet.
    """
    folded = name.strip().lower()
    folded = _OTHER_NAMES.get(folded, folded)
    if folded in FACETS:
        return folded
    if folded.startswith("tag:") and folded.removeprefix("tag:").strip(":* "):
        return f"tag:{folded.removeprefix('tag:').strip(':* ')}"
    from pinakes.search.query.fields import TAGS

    if folded in TAGS:
        return f"tag:{folded}"
    raise OptionsError(
        f"no facet {name!r}; there are {', '.join(FACETS)}, {', '.join(sorted(TAGS))}, and other "
        "types of tags, as tag:isbn"
    )


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
        occurrences: Whether to count how often what is looked for stands there, too.
        facets: The fields of which values are counted: `source`, `author`, `year`, `language`,
            `kind`, or types of tags: `tag:isbn`; `person` and such are short for `tag:person`.
        facet_values: Values told of each, at the most.
        hints: Whether to find out, where nothing is found, which part of the query leaves nothing,
            and what may have been meant.
        after: `Results.next` of the page before, in place of an offset.
        explain: Whether to say how each score comes about.
        sort: Articles without a date come last in both orders by date.
        strict: Treat warnings about the query as errors.
        collapse: Whether of articles that are copies of one another the earliest that satisfies the
            query stands for all. Totals, occurrences and facets are of all.
        half_life_days: Whether newer articles come before older ones that answer as well, and how
            soon age counts: after so many days, at least 1, half of what it can take away.
        since: Look only at articles that are new or changed since this generation of the archive.

    Raises:
        OptionsError: A number is out of range, or a word is none of those that an option takes.
    """

    limit: int = 10
    offset: int = 0
    snippets: int = 3
    scope: Scope = Scope.ARTICLE
    by: By = By.ARTICLE
    totals: bool = True
    occurrences: bool = False
    facets: tuple[str, ...] = ()
    facet_values: int = 10
    hints: bool = True
    after: str = ""
    explain: bool = False
    sort: Sort = Sort.SCORE
    strict: bool = False
    collapse: bool = True
    since: int | None = None
    half_life_days: int | None = None

    def __post_init__(self) -> None:
        for name in ("limit", "offset", "snippets", "facet_values"):
            if not isinstance(getattr(self, name), int):
                raise OptionsError(f"{name} is a whole number")
        if self.limit < 0 or self.offset < 0:
            raise OptionsError("limit and offset are 0 or more")
        if self.snippets < 1 or self.facet_values < 1:
            raise OptionsError("snippets and facet_values are 1 or more")
        if self.after and self.offset:
            raise OptionsError("a page begins after another one, or at an offset: not both")
        if self.half_life_days is not None and (
            type(self.half_life_days) is not int or self.half_life_days < 1
        ):
            raise OptionsError("half_life_days is a whole number, 1 or more")
        # A string is a sequence of strings too: its letters.
        facets = (self.facets,) if isinstance(self.facets, str) else self.facets
        object.__setattr__(self, "facets", tuple(dict.fromkeys(map(read_facet, facets))))
        for name, kind in (("scope", Scope), ("by", By), ("sort", Sort)):
            try:
                object.__setattr__(self, name, kind(getattr(self, name)))
            except ValueError as error:
                words = ", ".join(kind)
                raise OptionsError(f"{name} is one of {words}") from error
