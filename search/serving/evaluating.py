"""Threads that work on answers, so that a long one never keeps others waiting."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TypeVar

from pinakes.corpus import TimeLimitError, checked_by
from pinakes.search.serving.limits import Limits
from pinakes.search.serving.problems import RequestProblem

Made = TypeVar("Made")


class Workers:
    """A few threads, and a bounded line before them.

    Work that takes more than `Limits.long_s` of a processor counts as long. At most
    `Limits.long_threads` do long work: another one that becomes long is given up, so that a thread
    is soon free again for what is quickly done, whatever is asked. Everything is given up after
    `Limits.time_s`.
    """

    def __init__(self, limits: Limits) -> None:
        """Begin no thread before there is work."""
        self._limits = limits
        self._guard = threading.Lock()
        self._waiting = 0
        self._long = threading.BoundedSemaphore(limits.long_threads)
        self._pool: ThreadPoolExecutor | None = None

    async def run(self, work: Callable[[], Made]) -> Made:
        """Return what `work` does, in a thread.

        Raises:
            RequestProblem: Too many wait.
            TimeLimitError: The work takes too long.
        """
        with self._guard:
            if self._waiting >= self._limits.waiting:
                raise RequestProblem(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    "busy",
                    "too many requests wait; try again in a moment",
                    {"Retry-After": "1"},
                )
            self._waiting += 1
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._limits.threads, "pinakes-answer")
            waiting = self._pool.submit(self._work, work)
        waiting.add_done_callback(lambda done: self._begun() if done.cancelled() else None)
        return await asyncio.wrap_future(waiting)

    def close(self) -> None:
        """Let the threads end."""
        with self._guard:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _begun(self) -> None:
        with self._guard:
            self._waiting -= 1

    def _work(self, work: Callable[[], Made]) -> Made:
        self._begun()
        watch = _Watch(self._limits, self._long)
        try:
            with checked_by(watch.check):
                return work()
        finally:
            watch.stop()


class _Watch:
    """What a piece of work is asked to call, often: from the thread that does it."""

    def __init__(self, limits: Limits, long: threading.BoundedSemaphore) -> None:
        now = time.monotonic()
        self._limits = limits
        self._next = now + limits.long_s
        self._end = now + limits.time_s
        # Of the thread alone: on a busy machine, what is short takes long on the clock.
        self._cpu_end = time.thread_time() + limits.long_s
        self._long = long
        self._is_long = False

    def check(self) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        if now >= self._end:
            raise TimeLimitError(
                f"the answer takes longer than {self._limits.time_s:g} s; ask for rarer words, or "
                "with fewer patterns"
            )
        left = self._cpu_end - time.thread_time()
        if left > 0:
            self._next = min(now + left, self._end)
            return
        self._is_long = self._long.acquire(blocking=False)
        if not self._is_long:
            raise TimeLimitError(
                "the answer takes long, and others that do are being worked on; try again in "
                "a moment, or ask for rarer words"
            )
        self._next = self._end

    def stop(self) -> None:
        if self._is_long:
            self._long.release()
            self._is_long = False
