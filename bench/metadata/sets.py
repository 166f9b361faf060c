"""Sets of pages with what is true of them: a folder, or a tar.gz of one."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import click

_TRUTH = "truth.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPage:
    """A page and what is true of it.

    Attributes:
        name: Of its file, without the suffix.
        content: The bytes of the file.
        truth: `title`, `author`, `date`, `url`, `lang`: text, or None where nobody noted it.
    """

    name: str
    content: bytes
    truth: Mapping[str, str | None]


def find_sets(path: Path) -> list[Path]:
    """Return the sets that a path names: itself, or those in the folder.

    Raises:
        click.ClickException: There is none.
    """
    if path.is_file() or (path / _TRUTH).is_file():
        return [path]
    found = [each for each in sorted(path.iterdir()) if _is_set(each)] if path.is_dir() else []
    if not found:
        raise click.ClickException(f"{path}: no set; give a folder with {_TRUTH}, or a tar.gz")
    return found


def _is_set(path: Path) -> bool:
    return path.name.endswith(".tar.gz") or (path / _TRUTH).is_file()


def read_set(path: Path) -> Iterator[LabelledPage]:
    """Yield the pages of a set in the order of their names.

    Raises:
        click.ClickException: It has no pages, or its truth cannot be read.
    """
    try:
        files = dict(_in_archive(path) if path.is_file() else _in_folder(path))
        rows = [json.loads(line) for line in files.pop(_TRUTH).split(b"\n") if line]
        truths = {str(row["id"]): row for row in rows}
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        message = f"{path}: not a set ({error}); it holds {_TRUTH} and a folder `pages`"
        raise click.ClickException(message) from error
    for name, content in sorted(files.items()):
        if name in truths:
            yield LabelledPage(name=name, content=content, truth=_texts(truths[name]))


def _texts(row: Mapping[str, Any]) -> dict[str, str | None]:
    fields = ("title", "author", "date", "url", "lang")
    return {name: value if isinstance(value := row.get(name), str) else None for name in fields}


def _in_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        for member in archive:
            name, file = PurePosixPath(member.name), archive.extractfile(member)
            if file and (name.name == _TRUTH or name.parent.name == "pages"):
                yield (_TRUTH if name.name == _TRUTH else name.stem), file.read()


def _in_folder(path: Path) -> Iterator[tuple[str, bytes]]:
    yield _TRUTH, (path / _TRUTH).read_bytes()
    for file in (path / "pages").iterdir():
        yield file.stem, file.read_bytes()
