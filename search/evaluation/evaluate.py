"""A query on a snapshot of the index: the articles that satisfy it, in order, with their proof.

docs/evaluation.md says what satisfies what, and how it is scored. The steps: the query becomes a
plan (`plan`); a flat one is answered from lists alone (`first_hits`). Of any other, each segment
yields the postings of its clauses (`texts`); their numbers of articles, summed over the segments,
make the weights (`bm25`); each segment answers by itself (`segment_answer`); the answers are put in
one order (`segment_ranking`).
"""

from __future__ import annotations

from collections.abc import Iterable

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.clauses import no_texts
from pinakes.search.evaluation.copies import count_shown
from pinakes.search.evaluation.first_hits.flat_ranking import FlatSearch, flatten
from pinakes.search.evaluation.plan import Exists, Plan, make_plan
from pinakes.search.evaluation.ranking import Ranking
from pinakes.search.evaluation.texts.targets import Texts
from pinakes.search.options import SearchOptions
from pinakes.search.query import Node, is_about_copies, walk

_DEFAULT_OPTIONS = SearchOptions()


def evaluate(
    root: Node | None,
    snapshot: Snapshot,
    options: SearchOptions = _DEFAULT_OPTIONS,
    *,
    texts: Texts = no_texts,
) -> Ranking:
    """Return the articles that satisfy a query's tree, those of the page that `options` ask for.

    Exact: the order, and totals where they are asked for, are of all that satisfies the query.
    The answer depends on what the archive holds, never on how it is cut into segments. A query
    that no text can satisfy (filters only, or only NOT) has no scores, and its newest articles
    first.

    Args:
        root: What `parse` returned; None asks for nothing and finds nothing.
        snapshot: The state of the index that answers.
        options: What is asked for beside the query.
        texts: The articles of the snapshot, which queries for what is written as it is, or for
            sentences, need.
    """
    plan = prepare(root, snapshot, texts=texts)
    return rank(plan, narrowed(snapshot, plan, options), options)


def narrowed(snapshot: Snapshot, plan: Plan, options: SearchOptions) -> Snapshot:
    """Return a snapshot in which a plan can be ranked: of one on a cluster, what it may find."""
    if snapshot.remote is None or snapshot.is_part:
        return snapshot
    from pinakes.search.cluster import narrow

    return narrow(snapshot, plan, options)


def ask_ahead(
    roots: Iterable[Node], snapshot: Snapshot, options: SearchOptions, *, texts: Texts = no_texts
) -> None:
    """Get ready to evaluate several trees one after the other: a cluster is asked for all at once.

    To count only: `options` ask for no hits.
    """
    if snapshot.remote is not None and not snapshot.is_part:
        from pinakes.search.cluster import ask_ahead

        # To find copies may take looking at all of them: it is left until it is asked for.
        cheap = [root for root in roots if not _asks_for_copies(root)]
        ask_ahead(snapshot, [prepare(root, snapshot, texts=texts) for root in cheap], options)


def prepare(root: Node | None, snapshot: Snapshot, *, texts: Texts = no_texts) -> Plan:
    """Return a query's tree made ready for a snapshot: its words are stemmed, patterns expanded."""
    if root is not None and _asks_for_copies(root):
        # Few queries ask for copies.
        from pinakes.search.evaluation.states import resolve

        root = resolve(root, snapshot)
    lexicon = None
    if snapshot.remote is not None:
        from pinakes.search.cluster import ClusterLexicon

        lexicon = ClusterLexicon(snapshot.remote)
    return make_plan(
        root,
        languages=snapshot.languages,
        segments=snapshot.segments,
        texts=texts,
        lexicon=lexicon,
    )


def _asks_for_copies(root: Node) -> bool:
    return any(map(is_about_copies, walk(root)))


def asks_for_something(node: Node) -> bool:
    """Return whether there is anything in a tree to look for."""
    return make_plan(node, languages=()).root is not None


def is_filter(node: Node) -> bool:
    """Return whether a single passage can tell if a tree is satisfied, whatever its words."""
    return isinstance(make_plan(node, languages=()).root, Exists)


def rank(plan: Plan, snapshot: Snapshot, options: SearchOptions = _DEFAULT_OPTIONS) -> Ranking:
    """Return what `evaluate` does, of a plan that was prepared for the snapshot."""
    if snapshot.is_part:
        from pinakes.search.cluster.first_hits import rank_told, told_of

        told = told_of(snapshot)
        if told is not None:
            return rank_told(plan, snapshot, options, told)
    # The lists of a part do not tell how rare anything is.
    is_whole = bool(snapshot.segments) and not snapshot.is_part
    flat = flatten(plan, options) if is_whole else None
    if flat is not None:
        return _rank_flat(plan, FlatSearch(flat, snapshot, options.by), options)
    # Loaded with all that lists alone do without, which most queries are answered from.
    from pinakes.search.evaluation.segment_ranking import rank_segments

    return rank_segments(plan, snapshot, options)


def _rank_flat(plan: Plan, search: FlatSearch, options: SearchOptions) -> Ranking:
    articles, passages = search.count() if options.totals else (None, None)
    collapsed = search.collapse() if options.collapse else None
    top = search.top(options.offset + options.limit, collapsed)
    return Ranking(
        articles=articles,
        passages=passages,
        hits=search.describe(top, first=options.offset),
        clauses=plan.clauses,
        ignored=plan.ignored,
        cuts=plan.cuts,
        found=search,
        collapsed=collapsed,
        shown_passages=count_shown(passages, collapsed, search),
        knows_all=search.clause_count == len(plan.clauses),
    )
