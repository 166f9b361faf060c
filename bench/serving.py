"""The worker's end of the talk: requests on standard input, answers on standard output.

A request and an answer are a line of JSON each. Standard library only.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from bench.inputs import InputError
from bench.peer import PeerMissingError


def serve(make: Callable[[], object]) -> None:
    """Call the methods of the object that `make` returns, as requests name them, until the end."""
    # What an engine prints must not come between the answers.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def reply(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=replies, flush=True)

    try:
        served = make()
    except PeerMissingError as error:
        reply({"missing": str(error)})
        return
    reply({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(served, request.pop("do"))(request)
        except InputError as error:
            answer = {"refused": str(error)}
        reply(answer)
