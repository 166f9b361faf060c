"""What an answer to an agent may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pinakes.search.options import OptionsError

LEAST_TOKENS: Final = 1500
"""Below this, a sentence with its citation does not fit well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentOptions:
    """How an archive answers agents.

    Attributes:
        max_tokens: Of an answer, if the agent does not say; counted as `count_tokens` does.
        cap_tokens: The most that an agent may ask for.
        query_chars: Code points of a query.
        time_s: Seconds on the clock for an answer.
        threads: Answers worked on at a time; of these, at most half take long, more are given up.
        is_single_block: Whether each answer is one block that holds all of it as JSON, as some
            connectors want it, in place of one block a passage.

    Raises:
        OptionsError: A number is out of range.
    """

    max_tokens: int = 10_000
    cap_tokens: int = 25_000
    query_chars: int = 4000
    time_s: float = 10.0
    threads: int = 4
    is_single_block: bool = False

    def __post_init__(self) -> None:
        if not LEAST_TOKENS <= self.max_tokens <= self.cap_tokens:
            raise OptionsError(
                f"max_tokens is {LEAST_TOKENS} or more, and not above cap_tokens:"
                f" {self.max_tokens} and {self.cap_tokens} were given"
            )
        if self.time_s <= 0 or self.threads < 1 or self.query_chars < 1:
            raise OptionsError("time_s, threads and query_chars are above 0")
