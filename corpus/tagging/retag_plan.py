"""What is to be done with articles that are tagged again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from pinakes.corpus.tagging.registry import stamp_name, stamp_of
from pinakes.corpus.tagging.tagger import Tagger

Stamps = tuple[str, ...]
MayFind = Callable[[int, str], bool]
"""Tells of an article, by its key and its text, whether anything may be found in it."""


class Work(NamedTuple):
    """What is to be done with the articles that have gone through the same taggers.

    Attributes:
        taggers: To be run.
        dropped: The names of others whose tags are taken away.
        replaced: The names of all whose tags do not stay, whether they are run or dropped.
        kept: The stamps of what is left as it is.
        done: The stamps of an article with which all of this is done.
    """

    taggers: tuple[Tagger, ...]
    dropped: frozenset[str]
    replaced: frozenset[str]
    kept: Stamps
    done: Stamps

    @property
    def is_any(self) -> bool:
        """Whether there is anything to be done."""
        return bool(self.replaced)


class Retagging(NamedTuple):
    """What is to be done with every article.

    Attributes:
        taggers: By name, those that are run again.
        also: By name, those that are run again only on what they have tagged before.
        dropped: The names of those whose tags are taken away.
        is_forced: Whether also articles are looked at that have gone through these very taggers.
        may_find: By name, whether a tagger may find anything in an article; one that is not named
            may in all.
    """

    taggers: Mapping[str, Tagger]
    also: Mapping[str, Tagger] = MappingProxyType({})
    dropped: frozenset[str] = frozenset()
    is_forced: bool = False
    may_find: Mapping[str, MayFind] = MappingProxyType({})

    def work_on(self, stamps: Stamps) -> Work:
        """Return what is to be done with an article with such stamps."""
        known = {stamp_name(stamp): stamp for stamp in stamps}
        run = tuple(
            tagger
            for name, tagger in (*self.taggers.items(), *self.also.items())
            if (name in self.taggers or name in known)
            and (self.is_forced or known.get(name) != stamp_of(tagger))
        )
        # Where a tagger is forced, tags of it may be there that nothing is remembered of.
        dropped = frozenset(name for name in self.dropped if self.is_forced or name in known)
        replaced = dropped.union(tagger.name for tagger in run)
        kept = tuple(stamp for name, stamp in known.items() if name not in replaced)
        done = tuple(sorted({*kept, *map(stamp_of, run)}))
        return Work(run, dropped, replaced, kept, done)
