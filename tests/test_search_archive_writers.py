"""`Archive` while others write, wait for each other, or are killed."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pinakes.corpus import (
    ArchiveLockedError,
    PinakesError,
)
from pinakes.indexer.intake import Intake
from pinakes.search import Archive
from tests.two_articles import MINE, TALKS, highlighted, write_articles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles")


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.create(folder) as opened:
        opened.index([folder])
        yield opened


def run_python(code: str, *args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


KILLED_BETWEEN_COMMITS = """
    import os, signal, sys
    from pinakes.indexer import PassageIndex
    from pinakes.search import Archive

    done = PassageIndex.update

    def update(self, store, **options):
        if store.state().generation > self.snapshot().generation:
            os.kill(os.getpid(), signal.SIGKILL)
        return done(self, store, **options)

    PassageIndex.update = update
    with Archive.open(sys.argv[1]) as archive:
        archive.index([sys.argv[1]])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_killed_between_the_two_commits_an_archive_answers_and_catches_up(
    archive: Archive, folder: Path
) -> None:
    (folder / "mine.txt").write_text(MINE.replace("shaft", "gallery"), encoding="utf-8")
    (folder / "third.txt").write_text(TALKS.replace("Talks", "More talks"), encoding="utf-8")
    killed = run_python(KILLED_BETWEEN_COMMITS, folder)
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    with Archive.open(folder) as opened:
        status = opened.status()
        assert status.store_generation > status.archive.generation
        old = opened.search("shaft OR families")
        assert len(old) == 2
        assert "shaft" in highlighted(old)
        assert opened.search("gallery").articles == 0
        opened.index([folder])
        assert opened.status().store_generation == opened.status().archive.generation
        assert highlighted(opened.search("gallery")) == ["gallery"]
        assert opened.search("families").articles == 3


HOLDS_THE_LOCK = """
    import sys, time
    from pathlib import Path
    from pinakes.corpus import ArchiveFolder, WriterLock

    with WriterLock(ArchiveFolder.open(Path(sys.argv[1]))):
        print("held", flush=True)
        time.sleep(float(sys.argv[2]))
"""


def hold_lock(folder: Path, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(HOLDS_THE_LOCK), str(folder), str(seconds)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_second_writer_says_who_holds_the_lock(archive: Archive, folder: Path) -> None:
    holder = hold_lock(folder, 60)
    try:
        with pytest.raises(ArchiveLockedError, match=str(holder.pid)):
            archive.index([folder], wait_s=0.1)
        assert archive.search("shaft").articles == 1
    finally:
        holder.kill()
        holder.communicate()
    archive.index([folder], wait_s=5)


def test_a_second_writer_waits_for_the_first(archive: Archive, folder: Path) -> None:
    holder = hold_lock(folder, 0.5)
    (folder / "third.txt").write_text(TALKS.replace("Talks", "More talks"), encoding="utf-8")
    assert archive.index([folder], wait_s=60).articles == 1
    assert holder.communicate()[0] == ""
    assert holder.returncode == 0


WRITES_ON_AND_ON = """
    import sys
    from pathlib import Path
    from pinakes.search import Archive

    root, rounds = Path(sys.argv[1]), int(sys.argv[2])
    with Archive.open(root) as archive:
        for round in range(1, rounds + 1):
            for number in range(5):
                text = f"Bulletin {number}\\n\\nThe clerk read out bulletin edition e{round}x today"
                (root / f"b{number}.txt").write_text(text, encoding="utf-8")
            archive.index([root])
"""


def test_many_threads_see_one_generation_each_while_another_process_writes(
    archive: Archive, folder: Path
) -> None:
    wrong: list[str] = []
    editions: set[str] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                found = archive.search("bulletin edition clerk")
            except PinakesError as error:
                wrong.append(repr(error))
                return
            seen = {
                word for hit in found for word in hit.article.text.split() if word.endswith("x")
            }
            editions.update(seen)
            if len(seen) > 1 or found.articles not in (0, 5) or len(found) != found.articles:
                wrong.append(f"{found.archive.generation}: {seen} {found.articles}")

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    try:
        written = run_python(WRITES_ON_AND_ON, folder, 8)
    finally:
        time.sleep(0.05)
        stop.set()
        for thread in threads:
            thread.join()
    assert written.returncode == 0, written.stderr
    assert wrong == []
    assert len(editions) > 3
    assert archive.search("e8x").articles == 5


SEARCHES = """
    import logging, sys
    from pinakes.search import Archive

    logging.basicConfig(format="%(message)s")
    with Archive.open(sys.argv[1], exact=True) as archive:
        assert archive.search("shaft").articles == 1
"""


def test_of_many_processes_that_find_no_index_one_makes_it(archive: Archive, folder: Path) -> None:
    shutil.rmtree(folder / ".pinakes" / "index")
    command = [sys.executable, "-c", textwrap.dedent(SEARCHES), str(folder)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(5)]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0] * 5, said
    assert "".join(said).count("making the index again") == 1


def test_of_many_threads_that_find_no_index_one_makes_it(
    archive: Archive, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(folder / ".pinakes" / "index")
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: archive.search("shaft").articles, range(12)))
    assert found == [1] * 12
    assert caplog.text.count("making the index again") == 1


def test_an_index_newer_than_a_restored_store_is_made_again(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    restore = back_up(folder, tmp_path)
    (folder / "zebra.txt").write_text("Zebra\n\nThe zebra walks by the mine.\n", encoding="utf-8")
    archive.index([folder])
    restore()
    with Archive.open(folder) as again:
        assert again.search("mine").articles == 1
        assert again.search("zebra").articles == 0


def test_an_index_of_the_same_generation_of_another_history_is_made_again(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    restore = back_up(folder, tmp_path)
    index = folder / ".pinakes" / "index"
    (folder / "zebra.txt").write_text("Zebra\n\nThe zebra walks by the mine.\n", encoding="utf-8")
    archive.index([folder])
    shutil.copytree(index, tmp_path / "index")
    restore()
    (folder / "zebra.txt").unlink()
    (folder / "camel.txt").write_text("Camel\n\nThe camel walks beside.\n", encoding="utf-8")
    with Archive.open(folder) as again:
        again.index([folder])
    for heal in (lambda opened: opened.search("x"), lambda opened: opened.index([folder])):
        shutil.rmtree(index)
        shutil.copytree(tmp_path / "index", index)
        with Archive.open(folder) as opened:
            heal(opened)
            assert opened.search("zebra").articles == 0
            assert opened.search("camel").articles == 1


def back_up(folder: Path, tmp_path: Path) -> Callable[[], None]:
    """Copy the store; what is returned puts it back."""
    store = folder / ".pinakes" / "store.sqlite"
    shutil.copy(store, tmp_path / "backup.sqlite")

    def restore() -> None:
        for suffix in ("-wal", "-shm"):
            store.with_name(store.name + suffix).unlink(missing_ok=True)
        store.unlink()
        shutil.copy(tmp_path / "backup.sqlite", store)

    return restore


def test_what_is_set_for_memory_reaches_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    class Noting(Intake):
        def __init__(self, folder: Path, *, memory_bytes: int) -> None:
            told.append(memory_bytes)
            super().__init__(folder, memory_bytes=memory_bytes)

    monkeypatch.setattr("pinakes.indexer.index.Intake", Noting)
    (tmp_path / "a.txt").write_text("The mine at Halvik collapsed.")
    with Archive.create(tmp_path) as archive:
        (tmp_path / ".pinakes" / "config.toml").write_text("[index]\nmemory_mb = 300\n")
        archive.index([tmp_path])
        assert archive.search("mine").articles == 1
    assert told == [300 << 20]


def test_what_is_indexed_is_not_read_back_from_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("read back")

    monkeypatch.setattr("pinakes.corpus.store.articles._unpack_columns", refuse)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"The mine {name} collapsed.")
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path])
        assert archive.search("mine").articles == 3
