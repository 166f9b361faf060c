"""What finds tags ahead, as those who tag articles again see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from pinakes.corpus.tagging.applying import ArticleTags


class FindsAhead(Protocol):
    """Finds tags in articles elsewhere, ahead of whoever needs them."""

    def finish(self, page: int, find: Callable[[int], ArticleTags]) -> Mapping[int, ArticleTags]:
        """Return by key what is found in the articles of a page; pages are asked for in order.

        Args:
            page: Its position, counting from 0.
            find: Finds the tags of an article of the page here, given its key.
        """

    def close(self) -> None:
        """End it, whatever it is doing."""


RetagPages = Sequence[Mapping[int, tuple[str, ...]]]
"""Articles that are to be tagged, some at a time: by key, the names of their taggers."""

BeginAhead = Callable[[RetagPages], FindsAhead | None]
"""Returns what finds the tags of all these articles ahead; None if nothing does."""
