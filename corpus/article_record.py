"""An article as it travels: all that a store keeps of it, and who reads such from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from pinakes.corpus.article_columns import ArticleColumns
    from pinakes.corpus.model import Article


class ArticleRecord(NamedTuple):
    """One version of an article, whole.

    Attributes:
        key: As of `Article`, as are `id`, `record`, `extraction` and `paths`.
        sha256: Of the raw file.
        text_sha256: Of the text in UTF-8.
        cluster: What it has in common with its copies, and with no other article.
        content: Text, metadata and passages, as `store.packing` packs them.
    """

    key: int
    id: str
    record: str
    sha256: bytes
    text_sha256: bytes
    extraction: int
    cluster: int
    content: bytes
    paths: tuple[str, ...]

    def unpack(self) -> Article:
        """Return the article; raises any of `rows.DECODING_ERRORS`."""
        from pinakes.corpus.store.unpacking import unpack

        head = (self.key, self.id, self.record, self.sha256, self.text_sha256, self.extraction)
        return unpack((*head, self.content), self.paths)

    def columns(self) -> ArticleColumns:
        """Return what an index keeps of it; raises any of `rows.DECODING_ERRORS`."""
        from pinakes.corpus.store.unpacking import unpack_columns

        return unpack_columns((self.key, self.id, self.cluster, self.content), self.paths)


class ReadsArticles(Protocol):
    """Whatever has the articles of an archive; `ArticleReader` says what each method does."""

    def with_keys(self, keys: Sequence[int]) -> Iterator[Article]:
        """Yield the articles with these keys."""

    def columns_with_keys(self, keys: Sequence[int]) -> Iterator[ArticleColumns]:
        """Yield what an index keeps of them."""

    def by_key_order(self, *, born_after: int, generation: int) -> Iterator[Article]:
        """Yield the articles alive at `generation` and born after `born_after`, by key."""

    def columns_by_key_order(self, *, born_after: int, generation: int) -> Iterator[ArticleColumns]:
        """Yield what an index keeps of them."""

    def find(self, article_id: str, generation: int) -> Article:
        """Return the article with this id, or with one that begins so."""

    def with_text(self, text_sha256: str, generation: int) -> Article | None:
        """Return the first article with this text."""
