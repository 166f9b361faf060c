"""Asks again what a report says was asked, and tells what is not the same, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pinakes.search.options import SearchOptions
from pinakes.search.query import Query, QueryError
from pinakes.search.reporting.manifest import ArticleEntry
from pinakes.search.reporting.model import ReportedHit, SearchReport


class Outcome(StrEnum):
    """How a hit is not what it was."""

    GAINED = "gained"
    LOST = "lost"
    RESCORED = "re-scored"
    """Its score is another; its rank may be, too."""
    RERANKED = "re-ranked"
    """Its rank is another, its score is not."""
    CHANGED = "changed"
    """Rank and score are what they were; the text or the file behind them is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A hit that is not what it was.

    Attributes:
        outcome: How.
        id: Of its article; of its passage where passages are hits.
        title: Of its article, now or when it was there.
        rank_then: None if it was not found.
        rank_now: None if it is not found.
        score_then: Likewise.
        score_now: Likewise.
        reasons: At least one, each a sentence for a person without a full stop.
    """

    outcome: Outcome
    id: str
    title: str
    rank_then: int | None
    rank_now: int | None
    score_then: float | None
    score_now: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What became of the hits of a report.

    Attributes:
        then: The report.
        now: The report of the same question, asked now.
        same: How many hits are what they were, to the last digit of the score.
        differences: The others: those gained, those lost, all else; of each the first rank first.
        remarks: What is different beside the hits: the archive, versions, what is understood.
        added: Ids of the articles that the archive has and had not, sorted.
        changed: Of those whose text or file is another.
        removed: Of those that it has no more.
    """

    then: SearchReport
    now: SearchReport
    same: int
    differences: tuple[Difference, ...]
    remarks: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether each hit is what it was, and the totals are."""
        totals = [(side.articles, side.passages) for side in (self.then, self.now)]
        return not self.differences and totals[0] == totals[1]


def replay(
    report: SearchReport,
    understand: Callable[[str], Query],
    ask: Callable[[Query, SearchOptions], SearchReport],
    find_stand_ins: Callable[[Query, SearchOptions], Mapping[str, str]],
    find_damaged: Callable[[Iterable[str]], frozenset[str]],
) -> Replay:
    """Return what became of the hits of a report.

    Args:
        report: Of this archive or another one.
        understand: Returns a query that can be answered.
        ask: Makes the report of now.
        find_stand_ins: Returns by ids of articles that are not shown now which copy is shown for
            them; asked only if hits were lost and of copies one stands for all.
        find_damaged: Returns which of some ids are of damaged articles; asked if hits were lost.

    Raises:
        QueryError: What was understood then cannot be answered any more.
    """
    query, told = _understand_again(report, understand)
    options = SearchOptions(
        scope=report.scope,
        by=report.by,
        sort=report.sort,
        since=report.since,
        collapse=report.collapse,
        half_life_days=report.half_life_days,
        limit=0,
        hints=False,
    )
    now = ask(query, options)
    kept = {*map(now.key_of, now.hits)}
    lost = {each.citation.article_id for each in report.hits if report.key_of(each) not in kept}
    stand_ins = find_stand_ins(query, options) if report.collapse and lost else {}
    damaged = find_damaged(sorted(lost)) if now.damage and lost else frozenset()
    return compare(report, now, told, stand_ins, damaged)


def compare(
    then: SearchReport,
    now: SearchReport,
    told: tuple[str, ...] = (),
    stand_ins: Mapping[str, str] | None = None,
    damaged: frozenset[str] = frozenset(),
) -> Replay:
    """Return what is different in two reports on the same question.

    Args:
        then: The older one.
        now: The newer one.
        told: What there is to remark already.
        stand_ins: By ids of articles that satisfy the query now and are not shown, those of the
            copies that are shown for them.
        damaged: Ids of articles of lost hits that cannot be read now.
    """
    comparison = _Comparison(then, now, stand_ins or {}, damaged)
    before = {then.key_of(hit): hit for hit in then.hits}
    after = {now.key_of(hit): hit for hit in now.hits}
    differences = [
        *(comparison.of(key, before.get(key), hit) for key, hit in after.items()),
        *(comparison.of(key, hit, None) for key, hit in before.items() if key not in after),
    ]
    found = [each for each in differences if each is not None]
    found.sort(
        key=lambda each: (each.outcome is not Outcome.GAINED, each.outcome is not Outcome.LOST)
    )
    return Replay(
        then=then,
        now=now,
        same=sum(each is None for each in differences),
        differences=tuple(found),
        remarks=(*told, *comparison.remarks()),
        added=comparison.added,
        changed=comparison.changed,
        removed=comparison.removed,
    )


def _understand_again(
    report: SearchReport, understand: Callable[[str], Query]
) -> tuple[Query, tuple[str, ...]]:
    """Return the query as it was understood then: saved searches and the day may have changed."""
    try:
        typed = understand(report.query)
        if typed.interpreted == report.interpreted:
            return typed, ()
        instead = f"as {typed.interpreted}"
    except QueryError as error:
        instead = f"no more: {error}"
    query = understand(report.interpreted)
    told = f"what was typed is understood otherwise now, {instead}; asked is what it meant then"
    if query.interpreted != report.interpreted:
        told += f", which is read as {query.interpreted}"
    return query, (told,)


class _Comparison:
    """Two reports, and how the articles behind them differ."""

    def __init__(
        self,
        then: SearchReport,
        now: SearchReport,
        stand_ins: Mapping[str, str],
        damaged: frozenset[str],
    ) -> None:
        self._then, self._now, self._stand_ins, self._damaged = then, now, stand_ins, damaged
        self._before = {entry.id: entry for entry in then.entries}
        self._after = {entry.id: entry for entry in now.entries}
        self.added = tuple(key for key in self._after if key not in self._before)
        self.removed = tuple(key for key in self._before if key not in self._after)
        common = (key for key in self._after if key in self._before)
        self.changed = tuple(key for key in common if self._after[key] != self._before[key])
        self._versions = tuple(_version_changes(then.versions, now.versions))

    def remarks(self) -> Iterator[str]:
        """Yield what is different beside the hits."""
        if self._then.archive.id != self._now.archive.id:
            yield f"this is archive {self._now.archive.id}, not {self._then.archive.id}"
        if told := self._articles_told():
            yield f"in the archive since then: {told}"
        if self._versions:
            yield f"versions differ: {', '.join(self._versions)}"

    def of(self, key: str, then: ReportedHit | None, now: ReportedHit | None) -> Difference | None:
        """Return how a hit differs, which is in at least one report; None if it does not."""
        hit = now or then
        if hit is None:
            return None
        outcome = self._outcome(then, now)
        if outcome is None:
            return None
        return Difference(
            outcome=outcome,
            id=key,
            title=hit.citation.title,
            rank_then=then.rank if then else None,
            rank_now=now.rank if now else None,
            score_then=then.score if then else None,
            score_now=now.score if now else None,
            reasons=tuple(self._reasons(hit.citation.article_id, outcome)),
        )

    def _outcome(self, then: ReportedHit | None, now: ReportedHit | None) -> Outcome | None:
        if then is None or now is None:
            return Outcome.LOST if now is None else Outcome.GAINED
        if then.score != now.score:
            return Outcome.RESCORED
        if then.rank != now.rank:
            return Outcome.RERANKED
        article_id = now.citation.article_id
        is_same = self._before.get(article_id) == self._after.get(article_id)
        return None if is_same else Outcome.CHANGED

    def _reasons(self, article_id: str, outcome: Outcome) -> Iterator[str]:
        own = _own_reason(self._before.get(article_id), self._after.get(article_id))
        if outcome is Outcome.LOST and article_id in self._damaged:
            own = "the article is damaged: `pinakes doctor` tells its files, and what to do"
        if own:
            yield own
        stand_in = self._stand_ins.get(article_id) if outcome is Outcome.LOST else None
        if stand_in:
            yield f"it satisfies the query; of its copies {stand_in}, the earliest, stands for it"
        if outcome in (Outcome.GAINED, Outcome.LOST) and (own or stand_in):
            return
        if outcome is Outcome.RERANKED:
            yield "hits before it were gained, lost or scored otherwise"
        elif outcome is Outcome.RESCORED and (told := self._articles_told()):
            yield f"the archive's statistics, of which scores are made, changed: {told}"
        if outcome is not Outcome.CHANGED and self._versions:
            yield f"versions differ: {', '.join(self._versions)}"
        elif not own and outcome is Outcome.GAINED and self._then.damage:
            yield "articles were damaged then, of which this may be one"
        elif not own and outcome in (Outcome.GAINED, Outcome.LOST):
            stood = ", or a copy stood for it then" * (
                self._then.collapse and outcome is Outcome.GAINED
            )
            yield (
                "the article is as it was: its tags or metadata changed, or what the query takes"
                f" from the rest of the archive, as the words of a pattern{stood}"
            )
        elif not own and outcome is Outcome.RESCORED and not self._articles_told():
            if self._then.damage or self._now.damage:
                yield "an index that is made without damaged articles has other statistics"
            else:
                yield "all articles are as they were: tags or metadata changed"

    def _articles_told(self) -> str:
        counts = {"added": self.added, "changed": self.changed, "removed": self.removed}
        return ", ".join(
            f"{len(ids):,} article{'s' * (len(ids) != 1)} {what}"
            for what, ids in counts.items()
            if ids
        )


def _own_reason(then: ArticleEntry | None, now: ArticleEntry | None) -> str:
    """Return what became of an article itself; empty if nothing did."""
    if then is None:
        return "the article was added" if now else ""
    if now is None:
        return "the article was removed"
    if then.text_sha256 != now.text_sha256:
        is_same_file = then.file_sha256 == now.file_sha256
        return "the article's text changed" + (", though its file did not" if is_same_file else "")
    if then.file_sha256 != now.file_sha256:
        return "the article's file changed, though its text did not"
    return ""


def _version_changes(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys((*then, *now)):
        old, new = then.get(name, "none"), now.get(name, "none")
        if old != new:
            yield f"{name} {old}, now {new}"
