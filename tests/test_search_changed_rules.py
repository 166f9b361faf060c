"""Rules that change while `index` waits, or takes articles in, count as they are at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pinakes.corpus import ArchiveFolder, TagLevel
from pinakes.search import Archive, IndexOptions, taking_in


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    (tmp_path / "a.txt").write_text("The mine collapsed near the river.\n", encoding="utf-8")
    with Archive.create(tmp_path) as made:
        made.index([tmp_path])
        (tmp_path / ".pinakes" / "rules").mkdir()
        yield made


def set_rule(archive: Archive, version: int, value: str, word: str) -> None:
    rule = f'version = {version}\nvalue = "{value}"\nwords = ["{word}"]\n'
    (archive.root / ".pinakes" / "rules" / "r.toml").write_text(rule, encoding="utf-8")


def values(archive: Archive) -> set[str]:
    return {each for each in ("old", "new") if archive.search(f"tag:topic:{each}").hits}


def test_rules_are_read_when_the_lock_is_held(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_rule(archive, 1, "old", "mine")
    hold = taking_in.writing

    @contextmanager
    def wait(folder: ArchiveFolder, *, wait_s: float) -> Iterator[Any]:
        set_rule(archive, 2, "new", "river")
        with hold(folder, wait_s=wait_s) as held:
            yield held

    monkeypatch.setattr(taking_in, "writing", wait)
    archive.index([archive.root])
    assert values(archive) == {"new"}
    assert not archive.tags.outdated()


def test_rules_that_change_while_articles_are_taken_in_are_applied(archive: Archive) -> None:
    set_rule(archive, 1, "old", "mine")
    (archive.root / "b.txt").write_text("The mine is old, the river is new.\n", encoding="utf-8")
    archive.index([archive.root], progress=lambda _file: set_rule(archive, 2, "new", "river"))
    assert values(archive) == {"new"}
    assert len(archive.search("tag:topic:new").hits) == 2
    assert not archive.tags.outdated()


def test_rules_are_not_read_where_nothing_is_tagged(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_rule(archive, 1, "old", "mine")
    monkeypatch.delattr(taking_in, "read_rules")
    archive.index([archive.root], options=IndexOptions(tags=TagLevel.NONE))
    assert values(archive) == set()
