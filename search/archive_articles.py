"""What an archive tells of its articles and files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pinakes.corpus import ArchiveFolder, Article, LedgerRow, SourceText, Status, Store
    from pinakes.indexer import Snapshot
    from pinakes.search.citing import FileHashes, Verdict
    from pinakes.search.differing import Comparison
    from pinakes.search.lending import Lends
    from pinakes.search.model import Citation
    from pinakes.search.status import ArchiveStatus


class ArchiveArticles:
    """The part of `Archive` that shows, cites and checks what is in it."""

    id: str
    _folder: ArchiveFolder
    _reader: Lends

    def article(self, article_id: str) -> Article:
        """Return an article by its id, or by the beginning of it that no other has.

        Raises:
            UnknownArticleError: None has it, or several.
        """
        return self._reader.ask(
            lambda snapshot, store: store.find(article_id, generation=snapshot.generation)
        )

    def versions(self, article_id: str) -> tuple[Article, ...]:
        """Return the captures of an article's address, itself included, the earliest first.

        Raises:
            UnknownArticleError: As of `article`.
        """
        from pinakes.search.versions import find_versions

        return self._reader.ask(partial(find_versions, article_id))

    def diff(self, a: str, b: str) -> Comparison:
        """Return what differs in the texts of two articles; raises as `article` does."""
        from pinakes.search.differing import compare_articles

        return self._reader.ask(
            lambda snapshot, store: compare_articles(
                *(store.find(each, generation=snapshot.generation) for each in (a, b))
            )
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

    def whole_text(self, article: Article) -> tuple[SourceText, ...]:
        """Return every text of the page that an article is from, read again from its file.

        Raises:
            SourceError: The file is gone, or has changed since, or is no saved page.
        """
        from pinakes.search.taking_in import read_whole_text

        return read_whole_text(self._folder, article)

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
