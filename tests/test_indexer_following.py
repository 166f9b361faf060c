"""An index that takes in what a store writes before it is committed is as one made afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import MetadataValue, Store, read, split
from pinakes.corpus.store import articles as article_reader
from pinakes.corpus.store import births
from pinakes.corpus.store.packing import PackedArticle, pack
from pinakes.corpus.store.writes import StoreWriter
from pinakes.indexer import PassageIndex, Snapshot, verify
from pinakes.indexer.segments.builder import SegmentBuilder
from pinakes.indexer.segments.merging import merge_segments
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.workers import Workers
from tests.test_indexer_merging import arrays

WORDS = ["mine", "mines", "collapse", "шахта", "шахты", "café", "of", "Halvik"]
LANGUAGES = ["en", "ru", "und"]


def packed(text: str, language: str = "en") -> PackedArticle:
    metadata = (
        MetadataValue(field="language", value=language, origin="test"),
        MetadataValue(field="author", value="Alma Roe", origin="test"),
        MetadataValue(field="author", value="Nobody", origin="test", chosen=False),
        MetadataValue(field="source", value="radio.example", origin="test"),
        MetadataValue(field="published", value="2014-02", origin="test"),
    )
    (found,) = read(f"{text} nothing".encode(), name="x.txt")
    extract = replace(found, metadata=metadata)
    return pack(extract, split(extract, language=language))


def add(writer: StoreWriter, text: str, path: str, language: str = "en") -> int:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return writer.add_article(packed(text, language), path=path, record="", sha256=sha256)


def contents(snapshot: Snapshot) -> dict[tuple[str, str], list[Any]]:
    """(field, term) -> every living passage that holds it, by its article's key and its number."""
    found: dict[tuple[str, str], list[Any]] = {}
    for segment in snapshot.segments:
        for field in segment.field_names:
            for term in segment.terms(field):
                postings = segment.postings(field, term)
                assert postings is not None
                for passage, count in zip(
                    postings.passages.tolist(), postings.counts.tolist(), strict=True
                ):
                    article = int(segment.passage_article[passage])
                    if segment.live is None or segment.live[article]:
                        number = passage - int(segment.article_first[article])
                        key = int(segment.article_key[article])
                        found.setdefault((field, term), []).append((key, number, count))
    return found


def merged(snapshot: Snapshot, path: Path) -> dict[str, tuple[str, list[int]]]:
    """Every array of one segment with all that is living."""
    with Workers(1) as workers:
        merge_segments(snapshot.segments, path, workers=workers)
    return arrays(Segment(path))


def assert_as_made_anew(index: PassageIndex, store: Store) -> None:
    verify(index.path)
    with TemporaryDirectory() as name:
        other = PassageIndex.create(Path(name) / "index")
        other.update(store)
        with index.snapshot() as snapshot, other.snapshot() as expected:
            assert contents(snapshot) == contents(expected)
            assert snapshot.generation == expected.generation
            assert snapshot.live_words == expected.live_words
            assert snapshot.languages == expected.languages
            if expected.segments:
                own = merged(snapshot, Path(name) / "MAIN_own.seg")
                assert own == merged(expected, Path(name) / "MAIN_expected.seg")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "store.sqlite") as made:
        yield made


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be read back from the store."""

    def refuse(*_: object) -> None:
        raise AssertionError("read back")

    monkeypatch.setattr(article_reader, "_unpack_columns", refuse)


class UndoneError(Exception):
    pass


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "add", "add", "change", "path", "rename", "drop", "split", "remove"]
        ),
        st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
        st.sampled_from(LANGUAGES),
        st.integers(0, 20),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=8,
)


def take_step(writer: StoreWriter, step: Any, number: int, living: dict[str, None]) -> None:
    what, text, language, place, _ = step
    path = f"{number}.txt"
    if what == "add" or not living:
        add(writer, f"{text} {number}", path, language)
        living[path] = None
        return
    known = list(living)[place % len(living)]
    key = writer.holdings(known)[0].key
    if what == "change":
        writer.set_content(key, packed(text, language), record="", sha256="ab")
    elif what == "path":
        writer.add_path(key, path)
        living[path] = None
    elif what == "rename":
        writer.rename_path(key, known, path)
        del living[known]
        living[path] = None
    elif what == "split":
        writer.split_article(key)
    else:
        if what == "drop":
            writer.drop_path(key, known)
            del living[known]
        else:
            for each in writer.paths(key):
                del living[each]
            writer.remove_article(key)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(STEPS, st.booleans(), st.booleans()), max_size=5),
    st.sampled_from([0, 1 << 29]),
    st.sampled_from([0, 900, 1 << 24]),
)
def test_an_index_that_follows_its_store_is_as_one_made_anew(
    transactions: list[Any], memory_bytes: int, held_bytes: int
) -> None:
    number = 0
    living: dict[str, None] = {}
    with (
        TemporaryDirectory() as name,
        Store.create(Path(name) / "store.sqlite") as store,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(births, "_MOST_HELD_BYTES", held_bytes)
        index = PassageIndex.create(Path(name) / "index", memory_bytes=memory_bytes)
        with index.following(store):
            for steps, is_undone, catches_up in transactions:
                before = dict(living)
                try:
                    with store.transaction() as writer:
                        for step in steps:
                            number += 1
                            kept = dict(living)
                            try:
                                with writer.all_or_nothing():
                                    take_step(writer, step, number, living)
                                    if step[-1]:
                                        raise UndoneError
                            except UndoneError:
                                living = kept
                        if is_undone:
                            raise UndoneError
                except UndoneError:
                    living = before
                if catches_up:
                    index.update(store)
            index.update(store)
        assert_as_made_anew(index, store)
        assert {path.suffix for path in index.path.iterdir()} <= {".toc", ".seg", ".del", ""}


@pytest.mark.usefixtures("unread")
def test_what_was_followed_is_not_read_back(store: Store, tmp_path: Path) -> None:
    index = PassageIndex.create(tmp_path / "index")
    with index.following(store):
        for generation in range(1, 4):
            with store.transaction() as writer:
                for number in range(3):
                    add(writer, f"mine {generation} {number}", f"{generation}-{number}.txt")
                key = writer.holdings(f"{generation}-0.txt")[0].key
                writer.remove_article(key)
            assert index.update(store) == generation
    with index.snapshot() as snapshot:
        assert snapshot.live_articles == 6
        assert len(contents(snapshot)["stem", "mine"]) == 6


def test_a_step_of_many_articles_holds_few_of_them(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(births, "_MOST_HELD_BYTES", 2_000)
    index = PassageIndex.create(tmp_path / "index")
    with index.following(store), store.transaction() as writer, writer.all_or_nothing():
        for number in range(600):
            add(writer, f"mine {number}", f"{number}.txt")
        waiting = writer._births._waiting
        assert len(waiting) == 600
        assert sum(born is not None for born in waiting.values()) < 20
    index.update(store)
    assert_as_made_anew(index, store)


def test_what_was_written_before_it_was_followed_is_read_back(store: Store, tmp_path: Path) -> None:
    index = PassageIndex.create(tmp_path / "index")
    with store.transaction() as writer:
        add(writer, "first mine", "a.txt")
    with index.following(store):
        with store.transaction() as writer:
            add(writer, "second mine", "b.txt")
        index.update(store)
    assert_as_made_anew(index, store)


@pytest.mark.usefixtures("store")
def test_segments_that_vanish_are_made_again(store: Store, tmp_path: Path) -> None:
    index = PassageIndex.create(tmp_path / "index", memory_bytes=0)
    with index.following(store):
        with store.transaction() as writer:
            add(writer, "first mine", "a.txt")
            add(writer, "second mine", "b.txt")
        written = sorted(index.path.glob("*.seg"))
        assert len(written) == 2
        written[0].unlink()
        index.update(store)
    assert_as_made_anew(index, store)


def test_an_interrupt_while_an_article_is_taken_in_costs_nothing_but_time(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = PassageIndex.create(tmp_path / "index")
    takes_in = SegmentBuilder.add

    def interrupted(builder: Any, article: Any) -> None:
        takes_in(builder, article)
        raise KeyboardInterrupt

    with index.following(store):
        with store.transaction() as writer:
            add(writer, "first mine", "a.txt")
            with monkeypatch.context() as patch:
                patch.setattr(SegmentBuilder, "add", interrupted)
                with pytest.raises(KeyboardInterrupt):
                    add(writer, "second mine", "b.txt")
            add(writer, "third mine", "c.txt")
        index.update(store)
    assert_as_made_anew(index, store)


def test_nothing_is_left_of_what_was_followed_in_vain(store: Store, tmp_path: Path) -> None:
    index = PassageIndex.create(tmp_path / "index", memory_bytes=0)
    before = sorted(index.path.iterdir())

    def write_in_vain() -> None:
        with store.transaction() as writer:
            add(writer, "first mine", "a.txt")
            add(writer, "second mine", "b.txt")
            assert len(list(index.path.glob("*.seg"))) == 1
            raise UndoneError

    with index.following(store):
        with pytest.raises(UndoneError):
            write_in_vain()
        assert sorted(index.path.iterdir()) == before
        with store.transaction() as writer:
            add(writer, "first mine", "a.txt")
    assert sorted(index.path.iterdir()) == before
