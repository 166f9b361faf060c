"""In an enemy's archive, what is no file is not waited for, and no link is written or kept through.

Of links to what is read when an archive is opened, see `test_security_opening`.
"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from pinakes.corpus import ArchiveDamagedError
from pinakes.search import Archive
from pinakes.search.added_files import file_name
from pinakes.search.cli.app import pinakes
from pinakes.search.cli.exit_status import ExitStatus

PIPES = (
    "config.toml", "synonyms.txt", "lock", "lock.json", "purge.json", "index", "index/*.toc",
    "rules", "rules/mine.toml", "rules/tables/names.csv",
)  # fmt: skip
OUTSIDE = b"What stands outside of the archive."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive, with a file outside of it."""
    root = tmp_path / "archive"
    root.mkdir()
    (tmp_path / "secret.txt").write_bytes(OUTSIDE)
    (root / "river.txt").write_text("The delegates met in the old hall, and spoke of the river.\n")
    with Archive.create(root) as archive:
        archive.index(root)
    return root


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("name", PIPES)
def test_a_pipe_among_the_files_of_an_archive_is_refused_and_not_waited_for(
    root: Path, name: str
) -> None:
    state = root / ".pinakes"
    (place,) = state.glob(name) if "*" in name else [state / name]
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(root.parent / "moved")
    os.mkfifo(place)
    with pytest.raises(ArchiveDamagedError, match="is neither a file nor a folder"):
        Archive.open(root)


def test_rules_with_gazetteers_in_folders_of_their_own_are_opened(root: Path) -> None:
    tables = root / ".pinakes" / "rules" / "tables"
    tables.mkdir(parents=True)
    (tables / "names.csv").write_text("Hall,old hall\n")
    (tables.parent / "mine.toml").write_text('gazetteer = "tables/names.csv"\n')
    with Archive.open(root) as archive:
        assert archive.tags.problems() == {}


@pytest.mark.parametrize("command", [["search", "river"], ["status"], ["doctor"], ["index", "."]])
def test_every_command_refuses_a_link_among_the_rules(root: Path, command: list[str]) -> None:
    rules = root / ".pinakes" / "rules"
    rules.mkdir()
    (rules / "mine.toml").symlink_to(root.parent / "secret.txt")
    done = CliRunner().invoke(pinakes, [*command, "--archive", str(root)])
    assert done.exit_code == ExitStatus.ARCHIVE
    assert "mine.toml: is a symbolic link" in done.stderr.replace("\n", " ")


@pytest.mark.parametrize("name", [".#mine.toml", "tables/.#names.csv"])
def test_what_an_editor_leaves_beside_a_rule_that_is_open_is_passed_over(
    root: Path, name: str
) -> None:
    tables = root / ".pinakes" / "rules" / "tables"
    tables.mkdir(parents=True)
    (tables.parent / "mine.toml").write_text('value = "x"\nwords = ["river"]\n')
    (tables.parent / name).symlink_to("joe@host.123:456")
    with Archive.open(root) as archive:
        assert archive.tags.problems() == {}
        assert archive.search("river").hits
        archive.upkeep.backup(root.parent / "good.zip")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_hidden_pipe_among_the_rules_is_not_waited_for(root: Path) -> None:
    rules = root / ".pinakes" / "rules"
    rules.mkdir()
    (rules / "mine.toml").write_text('gazetteer = ".names.csv"\n')
    os.mkfifo(rules / ".names.csv")
    os.mkfifo(rules / ".other.toml")
    with Archive.open(root) as archive:
        assert list(archive.tags.problems()) == ["mine"]


@pytest.mark.parametrize("name", ["added", str(Path(file_name("7")).parent)])
def test_records_are_not_added_nor_deleted_through_a_link(root: Path, name: str) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).symlink_to(outside, target_is_directory=True)
    with Archive.open(root) as archive:
        with pytest.raises(ArchiveDamagedError, match="is a symbolic link"):
            archive.add([{"id": "7", "text": "A bridge over the river."}])
        with pytest.raises(ArchiveDamagedError, match="is a symbolic link"):
            archive.added.remove(["7"])
    assert not [*outside.iterdir()]


def test_a_backup_holds_nothing_that_a_link_among_the_rules_leads_to(root: Path) -> None:
    rules = root / ".pinakes" / "rules"
    rules.mkdir()
    (rules / "mine.toml").write_text('words = ["mine"]\n')
    with Archive.open(root) as archive:
        archive.upkeep.backup(root.parent / "good.zip")
        (rules / "names.csv").symlink_to(root.parent / "secret.txt")
        with pytest.raises(ArchiveDamagedError, match="is a link out of the folder of rules"):
            archive.upkeep.backup(root.parent / "bad.zip")
    with zipfile.ZipFile(root.parent / "good.zip") as made:
        assert "rules/mine.toml" in made.namelist()
    assert not (root.parent / "bad.zip").exists()
