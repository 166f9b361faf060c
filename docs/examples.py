"""What the README shows is what the program prints: run by cog, over the sample articles."""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path


@contextlib.contextmanager
def sample_folder(*, is_indexed: bool = False) -> Iterator[Path]:
    """Lend a temporary folder with a folder `articles` of the samples in it, indexed or not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if is_indexed:
            shutil.copytree(_indexed_samples(), folder, dirs_exist_ok=True)
        else:
            _write_samples(folder)
        yield folder


@cache
def _indexed_samples() -> Path:
    """Return a folder that holds the samples and their archive, which others are copies of."""
    held = tempfile.TemporaryDirectory()
    atexit.register(held.cleanup)
    folder = Path(held.name)
    _write_samples(folder)
    _run("pinakes -q index articles", folder)
    return folder


def _write_samples(folder: Path) -> None:
    (folder / "articles").mkdir()
    for sample in files("pinakes.articles").iterdir():
        (folder / "articles" / sample.name).write_bytes(sample.read_bytes())


def show_commands(
    *lines: str, is_indexed: bool = False, files: Mapping[str, str] | None = None
) -> str:
    """Return a block of commands, each with what it prints, run one after the other.

    The samples may be indexed before, and other files stand beside them.
    """
    with sample_folder(is_indexed=is_indexed) as folder:
        for name, text in (files or {}).items():
            (folder / name).write_text(text, encoding="utf-8")
        shown = "".join(f"$ {line}\n{_run(line, folder)}" for line in lines)
    return f"```console\n{shown}```"


def show_python(code: str) -> str:
    """Return a block of Python and, as comments, what it prints in the folder of the samples."""
    with sample_folder(is_indexed=True) as folder:
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
    shown = "".join(f"# {line}\n" for line in done.stdout.splitlines())
    return f"```python\n{code.strip()}\n{shown}```"


def _run(line: str, folder: Path) -> str:
    program, *arguments = shlex.split(line)
    target = None
    if arguments[-2:-1] == [">"]:
        *arguments, _, target = arguments
    found = shutil.which(
        program, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    done = subprocess.run(
        [found or program, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "96"},
    )
    if target is not None:
        (folder / target).write_text(done.stdout, encoding="utf-8")
        return ""
    text = done.stdout.replace(str(folder.resolve()), "~/work").replace(str(folder), "~/work")
    # Times are the one thing that differs from run to run.
    text = re.sub(r"\b\d+(\.\d+)? ms\b", "3 ms", text)
    text = re.sub(r"\b\d+(\.\d+)? s\b", "1 s", text)
    return re.sub(r"\bsaved \d{4}-[\dT:+-]+", "saved 2026-01-31T12:00:00+00:00", text)
