"""What keeps what an archive's store holds ready to be searched."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pinakes.corpus import Store
    from pinakes.indexer.snapshot import Snapshot


class Engine(Protocol):
    """An index that follows a store: `PassageIndex` in a folder, or one on a cluster."""

    def following(self, store: Store) -> AbstractContextManager[None]:
        """Take in what is written to the store inside, while it is being written."""

    def update(self, store: Store, *, upto: int | None = None) -> int:
        """Catch up with the store, in one commit; return the generation reached."""

    def rebuild(self, store: Store) -> int:
        """Make the index anew, whatever is there; return the generation reached."""

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Open the latest state, to search in."""

    def compact(self) -> None:
        """Write anew whatever has something deleted in it."""

    def verify(self) -> None:
        """Compare what is there with its checksums; raises `IndexDamagedError`."""

    def close(self) -> None:
        """Let go of whatever is open."""
