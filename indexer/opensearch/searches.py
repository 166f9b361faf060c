"""What searches of the cluster have in common."""

from __future__ import annotations

from typing import Any

SEARCHED = {"allow_partial_search_results": "false"}
"""With what every search is sent: an answer without some shards is none."""
MOST_HITS = 10_000
"""So many hits the cluster tells at once."""
UNREAD: dict[str, Any] = {"_source": False, "stored_fields": "_none_"}
"""Asked for where no document is needed: to read its id alone, all of it would be unpacked."""
COUNTED: dict[str, Any] = {"size": 0, "track_total_hits": True}
"""Asked for where only the number of articles is needed."""


def read_count(answer: Any) -> int:
    """Return how many articles satisfy what was asked for as `COUNTED`."""
    count: int = answer["hits"]["total"]["value"]
    return count
