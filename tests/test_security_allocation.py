"""An archive made by an enemy takes memory in proportion to its size, whatever it says of it."""

from __future__ import annotations

import sqlite3
import struct
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from pinakes.corpus import ArchiveDamagedError
from pinakes.corpus.store import compression
from pinakes.corpus.store.compression import compressor, decompress
from pinakes.indexer import snapshot_of
from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.stems import StemLists
from pinakes.search import Archive
from pinakes.search.evaluation import evaluate
from pinakes.search.options import Scope, SearchOptions
from pinakes.search.query import parse
from tests.crafted_segments import CRAFTED, Sections, craft, many_times, write_honest

MOST_BYTES = 64 << 20
QUERIES = (
    "river",
    "river OR hall",
    '"the river"',
    "river NEAR/5 hall",
    "author:jane river",
    "eveni*",
)


def peak_of(action: Callable[[], object]) -> int:
    """Return how many bytes Python and numpy held at the most meanwhile."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def search_all(path: Path) -> None:
    """Ask all there is to ask of a segment; what is noticed is that it is damaged."""
    with suppress(IndexDamagedError):
        snapshot = snapshot_of(Segment(path))
        for query in QUERIES:
            for scope in Scope:
                root = parse(query).root
                assert root is not None
                # What is made of damaged arrays is told when the whole index is checked.
                with suppress(IndexDamagedError, LookupError, ValueError, OverflowError):
                    evaluate(root, snapshot, SearchOptions(scope=scope))


@pytest.fixture
def segment(tmp_path: Path) -> Path:
    path = tmp_path / "MAIN_a.seg"
    write_honest(path)
    return path


@pytest.mark.parametrize("change", CRAFTED, ids=lambda change: change.__name__)
def test_a_segment_that_speaks_of_much_takes_little(
    segment: Path, change: Callable[[Sections], None]
) -> None:
    craft(segment, change)
    assert peak_of(lambda: search_all(segment)) < MOST_BYTES


def test_the_check_notices_what_a_segment_made_believe(
    segment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    craft(segment, many_times)
    monkeypatch.setattr(
        StemLists,
        "_many_counts",
        lambda lists, first, last: lists._many[first:last].astype("i8"),
    )
    assert peak_of(lambda: search_all(segment)) > MOST_BYTES


def make_bomb(plain_bytes: int) -> bytes:
    """Return a frame of Zstandard that inflates to zeros, 128 kB for each four bytes of it."""
    block = 1 << 17
    count = plain_bytes // block
    # Blocks of one byte repeated (RFC 8878, 3.1.1.2), after a head without a size.
    blocks = [
        struct.pack("<I", (block << 3) | (1 << 1) | (number == count - 1))[:3] + b"\0"
        for number in range(count)
    ]
    return b"\x28\xb5\x2f\xfd\x00\x38" + b"".join(blocks)


def put_content(root: Path, frame: bytes) -> None:
    with sqlite3.connect(root / ".pinakes" / "store.sqlite") as store:
        store.execute("UPDATE contents SET packed = ?, dictionary = 0", (frame,))
    store.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "river.txt").write_text("The delegates spoke of the river.\n")
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path)
    return tmp_path


def search(root: Path) -> None:
    with suppress(ArchiveDamagedError), Archive.open(root) as archive:
        archive.search("river")


def test_a_text_that_inflates_without_end_is_damage_and_takes_little(root: Path) -> None:
    put_content(root, make_bomb(2 << 30))
    assert peak_of(lambda: search(root)) < MOST_BYTES
    with Archive.open(root) as archive:
        found = archive.search("river")
        assert not found.is_whole
        assert "damaged" in found.diagnostics[-1].message
        for hit in found.hits:
            assert archive.article(hit.article.id).text


def test_the_check_notices_a_text_that_inflates(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compression, "_FREE_BYTES", 1 << 40)
    put_content(root, make_bomb(256 << 20))
    assert peak_of(lambda: search(root)) > MOST_BYTES


@pytest.mark.parametrize("window", [0xA8, 0x78, 0xA0])
def test_a_frame_that_asks_to_look_back_far_is_refused(window: int) -> None:
    frame = bytearray(make_bomb(1 << 17))
    frame[5] = window
    with pytest.raises(ValueError, match=r"."):
        decompress(bytes(frame), None)


@pytest.mark.parametrize("plain", [b"a" * 9_000_000, b"the river " * 3_000_000, b"", b"short"])
def test_a_text_that_repeats_itself_without_end_is_kept_all_the_same(plain: bytes) -> None:
    frame = compressor(None)(plain)
    assert decompress(frame, None) == plain
    assert len(plain) <= max(compression._FREE_BYTES, compression._MOST_TIMES * len(frame))


def test_what_follows_a_frame_is_padding_or_damage() -> None:
    frame = compressor(None)(b"a" * 9_000_000)
    for wrong in (
        frame[:-1],
        frame + b"\0",
        frame.replace(b"\x50\x2a\x4d\x18", b"\x60\x2a\x4d\x18"),
    ):
        with pytest.raises(ValueError, match="does not end where it should"):
            decompress(wrong, None)
