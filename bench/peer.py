"""What a worker process needs of an engine. Standard library only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from bench.inputs import BenchPassage
from bench.shapes import Answer, Join, Shape


class PeerMissingError(Exception):
    """An engine is not installed here; the message says how to get it."""


class Resources(NamedTuple):
    """What an engine may use while it builds its index.

    Attributes:
        cores: Processor cores; the process is bound to as many.
        memory_mb: Its buffer, or budget, where it has such a setting.
    """

    cores: int
    memory_mb: int


class Peer(Protocol):
    """An engine, used by one worker process. Method by method in the order they are called."""

    def describe(self) -> dict[str, str]:
        """Return its version and how it is set."""

    def can(self, shape: Shape) -> bool:
        """Whether it has such queries."""

    def build(
        self, folder: Path, passages: Sequence[BenchPassage], resources: Resources
    ) -> dict[str, float]:
        """Make an index of `passages` in the empty `folder`; all is on the disk at the return.

        Returns further times, in seconds, and counts that the table may tell.
        """

    def finish(self, folder: Path) -> None:
        """Do what makes queries fast and is not counted as building, if there is such a thing."""

    def sizes(self, folder: Path) -> dict[str, int]:
        """Return the bytes on the disk, by part."""

    def open(self, folder: Path) -> None:
        """Open the index for queries."""

    def prepare(self, words: tuple[str, ...], shape: Shape) -> Any:
        """Return the query as the engine wants it."""

    def search(self, prepared: Any, shape: Shape) -> Any:
        """Answer; this is what is timed. What it returns is read by `read_answer`."""

    def read_answer(self, found: Any, join: Join) -> Answer:
        """Return the passage ids, scores and total of an answer, for checks."""


def folder_sizes(folder: Path, part: str = "all") -> dict[str, int]:
    """Return the bytes of all files below `folder` as one part."""
    return {part: sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())}
