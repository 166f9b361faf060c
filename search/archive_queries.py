"""What an archive is asked with a query."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from pinakes.search.asking import answer, asker, check_query
from pinakes.search.evaluation.tags.tag_types import types_of
from pinakes.search.options import SearchOptions
from pinakes.search.query import Query, holds_saved, parse

if TYPE_CHECKING:
    from pinakes.corpus import ArchiveFolder, Article, Store
    from pinakes.indexer import Snapshot
    from pinakes.search.autocomplete import Completion
    from pinakes.search.concordance import ConcordOptions, Occurrence
    from pinakes.search.lending import Lends
    from pinakes.search.marking import MarkedArticle
    from pinakes.search.model import Results
    from pinakes.search.questions import QuestionWeights
    from pinakes.search.saved import SavedSearches
    from pinakes.search.synonym_file import SynonymFile, Synonyms
    from pinakes.search.why import Ask, WhyNot
    from pinakes.search.windows import FoundArticle

_DEFAULT_OPTIONS = SearchOptions()

Told = TypeVar("Told")


class ArchiveQueries:
    """The part of `Archive` that answers queries."""

    _folder: ArchiveFolder
    _reader: Lends

    @cached_property
    def saved(self) -> SavedSearches:
        """The searches that it keeps."""
        from pinakes.search.saved import SavedSearches

        return SavedSearches(self._folder)

    def search(
        self,
        query: str | Query,
        *,
        limit: int | None = None,
        options: SearchOptions = _DEFAULT_OPTIONS,
    ) -> Results:
        """Return the articles that satisfy `query`, each with the passages that prove it.

        Args:
            query: Text, or what `parse` made of it.
            limit: Hits at the most; short for `options.limit`, and before it.
            options: What else is asked for.

        Raises:
            QueryError: The query cannot be answered as it stands; its `diagnostics` say why.
            OptionsError: A number is out of range.
        """
        began = time.perf_counter()
        if limit is not None:
            options = replace(options, limit=limit)
        asked = self._read(query, strict=options.strict)
        found = self._reader.ask(partial(answer, asked, options))
        return replace(found, took_ms=(time.perf_counter() - began) * 1000)

    def understand(self, text: str, *, strict: bool = False) -> Query:
        """Return what `parse` does, with this archive's types of tags, and its saved searches."""
        # No field is without a colon.
        types = self._tag_types() if ":" in text else ()
        return self._with_saved(parse(text, strict=strict, types=types), strict=strict)

    def read_question(self, text: str, *, weights: QuestionWeights | None = None) -> Query:
        """Return the query for any of the words of a question, whatever signs stand in it.

        Words of no weight in the question's language count less, exact forms and neighbours more:
        `docs/ranking.md`. Its `root` is None if there is no word in it.

        Args:
            text: What is asked.
            weights: What each part of it counts, if not what it does by default.
        """
        from pinakes.search.questions import DEFAULT_WEIGHTS, ask_snapshot

        asked = weights or DEFAULT_WEIGHTS
        return self._reader.ask(lambda snapshot, _: ask_snapshot(text, snapshot, weights=asked))

    def widen_question(self, question: Query) -> Query:
        """Return a question that `read_question` read, with words of the first articles for it.

        Finds more, and asks twice: pseudo-relevance feedback, `docs/ranking.md`.
        """
        from pinakes.search.feedback import ARTICLES, widen

        if question.root is None:
            return question
        options = SearchOptions(limit=ARTICLES, snippets=1, totals=False, hints=False)
        hits = self.search(question, options=options)
        return widen(question, [(hit.article, hit.score) for hit in hits])

    def widen_by_synonyms(self, query: str | Query) -> Query:
        """Return a query that looks for the user's synonyms of its words, too, and says which.

        They stand in `.pinakes/synonyms.txt`: docs/synonyms.md. Nothing exact is changed.

        Args:
            query: Text, or what `understand` or `read_question` made of it.
        """
        from pinakes.search.synonym_queries import add_synonyms

        asked = query if isinstance(query, Query) else self.understand(query)
        return add_synonyms(asked, self.synonyms(), self.languages())

    def synonyms(self) -> Synonyms:
        """Return the synonyms that the user keeps for the archive, and what is wrong with them."""
        return self._synonym_file.read()

    def languages(self) -> frozenset[str]:
        """Return the languages of its articles, ISO 639-1 codes or `und`."""
        return self._reader.ask(lambda snapshot, _store: frozenset(snapshot.languages))

    def similar(
        self,
        article_id: str,
        *,
        limit: int | None = None,
        passage_number: int | None = None,
        options: SearchOptions = _DEFAULT_OPTIONS,
    ) -> Results:
        """Return the articles that share most telling words with an article, or one passage of it.

        Raises:
            UnknownArticleError: As of `article`.
            OptionsError: There is no such passage.
        """
        from pinakes.search.similar import make_similar_query

        make = partial(make_similar_query, article_id, passage_number=passage_number)
        query = self._reader.ask(make)
        return self.search(query, limit=limit, options=options)

    def why_not(
        self, query: str | Query, article_id: str, *, options: SearchOptions = _DEFAULT_OPTIONS
    ) -> WhyNot:
        """Return whether an article satisfies `query`, and which part of it fails if not.

        Raises:
            QueryError: As of `search`.
            UnknownArticleError: As of `article`.
        """
        from pinakes.search.why import check_article

        asked = self._read(query, strict=options.strict)
        return self._about(
            article_id, lambda article, ask: check_article(asked, article, ask, options)
        )

    def mark(
        self, query: str | Query, article_id: str, *, options: SearchOptions = _DEFAULT_OPTIONS
    ) -> MarkedArticle:
        """Return an article with what satisfies `query` in it; raises as `why_not` does."""
        from pinakes.search.marking import mark_article

        asked = self._read(query, strict=options.strict)
        return self._about(
            article_id, lambda article, ask: mark_article(asked, article, ask, options)
        )

    def complete(self, text: str, *, limit: int = 10) -> tuple[Completion, ...]:
        """Return how the last word of a query may go on: fields, values and words it holds."""
        from pinakes.search.autocomplete import complete

        return self._reader.ask(partial(complete, text, limit=limit))

    def concord(
        self, query: str | Query, *, options: ConcordOptions | None = None
    ) -> Iterator[Occurrence]:
        """Return every occurrence of what `query` looks for, one after the other.

        All are of one state of the archive, which is held until the last one is taken or the
        iterator closed. Only an order by context needs memory for all of them.

        Raises:
            QueryError: The query cannot be answered as it stands; its `diagnostics` say why.
        """
        from pinakes.search.concordance import ConcordOptions

        options = options or ConcordOptions()
        return self._concord(self._read(query, strict=options.strict), options)

    @cached_property
    def _synonym_file(self) -> SynonymFile:
        from pinakes.search.synonym_file import SynonymFile

        return SynonymFile(self._folder.synonyms_path)

    def _read(self, query: str | Query, *, strict: bool) -> Query:
        if isinstance(query, Query):
            return check_query(self._with_saved(query, strict=strict))
        return check_query(self.understand(query, strict=strict))

    def _tag_types(self) -> Collection[str]:
        return self._reader.ask(lambda snapshot, _store: types_of(snapshot))

    def _with_saved(self, asked: Query, *, strict: bool) -> Query:
        # Who asks for none need not wait for them to be loaded.
        if not holds_saved(asked.root):
            return asked
        from pinakes.search.query.saved_clauses import expand

        return expand(asked, self.saved, strict=strict, types=self._tag_types())

    def _about(self, article_id: str, question: Callable[[Article, Ask], Told]) -> Told:
        """Put a question about an article to the state that answers."""

        def ask(snapshot: Snapshot, store: Store) -> Told:
            article = store.find(article_id, generation=snapshot.generation)
            return question(article, asker(snapshot, store.articles))

        return self._reader.ask(ask)

    def _concord(self, query: Query, options: ConcordOptions) -> Iterator[Occurrence]:
        from pinakes.search.concordance import article_order, list_occurrences
        from pinakes.search.windows import find_all

        def begin(snapshot: Snapshot, store: Store) -> Iterator[FoundArticle]:
            sort = article_order(options.sort)
            found = find_all(query, snapshot, store, scope=options.scope, sort=sort)
            # The first one shows whether the index can be used.
            return chain(list(islice(found, 1)), found)

        with self._reader.lend(begin) as (found, _store):
            yield from list_occurrences(query, found, options)
