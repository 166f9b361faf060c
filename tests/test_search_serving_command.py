"""`pinakes serve`, as a process."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pinakes.search import Archive
from tests.served_archive import make_samples
from tests.test_search_loading import loaded_by, tops

COMMAND = [sys.executable, "-m", "pinakes.search.cli", "serve"]
WEB = {"anyio", "h11", "jinja2", "markupsafe", "starlette", "uvicorn"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with make_samples(tmp_path_factory.mktemp("served") / "archive") as archive:
        return archive.root


@contextmanager
def serving(root: Path, *args: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [*COMMAND, "--port", "0", *args]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            line = process.stderr.readline()
            found = re.search(r"http://\S+", line)
            assert found, line + process.stderr.read()
            yield found.group(), process
        finally:
            process.kill()


def ask(address: str, headers: dict[str, str] | None = None) -> bytes:
    request = urllib.request.Request(address, headers=headers or {})  # noqa: S310
    with urllib.request.urlopen(request, timeout=20) as reply:  # noqa: S310
        return bytes(reply.read())


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_it_answers_until_it_is_interrupted(root: Path) -> None:
    with serving(root) as (address, process):
        told = json.loads(ask(f"{address}api/search?q=surveyor"))
        assert told["total"]["articles"] > 0
        assert b"<mark>" in ask(f"{address}?q=surveyor")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) in (0, 130)


def test_a_token_from_the_environment_is_needed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINAKES_TOKEN", "a-token-of-some-length")
    with serving(root) as (address, _process):
        with pytest.raises(urllib.error.HTTPError, match="401"):
            ask(f"{address}api/status")
        assert ask(f"{address}api/status", {"Authorization": "Bearer a-token-of-some-length"})


def test_a_proxy_may_have_mounted_it(root: Path) -> None:
    with serving(root, "--root-path", "/archive") as (address, _process):
        assert address.endswith("/archive/")
        inner = address.removesuffix("archive/")
        told = json.loads(ask(f"{inner}api/openapi.json"))
        assert told["servers"] == [{"url": "/archive/api"}]
        assert b'href="/archive/help"' in ask(inner)
        assert b"--paper" in ask(f"{inner}static/pinakes.css")


@pytest.mark.parametrize(
    ("args", "status", "told"),
    [
        (["--host", "0.0.0.0"], 2, "give a token, or --public"),  # noqa: S104
        (["--token", "short"], 2, "16 characters"),
        (["--host", "203.0.113.77", "--public"], 3, "cannot serve at 203.0.113.77"),
        (["--port", "70000"], 2, "70000"),
    ],
)
def test_what_cannot_be_served_is_said(args: list[str], status: int, told: str, root: Path) -> None:
    done = subprocess.run(
        [*COMMAND, *args], cwd=root, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, told in done.stderr) == (status, True), done.stderr


def test_without_the_extra_it_says_what_to_install(root: Path) -> None:
    hide = "import sys; sys.modules['starlette'] = None; "
    code = f"{hide}from pinakes.search.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "serve"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "pip install 'pinakes[web]'" in done.stderr


def test_nothing_else_loads_what_serves(root: Path) -> None:
    main = "from pinakes.search.cli import main; main()"
    for args in (["--help"], ["serve", "--help"], ["search", "--json", "mine"], ["status"]):
        loaded = loaded_by(main, *args, folder=root)
        assert not tops(loaded) & WEB
        assert not [name for name in loaded if name.startswith("pinakes.search.serving")]


def test_an_archive_is_served_while_it_is_written(tmp_path: Path) -> None:
    with make_samples(tmp_path / "archive") as archive, serving(archive.root) as (address, _):
        new = archive.root / "new.txt"
        for number in range(3):
            new.write_text(f"Zebrafish number{number} came.", "utf-8")
            with Archive.open(archive.root) as writer:
                writer.index(new)
            told = json.loads(ask(f"{address}api/search?q=zebrafish+number{number}"))
            assert told["total"]["articles"] == 1
