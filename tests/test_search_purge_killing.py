"""A purge that is killed leaves a whole archive, as it was or without the article; a few rounds.

`python -m tests.purge_killing` runs as many as asked for.
"""

from __future__ import annotations

from tests.purge_killing import kill_rounds


def test_a_purge_that_is_killed_leaves_a_whole_archive(tmp_path):
    ends = kill_rounds(tmp_path, rounds=6, seed=1, longest_s=0.5)
    assert sum(ends.values()) == 6
