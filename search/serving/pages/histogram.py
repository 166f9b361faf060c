"""How many articles there are of each year, as a picture made of bars."""

from __future__ import annotations

from typing import NamedTuple

from pinakes.search.facets import Facet

WIDTH = 240
HEIGHT = 56
_LEAST = 2
_MOST_YEARS = 120


class Bar(NamedTuple):
    """A year.

    Attributes:
        label: The year.
        articles: How many there are of it.
        x: Of its left edge; y of its upper one, width and height in the units of the picture.
    """

    label: str
    articles: int
    x: float
    y: float
    width: float
    height: float


class Histogram(NamedTuple):
    """Bars from the first year to the last one.

    Attributes:
        bars: One for each year that has articles.
        first: The first year.
        last: The last one.
        most: The most articles of a year.
    """

    bars: tuple[Bar, ...]
    first: str
    last: str
    most: int


def draw_years(facet: Facet) -> Histogram | None:
    """Return the bars of a facet of years; None if there are fewer than two, or none readable.

    Of more than 120 years the last ones are drawn; the first bar is then that of the first of them.
    """
    counts = {int(each.value): each.count for each in facet.values if each.value.isdecimal()}
    if len(counts) < 2:
        return None
    last = max(counts)
    counts = {year: count for year, count in counts.items() if year > last - _MOST_YEARS}
    first, most = min(counts), max(counts.values())
    step = WIDTH / (last - first + 1)
    width = min(step * 0.82, 28.0)
    bars = []
    for year, count in sorted(counts.items()):
        height = max(_LEAST, HEIGHT * count / most)
        left = (year - first) * step + (step - width) / 2
        bars.append(
            Bar(
                label=f"{year:04}",
                articles=count,
                x=round(left, 2),
                y=round(HEIGHT - height, 2),
                width=round(width, 2),
                height=round(height, 2),
            )
        )
    return Histogram(bars=tuple(bars), first=f"{first:04}", last=f"{last:04}", most=most)
