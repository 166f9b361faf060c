"""What an answer says about itself, for machines: facets, suggestions, explanations, checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pinakes.search.autocomplete import Completion
    from pinakes.search.evaluation import ScorePart
    from pinakes.search.facets import Facet
    from pinakes.search.marking import MarkedArticle
    from pinakes.search.model import Results
    from pinakes.search.suggestions import Suggestion
    from pinakes.search.why import ClauseCheck, FunnelStep, WhyNot


def facet_objects(facets: Iterable[Facet]) -> dict[str, Any]:
    """Return the values of each facet, and how many more of each there are."""
    return {
        "facets": {
            facet.field: [{"value": each.value, "count": each.count} for each in facet.values]
            for facet in facets
        },
        "facets_further": {facet.field: facet.further for facet in facets},
    }


def reason_objects(results: Results) -> dict[str, Any]:
    """Return what an answer has to say of why it is as it is, as far as there is something."""
    told: dict[str, Any] = facet_objects(results.facets) if results.facets else {}
    told["suggestions"] = [_suggestion_object(each) for each in results.suggestions]
    if results.funnel:
        told["funnel"] = [_step_object(step) for step in results.funnel]
    return told


def explanation_object(part: ScorePart) -> dict[str, Any]:
    """Return a number of a score, and what it is made of."""
    made: dict[str, Any] = {"value": part.value, "name": part.name, "what": part.what}
    if part.formula:
        made["formula"] = part.formula
        made["parts"] = [explanation_object(below) for below in part.parts]
    return made


def why_not_object(why: WhyNot) -> dict[str, Any]:
    """Return whether an article satisfies a query, part by part."""
    return {
        "query": {"text": why.query, "interpreted": why.interpreted},
        "article": {"id": why.article.id, "title": why.article.title},
        "holds": why.holds,
        "failing": [_check_object(check, is_deep=False) for check in why.failing],
        "check": _check_object(why.check),
    }


def marking_objects(marked: MarkedArticle) -> dict[str, Any]:
    """Return what satisfies a query in an article: which passages, and where in the text."""
    return {
        "query": {"text": marked.query, "interpreted": marked.interpreted},
        "holds": marked.holds,
        "highlights": [
            {
                "passage": number,
                "spans": [list(span) for span in spans],
                "clauses": clause_lists(marked.clauses[number]),
            }
            for number, spans in marked.highlights.items()
        ],
    }


def clause_lists(clauses: Iterable[Iterable[tuple[int, int]]]) -> list[list[list[int]]]:
    """Return by highlight which parts of the query stand there, as ranges of its text."""
    return [[list(span) for span in spans] for spans in clauses]


def completion_objects(completions: Iterable[Completion]) -> dict[str, Any]:
    """Return how a query may go on."""
    return {
        "completions": [
            {"text": each.text, "kind": each.kind, "count": each.count} for each in completions
        ]
    }


def _suggestion_object(suggestion: Suggestion) -> dict[str, Any]:
    return {"text": suggestion.text, "total": suggestion.total}


def _step_object(step: FunnelStep) -> dict[str, Any]:
    return {
        "clause": step.clause,
        "start": step.start,
        "end": step.end,
        "alone": step.alone,
        "together": step.together,
    }


def _check_object(check: ClauseCheck, *, is_deep: bool = True) -> dict[str, Any]:
    told: dict[str, Any] = {
        "clause": check.clause,
        "start": check.start,
        "end": check.end,
        "holds": check.holds,
        "passages": list(check.passages),
        "reason": check.reason,
    }
    if is_deep:
        told["parts"] = [_check_object(part) for part in check.parts]
    return told
