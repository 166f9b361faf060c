"""A flipped byte of the index is noticed or harmless, and `doctor` tells of it; some of them.

`python -m tests.flips` flips every one; `python -m tests.store_flips` flips those of the store.
"""

from __future__ import annotations

import random

from pinakes.search import Archive
from tests.flips import flip_each, make_small_archive
from tests.store_flips import flip_store


def test_a_flipped_byte_of_the_index_is_noticed_or_harmless(tmp_path):
    with make_small_archive(tmp_path) as archive:
        flips = list(flip_each(archive, every=101, mask=16))
        assert len(flips) > 50
        assert [flip for flip in flips if flip.outcome == "wrong"] == []
        assert [flip for flip in flips if not flip.is_told] == []
        assert archive.upkeep.check() == ()


def test_what_a_search_notices_of_a_flipped_store_doctor_tells(tmp_path):
    make_small_archive(tmp_path).close()
    with Archive.open(tmp_path, exact=True) as archive:
        flips = list(flip_store(archive, random.Random(7), count=60))  # noqa: S311
        assert [flip for flip in flips if flip.outcome == "refused" and not flip.is_told] == []
        assert sum(flip.is_told for flip in flips) > 40
        assert archive.upkeep.check() == ()
