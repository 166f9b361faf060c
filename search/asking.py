"""One query put to one state of an archive: everything that belongs to the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pinakes.indexer import IndexDamagedError, Snapshot, restrict
from pinakes.search.answer import are_at_hand, present
from pinakes.search.evaluation import (
    Clause,
    Plan,
    Ranking,
    ask_ahead,
    evaluate,
    narrowed,
    prepare,
    rank,
)
from pinakes.search.evaluation.copies import article_rows
from pinakes.search.evaluation.texts.targets import Texts
from pinakes.search.findings import find_cuts, find_excluded, find_ignored, finds_nothing
from pinakes.search.known_words import read_slots
from pinakes.search.model import ArchiveState, Copies, Hit, Results
from pinakes.search.options import By, SearchOptions
from pinakes.search.query import (
    Diagnostic,
    Node,
    Query,
    QueryError,
    is_about_copies,
    is_about_tags,
    walk,
)
from pinakes.search.readable import Readable, count_left_out, tell_left_out
from pinakes.search.state import state_of

if TYPE_CHECKING:
    from pinakes.corpus import Store
    from pinakes.search.facets import Facet
    from pinakes.search.suggestions import Suggestion
    from pinakes.search.why import Ask, FunnelStep


def check_query(asked: Query) -> Query:
    """Return a query that can be answered.

    Raises:
        QueryError: It cannot be answered as it stands.
    """
    if asked.errors:
        raise QueryError(asked.text, asked.diagnostics)
    return asked


class Asker(NamedTuple):
    """Evaluates trees on one state of an archive.

    Attributes:
        snapshot: The state.
        texts: Its articles.
    """

    snapshot: Snapshot
    texts: Texts

    def __call__(self, root: Node, options: SearchOptions) -> Ranking:
        """Return the ranking of a tree."""
        return evaluate(root, self.snapshot, options, texts=self.texts)

    def ahead(self, roots: Iterable[Node], options: SearchOptions) -> None:
        """Get ready to be asked for several trees, to count what satisfies each."""
        ask_ahead(roots, self.snapshot, options, texts=self.texts)


def asker(snapshot: Snapshot, texts: Texts) -> Asker:
    """Return what evaluates trees on a snapshot, given its articles."""
    return Asker(snapshot, texts)


def answer(query: Query, options: SearchOptions, snapshot: Snapshot, store: Store) -> Results:
    """Return an answer that is whole of one generation: the ranking, and the texts it ranks.

    Where the query itself asks about copies or versions, copies are not collapsed.

    Its `took_ms` is 0: who waits for it knows since when.

    Raises:
        OptionsError: `after` is no end of a page of this query.
        IndexDamagedError: The index names what the store does not hold.
    """
    if query.root and any(map(is_about_copies, walk(query.root))):
        options = replace(options, collapse=False)
    told: tuple[Diagnostic, ...] = ()
    if options.after:
        from pinakes.search.cursor import go_on

        options, told = go_on(query, options, snapshot)
    state = state_of(store, snapshot)
    told += tell_left_out(query, count_left_out(store, snapshot))
    if options.since is not None:
        changed = store.saved.changed_between(options.since, snapshot.generation)
        snapshot = restrict(snapshot, changed)
    readable = Readable(store)
    question = _Question(
        query=query, options=options, snapshot=snapshot, store=store, readable=readable
    )
    return question.answer(state, told)


def _name_clause(query: Query, clause: Clause) -> str:
    """Return a clause as it was typed; one that looks for something else with what that is."""
    text = query.text[clause.start : clause.end]
    is_saved = bool(query.saved) and text.lower().startswith("saved:")
    return f"`{text}`: {clause.kept_as}" if is_saved or query.is_widened else f"`{text}`"


def _left(ranking: Ranking) -> dict[str, int | None]:
    """Return how much is left of what satisfies a query if copies are collapsed."""
    left = ranking.collapsed
    if left is None or ranking.articles is None:
        return {"shown_articles": None, "shown_passages": None}
    return {"shown_articles": left.articles, "shown_passages": ranking.shown_passages}


class _Question(NamedTuple):
    query: Query
    options: SearchOptions
    snapshot: Snapshot
    store: Store
    readable: Readable

    def answer(self, state: ArchiveState, told_before: tuple[Diagnostic, ...]) -> Results:
        """Return the whole answer."""
        query, options, snapshot = self.query, self.options, self.snapshot
        texts = self.readable.texts
        plan = prepare(query.root, snapshot, texts=texts)
        self.readable.recall(plan.clauses, snapshot)
        part = narrowed(snapshot, plan, options)
        ranking = rank(plan, part, options)
        ask = asker(snapshot, texts)
        # That nothing is new is no reason to look for mistakes.
        has_hints = options.hints and options.since is None
        funnel, told_of_it = self._funnel(ranking, ask) if has_hints else ((), ())
        findings = (
            *query.diagnostics,
            *told_before,
            *find_ignored(query, ranking),
            *find_cuts(ranking),
            *self._unknown_tags(),
            *(find_excluded(query, ranking, ask, options) or told_of_it),
        )
        hits = self._hits(plan, ranking, state, part)
        suggestions = self._suggestions(ranking, ask) if has_hints else ()
        findings += self.readable.tell(query, (hit.key for hit in ranking.hits))
        return Results(
            query=query.text,
            interpreted=query.interpreted,
            diagnostics=tuple(sorted(findings, key=lambda found: (found.start, found.end))),
            archive=state,
            articles=ranking.articles,
            passages=ranking.passages,
            **_left(ranking),
            occurrences=ranking.found.count_occurrences() if options.occurrences else None,
            hits=hits,
            offset=options.offset,
            limit=options.limit,
            next=self._end_of_page(ranking),
            facets=self._facets(ranking, part),
            funnel=funnel,
            suggestions=suggestions,
            took_ms=0.0,
        )

    def _unknown_tags(self) -> tuple[Diagnostic, ...]:
        """Return what is told of tags that are asked for and that no passage has."""
        asked = walk(self.query.root) if self.query.root else ()
        is_asked = bool(self.options.facets) or any(map(is_about_tags, asked))
        # What has not changed since a generation is not in the snapshot, and may have the tags.
        if not is_asked or self.options.since is not None:
            return ()
        from pinakes.search.unknown_tags import find_unknown_tags

        return find_unknown_tags(self.query, self.options.facets, self.snapshot, self.store)

    def _funnel(
        self, ranking: Ranking, ask: Ask
    ) -> tuple[tuple[FunnelStep, ...], tuple[Diagnostic, ...]]:
        """Return what each part of a query that finds nothing leaves, and what is told of that."""
        if self.query.root is None or not finds_nothing(ranking, self.options):
            return (), ()
        # What tells why is loaded when there is something to be told, as what suggests is.
        from pinakes.search.why import make_funnel, tell_funnel

        funnel = make_funnel(self.query.root, ask, self.options)
        return funnel, tell_funnel(funnel)

    def _suggestions(self, ranking: Ranking, ask: Ask) -> tuple[Suggestion, ...]:
        """Return what may have been meant, if nothing is found or a word is nowhere."""
        has_found = not finds_nothing(ranking, self.options)
        if has_found and ranking.knows_all:
            return ()
        slots = read_slots(self.query, self.snapshot)
        if has_found and all(slot.is_known for slot in slots):
            return ()
        from pinakes.search.suggestions import suggest

        return suggest(self.query, slots, self.snapshot, ask, self.options.scope)

    def _hits(
        self, plan: Plan, ranking: Ranking, state: ArchiveState, part: Snapshot
    ) -> tuple[Hit, ...]:
        """Return the hits of the page; `part` is what they were found in."""
        keys = list(dict.fromkeys([hit.key for hit in ranking.hits]))
        articles = self.readable.articles(keys)
        if not are_at_hand(ranking, articles, self.readable.damaged):
            path = part.segments[0].path.parent
            raise IndexDamagedError(path, "it names what the store does not hold")
        copies: Mapping[int, Copies] = {}
        if part.is_part or article_rows(part).has_copies:
            from pinakes.search.told_copies import tell_copies

            copies = tell_copies(keys, part, ranking.collapsed)
        hits = present(ranking, articles, self.options, state, copies)
        if not self.options.explain:
            return hits
        # Who does not ask for explanations need not wait for them to be loaded.
        from pinakes.search.evaluation.explain import explain_hits

        texts = [_name_clause(self.query, clause) for clause in plan.clauses]
        ranked = [hit for hit in ranking.hits if hit.key in articles]
        parts = explain_hits(plan, part, self.options, ranked, texts)
        return tuple(replace(hit, explanation=part) for hit, part in zip(hits, parts, strict=True))

    def _end_of_page(self, ranking: Ranking) -> str:
        """Return where the next page begins; empty if this is known to be the last."""
        options = self.options
        total = self._hit_count(ranking)
        behind = options.offset + len(ranking.hits)
        is_last = len(ranking.hits) < options.limit if total is None else behind >= total
        if is_last or not ranking.hits:
            return ""
        from pinakes.search.cursor import Cursor, digest_of

        return Cursor(
            generation=self.snapshot.generation,
            token=self.snapshot.token,
            asked=digest_of(self.query.interpreted, options),
            behind=behind,
        ).encode()

    def _hit_count(self, ranking: Ranking) -> int | None:
        """Return how many hits there are on all pages; None if that was not counted."""
        left = _left(ranking)
        if self.options.by is By.ARTICLE:
            shown, total = left["shown_articles"], ranking.articles
        else:
            shown, total = left["shown_passages"], ranking.passages
        return total if shown is None else shown

    def _facets(self, ranking: Ranking, part: Snapshot) -> tuple[Facet, ...]:
        if not self.options.facets:
            return ()
        # As with explanations: who asks for none waits for nothing.
        from pinakes.search.facets import count_facets
        from pinakes.search.spelling import Speller

        if part.remote is not None:
            from pinakes.search.cluster.facets import count_facets_there
            from pinakes.search.cluster.first_hits import told_of

            if (told := told_of(part)) is not None:
                return count_facets_there(
                    told,
                    part.remote,
                    self.options.facets,
                    values=self.options.facet_values,
                    spell=Speller(part, self.store).spell,
                )
        return count_facets(
            ranking.found.matches(),
            part,
            self.options.facets,
            values=self.options.facet_values,
            spell=Speller(part, self.store).spell,
        )
