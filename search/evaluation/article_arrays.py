"""What is read of articles to tell which are copies or versions of others."""

from __future__ import annotations

from typing import Protocol

from pinakes.search.evaluation.texts.held import Array


class HasArticles(Protocol):
    """What is read of a segment; `Segment` says what each is."""

    @property
    def article_key(self) -> Array:
        """The store's keys."""

    @property
    def article_cluster(self) -> Array:
        """Equal for copies of one another."""

    @property
    def article_digest(self) -> Array:
        """Of the text, and of the address."""

    @property
    def article_saved(self) -> Array:
        """When each was saved."""

    @property
    def article_files(self) -> Array:
        """In how many files each is."""

    @property
    def published(self) -> Array:
        """First and last day."""

    @property
    def live(self) -> Array | None:
        """Which are not deleted."""

    @property
    def article_count(self) -> int:
        """How many there are."""

    def find_key(self, key: int) -> int | None:
        """Return the article with a key."""
