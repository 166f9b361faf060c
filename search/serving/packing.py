"""Answers packed with gzip: in the thread that made them, so that no other one waits for it."""

from __future__ import annotations

import gzip
from dataclasses import replace

from pinakes.search.serving.exchange import Answer, Ask

_LEAST_BYTES = 1000
_LEVEL = 4


def takes_gzip(accepted: str) -> bool:
    """Tell whether a client takes what is packed with gzip, by its `Accept-Encoding`.

    >>> takes_gzip("br, gzip;q=0.5"), takes_gzip("gzip;q=0"), takes_gzip("")
    (True, False, False)
    """
    for each in accepted.split(","):
        name, _, weight = each.partition(";")
        if name.strip().lower() in ("gzip", "*"):
            return weight.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def packed(answer: Answer, ask: Ask) -> Answer:
    """Return an answer packed, if it is long and the client takes it so."""
    if not ask.takes_gzip or len(answer.body) < _LEAST_BYTES:
        return answer
    body = gzip.compress(answer.body, _LEVEL, mtime=0)
    return replace(answer, body=body, headers={**answer.headers, "Content-Encoding": "gzip"})
