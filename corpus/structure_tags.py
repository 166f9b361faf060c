"""Tags that follow from where a passage stands: its kind, its language, its headings."""

from __future__ import annotations

from pinakes.corpus.model import UNKNOWN_LANGUAGE, Passage, Tag

RULE = "structure/1"


def tag_structure(passage: Passage, *, language: str) -> tuple[Tag, ...]:
    """Return `kind:`, `lang:` and one `section:` tag a heading above, each on the whole passage.

    Sorted by type, then value. An unknown language (`und`) makes no tag; a heading that stands
    twice in the path makes one.
    """
    found = {("kind", passage.kind.value)}
    found.update(("section", heading) for heading in passage.section)
    if language != UNKNOWN_LANGUAGE:
        found.add(("lang", language))
    return tuple(
        Tag(type=type_, value=value, start=passage.start, end=passage.end, rule=RULE)
        for type_, value in sorted(found)
    )
