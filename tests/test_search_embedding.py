"""An archive inside other applications: records from elsewhere, processes, tasks, notebooks."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import (
    ArchiveFolder,
    ArchiveLockedError,
    Change,
    FileOutcome,
    IngestObserver,
    Status,
    WriterLock,
)
from pinakes.search import Archive
from pinakes.search.added_files import file_name
from pinakes.search.notebook import escaped
from pinakes.search.upkeep import purging
from tests.served_archive import make_harmful, make_samples

MINE = {"id": 17, "title": "Mine shut", "text": "The Halvik mine was shut on Monday."}
VALLEY = {"id": "b/2", "text": "The valley was flooded.", "date": date(2014, 3, 4)}


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive.temporary() as made:
        yield made


def found(archive: Archive, query: str) -> list[str]:
    """Return the application's own ids of what is found, in order."""
    return sorted(hit.article.record for hit in archive.search(query))


def test_records_are_found_by_their_own_ids_and_change_under_the_same_article(
    archive: Archive,
) -> None:
    report = archive.add([MINE, VALLEY])
    assert report.by_change == {Change.NEW: 2}
    (hit,) = archive.search("mine")
    assert (hit.article.record, hit.article.title) == ("17", "Mine shut")
    assert archive.search("valley").hits[0].article.published == "2014-03-04"
    again = archive.add([{**MINE, "text": "The Halvik mine was opened on Friday."}, VALLEY])
    assert (again.by_change, again.by_status[Status.UNCHANGED]) == ({Change.CHANGED: 1}, 1)
    (changed,) = archive.search("friday")
    assert changed.article.id == hit.article.id
    assert found(archive, "monday") == []


def test_the_ledger_and_verify_know_records_as_files(archive: Archive) -> None:
    archive.add([MINE, VALLEY])
    assert archive.status().by_status == {Status.INDEXED: 2}
    assert [row.path for row in archive.ledger()] == sorted(map(file_name, ("17", "b/2")))
    assert [verdict.status for verdict, _ in archive.verify_all()] == ["ok", "ok"]
    assert archive.index(archive.root).by_status == {Status.UNCHANGED: 2}
    path = archive.root / file_name("17")
    (archive.root / "file").touch()
    assert path.stat().st_mode == (archive.root / "file").stat().st_mode
    path.write_text(path.read_text("utf-8").replace("Monday", "Sunday"), "utf-8")
    assert sorted(verdict.status for verdict, _ in archive.verify_all()) == ["file-changed", "ok"]
    assert archive.add([MINE]).by_change == {}
    assert [verdict.status for verdict, _ in archive.verify_all()] == ["ok", "ok"]


def test_what_was_taken_out_by_hand_stays_out_until_its_record_changes(archive: Archive) -> None:
    archive.add([MINE, VALLEY])
    archive.remove(archive.search("mine").hits[0].article.id)
    assert archive.add([MINE, VALLEY]).by_change == {}
    archive.index(archive.root)
    assert found(archive, "*") == ["b/2"]
    archive.add([{**MINE, "title": "Mine opened"}])
    assert found(archive, "*") == ["17", "b/2"]


def test_records_are_removed_one_by_one_or_as_what_is_not_among_all(archive: Archive) -> None:
    (archive.root / "letter.txt").write_text("A letter on a mine.", "utf-8")
    archive.index(archive.root)
    archive.add([MINE, VALLEY, {"id": "c", "text": "Three."}])
    assert archive.added.remove([17, "unknown"]) == 1
    assert found(archive, "*") == ["", "b/2", "c"]
    report = archive.add([VALLEY], is_complete=True)
    assert report.by_change == {Change.REMOVED: 1}
    assert found(archive, "*") == ["", "b/2"]
    archive.add([MINE])
    assert found(archive, "mine") == ["", "17"]
    archive.add([], is_complete=True)
    assert found(archive, "*") == [""]
    assert [path.name for path in (archive.root / "added").rglob("*.json")] == []


def test_a_bad_record_costs_itself_only_and_removes_nothing(archive: Archive) -> None:
    archive.add([VALLEY])
    bad = [{"text": "without id"}, {"id": "x", "text": object()}, {"id": True, "text": "x"}, 7]
    report = archive.add([*bad, MINE, {"id": "e", "text": ""}], is_complete=True)  # type: ignore[list-item]
    assert report.errors == 5
    assert [outcome.path for outcome in report.outcomes][-4:] == [
        f"added#record {number}" for number in (1, 2, 3, 4)
    ]
    assert found(archive, "*") == ["17", "b/2"]


def test_a_record_that_is_nested_too_deeply_costs_itself_only(archive: Archive) -> None:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    report = archive.add([MINE, {"id": 3, "text": "Deep.", "more": nested}, VALLEY])
    assert [outcome.detail for outcome in report.outcomes if outcome.status is Status.ERROR] == [
        "its fields are nested more deeply than can be written"
    ]
    assert found(archive, "*") == ["17", "b/2"]


def test_the_last_of_records_with_the_same_id_counts(archive: Archive) -> None:
    archive.add([MINE, {**MINE, "text": "Otherwise."}])
    assert found(archive, "otherwise") == ["17"]
    assert archive.search("*").articles == 1


def test_what_was_written_and_not_taken_in_is_taken_in_the_next_time(archive: Archive) -> None:
    def breaking_off() -> Iterator[dict[str, object]]:
        yield MINE
        raise ConnectionError("the database is gone")

    with pytest.raises(ConnectionError):
        archive.add(breaking_off())
    assert found(archive, "*") == []
    archive.add([MINE])
    assert found(archive, "*") == ["17"]


def test_a_change_that_was_written_while_another_process_wrote_is_taken_in_the_next_time(
    archive: Archive,
) -> None:
    archive.add([MINE, VALLEY])
    archive.remove(archive.search("valley").hits[0].article.id)
    changed = {**MINE, "text": "The mine was opened on Friday."}
    folder = ArchiveFolder.open(archive.root)
    with WriterLock(folder, wait_s=0), pytest.raises(ArchiveLockedError):
        archive.add([changed, VALLEY], wait_s=0)
    assert found(archive, "friday") == []
    assert archive.add([changed, VALLEY]).by_change == {Change.CHANGED: 1}
    assert (found(archive, "*"), found(archive, "friday")) == (["17"], ["17"])


def test_a_record_that_is_purged_leaves_no_file_and_stays_out_under_any_id(
    archive: Archive,
) -> None:
    secret = {**MINE, "title": "Mine shut", "text": "The Pellwether mine was shut on Monday."}
    archive.add([secret, VALLEY])
    report = archive.upkeep.purge(archive.search("Pellwether").hits[0].article.id)
    assert report.residue
    assert report.residue.is_clean
    assert report.deleted == report.files == (file_name("17"),)
    assert not (archive.root / file_name("17")).exists()
    again = archive.add([secret, {**secret, "id": "other"}, VALLEY], is_complete=True)
    assert again.purged == 2
    assert found(archive, "*") == ["b/2"]
    left = [path for path in archive.root.rglob("*") if path.is_file()]
    assert [path for path in left if b"Pellwether" in path.read_bytes()] == []
    assert archive.added.let_back([17, "unknown"]) == 1
    archive.add([secret])
    assert found(archive, "Pellwether") == ["17"]


def test_a_purge_that_was_stopped_deletes_the_file_of_its_record_when_it_is_finished(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add([MINE, VALLEY])

    def stop(*_given: object) -> None:
        raise KeyboardInterrupt

    mine = archive.search("mine").hits[0].article.id
    with monkeypatch.context() as patched:
        patched.setattr(purging, "erase", stop)
        with pytest.raises(KeyboardInterrupt):
            archive.upkeep.purge(mine)
    assert (archive.root / file_name("17")).exists()
    archive.add([{**VALLEY, "title": "New"}])
    assert not (archive.root / file_name("17")).exists()
    assert found(archive, "*") == ["b/2"]
    # One that was stopped before it took anything out deletes nothing.
    valley = archive.search("valley").hits[0].article.id
    with monkeypatch.context() as patched:
        patched.setattr(purging, "purge_articles", stop)
        with pytest.raises(KeyboardInterrupt):
            archive.upkeep.purge(valley)
    archive.upkeep.repair()
    assert (archive.root / file_name("b/2")).exists()


def test_progress_is_told_as_of_files(archive: Archive) -> None:
    told: list[object] = []
    observer = IngestObserver(on_plan=told.append, on_commit=told.append)
    archive.add([MINE, VALLEY], progress=observer)
    assert told == [2, 1]
    outcomes: list[FileOutcome] = []
    archive.add([{**MINE, "title": "x"}], progress=outcomes.append)
    assert [outcome.path for outcome in outcomes] == [file_name("17")]


@settings(deadline=None, max_examples=15)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=300).filter(str.strip) | st.integers() | st.uuids(),
        st.text(max_size=40),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_any_id_names_one_file_below_added(texts: dict[str | int | UUID, str]) -> None:
    with Archive.temporary() as archive:
        records = [
            {"id": key, "text": f"word {text}", "at": date.min} for key, text in texts.items()
        ]
        archive.add(records)
        for key in texts:
            name = file_name(str(key))
            assert re.fullmatch(r"added/[0-9a-f]{2}/[a-z0-9-]*\.[0-9a-f]{16}\.json", name)
            assert (archive.root / name).is_file()
        assert archive.search("*").articles == len({str(key) for key in texts})
        assert archive.add(records).by_change == {}


def test_a_temporary_archive_goes_when_it_is_closed() -> None:
    with Archive.temporary() as archive:
        root = archive.root
        archive.add([MINE])
        assert found(archive, "mine") == ["17"]
    assert not root.exists()


def answer_in_child(archive: Archive) -> None:
    """Answer in another process; its status says whether it is the right answer."""
    os._exit(0 if archive.search("surveyor").articles == 6 else 3)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_an_archive_opened_before_a_process_begins_answers_in_it(
    method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    # A process that is spawned finds modules where this one does.
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent))
    with make_samples(tmp_path / "archive") as archive:
        assert archive.search("surveyor").articles == 6
        child = multiprocessing.get_context(method).Process(target=answer_in_child, args=(archive,))
        child.start()
        child.join(60)
        assert child.exitcode == 0
        assert archive.search("surveyor").articles == 6


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_forked_process_answers_though_a_thread_held_the_lock_and_sees_what_is_written(
    archive: Archive,
) -> None:
    archive.add([MINE])
    assert found(archive, "*") == ["17"]
    reading, writing = os.pipe()
    with archive._reader._guard, archive._reader._stores._guard:
        child = os.fork()
        if child == 0:
            try:
                os.read(reading, 1)
                os._exit(0 if found(archive, "*") == ["17", "b/2"] else 3)
            finally:
                os._exit(4)
    # Whoever wrote last would remove SQLite's log if it took the store to be nobody else's.
    with Archive.open(archive.root) as writer:
        writer.add([VALLEY])
    os.write(writing, b"x")
    _, status = os.waitpid(child, 0)
    os.close(reading)
    os.close(writing)
    assert os.waitstatus_to_exitcode(status) == 0
    assert found(archive, "*") == ["17", "b/2"]


def test_a_pickled_archive_is_opened_again(archive: Archive) -> None:
    archive.add([MINE])
    with pickle.loads(pickle.dumps(archive)) as other:  # noqa: S301
        assert (other.id, found(other, "mine")) == (archive.id, ["17"])
    assert archive.root.exists()


def test_threads_share_an_archive_while_it_grows(archive: Archive) -> None:
    wrong: list[list[str]] = []

    def ask() -> None:
        for _ in range(30):
            ids = found(archive, "word")
            if ids != [f"{number:02d}" for number in range(len(ids))]:
                wrong.append(ids)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        archive.add([{"id": f"{number:02d}", "text": "A word."}])
    for thread in threads:
        thread.join()
    assert (wrong, len(found(archive, "word"))) == ([], 5)


def test_nothing_is_printed(archive: Archive, capfd: pytest.CaptureFixture[str]) -> None:
    archive.add([MINE, {"text": "no id"}])
    archive.search("mine (")
    assert capfd.readouterr() == ("", "")


def test_notebooks_show_results_and_texts_as_text(tmp_path: Path) -> None:
    with make_harmful(tmp_path / "harm") as archive:
        results = archive.search("harm")
        marked = archive.mark("harm", results.hits[0].article.id)
        for shown in (results._repr_html_(), results.hits[0]._repr_html_(), marked._repr_html_()):
            tags = set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", shown))
            assert tags <= {
                "div", "ol", "li", "p", "b", "a", "span", "code", "br", "bdi", "mark", "article",
                "h3",
            }  # fmt: skip
            assert not re.search(r"<[^>]*\son[a-z]+=", shown)
            assert "javascript:" not in re.findall('href="([^"]*)', shown)
            assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e]", shown)
            assert re.search("<mark>harm</mark>", shown, re.IGNORECASE)
        assert "2 articles" in results._repr_html_()


@given(st.text())
def test_escaped_text_is_text(text: str) -> None:
    assert not re.search("[<>\"'\u202e\x1b]", escaped(text))
    assert json.dumps(escaped(text)).isascii()
