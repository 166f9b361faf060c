"""Threads for work that numpy does without holding the interpreter: as many as there are cores."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from types import TracebackType
from typing import TypeVar

from pinakes.corpus import core_count

T = TypeVar("T")
R = TypeVar("R")

MAX_THREADS = 4
"""Each needs room for what it works on, and the thread that feeds them is soon the slowest."""


class Workers:
    """A pool of threads, which begin when there is something for more than one to do.

    Attributes:
        threads: How many; with one, all is done by whoever asks for it.
    """

    def __init__(self, threads: int | None = None) -> None:
        """Be ready to use `threads`, by default the cores that this process may use."""
        self.threads = min(MAX_THREADS, core_count()) if threads is None else threads
        self._pool: ThreadPoolExecutor | None = None

    def submit(self, function: Callable[[T], R], argument: T) -> Future[R]:
        """Have a function called."""
        if self.threads > 1:
            self._pool = self._pool or ThreadPoolExecutor(self.threads)
            return self._pool.submit(function, argument)
        future = Future[R]()
        future.set_result(function(argument))
        return future

    def map(self, function: Callable[[T], R], arguments: Iterable[T]) -> Iterator[R]:
        """Yield the results in order; few of them are waiting at any time."""
        rest = iter(arguments)
        head = list(islice(rest, 2))
        if self.threads == 1 or len(head) < 2:
            # To begin a thread takes longer than most of what is done once.
            yield from map(function, chain(head, rest))
            return
        waiting: deque[Future[R]] = deque()
        for argument in chain(head, rest):
            waiting.append(self.submit(function, argument))
            if len(waiting) > 2 * self.threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def close(self) -> None:
        """End the threads; what was submitted and not begun is not done."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
