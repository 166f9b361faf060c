"""Finds tags in another process, while the one that asks for them packs and writes articles."""

from __future__ import annotations

import logging
import subprocess
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pinakes.corpus import (
    ArticleTags,
    FrameError,
    TagPattern,
    read_frame,
    start_python,
    streams_of,
    write_frame,
)

_CODE = "from pinakes.search.tagging.finding_process import serve; serve()"
# So few that nobody waits long for the last of a page.
_ARTICLES_AT_ONCE = 4
# What is found and not yet written is held in memory.
_PAGES_AHEAD = 4
# For so long the last few articles of a page are waited for; then they are found here.
_PATIENCE_S = 60.0

_log = logging.getLogger(__name__)


class FindingAhead:
    """Finds the tags of articles in a process: see `FindsAhead`.

    Of each page it works from the end, and whoever asks from the beginning, until they meet. What
    has become of the process does not matter to what is found, only to who finds it.
    """

    def __init__(
        self, setup: Mapping[str, Any], pages: Sequence[Mapping[int, tuple[str, ...]]]
    ) -> None:
        """Begin to find what `pages` ask for; `setup` is what `finding_process` is told first."""
        self._setup = setup
        self._pages = pages
        self._left = [list(page) for page in pages]
        self._busy: tuple[int, list[int]] = (0, [])
        self._found: dict[int, ArticleTags] = {}
        self._page = 0
        self._is_closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Condition()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def finish(self, page: int, find: Callable[[int], ArticleTags]) -> Mapping[int, ArticleTags]:
        """Do as `FindsAhead`."""
        here: dict[int, ArticleTags] = {}
        with self._turn:
            self._page = page
            self._turn.notify_all()
        while (key := self._next_here(page)) is not None:
            here[key] = find(key)
        with self._turn:
            return here | {
                key: self._found.pop(key) for key in self._pages[page] if key not in here
            }

    def _next_here(self, page: int) -> int | None:
        """Return an article of a page that nobody has found anything in; None at its end."""
        with self._turn:
            while not self._left[page] and self._is_busy_with(page):
                if not self._turn.wait(_PATIENCE_S) and self._process is not None:
                    self._process.kill()
            return self._left[page].pop(0) if self._left[page] else None

    def _is_busy_with(self, page: int) -> bool:
        return bool(self._busy[1]) and self._busy[0] == page

    def close(self) -> None:
        """Do as `FindsAhead`."""
        with self._turn:
            self._is_closed = True
            self._turn.notify_all()
            if self._process is not None:
                self._process.kill()
        self._thread.join()

    def _work(self) -> None:
        try:
            self._work_off()
        except (OSError, FrameError, LookupError, TypeError, ValueError) as error:
            # All that is left is found by whoever asks.
            _log.debug("no process finds tags ahead: %s", error)
        finally:
            with self._turn:
                page, keys = self._busy
                self._left[page] += keys
                self._busy = (0, [])
                self._is_closed = True
                self._turn.notify_all()
            if self._process is not None:
                self._process.kill()
                self._process.communicate()

    def _work_off(self) -> None:
        with self._turn:
            if self._is_closed:
                return
            self._process = start_python(_CODE)
        requests, replies = streams_of(self._process)
        write_frame(requests, self._setup)
        if read_frame(replies) is None:
            raise FrameError("it has ended")
        while keys := self._next_there():
            names = self._pages[self._busy[0]]
            write_frame(requests, {"articles": [[key, names[key]] for key in keys]})
            reply = read_frame(replies)
            if reply is None:
                raise FrameError("it has ended")
            found = dict(map(_read, reply[0]["found"]))
            with self._turn:
                self._found |= {key: found[key] for key in keys}
                self._busy = (0, [])
                self._turn.notify_all()

    def _next_there(self) -> list[int]:
        """Return what is to be found next in the process; nothing when all is done."""
        with self._turn:
            while not self._is_closed and any(self._left):
                for page in range(self._page, min(self._page + _PAGES_AHEAD, len(self._left))):
                    if keys := self._left[page][-_ARTICLES_AT_ONCE:]:
                        del self._left[page][-_ARTICLES_AT_ONCE:]
                        self._busy = (page, keys)
                        return keys
                self._turn.wait()
            return []


def reply_of(key: int, tags: ArticleTags) -> list[Any]:
    """Return what is found in an article as it is sent: its passages, and those with tags."""
    rows = [[number, found] for number, found in enumerate(tags.of_passages) if found]
    return [key, len(tags.of_passages), rows, dict(tags.failed)]


def _read(sent: Sequence[Any]) -> tuple[int, ArticleTags]:
    key, passage_count, rows, failed = sent
    of_passages: list[list[TagPattern]] = [[] for _ in range(passage_count)]
    for number, found in rows:
        of_passages[number] += _read_tags(found)
    return key, ArticleTags(of_passages=of_passages, failed=failed)


def _read_tags(rows: Iterable[Sequence[Any]]) -> Iterable[TagPattern]:
    return [
        TagPattern(type_, value, rule, tuple(span) if span else None)
        for type_, value, rule, span in rows
    ]
