"""What the living articles of an archive on a cluster are, all together."""

from __future__ import annotations

from typing import Any, NamedTuple

from pinakes.indexer.segments.columns import ZONES

_MOST_LANGUAGES = 1_000
_SUMS = ("passage_count", *(f"{zone}_words" for zone in ZONES))
TOTALS: dict[str, Any] = {
    "size": 0,
    "track_total_hits": True,
    "aggs": {
        "newest": {"max": {"field": "first_day"}},
        **{name: {"sum": {"field": name}} for name in _SUMS},
        "spoken": {
            "filter": {"range": {"passage_count": {"gt": 0}}},
            "aggs": {"lang": {"terms": {"field": "lang", "size": _MOST_LANGUAGES}}},
        },
    },
}
"""What is asked of a search of all of them."""


class Totals(NamedTuple):
    """What the living articles are, all together.

    Attributes:
        articles: How many there are.
        passages: How many passages those have.
        words: How many words those have in title, headings and body.
        newest_day: On which the latest one was published; 0 if that is known of none.
        articles_by_language: How many of those with passages are in each language.
    """

    articles: int
    passages: int
    words: tuple[int, int, int]
    newest_day: int
    articles_by_language: dict[str, int]

    @property
    def languages(self) -> frozenset[str]:
        """Of articles with passages."""
        return frozenset(self.articles_by_language)


def read_totals(answer: dict[str, Any]) -> Totals:
    """Return what the answer to `TOTALS` says."""
    found = answer["aggregations"]
    passages, title, heading, body = (round(found[name]["value"]) for name in _SUMS)
    return Totals(
        articles=answer["hits"]["total"]["value"],
        passages=passages,
        words=(title, heading, body),
        newest_day=round(found["newest"]["value"] or 0),
        articles_by_language={
            each["key"]: each["doc_count"] for each in found["spoken"]["lang"]["buckets"]
        },
    )
