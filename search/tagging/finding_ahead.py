"""Tags articles again in another process, while the one that asks for them writes articles."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from pinakes.corpus import (
    AheadArticle,
    AheadPlan,
    ForkedProcess,
    FrameError,
    Frames,
    RetaggedContent,
    fork_python,
    logger_of,
    read_frame,
    start_python,
    streams_of,
    write_frame,
)
from pinakes.search.tagging.retag_frames import read_reply, write_articles
from pinakes.search.tagging.retag_process import ArticleTagger

_CODE = "from pinakes.search.tagging.retag_process import serve; serve()"
# At the most.
_ARTICLES_AT_ONCE = 4
# How many such requests are on their way: one is worked on while the next one comes.
_REQUESTS_AHEAD = 2
# For so long the last few articles of a page are waited for; then they are tagged here.
_PATIENCE_S = 60.0

_log = logger_of(__name__)


class FindingAhead:
    """Tags articles again in a process: see `FindsAhead`.

    Of each page it works from the end, and whoever asks from the beginning, until they meet. What
    has become of the process does not matter to what is found, only to who finds it.
    """

    def __init__(
        self,
        setup: Mapping[str, Any],
        plan: AheadPlan,
        dictionaries: Mapping[int, bytes],
        *,
        may_copy: bool,
    ) -> None:
        """Begin; `setup` is what a process that is not a copy of this one is told first."""
        self._setup = setup
        self._dictionaries = dictionaries
        self._left: list[list[AheadArticle]] = []
        self._keys: list[set[int]] = []
        self._asked: deque[tuple[int, list[AheadArticle]]] = deque()
        self._found: dict[int, RetaggedContent] = {}
        self._page = 0
        self._is_closed = False
        self._turn = threading.Condition()
        self._process: subprocess.Popen[bytes] | ForkedProcess | None = None
        self._thread: threading.Thread | None = None
        self._is_copy = False
        try:
            # Before there is a thread: a copy has none but the one that makes it.
            if may_copy:
                self._process = fork_python(partial(_serve_copy, plan, dictionaries))
            self._is_copy = self._process is not None
            thread = threading.Thread(target=self._work, daemon=True)
            thread.start()
            self._thread = thread
        except (OSError, RuntimeError) as error:
            # No room for a process, or for a thread.
            _log.debug("no process tags articles ahead: %s", error)
            self._is_closed = True
            self._end_process()
        except BaseException:
            # Who is interrupted here has nothing to close.
            self.close()
            self._end_process()
            raise

    def offer(self, page: Sequence[AheadArticle]) -> None:
        """Do as `FindsAhead`."""
        with self._turn:
            self._left.append(list(page))
            self._keys.append({article.key for article in page})
            self._turn.notify_all()

    def finish(
        self, page: int, find: Callable[[int], RetaggedContent]
    ) -> Mapping[int, RetaggedContent]:
        """Do as `FindsAhead`."""
        here: dict[int, RetaggedContent] = {}
        with self._turn:
            self._page = page
            self._turn.notify_all()
        while (key := self._next_here(page)) is not None:
            here[key] = find(key)
        with self._turn:
            there = self._keys[page] - here.keys()
            return here | {key: self._found.pop(key) for key in there}

    def _next_here(self, page: int) -> int | None:
        """Return an article of a page that nobody has tagged; None at its end."""
        with self._turn:
            while not self._left[page] and self._is_busy_with(page):
                if not self._turn.wait(_PATIENCE_S) and self._process is not None:
                    self._process.kill()
            return self._left[page].pop(0).key if self._left[page] else None

    def _is_busy_with(self, page: int) -> bool:
        return any(asked == page for asked, _ in self._asked)

    def close(self) -> None:
        """Do as `FindsAhead`."""
        with self._turn:
            self._is_closed = True
            self._turn.notify_all()
            if self._process is not None:
                self._process.kill()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            # An application may have let it end what writes to nobody; here that is an `OSError`.
            signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGPIPE,))
        try:
            self._work_off()
        except (OSError, FrameError, LookupError, TypeError, ValueError) as error:
            # All that is left is tagged by whoever asks.
            _log.debug("no process tags articles ahead: %s", error)
        finally:
            with self._turn:
                for page, articles in self._asked:
                    self._left[page] += articles
                self._asked.clear()
                self._is_closed = True
                self._turn.notify_all()
            self._end_process()

    def _end_process(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def _work_off(self) -> None:
        with self._turn:
            if self._is_closed:
                return
            if self._process is None:
                self._process = start_python(_CODE)
        requests, replies = streams_of(self._process)
        if not self._is_copy:
            write_frame(requests, self._setup, tuple(self._dictionaries.values()))
        if read_frame(replies) is None:
            raise FrameError("it has ended")
        while True:
            while len(self._asked) < _REQUESTS_AHEAD and (asked := self._ask()):
                write_articles(requests, asked)
            if not self._asked:
                return
            reply = read_frame(replies)
            if reply is None:
                raise FrameError("it has ended")
            self._take(read_reply(*reply))

    def _take(self, found: Mapping[int, RetaggedContent]) -> None:
        """Keep what has come of the articles that were asked for first."""
        _, articles = self._asked[0]
        made = {article.key: found[article.key] for article in articles}
        with self._turn:
            self._found |= made
            self._asked.popleft()
            self._turn.notify_all()

    def _ask(self) -> list[AheadArticle]:
        """Return what is to be tagged next in the process; nothing when there is nothing yet.

        Waits for something unless something else is asked for already.
        """
        with self._turn:
            while not self._is_closed:
                for page in range(self._page, len(self._left)):
                    if left := self._left[page]:
                        # Fewer towards the end of a page, whose last ones somebody waits for.
                        count = max(1, min(_ARTICLES_AT_ONCE, len(left) // 8))
                        articles = left[-count:]
                        del left[-count:]
                        self._asked.append((page, articles))
                        return articles
                if self._asked:
                    return []
                self._turn.wait()
            return []


def _serve_copy(plan: AheadPlan, dictionaries: Mapping[int, bytes], *streams: Any) -> None:
    works = [(work.taggers, work.replaced) for work in plan.works]
    ArticleTagger(works, plan.may_find, Frames(dictionaries)).serve(*streams)
