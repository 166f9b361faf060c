"""What the search itself says about a query, beside its parser."""

from __future__ import annotations

from pinakes.search.evaluation import Ranking
from pinakes.search.findings import find_ignored
from pinakes.search.query import Code, Diagnostic, Query, Severity


def test_what_was_left_out_is_told_once_in_order_of_place() -> None:
    told = Diagnostic(
        code=Code.NOTHING_SEARCHABLE, severity=Severity.INFO, message="told", start=3, end=5
    )
    query = Query(text="++ -- **", root=None, diagnostics=(told,))
    ranking = Ranking(articles=0, passages=0, hits=(), clauses=(), ignored=((6, 8), (3, 5), (0, 2)))
    found = find_ignored(query, ranking)
    assert [(finding.start, finding.end) for finding in found] == [(0, 2), (6, 8)]
    assert {finding.severity for finding in found} == {Severity.INFO}
    assert "`++`" in found[0].message
