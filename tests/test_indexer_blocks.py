"""Parts of long arrays are compared with their checksums before they are used, and no others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.indexer import IndexDamagedError
from pinakes.indexer.segments import array_writer
from pinakes.indexer.segments.array_writer import ArrayWriter
from pinakes.indexer.segments.arrays import ArrayFile
from pinakes.indexer.segments.blocks import BLOCK_BYTES, Guard
from tests.flips import divided, flip_each, make_small_archive

_VALUES = 40_000


def make_file(path, dtype="u4"):
    with ArrayWriter(path, passages=0, articles=0) as writer:
        for piece in np.array_split(np.arange(_VALUES, dtype=dtype), 7):
            writer.append("long", piece)
        writer.append("short", np.arange(50, dtype="u1"))
        writer.finish()
    return ArrayFile(path)


@pytest.mark.parametrize("dtype", ["u2", "u4", "i8"])
def test_each_part_is_compared_when_it_is_first_read(tmp_path, dtype):
    file = make_file(tmp_path / "MAIN_1.seg", dtype)
    begin, end = file.span("long")
    itemsize = np.dtype(dtype).itemsize
    content = bytearray(file.path.read_bytes())
    content[begin + 2 * BLOCK_BYTES + 5] ^= 4
    file.path.write_bytes(content)
    broken = ArrayFile(file.path)
    guard = broken.guard("long")
    per_block = BLOCK_BYTES // itemsize
    guard(0, 2 * per_block)
    guard(3 * per_block, (end - begin) // itemsize)
    guard(0, 0)
    for first, last in ((2 * per_block, 2 * per_block + 1), (0, 3 * per_block)):
        with pytest.raises(IndexDamagedError, match="section long, a part"):
            guard(first, last)


@given(st.integers(1, 8), st.data())
def test_every_block_of_a_range_is_compared_and_no_other(blocks, data):
    seen: list[int] = []
    guard = Guard(lambda block: seen.append(-1 if block is None else block), blocks, 4)
    per_block = BLOCK_BYTES // 4
    for _ in range(3):
        before = set(seen)
        first = data.draw(st.integers(0, blocks * per_block - 1))
        last = data.draw(st.integers(first + 1, blocks * per_block))
        guard(first, last)
        wanted = set(range(first // per_block, (last - 1) // per_block + 1))
        assert set(seen) == before | wanted
    assert len(seen) == len(set(seen))


def test_without_checksums_of_parts_the_whole_is_compared(tmp_path, monkeypatch):
    monkeypatch.setattr(array_writer, "UNDIVIDED_BYTES", 1 << 30)
    file = make_file(tmp_path / "MAIN_1.seg")
    assert "long.blocks" not in file
    content = bytearray(file.path.read_bytes())
    content[file.span("long")[1] - 1] ^= 1
    file.path.write_bytes(content)
    guard = ArrayFile(file.path).guard("long")
    with pytest.raises(IndexDamagedError, match="section long"):
        guard(0, 1)


def test_a_flipped_byte_of_a_long_array_is_noticed_or_harmless(tmp_path):
    with divided(), make_small_archive(tmp_path) as archive:
        flips = list(flip_each(archive, every=149, mask=2))
    assert [flip for flip in flips if flip.outcome == "wrong" or not flip.is_told] == []
