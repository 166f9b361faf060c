"""What the search itself finds to say about a query, beside its parser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pinakes.search.evaluation import Ranking
from pinakes.search.options import Scope, SearchOptions
from pinakes.search.query import Code, Diagnostic, Not, Query, Severity, walk

if TYPE_CHECKING:
    from pinakes.search.why import Ask


def finds_nothing(ranking: Ranking, options: SearchOptions) -> bool:
    """Return whether it is known that nothing satisfies the query."""
    if ranking.articles is not None:
        return not ranking.articles
    return not ranking.hits and not options.offset and options.limit > 0


def find_ignored(query: Query, ranking: Ranking) -> tuple[Diagnostic, ...]:
    """Return a finding for every part of the query that was left out and not told yet.

    In order of their place. The parser tells of most; a `Query` made by hand has nobody to.
    """
    told = {(found.start, found.end) for found in query.diagnostics}
    return tuple(
        Diagnostic(
            code=Code.NOTHING_SEARCHABLE,
            severity=Severity.INFO,
            message=f"`{query.text[start:end]}` holds no letter or digit to look for: ignored.",
            start=start,
            end=end,
        )
        for start, end in sorted(ranking.ignored)
        if (start, end) not in told
    )


def find_cuts(ranking: Ranking) -> tuple[Diagnostic, ...]:
    """Say so where a pattern stands for more words than are looked for."""
    return tuple(
        Diagnostic(
            code=Code.PATTERN_CUT,
            severity=Severity.WARNING,
            message=(
                f"This stands for {cut.found} words: the {cut.kept} that most passages hold are "
                "looked for."
            ),
            start=cut.start,
            end=cut.end,
        )
        for cut in ranking.cuts
    )


def find_excluded(
    query: Query, ranking: Ranking, ask: Ask, options: SearchOptions
) -> tuple[Diagnostic, ...]:
    """Say so if nothing is found only because what is left out stands elsewhere in the articles.

    `mechanisms -humanitarian` leaves out an article that has both words in different passages. That
    is what was asked for, and not always what was meant.
    """
    if (
        ranking.articles != 0
        or ranking.hits
        or query.root is None
        or options.scope is Scope.PASSAGE
    ):
        return ()
    left_out = next((node for node in walk(query.root) if isinstance(node, Not)), None)
    if left_out is None:
        return ()
    narrow = ask(query.root, replace(options, scope=Scope.PASSAGE, limit=0, totals=True))
    if not narrow.passages:
        return ()
    found = "1 passage" if narrow.passages == 1 else f"{narrow.passages} passages"
    return (
        Diagnostic(
            code=Code.EXCLUDED_ELSEWHERE,
            severity=Severity.INFO,
            message=(
                "what is left out stands elsewhere in every article that has the rest; "
                f"--scope passage looks at passages by themselves and finds {found}"
            ),
            start=left_out.start,
            end=left_out.end,
        ),
    )


def find_stale(query: Query, before: int, now: int) -> Diagnostic:
    """Say that the archive has changed, by its generations, since the page that is continued."""
    return Diagnostic(
        code=Code.STALE_CURSOR,
        severity=Severity.WARNING,
        message=(
            f"the archive has changed since the page before, from generation {before} to {now}: "
            "hits may come again, or be missing"
        ),
        start=0,
        end=len(query.text),
    )
