"""What reads files in the place of Pinakes where limits are tested: each text says what it does."""

from __future__ import annotations

import os
import re
import sys
import time

from pinakes.corpus import IngestOptions
from pinakes.corpus.ingestion.prepared import Prepared, Sink
from pinakes.corpus.ledger import Status
from pinakes.corpus.model import Kind
from pinakes.corpus.passages import split
from pinakes.corpus.readers.assemble import TextBuilder
from pinakes.corpus.store.packing import pack

_held: list[bytes] = []


def prepare(
    data: bytes,
    *,
    name: str,
    options: IngestOptions,
    file_time_ns: int = 0,
    sink: Sink,
) -> Prepared:
    """Do what the file asks for, then hold an article of one word."""
    what, _, rest = data.decode(errors="replace").partition(" ")
    match what:
        case "sleep":
            time.sleep(float(rest))
        case "backtrack":
            # One call that never ends and never lets another thread of the process run.
            re.match(r"(a+)+b", "a" * 100)
        case "allocate":
            hoard = []
            while True:
                hoard.append(b"x" * 10_000_000)
        case "keep":
            _held.append(b"x" * int(rest))
        case "crash":
            os.abort()
        case "leave":
            os._exit(3)
        case "print":
            sys.stdout.write("Printed where replies should be.\n" * 1000)
            os.write(1, b"And this beneath Python. " * 1000)
        case "records":
            for _ in range(4):
                time.sleep(float(rest))
                sink.note_record()
    builder = TextBuilder()
    builder.add(Kind.PARAGRAPH, what)
    extract = builder.build()
    return Prepared(status=Status.INDEXED, articles={"": pack(extract, split(extract))})
