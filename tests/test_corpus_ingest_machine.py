"""Random histories of a folder, with an ingest now and then, against a model that is a dict."""

from __future__ import annotations

import os
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from pinakes.corpus import (
    ArchiveFolder,
    Change,
    IngestOptions,
    IngestReport,
    Status,
    Store,
    check_store,
    ingest,
)

PATHS = st.sampled_from(["a.txt", "b.txt", "d/a.txt", "d/b.txt", "f/a.txt"])
# Of one length, so that only bytes or times tell them apart; and two that hold no article.
TEXTS = ("Text one", "Text two", "Text six")
CONTENTS = st.sampled_from([*TEXTS, *TEXTS, *TEXTS, "        ", "%!PS-Adobe-3.0"])
BATCHES = st.sampled_from([1, 2, 1000])


class Folder(RuleBasedStateMachine):
    """A folder of files, and what its archive must say of them after each ingest."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.folder = ArchiveFolder.create(self.root)
        self.store = Store.open(self.folder.store_path, read_only=False)
        self.reader = Store.open(self.folder.store_path)
        self.clock_ns = 0
        self.files: dict[str, str] = {}
        self.ingested: dict[str, str] = {}
        # What the archive knows; nothing while that is of several times.
        self.known: dict[str, str] | None = {}
        self.ids: dict[str, str] = {}
        self.owned: set[str] = set()
        self.moved_from: dict[str, str] = {}
        self.history: dict[int, dict[int, tuple[str, tuple[str, ...]]]] = {0: {}}

    def teardown(self) -> None:
        self.store.close()
        self.reader.close()
        shutil.rmtree(self.root)

    @initialize(files=st.dictionaries(PATHS, st.sampled_from(TEXTS), min_size=2))
    def begin_with_some_files(self, files: dict[str, str]) -> None:
        for path, content in files.items():
            self.write(path, content)
        self.ingest(batch=1000, force=False)

    @rule(path=PATHS, content=CONTENTS)
    def write(self, path: str, content: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(content)
        self.files[path] = content
        self.moved_from.pop(path, None)

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.files)))
        (self.root / path).unlink()
        del self.files[path]
        self.moved_from.pop(path, None)

    @precondition(lambda self: self.files)
    @rule(data=st.data(), to=PATHS)
    def rename(self, data: st.DataObject, to: str) -> None:
        path = data.draw(st.sampled_from(sorted(self.files)))
        if path != to:
            self._move(path, to)

    def _move(self, path: str, target: str) -> None:
        (self.root / target).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).replace(self.root / target)
        self.files[target] = self.files.pop(path)
        self.moved_from[target] = self.moved_from.pop(path, path)

    @precondition(lambda self: any(path.startswith("d/") for path in self.files))
    @rule()
    def rename_folder(self) -> None:
        for path in sorted(self.files):
            if path.startswith("d/"):
                self._move(path, "g/" + path[2:])
        shutil.rmtree(self.root / "d")

    @precondition(lambda self: self.files)
    @rule(data=st.data(), to=PATHS)
    def copy(self, data: st.DataObject, to: str) -> None:
        path = data.draw(st.sampled_from(sorted(self.files)))
        self.write(to, self.files[path])

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def touch(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.files)))
        # Long ago, so that it counts as settled, and never the same: a change that keeps size and
        # time cannot be seen.
        self.clock_ns += 1_000_000_007
        os.utime(self.root / path, ns=(0, self.clock_ns))

    @rule(batch=BATCHES, force=st.booleans())
    def ingest(self, batch: int, force: bool) -> None:
        options = IngestOptions(batch_articles=batch, force=force, prune=True)
        report = ingest(self.store, self.folder, [self.root], options=options)
        assert report.errors == 0
        assert report.files == len(self.files)
        self._check_changes(report)
        self._check_articles()
        self._check_ledger()
        self._check_ids()
        self._remember()
        generation = self.store.state().generation
        again = ingest(self.store, self.folder, [self.root])
        assert set(again.by_status) <= {Status.UNCHANGED}
        assert self.store.state().generation == generation

    @rule(path=st.sampled_from(["a.txt", "d", "g", "d/a.txt"]), batch=BATCHES)
    def ingest_a_part(self, path: str, batch: int) -> None:
        options = IngestOptions(batch_articles=batch)
        ingest(self.store, self.folder, [self.root / path], options=options)
        # What the archive now knows is of several times; only the next whole ingest is checked.
        generation = self.store.state().generation
        articles = self.store.living(generation)
        self.history[generation] = {a.key: (a.text, a.paths) for a in articles}
        self.owned, self.moved_from, self.known = set(), {}, None

    def _check_changes(self, report: IngestReport) -> None:
        known, self.known = self.known, dict(self.files)
        if known is None:
            return
        new = report.by_change.get(Change.NEW, 0)
        assert new + report.renamed == len(self.files.keys() - known.keys())
        assert report.removed + report.renamed == len(known.keys() - self.files.keys())
        common = known.keys() & self.files.keys()
        assert report.changed == sum(known[path] != self.files[path] for path in common)

    def _check_articles(self) -> None:
        """Check that each text there is stands in one article, which has all files with it."""
        expected: dict[str, set[str]] = {}
        for path, content in self.files.items():
            if content in TEXTS:
                expected.setdefault(content, set()).add(path)
        articles = list(self.store.living(self.store.state().generation))
        assert {a.text: set(a.paths) for a in articles} == expected
        assert len(articles) == len(expected)
        assert len({a.id for a in articles}) == len(articles)

    def _check_ledger(self) -> None:
        articles = list(self.store.living(self.store.state().generation))
        owners = {a.paths[0]: a for a in articles}
        holders = {path: a for a in articles for path in a.paths}
        rows = {row.path: row for row in self.store.ledger()}
        assert rows.keys() == self.files.keys()
        for path, row in rows.items():
            if path in owners:
                assert (row.status, row.detail, row.articles) == (Status.INDEXED, "", 1)
            elif path in holders:
                assert (row.status, row.articles) == (Status.DUPLICATE_OF, 1)
                assert row.detail == holders[path].id
            else:
                status = Status.UNSUPPORTED if "%!PS" in self.files[path] else Status.EMPTY
                assert (row.status, row.articles) == (status, 0)

    def _check_ids(self) -> None:
        """Check that an id stayed with its file: unchanged, edited, or moved as the only such."""
        articles = list(self.store.living(self.store.state().generation))
        now = {path: a.id for a in articles for path in a.paths}
        for path in self.owned:
            content = self.files.get(path)
            is_alone = sum(other == content for other in self.files.values()) == 1
            if content in TEXTS and (content == self.ingested[path] or is_alone):
                assert now[path] == self.ids[path]
        for target, path in self.moved_from.items():
            content = self.files[target]
            if (
                path in self.owned
                and path not in self.files
                and target not in self.ingested
                and content == self.ingested[path]
                and sum(other == content for other in self.files.values()) == 1
                and sum(other == content for other in self.ingested.values()) == 1
            ):
                assert now[target] == self.ids[path]

    def _remember(self) -> None:
        generation = self.store.state().generation
        articles = list(self.store.living(generation))
        self.ingested = dict(self.files)
        self.ids = {path: a.id for a in articles for path in a.paths}
        self.owned = {a.paths[0] for a in articles}
        self.moved_from = {}
        self.history[generation] = {a.key: (a.text, a.paths) for a in articles}
        counts = self.store.counts(generation)
        assert (counts.articles, counts.files) == (len(articles), len(self.files))
        assert counts.passages == sum(len(a.passages) for a in articles)
        assert counts.unsearchable == len(self.files) - sum(len(a.paths) for a in articles)

    @invariant()
    def every_generation_is_as_it_was(self) -> None:
        for generation, articles in self.history.items():
            found = {a.key: (a.text, a.paths) for a in self.reader.living(generation)}
            assert found == articles

    @invariant()
    def the_store_is_whole(self) -> None:
        assert list(check_store(self.folder.store_path)) == []

    @invariant()
    def an_index_that_follows_births_and_deaths_knows_what_lives(self) -> None:
        generations = sorted(self.history)
        known: set[int] = set()
        for since, until in pairwise(generations):
            known -= set(self.reader.died_between(since, until))
            born = {a.key for a in self.reader.born_between(since, until)}
            assert not known & born
            known |= born
            assert known == self.history[until].keys()


Folder.TestCase.settings = settings(
    deadline=None,
    max_examples=60,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow],
)
TestFolder = Folder.TestCase
