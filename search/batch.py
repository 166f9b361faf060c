"""Many names or queries, one a line, each answered by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pinakes.indexer import words
from pinakes.search.archive import Archive
from pinakes.search.concordance import ConcordOptions, Context, Unit
from pinakes.search.model import Hit, Results
from pinakes.search.names import Name, Tier, name_queries, read_name
from pinakes.search.options import Scope, SearchOptions
from pinakes.search.query import Code, Diagnostic, Phrase, Query, QueryError, Severity
from pinakes.search.readable import DAMAGE_REMEDY, first_ids, is_about_damage

if TYPE_CHECKING:
    from pinakes.corpus import DamagedArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How the lines of a batch are to be read and answered.

    Attributes:
        are_names: Each line is a person's name, looked for in the ways of `Tier`; else a query.
        every_tier: Of a name, all tiers that find something, not only the surest.
        first_line: Lines before this one are passed over; the first is 1.
        scope: Where the words of a query must stand together.
        strict: Treat warnings about a query as errors.
    """

    are_names: bool = False
    every_tier: bool = False
    first_line: int = 1
    scope: Scope = Scope.ARTICLE
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchEntry:
    """What became of one line.

    Attributes:
        line: Its number, counting from 1, blank ones included.
        text: As it stands there, without white space at its ends.
        tier: How a name was found; None for queries, and where nothing is found.
        interpreted: What was looked for, in the query language; empty if the line is bad.
        articles: How many articles satisfy it.
        passages: How many passages of theirs prove that.
        hit: The best of those articles, with its best passage; None if there is none.
        findings: About the query; of a name, about damage met in surer tiers, too.
        error: Why the line cannot be answered; empty for all others.
    """

    line: int
    text: str
    tier: Tier | None = None
    interpreted: str = ""
    articles: int = 0
    passages: int = 0
    hit: Hit | None = None
    findings: tuple[Diagnostic, ...] = ()
    error: str = ""


_DEFAULT_OPTIONS = BatchOptions()
_MAX_SURNAMES = 2000
"""In how many passages a surname is looked up; in more, looking for patterns is faster."""


def answer_batch(
    archive: Archive, lines: Iterable[str], *, options: BatchOptions = _DEFAULT_OPTIONS
) -> Iterator[BatchEntry]:
    """Yield what becomes of each line, in order, as soon as it is answered.

    Blank lines are passed over. A bad line, of which bytes that are not UTF-8 (as surrogates) are
    one kind, is an entry with an `error`, and the next line follows. With `every_tier` a line has
    an entry for each tier that finds it.
    """
    for number, line in enumerate(lines, start=1):
        text = line.strip().removeprefix("\ufeff")
        if number < options.first_line or not text:
            continue
        if problem := _problem_of(text):
            yield BatchEntry(line=number, text=text, error=problem)
        elif options.are_names:
            yield from _answer_name(archive, number, text, options)
        else:
            yield _answer_query(archive, number, text, options)


def _problem_of(text: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in text):
        return "is not UTF-8; save the list as UTF-8"
    if "\0" in text:
        return "holds a NUL character; save the list as UTF-8 text"
    return ""


def _answer_query(archive: Archive, line: int, text: str, options: BatchOptions) -> BatchEntry:
    query = archive.understand(text, strict=options.strict)
    try:
        results = _ask(archive, query, options)
        return _entry(line, text, results, results.diagnostics)
    except QueryError as error:
        findings = error.diagnostics
        return BatchEntry(line=line, text=text, findings=findings, error=str(error))


def _answer_name(
    archive: Archive, line: int, text: str, options: BatchOptions
) -> Iterator[BatchEntry]:
    name = read_name(text)
    if name is None:
        yield BatchEntry(line=line, text=text, error="holds no letter or digit to look for")
        return
    is_found = False
    unread: list[DamagedArticle] = []
    met: list[Diagnostic] = []
    for tier, root in name_queries(name, partial(_words_near, archive, unread.append)):
        results = _ask(archive, Query(text=text, root=root), options)
        met += filter(is_about_damage, results.diagnostics)
        told = (*results.diagnostics, *met, *_tell_unread(text, unread))
        entry = _entry(line, text, results, tuple(dict.fromkeys(told)))
        if results.articles:
            is_found = True
            yield replace(entry, tier=tier)
            if not options.every_tier:
                return
    if not is_found:
        yield entry


def _tell_unread(text: str, articles: Sequence[DamagedArticle]) -> Iterator[Diagnostic]:
    """Yield what is to be told of articles whose names could not be looked at, if there are any."""
    if not articles:
        return
    ids = first_ids([each.id for each in articles])
    told = f"damaged, so that it cannot be told what initials stand for there: {ids}"
    yield Diagnostic(
        code=Code.DAMAGED_ARTICLE,
        severity=Severity.WARNING,
        message=f"{told}; {DAMAGE_REMEDY}",
        start=0,
        end=len(text),
    )


def _words_near(
    archive: Archive, on_damage: Callable[[DamagedArticle], None], name: Name
) -> frozenset[str] | None:
    """Return the words that stand as near to a surname as given names are, and a few more."""
    surname = Query(text=name.surname, root=Phrase(text=name.surname, start=0, end=0))
    counted = archive.search(surname, options=SearchOptions(limit=0, hints=False))
    if (counted.passages or 0) > _MAX_SURNAMES:
        return None
    context = Context(count=name.given_words + 1, unit=Unit.WORDS)
    options = ConcordOptions(context=context)
    occurrences = archive.concord(surname, options=options, on_damage=on_damage)
    return frozenset(
        word for one in occurrences for text in (one.left, one.right) for _, _, word in words(text)
    )


def _ask(archive: Archive, query: Query, options: BatchOptions) -> Results:
    return archive.search(
        query, options=SearchOptions(limit=1, snippets=1, scope=options.scope, hints=False)
    )


def _entry(line: int, text: str, results: Results, findings: tuple[Diagnostic, ...]) -> BatchEntry:
    return BatchEntry(
        line=line,
        text=text,
        interpreted=results.interpreted,
        articles=results.articles or 0,
        passages=results.passages or 0,
        hit=results.hits[0] if results.hits else None,
        findings=findings,
    )
