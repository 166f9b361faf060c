"""Which taggers there are: those that ship with Pinakes, those of other packages, the user's.

A tagger is loaded when something is tagged with it, by its name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pinakes.corpus.structure_tags import TYPES as STRUCTURE_TYPES
from pinakes.corpus.tagging.by_hand import HAND
from pinakes.corpus.tagging.entry_points import may_be_registered
from pinakes.corpus.tagging.level import TagLevel
from pinakes.corpus.tagging.settings import RuleText, TagSettings
from pinakes.corpus.tagging.tagger import Tagger

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "pinakes.taggers"
BUILT_IN: Mapping[str, tuple[str, TagLevel]] = MappingProxyType(
    {
        "mentions": ("mentions:tag_mentions", TagLevel.BASIC),
        "place": ("places:tag_places", TagLevel.BASIC),
        "law": ("laws:tag_laws", TagLevel.BASIC),
        "numbers": ("numbers:tag_numbers", TagLevel.BASIC),
        "names": ("names:tag_names", TagLevel.BASIC),
        "quotes": ("quotes:tag_quotes", TagLevel.ALL),
        "keyphrases": ("keyphrases:tag_key_phrases", TagLevel.ALL),
    }
)
"""The taggers that ship with Pinakes: by name, `module:attribute` in `taggers/`, and the level."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TYPE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_RESERVED = frozenset({"structure", HAND, "all", "stale"})
_FOLDER = "pinakes.corpus.tagging.taggers"


class Taggers(NamedTuple):
    """The taggers that articles go through.

    Attributes:
        taggers: Each of another name, in the order they are asked.
        problems: By name, why others could not be loaded, for a person.
    """

    taggers: tuple[Tagger, ...]
    problems: Mapping[str, str]

    @property
    def stamps(self) -> tuple[str, ...]:
        """What the store remembers of them: see `stamp_of`."""
        return tuple(map(stamp_of, self.taggers))


def stamp_of(tagger: Tagger) -> str:
    """Return name, version and, of a rule of the user's, the mark of its content: `law/2`."""
    return f"{tagger.rule()}+{tagger.mark}" if tagger.mark else tagger.rule()


def stamp_name(stamp: str) -> str:
    """Return the name of the tagger that a stamp is of."""
    return stamp.partition("/")[0]


def tagger_names() -> frozenset[str]:
    """Return the names of the taggers that are not the user's, and those that nobody may take."""
    return frozenset({*BUILT_IN, *(name for name, _ in _of_packages()), *_RESERVED})


def is_foreign(tagger: Tagger) -> bool:
    """Return whether a tagger is of another package: neither built in nor a rule of the user's."""
    return not tagger.mark and tagger.name not in BUILT_IN


def load_taggers(settings: TagSettings, *, only: Collection[str] | None = None) -> Taggers:
    """Load what the settings ask for; what cannot be loaded is told, and the others are.

    Args:
        settings: Which taggers there are.
        only: If given, no others are loaded than those of these names.
    """
    found: dict[str, Tagger] = {}
    problems: dict[str, str] = {}
    if settings.level is TagLevel.NONE:
        return Taggers(taggers=(), problems={})
    for name, load in _sources(settings):
        if only is not None and name not in only:
            continue
        if name in found:
            problems[name] = "there is another tagger of this name; rename one of them"
            continue
        try:
            tagger = load()
            check_tagger(tagger, name)
        except Exception as error:  # noqa: BLE001 - whatever another package does, others tag.
            problems[name] = f"{type(error).__name__}: {error}"
            continue
        if runs_at(tagger.level, settings.level):
            found[name] = tagger
    return Taggers(taggers=tuple(found.values()), problems=problems)


def _sources(settings: TagSettings) -> Iterator[tuple[str, Callable[[], Tagger]]]:
    """Yield names with what loads a tagger: built-in ones, then other packages', the user's."""
    for name, (place, level) in BUILT_IN.items():
        if runs_at(level, settings.level):
            yield name, partial(_attribute, f"{_FOLDER}.{place}")
    yield from _of_packages()
    if settings.rules and settings.compiler:
        for rule in settings.rules:
            yield rule.name, partial(_compile, settings.compiler, rule)


def _compile(compiler: str, rule: RuleText) -> Tagger:
    compiled: Tagger = _attribute(compiler)(rule)
    return compiled


def _of_packages() -> Iterable[tuple[str, Callable[[], Tagger]]]:
    return [(point.name, point.load) for point in _read_entry_points(tuple(sys.path))]


@lru_cache(maxsize=4)
def _read_entry_points(path: tuple[str, ...]) -> Sequence[EntryPoint]:
    """Return what packages register, as it was when these places were first looked through."""
    if not may_be_registered(ENTRY_POINTS, path):
        return ()
    from importlib.metadata import entry_points

    return sorted(entry_points(group=ENTRY_POINTS), key=lambda point: (point.name, point.value))


def runs_at(level: TagLevel, wanted: TagLevel) -> bool:
    """Return whether what runs at `level` runs where `wanted` is asked for."""
    levels = list(TagLevel)
    return levels.index(level) <= levels.index(wanted)


def check_tagger(tagger: object, name: str) -> None:
    """Make sure that what was loaded under a name is a tagger, and may be called so.

    Raises:
        TypeError: It is none.
        ValueError: Its name, version or types are not what they should be.
    """
    if not isinstance(tagger, Tagger):
        raise TypeError(f"{type(tagger).__name__} where a Tagger should be: see docs/tags.md")
    if tagger.name != name or not _NAME.fullmatch(name):
        raise ValueError(
            f"calls itself {tagger.name!r} and is registered as {name!r}; write one name, of "
            "lower-case letters, digits and hyphens"
        )
    if name in _RESERVED:
        raise ValueError(f"{name!r} is a name that Pinakes keeps for itself; take another")
    if type(tagger.version) is not int or tagger.version < 1:
        raise ValueError(f"its version is {tagger.version!r}; versions count up from 1")
    for type_ in tagger.types:
        check_type(type_)


def check_type(type_: str) -> None:
    """Raise `ValueError` if a tag may not be of this type."""
    if not _TYPE.fullmatch(type_):
        raise ValueError(
            f"{type_!r} is no type of tags; take lower-case letters, digits and hyphens"
        )
    if type_ in STRUCTURE_TYPES:
        raise ValueError(f"tags of type {type_!r} say where a passage stands; take another type")


def _attribute(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
