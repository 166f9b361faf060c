"""`Archive`: the one class that an application holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from pinakes.corpus import ArchiveFolder
from pinakes.indexer import LISTS_MB
from pinakes.search.options import OptionsError, SearchOptions
from pinakes.search.reading import reader_of

if TYPE_CHECKING:
    from pinakes.corpus import (
        Article,
        DamagedArticle,
        FileOutcome,
        IngestObserver,
        IngestReport,
        LedgerRow,
        RemoveReport,
        SourceText,
        Status,
        Store,
    )
    from pinakes.indexer import Snapshot
    from pinakes.search.adding import AddedRecords
    from pinakes.search.archive_records import ArchiveRecords
    from pinakes.search.autocomplete import Completion
    from pinakes.search.citing import FileHashes, Verdict
    from pinakes.search.concordance import ConcordOptions, Occurrence
    from pinakes.search.differing import Comparison
    from pinakes.search.index_options import IndexOptions
    from pinakes.search.marking import MarkedArticle
    from pinakes.search.model import Citation, Results
    from pinakes.search.query import Query
    from pinakes.search.questions import QuestionWeights
    from pinakes.search.saved import SavedSearches
    from pinakes.search.status import ArchiveStatus
    from pinakes.search.synonym_file import SynonymFile, Synonyms
    from pinakes.search.tagging.archive_tags import ArchiveTags
    from pinakes.search.upkeep.archive_upkeep import ArchiveUpkeep
    from pinakes.search.why import Ask, WhyNot
    from pinakes.search.windows import FoundArticle

_DEFAULT_OPTIONS = SearchOptions()

Told = TypeVar("Told")


def _nothing() -> None:
    """Do nothing when an archive is closed that stays."""


def _open_exactly(root: str, lists_mb: float) -> Archive:
    return Archive.open(root, exact=True, lists_mb=lists_mb)


class Archive:
    """A folder of articles that answers queries; made by `open` or `create`, and to be closed.

    One object serves any number of threads. Other threads and processes may write meanwhile: every
    answer is of one generation of the archive, whole. An index that is missing, damaged or of
    another format is made again from the store, once, when it is needed.

    Attributes:
        root: The folder that holds `.pinakes/`.
        id: Made when the archive was; the same wherever it is moved.
    """

    def __init__(self, folder: ArchiveFolder, *, lists_mb: float = LISTS_MB) -> None:
        """Hold the archive in `folder`; `open` and `create` are the ways in."""
        if not 0 <= lists_mb < float("inf"):
            raise OptionsError(f"lists_mb is a number of megabytes, 0 or more: not {lists_mb}")
        self._folder = folder
        self._lists_mb = lists_mb
        self._reader = reader_of(folder, lists_mb=lists_mb)
        self._delete: Callable[[], object] = _nothing
        self.root = folder.root
        with self._reader.store() as store:
            self.id = store.archive_id

    @classmethod
    def create(cls, root: Path | str) -> Self:
        """Make an empty archive in the folder `root`, which is made too if need be.

        Raises:
            ArchiveExistsError: There is one already.
            ArchiveReadOnlyError: The folder cannot be written.
        """
        return cls(ArchiveFolder.create(Path(root)))

    @classmethod
    def open(
        cls, start: Path | str = ".", *, exact: bool = False, lists_mb: float = LISTS_MB
    ) -> Self:
        """Open the archive in the folder `start`, or, unless `exact`, in the nearest one above.

        Args:
            start: A folder.
            exact: Look nowhere else.
            lists_mb: How much memory unpacked lists of the index may take, those asked for last.

        Raises:
            ArchiveMissingError: There is none.
            ArchiveFormatError: Another Pinakes wrote it, in a format that this one does not read.
            ArchiveDamagedError: Its store cannot be read.
            OptionsError: `lists_mb` is below 0, or without end.
        """
        folder = ArchiveFolder.open(Path(start)) if exact else ArchiveFolder.find(Path(start))
        return cls(folder, lists_mb=lists_mb)

    @classmethod
    def temporary(cls) -> Self:
        """Make an empty archive whose folder is deleted when it is closed, at the latest at exit.

        The folder is in memory where the system has a place for that (`/dev/shm`), else among the
        temporary files. It is a folder as any other, so that what holds in tests holds elsewhere.
        """
        import weakref

        from pinakes.search.temporary import make_temporary

        folder, delete = make_temporary()
        made = cls(folder)
        made._delete = weakref.finalize(made, delete)
        return made

    def __reduce__(self) -> tuple[Callable[..., Archive], tuple[str, float]]:
        # In another process it is opened again.
        return _open_exactly, (str(self.root), self._lists_mb)

    @cached_property
    def added(self) -> AddedRecords:
        """The articles that an application adds from elsewhere than files."""
        from pinakes.search.adding import AddedRecords

        return AddedRecords(self._folder, self._reader)

    @cached_property
    def tags(self) -> ArchiveTags:
        """What its passages are tagged with."""
        from pinakes.search.tagging.archive_tags import ArchiveTags

        return ArchiveTags(self._folder, self._reader)

    @cached_property
    def saved(self) -> SavedSearches:
        """The searches that it keeps."""
        from pinakes.search.saved import SavedSearches

        return SavedSearches(self._folder)

    @cached_property
    def records(self) -> ArchiveRecords:
        """Searches described, repeated, and handed on."""
        from pinakes.search.archive_records import ArchiveRecords

        return ArchiveRecords(self._folder, self._reader, self._read)

    @cached_property
    def upkeep(self) -> ArchiveUpkeep:
        """What keeps it whole, and what makes it forget."""
        from pinakes.search.upkeep.archive_upkeep import ArchiveUpkeep

        return ArchiveUpkeep(self._folder, self._reader)

    def close(self) -> None:
        """Let go of every file. Searches under way in other threads end as they would have."""
        self._reader.close()
        self._delete()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def index(
        self,
        paths: Path | str | Iterable[Path | str],
        *,
        force: bool = False,
        wait_s: float = 10.0,
        options: IndexOptions | None = None,
        progress: Callable[[FileOutcome], None] | IngestObserver | None = None,
    ) -> IngestReport:
        """Take in files and folders; what has not changed since the last time is left alone.

        What is done so far stays, whatever stops it: the next call goes on from there. Files are
        read in other processes, each within limits of time and memory.

        Args:
            paths: A file or folder, or several; of a folder everything below, and what is gone is
                removed. None at all, with `options.retry_failed`, are the files that failed.
            force: Read files again that have not changed; short for `options.force`.
            wait_s: How long to wait for another writer, in seconds.
            options: What else is asked for, if anything.
            progress: Called after every file; or an observer, told of more than that.

        Raises:
            ArchiveLockedError: Another process is still writing after `wait_s`.
            ArchiveReadOnlyError: The archive cannot be written.
        """
        from pinakes.search.index_options import IndexOptions
        from pinakes.search.taking_in import failed_files, take_in

        options = options or IndexOptions()
        # A string is an iterable of strings too: its letters, and `/` among them.
        given = [paths] if isinstance(paths, (str, Path)) else list(paths)
        if not given and options.retry_failed:
            given = failed_files(self._folder, self.ledger())
        options = replace(options, force=options.force or force)
        return take_in(self._folder, given, options=options, wait_s=wait_s, progress=progress)

    def add(
        self,
        records: Iterable[Mapping[str, object]],
        *,
        is_complete: bool = False,
        wait_s: float = 10.0,
        options: IndexOptions | None = None,
        progress: Callable[[FileOutcome], None] | IngestObserver | None = None,
    ) -> IngestReport:
        """Take in articles that an application has elsewhere than in files, as in a database.

        Each record has an id of its own, by which it is known again, and a text; the names of its
        fields are those of files of records. What has not changed is left alone. Each is kept as a
        file below `added/`: see docs/embedding.md.

        Args:
            records: In any number; of several with the same id the last one counts.
            is_complete: Whether they are all there are: what was added before and is not among
                them is removed.
            wait_s: As of `index`, as what follows.
            options: As of `index`.
            progress: As of `index`.

        Raises:
            ArchiveLockedError: Another process is still writing after `wait_s`.
            ArchiveDamagedError: There is a link in the place of `added/` or of a folder in it.
            ArchiveReadOnlyError: The archive cannot be written.
        """
        from pinakes.search.index_options import IndexOptions

        asked = options or IndexOptions()
        return self.added.add(
            records, is_complete=is_complete, wait_s=wait_s, options=asked, progress=progress
        )

    def remove(self, targets: str | Iterable[str], *, wait_s: float = 10.0) -> RemoveReport:
        """Take articles out, by id or by file; their files are left alone and do not come back.

        Raises:
            UnknownArticleError: A target is neither the id of an article nor a file of the ledger.
            ArchiveLockedError: Another process is still writing after `wait_s`.
        """
        from pinakes.search.taking_in import take_out

        ids = [targets] if isinstance(targets, str) else list(targets)
        return take_out(self._folder, ids, wait_s=wait_s)

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
        from pinakes.search.asking import answer

        began = time.perf_counter()
        if limit is not None:
            options = replace(options, limit=limit)
        asked = self._read(query, strict=options.strict)
        found = self._reader.ask(partial(answer, asked, options))
        return replace(found, took_ms=(time.perf_counter() - began) * 1000)

    def understand(self, text: str, *, strict: bool = False) -> Query:
        """Return what `parse` does, with this archive's types of tags, and its saved searches."""
        from pinakes.search.query import parse

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

        asked = self.understand(query) if isinstance(query, str) else query
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

    def diff(self, a: str, b: str) -> Comparison:
        """Return what differs in the texts of two articles; raises as `article` does."""
        from pinakes.search.differing import compare_articles

        return self._reader.ask(
            lambda snapshot, store: compare_articles(
                *(store.find(each, generation=snapshot.generation) for each in (a, b))
            )
        )

    def versions(self, article_id: str) -> tuple[Article, ...]:
        """Return the captures of an article's address, itself included, the earliest first.

        Raises:
            UnknownArticleError: As of `article`.
        """
        from pinakes.search.versions import find_versions

        return self._reader.ask(partial(find_versions, article_id))

    def complete(self, text: str, *, limit: int = 10) -> tuple[Completion, ...]:
        """Return how the last word of a query may go on: fields, values and words it holds."""
        from pinakes.search.autocomplete import complete

        return self._reader.ask(partial(complete, text, limit=limit))

    def concord(
        self,
        query: str | Query,
        *,
        options: ConcordOptions | None = None,
        on_damage: Callable[[DamagedArticle], None] | None = None,
    ) -> Iterator[Occurrence]:
        """Return every occurrence of what `query` looks for, one after the other.

        All are of one state of the archive, which is held until the last one is taken or the
        iterator closed. Only an order by context needs memory for all of them.

        Args:
            query: As of `search`.
            options: What else is asked for.
            on_damage: Called with each article that is passed over as it is damaged; with None,
                one ends it with `ArchiveDamagedError`.

        Raises:
            QueryError: The query cannot be answered as it stands; its `diagnostics` say why.
        """
        from pinakes.search.concordance import ConcordOptions

        options = options or ConcordOptions()
        return self._concord(self._read(query, strict=options.strict), options, on_damage)

    def article(self, article_id: str) -> Article:
        """Return an article by its id, or by the beginning of it that no other has.

        Raises:
            UnknownArticleError: None has it, or several.
        """
        return self._reader.ask(
            lambda snapshot, store: store.find(article_id, generation=snapshot.generation)
        )

    def cite(self, article_id: str, span: tuple[int, int]) -> Citation:
        """Return the citation of a run of an article's text, half-open, in code points.

        Raises:
            UnknownArticleError: As of `article`.
            SpanError: The span is empty, not within the text, or begins between two passages.
        """
        from pinakes.search.citation import cite_span
        from pinakes.search.state import state_of

        def ask(snapshot: Snapshot, store: Store) -> Citation:
            article = store.find(article_id, generation=snapshot.generation)
            return cite_span(article, *span, state_of(store, snapshot))

        return self._reader.ask(ask)

    def verify(self, citation: Citation, *, hashes: FileHashes | None = None) -> Verdict:
        """Return whether what a citation says still holds of this archive and its files.

        Args:
            citation: Whoever made it, and whenever.
            hashes: Those of the archive's files, from `hashes()`: for many citations, so that no
                file is read twice. None reads what it needs.
        """
        from pinakes.search.citing.checking import check_in_archive

        known = hashes or self.hashes()
        return self._reader.ask(
            lambda snapshot, store: check_in_archive(citation, snapshot, store, known)
        )

    def verify_all(self) -> Iterator[tuple[Verdict, int]]:
        """Yield for each article whether its text and its file are as they were, and its passages.

        The verdict is on a citation of the whole text; the number is how many passages that is.
        """
        from pinakes.search.citing.checking import check_everything

        def begin(snapshot: Snapshot, store: Store) -> Iterator[tuple[Verdict, int]]:
            return check_everything(snapshot, store, self.hashes())

        with self._reader.lend(begin) as (found, _store):
            yield from found

    def hashes(self) -> FileHashes:
        """Return the SHA-256 of the archive's files, each worked out when it is first asked for."""
        from pinakes.search.citing.checking import FileHashes

        return FileHashes(self._folder)

    def whole_text(self, article: Article) -> tuple[SourceText, ...]:
        """Return every text of the page that an article is from, read again from its file.

        Raises:
            SourceError: The file is gone, or has changed since, or is no saved page.
        """
        from pinakes.search.taking_in import read_whole_text

        return read_whole_text(self._folder, article)

    def ledger(self, *, status: Status | None = None) -> Iterator[LedgerRow]:
        """Yield what became of every file, or of those with `status`, in order of their paths."""
        with self._reader.store() as store:
            rows = list(store.ledger(status=status))
        yield from rows

    def status(self) -> ArchiveStatus:
        """Return what the archive holds, and what it could not take in."""
        from pinakes.search.status import describe_archive

        return self._reader.ask(partial(describe_archive, self._folder))

    def state_mark(self) -> str:
        """Return a text that changes whenever what the archive holds does, and is quickly told.

        It does not tell of files that changed and were not indexed again, nor of saved searches.
        """
        return self._reader.ask(
            lambda snapshot, _store: f"{self.id} {snapshot.generation} {snapshot.token}"
        )

    @cached_property
    def _synonym_file(self) -> SynonymFile:
        from pinakes.search.synonym_file import SynonymFile

        return SynonymFile(self._folder.synonyms_path)

    def _read(self, query: str | Query, *, strict: bool) -> Query:
        from pinakes.search.asking import check_query
        from pinakes.search.query import Query

        if isinstance(query, Query):
            return check_query(self._with_saved(query, strict=strict))
        return check_query(self.understand(query, strict=strict))

    def _tag_types(self) -> Collection[str]:
        from pinakes.search.evaluation.tags.tag_types import types_of

        return self._reader.ask(lambda snapshot, _store: types_of(snapshot))

    def _with_saved(self, asked: Query, *, strict: bool) -> Query:
        from pinakes.search.query import holds_saved

        # Who asks for none need not wait for them to be loaded.
        if not holds_saved(asked.root):
            return asked
        from pinakes.search.query.saved_clauses import expand

        return expand(asked, self.saved, strict=strict, types=self._tag_types())

    def _about(self, article_id: str, question: Callable[[Article, Ask], Told]) -> Told:
        """Put a question about an article to the state that answers."""
        from pinakes.search.asking import asker

        def ask(snapshot: Snapshot, store: Store) -> Told:
            article = store.find(article_id, generation=snapshot.generation)
            return question(article, asker(snapshot, store.articles))

        return self._reader.ask(ask)

    def _concord(
        self,
        query: Query,
        options: ConcordOptions,
        on_damage: Callable[[DamagedArticle], None] | None,
    ) -> Iterator[Occurrence]:
        from pinakes.search.concordance import article_order, list_occurrences
        from pinakes.search.readable import Readable
        from pinakes.search.windows import find_all

        def begin(snapshot: Snapshot, store: Store) -> Iterator[FoundArticle]:
            sort = article_order(options.sort)
            readable = Readable(store, on_damage) if on_damage else None
            if readable:
                readable.note_left_out(snapshot)
            found = find_all(
                query, snapshot, store, scope=options.scope, sort=sort, readable=readable
            )
            # The first one shows whether the index can be used.
            return chain(list(islice(found, 1)), found)

        with self._reader.lend(begin) as (found, _store):
            yield from list_occurrences(query, found, options)
