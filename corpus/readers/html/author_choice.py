"""Who of those that a page names wrote its article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.html.authors import read_authors, read_organisation
from pinakes.corpus.readers.html.front import Front
from pinakes.corpus.readers.html.landmarks import Landmarks
from pinakes.corpus.readers.html.seen import Finding
from pinakes.corpus.readers.html.seen_authors import seen_authors
from pinakes.corpus.readers.html.titles import fold_title

_INVERTED = ("citation", "dc.", "dc:", "dcterms", "eprints", "bepress")


class _Candidate(NamedTuple):
    names: tuple[str, ...]
    origin: str
    is_organisation: bool = False


def choose_authors(
    page: Landmarks, fronts: Sequence[Front], found: Sequence[Finding], sites: Iterable[str]
) -> list[MetadataValue]:
    """Return the authors found, those of the place that is believed most first, as chosen.

    Full names of persons are believed before single words (the name of an account), and these
    before organisations and the site itself, whatever place they stand in. Of two places that
    name the same person, one that names more persons beside is believed.
    """
    houses = {fold_title(site) for site in sites}
    candidates = [
        *_declared(found),
        *(_Candidate(tuple(n), o) for o, n in seen_authors(page, fronts)),
    ]
    candidates += _organisations(found)
    candidates = [part for candidate in candidates for part in _parted(candidate, houses)]
    candidates.sort(key=_rank)
    best = _completed(candidates)
    values: dict[str, MetadataValue] = {}
    for candidate in candidates if best is None else (best, *candidates):
        for name in candidate.names:
            value = MetadataValue(
                field="author", value=name, origin=candidate.origin, chosen=candidate is best
            )
            values.setdefault(name.casefold(), value)
    return list(values.values())


def _declared(found: Sequence[Finding]) -> Iterator[_Candidate]:
    groups: dict[str, list[str]] = {}
    for item in found:
        if item.field == "author":
            groups.setdefault(item.origin, []).append(item.written)
    for origin, written in groups.items():
        is_inverted = origin.lower().removeprefix("meta:").startswith(_INVERTED)
        if names := read_authors(written, is_inverted=is_inverted):
            yield _Candidate(tuple(names), origin)


def _organisations(found: Sequence[Finding]) -> Iterator[_Candidate]:
    for item in found:
        if item.field == "organisation" and (name := read_organisation(item.written)):
            yield _Candidate((name,), item.origin, is_organisation=True)


def _parted(candidate: _Candidate, houses: set[str]) -> Iterator[_Candidate]:
    """Yield the persons of a candidate, and the site that it names beside them, apart."""
    own = tuple(name for name in candidate.names if fold_title(name) in houses)
    persons = tuple(name for name in candidate.names if name not in own)
    if persons:
        yield candidate._replace(names=persons)
    if own:
        yield candidate._replace(names=own, is_organisation=True)


def _rank(candidate: _Candidate) -> int:
    is_full = any(_is_full(name) for name in candidate.names)
    if candidate.origin == "link:profile":
        # Any name may be linked so, of a section or a subject too.
        return 2 if any(" " in name for name in candidate.names) else 4
    if candidate.is_organisation:
        return 3
    return 0 if is_full else 1


def _is_full(name: str) -> bool:
    """Whether a name has several words, or is of a script that puts no spaces between them."""
    return " " in name or (len(name) > 1 and all(char > "\u2e7f" for char in name))


def _completed(candidates: Sequence[_Candidate]) -> _Candidate | None:
    if not candidates:
        return None
    best = candidates[0]
    persons = {fold_title(name) for name in best.names}
    for other in candidates[1:]:
        names = {fold_title(name) for name in other.names}
        if names > persons and _rank(other) == 0 and other.origin == "text:byline":
            return other
    return best
