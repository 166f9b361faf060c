"""The traceback of a reader's error is short in the log, however deep it came from."""

from __future__ import annotations

import logging

import pytest

from pinakes.corpus.brief_traceback import brief_traceback
from pinakes.corpus.ingestion.preparing import prepare
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ledger import Status
from pinakes.corpus.readers import dispatch
from tests.made_files import make_zip

MOST_LINES = 20


def fall(depth: int) -> None:
    """Call one of two functions in turn, so that no line follows itself."""
    if not depth:
        raise ValueError("the \x1b[2J bottom")
    rise(depth - 1)


def rise(depth: int) -> None:
    fall(depth)


def test_a_long_traceback_has_its_beginning_and_its_end() -> None:
    with pytest.raises(ValueError) as caught:
        fall(300)
    lines = brief_traceback(caught.value).splitlines()
    assert len(lines) == MOST_LINES
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1] == r"ValueError: the \x1b[2J bottom"
    assert "lines of it left out" in lines[6]


def test_a_short_traceback_is_whole() -> None:
    with pytest.raises(ValueError) as caught:
        fall(0)
    lines = brief_traceback(caught.value).splitlines()
    assert not any("left out" in line for line in lines)
    assert lines[-1] == r"ValueError: the \x1b[2J bottom"


def test_errors_behind_errors_and_long_lines_are_bounded_too() -> None:
    error: Exception = ValueError("x" * 100_000)
    for _ in range(100):
        try:
            raise KeyError("next") from error
        except KeyError as caught:
            error = caught
    told = brief_traceback(error)
    assert len(told.splitlines()) == MOST_LINES
    assert len(brief_traceback(ValueError("x" * 100_000))) < 1000


@pytest.mark.parametrize("name", ["a.txt", "a.zip"])
def test_a_readers_error_that_nobody_foresaw_takes_few_lines_of_the_log(
    name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(dispatch, "_read_text", lambda *_: fall(300))
    content = make_zip({"in.txt": "A word."}) if name == "a.zip" else b"A word."
    with caplog.at_level(logging.WARNING):
        prepared = prepare(content, name=name, options=IngestOptions())
    assert prepared.status is Status.ERROR
    (record,) = caplog.records
    lines = logging.Formatter().format(record).splitlines()
    assert len(lines) == 1 + MOST_LINES
    assert lines[0].endswith("cannot be read")
    assert "ValueError: the" in lines[-1]
