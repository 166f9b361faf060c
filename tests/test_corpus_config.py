"""The settings of an archive."""

from __future__ import annotations

import dataclasses
import re
import tomllib

import pytest

from pinakes.corpus import (
    ArchiveError,
    ContainerLimits,
    PassageSize,
    ReadingLimits,
    RecordFields,
)
from pinakes.corpus.config import Config, default_config, read_config


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config.toml"


def test_without_a_file_the_defaults_hold(path):
    config = read_config(path)
    assert (config.passages, config.records) == (PassageSize(), RecordFields())


def test_what_is_written_into_a_new_archive_sets_nothing_and_shows_what_holds(path):
    path.write_text(default_config(), "utf-8")
    assert read_config(path) == Config(passages=PassageSize(), records=RecordFields())
    tables = ("passages", "records", "reading", "containers", "index", "tags", "copies")
    assert tomllib.loads(default_config()) == {table: {} for table in tables}
    uncommented = re.sub(r"(?m)^# (?=\w+ =)", "", default_config())
    path.write_text(uncommented, "utf-8")
    assert read_config(path) == Config(passages=PassageSize(), records=RecordFields())
    shown = tomllib.loads(uncommented)
    assert set(shown["passages"]) == {field.name for field in dataclasses.fields(PassageSize)}
    assert set(shown["reading"]) == {field.name for field in dataclasses.fields(ReadingLimits)}
    assert set(shown["records"]) == {field.name for field in dataclasses.fields(RecordFields)}
    limits = {field.name for field in dataclasses.fields(ContainerLimits)}
    assert set(shown["containers"]) == limits


def test_what_is_set_holds(path):
    path.write_text(
        '[passages]\nmax_chars = 800\n[records]\ntext = "story"\nid = ["a", "b"]\n'
        "[containers]\nmax_depth = 2\n[index]\nmemory_mb = 300\n"
        "[reading]\nprocesses = 3\ntimeout_s = 0.5\n[tags]\nlevel = 'all'\n"
    )
    config = read_config(path)
    assert config.tags.level == "all"
    assert config.containers == ContainerLimits(max_depth=2)
    assert config.passages == PassageSize(max_chars=800)
    assert (config.records.text, config.records.id) == (("story",), ("a", "b"))
    assert config.records.title == RecordFields().title
    assert config.reading == ReadingLimits(processes=3, timeout_s=0.5)
    assert config.index.memory_mb == 300


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[passages\n", r"not TOML.*line 1"),
        ("[passages]\n\nlength = 3\n", r"line 3: \[passages\] length: no such setting.*min_chars"),
        ("[passages]\nmax_chars = 'x'\n", r"line 2: \[passages\] max_chars: expected a number"),
        ("[passages]\nmax_chars = true\n", r"line 2: \[passages\] max_chars: expected a number"),
        ("[passages]\nmin_chars = 9000\n", r"line 2: \[passages\] min_chars: .*min_chars <= max"),
        ("[records]\ntext = [1]\n", r"line 2: \[records\] text: expected a list of names"),
        ("[reading]\nmemory_mb = 1.5\n", r"line 2: \[reading\] memory_mb: expected a number"),
        ("[reading]\ntimeout_s = 0\n", r"line 2: \[reading\] timeout_s: expected more than 0"),
        ("[reading]\nspeed = 9\n", r"line 2: \[reading\] speed: no such setting.*timeout_s"),
        ("[index]\nmemory_mb = 0\n", r"line 2: \[index\] memory_mb: expected a number of MB"),
        ("[index]\nmemory = 9\n", r"line 2: \[index\] memory: no such setting.*memory_mb"),
        ("index = 3\n", r"line 1: index: a table is expected"),
        ("# x\n[colours]\n", r"line 2: colours: no such table"),
        (
            "[containers]\nmax_depth = 0\n",
            r"line 2: \[containers\] max_depth: expected a number from 1",
        ),
        ("[containers]\nmax_size = 1\n", r"line 2: .* no such setting; there are max_members"),
        ("\npassages = 3\n", r"line 2: \[passages\]|line 2: passages: a table is expected"),
        ("[records]\ntitle = 'x'\n[passages]\ntitle = 'x'\n", r"line 4: \[passages\] title"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_key(path, text, message):
    path.write_text(text)
    with pytest.raises(ArchiveError, match=message) as caught:
        read_config(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_utf_8_is_an_error(path):
    path.write_bytes(b"# caf\xe9\n")
    with pytest.raises(ArchiveError, match="not UTF-8 at byte 5"):
        read_config(path)


def test_brackets_without_end_are_an_error(path):
    path.write_text("a=" + "[" * 50_000)
    with pytest.raises(ArchiveError, match="not TOML"):
        read_config(path)
