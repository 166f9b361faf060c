"""A limit on the time that a question may take, kept by whatever takes long.

Who asks sets the limit, for its own thread; what works through lists, texts or words calls
`check_time` between two steps. Nothing is interrupted in the middle of one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pinakes.corpus.errors import PinakesError

_checks: ContextVar[Callable[[], None] | None] = ContextVar("pinakes_time_check", default=None)


class TimeLimitError(PinakesError):
    """A question takes longer than it may; nothing was changed, and the archive is as it was."""


def check_time() -> None:
    """Let who asked end this thread's question here: raises what he raises, mostly nothing."""
    check = _checks.get()
    if check is not None:
        check()


@contextmanager
def checked_by(check: Callable[[], None]) -> Iterator[None]:
    """Have `check` called, often, by what is asked in this thread; it raises to end that."""
    before = _checks.set(check)
    try:
        yield
    finally:
        _checks.reset(before)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeLimitError` in what is asked in this thread after `seconds` of wall time."""
    end = time.monotonic() + seconds

    def check() -> None:
        if time.monotonic() > end:
            raise TimeLimitError(
                f"it takes longer than {seconds:g} s; ask for rarer words, or with fewer patterns"
            )

    with checked_by(check):
        yield
