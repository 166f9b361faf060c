"""An archive that follows its folders."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pinakes.corpus import ArchiveError, ArchiveFolder, IngestReport, PinakesError, WriterLock
from pinakes.search import Archive, IndexOptions, Update, WatchOptions, watch
from pinakes.search.watching import WatchingMissingError

_PATIENCE_S = 30


class Watching:
    """A thread that watches, and what it has told."""

    def __init__(self, archive: Archive, *folders: Path, **options: bool) -> None:
        self.updates: list[Update] = []
        self._stop = threading.Event()
        asked = WatchOptions(index=IndexOptions(**options), quiet_s=0.1)
        updates = watch(archive, folders, options=asked, stop=self._stop)
        self._thread = threading.Thread(target=lambda: self.updates.extend(self._kept(updates)))
        self._thread.start()

    def _kept(self, updates: Iterator[Update]) -> Iterator[Update]:
        for update in updates:
            self.updates.append(update)
        return iter(())

    @property
    def reports(self) -> list[IngestReport]:
        return [update.report for update in self.updates if update.report]

    def close(self) -> None:
        self._stop.set()
        self._thread.join(timeout=_PATIENCE_S)
        assert not self._thread.is_alive()


@pytest.fixture
def root(tmp_path) -> Path:
    root = tmp_path / "archive"
    (root / "in").mkdir(parents=True)
    (root / "in/a.txt").write_text("The mine collapsed at night.")
    return root


@pytest.fixture
def archive(root) -> Iterator[Archive]:
    with Archive.create(root) as archive:
        yield archive


def wait_for(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not claim():
        assert time.monotonic() < deadline, "it has not come true"
        time.sleep(0.05)


def finds(archive: Archive, word: str) -> bool:
    return bool(archive.search(word).hits)


def test_what_changes_is_found_and_what_is_deleted_is_not(archive, root):
    watching = Watching(archive, root)
    try:
        wait_for(lambda: finds(archive, "mine"))
        (root / "in/b.txt").write_text("A bridge was closed.")
        (root / "new/deep").mkdir(parents=True)
        (root / "new/deep/c.txt").write_text("A tower leans.")
        wait_for(lambda: finds(archive, "bridge") and finds(archive, "tower"))
        (root / "in/b.txt").write_text("A bridge was opened again by the minister.")
        wait_for(lambda: finds(archive, "minister"))
        (root / "in/b.txt").rename(root / "new/b.txt")
        wait_for(lambda: archive.search("minister").hits[0].article.paths == ("new/b.txt",))
        (root / "new/b.txt").unlink()
        wait_for(lambda: not finds(archive, "minister"))
        (root / ".pinakesignore").write_text("deep/\n")
        wait_for(lambda: not finds(archive, "tower"))
        told = len(watching.updates)
        (root / ".hidden").write_text("Nobody sees it.")
        time.sleep(0.7)
        # Nor does the archive see what it writes itself.
        assert len(watching.updates) == told
    finally:
        watching.close()


def test_a_folder_that_becomes_empty_or_goes_is_told_and_nothing_is_forgotten(archive, root):
    watching = Watching(archive, root / "in")
    try:
        wait_for(lambda: finds(archive, "mine"))
        (root / "in/a.txt").unlink()
        wait_for(lambda: any(report.errors for report in watching.reports))
        assert finds(archive, "mine")
        (root / "in").rmdir()
        time.sleep(0.7)
        assert finds(archive, "mine")
    finally:
        watching.close()


def test_an_archive_that_is_being_written_is_waited_for(archive, root, monkeypatch):
    really_index = Archive.index

    def index(archive: Archive, paths: object, **options: object) -> IngestReport:
        return really_index(archive, paths, **options, wait_s=0.1)

    monkeypatch.setattr(Archive, "index", index)
    with WriterLock(ArchiveFolder(root)):
        watching = Watching(archive, root)
        wait_for(lambda: bool(watching.updates))
    try:
        wait_for(lambda: finds(archive, "mine"))
        assert isinstance(watching.updates[0].error, ArchiveError)
    finally:
        watching.close()


def test_without_the_package_it_says_which_one_is_needed(archive, root, monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(WatchingMissingError, match=r"pip install 'pinakes\[watch\]'") as caught:
        next(watch(archive, [root]))
    assert isinstance(caught.value, PinakesError)


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_takes_in_what_comes_and_ends_well_when_stopped(root, number):
    command = [sys.executable, "-m", "pinakes.search.cli", "watch", "in", "--quiet-for", "0.1"]
    with subprocess.Popen(
        command, cwd=root, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUTF8": "1"}
    ) as process:
        assert process.stderr
        said = [process.stderr.readline().decode() for _ in range(2)]
        assert said[0].startswith("Made a new archive in ")
        assert said[1].startswith("1 article indexed")
        (root / "in/b.txt").write_text("A bridge was closed.")
        assert process.stderr.readline().decode().startswith("1 article indexed")
        process.send_signal(number)
        assert process.stderr.read().decode() == "Stopped.\n"
        assert process.wait(timeout=_PATIENCE_S) == 0
