"""An article's title without the name of the site that pages put around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_SEPARATOR = re.compile(
    r"\s+(?:[|\-–—·•»«:>/]|::|\|\|)\s+|\s*[|»«]\s*|:\s+|\s*_\s*(?=[\u2e80-\u9fff])"
)
_BAR = re.compile(r"(?<=\S)\s+(?:\||::|»)\s+")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_SHORTEST_TITLE = 8
_DASHES = frozenset("-–—")
_FEWEST_SHARED = 2
_FEWEST_WORDS = 3
_UNSPACED = re.compile("[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
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
    if it names one of `sites`; also what stands behind a bar, if three words stand before it.

    >>> strip_site("Salt - and water | The Post", others=["Salt - and water"], sites=[])
    'Salt - and water'
    """
    known = {fold_title(other) for other in others}
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(title)]
    parts = [part for start, end in cuts for part in (title[:start], title[end:])]
    known.discard(fold_title(title))
    if confirmed := [part for part in parts if fold_title(part) in known]:
        # `Blog name: Title` holds two known parts; the name of a blog is the shorter one.
        return max(confirmed, key=len).strip()
    if _UNSPACED.search(title):
        # `标题-人民网`: no space says that this hyphen is none.
        folded = fold_title(title)
        if begun := [
            o for o in others if folded.startswith(fold_title(o)) and len(o) >= _SHORTEST_TITLE
        ]:
            return max(begun, key=len)
    title = _without_site(title, cuts, {fold_title(site) for site in sites if site})
    for bar in _BAR.finditer(title):
        if len(title[: bar.start()].split()) >= _FEWEST_WORDS:
            return title[: bar.start()]
    return title


def strip_tail(title: str) -> str:
    """Return a title without a part of at most three words behind its last dash.

    >>> strip_tail("Salt and the water of the Dorva – The Evening Post")
    'Salt and the water of the Dorva'
    """
    cuts = [match for match in _SEPARATOR.finditer(title) if match[0].strip() in _DASHES]
    if cuts:
        before, behind = title[: cuts[-1].start()], title[cuts[-1].end() :]
        if len(before.split()) >= _FEWEST_WORDS >= len(behind.split()):
            return before
    return title


def _without_site(title: str, cuts: Sequence[tuple[int, int]], sites: Collection[str]) -> str:
    for start, end in reversed(cuts):
        if start >= _SHORTEST_TITLE and _names(title[end:], sites):
            return title[:start].strip()
    for start, end in cuts:
        if len(title) - end >= _SHORTEST_TITLE and _names(title[:start], sites, addition=0):
            return title[end:].strip()
    return title


def _names(part: str, sites: Collection[str], *, addition: int = _ADDITION) -> bool:
    folded = fold_title(part)
    return bool(folded) and any(
        folded == site
        or (len(folded) >= 4 and folded in site)
        or (len(site) >= 4 and site in folded and len(folded) <= len(site) + addition)
        for site in sites
    )


def is_likeness(title: str, other: str) -> bool:
    """Whether two titles share two words, half of the shorter one's and a third of the longer's.

    Words have three or more letters; of scripts without spaces, pairs of characters are compared.
    """
    words, others = _long_words(title), _long_words(other)
    shared = len(words & others)
    smaller, larger = sorted((len(words), len(others)))
    return shared >= _FEWEST_SHARED and 2 * shared >= smaller and 3 * shared >= larger


def _long_words(title: str) -> set[str]:
    if _UNSPACED.search(title):
        folded = fold_title(title)
        return {folded[place : place + 2] for place in range(len(folded) - 1)}
    return {word for word in _NOT_A_LETTER.split(title.casefold()) if len(word) > 2}
