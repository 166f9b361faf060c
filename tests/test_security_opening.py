"""An archive made by an enemy: to open and to search it runs no code, and reads nothing outside."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pinakes.corpus import ArchiveDamagedError, ArchiveFolder, PinakesError, WriterLock
from pinakes.corpus.folder import ArchiveFolder as Folder
from pinakes.corpus.store import tables
from pinakes.search import Archive

QUERIES = (
    "river",
    '"old hall" OR bound*',
    "/r.v+er/ NEAR/5 hall~",
    "path:../secret.txt",
    "saved:loop",
    "saved:twice0",
)
OUTSIDE = "What stands outside of the archive."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive, with a file outside of it that its store says an article is from."""
    root = tmp_path / "archive"
    root.mkdir()
    (tmp_path / "secret.txt").write_text(OUTSIDE)
    (root / "river.txt").write_text("The delegates met in the old hall, and spoke of the river.\n")
    with Archive.create(root) as archive:
        archive.index(root)
    return root


class Marking:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, str]]:
        return open, (str(self._path), "w")


def prepare_traps(root: Path) -> Path:
    """Put what would run, or be read, wherever something may look; return what would be left."""
    mark = root.parent / "mark"
    code = f"open({str(mark)!r}, 'w').close()"
    for name in ("conftest.py", "sitecustomize.py", "pinakes.py", "whoosh.py", "numpy.py"):
        (root / name).write_text(code)
        (root / ".pinakes" / name).write_text(code)
    for name in ("_MAIN_1.pickle", "_MAIN_9.seg", "MAIN_a.trm", "_MAIN_0.toc.pickle"):
        (root / ".pinakes" / "index" / name).write_bytes(pickle.dumps(Marking(mark)))
    (root / ".pinakes" / "config.toml").write_text(
        f'[records]\ntext = ["{root.parent}/secret.txt"]'
    )
    with sqlite3.connect(root / ".pinakes" / "store.sqlite") as store:
        for path in ("../secret.txt", str(root.parent / "secret.txt")):
            store.execute("INSERT INTO article_paths VALUES (1, ?, ?)", (len(path), path))
        # One that asks for itself, and thirty of which each asks twice for the next.
        saved = {"loop": "river OR saved:loop", "twice30": "river"}
        saved |= {f"twice{n}": f"saved:twice{n + 1} OR saved:twice{n + 1}" for n in range(30)}
        for name, query in saved.items():
            store.execute("INSERT INTO saved_searches VALUES (?, ?, 1, '', NULL)", (name, query))
    store.close()
    return mark


def watch(root: Path, weakness: str = "") -> list[list[str]]:
    """Return what happens while the archive is searched in a process of its own."""
    harmless = root.parent / "harmless"
    shutil.copytree(root, harmless, dirs_exist_ok=True)
    prepare_traps(root)
    done = subprocess.run(
        [sys.executable, "-m", "tests.audited", str(harmless), str(root), *QUERIES],
        capture_output=True,
        check=False,
        env={**os.environ, "WEAKNESS": weakness, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def reaches_out(events: list[list[str]], root: Path) -> bool:
    def is_inside(named: str) -> bool:
        path = named.removeprefix("file://").partition("?")[0]
        return Path(path).is_relative_to(root)

    return not all(is_inside(named) for _event, named in events)


def test_searching_an_enemys_archive_runs_nothing_and_reads_nothing_outside(root: Path) -> None:
    events = watch(root)
    assert not [event for event in events if event[0].startswith(("exec", "compile", "pickle"))]
    assert not reaches_out(events, root)
    assert any(named.endswith(".seg") for _event, named in events)
    assert not (root.parent / "mark").exists()


@pytest.mark.parametrize(
    ("weakness", "event"), [("unpickle", "pickle.find_class"), ("execute", "exec")]
)
def test_the_check_notices_code_that_runs(root: Path, weakness: str, event: str) -> None:
    assert event in [event for event, _named in watch(root, weakness)]
    assert (root.parent / "mark").exists()


def test_the_check_notices_a_file_outside_that_is_read(root: Path) -> None:
    assert reaches_out(watch(root, "read outside"), root)


LINKED = (
    ".", "store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "store.sqlite.new", "index",
    "config.toml", "lock", "lock.json", "purge.json", "index/*.toc", "index/*.seg", "rules",
    "rules/mine.toml", "rules/tables/names.csv", "rules/tables",
)  # fmt: skip


def link(root: Path, name: str) -> Path:
    """Put a link to something outside in the place of a part of an archive; return what it is."""
    state = root / ".pinakes"
    (place,) = state.glob(name) if "*" in name else [state / name]
    outside = root.parent / "outside"
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(outside)
    else:
        outside.write_bytes(OUTSIDE.encode())
    place.symlink_to(outside, target_is_directory=outside.is_dir())
    return outside


def contents(place: Path) -> dict[str, bytes]:
    files = [place, *place.rglob("*")]
    return {str(path): path.read_bytes() for path in files if path.is_file()}


@pytest.mark.parametrize("name", LINKED)
def test_a_link_out_of_an_archive_is_refused_and_left_alone(root: Path, name: str) -> None:
    outside = link(root, name)
    before = contents(outside)
    with pytest.raises(ArchiveDamagedError, match="is a symbolic link"):
        Archive.open(root)
    with pytest.raises(ArchiveDamagedError, match="is a symbolic link"):
        ArchiveFolder.find(root)
    assert contents(outside) == before


def test_the_check_notices_a_link_that_is_followed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Folder, "refuse_odd_files", lambda _folder, *_places: None)
    link(root, "store.sqlite")
    with Archive.open(root) as archive:
        assert archive.search("river").hits


def test_a_lock_that_is_a_link_is_not_followed_even_where_nothing_was_checked(root: Path) -> None:
    outside = link(root, "lock")
    before = contents(outside)
    with pytest.raises(PinakesError), WriterLock(ArchiveFolder(root), wait_s=0):
        pytest.fail("the lock was taken")
    assert contents(outside) == before


TRIGGER = "CREATE TRIGGER {} AFTER INSERT ON saved_searches BEGIN DELETE FROM articles; END"


def plant(root: Path, type_: str, name: str, sql: str) -> None:
    """Write something into the schema of a store that SQLite itself would refuse to make."""
    store = sqlite3.connect(root / ".pinakes" / "store.sqlite", isolation_level=None)
    store.execute("PRAGMA writable_schema = ON")
    store.execute(
        "INSERT INTO sqlite_schema VALUES (?, ?, 'saved_searches', 0, ?)", (type_, name, sql)
    )
    store.close()


@pytest.mark.parametrize(
    "name", ["guard", "sqlite_guard", "sqlite_autoindex_files_9", "sqlite_stat1"]
)
@pytest.mark.parametrize(
    ("type_", "sql"), [("trigger", TRIGGER), ("view", "CREATE VIEW {} AS SELECT * FROM articles")]
)
def test_a_store_has_no_trigger_and_no_view_by_whatever_name(
    root: Path, type_: str, sql: str, name: str
) -> None:
    plant(root, type_, name, sql.format(name))
    with pytest.raises(PinakesError, match="damaged"), Archive.open(root) as archive:
        archive.saved.save("x", "river")


def test_the_check_notices_a_trigger(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As if only names that SQLite lets anyone give were looked at.
    monkeypatch.setattr(
        "pinakes.corpus.store.schema.read_tables", lambda _connection: set(tables.TABLES)
    )
    plant(root, "trigger", "sqlite_guard", TRIGGER.format("sqlite_guard"))
    with Archive.open(root) as archive:
        archive.saved.save("x", "river")
    with sqlite3.connect(root / ".pinakes" / "store.sqlite") as store:
        assert store.execute("SELECT count(*) FROM articles").fetchone() == (0,)
    store.close()


HOSTILE_SETTINGS = (
    "[index]\nmemory_mb = 99999999999999999999999999",
    "[reading]\nprocesses = 1000000",
    "[reading]\ntimeout_s = inf",
    "[passages]\nmax_chars = 99999999999999999999999999",
    "[containers]\nmax_ratio = 99999999999999999999",
    "[records]\ntext = " + "[" * 5000,
    "a = " + "{b=" * 5000,
    "[" + "a." * 20_000 + "b]",
    "\x1b[2J = 1",
    "x = 1" * 5,
)


@pytest.mark.parametrize("written", HOSTILE_SETTINGS)
def test_settings_of_an_enemy_are_refused_or_harmless(root: Path, written: str) -> None:
    (root / ".pinakes" / "config.toml").write_text(written)
    with Archive.open(root) as archive:
        assert archive.search("river").hits
    (root / "more.txt").write_text("Another river.\n")
    with refused_for_settings(), Archive.open(root) as archive:
        archive.index(root)


@contextmanager
def refused_for_settings() -> Iterator[None]:
    """Let a run be refused, if that is because of config.toml."""
    try:
        yield
    except PinakesError as error:
        if "config.toml" not in str(error):
            raise
