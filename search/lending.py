"""What lends the state of an archive to whoever asks it something."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from pinakes.corpus import Store
from pinakes.indexer import Snapshot

Answer = TypeVar("Answer")


class Lends(Protocol):
    """What lends the state of an archive; `Reader` says what each method does."""

    def close(self) -> None:
        """Let go of everything."""

    def let_go(self) -> None:
        """Let go of what nobody is asking."""

    def ask(self, question: Callable[[Snapshot, Store], Answer]) -> Answer:
        """Return what `question` answers from the latest state."""

    def lend(
        self, question: Callable[[Snapshot, Store], Answer]
    ) -> AbstractContextManager[tuple[Answer, Store]]:
        """Answer as `ask` does, and lend the store."""

    def store(self) -> AbstractContextManager[Store]:
        """Lend a store."""
