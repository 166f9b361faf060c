"""How much an archive tags, and with which rules of its user's."""

from __future__ import annotations

from dataclasses import dataclass

from pinakes.corpus.tagging.tagger import TagLevel

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
