"""What a serving process, and an archive that is held, keep of memory."""

from __future__ import annotations

import pickle
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pinakes.indexer import Snapshot
from pinakes.search import Archive, OptionsError
from pinakes.search.as_json import results_object
from pinakes.search.cli import archives
from pinakes.search.cli.app import pinakes
from pinakes.search.evaluation.first_hits.snapshot_lists import lists_of
from pinakes.search.serving import server

_ALLOCATING = """
import ctypes, sys, threading
from pinakes.corpus import share_one_heap
if sys.argv[1] == "shared":
    share_one_heap()
malloc = ctypes.CDLL(None)
malloc.malloc.restype = ctypes.c_void_p
together = threading.Barrier(6)
def allocate():
    together.wait()
    malloc.malloc(1000)
threads = [threading.Thread(target=allocate) for _ in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()
malloc.malloc_stats()
"""
_is_gnu = platform.libc_ver()[0] == "glibc"


@pytest.mark.skipif(not _is_gnu, reason="heaps of threads are of the GNU C library")
@pytest.mark.parametrize(("how", "is_one"), [("shared", True), ("as usual", False)])
def test_threads_of_a_server_share_one_heap(how: str, is_one: bool) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _ALLOCATING, how], capture_output=True, text=True, check=True
    )
    assert (run.stderr.count("Arena ") == 1) is is_one, run.stderr


class StoppedError(Exception):
    pass


def _stop(_address: str) -> None:
    raise StoppedError


def test_a_server_shares_one_heap_before_it_takes_requests(
    two_articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(server, "share_one_heap", lambda: asked.append("shared"))
    with Archive.open(two_articles) as archive, pytest.raises(StoppedError):
        server.serve(archive, server.ServeOptions(port=0), on_ready=_stop)
    assert asked == ["shared"]


@pytest.mark.parametrize("command", [["serve"], ["mcp", "--http", "127.0.0.1:0"]])
def test_commands_that_serve_hold_as_much_for_lists_as_they_are_told(
    two_articles: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    opened: list[object] = []

    def open_archive(_settings: object, **asked: object) -> Archive:
        opened.append(asked["lists_mb"])
        raise OptionsError("opened")

    monkeypatch.setattr(archives, "open_archive", open_archive)
    monkeypatch.chdir(two_articles)
    for more in ([], ["--memory", "7"]):
        assert CliRunner().invoke(pinakes, [*command, *more]).exit_code == 2
    assert opened == [192.0, 7.0]


@pytest.fixture
def two_articles(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("The salt mine\n\nOf salt and of a mine by the lake.\n")
    (tmp_path / "b.txt").write_text("A lake\n\nSalt, and no mine but a lake of salt.\n")
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path)
    return tmp_path


def _kept_words(archive: Archive) -> int:
    def count(snapshot: Snapshot, _store: object) -> int:
        clauses = lists_of(snapshot)._lists._values
        return len(clauses) + sum(len(s.unpacked._stems._values) for s in snapshot.segments)

    return archive._reader.ask(count)


def test_without_memory_for_lists_none_are_kept_and_answers_are_the_same(
    two_articles: Path,
) -> None:
    queries = ["salt", "salt lake", '"salt mine" OR lake', "lake NEAR/3 salt"]
    with Archive.open(two_articles) as usual, Archive.open(two_articles, lists_mb=0) as spare:
        for query in queries:
            told, again = (results_object(each.search(query)) for each in (usual, spare))
            told.pop("took_ms"), again.pop("took_ms")
            assert told == again
        assert _kept_words(usual) > 0
        assert _kept_words(spare) == 0


@pytest.mark.parametrize("lists_mb", [-1.0, float("inf"), float("nan")])
def test_memory_for_lists_that_is_no_amount_is_refused_at_once(
    two_articles: Path, lists_mb: float
) -> None:
    with pytest.raises(OptionsError, match="lists_mb"):
        Archive.open(two_articles, lists_mb=lists_mb)


def test_an_archive_opened_in_another_process_keeps_as_much(two_articles: Path) -> None:
    with Archive.open(two_articles, lists_mb=1.5) as archive:
        archive.search("salt")
        with pickle.loads(pickle.dumps(archive)) as other:  # noqa: S301 - made on the line itself
            other.search("salt")
            assert other._reader.ask(lambda snapshot, _store: snapshot.lists_mb) == 1.5
