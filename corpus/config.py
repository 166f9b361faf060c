"""What the user has set for an archive, in `.pinakes/config.toml`."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from pinakes.corpus.engine_settings import EngineSettings, read_engine_table
from pinakes.corpus.errors import ArchiveError
from pinakes.corpus.reading_limits import ReadingLimits
from pinakes.corpus.reading_options import ContainerLimits, PassageSize, RecordFields
from pinakes.corpus.tagging.level import TagLevel
from pinakes.corpus.tagging.settings import DEFAULT_LEVEL

_INTRODUCTION = """\
# Settings of this archive. A line that begins with # and sets something says what holds without it.
# Passages and records that are in the archive change with `pinakes index --force`.
"""
_ON_PASSAGES = """\
# In characters. Shorter paragraphs are joined with their neighbours, longer ones are cut.
"""
_ON_READING = """\
# How many processes read files: 0 is as many as there are cores, 8 at most. What a file, or each
# record of one, may take: seconds, and MB beyond what the process had before. A file that takes
# more is an error, and the others go on.
"""
_ON_INDEX = """\
# How much memory, in MB, the words of new articles may take before they are written to the index.
# More makes fewer parts that are to be merged; less than 256 makes many.
"""
_ON_RECORDS = """\
# Which columns of CSV, or keys of JSON, hold what; of several the first one that is filled.
"""
_ON_CONTAINERS = """\
# How much is read out of one file that holds others (ZIP, gzip, WARC, EPUB, mail), in bytes.
"""
_ON_TAGS = """\
# What is looked for in passages: "none" but where they stand, "basic", or "all". New and changed
# articles follow it; those that are in the archive, with `pinakes tag --rerun stale`.
"""
_ON_COPIES = """\
# Whether articles that are copies of one another, but for some words, are found when they go in.
"""
_TABLES = ("passages", "records", "reading", "containers")
_TABLE_NAMES = (
    "[passages], [records], [reading], [containers], [index], [tags], [copies] and [engine]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSettings:
    """How the index is made.

    Attributes:
        memory_mb: About what the words of new articles may take before they are written.
    """

    memory_mb: int = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class TagChoice:
    """What is looked for in passages.

    Attributes:
        level: Taggers of a higher level are left out.
    """

    level: TagLevel = DEFAULT_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySettings:
    """What is done about copies.

    Attributes:
        find: Whether they are looked for.
    """

    find: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What holds for an archive.

    Attributes:
        passages: How articles are cut.
        records: Which columns or keys of records hold what.
        reading: How many processes read files, and what a file may take.
        containers: How much is read out of files that hold others.
        index: How the index is made.
        tags: What is looked for in passages.
        copies: What is done about articles that are copies of one another.
        engine: Where queries are answered.
    """

    passages: PassageSize = field(default_factory=PassageSize)
    records: RecordFields = field(default_factory=RecordFields)
    reading: ReadingLimits = field(default_factory=ReadingLimits)
    containers: ContainerLimits = field(default_factory=ContainerLimits)
    index: IndexSettings = field(default_factory=IndexSettings)
    tags: TagChoice = field(default_factory=TagChoice)
    copies: CopySettings = field(default_factory=CopySettings)
    engine: EngineSettings = field(default_factory=EngineSettings)


def default_config() -> str:
    """Return what is written into a new archive: every setting with its default, as a comment."""
    sizes = _as_comments(PassageSize())
    names = _as_comments(RecordFields())
    limits = _as_comments(ReadingLimits())
    bounds = _as_comments(ContainerLimits())
    index = _as_comments(IndexSettings())
    tags = _as_comments(TagChoice())
    copies = _as_comments(CopySettings())
    return (
        f"{_INTRODUCTION}\n[passages]\n{_ON_PASSAGES}{sizes}\n[records]\n{_ON_RECORDS}{names}"
        f"\n[index]\n{_ON_INDEX}{index}\n[containers]\n{_ON_CONTAINERS}{bounds}"
        f"\n[reading]\n{_ON_READING}{limits}\n[tags]\n{_ON_TAGS}{tags}"
        f"\n[copies]\n{_ON_COPIES}{copies}"
    )


def _as_comments(
    defaults: PassageSize
    | RecordFields
    | ReadingLimits
    | ContainerLimits
    | IndexSettings
    | TagChoice
    | CopySettings,
) -> str:
    settings = ((each.name, getattr(defaults, each.name)) for each in fields(defaults))
    # What JSON makes of numbers and of lists of plain words is TOML as well.
    return "".join(
        f"# {name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in settings
    )


def read_config(path: Path) -> Config:
    """Return the settings in the file at `path`; the defaults if there is none.

    Raises:
        ArchiveError: The file cannot be read, or sets what does not exist; says in which line.
    """
    try:
        text = path.read_bytes().decode()
        tables = tomllib.loads(text)
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise ArchiveError(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise ArchiveError(path, f"is not UTF-8 at byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise ArchiveError(path, f"is not TOML: {error}") from error
    except RecursionError as error:
        raise ArchiveError(path, "is not TOML that makes sense: nested too deeply") from error
    try:
        index = _index_settings(tables.pop("index", {}))
        tags = _tag_choice(tables.pop("tags", {}))
        copies = _copy_settings(tables.pop("copies", {}))
        engine = _engine_settings(tables.pop("engine", {}))
        return replace(_config_of(tables), index=index, tags=tags, copies=copies, engine=engine)
    except _SettingError as error:
        line = _line_of(text, error.table, error.key)
        where = f"line {line}: " if line else ""
        raise ArchiveError(path, f"{where}{error}") from error


class _SettingError(Exception):
    def __init__(self, table: str, key: str, problem: str) -> None:
        super().__init__(f"[{table}] {key}: {problem}" if key else f"{table}: {problem}")
        self.table = table
        self.key = key


def _config_of(tables: dict[str, object]) -> Config:
    sizes: dict[str, int] = {}
    records: dict[str, tuple[str, ...]] = {}
    limits: dict[str, Any] = {}
    bounds: dict[str, int] = {}
    for table, content in tables.items():
        if table not in _TABLES:
            raise _SettingError(table, "", f"no such table; there are {_TABLE_NAMES}")
        if not isinstance(content, dict):
            raise _SettingError(table, "", f"a table is expected: [{table}] on a line of its own")
        for key, value in content.items():
            if table == "passages":
                sizes[key] = _read_size(key, value)
            elif table == "containers":
                bounds[key] = _read_bound(key, value)
            elif table == "reading":
                limits[key] = _read_limit(key, value)
            else:
                records[key] = _read_names(key, value)
    try:
        size = PassageSize(**sizes)
    except ValueError as error:
        raise _SettingError("passages", next(iter(sizes)), str(error)) from error
    try:
        reading = ReadingLimits(**limits)
    except ValueError as error:
        raise _SettingError("reading", next(iter(limits)), str(error)) from error
    return Config(
        passages=size,
        records=RecordFields(**records),
        reading=reading,
        containers=ContainerLimits(**bounds),
    )


def _index_settings(content: object) -> IndexSettings:
    if not isinstance(content, dict):
        raise _SettingError("index", "", "a table is expected: [index] on a line of its own")
    for key, value in content.items():
        _check_key("index", key, [field.name for field in fields(IndexSettings)])
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise _SettingError("index", key, f"expected a number of MB, found {value!r}")
    return IndexSettings(**content)


def _tag_choice(content: object) -> TagChoice:
    if not isinstance(content, dict):
        raise _SettingError("tags", "", "a table is expected: [tags] on a line of its own")
    for key, value in content.items():
        _check_key("tags", key, [field.name for field in fields(TagChoice)])
        if value not in list(TagLevel):
            known = ", ".join(f'"{level}"' for level in TagLevel)
            raise _SettingError("tags", key, f"expected one of {known}, found {value!r}")
    return TagChoice(**{key: TagLevel(value) for key, value in content.items()})


def _copy_settings(content: object) -> CopySettings:
    if not isinstance(content, dict):
        raise _SettingError("copies", "", "a table is expected: [copies] on a line of its own")
    for key, value in content.items():
        _check_key("copies", key, [field.name for field in fields(CopySettings)])
        if not isinstance(value, bool):
            raise _SettingError("copies", key, f"expected true or false, found {value!r}")
    return CopySettings(**content)


def _engine_settings(content: object) -> EngineSettings:
    try:
        return read_engine_table(content)
    except ValueError as error:
        key, _, problem = str(error).partition(" ")
        raise _SettingError("engine", key, problem) from error


def _read_size(key: str, value: object) -> int:
    _check_key("passages", key, [each.name for each in fields(PassageSize)])
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _SettingError("passages", key, f"expected a number of characters, found {value!r}")
    return value


def _read_bound(key: str, value: object) -> int:
    _check_key("containers", key, [each.name for each in fields(ContainerLimits)])
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _SettingError("containers", key, f"expected a number from 1, found {value!r}")
    return value


def _read_limit(key: str, value: object) -> float:
    _check_key("reading", key, [each.name for each in fields(ReadingLimits)])
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if not (is_whole or (key == "timeout_s" and isinstance(value, float))):
        raise _SettingError("reading", key, f"expected a number, found {value!r}")
    return value  # type: ignore[return-value]  # It is one.


def _read_names(key: str, value: object) -> tuple[str, ...]:
    _check_key("records", key, [each.name for each in fields(RecordFields)])
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(value)
    raise _SettingError("records", key, f"expected a list of names, found {value!r}")


def _check_key(table: str, key: str, known: list[str]) -> None:
    if key not in known:
        raise _SettingError(table, key, f"no such setting; there are {', '.join(known)}")


def _line_of(text: str, table: str, key: str) -> int:
    """Return the number of the line that sets `key` in `table`, or begins it; 0 if not found."""
    name = re.compile(rf"\s*[\"']?{re.escape(key or table)}[\"']?\s*=")
    header = re.compile(rf"\s*\[+\s*[\"']?{re.escape(table)}[\"']?\s*[\].]")
    inside = found = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("["):
            inside = number if header.match(line) else 0
            found = found or inside
        elif name.match(line) and (inside or not key):
            return number
    return found
