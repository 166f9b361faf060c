"""What is kept stays within its memory, and goes in the order it was last asked for."""

from __future__ import annotations

from dataclasses import dataclass

from pinakes.indexer import Kept


@dataclass(frozen=True)
class Thing:
    name: str
    size_bytes: int = 10


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    kept = Kept[str, Thing](30)
    for name in ("a", "b", "c", "a", "d"):
        kept.get(name, lambda name=name: Thing(name))
    assert [name for name in "abcd" if name in kept] == ["a", "c", "d"]


def test_what_is_kept_is_not_made_again() -> None:
    kept = Kept[str, Thing](30)
    first = kept.get("a", lambda: Thing("a"))
    assert kept.get("a", lambda: Thing("other")) is first


def test_what_is_larger_than_all_the_memory_is_returned_and_not_kept() -> None:
    kept = Kept[str, Thing](30)
    assert kept.get("a", lambda: Thing("a", 31)).name == "a"
    assert "a" not in kept
