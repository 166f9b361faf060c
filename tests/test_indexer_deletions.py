"""Which articles are deleted is written into new files: none that is in use is ever opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pinakes.corpus import Store
from pinakes.indexer import PassageIndex, changes, verify
from pinakes.indexer.changes import delete_articles
from pinakes.indexer.segments.deletions import Deletions, read_deletions, write_deletions
from pinakes.indexer.toc import SegmentEntry, current_toc
from tests.test_indexer_following import add

# Enough for the merge policy to leave the segment alone when a few of them are deleted.
_ARTICLES = 120


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "store.sqlite") as store:
        yield store


def take_in(index: PassageIndex, store: Store) -> list[int]:
    """Take in two commits of the store at once, of which the second removes an article."""
    with index.following(store):
        with store.transaction() as writer:
            keys = [add(writer, f"mine {number}", f"{number}.txt") for number in range(_ARTICLES)]
        remove(store, keys[0])
        index.update(store)
    return keys


def remove(store: Store, key: int) -> None:
    with store.transaction() as writer:
        writer.remove_article(key)


def entry_of(index: PassageIndex) -> SegmentEntry:
    (entry,) = current_toc(index.path).segments
    return entry


def test_a_removal_that_is_stopped_leaves_what_the_table_of_contents_names(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = PassageIndex.create(tmp_path / "index")
    keys = take_in(index, store)

    def stop_midway(path: Path, _deletions: Deletions) -> None:
        with path.open("wb"):
            raise KeyboardInterrupt

    for number in range(1, 6):
        remove(store, keys[number])
        used = index.path / entry_of(index).deletions
        before = used.read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(changes, "write_deletions", stop_midway)
            with pytest.raises(KeyboardInterrupt):
                index.update(store)
        assert used.read_bytes() == before
        verify(index.path)
        index.update(store)
        assert entry_of(index).live_articles == _ARTICLES - 1 - number


def test_a_name_that_was_used_once_is_never_used_again(store: Store, tmp_path: Path) -> None:
    index = PassageIndex.create(tmp_path / "index")
    keys = take_in(index, store)
    seen = [entry_of(index).deletions]
    for key in keys[1:6]:
        remove(store, key)
        index.update(store)
        seen.append(entry_of(index).deletions)
    assert len(set(seen)) == 6


def test_what_a_killed_removal_left_is_passed_by_and_gone_after_the_next_commit(
    store: Store, tmp_path: Path
) -> None:
    index = PassageIndex.create(tmp_path / "index")
    keys = take_in(index, store)
    known = entry_of(index)
    (left,) = delete_articles(index.path, [known], keys[1:3])
    (index.path / left.deletions).write_bytes(b"torn")
    (again,) = delete_articles(index.path, [known], keys[1:3])
    (more,) = delete_articles(index.path, [known], keys[1:4])
    assert len({known.deletions, left.deletions, again.deletions, more.deletions}) == 4
    assert again.live_articles == _ARTICLES - 3
    remove(store, keys[1])
    index.update(store)
    assert [path.name for path in index.path.glob("*.del")] == [entry_of(index).deletions]
    verify(index.path)


def test_no_file_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "MAIN_a.1.del"
    write_deletions(path, Deletions(9, 2, b"\x05\x00"))
    with pytest.raises(FileExistsError):
        write_deletions(path, Deletions(9, 1, b"\x01\x00"))
    assert read_deletions(path).deleted == 2
