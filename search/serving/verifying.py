"""Citations that somebody sends, to be checked against the archive and its files."""

from __future__ import annotations

import json
from typing import Any

from pinakes.corpus import check_time
from pinakes.search.as_json import SCHEMA_VERSION, verdict_object
from pinakes.search.citing import CitationError, read_citations
from pinakes.search.model import Citation
from pinakes.search.serving.exchange import Answer, Ask, json_answer


def verify(ask: Ask) -> Answer:
    """Say of citations whether they still hold."""
    ask.read()
    hashes = ask.archive.hashes()
    verdicts = []
    for each in _sent_citations(ask.body):
        check_time()
        verdicts.append(verdict_object(ask.archive.verify(each, hashes=hashes)))
    return json_answer({"schema_version": SCHEMA_VERSION, "verdicts": verdicts})


def _sent_citations(body: bytes) -> list[Citation]:
    """Return the citations that were sent.

    Raises:
        CitationError: What was sent is none, nor a list of some.
    """
    try:
        sent = json.loads(body, parse_float=_whole)
    except (ValueError, RecursionError) as error:
        raise CitationError(f"the body is no JSON ({error})") from error
    given = sent if isinstance(sent, list) else [sent]
    inner = [each["citation"] if _has(each, "citation") else each for each in given]
    if not inner or not all(_has(each, "exact", "sha256") for each in inner):
        raise CitationError("the body is no citation, nor a list of some")
    return read_citations(json.dumps(inner))


def _has(value: Any, *names: str) -> bool:
    return isinstance(value, dict) and all(name in value for name in names)


def _whole(text: str) -> int | float:
    """Return a number with a fraction; as a whole one if that is what it is, as JSON has it."""
    number = float(text)
    return int(number) if number.is_integer() else number
