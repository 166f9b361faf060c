"""Which article of a changed file each of its records is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pinakes.corpus.locators import names_a_place
from pinakes.corpus.store.holding import Holding
from pinakes.corpus.store.packing import PackedArticle


def match_records(
    held: Iterable[Holding], articles: Mapping[str, PackedArticle]
) -> dict[str, Holding]:
    """Return the article that each record continues; a record that is left out is a new one.

    A declared name says which record it is. A place does not (one line more at the top, and every
    line has another number), so there the same content comes first, then the same place.
    """
    olds = {holding.record: holding for holding in held}
    if not olds:
        # To go through the articles of a long file is to read them from the disk.
        return {}
    matched: dict[str, Holding] = {}
    for record, packed in articles.items():
        old = olds.get(record)
        if old and (old.digest == packed.digest or not names_a_place(record)):
            matched[record] = olds.pop(record)
    by_content: dict[bytes, list[Holding]] = {}
    for holding in olds.values():
        by_content.setdefault(holding.digest, []).append(holding)
    for record, packed in articles.items():
        if record not in matched and (same := by_content.get(packed.digest)):
            matched[record] = same.pop(0)
            del olds[matched[record].record]
    for record in articles:
        if record not in matched and record in olds:
            matched[record] = olds.pop(record)
    return matched
