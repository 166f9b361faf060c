"""How many processes read files, and what a file may take of the machine."""

from __future__ import annotations

from dataclasses import dataclass

_MOST_SECONDS = 86_400
_MOST_PROCESSES = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """How many processes read files, and what a file may take of the machine.

    Attributes:
        processes: How many; 0 is as many as there are cores, 8 at most.
        timeout_s: Seconds for a file; of a file of records, for each of them.
        memory_mb: Millions of bytes that a process may need for a file beyond what it has before.
    """

    processes: int = 0
    timeout_s: float = 30.0
    memory_mb: int = 500

    def __post_init__(self) -> None:
        if not 0 <= self.processes <= _MOST_PROCESSES:
            raise ValueError(f"expected 0 to {_MOST_PROCESSES} processes")
        if not 0 < self.timeout_s <= _MOST_SECONDS:
            raise ValueError("expected more than 0 seconds, and no more than a day")
        if self.memory_mb < 1:
            raise ValueError("expected 1 MB or more")
