"""Two articles, their archive, and what of an answer tests look at."""

from __future__ import annotations

from pathlib import Path

from pinakes.search import Results

MINE = """Mine collapse in Donvik

Two workers were rescued on Tuesday after part of the mine gave way, the regional ministry said in
a statement that was read out on the radio and in the market square of the old town.

The shaft collapsed shortly before noon. Humanitarian aid reached the families in the evening, and
the school was opened to those who could not go home before the inspectors had been there.
"""
TALKS = """Talks on monitoring

The delegates agreed on mechanisms to monitor the return of the families to their homes, and asked
the commission for a report before the end of the year; nobody objected to the schedule.

Humanitarian groups welcomed the plan. "The right to return is not up for sale," said one of them,
who has waited for nine years in a hostel on the far bank of the river for such an agreement.
"""


def titles(results: Results) -> list[str]:
    return [hit.article.title for hit in results]


def highlighted(results: Results) -> list[str]:
    return [
        hit.article.text[start:end]
        for hit in results
        for passage in hit.passages
        for snippet in passage.snippets
        for start, end in snippet.highlights
    ]


def write_articles(root: Path) -> Path:
    """Make the folder `root` with both articles, and return it."""
    root.mkdir()
    (root / "mine.txt").write_text(MINE, encoding="utf-8")
    (root / "talks.txt").write_text(TALKS, encoding="utf-8")
    return root
