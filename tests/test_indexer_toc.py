"""The table of contents: what it says is held against bounds, and against the segments."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pinakes.indexer import IndexDamagedError, Snapshot, verify
from pinakes.indexer.toc import latest_toc, toc_path
from pinakes.search import Archive

QUERIES = ("mines", "mine OR quarry", "covid-*", "*")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three articles in one segment, of which a fourth is deleted."""
    root = tmp_path_factory.mktemp("original")
    for number in range(4):
        text = f"A mine number {number}, covid 19. The covid case of the quarry.\n\nOn covid"
        (root / f"{number}.txt").write_text(text)
    with Archive.create(root) as archive:
        archive.index(root)
        archive.remove(str(root / "3.txt"))
    return root


@pytest.fixture
def archive(original: Path, tmp_path: Path) -> Iterator[Archive]:
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    with Archive.open(tmp_path, exact=True) as archive:
        yield archive


def index_of(archive: Archive) -> Path:
    return archive.root / ".pinakes" / "index"


def lie(folder: Path, of_segment: dict[str, Any], of_all: dict[str, Any]) -> Path:
    """Write other facts into the table of contents, with the checksum that they should have."""
    path = toc_path(folder, latest_toc(folder))
    head, _, body = path.read_bytes().partition(b"\n")
    content = json.loads(body)
    content["segments"][0].update(of_segment)
    body = json.dumps(content | of_all, separators=(",", ":")).encode() + b"\n"
    head = json.dumps(json.loads(head) | {"crc32": zlib.crc32(body)}).encode()
    path.write_bytes(head + b"\n" + body)
    return path


def answers(archive: Archive) -> list[object]:
    return [
        [(hit.article.id, hit.score) for hit in archive.search(query).hits] for query in QUERIES
    ]


OUT_OF_BOUNDS = [
    {"live_words": [-1, 0, 5]},
    {"live_words": [0, 0, 1 << 63]},
    {"live_words": [0, 0, 10**400]},
    {"live_words": [0, 0, 5.5]},
    {"live_words": [0, 0, True]},
    {"live_words": [0, 0]},
    {"live_words": {"1": 1, "2": 2, "3": 3}},
    {"live_passages": -1},
    {"live_passages": "6"},
    {"live_passages": 1 << 20},
    {"live_articles": 5},
    {"live_articles": True},
    {"articles": float("inf")},
    {"passages": float("nan")},
    {"passages": -8},
    {"deletions": ""},
    {"deletions": None},
    {"deletions": "../MAIN_1.1.del"},
    {"name": 5},
    {"name": "../MAIN_1"},
    {"languages": "en"},
    {"languages": [5]},
    {"languages": {"en": 1}},
]


@pytest.mark.parametrize("told", OUT_OF_BOUNDS, ids=str)
def test_numbers_of_a_segment_that_cannot_be_are_damage(
    archive: Archive, told: dict[str, Any]
) -> None:
    lie(index_of(archive), told, {})
    with pytest.raises(IndexDamagedError):
        Snapshot.open(index_of(archive))


@pytest.mark.parametrize(
    "told",
    [
        {"generation": 10**30},
        {"generation": -1},
        {"generation": 2.0},
        {"generation": float("inf")},
        {"generation": None},
        {"number": -1},
        {"number": "2"},
        {"token": 5},
        {"analysis": None},
        {"segments": {"a": {}}},
    ],
    ids=str,
)
def test_numbers_of_the_whole_that_cannot_be_are_damage(
    archive: Archive, told: dict[str, Any]
) -> None:
    lie(index_of(archive), {}, told)
    with pytest.raises(IndexDamagedError):
        Snapshot.open(index_of(archive))


@pytest.mark.parametrize(
    "told",
    [
        {"languages": ["ru"]},
        {"languages": []},
        {"languages": ["en", "ru"]},
        {"languages": ["en", "../\x1b"]},
        {"live_words": [0, 0, 1]},
        {"live_words": [1, 0, 30]},
        {"live_words": [0, 0, (1 << 63) - 1]},
        {"live_passages": 1},
        {"live_passages": 0},
    ],
    ids=str,
)
def test_doctor_holds_what_is_said_of_a_segment_against_it(
    archive: Archive, told: dict[str, Any]
) -> None:
    before = answers(archive)
    assert archive.upkeep.check() == ()
    path = lie(index_of(archive), told, {})
    with Archive.open(archive.root) as again:
        for query in QUERIES:
            again.search(query)
        (fault,) = again.upkeep.check()
        assert fault.part == f"index/{path.name}"
        assert fault.is_of_index
        with pytest.raises(IndexDamagedError, match="MAIN_"):
            verify(index_of(archive))
        again.upkeep.repair()
        assert again.upkeep.check() == ()
        assert answers(again) == before


@pytest.mark.parametrize("generation", [0, 1, 3, (1 << 63) - 1])
def test_doctor_tells_of_another_generation(archive: Archive, generation: int) -> None:
    lie(index_of(archive), {}, {"generation": generation})
    with Archive.open(archive.root) as again:
        assert [fault.part for fault in again.upkeep.check()] == ["index"]
        again.search("mines")
