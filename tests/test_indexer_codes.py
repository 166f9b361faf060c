"""Codes of postings say how often and in how long a passage, by the classes of one segment."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pinakes.indexer.segments.codes import (
    classes_of,
    codes_of,
    counts_of,
    length_classes,
    length_floor,
    reclass,
)

LENGTHS = st.lists(st.integers(0, 400), max_size=60).map(lambda found: np.array(found, np.uint32))


@given(lengths=LENGTHS, others=LENGTHS, luck=st.randoms())
def test_codes_of_other_classes_never_say_that_a_passage_is_longer(
    lengths: np.ndarray, others: np.ndarray, luck: random.Random
) -> None:
    floor, wanted = length_floor(lengths), length_floor(others)
    counts = np.array([luck.randint(1, 40) for _ in lengths], np.int64)
    codes = codes_of(counts, length_classes(lengths, floor))
    found = reclass(codes, floor, wanted)
    assert (counts_of(found) == counts_of(codes)).all()
    assert (wanted[classes_of(found)] <= lengths).all()
    assert (found != 0).all()
    assert (classes_of(found) > 0).all()


@given(lengths=LENGTHS)
def test_codes_of_the_same_classes_stay_as_they_are(lengths: np.ndarray) -> None:
    floor = length_floor(lengths)
    codes = codes_of(np.ones(len(lengths), np.int64), length_classes(lengths, floor))
    assert (reclass(codes, floor, floor.copy()) == codes).all()
