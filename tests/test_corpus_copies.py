"""Articles that are copies of one another share a cluster, whatever comes, changes and goes."""

from __future__ import annotations

import sqlite3
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.shingles import (
    MIN_SHINGLES,
    are_copies,
    fold_words,
    group_copies,
    read_sketch,
    shingle,
    sketch,
)
from tests.copied_texts import (
    BLOCK_COUNT,
    are_alike,
    count_shingles,
    group_alike,
    make_text,
    make_words,
)
from tests.desk import Desk

BLOCKS = st.sets(st.integers(1, BLOCK_COUNT), min_size=1, max_size=BLOCK_COUNT)
FILES = [f"{letter}.txt" for letter in "abcdef"]
LONG = make_text([1, 2, 3, 4])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


def clusters(desk: Desk) -> dict[str, int]:
    """Return the cluster of each living article, by its first file."""
    rows = desk.store._connection.execute(
        "SELECT path, cluster FROM articles JOIN article_paths USING (key)"
        " WHERE died IS NULL AND place = 0"
    )
    return dict(rows.fetchall())


def groups(desk: Desk) -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for path, cluster in clusters(desk).items():
        found.setdefault(cluster, set()).add(path)
    return {frozenset(group) for group in found.values()}


def count_rows(desk: Desk, table: str) -> int:
    (count,) = desk.store._connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return count


@given(st.lists(st.text("ab\u0301é 字", max_size=30), max_size=2))
def test_shingles_are_of_folded_words(parts: list[str]) -> None:
    text = " ".join(parts)
    assert len(shingle(text)) == len(count_shingles(text))
    assert fold_words(text.upper()) == fold_words(text)


def test_scripts_without_spaces_are_taken_by_characters() -> None:
    assert fold_words("漢字かな text") == ["漢", "字", "か", "な", "text"]


def test_a_short_text_has_no_sketch_and_no_copies() -> None:
    words = make_words(MIN_SHINGLES + 2, seed=9)
    assert sketch(" ".join(words))
    assert sketch(" ".join(words[:-1])) == b""
    short = shingle(" ".join(words[:-1]))
    assert not are_copies(short, short)


def test_a_sketch_holds_the_least_shingles_as_numbers() -> None:
    least = shingle(LONG)[:24].tolist()
    assert read_sketch(sketch(LONG)) == sorted({hash_ >> 16 for hash_ in least})
    with pytest.raises(ValueError, match="too large"):
        read_sketch(b"\xff" * 8)
    with pytest.raises(ValueError, match="buffer size"):
        read_sketch(b"\x01")


@given(BLOCKS, BLOCKS)
def test_copies_are_what_the_rule_says(one: set[int], other: set[int]) -> None:
    first, second = make_text(one), make_text(other)
    assert are_copies(shingle(first), shingle(second)) is are_alike(first, second)


@given(st.lists(BLOCKS, max_size=6))
def test_groups_hang_together_by_pairs_of_copies(blocks: list[set[int]]) -> None:
    texts = dict(enumerate(map(make_text, blocks)))
    found = group_copies(map(shingle, texts.values()))
    assert {frozenset(group) for group in found} == group_alike(texts)
    assert [group[0] for group in found] == sorted(min(group) for group in found)


def test_copies_of_these_texts_share_enough_hashes_to_be_candidates() -> None:
    subsets = [
        frozenset(chosen)
        for size in range(1, BLOCK_COUNT + 1)
        for chosen in combinations(range(1, BLOCK_COUNT + 1), size)
    ]
    texts = {chosen: make_text(chosen) for chosen in subsets}
    hashes = {chosen: set(read_sketch(sketch(text))) for chosen, text in texts.items()}
    for one, other in combinations(subsets, 2):
        if are_alike(texts[one], texts[other]):
            assert len(hashes[one] & hashes[other]) >= 2, (one, other)


_STEPS = st.lists(
    st.dictionaries(st.sampled_from(FILES), st.none() | BLOCKS, min_size=1, max_size=4),
    min_size=1,
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(_STEPS)
def test_clusters_are_what_every_pair_looked_at_would_give(
    steps: list[dict[str, set[int] | None]],
) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "archive")
        for step in steps:
            for name, blocks in step.items():
                if blocks is None:
                    (desk.root / name).unlink(missing_ok=True)
                else:
                    # What is in no other file: these are copies, never the same bytes.
                    desk.write(name, f"{name}\n\n{make_text(blocks)}")
            desk.ingest(prune=True)
            texts = {article.paths[0]: article.text for article in desk.articles}
            assert groups(desk) == group_alike(texts)
            assert count_rows(desk, "sketches") == len(texts)
            hashes = sum(len(read_sketch(sketch(text))) for text in texts.values())
            assert count_rows(desk, "sketch_hashes") == hashes
        desk.store.close()


def test_a_cluster_keeps_its_number_when_its_founder_goes(desk: Desk) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        desk.write(name, f"{name}\n\n{LONG}")
    desk.ingest()
    (number,) = set(clusters(desk).values())
    (desk.root / "a.txt").unlink()
    desk.ingest()
    assert set(clusters(desk).values()) == {number}
    desk.write("a.txt", f"a.txt\n\n{LONG}")
    desk.ingest()
    assert clusters(desk) == dict.fromkeys(("a.txt", "b.txt", "c.txt"), number)


def test_what_brings_two_clusters_together_leaves_the_larger_its_number(desk: Desk) -> None:
    left, right = [1, 2, 3], [4, 5, 6]
    for name, blocks in (("a.txt", left), ("b.txt", right), ("c.txt", right)):
        desk.write(name, f"{name}\n\n{make_text(blocks)}")
        desk.ingest()
    apart = clusters(desk)
    assert apart["a.txt"] != apart["b.txt"] == apart["c.txt"]
    desk.write("d.txt", make_text([*left, *right]))
    desk.ingest()
    assert set(clusters(desk).values()) == {apart["b.txt"]}
    (desk.root / "d.txt").unlink()
    desk.ingest()
    assert groups(desk) == {frozenset({"a.txt"}), frozenset({"b.txt", "c.txt"})}
    assert clusters(desk)["b.txt"] == apart["b.txt"]
    assert clusters(desk)["a.txt"] not in apart.values()


def test_an_article_that_was_alone_keeps_its_number_when_its_text_changes(desk: Desk) -> None:
    desk.write("a.txt", make_text([1, 2]))
    desk.ingest()
    before = clusters(desk)
    desk.write("a.txt", make_text([5, 6]))
    desk.ingest()
    assert clusters(desk) == before


def test_files_that_part_stay_copies(desk: Desk) -> None:
    for name in ("a.txt", "b.txt"):
        desk.write(name, LONG)
    desk.ingest()
    assert len(desk.articles) == 1
    desk.write("b.txt", f"{LONG}\n\nLast words, others")
    desk.ingest()
    assert len(desk.articles) == 2
    assert groups(desk) == {frozenset({"a.txt", "b.txt"})}


def test_headlines_alone_make_no_copies(desk: Desk) -> None:
    for number, name in enumerate(("a.txt", "b.txt")):
        desk.write(name, f"Mine collapse in Donetsk\n\n{make_text([number * 2 + 1])}")
    desk.ingest()
    assert len(groups(desk)) == 2


def test_copies_are_not_looked_for_where_that_is_turned_off_and_found_later(desk: Desk) -> None:
    for name in ("a.txt", "b.txt"):
        desk.write(name, f"{name}\n\n{LONG}")
    desk.ingest(copies=False)
    assert (len(groups(desk)), count_rows(desk, "sketches")) == (2, 0)
    desk.ingest(copies=True, batch_articles=1)
    assert (len(groups(desk)), count_rows(desk, "sketches")) == (1, 2)
    generation = desk.generation
    desk.ingest(copies=True)
    assert desk.generation == generation


def test_a_store_of_the_format_before_is_brought_up_and_copies_are_found(desk: Desk) -> None:
    for name in ("a.txt", "b.txt"):
        desk.write(name, f"{name}\n\n{LONG}")
    desk.ingest()
    path = desk.folder.store_path
    desk.store.close()
    connection = sqlite3.connect(path)
    connection.execute("DROP INDEX articles_cluster")
    connection.execute("ALTER TABLE articles DROP COLUMN cluster")
    for table in ("sketches", "sketch_hashes"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("PRAGMA user_version = 4")
    connection.commit()
    connection.close()
    desk.store = type(desk.store).open(path, read_only=False)
    assert len(groups(desk)) == 2
    desk.ingest()
    assert len(groups(desk)) == 1


def test_a_rehearsal_and_a_step_undone_leave_no_sketch(desk: Desk) -> None:
    desk.write("a.txt", LONG)
    desk.ingest(is_rehearsal=True)
    assert count_rows(desk, "sketches") == count_rows(desk, "sketch_hashes") == 0
