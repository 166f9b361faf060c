"""Which of the titles found on a page is the article's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.html.titles import fold_title, is_likeness, strip_site, strip_tail

_SEEN = frozenset({"tag:h1", "tag:h2", "tag:h3"})
_LOWER_HEADINGS = frozenset({"tag:h2", "tag:h3"})
# What a heading of a logo, a rubric or a list of posts says: `Blog`, `The Blog`, `Contact us`.
_FEWEST_WORDS = 3


class _Group(NamedTuple):
    """A title and the places it was found in, site names aside."""

    title: str
    origins: tuple[str, ...]


def choose_title(written: Sequence[tuple[str, str]], sites: Sequence[str]) -> list[MetadataValue]:
    """Return the titles found, site names off, the chosen one first.

    Chosen is a first-level heading that another place repeats; else one that says much the same as
    what the page declares, in other words, for readers see it and search engines are told the
    other; else what is declared first; else what the window is called.

    Args:
        written: The origin of each title and its words, what is believed most first.
        sites: Names of the site.
    """
    if len(written) == 1 and written[0][0] == "tag:title":
        # Nothing else on the page says where the title ends and the site's name begins.
        written = [("tag:title", strip_tail(written[0][1]))]
    names = [part for site in sites for part in (site, *_labels(site))]
    folded_names = {fold_title(name) for name in names}
    groups: dict[str, list[tuple[str, str]]] = {}
    for origin, value in written:
        others = [
            other
            for where, other in written
            if where != origin and fold_title(other) not in folded_names
        ]
        title = strip_site(value.rstrip(" ¶#"), others=others, sites=names)
        groups.setdefault(fold_title(title), []).append((origin, title))
    groups.pop("", None)
    found = {
        folded: _Group(group[0][1], tuple(dict.fromkeys(origin for origin, _ in group)))
        for folded, group in groups.items()
    }
    ranked = sorted(
        found.items(),
        key=lambda item: 9 if item[0] in folded_names else _rank(item[1], list(found.values())),
    )
    return [
        MetadataValue(field="title", value=group.title, origin=group.origins[0], chosen=index == 0)
        for index, (_, group) in enumerate(ranked)
    ]


def _rank(group: _Group, groups: Iterable[_Group]) -> int:
    """Return how little a title is believed: 0 for the best."""
    origins = set(group.origins)
    others = [other for other in groups if other is not group]
    if len(origins) > 1 and origins & _SEEN:
        return 0
    if "tag:h1" in origins and _restates_declared(group.title, others):
        return 1
    if origins <= _LOWER_HEADINGS:
        return 6
    if origins == {"tag:h1"}:
        return 5
    if origins == {"json-ld:name"}:
        return 4
    if origins == {"tag:title"}:
        return 3
    return 2


def _restates_declared(title: str, others: Sequence[_Group]) -> bool:
    folded = fold_title(title)
    has_kicker = any(folded.endswith(fold_title(other.title)) for other in others)
    return (
        not has_kicker
        and len(title.split()) >= _FEWEST_WORDS
        and any(is_likeness(title, other.title) for other in others)
    )


def _labels(site: str) -> list[str]:
    """Return the parts of a host name that may be a site's name: not its top-level domain."""
    return [label for label in site.split(".")[:-1] if len(label) > 3] if "." in site else []
