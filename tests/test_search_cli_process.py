"""The program as a process: what it loads, and how it ends when its surroundings misbehave."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PINAKES = (sys.executable, "-m", "pinakes.search.cli")
ENVIRONMENT = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80"}


def run(*args: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PINAKES, *args],
        cwd=cwd,
        env={**ENVIRONMENT, **environment},
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with an archive of two articles."""
    root = tmp_path_factory.mktemp("archive")
    articles = root / "articles"
    articles.mkdir()
    (articles / "шахта.txt").write_text("Обвал шахты\n\nШахта обвалилась ночью.", "utf-8")
    (articles / "mine.txt").write_text("A mine\n\nThe mine collapsed at night.", "utf-8")
    done = run("index", "articles", cwd=root)
    assert done.returncode == 0, done.stderr
    return root


def test_a_reader_that_goes_away_is_no_error(folder):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PINAKES, "search", "mine"],
        cwd=folder,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_an_encoding_that_lacks_letters_is_no_error(folder, encoding):
    environment = {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    text = run("search", "шахта", cwd=folder, **environment)
    assert (text.returncode, text.stderr) == (0, b"")
    # What names itself ASCII is mostly a UTF-8 terminal with a bad locale, and click takes it so.
    assert ("шахты".encode() if encoding == "ascii" else b"\\u0448") in text.stdout
    as_json = run("search", "--json", "шахта", cwd=folder, **environment)
    assert json.loads(as_json.stdout)["query"]["text"] == "шахта"


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_output_that_cannot_be_written_ends_with_74_and_blames_no_archive(folder):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PINAKES, "search", "mine"],
            cwd=folder,
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 74
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("Error: the output cannot be written: ")
    assert line.endswith("; free some space and try again")


def test_an_interrupt_ends_with_130(folder):
    process = subprocess.Popen(
        [*PINAKES, "index", "-"],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A test run in the background of a shell ignores interrupts, and hands that down.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    # More than a pipe holds: once it is written, the command is reading.
    process.stdin.write(b"\n" * 200_000)
    process.send_signal(signal.SIGINT)
    _out, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (130, b"\nInterrupted.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_there_is_colour_and_a_count_of_files(folder):
    import pty

    def on_terminal(*args: str) -> str:
        ours, theirs = pty.openpty()
        environment = {**ENVIRONMENT, "TERM": "xterm"}
        environment.pop("NO_COLOR", None)
        process = subprocess.Popen(
            [*PINAKES, *args], cwd=folder, env=environment, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        seen = b""
        try:
            while part := os.read(ours, 4096):
                seen += part
        except OSError:  # Linux says so when the last writer is gone.
            pass
        os.close(ours)
        assert process.wait(timeout=20) == 0
        return seen.decode()

    assert "\x1b[1m\x1b[7mmine\x1b[0m" in on_terminal("search", "mine")
    assert "\x1b[" not in on_terminal("--color", "never", "search", "mine")
    counted = on_terminal("index", "--force", "articles")
    # On a slow machine it says how fast it is, too.
    assert re.search(r"\r\x1b\[K1 of 2 files(, [^ ]+, \d+ s left)?  articles/", counted)
