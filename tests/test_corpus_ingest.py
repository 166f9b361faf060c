"""What an ingest makes of files that are new, changed, moved, copied, broken or gone."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pinakes.corpus import (
    ArchiveFolder,
    Article,
    Change,
    FileOutcome,
    IngestOptions,
    IngestReport,
    LedgerRow,
    PassageSize,
    RecordFields,
    Status,
    Store,
    UnknownArticleError,
    ingest,
    remove,
)

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)


class Desk:
    """An archive, its files, and a store open for writing."""

    def __init__(self, root: Path) -> None:
        self.folder = ArchiveFolder.create(root)
        self.root = self.folder.root
        self.store = Store.open(self.folder.store_path, read_only=False)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def write_records(self, name: str, **texts: str) -> Path:
        lines = [json.dumps({"id": id_, "text": text}) for id_, text in texts.items()]
        return self.write(name, "\n".join(lines))

    def ingest(self, *names: str, **options: object) -> IngestReport:
        paths = [self.root / name for name in names] or [self.root]
        return ingest(self.store, self.folder, paths, options=IngestOptions(**options))

    def remove(self, *targets: str) -> list[str]:
        named = [str(self.root / t) if "." in t or "/" in t else t for t in targets]
        return list(remove(self.store, self.folder, named).articles)

    @property
    def generation(self) -> int:
        return self.store.state().generation

    @property
    def articles(self) -> list[Article]:
        return list(self.store.living(self.generation))

    def article(self, path: str, record: str = "") -> Article:
        (found,) = [a for a in self.articles if path in a.paths and a.record == record]
        return found

    @property
    def texts(self) -> dict[tuple[str, ...], str]:
        return {article.paths: article.text for article in self.articles}

    def row(self, path: str) -> LedgerRow:
        (found,) = [row for row in self.store.ledger() if row.path == path]
        return found

    @property
    def statuses(self) -> dict[str, str]:
        return {row.path: row.status.value for row in self.store.ledger()}


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


def test_every_file_has_one_row_and_every_text_an_article(desk):
    desk.write("a.txt", "The mine collapsed.")
    desk.write("sub/b.html", "<title>B</title><p>Two workers were rescued from it.</p>")
    desk.write("empty.txt", "")
    desk.write("blank.txt", " \n ")
    desk.write("image.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    report = desk.ingest()
    assert desk.statuses == {
        "a.txt": "indexed",
        "blank.txt": "empty",
        "empty.txt": "empty",
        "image.png": "unsupported",
        "sub/b.html": "indexed",
    }
    assert sorted(desk.texts) == [("a.txt",), ("sub/b.html",)]
    assert "PNG" in desk.row("image.png").detail
    assert (report.files, report.articles, report.errors) == (5, 2, 0)
    assert [outcome.path for outcome in report.outcomes] == [
        "blank.txt",
        "empty.txt",
        "image.png",
    ]
    counts = desk.store.counts(desk.generation)
    assert (counts.articles, counts.files, counts.unsearchable) == (2, 5, 3)
    assert counts.passages == report.passages == sum(len(a.passages) for a in desk.articles)


def test_a_second_run_changes_nothing(desk):
    for number in range(20):
        desk.write(f"{number}.txt", f"Text {number}")
    desk.write("empty.txt", "")
    desk.ingest()
    before = desk.articles, list(desk.store.ledger()), desk.generation
    report = desk.ingest()
    assert report.by_status == {Status.UNCHANGED: 21}
    assert (report.by_change, report.outcomes, report.articles) == ({}, (), 0)
    assert [a.key for a in desk.articles] == [a.key for a in before[0]]
    assert desk.generation == before[2]


def test_a_file_of_known_size_and_time_is_not_even_opened(desk, monkeypatch):
    path = desk.write("a.txt", "Text")
    os.utime(path, ns=(0, time.time_ns() - 10_000_000_001))
    desk.ingest()
    monkeypatch.setattr(os, "open", None)
    assert desk.ingest().by_status == {Status.UNCHANGED: 1}


def test_a_change_that_keeps_size_and_time_is_seen_if_it_came_at_once(desk):
    path = desk.write("a.txt", "Text one")
    stat = path.stat()
    desk.ingest()
    path.write_text("Text two")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    desk.ingest()
    assert desk.article("a.txt").text == "Text two"


def test_force_reads_again_and_keeps_what_is_as_it_was(desk):
    desk.write("a.txt", "First sentence here. " * 20)
    desk.write("b.txt", "First sentence here. " * 20)
    desk.ingest()
    before = desk.article("a.txt")
    assert desk.ingest(force=True).articles == 0
    assert desk.article("a.txt") == before
    report = desk.ingest(force=True, size=PassageSize(min_chars=10, max_chars=60))
    after = desk.article("a.txt")
    assert report.articles == 1
    assert (after.id, after.paths) == (before.id, ("a.txt", "b.txt"))
    assert len(after.passages) > len(before.passages)


def test_a_touched_file_is_unchanged_and_not_read_a_third_time(desk, monkeypatch):
    path = desk.write("a.txt", "Text")
    desk.ingest()
    generation = desk.generation
    os.utime(path, ns=(0, time.time_ns() - 10_000_000_001))
    assert desk.ingest().by_status == {Status.UNCHANGED: 1}
    monkeypatch.setattr(os, "open", None)
    assert desk.ingest().by_status == {Status.UNCHANGED: 1}
    assert desk.generation == generation


def test_a_changed_file_keeps_its_id(desk):
    desk.write("a.txt", "Before")
    desk.ingest()
    before = desk.article("a.txt")
    desk.write("a.txt", "After it all")
    report = desk.ingest()
    after = desk.article("a.txt")
    assert (after.id, after.text) == (before.id, "After it all")
    assert after.key != before.key
    assert after.sha256 != before.sha256
    assert report.changed == 1


def test_a_renamed_file_keeps_its_id(desk):
    desk.write("a.txt", "Text")
    desk.ingest()
    before = desk.article("a.txt")
    (desk.root / "a.txt").rename(desk.root / "b.txt")
    report = desk.ingest()
    assert desk.article("b.txt").id == before.id
    assert desk.statuses == {"b.txt": "indexed"}
    assert (report.renamed, report.removed, report.articles) == (1, 0, 0)
    assert report.outcomes[0].old_path == "a.txt"


def test_a_file_moved_out_of_sight_is_known_again_when_only_its_new_place_is_given(desk, tmp_path):
    desk.write("in/a.txt", "Text")
    desk.ingest()
    before = desk.article("in/a.txt")
    (tmp_path / "out").mkdir()
    (desk.root / "in/a.txt").rename(tmp_path / "out" / "b.txt")
    desk.ingest("../out")
    assert desk.article("../out/b.txt").id == before.id
    assert desk.statuses == {"../out/b.txt": "indexed"}


def test_a_renamed_folder_keeps_every_id(desk):
    for number in range(5):
        desk.write(f"old/{number}.txt", f"Text {number % 4}")
    desk.ingest()
    before = {a.text: a.id for a in desk.articles}
    (desk.root / "old").rename(desk.root / "new")
    report = desk.ingest()
    assert {a.text: a.id for a in desk.articles} == before
    assert (report.renamed, report.removed) == (5, 0)
    assert desk.article("new/0.txt").paths == ("new/0.txt", "new/4.txt")


def test_of_several_files_gone_the_one_of_the_same_name_is_the_one_that_moved(desk):
    desk.write("x/one.txt", "Same")
    desk.write("y/two.txt", "Same")
    desk.ingest()
    (desk.root / "x/one.txt").unlink()
    (desk.root / "z").mkdir()
    (desk.root / "y/two.txt").rename(desk.root / "z/two.txt")
    desk.ingest()
    assert desk.statuses == {"z/two.txt": "indexed"}
    assert desk.article("z/two.txt").paths == ("z/two.txt",)


def test_a_file_renamed_to_another_format_is_read_as_that(desk):
    desk.write("a.txt", "<p>Text</p> of it\n\nMore")
    desk.ingest()
    before = desk.article("a.txt")
    (desk.root / "a.txt").rename(desk.root / "a.html")
    desk.ingest()
    after = desk.article("a.html")
    assert after.id == before.id
    assert "<p>" in before.text
    assert "<p>" not in after.text


def test_a_copy_is_one_more_file_of_the_article(desk):
    desk.write("a.txt", "Text")
    desk.ingest()
    before = desk.article("a.txt")
    shutil.copy(desk.root / "a.txt", desk.root / "0.txt")
    desk.ingest()
    assert desk.article("0.txt").paths == ("a.txt", "0.txt")
    assert desk.article("0.txt").id == before.id
    assert (desk.row("0.txt").status, desk.row("0.txt").detail) == (
        Status.DUPLICATE_OF,
        before.id,
    )


def test_when_the_first_of_two_copies_goes_the_other_holds_the_article(desk):
    desk.write("a.txt", "Text")
    desk.write("b.txt", "Text")
    desk.ingest()
    before = desk.article("a.txt")
    (desk.root / "a.txt").unlink()
    report = desk.ingest()
    assert desk.article("b.txt").paths == ("b.txt",)
    assert desk.article("b.txt").id == before.id
    assert desk.statuses == {"b.txt": "indexed"}
    assert report.removed == 1


def test_an_heir_of_another_format_is_read_as_that(desk):
    desk.write("a.txt", "<p>Text</p> of it\n\nMore")
    desk.write("b.html", "<p>Text</p> of it\n\nMore")
    desk.ingest()
    assert "<p>" in desk.article("b.html").text
    (desk.root / "a.txt").unlink()
    desk.ingest()
    assert "<p>" not in desk.article("b.html").text


def test_an_article_follows_its_first_file_and_a_copy_left_behind_becomes_its_own(desk):
    desk.write("a.txt", "Text")
    desk.write("b.txt", "Text")
    desk.write("c.txt", "Text")
    desk.ingest()
    before = desk.article("a.txt")
    desk.write("a.txt", "Another text")
    desk.ingest()
    assert desk.texts == {("a.txt",): "Another text", ("b.txt", "c.txt"): "Text"}
    assert desk.article("a.txt").id == before.id
    assert desk.row("b.txt").status is Status.INDEXED
    assert desk.row("c.txt").detail == desk.article("b.txt").id != before.id


def test_a_copy_that_changes_becomes_an_article_of_its_own(desk):
    desk.write("a.txt", "Text")
    desk.write("b.txt", "Text")
    desk.ingest()
    before = desk.article("a.txt")
    desk.write("b.txt", "Another text")
    desk.ingest()
    assert desk.texts == {("a.txt",): "Text", ("b.txt",): "Another text"}
    assert desk.article("a.txt").id == before.id


def test_a_backup_copy_of_an_edited_file_does_not_take_its_id(desk):
    desk.write("b.txt", "Text")
    desk.ingest()
    before = desk.article("b.txt")
    shutil.copy(desk.root / "b.txt", desk.root / "a.txt")
    desk.write("b.txt", "Edited text")
    desk.ingest()
    assert desk.article("b.txt").id == before.id
    assert desk.article("a.txt").text == "Text"


def test_two_files_that_swap_their_contents_keep_their_ids(desk):
    desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    before = {path: desk.article(path).id for path in ("a.txt", "b.txt")}
    desk.write("a.txt", "Two")
    desk.write("b.txt", "One")
    desk.ingest()
    assert desk.texts == {("a.txt",): "Two", ("b.txt",): "One"}
    assert {path: desk.article(path).id for path in ("a.txt", "b.txt")} == before


def test_a_file_that_becomes_a_copy_joins_the_other(desk):
    desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    other = desk.article("b.txt").id
    desk.write("a.txt", "Two")
    desk.ingest()
    assert desk.texts == {("b.txt", "a.txt"): "Two"}
    assert desk.article("a.txt").id == other


def test_copies_that_change_alike_stay_together(desk):
    for name in ("a.txt", "b.txt", "c.txt"):
        desk.write(name, "One")
    desk.ingest()
    before = desk.article("a.txt").id
    for name in ("a.txt", "b.txt", "c.txt"):
        desk.write(name, "Another")
    desk.ingest()
    assert desk.texts == {("a.txt", "b.txt", "c.txt"): "Another"}
    assert desk.article("a.txt").id == before


def test_a_file_that_is_gone_takes_its_article_along(desk):
    desk.write("in/a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    (desk.root / "in/a.txt").unlink()
    assert desk.ingest("b.txt").by_status == {Status.UNCHANGED: 1}
    assert len(desk.articles) == 2
    report = desk.ingest("in")
    assert desk.statuses == {"b.txt": "indexed"}
    assert (report.removed, report.files, report.errors) == (1, 0, 0)


def test_a_given_path_that_is_gone_is_a_removal_if_it_was_known_and_an_error_if_not(desk):
    desk.write("in/a.txt", "One")
    desk.ingest()
    shutil.rmtree(desk.root / "in")
    assert desk.ingest("in").by_change == {Change.REMOVED: 1}
    report = desk.ingest("in", "b.txt")
    assert report.errors == 2
    assert report.outcomes[0].detail == "no such file or folder"
    assert desk.statuses == {}


def test_files_outside_the_given_folder_are_left_alone(desk, tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "x.txt").write_text("Shared")
    desk.write("a.txt", "One")
    desk.ingest(".", "../shared")
    (tmp_path / "shared" / "x.txt").unlink()
    desk.ingest()
    assert sorted(desk.statuses) == ["../shared/x.txt", "a.txt"]
    desk.ingest("..")
    assert sorted(desk.statuses) == ["a.txt"]


def test_a_folder_takes_the_place_of_a_file_and_back(desk):
    desk.write("a", "One text")
    desk.ingest()
    (desk.root / "a").unlink()
    desk.write("a/b.txt", "Another text")
    desk.ingest()
    assert desk.texts == {("a/b.txt",): "Another text"}
    shutil.rmtree(desk.root / "a")
    desk.write("a", "A third text")
    desk.ingest("a")
    assert desk.texts == {("a",): "A third text"}


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", Status.EMPTY), (b"\x89PNG\r\n\x1a\n" + bytes(50), Status.UNSUPPORTED)],
)
def test_a_file_that_becomes_empty_or_unsupported_loses_its_article(desk, content, status):
    desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.write("c.txt", "Two")
    desk.ingest()
    desk.write("a.txt", content)
    desk.write("b.txt", content)
    desk.ingest()
    assert desk.texts == {("c.txt",): "Two"}
    assert (desk.row("a.txt").status, desk.row("a.txt").articles) == (status, 0)
    desk.write("a.txt", "One again")
    desk.ingest()
    assert desk.article("a.txt").text == "One again"


@posix_only
def test_a_file_that_can_only_not_be_read_now_keeps_its_article(desk):
    path = desk.write("a.txt", "One")
    desk.ingest()
    before = desk.article("a.txt")
    path.unlink()
    path.symlink_to("a.txt")
    for _ in range(2):
        report = desk.ingest()
        assert (report.errors, report.files) == (1, 1)
        assert desk.articles == [before]
        assert (desk.row("a.txt").status, desk.row("a.txt").articles) == (Status.ERROR, 1)
        assert desk.store.counts(desk.generation).unsearchable == 0
    path.unlink()
    desk.write("a.txt", "One")
    desk.ingest()
    assert desk.row("a.txt").status is Status.INDEXED
    assert desk.articles == [before]


@not_as_root
def test_files_and_folders_without_permission_are_errors_and_keep_what_they_had(desk):
    for name in ("a.txt", "in/b.txt", "in/sub/c.txt"):
        desk.write(name, f"Text of {name}")
    desk.ingest()
    before = desk.articles
    (desk.root / "a.txt").chmod(0)
    (desk.root / "in").chmod(0)
    try:
        report = desk.ingest()
    finally:
        (desk.root / "a.txt").chmod(0o600)
        (desk.root / "in").chmod(0o700)
    assert [(o.path, o.status) for o in report.outcomes] == [
        ("in/", Status.ERROR),
        ("a.txt", Status.ERROR),
    ] or [o.path for o in report.outcomes] == ["a.txt", "in/"]
    assert desk.articles == before
    desk.ingest()
    assert set(desk.statuses.values()) == {"indexed"}
    assert "in/" not in desk.statuses


@posix_only
def test_a_file_that_becomes_a_pipe_is_unsupported_and_never_opened(desk):
    path = desk.write("a.txt", "One")
    desk.ingest()
    path.unlink()
    os.mkfifo(path)
    desk.ingest()
    assert desk.articles == []
    assert desk.row("a.txt").detail == "a named pipe; only files are read"
    generation = desk.generation
    desk.ingest()
    assert desk.generation == generation


def test_a_reader_that_fails_is_an_error_of_that_file_only(desk, monkeypatch):
    desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    before = desk.article("a.txt")
    desk.write("a.txt", "A poisonous text")
    desk.write("b.txt", "Two and more")

    def split(extract, **kwargs):
        if "poisonous" in extract.text:
            raise RecursionError("too deep")
        return really_split(extract, **kwargs)

    from pinakes.corpus import ingest_source

    really_split = ingest_source.split
    monkeypatch.setattr(ingest_source, "split", split)
    report = desk.ingest()
    assert report.errors == 1
    assert desk.row("a.txt").detail == "RecursionError: too deep"
    assert desk.article("a.txt") == before
    assert desk.article("b.txt").text == "Two and more"
    assert desk.ingest().by_status == {Status.UNCHANGED: 2}


def test_a_file_that_is_too_large_is_unsupported(desk):
    desk.write("a.txt", "A long text")
    desk.ingest(max_file_bytes=5)
    assert desk.row("a.txt").status is Status.UNSUPPORTED
    assert "11 bytes" in desk.row("a.txt").detail


@posix_only
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS takes only names in UTF-8")
def test_a_name_that_is_not_utf_8_does_no_harm(desk):
    (desk.root / os.fsdecode(b"caf\xe9.txt")).write_text("One")
    (desk.root / os.fsdecode(b"caf\xe9.bin")).write_bytes(b"\x00\x01")
    desk.ingest()
    assert desk.article(r"caf\xE9.txt").text == "One"
    assert desk.ingest().by_status == {Status.UNCHANGED: 2}
    (desk.root / os.fsdecode(b"caf\xe9.txt")).rename(desk.root / "new.txt")
    assert desk.ingest().renamed == 1


def test_text_that_is_not_unicode_does_no_harm(desk):
    desk.write("a.jsonl", r'{"id": "\udc00", "title": "\ud800", "text": "Text \udfff of it"}')
    desk.write("b.txt", "Text\0 with \udcff".encode("utf-8", "surrogatepass"))
    report = desk.ingest()
    assert report.files == 2
    for article in desk.articles:
        article.text.encode()


def test_names_that_differ_in_case_only_are_two_files_where_they_can_be(desk):
    desk.write("a.txt", "One")
    desk.write("A.txt", "Two")
    desk.ingest()
    assert len(desk.articles) == len(list(desk.root.glob("[aA].txt")))


def test_two_archives_do_not_know_of_each_other(desk, tmp_path):
    other = Desk(tmp_path / "archive" / "inner")
    desk.write("inner/a.txt", "One")
    desk.ingest()
    other.ingest()
    assert list(desk.statuses) == ["inner/a.txt"]
    assert list(other.statuses) == ["a.txt"]
    assert desk.articles[0].id == other.articles[0].id
    other.store.close()


def test_each_record_of_a_file_is_an_article_and_a_bad_one_a_problem(desk):
    desk.write("a.jsonl", '{"id": "x", "text": "One"}\n{bad\n{"text": "Three"}\n')
    report = desk.ingest()
    assert [(a.record, a.text) for a in desk.articles] == [("x", "One"), ("line 3", "Three")]
    assert desk.row("a.jsonl").articles == 2
    assert [problem.where for problem in desk.row("a.jsonl").problems] == ["line 2"]
    assert (report.problems, report.articles, report.files) == (1, 2, 1)
    assert report.outcomes[0].status is Status.INDEXED


def test_a_file_of_bad_records_only_is_an_error(desk):
    desk.write("a.jsonl", "{bad\n{worse\n")
    desk.ingest()
    assert desk.row("a.jsonl").status is Status.ERROR
    assert "none of 2 records can be read; line 1: not JSON" in desk.row("a.jsonl").detail


def test_one_changed_record_of_many_leaves_the_others_their_keys(desk):
    texts = {f"r{number}": f"Text {number}" for number in range(300)}
    desk.write_records("a.jsonl", **texts)
    desk.ingest()
    before = {a.record: a for a in desk.articles}
    desk.write_records("a.jsonl", **texts | {"r7": "Another text", "new": "A new text"})
    report = desk.ingest()
    after = {a.record: a for a in desk.articles}
    changed = {record for record in before if before[record].key != after[record].key}
    assert changed == {"r7"}
    assert after["r7"].id == before["r7"].id
    assert report.articles == 2
    assert len({a.sha256 for a in desk.articles}) == 1
    assert after["r1"].sha256 != before["r1"].sha256


def test_a_record_that_is_gone_takes_its_article_along(desk):
    desk.write_records("a.jsonl", x="One", y="Two")
    desk.ingest()
    desk.write_records("a.jsonl", y="Two")
    desk.ingest()
    assert [a.record for a in desk.articles] == ["y"]
    assert desk.row("a.jsonl").articles == 1


def test_records_without_a_name_are_known_by_their_text_when_a_line_comes_in_above(desk):
    lines = [json.dumps({"text": f"Text {n}"}) for n in range(5)]
    desk.write("a.jsonl", "\n".join(lines))
    desk.ingest()
    before = {a.text: a.id for a in desk.articles}
    desk.write("a.jsonl", "\n".join(['{"text": "On top"}', *lines]))
    desk.ingest()
    after = {a.text: a.id for a in desk.articles}
    assert {text: after[text] for text in before} == before
    assert desk.article("a.jsonl", "line 6").text == "Text 4"


def test_an_edited_record_without_a_name_is_known_by_its_place(desk):
    desk.write("a.jsonl", '{"text": "One"}\n{"text": "Two"}')
    desk.ingest()
    before = desk.article("a.jsonl", "line 2").id
    desk.write("a.jsonl", '{"text": "One"}\n{"text": "Two and more"}')
    desk.ingest()
    assert desk.article("a.jsonl", "line 2").id == before


def test_a_declared_name_says_which_record_it_is_whatever_its_text(desk):
    desk.write_records("a.jsonl", x="One", y="Two")
    desk.ingest()
    before = {a.record: a.id for a in desk.articles}
    desk.write_records("a.jsonl", x="Two", y="One")
    desk.ingest()
    assert {a.record: a.id for a in desk.articles} == before
    assert desk.article("a.jsonl", "x").text == "Two"


def test_copies_and_moves_of_a_file_of_records_take_all_its_articles_along(desk):
    desk.write_records("a.jsonl", x="One", y="Two")
    desk.ingest()
    ids = [a.id for a in desk.articles]
    shutil.copy(desk.root / "a.jsonl", desk.root / "b.jsonl")
    desk.ingest()
    assert {a.paths for a in desk.articles} == {("a.jsonl", "b.jsonl")}
    assert desk.row("b.jsonl").detail == f"{ids[0]} and 1 more"
    (desk.root / "a.jsonl").rename(desk.root / "c.jsonl")
    desk.ingest()
    assert {a.paths for a in desk.articles} == {("c.jsonl", "b.jsonl")}
    desk.write_records("c.jsonl", x="One", y="Changed")
    desk.ingest()
    assert [a.id for a in desk.articles if a.paths == ("c.jsonl",)] == ids
    assert {a.text for a in desk.articles if a.paths == ("b.jsonl",)} == {"One", "Two"}


def test_records_can_be_read_by_other_fields(desk):
    desk.write("a.jsonl", '{"story": "One"}')
    desk.ingest()
    assert desk.row("a.jsonl").status is Status.ERROR
    desk.ingest(force=True, fields=RecordFields(text=("story",)))
    assert desk.article("a.jsonl", "line 1").text == "One"


def test_what_was_removed_stays_out_until_it_changes(desk):
    path = desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    id_ = desk.article("a.txt").id
    assert desk.remove("a.txt") == [id_]
    assert desk.statuses == {"a.txt": "removed", "b.txt": "indexed"}
    assert path.exists()
    os.utime(path, ns=(0, 7))
    for force in (False, True):
        desk.ingest(force=force)
        assert desk.texts == {("b.txt",): "Two"}
    counts = desk.store.counts(desk.generation)
    assert (counts.files, counts.unsearchable, counts.by_status[Status.REMOVED]) == (1, 0, 1)
    desk.write("a.txt", "One, changed")
    desk.ingest()
    assert desk.article("a.txt").text == "One, changed"


def test_what_was_removed_comes_back_when_it_is_named(desk):
    desk.write("a.txt", "One")
    desk.ingest()
    id_ = desk.article("a.txt").id
    desk.remove(id_)
    assert desk.ingest("a.txt").articles == 1
    assert desk.article("a.txt").id == id_


def test_what_was_removed_stays_out_under_another_name(desk):
    desk.write("a.txt", "One")
    desk.ingest()
    desk.remove("a.txt")
    (desk.root / "a.txt").rename(desk.root / "b.txt")
    desk.ingest()
    assert desk.statuses == {"b.txt": "removed"}
    (desk.root / "b.txt").rename(desk.root / "c.txt")
    desk.ingest("c.txt")
    assert desk.article("c.txt").text == "One"


def test_removing_one_of_two_copies_leaves_the_article_with_the_other(desk):
    desk.write("a.txt", "One")
    desk.write("b.txt", "One")
    desk.ingest()
    assert desk.remove("a.txt") == []
    assert desk.texts == {("b.txt",): "One"}
    assert desk.statuses == {"a.txt": "removed", "b.txt": "indexed"}
    desk.ingest()
    assert desk.statuses == {"a.txt": "removed", "b.txt": "indexed"}


def test_removing_an_article_by_its_id_empties_all_its_files(desk):
    desk.write("a.txt", "One")
    desk.write("b.txt", "One")
    desk.ingest()
    id_ = desk.article("a.txt").id
    report = remove(desk.store, desk.folder, [id_[:5]])
    assert (report.articles, report.files) == ((id_,), ("a.txt", "b.txt"))
    desk.ingest()
    assert desk.statuses == {"a.txt": "removed", "b.txt": "removed"}


def test_removing_a_folder_takes_out_what_is_below_it(desk):
    desk.write("in/a.txt", "One")
    desk.write("in/sub/b.txt", "Two")
    desk.write("c.txt", "Three")
    desk.ingest()
    assert len(desk.remove("in/")) == 2
    assert desk.texts == {("c.txt",): "Three"}


def test_a_record_removed_by_its_id_stays_out_when_its_file_changes(desk):
    desk.write_records("a.jsonl", x="One", y="Two")
    desk.ingest()
    desk.remove(desk.article("a.jsonl", "x").id)
    assert desk.row("a.jsonl").articles == 1
    desk.write_records("a.jsonl", x="One", y="Two", z="Three")
    desk.ingest()
    assert [a.record for a in desk.articles] == ["y", "z"]
    (desk.root / "a.jsonl").rename(desk.root / "b.jsonl")
    desk.ingest()
    desk.write_records("b.jsonl", x="One", y="Two")
    desk.ingest()
    assert [a.record for a in desk.articles] == ["y"]
    desk.ingest("b.jsonl")
    assert [a.record for a in desk.articles] == ["y", "x"]


def test_a_file_whose_records_were_all_removed_is_removed(desk):
    desk.write_records("a.jsonl", x="One", y="Two")
    desk.ingest()
    desk.remove(*(a.id for a in desk.articles))
    desk.ingest()
    assert desk.statuses == {"a.jsonl": "removed"}


def test_nothing_is_removed_if_one_target_is_unknown(desk):
    desk.write("a.txt", "One")
    desk.ingest()
    for unknown in ("ffffffff", "b.txt", ""):
        with pytest.raises(UnknownArticleError):
            remove(desk.store, desk.folder, ["a.txt", unknown])
    assert len(desk.articles) == 1


def test_progress_hears_of_every_file_and_commits_of_every_generation(desk):
    for number in range(10):
        desk.write(f"{number}.txt", f"Text {number}")
    heard: list[FileOutcome] = []
    commits: list[tuple[int, int]] = []

    def run() -> None:
        ingest(
            desk.store,
            desk.folder,
            [desk.root],
            options=IngestOptions(batch_articles=4),
            progress=heard.append,
            on_commit=lambda generation: commits.append((generation, len(desk.articles))),
        )

    run()
    assert [outcome.path for outcome in heard] == [f"{n}.txt" for n in range(10)]
    assert commits == [(1, 4), (2, 8), (3, 10)]
    run()
    assert len(heard) == 20
    assert len(commits) == 3


def test_an_interrupt_keeps_what_is_done_and_the_next_run_goes_on(desk):
    for number in range(10):
        desk.write(f"{number}.txt", f"Text {number}")
    commits: list[int] = []

    def stop(outcome: FileOutcome) -> None:
        if outcome.path == "6.txt":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(desk.store, desk.folder, [desk.root], progress=stop, on_commit=commits.append)
    assert len(desk.articles) == 7
    assert commits == [1]
    assert desk.ingest().by_change == {Change.NEW: 3}
    assert len(desk.articles) == 10


def test_an_error_of_the_caller_undoes_the_batch_and_no_more(desk):
    for number in range(10):
        desk.write(f"{number}.txt", f"Text {number}")

    def fail(outcome: FileOutcome) -> None:
        if outcome.path == "6.txt":
            raise ZeroDivisionError

    options = IngestOptions(batch_articles=4)
    with pytest.raises(ZeroDivisionError):
        ingest(desk.store, desk.folder, [desk.root], options=options, progress=fail)
    assert len(desk.articles) == 4
    assert desk.store.counts(desk.generation).articles == 4
    assert desk.ingest().by_change == {Change.NEW: 6}


def test_many_copies_of_one_file_are_taken_in_without_delay(desk):
    for number in range(400):
        desk.write(f"{number}.txt", "Not found")
    began = time.perf_counter()
    desk.ingest(batch_articles=10)
    assert time.perf_counter() - began < 10
    assert len(desk.article("0.txt").paths) == 400
