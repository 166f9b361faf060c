"""Which of copies stands for all, worked out from what a cluster tells of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pinakes.search.cluster.copies import choose_standing

ARTICLES = st.lists(
    st.tuples(st.integers(1, 40), st.integers(1, 6), st.sampled_from([0, 5, 9])),
    max_size=30,
    unique_by=lambda row: row[0],
)
"""Keys, clusters, and the first days on which they may have been published; 0 is unknown."""


@given(ARTICLES, ARTICLES)
def test_the_earliest_of_each_cluster_stands_and_the_others_are_hidden(
    articles: list[tuple[int, int, int]], again: list[tuple[int, int, int]]
) -> None:
    # Some are told twice, as they are found in both ways.
    twice = [row for row in articles if row[0] in {key for key, *_ in again}]
    hidden = choose_standing(np.array([*articles, *twice], np.int64).reshape(-1, 3))
    clusters: dict[int, list[tuple[int, int]]] = {}
    for key, cluster, day in articles:
        clusters.setdefault(cluster, []).append((day or 10_000, key))
    several = {min(rows)[1]: len(rows) for rows in clusters.values() if len(rows) > 1}
    behind = sorted(key for rows in clusters.values() for _, key in sorted(rows)[1:])
    if hidden is None:
        assert not several
    else:
        assert hidden.counts == several
        assert list(hidden.keys) == behind
