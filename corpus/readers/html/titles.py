"""An article's title without the name of the site that pages put around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_SEPARATOR = re.compile(r"\s+(?:[|\-–—·•»«:>/]|::|\|\|)\s+|\s*[|»«]\s*|:\s+")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_SHORTEST_TITLE = 8
# `The Post Online` still names the Post.
_ADDITION = 12


def fold_title(title: str) -> str:
    """Return a title's letters and digits only, in lower case, to compare it with another."""
    return _NOT_A_LETTER.sub("", title.casefold())


def names_title(heading: str, titles: Collection[str]) -> bool:
    """Whether a heading is one of `titles` (folded), perhaps with a rubric before it."""
    folded = fold_title(heading)
    return folded in titles or any(
        folded.endswith(title) and len(title) >= max(_SHORTEST_TITLE, len(folded) // 2)
        for title in titles
    )


def strip_site(title: str, *, others: Collection[str], sites: Collection[str]) -> str:
    """Return `title` without the site's name, or a rubric, at its end or its beginning.

    A part goes if what remains is one of `others` (the same title, found elsewhere on the page), or
    if it names one of `sites`.

    >>> strip_site("Salt - and water | The Post", others=["Salt - and water"], sites=[])
    'Salt - and water'
    """
    known = {fold_title(other) for other in others}
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(title)]
    parts = [part for start, end in cuts for part in (title[:start], title[end:])]
    if confirmed := [part for part in parts if fold_title(part) in known]:
        # `Blog name: Title` holds two known parts; the name of a blog is the shorter one.
        return max(confirmed, key=len).strip()
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
        or (len(site) >= 4 and site in folded and len(folded) <= len(site) + _ADDITION)
        for site in sites
    )


def is_likeness(title: str, other: str) -> bool:
    """Whether most words of the shorter title, of three or more letters, are in the other too."""
    words, others = _long_words(title), _long_words(other)
    smaller = min(len(words), len(others))
    return smaller > 0 and 2 * len(words & others) >= smaller


def _long_words(title: str) -> set[str]:
    return {word for word in _NOT_A_LETTER.split(title.casefold()) if len(word) > 2}
