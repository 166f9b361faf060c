"""What a run says of files that a `.pinakesignore` leaves out, in the archive before or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pinakes.corpus import Status
from pinakes.corpus.ingestion.report import Change
from tests.desk import Desk
from tests.wide_articles import run


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    for name in ("a.txt", "b.txt", "old/c.txt", "old/d.txt"):
        desk.write(name, f"The text of {name}, which no other has.")
    return desk


def _told(desk: Desk, *names: str) -> dict[str, tuple[str, str]]:
    """By file, the status and the change that a run tells of, unless it is plainly indexed."""
    report = desk.ingest(*names)
    return {one.path: (str(one.status), str(one.change or "")) for one in report.outcomes}


def test_what_is_newly_ignored_is_not_called_removed(desk: Desk) -> None:
    desk.ingest()
    desk.write(".pinakesignore", "old/\nb.txt\n")
    report = desk.ingest()
    assert {one.path: (one.status, one.change, one.detail) for one in report.outcomes} == {
        "b.txt": (Status.IGNORED, Change.IGNORED, ".pinakesignore"),
        "old/": (Status.IGNORED, Change.NEW, ".pinakesignore"),
        "old/c.txt": (Status.IGNORED, Change.IGNORED, ".pinakesignore"),
        "old/d.txt": (Status.IGNORED, Change.IGNORED, ".pinakesignore"),
    }
    assert (report.newly_ignored, report.removed, report.files) == (3, 0, 1)
    assert desk.texts.keys() == {("a.txt",)}
    assert desk.ingest().newly_ignored == 0


def test_what_is_gone_from_a_folder_that_is_ignored_is_removed(desk: Desk) -> None:
    desk.ingest()
    desk.write(".pinakesignore", "old/\n")
    (desk.root / "old" / "c.txt").unlink()
    told = _told(desk)
    assert told["old/c.txt"] == ("removed", "removed")
    assert told["old/d.txt"] == ("ignored", "ignored")


def test_a_named_file_that_its_folder_would_leave_out_goes_in_and_is_told(desk: Desk) -> None:
    desk.write(".pinakesignore", "old/\nb.txt\n!old/d.txt\n")
    desk.ingest()
    report = desk.ingest("b.txt", "old/d.txt", "a.txt", "b.txt")
    assert report.named_ignored == ("b.txt", "old/d.txt")
    assert desk.statuses["b.txt"] == "indexed"
    assert desk.ingest("a.txt").named_ignored == ()
    assert _told(desk)["b.txt"] == ("ignored", "ignored")
    desk.write("old/.pinakesignore", "c.txt\n")
    desk.write(".pinakesignore", "b.txt\n!b.txt\n")
    assert desk.ingest("b.txt", "old/c.txt", "old/d.txt").named_ignored == ("old/c.txt",)


def test_the_command_says_how_each_file_differs_and_lists_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt", "c.txt"):
        Path(name).write_text(f"The text of {name}, which no other has.", encoding="utf-8")
    run("index", ".")
    Path("a.txt").write_text("Another text of the first.", encoding="utf-8")
    Path("c.txt").rename("d.txt")
    Path(".pinakesignore").write_text("b.txt\n", encoding="utf-8")
    lines = [
        "changed indexed: a.txt",
        "ignored: b.txt (.pinakesignore)",
        "renamed indexed: d.txt (was c.txt)",
    ]
    rehearsed = run("-v", "index", ".", "--dry-run")
    assert rehearsed.stdout.splitlines() == lines
    assert "a.txt" not in rehearsed.stderr
    done = run("-v", "index", ".").stderr.splitlines()
    assert done[:-1] == lines
    assert done[-1].endswith("; 1 changed, 1 renamed, 1 ignored (1 newly)")
    assert "named, and ignored when its folder is indexed (.pinakesignore): b.txt" in (
        run("index", "b.txt").stderr
    )
