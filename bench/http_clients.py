"""Clients of the API, many at a time, each asking as soon as it has its answer.

Run by `bench.http_load`: takes what to do as JSON on standard input, tells what came of it as JSON
on standard output.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from bench.latency import percentile

_SEED = 7
_MARKED_EVERY = 20


class Clients:
    """Ask one server, and check what it answers."""

    def __init__(self, plan: dict[str, Any]) -> None:
        """Do what `plan` says: `port`, `clients`, `seconds`, `queries`, `marker`, `articles`."""
        self._plan = plan
        self._end = 0.0
        self.took_ms: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.errors: Counter[str] = Counter()
        self.torn = 0
        self.generations: set[int] = set()

    async def run(self) -> dict[str, Any]:
        """Ask until the time is over; return what came of it."""
        began = time.perf_counter()
        self._end = began + self._plan["seconds"]
        numbers = range(self._plan["clients"])
        await asyncio.gather(*(self._ask_on(random.Random(_SEED + n)) for n in numbers))  # noqa: S311
        seconds = time.perf_counter() - began
        return {
            "requests": len(self.took_ms),
            "requests_s": len(self.took_ms) / seconds,
            "median_ms": percentile(self.took_ms, 0.5),
            "p95_ms": percentile(self.took_ms, 0.95),
            "p99_ms": percentile(self.took_ms, 0.99),
            "longest_ms": max(self.took_ms, default=0.0),
            "statuses": dict(self.statuses),
            "errors": dict(self.errors),
            "torn": self.torn,
            "generations": len(self.generations),
        }

    async def _ask_on(self, dice: random.Random) -> None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._plan["port"])
        except OSError as error:
            self.errors[type(error).__name__] += 1
            return
        while time.perf_counter() < self._end:
            is_marked = not dice.randrange(_MARKED_EVERY)
            query = self._plan["marker"] if is_marked else dice.choice(self._plan["queries"])
            began = time.perf_counter()
            try:
                status, body = await _ask(reader, writer, query)
            except (OSError, ValueError, EOFError) as error:
                self.errors[type(error).__name__] += 1
                break
            self.took_ms.append((time.perf_counter() - began) * 1000)
            self.statuses[status] += 1
            if status == 200 and is_marked:
                self._check(json.loads(body))
        writer.close()

    def _check(self, told: dict[str, Any]) -> None:
        """Hold an answer against itself: every article that came since the beginning is marked."""
        self.generations.add(told["archive"]["generation"])
        came = told["archive"]["articles"] - self._plan["articles"]
        shown = min(came, told["limit"])
        if told["total"]["articles"] != came or len(told["hits"]) != shown:
            self.torn += 1


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, query: str
) -> tuple[int, bytes]:
    address = f"/api/search?{urlencode({'q': query})}"
    writer.write(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.partition("content-length:")[2].split("\r\n")[0])
    return int(head.split()[1]), await reader.readexactly(length)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(Clients(json.load(sys.stdin)).run())))
