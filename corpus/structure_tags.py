"""Tags that follow from where a passage stands: its kind, its language, its headings."""

from __future__ import annotations

from pinakes.corpus.model import UNKNOWN_LANGUAGE, Kind
from pinakes.corpus.passage_table import TagPattern

RULE = "structure/1"
TYPES = frozenset({"kind", "lang", "section"})


def tag_structure(kind: Kind, section: tuple[str, ...], *, language: str) -> tuple[TagPattern, ...]:
    """Return `kind:`, `lang:` and one `section:` tag a heading above, each on a whole passage.

    Sorted by type, then value. An unknown language (`und`) makes no tag; a heading that stands
    twice in the path makes one.
    """
    found = {("kind", kind.value)}
    found.update(("section", heading) for heading in section)
    if language != UNKNOWN_LANGUAGE:
        found.add(("lang", language))
    return tuple(TagPattern(type=type_, value=value, rule=RULE) for type_, value in sorted(found))
