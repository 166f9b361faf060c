"""Where each field of an article came from, and what was found that contradicts it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pinakes.corpus.model import MetadataValue

_NOT_A_LETTER = re.compile(r"[\W_]+")
_NOT_IN_PLACE = re.compile(r"^https?://(?:www\.)?|[?#].*$|/+$")
_FARTHEST = timedelta(hours=14)
# Every place may name others of these, and none of them is wrong.
_LISTS = frozenset({"keyword"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProvenance:
    """What an article carries for one field, and on whose word.

    Attributes:
        field: As in `MetadataValue.field`.
        values: Those chosen, in order; empty if what was found could not be believed.
        origin: Where the first of them was found; empty without values.
        contradictions: What other places say that cannot be true as well, each once. The same date
            with more or less precision, a moment in another time zone, a title with another
            punctuation or an address with `www.` contradicts nothing.
    """

    field: str
    values: tuple[str, ...]
    origin: str
    contradictions: tuple[MetadataValue, ...] = ()


def trace(metadata: Iterable[MetadataValue]) -> tuple[FieldProvenance, ...]:
    """Return the provenance of every field in `metadata`, in the order they come in."""
    by_field: dict[str, list[MetadataValue]] = {}
    for value in metadata:
        by_field.setdefault(value.field, []).append(value)
    return tuple(_trace_field(field, values) for field, values in by_field.items())


def _trace_field(field: str, found: Sequence[MetadataValue]) -> FieldProvenance:
    chosen = [value for value in found if value.chosen]
    agrees = _COMPARISONS.get(field, _same_words)
    contradictions = [
        value
        for value in found
        if not value.chosen
        and field not in _LISTS
        and not any(agrees(value.value, other.value) for other in chosen)
    ]
    return FieldProvenance(
        field=field,
        values=tuple(value.value for value in chosen),
        origin=chosen[0].origin if chosen else "",
        contradictions=tuple(contradictions),
    )


def _same_words(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _same_date(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter):
        return True
    try:
        moment = datetime.fromisoformat(longer)
        if "T" not in shorter:
            return shorter in {(moment + shift).date().isoformat() for shift in _shifts(moment)}
        before = datetime.fromisoformat(shorter)
    except (ValueError, OverflowError):
        return False
    if (before.tzinfo is None) != (moment.tzinfo is None):
        return before.date() == moment.date()
    return before == moment


def _shifts(moment: datetime) -> tuple[timedelta, ...]:
    """Return what may lie between a moment and the same one on clocks elsewhere."""
    return (-_FARTHEST, timedelta(), _FARTHEST) if moment.tzinfo else (timedelta(),)


def _same_address(one: str, other: str) -> bool:
    return _place(one) == _place(other)


def _place(address: str) -> str:
    while (shorter := _NOT_IN_PLACE.sub("", address)) != address:
        address = shorter
    return address.casefold()


def _same_source(one: str, other: str) -> bool:
    """Whether one may be the host, or a part of the name, of the other."""
    shorter, longer = sorted((_folded(one), _folded(other)), key=len)
    return shorter[:5] in longer


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _NOT_A_LETTER.sub("", decomposed)


_COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "published": _same_date,
    "modified": _same_date,
    "saved": _same_date,
    "url": _same_address,
    "source": _same_source,
}
