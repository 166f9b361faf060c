"""A flipped byte of the index is noticed or harmless, and `doctor` tells of it; some of them.

`python -m tests.flips` flips every one.
"""

from __future__ import annotations

from tests.flips import flip_each, make_small_archive


def test_a_flipped_byte_of_the_index_is_noticed_or_harmless(tmp_path):
    with make_small_archive(tmp_path) as archive:
        flips = list(flip_each(archive, every=101, mask=16))
        assert len(flips) > 50
        assert [flip for flip in flips if flip.outcome == "wrong"] == []
        assert [flip for flip in flips if not flip.is_told] == []
        assert archive.upkeep.check() == ()
