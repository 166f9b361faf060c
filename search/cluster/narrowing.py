"""A snapshot without segments, narrowed to the articles that a plan may find."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

from pinakes.indexer import Segment, Snapshot, part_of_view
from pinakes.indexer.opensearch import (
    COUNTED,
    UNREAD,
    Clause,
    ClusterView,
    TooManyClausesError,
    read_count,
)
from pinakes.search.cluster.first_hits import PageFinder, find_page
from pinakes.search.cluster.passing import each_segment, fetch_segments, fetch_with_keys
from pinakes.search.cluster.plans import Translator
from pinakes.search.cluster.targets import Found, is_counted
from pinakes.search.evaluation.clauses import Clause as TextClause
from pinakes.search.evaluation.plan import Plan
from pinakes.search.evaluation.texts.lookup import find_clause
from pinakes.search.evaluation.texts.targets import (
    AnyWord,
    AsWritten,
    InSentence,
    Nearby,
    Row,
    Stems,
    Target,
    Together,
)
from pinakes.search.options import SearchOptions

FEW = 100
"""So many articles are fetched, whatever is asked of them."""

Search: TypeAlias = tuple[Clause, Mapping[str, Any]]


def narrow(snapshot: Snapshot, plan: Plan, options: SearchOptions) -> Snapshot:
    """Return a snapshot of all articles that may satisfy a plan, with the numbers of all.

    What is evaluated on it is what would be on the whole: every other article satisfies nothing.
    One that has segments is returned as it is.
    """
    view = snapshot.remote
    if view is None or snapshot.is_part:
        return snapshot
    question = _Question(view, plan, options)
    # To count some patterns takes fetching: first it is seen whether that is needed.
    if _is_counted(view, plan):
        try:
            return question.narrow(snapshot, question.find_page())
        except TooManyClausesError:
            # Of so long a query the articles are found, and all else is found out here.
            return question.fetch()
    return question.narrow(snapshot, None)


def ask_ahead(snapshot: Snapshot, plans: Iterable[Plan], options: SearchOptions) -> None:
    """Ask at once what `narrow` will ask for several plans one after the other: it is kept."""
    view = snapshot.remote
    if view is None or snapshot.is_part:
        return
    searches: list[Search] = []
    for plan in plans:
        # What takes fetching is left until it is asked for.
        if _is_counted(view, plan):
            searches += _Question(view, plan, options).searches_ahead()
    # Each tells it by itself, once it is asked.
    with suppress(TooManyClausesError):
        view.search_each(searches)


class _Question:
    """One plan, put to a state of an archive."""

    def __init__(self, view: ClusterView, plan: Plan, options: SearchOptions) -> None:
        self._view = view
        self._plan = plan
        self._options = options
        self._translator = Translator(view, plan, options.scope)
        self._likely = self._translator.find_articles().likely

    def find_page(self) -> PageFinder | None:
        """Return what finds the first hits; None if the cluster cannot."""
        return find_page(self._view, self._plan, self._options, self._translator)

    def narrow(self, snapshot: Snapshot, finder: PageFinder | None) -> Snapshot:
        """Return the narrowed snapshot; `finder`, if there is one, is asked at once."""
        holding, answers = count_holding(
            self._view, self._plan.clauses, self._translator, beside=self._searches(finder)
        )
        if read_count(answers[0]) <= FEW and (finder is None or self._options.limit):
            return self._fetch_few(answers[0]["hits"]["hits"], holding)
        if finder is None:
            with suppress(TooManyClausesError):
                finder = self.find_page()
                if finder is not None:
                    answers = self._view.search_each(finder.searches(COUNTED))
                    return finder.narrow(snapshot, holding, answers)
        else:
            return finder.narrow(snapshot, holding, answers)
        return part_of_view(self._view, fetch_segments(self._view, self._likely), holding)

    def fetch(self) -> Snapshot:
        """Return a snapshot of all articles that may be found."""
        holding, _ = count_holding(self._view, self._plan.clauses, self._translator)
        return part_of_view(self._view, fetch_segments(self._view, self._likely), holding)

    def searches_ahead(self) -> list[Search]:
        """Return the searches that `narrow` begins with."""
        wanted = _unknown_holding(self._view, self._plan.clauses, self._translator)
        counted = [(each.likely, COUNTED) for each in wanted.values() if each.is_exact]
        return [*counted, *self._searches(self.find_page())]

    def _searches(self, finder: PageFinder | None) -> list[Search]:
        few: dict[str, Any] = COUNTED
        if finder is None or self._options.limit:
            hits = {"size": FEW, "sort": ["key"], "docvalue_fields": ["cluster"]}
            few = {**UNREAD, **COUNTED, **hits}
        return finder.searches(few) if finder else [(self._likely, few)]

    def _fetch_few(self, hits: Sequence[Any], holding: Mapping[str, int]) -> Snapshot:
        keys = [hit["sort"][0] for hit in hits]
        self._view.records.read_page(keys, [hit["fields"]["cluster"][0] for hit in hits])
        return part_of_view(self._view, fetch_with_keys(self._view, keys), holding)


def _is_counted(view: ClusterView, plan: Plan) -> bool:
    """Return whether no article has to be fetched to tell how often each holds what is sought."""
    return all(is_counted(each.target) or each.kept_as in view.settled for each in plan.clauses)


def count_holding(
    view: ClusterView,
    clauses: Iterable[TextClause],
    translator: Translator,
    beside: Sequence[Search] = (),
) -> tuple[dict[str, int], list[Any]]:
    """Return how many living articles hold each clause, by its `kept_as`.

    And the answers to some searches that are asked for at once.
    """
    wanted = {each.kept_as: each for each in clauses}
    found = _unknown_holding(view, wanted.values(), translator)
    exact = [name for name, each in found.items() if each.is_exact]
    asked = [(found[name].likely, COUNTED) for name in exact]
    answers = view.search_each([*asked, *beside])
    for name, answer in zip(exact, answers, strict=False):
        view.holding[name] = read_count(answer)
        if view.holding[name]:
            view.held.update(_parts_of(wanted[name].target))
    for name, each in found.items():
        if not each.is_exact:
            segments = each_segment(view, each.likely)
            view.holding[name] = sum(_count_in(part, wanted[name]) for part in segments)
    return {name: view.holding[name] for name in wanted}, answers[len(asked) :]


def _unknown_holding(
    view: ClusterView, clauses: Iterable[TextClause], translator: Translator
) -> dict[str, Found]:
    """Return what finds the articles that hold clauses of which it is not known how many do."""
    wanted = {each.kept_as: each for each in clauses if each.kept_as not in view.holding}
    return {name: translator.find_holding(clause) for name, clause in wanted.items()}


def _parts_of(target: Target) -> list[Any]:
    """Return what a passage that holds a target holds for certain, as `ClusterView.held` has it."""
    match target:
        case Stems():
            return [frozenset(target.by_language)]
        case AnyWord(words=(word,)):
            return [word]
        case Row():
            return [each for _, place in target.named for each in _parts_of(place)]
        case Nearby(parts=parts) | Together(parts=parts):
            return [each for part in parts for each in _parts_of(part)]
        case InSentence(parts=parts):
            return [each for part in parts for each in _parts_of(part)]
        case AsWritten(words=words):
            return _parts_of(words)
    return []


def _count_in(segment: Segment, clause: TextClause) -> int:
    passages = find_clause(segment, clause).passages
    if segment.live_passages is not None:
        passages = passages[segment.live_passages[passages]]
    return len(set(segment.passage_article[passages].tolist()))
