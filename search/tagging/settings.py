"""Which taggers an archive's articles go through."""

from __future__ import annotations

from collections.abc import Iterable

from pinakes.corpus import ArchiveFolder, PinakesError, RuleText, TagLevel, TagSettings, logger_of
from pinakes.search.tagging.rule_files import Rules, read_rules

COMPILER = "pinakes.search.tagging.rule_matching:compile_rule"
"""Where processes that read files find what makes taggers of rules."""

_log = logger_of(__name__)


def tag_settings(
    folder: ArchiveFolder, level: TagLevel | None = None, rules: Rules | None = None
) -> TagSettings:
    """Return what is asked for, or set for the archive where nothing is, with the user's rules.

    These are read unless they have been. One with a mistake in it is left out, and the log says so.
    """
    level = level or folder.read_config().tags.level
    if level is TagLevel.NONE:
        return TagSettings(level=level)
    found = read_rules(folder) if rules is None else rules
    _tell(found.errors.values())
    return settings_of(level, found.rules)


def settings_of(level: TagLevel, rules: tuple[RuleText, ...]) -> TagSettings:
    """Return settings with rules of the user's."""
    return TagSettings(level=level, rules=rules, compiler=COMPILER if rules else "")


def _tell(errors: Iterable[PinakesError]) -> None:
    for error in errors:
        _log.warning("%s; until then its tags stay as they are", error)
