"""A word in the name of another file of the ledger is that file's, and nothing that is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pinakes.search import Archive
from pinakes.search.cli.app import pinakes


def write(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"The council met on day {number}; it heard a letter.", "utf-8")


@pytest.fixture
def root(tmp_path):
    Archive.create(tmp_path).close()
    return tmp_path


def indexed(root: Path, *names: str) -> Archive:
    write(root / "s", "other.txt", *names)
    archive = Archive.open(root)
    archive.index(root / "s")
    return archive


def test_a_page_beside_its_picture_is_purged_without_a_trace(root):
    with indexed(root, "zibble.txt", "zibble.jpg"):
        pass
    result = CliRunner().invoke(
        pinakes, ["--archive", str(root), "purge", "--yes", str(root / "s" / "zibble.txt")]
    )
    assert result.exit_code == 0
    assert "in names of other files that the ledger has: zibble (s/zibble.jpg)" in result.stderr


def test_a_part_of_the_name_of_another_file_is_nothing_that_is_left(root):
    with indexed(root, "zibbling.txt", "zibblingworks.jpg") as archive:
        report = archive.upkeep.purge(str(root / "s" / "zibbling.txt"))
    assert (report.residue.is_clean, report.residue.named) == (True, ())


def test_the_folder_that_was_saved_with_a_page_goes_with_it(root):
    with indexed(root, "quarxpage.html", "quarxpage_files/a.js") as archive:
        report = archive.upkeep.purge(str(root / "s" / "quarxpage.html"))
        assert (report.residue.is_clean, report.residue.named) == (True, ())
        assert [row.path for row in archive.ledger()] == ["s/other.txt"]
        assert archive.upkeep.residue(["quarxpage"]).is_clean


def test_the_name_of_a_file_that_was_removed_is_its_own_and_told_by_doctor(root):
    names = ("quarxleak-one.txt", "quarxleak-two.txt")
    with indexed(root, *names) as archive:
        archive.remove(str(root / "s" / names[0]))
        report = archive.upkeep.purge(str(root / "s" / names[1]))
        assert report.residue.is_clean
        assert report.residue.named == (("quarxleak", "s/quarxleak-one.txt"),)
        left = archive.upkeep.residue(["quarxleak"])
        assert {each.word for each in left.leftovers} == {"quarxleak"}
        assert archive.upkeep.purge(str(root / "s" / names[0])).residue.is_clean
        assert archive.upkeep.residue(["quarxleak"]).is_clean


def test_what_is_left_beside_such_a_name_is_told(root):
    with indexed(root, "zibble-wherry.txt", "zibble.jpg") as archive:
        (root / ".pinakes" / "notes.txt").write_text("a wherry and a zibble", "utf-8")
        report = archive.upkeep.purge(str(root / "s" / "zibble-wherry.txt"))
    assert {each.word for each in report.residue.leftovers} == {"wherry"}
    assert not report.is_proved
