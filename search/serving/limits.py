"""What a request may cost, and who may ask."""

from __future__ import annotations

from dataclasses import dataclass

from pinakes.search.options import OptionsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may cost, and how many are worked on.

    Attributes:
        query_chars: Code points of a query.
        hits: On a page.
        offset: Hits skipped first; the cursor goes no further either.
        snippets: Passages shown of a hit.
        facets: Fields whose values are counted.
        facet_values: Values told of each.
        body_bytes: Of what is sent to be verified.
        files: Files told that cannot be searched.
        time_s: Seconds on the clock of work on an answer; one that takes longer is given up.
        long_s: Seconds of a processor after which work on an answer counts as long.
        threads: Answers worked on at a time.
        long_threads: Of these, long ones at the most: another one is given up when it becomes long.
        waiting: Requests that wait for a thread; another one is refused.

    Raises:
        OptionsError: A number is out of range.
    """

    query_chars: int = 4000
    hits: int = 100
    offset: int = 10_000
    snippets: int = 20
    facets: int = 12
    facet_values: int = 1000
    body_bytes: int = 1 << 20
    files: int = 1000
    time_s: float = 10.0
    long_s: float = 0.25
    threads: int = 8
    long_threads: int = 2
    waiting: int = 256

    def __post_init__(self) -> None:
        if min(self.threads, self.time_s, self.long_s, self.hits, self.query_chars) <= 0:
            raise OptionsError("threads, times, hits and query_chars are above 0")
        if not 0 < self.long_threads < max(2, self.threads):
            raise OptionsError("long_threads is 1 or more, and less than threads")


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may ask.

    Attributes:
        token: What a client has to show; empty if anyone who reaches the address may ask.
        hosts: Names by which the server may be addressed, without port; empty if by any. A page
        elsewhere that has its own name resolved to a loopback address is kept out by that.
        origins: Of other sites whose scripts may ask (CORS).
    """

    token: str = ""
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
