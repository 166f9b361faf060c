"""Whether packages may register taggers: never denied where `importlib.metadata` finds some."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

from pinakes.corpus import tagger_names
from pinakes.corpus.tagging.entry_points import may_be_registered
from pinakes.corpus.tagging.registry import ENTRY_POINTS

_POINTS = f"[{ENTRY_POINTS}]\nmine = mine:tag_mines\n"
_METADATA = "Metadata-Version: 2.1\nName: mine\nVersion: 1.0\n"


def package(place: Path, points: str | None, *, suffix: str = ".dist-info") -> Path:
    """Leave a package in a place, as pip does."""
    packed = place / f"mine-1.0{suffix}"
    packed.mkdir(parents=True)
    (packed / "METADATA").write_text(_METADATA)
    if points is not None:
        (packed / "entry_points.txt").write_text(points)
    return place


def is_found(place: Path) -> bool:
    return any(
        point.name == "mine"
        for found in Distribution.discover(path=[str(place)])
        for point in found.entry_points
    )


@pytest.mark.parametrize("suffix", [".dist-info", ".egg-info", ".DIST-INFO"])
def test_a_package_with_such_entry_points_is_noticed(suffix: str, tmp_path: Path) -> None:
    package(tmp_path, _POINTS, suffix=suffix)
    assert is_found(tmp_path)
    assert may_be_registered(ENTRY_POINTS, ["/nowhere", str(tmp_path)])


@pytest.mark.parametrize("points", [None, "", "[console_scripts]\nmine = mine:main\n"])
def test_a_package_without_such_entry_points_need_not_be_asked(
    points: str | None, tmp_path: Path
) -> None:
    package(tmp_path, points)
    (tmp_path / "old-1.0.egg-info").write_text(_METADATA)
    assert not may_be_registered(ENTRY_POINTS, ["/nowhere", str(tmp_path)])


def test_the_working_directory_is_looked_at_where_it_is_among_the_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(package(tmp_path, _POINTS))
    assert may_be_registered(ENTRY_POINTS, [""])


def test_what_an_archive_or_an_egg_holds_is_left_to_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ZipFile(tmp_path / "packages.zip", "w") as packed:
        packed.writestr("mine-1.0.dist-info/METADATA", _METADATA)
        packed.writestr("mine-1.0.dist-info/entry_points.txt", _POINTS)
    assert may_be_registered(ENTRY_POINTS, [str(tmp_path / "packages.zip")])
    egg = tmp_path / "mine-1.0-py3.egg"
    (egg / "EGG-INFO").mkdir(parents=True)
    assert may_be_registered(ENTRY_POINTS, [str(egg)])
    monkeypatch.syspath_prepend(str(tmp_path / "packages.zip"))
    assert "mine" in tagger_names()


def test_packages_that_a_finder_of_others_knows_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Finder:
        def find_spec(self, *_args: object) -> None:
            return None

        def find_distributions(self, *_args: object) -> Iterable[Distribution]:
            return ()

    assert not may_be_registered(ENTRY_POINTS, [])
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder()])
    assert may_be_registered(ENTRY_POINTS, [])


def test_none_is_denied_of_the_packages_that_are_here() -> None:
    groups = {point.group for found in distributions() for point in found.entry_points}
    assert groups
    assert all(may_be_registered(group, sys.path) for group in groups)
