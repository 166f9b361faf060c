"""What an ingest makes of clocks that jump, files that change under its hands, and odd names."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pinakes.corpus import Status
from pinakes.corpus.ingestion import source
from tests.desk import Desk

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="names and paths of Linux")


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


@pytest.mark.parametrize("days", [-4000, 4000])
def test_a_change_under_a_clock_that_was_wrong_is_seen(desk, days):
    path = desk.write("a.txt", "One")
    desk.ingest()
    desk.write("a.txt", "Two")
    wrong_ns = time.time_ns() + days * 86_400 * 10**9
    os.utime(path, ns=(wrong_ns, wrong_ns))
    desk.ingest()
    assert desk.article("a.txt").text == "Two"


def test_a_file_from_the_future_is_read_again_until_its_time_has_come(desk):
    path = desk.write("a.txt", "One")
    future_ns = time.time_ns() + 3600 * 10**9
    os.utime(path, ns=(future_ns, future_ns))
    desk.ingest()
    # What changes now may get the very time that it has already.
    desk.write("a.txt", "Two")
    os.utime(path, ns=(future_ns, future_ns))
    desk.ingest()
    assert desk.article("a.txt").text == "Two"


@pytest.mark.parametrize("change", ["same size", "shorter", "longer", "gone"])
def test_a_file_that_changes_while_it_is_read_is_read_again_the_next_time(
    desk, monkeypatch, change
):
    path = desk.write("a.txt", "The first text of it.")
    desk.write("b.txt", "Another one.")
    long_ago_ns = time.time_ns() - 3600 * 10**9
    os.utime(path, ns=(long_ago_ns, long_ago_ns))
    later = {
        "same size": "The later text of it.",
        "shorter": "Short.",
        "longer": "The text of it, much later.",
    }
    really_take = source._take

    def take(file, held):
        found = really_take(file, held)
        patch.setattr(source, "_take", really_take)
        if change == "gone":
            path.unlink()
        else:
            path.write_text(later[change])
        return found

    with monkeypatch.context() as patch:
        patch.setattr(source, "_take", take)
        desk.ingest()
    assert desk.article("b.txt").text == "Another one."
    desk.ingest()
    expected = {"Another one.", *([later[change]] if change in later else [])}
    assert set(desk.texts.values()) == expected


def test_a_file_that_vanishes_before_it_is_read_takes_nothing_with_it(desk, monkeypatch):
    desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    really_read = source.read_source

    def read(path, **limits):
        if path.name == "a.txt":
            path.unlink(missing_ok=True)
        return really_read(path, **limits)

    with monkeypatch.context() as patch:
        patch.setattr("pinakes.corpus.ingestion.direct_reader.read_source", read)
        desk.ingest()
    assert desk.row("a.txt").status is Status.ERROR
    assert desk.article("b.txt").text == "Two"
    desk.ingest()
    assert set(desk.statuses) == {"b.txt"}


@linux_only
def test_a_path_of_4000_bytes_is_taken_in(desk):
    name = Path(*["n" * 199] * 18)
    rest = 4000 - len(os.fsencode(desk.root / name)) - 6
    path = desk.root / name / ("m" * (rest // 2)) / ("m" * (rest - rest // 2)) / "a.txt"
    assert len(os.fsencode(path)) in range(3995, 4005)
    path.parent.mkdir(parents=True)
    path.write_text("Deep down")
    report = desk.ingest()
    assert report.errors == 0
    (article,) = desk.articles
    assert article.text == "Deep down"
    assert desk.ingest().by_status == {Status.UNCHANGED: 1}
    path.unlink()
    desk.ingest(prune=True)
    assert desk.articles == []


@linux_only
def test_a_folder_too_deep_to_be_named_is_an_error_of_its_own(desk):
    desk.write("a.txt", "One")
    here = os.getcwd()  # noqa: PTH109
    os.chdir(desk.root)
    try:
        for _ in range(30):
            os.mkdir("d" * 200)  # noqa: PTH102
            os.chdir("d" * 200)
        Path("b.txt").write_text("Too deep")
    finally:
        os.chdir(here)
    report = desk.ingest()
    assert report.errors == 1
    assert list(desk.texts.values()) == ["One"]
    assert desk.ingest().errors == 1


def test_a_rename_in_case_only_keeps_the_article(desk):
    desk.write("reports/mine.txt", "One")
    desk.ingest()
    before = desk.articles[0].id
    # In two steps, as file systems want it that take both names for one.
    for old, new in (("reports/mine.txt", "reports/Mine.TXT"), ("reports", "Reports")):
        (desk.root / old).rename(desk.root / f"{old}-")
        (desk.root / f"{old}-").rename(desk.root / new)
        report = desk.ingest()
        assert report.renamed == 1
    (article,) = desk.articles
    assert (article.id, article.paths) == (before, ("Reports/Mine.TXT",))
    assert set(desk.statuses) == {"Reports/Mine.TXT"}
