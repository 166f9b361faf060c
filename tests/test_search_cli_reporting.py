"""`search --report` and `replay` as commands: what they write and print, and how they end."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pinakes.search import Archive
from pinakes.search.cli.app import pinakes

DONE, DIFFERENT, USAGE = range(3)
OUTPUT = 74


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an archive of two notes."""
    monkeypatch.delenv("PINAKES_ARCHIVE", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("fire.txt").write_text("Fire \x1b[31min the mine\n\nThe mine burned.", encoding="utf-8")
    Path("flood.txt").write_text("Flood\n\nWater stood in the mine.", encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(pinakes, args)


def test_a_report_is_written_beside_the_answer_and_replays_as_the_same() -> None:
    plain = run("search", "mine", "-n", "1", "-f", "ids")
    done = run("search", "mine", "-n", "1", "-f", "ids", "--report", "r.json")
    assert (done.exit_code, done.stdout) == (DONE, plain.stdout)
    assert "Wrote the report of 2 hits to r.json" in done.stderr
    written = json.loads(Path("r.json").read_text(encoding="utf-8"))
    assert [hit["rank"] for hit in written["hits"]] == [1, 2]
    done = run("replay", "r.json")
    assert done.exit_code == DONE
    assert done.stdout == "same: all 2 hits, to the last score; 2 articles, 3 passages\n"
    assert json.loads(run("replay", "r.json", "--json").stdout)["is_same"] is True


def test_the_manifest_can_be_worked_out_from_what_search_prints() -> None:
    run("search", "mine", "--report", "r.json")
    lines = []
    for line in run("search", "*", "-n", "1000", "-f", "jsonl").stdout.splitlines():
        hit = json.loads(line)
        text_sha256 = hit["passages"][0]["citation"]["text_sha256"]
        lines.append(f"{hit['article']['id']} {text_sha256} {hit['article']['sha256']}\n")
    written = json.loads(Path("r.json").read_text(encoding="utf-8"))
    expected = hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()
    assert written["archive"]["manifest_sha256"] == expected
    assert sorted(" ".join(entry) + "\n" for entry in written["manifest"]) == sorted(lines)


def test_what_changed_is_told_with_its_reasons_and_status_1(folder: Path) -> None:
    assert run("search", "mine", "--report", "r.json", "-q").exit_code == DONE
    Path("flood.txt").unlink()
    Path("strike.txt").write_text("Strike\n\nNobody went into the mine.", encoding="utf-8")
    with Archive.open(folder) as archive:
        archive.index(folder)
    done = run("replay", "r.json")
    assert done.exit_code == DIFFERENT
    lines = done.stdout.splitlines()
    assert any(line.startswith("gained") and line.endswith("Strike") for line in lines)
    assert any(line.startswith("lost") and line.endswith("Flood") for line in lines)
    assert "            the article was added" in lines
    assert "            the article was removed" in lines
    assert "Note: in the archive since then: 1 article added, 1 article removed" in lines
    assert lines[-2] == "different: 1 gained, 1 lost; 1 the same"
    assert "\x1b" not in done.stdout
    found = json.loads(run("replay", "r.json", "--json").stdout)
    assert found["is_same"] is False
    outcomes = {each["outcome"]: each for each in found["differences"]}
    assert outcomes["gained"]["reasons"] == ["the article was added"]
    assert outcomes["gained"]["rank"]["then"] is None
    assert outcomes["lost"]["reasons"] == ["the article was removed"]
    assert len(found["articles"]["added"]) == len(found["articles"]["removed"]) == 1


def test_nothing_found_is_reported_too() -> None:
    assert run("search", "nowhereword", "--report", "r.json").exit_code == DIFFERENT
    assert run("replay", "r.json").exit_code == DONE


def test_a_name_that_ends_in_md_is_written_as_markdown_which_is_not_replayed() -> None:
    assert run("search", "mine", "--report", "r.MD").exit_code == DONE
    assert Path("r.MD").read_text(encoding="utf-8").startswith("# Search report\n")
    done = run("replay", "r.MD")
    assert done.exit_code == USAGE
    assert "give what `pinakes search --report` wrote" in done.stderr


def test_what_cannot_be_read_or_written_is_an_error(folder: Path) -> None:
    done = run("search", "mine", "--report", "nowhere/r.json")
    assert done.exit_code == OUTPUT
    assert "nowhere/r.json: cannot be written (No such file" in done.stderr
    assert run("search", "mine)(", "--strict", "--report", "no.json").exit_code == USAGE
    assert not Path("no.json").exists()
    Path("bytes.json").write_bytes(b"\xff\xfe")
    for name, told in (("none.json", "No such file"), ("bytes.json", "not UTF-8")):
        done = run("replay", name)
        assert done.exit_code == USAGE
        assert f"{name}: cannot be read ({told}" in done.stderr


def test_a_saved_search_can_be_reported() -> None:
    run("save", "mines", "mine")
    assert run("saved", "run", "mines", "--report", "r.json").exit_code == DONE
    assert run("replay", "r.json").exit_code == DONE


def test_a_report_replaces_one_that_is_there_and_never_half(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("kept.json").write_text("kept", encoding="utf-8")
    Path("link.json").symlink_to("kept.json")
    assert run("search", "mine", "--report", "link.json").exit_code == DONE
    assert Path("link.json").is_symlink()
    written = Path("kept.json").read_text(encoding="utf-8")
    assert written.startswith('{"schema_version": 1')

    def fail(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    done = run("search", "flood", "--report", "kept.json")
    assert done.exit_code == OUTPUT
    assert "kept.json: cannot be written (No space left on device); free some" in done.stderr
    assert Path("kept.json").read_text(encoding="utf-8") == written
    assert list(Path().glob(".pinakes-*")) == []


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no such device here")
def test_what_is_no_regular_file_is_written_to_and_stays() -> None:
    assert run("search", "mine", "--report", "/dev/null").exit_code == DONE
    assert Path("/dev/null").is_char_device()
