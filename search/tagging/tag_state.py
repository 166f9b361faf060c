"""Which taggers an archive's articles should have gone through, and which they have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pinakes.corpus import (
    ArchiveFolder,
    Retagging,
    Tagger,
    TagLevel,
    TagSettings,
    load_taggers,
    runs_at,
    stamp_name,
)
from pinakes.search.tagging.rule_files import Rules, read_rules
from pinakes.search.tagging.settings import settings_of


class TagState(NamedTuple):
    """The taggers that there are for an archive.

    Attributes:
        level: What is set for the archive.
        taggers: All that could be loaded, by name, whatever their level.
        problems: By name, why others could not, for a person.
        rules: The names of the user's rules among all these.
        settings: What they were loaded by.
    """

    level: TagLevel
    taggers: Mapping[str, Tagger]
    problems: Mapping[str, str]
    rules: frozenset[str]
    settings: TagSettings

    @property
    def wanted(self) -> dict[str, Tagger]:
        """Those of the level that is set."""
        return {
            name: each for name, each in self.taggers.items() if runs_at(each.level, self.level)
        }

    @property
    def others(self) -> dict[str, Tagger]:
        """Those of higher levels."""
        wanted = self.wanted
        return {name: each for name, each in self.taggers.items() if name not in wanted}

    def gone(self, stamps: Iterable[str]) -> frozenset[str]:
        """Return the names in stamps of which there is no tagger, and none that is broken."""
        known = {*self.taggers, *self.problems}
        return frozenset(name for name in map(stamp_name, stamps) if name not in known)

    def outdated(self, counts: Mapping[tuple[str, ...], int]) -> dict[str, int]:
        """Return by tagger in how many articles its tags are older, missing or of one gone.

        `counts` has how many articles have gone through which taggers.
        """
        asked = self.bring_up(stamp for stamps in counts for stamp in stamps)
        found: dict[str, int] = {}
        for stamps, count in counts.items():
            for name in asked.work_on(stamps).replaced:
                found[name] = found.get(name, 0) + count
        return dict(sorted(found.items()))

    def bring_up(self, stamps: Iterable[str]) -> Retagging:
        """Return what brings all articles up to date, given what any has gone through."""
        return Retagging(taggers=self.wanted, also=self.others, dropped=self.gone(stamps))

    def apply_changed_rules(self, stamps: Iterable[str]) -> Retagging:
        """Return what brings all articles up to date with the user's rules alone."""
        marked = [stamp for stamp in stamps if "+" in stamp]
        taggers = {name: each for name, each in self.wanted.items() if name in self.rules}
        return Retagging(taggers=taggers, dropped=self.gone(marked))


def read_state(folder: ArchiveFolder, *, only: str | None = None) -> TagState:
    """Find out which taggers there are for an archive, its user's rules included.

    Args:
        folder: That of the archive.
        only: The name of a tagger, beside which no other is loaded; to load all takes a third of
            a second.
    """
    found = read_rules(folder)
    settings = settings_of(TagLevel.ALL, found.rules)
    loaded = load_taggers(settings, only=None if only is None else frozenset({only}))
    state = state_of_rules(folder, found)
    return state._replace(
        taggers={tagger.name: tagger for tagger in loaded.taggers},
        problems={**loaded.problems, **state.problems},
    )


def state_of_rules(folder: ArchiveFolder, found: Rules) -> TagState:
    """Do as `read_state` for the user's rules alone, which have been read."""
    errors = {name: str(error) for name, error in found.errors.items()}
    return TagState(
        level=folder.read_config().tags.level,
        taggers={tagger.name: tagger for tagger in found.taggers},
        problems=errors,
        rules=frozenset({*(rule.name for rule in found.rules), *errors}),
        settings=settings_of(TagLevel.ALL, found.rules),
    )
