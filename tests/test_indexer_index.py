"""The index follows the store: catching up, deletions, merges, crashes and damage."""

from __future__ import annotations

import errno
import os
import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import LockError

from pinakes.corpus import (
    ArchiveError,
    ArchiveFormatError,
    ArchiveLockedError,
    Article,
    ArticleColumns,
    Kind,
    Passage,
)
from pinakes.indexer import (
    IndexDamagedError,
    IndexFormatError,
    IndexMissingError,
    IndexUnreadableError,
    PassageIndex,
    Snapshot,
    build_segment,
    index_writer,
    snapshot_of,
)
from pinakes.indexer import index as index_module
from pinakes.indexer.toc import Toc, latest_toc, read_toc, toc_path, write_toc
from pinakes.indexer.verification import verify

WORDS = ("mine", "mines", "collapse", "Ёлка", "日本", "the")


def make_article(key: int, texts: list[str], language: str = "en") -> Article:
    """An article whose first passage is its title."""
    passages = tuple(
        Passage(
            number=number,
            kind=Kind.PARAGRAPH if number else Kind.TITLE,
            section=(),
            start=0,
            end=len(text),
            text=text,
        )
        for number, text in enumerate(texts)
    )
    return Article(
        id=f"{key:08x}",
        key=key,
        title="",
        text="",
        authors=(),
        source="example.org",
        url="",
        published="2014",
        language=language,
        paths=(f"a/{key}.html",),
        record="",
        sha256="",
        text_sha256="",
        metadata=(),
        passages=passages,
    )


class Versions:
    """The store's side of the generation protocol, in memory."""

    def __init__(self) -> None:
        self.history = "first"
        self.generation = self.pruned = 0
        self.rows: list[tuple[Article, int]] = []
        self.died: dict[int, int] = {}

    def change(self, added: list[tuple[list[str], str]], removed: list[int] = ()) -> None:
        """Make a generation: articles added, and living ones removed by their place."""
        living = [article.key for article in self.living(self.generation)]
        self.generation += 1
        for place in removed:
            if living:
                self.died[living[place % len(living)]] = self.generation
        for texts, language in added:
            key = len(self.rows) + 1
            self.rows.append((make_article(key, texts, language), self.generation))

    def state(self) -> Any:
        return SimpleNamespace(generation=self.generation, pruned=self.pruned)

    def token_of(self, generation: int) -> str | None:
        is_known = self.pruned <= generation <= self.generation
        return f"{self.history} {generation}" if is_known else None

    def snapshot(self) -> Any:
        return nullcontext()

    def _lives(self, article: Article, generation: int) -> bool:
        return self.died.get(article.key, generation + 1) > generation

    def living(self, generation: int) -> Iterator[Article]:
        return (a for a, born in self.rows if born <= generation and self._lives(a, generation))

    def born_between(self, since: int, until: int) -> Iterator[Article]:
        return (a for a, born in self.rows if since < born <= until and self._lives(a, until))

    def columns_between(self, since: int, until: int) -> Iterator[ArticleColumns]:
        return map(ArticleColumns.of, self.born_between(since, until))

    def died_between(self, since: int, until: int) -> list[int]:
        born = {article.key: generation for article, generation in self.rows}
        return [k for k, died in self.died.items() if born[k] <= since < died <= until]


def living_contents(snapshot: Snapshot) -> dict[tuple[str, str], list[Any]]:
    """(field, term) -> every living passage that holds it, by key and number, with positions."""
    found: dict[tuple[str, str], list[Any]] = {}
    for segment in snapshot.segments:
        for field in segment.field_names:
            for term in segment.terms(field):
                postings = segment.postings(field, term)
                places = segment.positions(term) if field == "word" else None
                assert postings is not None
                for i, passage in enumerate(postings.passages.tolist()):
                    article = int(segment.passage_article[passage])
                    if segment.live is not None and not segment.live[article]:
                        continue
                    number = passage - int(segment.article_first[article])
                    words = (
                        places.words[places.starts[i] : places.starts[i + 1]].tolist()
                        if places
                        else None
                    )
                    item = (int(segment.article_key[article]), number, int(postings.counts[i]))
                    found.setdefault((field, term), []).append((*item, words))
    return found


def facts(snapshot: Snapshot) -> Any:
    return (
        snapshot.live_articles,
        snapshot.live_passages,
        snapshot.live_words,
        snapshot.languages,
    )


TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), max_size=3)
CHANGES = st.tuples(
    st.lists(st.tuples(TEXTS, st.sampled_from(["en", "ru", "und"])), max_size=3),
    st.lists(st.integers(0, 50), max_size=3),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(CHANGES, st.booleans()), max_size=25))
def test_many_commits_with_deletions_and_merges_equal_one_bulk_build(
    history: list[tuple[Any, bool]],
) -> None:
    store: Any = Versions()
    with TemporaryDirectory() as name:
        index = PassageIndex.create(Path(name) / "index")
        for (added, removed), catches_up in history:
            store.change(added, removed)
            if catches_up:
                assert index.update(store) == store.generation
        index.update(store)
        bulk = build_segment(store.living(store.generation), Path(name) / "MAIN_bulk.seg")
        with index.snapshot() as snapshot:
            assert snapshot.generation == store.generation
            assert living_contents(snapshot) == living_contents(snapshot_of(bulk))
            assert facts(snapshot) == facts(snapshot_of(bulk))
        verify(index.path)


@pytest.fixture
def store() -> Any:
    versions = Versions()
    versions.change([(["Mine collapse", "the mine collapsed"], "en"), (["Ёлка"], "ru")])
    return versions


@pytest.fixture
def index(tmp_path: Path, store: Any) -> PassageIndex:
    index = PassageIndex.create(tmp_path / "index")
    index.update(store)
    return index


def test_no_index_is_missing(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissingError):
            Snapshot.open(path)
        with pytest.raises(IndexMissingError):
            PassageIndex.open(path)


def test_an_empty_store_makes_an_empty_index_that_answers(tmp_path: Path) -> None:
    store: Any = Versions()
    index = PassageIndex.create(tmp_path / "index")
    assert index.update(store) == 0
    with index.snapshot() as snapshot:
        assert facts(snapshot) == (0, 0, (0, 0, 0), frozenset())
    with index.whoosh().searcher() as searcher:
        assert searcher.doc_count() == 0


def test_a_generation_that_changes_no_article_is_committed_all_the_same(
    index: PassageIndex, store: Any
) -> None:
    store.generation += 1
    before = index.snapshot()
    assert index.update(store) == 2 == index.snapshot().generation
    assert [s.name for s in index.snapshot().segments] == [s.name for s in before.segments]


def test_an_index_that_is_current_is_left_alone(index: PassageIndex, store: Any) -> None:
    files = {path.name: path.stat().st_mtime_ns for path in index.path.iterdir()}
    assert index.update(store) == 1
    assert {path.name: path.stat().st_mtime_ns for path in index.path.iterdir()} == files


def test_an_update_can_stop_at_a_generation(index: PassageIndex, store: Any) -> None:
    store.change([(["two"], "en")], removed=[0])
    store.change([(["three"], "en")])
    assert index.update(store, upto=2) == 2
    keys = {item[0] for items in living_contents(index.snapshot()).values() for item in items}
    assert keys == {2, 3}
    with pytest.raises(ValueError, match="generation 9"):
        index.update(store, upto=9)


def test_deleting_the_last_article_of_a_segment_drops_the_segment(
    index: PassageIndex, store: Any
) -> None:
    store.change([], removed=[0, 1])
    index.update(store)
    assert index.snapshot().segments == ()
    assert index.snapshot().languages == frozenset()


REASONS = ["pruned", "other history", "other history, same generation", "restored from a backup"]


@pytest.mark.parametrize("reason", REASONS)
def test_an_index_that_cannot_catch_up_is_made_anew(
    index: PassageIndex, store: Any, reason: str
) -> None:
    store.change([(["later"], "en")], removed=[0])
    if reason == "pruned":
        store.pruned = 2
    elif reason.startswith("other history"):
        if reason.endswith("same generation"):
            index.update(store)
        store.history = "second"
        store.rows = [(make_article(7, ["of the second"]), 1)]
        store.died.clear()
    else:
        index.update(store)
        store.died.clear()
        del store.rows[2:]
        store.generation = 1
    index.update(store)
    keys = {item[0] for items in living_contents(index.snapshot()).values() for item in items}
    assert keys == {article.key for article in store.living(store.generation)}
    assert index.snapshot().generation == store.generation


def test_an_old_snapshot_answers_after_its_files_are_gone(index: PassageIndex, store: Any) -> None:
    old = index.snapshot()
    before = living_contents(old)
    for _ in range(12):
        store.change([(["new"], "en")], removed=[0])
        index.update(store)
    assert not any(segment.path.exists() for segment in old.segments)
    assert living_contents(old) == before


def test_a_crash_before_the_commit_leaves_the_last_state_and_the_next_commit_cleans_up(
    index: PassageIndex, store: Any
) -> None:
    store.change([(["new"], "en")], removed=[0])
    child = os.fork()
    if child == 0:
        index_writer.write_toc = lambda *_: os._exit(9)
        index.update(store)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    (index.path / "_MAIN_2.toc.1416.77").write_bytes(b"")
    # The old one, the new one, and both in one.
    assert len(list(index.path.glob("*.seg"))) == 3
    assert index.snapshot().generation == 1
    assert index.snapshot().live_articles == 2
    index.update(store)
    toc = read_toc(index.path, latest_toc(index.path))
    used = {f"{entry.name}.seg" for entry in toc.segments} | {e.deletions for e in toc.segments}
    used |= {"MAIN_WRITELOCK", toc_path(index.path, toc.number).name}
    assert {path.name for path in index.path.iterdir()} == used - {""}
    assert index.snapshot().generation == 2


def test_a_failure_before_the_commit_leaves_no_files_and_frees_the_lock(
    index: PassageIndex, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.change([(["new"], "en")], removed=[0])
    before = sorted(path.name for path in index.path.iterdir())

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(index_writer, "write_toc", fail)
        with pytest.raises(OSError, match="No space"):
            index.update(store)
    assert sorted(path.name for path in index.path.iterdir()) == before
    assert index.update(store) == 2


def test_a_second_writer_is_told_that_the_index_is_locked(
    index: PassageIndex, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_WAIT_S", 0.0)
    store.change([(["new"], "en")])
    writer = index.whoosh().writer()
    with pytest.raises(ArchiveLockedError):
        index.update(store)
    writer.cancel()
    assert index.update(store) == 2


def test_a_writer_of_whoosh_waits_for_ours(index: PassageIndex) -> None:
    with index_writer.locked(index.path, wait_s=0), pytest.raises(LockError):
        index.whoosh().writer()
    index.whoosh().writer().cancel()


@pytest.mark.skipif(sys.platform == "win32", reason="there files are locked in another way")
def test_a_writer_of_whoosh_that_had_the_lock_open_keeps_ours_out(
    index: PassageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    flock, ours = fcntl.flock, ExitStack()
    ours.enter_context(index_writer.locked(index.path, wait_s=0))

    def end_ours_first(file: int, operation: int) -> None:
        ours.close()
        flock(file, operation)

    with monkeypatch.context() as patched:
        patched.setattr(fcntl, "flock", end_ours_first)
        writer = index.whoosh().writer()
    with pytest.raises(ArchiveLockedError), index_writer.locked(index.path, wait_s=0):
        pass
    writer.cancel()


def test_every_snapshot_opened_during_commits_is_of_one_generation(
    index: PassageIndex, store: Any
) -> None:
    done = False

    def read() -> set[tuple[int, int]]:
        seen = set()
        while not done:
            with index.snapshot() as snapshot:
                seen.add((snapshot.generation, snapshot.live_articles))
                keys = [int(k) for s in snapshot.segments for k in s.article_key]
                assert len(set(keys)) == len(keys)
        return seen

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for _ in range(40):
                store.change([(["a"], "en"), (["b"], "en")], removed=[0])
                index.update(store)
        finally:
            done = True
        seen = set().union(*(reader.result() for reader in readers))
    assert seen <= {(generation, generation + 1) for generation in range(1, 42)}


def test_nothing_is_pickled_or_unpickled(
    tmp_path: Path, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whoosh import formats, query

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("pickle")

    for name in ("load", "loads", "dump", "dumps", "Pickler", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    monkeypatch.setattr(formats, "loads", refuse)
    monkeypatch.setattr(formats, "dumps", refuse)
    index = PassageIndex.create(tmp_path / "index")
    for _ in range(12):
        index.update(store)
        store.change([(["The mine", "a mine collapsed"], "en")], removed=[1])
    index.rebuild(store)
    living_contents(index.snapshot())
    with index.whoosh().searcher() as searcher:
        phrase = query.Phrase("word", ["mine", "collapsed"])
        assert len(searcher.search(phrase, limit=None))
        assert len(searcher.search(query.FuzzyTerm("word", "colapsed"), limit=10))


def test_another_format_or_analysis_is_told_apart_and_cured_by_rebuilding(
    index: PassageIndex, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = toc_path(index.path, latest_toc(index.path))
    path.write_bytes(path.read_bytes().replace(b'"pinakes-index": 5', b'"pinakes-index": 0'))
    with pytest.raises(IndexFormatError, match="0"):
        index.snapshot()
    index.rebuild(store)
    assert index.snapshot().live_articles == 2
    monkeypatch.setattr("pinakes.indexer.toc.ANALYSIS_VERSION", 99)
    with pytest.raises(IndexFormatError, match="words/99"):
        index.snapshot()


def test_what_a_newer_pinakes_wrote_is_left_to_it(
    index: PassageIndex, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = toc_path(index.path, latest_toc(index.path))
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"pinakes-index": 5', b'"pinakes-index": 9'))
    for use in (index.snapshot, lambda: index.update(store)):
        with pytest.raises(ArchiveFormatError, match="newer"):
            use()
    path.write_bytes(whole)
    monkeypatch.setattr("pinakes.indexer.toc.ANALYSIS_VERSION", 0)
    with pytest.raises(ArchiveFormatError, match="newer"):
        index.snapshot()


def test_an_index_of_other_stemmers_is_read_and_made_anew_by_a_writer(
    index: PassageIndex,
    store: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = index.snapshot()
    monkeypatch.setattr("pinakes.indexer.toc.stemming_release", lambda: "99.9")
    assert living_contents(index.snapshot()) == living_contents(before)
    assert "99.9" in caplog.text
    caplog.clear()
    index.update(store)
    after = index.snapshot()
    assert {s.name for s in after.segments}.isdisjoint(s.name for s in before.segments)
    assert caplog.text == ""


@pytest.mark.parametrize("head", [b'{"pinakes-index": Infinity}', b"[" * 100_000])
def test_a_strange_table_of_contents_is_damage(index: PassageIndex, head: bytes) -> None:
    toc_path(index.path, latest_toc(index.path)).write_bytes(head + b"\n{}\n")
    with pytest.raises(IndexDamagedError):
        index.snapshot()


def test_folders_in_the_place_of_files_are_damage_and_no_hindrance(
    index: PassageIndex, store: Any
) -> None:
    (index.path / "MAIN_stray.seg").mkdir()
    toc_path(index.path, 9).mkdir()
    with pytest.raises(IndexDamagedError):
        index.snapshot()
    index.rebuild(store)
    assert index.snapshot().live_articles == 2


def test_a_file_in_the_place_of_the_index_is_said_to_be_in_the_way(
    tmp_path: Path, store: Any
) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(ArchiveError, match="in the way"):
            PassageIndex(tmp_path / name).rebuild(store)


@pytest.mark.parametrize("suffix", [".toc", ".seg"])
def test_what_may_not_be_read_is_said_to_be_so(
    index: PassageIndex, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(known: Any) -> Any:
        def read(path: Path, *args: Any, **options: Any) -> Any:
            if path.suffix == suffix:
                raise PermissionError(13, "Permission denied")
            return known(path, *args, **options)

        return read

    monkeypatch.setattr(Path, "open", refusing(Path.open))
    monkeypatch.setattr(Path, "read_bytes", refusing(Path.read_bytes))
    with pytest.raises(IndexUnreadableError, match="Permission denied"):
        index.snapshot()


def test_a_damaged_table_of_contents_is_an_index_damaged_error_and_cured_by_rebuilding(
    index: PassageIndex, store: Any
) -> None:
    path = toc_path(index.path, latest_toc(index.path))
    whole = path.read_bytes()
    for place in range(len(whole)):
        broken = bytearray(whole)
        broken[place] ^= 0x15
        path.write_bytes(broken)
        with pytest.raises((IndexDamagedError, IndexFormatError, ArchiveFormatError)):
            index.snapshot()
        path.write_bytes(whole[:place])
        with pytest.raises((IndexDamagedError, IndexFormatError, ArchiveFormatError)):
            index.snapshot()
    index.rebuild(store)
    assert index.snapshot().live_articles == 2


def test_a_missing_segment_is_damage_not_a_race(index: PassageIndex) -> None:
    for segment in index.path.glob("*.seg"):
        segment.unlink()
    with pytest.raises(IndexDamagedError, match="missing"):
        index.snapshot()


def test_verify_finds_flipped_bits_in_segments_and_deletions(
    index: PassageIndex, store: Any
) -> None:
    store.change([], removed=[0])
    index.update(store)
    verify(index.path)
    (deletions,) = index.path.glob("*.del")
    for path in [deletions, *index.path.glob("*.seg")]:
        whole = path.read_bytes()
        # The last byte of a segment may be padding, which nothing reads.
        for place in (0, 9, len(whole) // 2 // 64 * 64, 70 % len(whole)):
            broken = bytearray(whole)
            broken[place] ^= 0x40
            path.write_bytes(broken)
            with pytest.raises((IndexDamagedError, IndexFormatError, ArchiveFormatError)):
                verify(index.path)
        path.write_bytes(whole)
    verify(index.path)


def test_all_that_a_commit_names_is_on_the_disk_before_it(
    index: PassageIndex, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    fsync, commit = os.fsync, index_writer.write_toc

    def note(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        fsync(handle)

    def check(folder: Path, toc: Toc) -> None:
        names = {f"{entry.name}.seg" for entry in toc.segments} - known
        names |= {entry.deletions for entry in toc.segments} - {""}
        assert {(folder / name).stat().st_ino for name in names} <= synced
        checked.append(len(names))
        commit(folder, toc)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(index_writer, "write_toc", check)
    checked: list[int] = []
    for passages in (1, 1, 2000, 1, 1):
        known = {path.name for path in index.path.glob("*.seg")}
        store.change([(["mine"] * passages, "en")], removed=[0])
        index.update(store)
        synced.clear()
    assert len(checked) == 5
    assert all(checked)


def test_a_segment_that_stands_twice_in_the_table_of_contents_is_damage(
    index: PassageIndex, store: Any
) -> None:
    toc = read_toc(index.path, latest_toc(index.path))
    write_toc(index.path, toc._replace(number=toc.number + 1, segments=toc.segments * 2))
    with pytest.raises(IndexDamagedError, match="twice"):
        index.snapshot()
    index.rebuild(store)
    assert index.snapshot().live_articles == 2


def test_paths_may_be_texts(tmp_path: Path, store: Any) -> None:
    place = str(tmp_path / "index")
    PassageIndex.create(place).rebuild(store)
    verify(place)
    assert PassageIndex(place).snapshot().live_articles == 2
    with Snapshot.open(place) as snapshot:
        assert snapshot.is_latest(place)
    assert PassageIndex.open(place).path == Path(place)


def test_a_full_disk_is_told_with_the_folder_of_the_index(
    index: PassageIndex, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pinakes.indexer.changes.make_durable", fail)
    with pytest.raises(OSError, match="No space") as raised:
        index.rebuild(store)
    assert raised.value.filename == str(index.path)
