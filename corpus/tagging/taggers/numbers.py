"""Tags quantities, money, percentages and counts of people, normalised."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pinakes.corpus.tagging.dates.finding import find_written_dates
from pinakes.corpus.tagging.quantities.finding import find_quantities
from pinakes.corpus.tagging.quantities.pounds import pounds_told
from pinakes.corpus.tagging.tagger import FoundTag, PassageText, tagger
from pinakes.corpus.tagging.taggers.mentions import is_day_first


@tagger("numbers", version=5, types=("number",))
def tag_numbers(passage: PassageText) -> Iterator[FoundTag]:
    """Yield a tag for each quantity of a passage, in order; dates and years are none."""
    dates = find_written_dates(
        passage.text, passage.language, is_day_first=passage.article.once(is_day_first)
    )
    starts = dates.pieces.starts
    end = 0
    quantities = find_quantities(
        passage.text,
        passage.language,
        taken=dates.places(),
        pounds_told=partial(passage.article.once, pounds_told),
    )
    for quantity in quantities:
        # A sign between two numbers, as in `5 € 7`, is of the first.
        if quantity.first < end:
            continue
        end = quantity.end
        yield FoundTag(
            type="number",
            value=quantity.value,
            start=starts[quantity.first],
            end=starts[quantity.end],
            reason=quantity.how,
        )
