"""`export --bundle` as a command: what it writes and prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pinakes.search import Archive
from pinakes.search.cli.app import pinakes

DONE, NOTHING, USAGE, ARCHIVE, SOME_FAILED = range(5)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an archive of two notes."""
    monkeypatch.delenv("PINAKES_ARCHIVE", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("fire.txt").write_text("Fire in the mine\n\nThe mine burned.", encoding="utf-8")
    Path("flood.txt").write_text("Flood\n\nWater stood in the mine.", encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(pinakes, args)


def test_a_bundle_is_written_and_checks_itself() -> None:
    done = run("export", "mine", "--bundle", "out.zip")
    assert done.exit_code == DONE
    first, second = done.stdout.splitlines()
    assert first.startswith("2 hits in 2 articles, ")
    assert first.endswith(", 2 raw files")
    digest = second.removeprefix("SHA-256 of manifest.json: ")
    with zipfile.ZipFile("out.zip") as packed:
        packed.extractall("out")
    command = [sys.executable, "-I", "out/verify.py", "--manifest-sha256", digest]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert run("verify", "--source", "fire.txt", "out/citations.json").exit_code == NOTHING
    assert run("verify", "out/citations.json").exit_code == DONE
    assert run("verify", "out/citations.jsonld").exit_code == DONE


def test_json_tells_what_was_written() -> None:
    done = run("export", "mine", "--bundle", "out.zip", "--json", "-n", "1", "--by", "passage")
    told = json.loads(done.stdout)
    assert (told["path"], told["hits"], told["articles"], told["files"]) == ("out.zip", 1, 1, 1)
    assert len(told["manifest_sha256"]) == 64
    told = json.loads(run("export", "nowhereword", "--bundle", "no.zip", "--json").stdout)
    assert told["path"] is None


def test_what_was_left_out_is_told_with_status_4() -> None:
    Path("flood.txt").unlink()
    done = run("export", "mine", "--bundle", "out.zip")
    assert done.exit_code == SOME_FAILED
    assert "Left out: flood.txt (gone, or cannot be read)" in done.stderr


def test_nothing_found_writes_nothing() -> None:
    done = run("export", "nowhereword", "--bundle", "out.zip")
    assert done.exit_code == NOTHING
    assert "nothing written" in done.stderr
    assert not Path("out.zip").exists()


def test_what_is_wrong_is_an_error() -> None:
    assert run("export", "mine").exit_code == USAGE
    assert run("export", "--bundle", "out.zip").exit_code == USAGE
    done = run("export", "mine )(", "--strict", "--bundle", "out.zip")
    assert done.exit_code == USAGE
    assert "parenthesis" in done.stderr
    done = run("export", "mine", "--bundle", "nowhere/out.zip")
    assert done.exit_code == ARCHIVE
    assert "nowhere/out.zip: cannot be written" in done.stderr
