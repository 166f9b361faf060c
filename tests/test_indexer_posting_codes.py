"""A list answers about any passages, whichever way it looks them up."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from pinakes.indexer import PostingCodes

CODES = st.dictionaries(st.integers(0, 999), st.integers(1, 255), max_size=300)
ASKED = st.sets(st.integers(0, 999), max_size=300)


def listed(codes: dict[int, int]) -> PostingCodes:
    passages = np.array(sorted(codes), np.uint32)
    values = np.array([codes[passage] for passage in sorted(codes)], np.uint8)
    return PostingCodes(passages, lambda: values, 1000)


@given(codes=CODES, asked=st.lists(ASKED, min_size=1, max_size=3))
def test_each_passage_has_its_code_and_others_have_none(
    codes: dict[int, int], asked: list[set[int]]
) -> None:
    found = listed(codes)
    for passages in map(sorted, asked):
        expected = [codes.get(passage, 0) for passage in passages]
        assert found.codes_in(np.array(passages, np.int64)).tolist() == expected


def test_codes_that_two_threads_make_at_once_are_codes() -> None:
    def make() -> npt.NDArray[np.uint8]:
        # What another thread does meanwhile.
        found._codes = made
        return made

    made = np.array([7], np.uint8)
    found = PostingCodes(np.array([3], np.uint32), make, 10)
    assert found.codes.tolist() == [7]
    assert found.codes.tolist() == [7]
