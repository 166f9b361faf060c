"""How much an archive tags, and with which rules of its user's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from pinakes.corpus.tagging.level import TagLevel

DEFAULT_LEVEL = TagLevel.BASIC
"""What holds where the user says nothing; docs/tags.md has the measurement that it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """A rule of the user's as it was read from its files.

    Attributes:
        name: Of the rule, which is that of its file without `.toml`.
        text: Of that file.
        tables: The text of each gazetteer that it names, by name.
    """

    name: str
    text: str
    tables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSettings:
    """Which taggers an article goes through.

    Attributes:
        level: Taggers of a higher level are left out.
        rules: Those of the user, which run at every level but `none`.
        compiler: Where the function is that makes a `Tagger` of a `RuleText`, as `module:function`:
            a process that reads files imports it when there is a rule. Without one, no rule runs.
    """

    level: TagLevel = TagLevel.NONE
    rules: tuple[RuleText, ...] = ()
    compiler: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Return the settings that `dataclasses.asdict` made an object of, which JSON may hold."""
        rules = (
            RuleText(
                name=rule["name"],
                text=rule["text"],
                tables=tuple((str(name), str(text)) for name, text in rule["tables"]),
            )
            for rule in given["rules"]
        )
        return cls(level=TagLevel(given["level"]), rules=tuple(rules), compiler=given["compiler"])
