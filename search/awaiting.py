"""Methods of objects that block, awaited: the work is done in threads of the event loop's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from functools import partial, wraps
from itertools import islice
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

_TAKEN_AT_ONCE = 100

Asked = ParamSpec("Asked")
Told = TypeVar("Told")
Blocking = TypeVar("Blocking")
BlockingOne = TypeVar("BlockingOne", covariant=True)


class Twin(Protocol[BlockingOne]):
    """An object whose methods are those of another one, awaited."""

    @property
    def blocking(self) -> BlockingOne:
        """The other one."""


def awaited(
    method: Callable[Concatenate[Blocking, Asked], Told],
) -> Callable[Concatenate[Twin[Blocking], Asked], Coroutine[Any, Any, Told]]:
    """Return the method of a twin that does what `method` does, in a thread."""

    @wraps(method)
    async def call(twin: Twin[Blocking], /, *args: Asked.args, **named: Asked.kwargs) -> Told:
        return await asyncio.to_thread(method, twin.blocking, *args, **named)

    return call


def iterated(
    method: Callable[Concatenate[Blocking, Asked], Iterator[Told]],
) -> Callable[Concatenate[Twin[Blocking], Asked], AsyncGenerator[Told, None]]:
    """Return the method of a twin that yields what `method` does, a hundred at a time."""

    @wraps(method)
    def begin(
        twin: Twin[Blocking], /, *args: Asked.args, **named: Asked.kwargs
    ) -> AsyncGenerator[Told, None]:
        return _iterate(partial(method, twin.blocking, *args, **named))

    return begin


async def in_thread(work: Callable[Asked, Told], *args: Asked.args, **named: Asked.kwargs) -> Told:
    """Return what `work` does, in a thread of the event loop's."""
    return await asyncio.to_thread(work, *args, **named)


async def _iterate(begin: Callable[[], Iterator[Told]]) -> AsyncGenerator[Told, None]:
    """Yield what an iterator does that is begun, and taken from, in threads."""
    each = await in_thread(begin)
    try:
        while taken := await in_thread(list, islice(each, _TAKEN_AT_ONCE)):
            for one in taken:
                yield one
    finally:
        close = getattr(each, "close", None)
        if close is not None:
            await in_thread(close)
