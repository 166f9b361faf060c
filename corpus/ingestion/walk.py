"""Which files there are at and below given paths."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pinakes.corpus.folder import STATE_NAME, ArchiveFolder, escape_name, unescape_name
from pinakes.corpus.ingestion.ignoring import (
    IGNORE_NAME,
    IgnoreFileError,
    IgnoreFiles,
    IgnoreRules,
)
from pinakes.corpus.ledger import Status
from pinakes.corpus.readers.saved_pages import page_of_folder

_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a character device"),
    (stat.S_ISBLK, "a block device"),
)


class FoundFile(NamedTuple):
    """A file, or a folder that cannot be listed or is ignored.

    Attributes:
        path: As the archive knows it; that of a folder ends with `/`.
        size: In bytes.
        mtime_ns: When it was last changed, in nanoseconds since 1970.
        is_named: Whether the file itself was given, not a folder above it.
        failure: `error`, `unsupported` or `ignored` if it is not to be opened; `reason` says why.
        reason: For a person; empty where there is no failure.
    """

    path: str
    size: int = 0
    mtime_ns: int = 0
    is_named: bool = False
    failure: Status | None = None
    reason: str = ""


class Found:
    """What a walk has found.

    Attributes:
        files: Those of a folder in order of their names, each once.
        roots: The given paths as the archive knows them; empty for the archive's whole folder.
        refused: Given paths at which there is nothing to read, with the reason.
        vanished: Those among them at which there is nothing at all.
        named_ignored: Files that were given, and that would be left out below a given folder.
        empty: Folders with nothing in them but what is hidden; empty for the archive's own.
    """

    def __init__(self) -> None:
        """Have found nothing yet."""
        self.files: dict[str, FoundFile] = {}
        self.roots: list[str] = []
        self.refused: dict[str, str] = {}
        self.vanished: list[str] = []
        self.named_ignored: list[str] = []
        self.empty: set[str] = set()


def find_files(folder: ArchiveFolder, paths: Iterable[Path]) -> Found:
    """Return the files at and below `paths`.

    Hidden files and folders, what a `.pinakesignore` names, and the folder of pictures that a
    browser saves beside a page (`page_files/` beside `page.html`), are left out unless they are
    given themselves, and every `.pinakes` always. Links to files count as files. Links to folders
    are followed after all else, into folders that have not been seen under their own name; so a
    loop ends, and a file is found once.
    """
    walk = _Walk(folder)
    for path in paths:
        walk.start(path)
    walk.follow_links()
    return walk.found


def is_gone(folder: ArchiveFolder, name: str) -> bool:
    """Whether there is no longer a file by this name; not if that cannot be told now."""
    if name.endswith("/"):
        return True
    path = folder.resolve(name)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return not os.path.lexists(path)
    except OSError:
        return False
    except ValueError:
        return True
    return stat.S_ISDIR(mode) or not _is_spelt(path)


def _is_spelt(path: Path) -> bool:
    """Whether the file is listed under just this name, where `A.txt` and `a.txt` are one file."""
    if not os.path.lexists(path.with_name(path.name.swapcase())):
        return True
    try:
        return any(other.name == path.name for other in path.parent.iterdir())
    except OSError:
        return True


class _Walk:
    def __init__(self, folder: ArchiveFolder) -> None:
        self.found = Found()
        self._folder = folder
        self._seen_folders: set[tuple[int, int]] = set()
        root = folder.root.stat()
        self._root_identity = (root.st_dev, root.st_ino)
        self._links: list[str] = []
        self._ignoring = IgnoreFiles(folder)

    def start(self, path: Path) -> None:
        try:
            name = self._folder.relative(path)
        except (OSError, ValueError) as error:
            self._refuse(escape_name(str(path)), error)
            return
        try:
            status = os.stat(self._folder.resolve(name))  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError):
            self._start_nowhere(name)
            return
        except ValueError as error:
            self._refuse(name, error)
            return
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                self._refuse(name, error)
                return
            self._note_failure(name, error.strerror or str(error), is_named=True)
            return
        if STATE_NAME in name.split("/"):
            self.found.refused[name] = "belongs to an archive, and is no source"
        elif stat.S_ISDIR(status.st_mode):
            root = "" if name == "." else name
            self.found.roots.append(root)
            try:
                self._ignoring.begin(root)
            except (OSError, IgnoreFileError) as error:
                self._note_unlisted(root, error)
                return
            self._walk(root, status)
        else:
            self.found.roots.append(name)
            self._note_file(name, status, is_named=True)
            with suppress(OSError, IgnoreFileError):
                if self._ignoring.find_named(name):
                    self.found.named_ignored.append(name)

    def follow_links(self) -> None:
        while self._links:
            links, self._links = self._links, []
            for name in links:
                try:
                    status = os.stat(self._folder.resolve(name))  # noqa: PTH116
                except OSError as error:
                    self._note_failure(name, error.strerror or str(error))
                    continue
                self._walk(name, status)

    def _refuse(self, name: str, error: OSError | ValueError) -> None:
        reason = "no file has this name"
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
        self.found.refused[name.replace("\0", "\\0")] = reason

    def _start_nowhere(self, name: str) -> None:
        if os.path.lexists(self._folder.resolve(name)):
            self.found.roots.append(name)
            self._note_failure(name, "a link to nothing", is_named=True)
        else:
            self.found.refused[name] = "no such file or folder"
            self.found.vanished.append(name)

    def _walk(self, root: str, status: os.stat_result) -> None:
        """Note everything below a folder; without recursion, for the deepest folders there are."""
        identity = (status.st_dev, status.st_ino)
        if identity in self._seen_folders:
            return
        self._seen_folders.add(identity)
        levels = [self._entries(root)]
        while levels:
            for entry, name in levels[-1]:
                inner = self._note_entry(entry, name)
                if inner is not None:
                    levels.append(self._entries(inner))
                    break
            else:
                levels.pop()

    def _entries(self, name: str) -> Iterator[tuple[os.DirEntry[str], str]]:
        try:
            with os.scandir(self._folder.resolve(name) if name else self._folder.root) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
            rules = self._ignoring.enter(name, has_file=any(e.name == IGNORE_NAME for e in entries))
        except (OSError, IgnoreFileError) as error:
            self._note_unlisted(name, error)
            return
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        if not visible:
            self.found.empty.add(name)
        prefix = f"{name}/" if name else ""
        names = {entry.name for entry in visible}
        for entry in visible:
            inner = prefix + escape_name(entry.name)
            page = page_of_folder(entry.name, names)
            if not (self._belongs_to(page, inner) or self._is_ignored(entry, inner, rules)):
                yield entry, inner

    def _belongs_to(self, page: str, name: str) -> bool:
        """Note a folder that a browser has saved with a page; return whether it is one."""
        if page:
            self.found.files[f"{name}/"] = FoundFile(
                path=f"{name}/", failure=Status.IGNORED, reason=f"saved with {page}"
            )
        return bool(page)

    def _is_ignored(self, entry: os.DirEntry[str], name: str, rules: IgnoreRules | None) -> bool:
        """Note a file or folder that is to be left out; return whether it is one."""
        if not rules:
            return False
        try:
            is_folder = entry.is_dir()
        except OSError:
            is_folder = False
        ignored_by = rules.find(unescape_name(name), is_folder=is_folder)
        if ignored_by:
            listed = f"{name}/" if is_folder else name
            if not (before := self.found.files.get(listed)) or not before.is_named:
                self.found.files[listed] = FoundFile(
                    path=listed, failure=Status.IGNORED, reason=ignored_by
                )
        return bool(ignored_by)

    def _note_entry(self, entry: os.DirEntry[str], name: str) -> str | None:
        """Note a file or a link; return the name of a folder, if it is one to go into now."""
        try:
            status = entry.stat()
        except (FileNotFoundError, NotADirectoryError):
            if os.path.lexists(entry.path):
                self._note_failure(name, "a link to nothing")
            return None
        except OSError as error:
            self._note_failure(name, error.strerror or str(error))
            return None
        if not stat.S_ISDIR(status.st_mode):
            self._note_file(name, status)
            return None
        if entry.is_symlink():
            self._links.append(name)
            return None
        # On Windows, what scandir says of a file lacks the numbers that identify it.
        status = os.stat(entry.path) if not status.st_ino else status  # noqa: PTH116
        identity = (status.st_dev, status.st_ino)
        if identity in self._seen_folders:
            return None
        self._seen_folders.add(identity)
        # Files of the archive's folder have one name, whether or not it was come upon from above.
        return "" if identity == self._root_identity else name

    def _note_file(self, name: str, status: os.stat_result, *, is_named: bool = False) -> None:
        special = next((what for test, what in _SPECIAL if test(status.st_mode)), "")
        before = self.found.files.get(name)
        self.found.files[name] = FoundFile(
            path=name,
            size=status.st_size,
            mtime_ns=status.st_mtime_ns,
            is_named=is_named or (before is not None and before.is_named),
            failure=Status.UNSUPPORTED if special else None,
            reason=f"{special}; only files are read" if special else "",
        )

    def _note_unlisted(self, name: str, error: OSError | IgnoreFileError) -> None:
        reason = getattr(error, "strerror", None) or str(error)
        self._note_failure(f"{name or '.'}/", f"the folder cannot be listed: {reason}")

    def _note_failure(self, name: str, reason: str, *, is_named: bool = False) -> None:
        self.found.files[name] = FoundFile(
            path=name, is_named=is_named, failure=Status.ERROR, reason=reason
        )
