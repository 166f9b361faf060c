"""Tags `quote:` on what is quoted, and `said:` on it with the name of who says it."""

from __future__ import annotations

from collections.abc import Iterator

from pinakes.corpus.tagging.level import TagLevel
from pinakes.corpus.tagging.quoting import quotations_in, speakers_in
from pinakes.corpus.tagging.tagger import FoundTag, PassageText, tagger


@tagger("quotes", version=5, types=("quote", "said"), level=TagLevel.ALL)
def tag_quotes(passage: PassageText) -> Iterator[FoundTag]:
    """Yield `quote:direct` or `quote:partial` for each quotation, and `said:` where it is told."""
    quotations = quotations_in(passage)
    for quotation in quotations:
        yield FoundTag(
            type="quote",
            value=quotation.kind.value,
            start=quotation.start,
            end=quotation.end,
            reason="between marks of quotation",
        )
    if not quotations:
        return
    for speaker in speakers_in(passage, quotations):
        yield FoundTag(
            type="said",
            value=speaker.name.value,
            start=speaker.quotation.start,
            end=speaker.quotation.end,
            reason=speaker.reason,
            variant=speaker.how,
            confidence=speaker.confidence,
        )
