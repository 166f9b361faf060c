"""An article's title without the name of the site that pages put around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_SEPARATOR = re.compile(r"\s+(?:[|\-–—·•»«:>/]|::|\|\|)\s+|\s*[|»«]\s*|:\s+")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_SHORTEST_TITLE = 8


def fold_title(title: str) -> str:
    """Return a title's letters and digits only, in lower case, to compare it with another."""
    return _NOT_A_LETTER.sub("", title.casefold())


def strip_site(title: str, *, others: Collection[str], sites: Collection[str]) -> str:
    """Return `title` without the site's name, or a rubric, at its end or its beginning.

    A part goes if what remains is one of `others` (the same title, found elsewhere on the page), or
    if it names one of `sites`.

    >>> strip_site("Salt - and water | The Post", others=["Salt - and water"], sites=[])
    'Salt - and water'
    """
    known = {fold_title(other) for other in others}
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(title)]
    for start, _ in cuts:
        if fold_title(title[:start]) in known:
            return title[:start].strip()
    for _, end in reversed(cuts):
        if fold_title(title[end:]) in known:
            return title[end:].strip()
    return _without_site(title, cuts, {fold_title(site) for site in sites if site})


def _without_site(title: str, cuts: Sequence[tuple[int, int]], sites: Collection[str]) -> str:
    for start, end in reversed(cuts):
        if start >= _SHORTEST_TITLE and _names(title[end:], sites):
            return title[:start].strip()
    for start, end in cuts:
        if len(title) - end >= _SHORTEST_TITLE and _names(title[:start], sites):
            return title[end:].strip()
    return title


def _names(part: str, sites: Collection[str]) -> bool:
    folded = fold_title(part)
    return bool(folded) and any(
        folded == site
        or (len(folded) >= 4 and folded in site)
        or (len(site) >= 4 and site in folded)
        for site in sites
    )
