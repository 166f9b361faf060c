"""What tags articles again elsewhere, as those who write them see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from pinakes.corpus.tagging.retag_plan import MayFind, Work
from pinakes.corpus.tagging.retagged_content import RetaggedContent


class AheadPlan(NamedTuple):
    """What is to be done with all articles.

    Attributes:
        works: What is to be done with articles that have gone through the same taggers.
        counts: With how many articles each of these is to be done.
        may_find: As of `Retagging`.
        dictionaries: What dictionaries the store has by their numbers, ascending.
    """

    works: Sequence[Work]
    counts: Sequence[int]
    may_find: Mapping[str, MayFind]
    dictionaries: Callable[[], Mapping[int, bytes]]


class AheadArticle(NamedTuple):
    """An article that is to be tagged again.

    Attributes:
        key: Its key.
        work: The place of what is to be done with it in `AheadPlan.works`.
        dictionary: As of `PackedRow`, as is `frame`.
    """

    key: int
    work: int
    dictionary: int
    frame: bytes


class FindsAhead(Protocol):
    """Tags articles again elsewhere, ahead of whoever writes them."""

    def offer(self, page: Sequence[AheadArticle]) -> None:
        """Take articles that can be tagged; pages come in order."""

    def finish(
        self, page: int, find: Callable[[int], RetaggedContent]
    ) -> Mapping[int, RetaggedContent]:
        """Return by key what has become of the articles of a page; pages are asked for in order.

        Args:
            page: Its position, counting from 0.
            find: Tags an article of the page here, given its key.
        """

    def close(self) -> None:
        """End it, whatever it is doing."""


BeginAhead = Callable[[AheadPlan], FindsAhead | None]
"""Returns what tags articles ahead; None if nothing does."""
