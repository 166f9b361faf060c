"""Finds the user's rules: TOML files in the folder `rules` of an archive, with their gazetteers."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pinakes.corpus import ArchiveFolder, RuleText
from pinakes.search.tagging.rule_errors import RuleError

if TYPE_CHECKING:
    from pinakes.corpus import Tagger

MAX_RULE_BYTES = 1_000_000
MAX_TABLE_BYTES = 20_000_000
_SUFFIX = ".toml"


class Rules(NamedTuple):
    """The rules of an archive.

    Attributes:
        rules: By name.
        taggers: What they describe.
        errors: By name, what is wrong with the others.
    """

    rules: tuple[RuleText, ...]
    taggers: tuple[Tagger, ...]
    errors: dict[str, RuleError]


NO_RULES = Rules((), (), {})


def rule_file_states(folder: ArchiveFolder) -> frozenset[tuple[str, int, int]]:
    """Return name, time of change in ns and size of all files of rules: others if a rule is."""
    try:
        found = [(each.name, each.lstat()) for each in folder.rules_dir.iterdir()]
    except OSError:
        return frozenset()
    return frozenset((name, state.st_mtime_ns, state.st_size) for name, state in found)


def read_rules(folder: ArchiveFolder) -> Rules:
    """Return the rules of an archive, each made sure to be one."""
    errors: dict[str, RuleError] = {}
    found: list[tuple[RuleText, Tagger]] = []
    taken: frozenset[str] | None = None
    for path in _rule_paths(folder.rules_dir):
        # What taggers there are takes time to find out, which an archive without rules has not.
        taken = _taken_names() if taken is None else taken
        try:
            if not _is_inside(path, folder.rules_dir):
                raise RuleError(path.name, "is a link out of the folder of rules; copy it there")
            found.append(_read_rule(path, taken))
        except RuleError as error:
            errors[path.stem] = error
    return Rules(
        rules=tuple(rule for rule, _ in found),
        taggers=tuple(tagger for _, tagger in found),
        errors=errors,
    )


def read_files(paths: Iterable[Path]) -> tuple[RuleText, ...]:
    """Return the rules in files, wherever these are; raises `RuleError` for one that is none."""
    return tuple(_read_rule(path, frozenset())[0] for path in paths)


def _rule_paths(rules_dir: Path) -> Iterable[Path]:
    """Return the files of rules; hidden ones are none, as an editor's lock of a rule is not."""
    try:
        return sorted(
            path
            for path in rules_dir.iterdir()
            if path.suffix == _SUFFIX and not path.name.startswith(".")
        )
    except (FileNotFoundError, NotADirectoryError):
        return ()


def _taken_names() -> frozenset[str]:
    from pinakes.corpus import tagger_names

    return tagger_names()


def _read_rule(path: Path, taken: frozenset[str]) -> tuple[RuleText, Tagger]:
    # Not at the top: without rules, nothing that compares texts with them need be loaded.
    from pinakes.search.tagging.rule_matching import compile_rule
    from pinakes.search.tagging.rule_syntax import table_names

    if path.stem in taken:
        raise RuleError(
            path.name,
            "there is a tagger of this name, or `tag --rerun` takes it otherwise; rename it",
        )
    text = _read_text(path, path.name, MAX_RULE_BYTES)
    names = table_names(path.stem, text)
    tables = tuple((name, _read_table(path.parent, path.name, name)) for name in names)
    rule = RuleText(name=path.stem, text=text, tables=tables)
    return rule, compile_rule(rule)


def _read_table(rules_dir: Path, rule: str, name: str) -> str:
    """Read a gazetteer, from below the folder of rules and from nowhere else."""
    real = os.path.realpath(rules_dir / name)
    if not _is_inside(rules_dir / name, rules_dir):
        raise RuleError(rule, f"gazetteer: {name!r} is not in the folder of rules; copy it there")
    if not Path(real).is_file():
        raise RuleError(rule, f"gazetteer: there is no file {name!r} in the folder of rules")
    return _read_text(Path(real), name, MAX_TABLE_BYTES)


def _is_inside(path: Path, rules_dir: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(rules_dir))


def _read_text(path: Path, name: str, max_bytes: int) -> str:
    try:
        if not path.is_file():
            raise RuleError(name, "is no file")
        if path.stat().st_size > max_bytes:
            raise RuleError(name, f"larger than {max_bytes:,} bytes; make several of it")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RuleError(name, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RuleError(name, f"is not UTF-8 at byte {error.start}; save it as UTF-8") from error
