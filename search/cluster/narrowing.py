"""A snapshot without segments, narrowed to the articles that a plan may find."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from pinakes.indexer import Segment, Snapshot, part_of_view
from pinakes.indexer.opensearch import ClusterView, TooManyClausesError
from pinakes.search.cluster.first_hits import narrow_to_page
from pinakes.search.cluster.passing import each_segment, fetch_segments
from pinakes.search.cluster.plans import Translator
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.plan import Plan
from pinakes.search.evaluation.texts.lookup import find_clause
from pinakes.search.options import SearchOptions

FEW = 100
"""So many articles are fetched, whatever is asked of them."""


def narrow(snapshot: Snapshot, plan: Plan, options: SearchOptions) -> Snapshot:
    """Return a snapshot of all articles that may satisfy a plan, with the numbers of all.

    What is evaluated on it is what would be on the whole: every other article satisfies nothing.
    One that has segments is returned as it is.
    """
    view = snapshot.remote
    if view is None or snapshot.is_part:
        return snapshot
    translator = Translator(view, plan, options.scope)
    holding = count_holding(view, plan.clauses, translator)
    likely = translator.find_articles().likely
    if view.count([likely])[0] > FEW:
        part = None
        # Of so long a query the articles are found, and all else is found out here.
        with suppress(TooManyClausesError):
            part = narrow_to_page(snapshot, plan, options, translator, holding)
        if part is not None:
            return part
    return part_of_view(view, fetch_segments(view, likely), holding)


def count_holding(
    view: ClusterView, clauses: Iterable[Clause], translator: Translator
) -> dict[str, int]:
    """Return how many living articles hold each clause, by its `kept_as`."""
    wanted = {each.kept_as: each for each in clauses if each.kept_as not in view.holding}
    found = {name: translator.find_holding(clause) for name, clause in wanted.items()}
    exact = [name for name, each in found.items() if each.is_exact]
    counts = view.count([found[name].likely for name in exact])
    view.holding.update(zip(exact, counts, strict=True))
    for name, each in found.items():
        if not each.is_exact:
            segments = each_segment(view, each.likely)
            view.holding[name] = sum(_count_in(part, wanted[name]) for part in segments)
    return {each.kept_as: view.holding[each.kept_as] for each in clauses}


def _count_in(segment: Segment, clause: Clause) -> int:
    passages = find_clause(segment, clause).passages
    if segment.live_passages is not None:
        passages = passages[segment.live_passages[passages]]
    return len(set(segment.passage_article[passages].tolist()))
