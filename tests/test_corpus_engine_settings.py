"""Which engine answers the queries of an archive stands in its settings, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pinakes.corpus import ArchiveError, ArchiveFolder, EngineSettings, write_engine


@pytest.fixture
def folder(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path)


def test_a_new_archive_answers_from_its_own_folder_and_nothing_has_to_be_read_to_tell(
    folder: ArchiveFolder,
) -> None:
    assert not folder.may_be_elsewhere()
    assert folder.read_engine().is_local


def test_what_is_written_is_read_and_the_other_settings_stay_as_they_are(
    folder: ArchiveFolder,
) -> None:
    default = folder.config_path.read_text("utf-8")
    before = default.replace("[passages]\n", "[passages]\nmin_chars = 7\n")
    folder.config_path.write_text(before, "utf-8")
    asked = EngineSettings(
        kind="opensearch", urls=("https://a:9200", "https://b:9200"), name="news", replicas=2
    )
    write_engine(folder.config_path, asked)
    assert folder.may_be_elsewhere()
    assert folder.read_engine() == asked
    assert folder.read_config().passages.min_chars == 7
    write_engine(folder.config_path, EngineSettings())
    assert folder.config_path.read_text("utf-8").rstrip() == before.rstrip()
    assert not folder.may_be_elsewhere()


def test_to_write_twice_leaves_one_table(folder: ArchiveFolder) -> None:
    for name in ("one", "two"):
        asked = EngineSettings(kind="opensearch", urls=("http://a:1",), name=name)
        write_engine(folder.config_path, asked)
    assert folder.config_path.read_text("utf-8").count("[engine]") == 1
    assert folder.read_engine().name == "two"


def test_an_archive_without_a_name_on_the_cluster_has_one_of_its_own(
    folder: ArchiveFolder,
) -> None:
    write_engine(folder.config_path, EngineSettings(kind="opensearch", urls=("http://a:1",)))
    assert folder.read_engine().name.startswith("pinakes-")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('kind = "solr"', "kind"),
        ('kind = "opensearch"', "urls"),
        ('kind = "opensearch"\nurls = ["ftp://a"]', "urls"),
        ('kind = "opensearch"\nurls = ["http://me:secret@a:9200"]', "urls"),
        ('kind = "opensearch"\nurls = ["http://a"]\nname = "A B"', "name"),
        ('kind = "opensearch"\nurls = ["http://a"]\nshards = 0', "shards"),
        ('kind = "opensearch"\nurls = ["http://a"]\nshards = "3"', "shards"),
        ('colour = "red"', "colour"),
        ("urls = [1]", "urls"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_line(
    folder: ArchiveFolder, lines: str, told: str
) -> None:
    with folder.config_path.open("a", encoding="utf-8") as file:
        file.write(f"\n[engine]\n{lines}\n")
    with pytest.raises(ArchiveError, match=rf"line \d+: \[engine\] {told}") as raised:
        folder.read_engine()
    assert "secret" not in str(raised.value).replace(lines, "")
