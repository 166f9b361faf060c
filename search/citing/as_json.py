"""Citations as JSON: written, and read from whatever of ours holds some."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pinakes.corpus import PinakesError
from pinakes.search.citing.annotation import flatten_annotation
from pinakes.search.model import Citation

_TEXTS = ("exact", "prefix", "suffix", "sha256", "text_sha256", "file_sha256")
_OPTIONAL_TEXTS = ("title", "source", "url", "published", "saved", "language", "location")
_LISTS = ("authors", "section")
_MOST_NESTING = 100
_HALF = re.compile("[\ud800-\udfff]")


class CitationError(PinakesError, ValueError):
    """A text holds no citation, or one that cannot be understood; the message says which."""


def proof_object(citation: Citation) -> dict[str, Any]:
    """Return what it takes to check a citation: what is said of its article stands beside it."""
    return {
        "article": citation.article_id,
        "passage": citation.passage_number,
        "start": citation.start,
        "end": citation.end,
        "exact": citation.exact,
        "prefix": citation.prefix,
        "suffix": citation.suffix,
        "sha256": citation.sha256,
        "text_sha256": citation.text_sha256,
        "file_sha256": citation.file_sha256,
        "extraction": citation.extraction,
        "archive": citation.archive_id,
        "generation": citation.generation,
    }


def citation_object(citation: Citation) -> dict[str, Any]:
    """Return all that a citation says."""
    return {
        **proof_object(citation),
        **{name: getattr(citation, name) for name in _OPTIONAL_TEXTS},
        **{name: list(getattr(citation, name)) for name in _LISTS},
    }


def read_citations(content: str) -> list[Citation]:
    """Return the citations that stand in JSON, or in lines of JSON, however deep.

    What `cite`, `search` and `show` print is understood, and Web Annotations of theirs.

    Raises:
        CitationError: It is no JSON, no citation stands in it, or one lacks what it needs.
    """
    # Some editors, and shells, begin a file with a mark of its order of bytes.
    values = _values(content.removeprefix("\ufeff"))
    found = [_read_citation(each) for value in values for each in _walk(value, 0)]
    if not found:
        raise CitationError(
            "no citation in it: give what `pinakes cite --format json` or `json-ld`,"
            " `pinakes search --json` or `pinakes show ID#N --json` prints"
        )
    return found


def _values(content: str) -> Iterator[Any]:
    try:
        yield json.loads(content)
        return
    except RecursionError as error:
        raise CitationError("nested too deeply to be a citation") from error
    except ValueError as whole:
        lines = content.splitlines()
        problem = whole
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                told = problem if number == 1 else f"line {number}: {error}"
                raise CitationError(f"no JSON ({told})") from error


def _walk(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield every object that is a citation, or an annotation, in the order of the text."""
    if depth > _MOST_NESTING:
        raise CitationError("nested too deeply to be a citation")
    if isinstance(value, list):
        for each in value:
            yield from _walk(each, depth + 1)
    elif isinstance(value, dict):
        if "exact" in value and "sha256" in value:
            yield value
        elif value.get("type") == "Annotation":
            try:
                yield flatten_annotation(value)
            except (KeyError, TypeError, AttributeError, StopIteration) as error:
                raise CitationError(
                    "an annotation in it lacks what a citation needs; give one that"
                    " `pinakes cite --format json-ld` printed"
                ) from error
        else:
            for each in value.values():
                yield from _walk(each, depth + 1)


def _read_citation(value: Mapping[str, Any]) -> Citation:
    texts = {name: value.get(name) for name in (*_TEXTS, "article")}
    numbers = {name: value.get(name) for name in ("passage", "start", "end")}
    wrong = [name for name, text in texts.items() if not _is_text(text)]
    wrong += [name for name, number in numbers.items() if not _is_count(number)]
    if wrong:
        raise CitationError(f"a citation in it has no valid {', '.join(sorted(wrong))}")
    optional = {name: value.get(name) for name in _OPTIONAL_TEXTS}
    return Citation(
        article_id=str(texts.pop("article")),
        passage_number=int(value["passage"]),
        start=int(value["start"]),
        end=int(value["end"]),
        extraction=_count_or_0(value.get("extraction")),
        generation=_count_or_0(value.get("generation")),
        archive_id=str(value.get("archive") or ""),
        authors=_texts(value.get("authors")),
        section=_texts(value.get("section")),
        **{name: str(text) for name, text in texts.items()},
        **{name: str(text) for name, text in optional.items() if _is_text(text)},
    )


def _is_text(value: Any) -> bool:
    """Tell whether a value is text that has checksums: JSON may hold halves of characters."""
    return isinstance(value, str) and not _HALF.search(value)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _count_or_0(value: Any) -> int:
    return value if _is_count(value) else 0


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
