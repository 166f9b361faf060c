"""Articles with other tags are merged as they stand: the same comes out as if they were built."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, cycle, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pinakes.corpus import Article, ArticleColumns, RetaggedArticle, Store, TagDifference
from pinakes.corpus.passage_table import PassageTable, TagPattern
from pinakes.corpus.store import articles as article_reader
from pinakes.corpus.store.repacking import passages_of
from pinakes.corpus.store.writes import StoreWriter
from pinakes.corpus.tagging.applying import with_tags as added
from pinakes.corpus.tagging.applying import without_rules
from pinakes.indexer import PassageIndex, changes
from pinakes.indexer.building import build_segment
from pinakes.indexer.changes import (
    add_articles,
    delete_articles,
    find_retagged,
    merge_due,
    merge_entries,
)
from pinakes.indexer.segments.segment import Segment
from tests.random_archives import articles as random_articles
from tests.test_indexer_following import (
    LANGUAGES,
    WORDS,
    add,
    assert_as_made_anew,
    contents,
    take_step,
)
from tests.test_indexer_merging import arrays

FIRST_NEW_KEY = 100
PLACES = st.integers(0, 99)
MORE_TAGS = (
    TagPattern("place", "Halvik", "x/1", (0, 2)),
    TagPattern("place-x", "Halvik", "x/1", (0, 1)),
    TagPattern("place", "A third one", "x/1"),
    # Types that an index has as it has others.
    TagPattern("Place", "Halvik", "x/1", (1, 2)),
    TagPattern("place:x", "Halvik", "x/1"),
)


@st.composite
def article_lists(draw: st.DrawFn) -> list[Article]:
    keys = sorted(draw(st.sets(st.integers(1, FIRST_NEW_KEY - 1), min_size=1, max_size=6)))
    return [draw(random_articles(key=key)) for key in keys]


def added_to(tags: tuple[TagPattern, ...], more: TagPattern) -> tuple[TagPattern, ...]:
    return tuple(sorted({*tags, more}, key=TagPattern.order))


def table_of(article: Article) -> PassageTable:
    return PassageTable.of(article.passages, article.text)


def with_tags(
    old: PassageTable, lists: list[tuple[TagPattern, ...]], data: st.DataObject
) -> PassageTable:
    """The passages, each with the tags that it has or with those of any other."""
    dealt = [*old.tag_lists, *lists, (), *map(added_to, old.tag_lists, cycle(MORE_TAGS))]
    drawn = [dealt[data.draw(st.just(own) | PLACES) % len(dealt)] for own in old.tag_list_of]
    used = {tags: place for place, tags in enumerate(dict.fromkeys(drawn))}
    return replace(old, tag_lists=list(used), tag_list_of=[used[tags] for tags in drawn])


@settings(deadline=None, max_examples=40)
@given(article_lists(), st.data())
def test_merging_with_other_tags_makes_what_building_makes_bit_for_bit(
    articles: list[Article], data: st.DataObject
) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(articles)), max_size=2))
    dead = data.draw(st.sets(st.sampled_from(articles).map(lambda article: article.key)))
    living = [article for article in articles if article.key not in dead]
    chosen = data.draw(st.sets(st.sampled_from(range(len(living))), min_size=1)) if living else ()
    keys = count(FIRST_NEW_KEY)
    told: list[RetaggedArticle] = []
    expected = [ArticleColumns.of(one) for at, one in enumerate(living) if at not in chosen]
    for old in (living[at] for at in sorted(chosen)):
        others = [tags for one in articles for tags in table_of(one).tag_lists]
        table = with_tags(table_of(old), others, data)
        key = next(keys)
        told.append(RetaggedArticle(key, old.key, TagDifference.between(table_of(old), table)))
        columns = ArticleColumns.of(replace(old, key=key, passages=table))
        expected.append(columns._replace(cluster=old.key))
    # Articles without passages are written anew for nothing.
    assume(not told or any(each.difference.passage_count for each in told))
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patched:
        patched.setattr(changes, "_MOST_TIMES", 1 << 30)
        folder = Path(name)
        entries = [
            entry
            for first, last in pairwise([0, *sorted(cuts), len(articles)])
            for entry in add_articles(folder, articles[first:last])
        ]
        entries = delete_articles(folder, entries, sorted(dead))
        found = find_retagged(folder, entries, told)
        assert (found is None) == (not told)
        rest = delete_articles(folder, entries, [each.old_key for each in told])
        merged = merge_due(folder, rest, found or ())
        whole = merge_entries(folder, merged) if merged else None
        made = build_segment(expected, folder / "MAIN_made.seg")
        if whole is None:
            assert not expected
            return
        segment = Segment(folder / f"{whole.name}.seg")
        segment.verify()
        assert arrays(segment) == arrays(made)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["tags", "tags", "tags", "tags", "add", "change", "remove"]),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join),
        st.sampled_from(LANGUAGES),
        st.integers(0, 20),
        st.none(),
    ),
    max_size=4,
)


def retag(writer: StoreWriter, path: str, value: str) -> None:
    """Give an article another tag on the beginning of its first passage."""
    key = writer.holdings(path)[0].key
    packed, _ = writer._contents.packed_of(key)
    old = passages_of(packed.content)
    bare = without_rules(old, {"test"})
    found: list[list[TagPattern]] = [[] for _ in old]
    found[0].append(TagPattern("topic", value, "test/1", (0, 3)))
    writer.set_tags(key, added(bare, found), before=old)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(STEPS, st.booleans(), st.booleans()), max_size=5), st.integers(0, 4))
def test_an_index_told_only_of_tags_is_as_one_made_anew(
    transactions: list[Any], times: int
) -> None:
    number = 0
    living: dict[str, None] = {}
    with (
        TemporaryDirectory() as name,
        Store.create(Path(name) / "store.sqlite") as store,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(changes, "_MOST_TIMES", times)
        index = PassageIndex.create(Path(name) / "index")
        with store.transaction() as writer:
            for path in ("a.txt", "b.txt", "c.txt"):
                add(writer, f"Halvik has a mine {path}", path)
                living[path] = None
        with index.following(store):
            for steps, is_undone, catches_up in transactions:
                before = dict(living)
                with store.transaction(is_kept=not is_undone) as writer:
                    for step in steps:
                        number += 1
                        if step[0] == "tags" and living:
                            retag(writer, list(living)[step[3] % len(living)], step[1])
                        elif step[0] != "tags":
                            take_step(writer, step, number, living)
                living = before if is_undone else living
                if catches_up:
                    index.update(store)
            index.update(store)
        assert_as_made_anew(index, store)


def test_of_articles_with_other_tags_nothing_is_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.create(tmp_path / "store.sqlite") as store:
        index = PassageIndex.create(tmp_path / "index")
        with index.following(store):
            with store.transaction() as writer:
                for path in ("a.txt", "b.txt", "c.txt"):
                    add(writer, f"Halvik has a mine {path}", path)
            index.update(store)
            with monkeypatch.context() as patched:
                patched.setattr(article_reader, "_unpack_columns", None)
                with store.transaction() as writer:
                    for path in ("a.txt", "c.txt"):
                        retag(writer, path, "hope")
                index.update(store)
        with index.snapshot() as snapshot:
            assert snapshot.live_articles == 3
            assert len(contents(snapshot)["tag", "topic:hope"]) == 2
        assert_as_made_anew(index, store)
