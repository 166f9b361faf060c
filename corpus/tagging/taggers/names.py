"""Tags `person:` and `org:`: who is named, short forms as the name in full."""

from __future__ import annotations

from collections.abc import Iterator

from pinakes.corpus.tagging.naming import names_in
from pinakes.corpus.tagging.tagger import FoundTag, PassageText, tagger


@tagger("names", version=4, types=("person", "org"))
def tag_names(passage: PassageText) -> Iterator[FoundTag]:
    """Yield a tag for each name in the passage; what a person is stands in the reason."""
    for name in names_in(passage):
        yield FoundTag(
            type=name.kind.value,
            value=name.value,
            start=name.start,
            end=name.end,
            reason=name.reason,
            variant="short" if name.is_short else "",
        )
