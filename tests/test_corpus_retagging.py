"""Tagging articles of the store again: what changes, and above all what does not."""

from __future__ import annotations

import json
import os

import pytest

from pinakes.corpus import Store, TagLevel, TagSettings
from pinakes.corpus.store import tables
from pinakes.corpus.tagging import registry
from pinakes.corpus.tagging.by_hand import HandTag, passage_names
from pinakes.corpus.tagging.registry import stamp_of
from pinakes.corpus.tagging.retagging import Retagging, RetagOptions, retag
from tests.desk import Desk
from tests.sample_taggers import tag_and_raise, tag_capitals, tag_long_words

BASIC = TagSettings(level=TagLevel.BASIC)
FILLING = "and so on and on, " * 8
FIRST = f"Halvik is a mine, {FILLING}.\n\nThe Inspectorate wrote, {FILLING}."
AT = FIRST.index("The")
SECOND = "nothing here begins so"


@pytest.fixture
def desk(tmp_path, monkeypatch, fresh_taggers):
    monkeypatch.setattr(registry, "_of_packages", lambda: [("capital", lambda: tag_capitals)])
    monkeypatch.setattr(registry, "BUILT_IN", {})
    desk = Desk(tmp_path)
    desk.write("a.txt", FIRST)
    desk.write("b.txt", SECOND)
    desk.write_records("c.jsonl", one="Ostrel and its Salt", two="and nothing more")
    return desk


def tags_of(article, *names):
    return [
        (tag.value, tag.start, tag.rule)
        for passage in article.passages
        for tag in passage.tags
        if tag.rule.partition("/")[0].partition(".")[0] in names
    ]


def again(*taggers, dropped=(), is_forced=False):
    return Retagging(
        taggers={tagger.name: tagger for tagger in taggers},
        dropped=frozenset(dropped),
        is_forced=is_forced,
    )


def facts(article):
    """All of an article but its tags and its key."""
    return (
        article.id,
        article.text,
        article.paths,
        article.record,
        article.sha256,
        article.metadata,
        [(p.number, p.kind, p.section, p.start, p.end, p.text) for p in article.passages],
    )


def test_an_ingest_tags_and_remembers_with_what(desk):
    desk.ingest(tags=BASIC)
    assert [value for value, _, _ in tags_of(desk.article("a.txt"), "capital")] == [
        "Halvik",
        "The",
        "Inspectorate",
    ]
    assert desk.store.tags.counts() == {("capital/2",): 4}


def test_without_taggers_nothing_is_remembered(desk):
    desk.ingest()
    assert desk.store.tags.counts() == {(): 4}


def test_only_articles_whose_tags_change_are_written(desk):
    desk.ingest(tags=BASIC)
    before = {(*article.paths, article.record): article for article in desk.articles}
    generation = desk.generation
    for name in ("a.txt", "b.txt", "c.jsonl"):
        (desk.root / name).unlink()
    report = retag(desk.store, again(tag_long_words))
    assert (report.looked_at, report.changed) == (4, 1)
    assert desk.generation == generation + 1
    after = {(*article.paths, article.record): article for article in desk.articles}
    assert {name: facts(article) for name, article in after.items()} == {
        name: facts(article) for name, article in before.items()
    }
    changed = [name for name in after if after[name].key != before[name].key]
    assert changed == [("a.txt", "")]
    assert tags_of(after["a.txt", ""], "long-word") == [
        ("inspectorate", AT + 4, "long-word.by-length/1")
    ]
    assert tags_of(after["a.txt", ""], "capital") == tags_of(before["a.txt", ""], "capital")
    assert desk.store.tags.counts() == {("capital/2", "long-word/1"): 4}
    assert desk.store.saved.changed_between(generation, desk.generation) == []


def test_what_is_up_to_date_is_not_looked_at_unless_forced(desk):
    desk.ingest(tags=BASIC)
    generation = desk.generation
    assert retag(desk.store, again(tag_capitals)).looked_at == 0
    assert retag(desk.store, again(tag_capitals, is_forced=True)).looked_at == 4
    assert desk.generation == generation


def test_tags_of_a_tagger_that_is_gone_can_be_taken_away(desk):
    desk.ingest(tags=BASIC)
    assert retag(desk.store, again(dropped={"capital"})).changed == 2
    assert [tags_of(article, "capital") for article in desk.articles] == [[]] * 4
    assert desk.store.tags.counts() == {(): 4}


def test_a_tagger_that_fails_costs_its_tags_of_that_article(desk):
    desk.write("d.txt", "This one makes it fail.")
    desk.ingest(tags=BASIC)
    report = retag(desk.store, again(tag_and_raise))
    assert report.failed == {"raises": (1, "ZeroDivisionError: a tagger at fault")}
    assert tags_of(desk.article("d.txt"), "raises") == []
    assert len(tags_of(desk.article("d.txt"), "capital")) == 1
    assert len(tags_of(desk.article("a.txt"), "raises")) == 2


def test_what_failed_stands_in_the_ledger(desk, monkeypatch):
    monkeypatch.setattr(registry, "_of_packages", lambda: [("raises", lambda: tag_and_raise)])
    desk.write_records("d.jsonl", one="To fail", two="not to", three="to fail again")
    desk.ingest("d.jsonl", tags=TagSettings(level=TagLevel.ALL))
    (note,) = desk.row("d.jsonl").notes
    assert note == (
        "tagger raises failed in 2 articles of this file, which have none of its tags: "
        "ZeroDivisionError: a tagger at fault"
    )
    assert desk.store.tags.counts() == {(): 2, ("raises/1",): 1}


def test_transactions_are_small_and_told(desk):
    desk.ingest()
    told = []
    options = RetagOptions(batch_articles=1, on_commit=told.append, on_plan=told.append)
    retag(desk.store, again(tag_capitals), options=options)
    assert told == [4, 2, 3]


def test_reading_again_with_other_taggers_changes_tags_and_not_what_is_new(desk):
    desk.ingest()
    generation = desk.generation
    ids = [article.id for article in desk.articles]
    report = desk.ingest(tags=BASIC, force=True)
    assert report.articles == 0
    assert sorted(article.id for article in desk.articles) == sorted(ids)
    assert len(tags_of(desk.article("a.txt"), "capital")) == 3
    assert desk.store.saved.changed_between(generation, desk.generation) == []


def test_an_unchanged_file_is_not_read_for_another_tagger(desk, monkeypatch):
    desk.ingest(tags=BASIC)
    monkeypatch.setattr(registry, "_of_packages", lambda: [("raises", lambda: tag_and_raise)])
    generation = desk.generation
    desk.ingest(tags=TagSettings(level=TagLevel.ALL))
    assert desk.generation == generation


def set_by_hand(desk, article, number, tag):
    name = passage_names(article.passages)[number]
    with desk.store.transaction() as writer:
        writer.hand.put(article.id, name, tag)
    retag(desk.store, again(tag_capitals, is_forced=True))


def test_tags_by_hand_stay_through_all_of_it(desk):
    desk.ingest(tags=BASIC)
    set_by_hand(desk, desk.article("a.txt"), 1, HandTag(type="topic", value="oversight"))
    set_by_hand(desk, desk.article("a.txt"), 1, HandTag(type="capital", value="The", is_set=False))
    expected = [("oversight", AT, "hand/1"), ("Inspectorate", AT + 4, "capital/2")]

    def second_paragraph():
        return [
            (tag.value, tag.start, tag.rule)
            for tag in desk.article("a.txt").passages[-1].tags
            if tag.rule != "structure/1"
        ]

    assert sorted(second_paragraph()) == sorted(expected)
    retag(desk.store, again(tag_capitals, is_forced=True))
    assert sorted(second_paragraph()) == sorted(expected)
    desk.ingest(tags=BASIC, force=True)
    assert sorted(second_paragraph()) == sorted(expected)
    desk.write("a.txt", f"One more, {FILLING}\n\n{FIRST}")
    desk.ingest(tags=BASIC)
    assert [(value, rule) for value, _, rule in second_paragraph()] == [
        ("oversight", "hand/1"),
        ("Inspectorate", "capital/2"),
    ]
    desk.write("a.txt", f"One more, {FILLING}\n\nThe Inspectorate wrote not, {FILLING}")
    desk.ingest(tags=BASIC)
    assert {rule for _, _, rule in second_paragraph()} == {"capital/2"}


def test_of_passages_that_read_alike_only_the_one_meant_is_tagged(desk):
    line = "A line that is repeated. " * 8
    desk.write("d.txt", f"{line}\n\nSomething else in between. {FILLING}\n\n{line}")
    desk.ingest("d.txt")
    article = desk.article("d.txt")
    assert article.passages[0].text == article.passages[2].text
    set_by_hand(desk, article, 2, HandTag(type="topic", value="twice"))
    article = desk.article("d.txt")
    tagged = [p.number for p in article.passages if "twice" in {tag.value for tag in p.tags}]
    assert tagged == [2]


def test_a_store_of_the_format_before_is_brought_up(desk):
    desk.ingest()
    before = [(article.id, article.text) for article in desk.articles]
    path = desk.folder.store_path
    desk.store.close()
    make_older(path)
    os.utime(path)
    with Store.open(path) as store:
        assert [(a.id, a.text) for a in store.living(store.state().generation)] == before
        assert store.tags.counts() == {(): 4}
    with Store.open(path, read_only=False) as store:
        assert retag(store, again(tag_capitals)).changed == 2


def make_older(path):
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    connection.execute("DROP INDEX articles_cluster")
    connection.execute("ALTER TABLE articles DROP COLUMN cluster")
    for name in ("taggings", "hand_tags", "sketches", "sketch_hashes"):
        connection.execute(f"DROP TABLE {name}")
    connection.execute("DROP INDEX contents_tagging")
    connection.execute("ALTER TABLE contents RENAME TO newer")
    connection.execute(tables._CONTENTS_3)
    columns = "content, passage_count, digest, text_sha256, dictionary, packed"
    connection.execute(f"INSERT INTO contents SELECT {columns} FROM newer")  # noqa: S608
    connection.execute("DROP TABLE newer")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, 'REFERENCES \"newer\"', 'REFERENCES contents')"
    )
    connection.execute("PRAGMA user_version = 3")
    connection.execute("COMMIT")
    connection.close()


def test_stamps_that_are_no_stamps_are_damage(desk):
    import sqlite3

    from pinakes.corpus import ArchiveDamagedError

    desk.ingest(tags=BASIC)
    desk.store.close()
    connection = sqlite3.connect(desk.folder.store_path)
    connection.execute("UPDATE taggings SET stamps = ?", (json.dumps(3),))
    connection.commit()
    connection.close()
    with Store.open(desk.folder.store_path) as store, pytest.raises(ArchiveDamagedError):
        store.tags.counts()


def test_a_stamp_tells_a_changed_rule_of_the_same_version():
    marked = registry.Tagger(
        name="x", version=3, types=(), level=TagLevel.BASIC, find=len, mark="ab12"
    )
    assert stamp_of(marked) == "x/3+ab12"
