"""The process that reads files for a run: requests on standard input, what is in them out.

It ends with its standard input, so with the process that started it, however that ends.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import re
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from pinakes.corpus.child_process import take_streams
from pinakes.corpus.errors import UnsupportedSourceError
from pinakes.corpus.framing import read_frame, write_frame
from pinakes.corpus.ingestion.frames import articles_frame, options_from, prepared_frame
from pinakes.corpus.ingestion.prepared import Prepared, Sink
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ingestion.source import read_source
from pinakes.corpus.store.packing import PackedArticle

_PAGE = b"""<!doctype html><title>Of catalogues</title><body><article><h1>Of catalogues</h1>
<p>The catalogue of a library says what it holds, who wrote it, and with which words it begins.</p>
<p>Whoever looks for a book without one has to walk along the shelves, as everybody once did.</p>
<p>The first we know of, in Alexandria, is said to have filled a hundred and twenty scrolls.</p>
</article></body>"""
_PLAIN_SUFFIXES = frozenset({".txt", ".text", ".md", ".json", ".jsonl", ".csv", ".tsv"})
# Whoever started this process ends it at the limit; this is for when that one is gone.
_ORPHAN_LIMITS = 3
_LEAST_ORPHAN_S = 10

Prepare = Callable[..., Prepared]


def serve() -> None:
    """Answer requests until there are no more."""
    requests, replies = take_streams()
    first = read_frame(requests)
    if first is None:
        return
    setup, _ = first
    module, _, function = setup["entry"].partition(":")
    prepare: Prepare = getattr(import_module(module), function)
    options = options_from(setup["options"])
    logging.getLogger().addHandler(_Relay(replies))
    # What is loaded with the first page is not what a page needs. What only pages need takes a
    # fifth of a second, which a note or two should not wait for.
    is_plain = Path(setup["first"]).suffix.lower() in _PLAIN_SUFFIXES
    content = re.sub(rb"<[^>]+>", b"", _PAGE) if is_plain else _PAGE
    name = "warm.txt" if is_plain else "warm.html"
    prepare(content, name=name, options=options, sink=Sink())
    worker = _Worker(prepare, options, replies, timeout_s=setup["timeout_s"])
    try:
        write_frame(replies, {"kind": "ready"})
        while frame := read_frame(requests):
            worker.answer(frame[0])
    except BrokenPipeError:
        os._exit(0)


class _Worker(Sink):
    def __init__(
        self, prepare: Prepare, options: IngestOptions, replies: BinaryIO, *, timeout_s: float
    ) -> None:
        self._prepare = prepare
        self._options = options
        self._replies = replies
        self._beat_s = timeout_s / 4
        self._orphan_s = max(_LEAST_ORPHAN_S, timeout_s * _ORPHAN_LIMITS)
        self._beaten_at = 0.0
        self._nowhere = Path(os.devnull).open("w")  # noqa: SIM115 - open as long as the process.

    def answer(self, request: Mapping[str, Any]) -> None:
        self._live_on()
        try:
            source = read_source(Path(request["path"]), max_bytes=self._options.max_file_bytes)
        except UnsupportedSourceError as error:
            self._reply({"kind": "unsupported", "reason": str(error)})
        except (OSError, ValueError) as error:
            number = getattr(error, "errno", None)
            reason = getattr(error, "strerror", None) or str(error)
            self._reply({"kind": "unreadable", "errno": number, "reason": reason})
        else:
            facts = {"sha256": source.sha256, "size": source.size, "mtime_ns": source.mtime_ns}
            is_known = source.sha256 in request["known"]
            self._reply({"kind": "known" if is_known else "read", **facts})
            if not is_known:
                prepared = self._prepare(
                    source.data,
                    name=request["name"],
                    options=self._options,
                    file_time_ns=source.file_time_ns,
                    sink=self,
                )
                head, bodies = prepared_frame(prepared)
                self._reply({"kind": "prepared", **head}, bodies)
        faulthandler.cancel_dump_traceback_later()

    def note_record(self) -> None:
        """Let the limit of time begin again, with the next record."""
        if time.monotonic() - self._beaten_at > self._beat_s:
            self._live_on()
            self._reply({"kind": "beat"})

    def take(self, articles: dict[str, PackedArticle]) -> bool:
        """Send off articles of the file that is being read."""
        head, bodies = articles_frame(articles)
        self._reply({"kind": "part", **head}, bodies)
        return True

    def _live_on(self) -> None:
        # Unlike a thread or a signal of Python, this works while a regular expression does not end.
        self._beaten_at = time.monotonic()
        faulthandler.dump_traceback_later(self._orphan_s, exit=True, file=self._nowhere)

    def _reply(self, head: Mapping[str, Any], bodies: tuple[bytes, ...] = ()) -> None:
        write_frame(self._replies, head, bodies)


class _Relay(logging.Handler):
    """Sends what is logged to the process that asked."""

    def __init__(self, replies: BinaryIO) -> None:
        super().__init__(logging.WARNING)
        self._replies = replies

    def emit(self, record: logging.LogRecord) -> None:
        message = {"kind": "log", "logger": record.name, "level": record.levelno}
        write_frame(self._replies, {**message, "text": self.format(record)})
