"""Where an archive keeps what, and how its files are named inside it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from pinakes.corpus.errors import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveExistsError,
    ArchiveMissingError,
    ArchiveReadOnlyError,
)

if TYPE_CHECKING:
    from pinakes.corpus.config import Config
    from pinakes.corpus.engine_settings import EngineSettings

STATE_NAME = ".pinakes"

_LINK = "is a symbolic link, and may lead out of the archive; put there what it leads to"
_NO_FILE = "is neither a file nor a folder; move it away"

# Compiled when they are first used: a search names no file.
_ESCAPE = r"\\(?:x([0-9A-F]{2})|u(D[89A-F][0-9A-F]{2}))"
_TO_ESCAPE = r"[\ud800-\udfff]|\\(?=x[0-9A-F]{2}|uD[89A-F][0-9A-F]{2})"


class ArchiveFolder(NamedTuple):
    """A folder with `.pinakes/` inside; everything is found relative to it, so it can be moved.

    Attributes:
        root: The folder, absolute, symbolic links resolved.
    """

    root: Path

    @classmethod
    def find(cls, start: Path) -> Self:
        """Return the archive in the folder `start`, or in the nearest one above.

        Raises:
            ArchiveMissingError: There is none.
            ArchiveDamagedError: It has a `.pinakes` that is no folder.
        """
        first = _real(start)
        for folder in (first, *first.parents):
            if os.path.lexists(folder / STATE_NAME):
                return cls.open(folder)
        raise ArchiveMissingError(start)

    @classmethod
    def open(cls, root: Path) -> Self:
        """Return the archive in the folder `root`.

        Raises:
            ArchiveMissingError: There is none.
            ArchiveDamagedError: It has a `.pinakes` that is no folder.
        """
        folder = cls(_real(root))
        if not os.path.lexists(folder.state_dir):
            raise ArchiveMissingError(root, is_exact=True)
        if not folder.state_dir.is_dir():
            raise ArchiveDamagedError(folder.state_dir, "is not a folder; move it away")
        folder.refuse_odd_files(folder.state_dir, folder.index_path)
        # Not before: the folder of rules may have been a link out of the archive.
        folder.refuse_odd_files(*folder._rule_folders())
        return folder

    def refuse_odd_files(self, *places: Path) -> None:
        """Make sure that folders of the archive's, and what is in them, are folders and files.

        Hidden names among the rules are passed over, as editors leave links there while a rule is
        open: those are never rules, and who reads a gazetteer makes sure that it is inside.

        Whoever opens an archive of a stranger's would read, and write, what a link leads to, and
        wait without end for what comes out of a pipe.

        Raises:
            ArchiveDamagedError: One is something else.
        """
        for place in places:
            if _is_link(place):
                raise ArchiveDamagedError(place, _LINK)
            is_of_rules = place.is_relative_to(self.rules_dir)
            try:
                with os.scandir(place) as entries:
                    found = {
                        entry.name: problem
                        for entry in entries
                        if not (is_of_rules and entry.name.startswith("."))
                        and (problem := _oddity(entry))
                    }
            except OSError:
                # Whoever needs what is in it will say so.
                continue
            for name, problem in sorted(found.items()):
                raise ArchiveDamagedError(place / name, problem)

    def _rule_folders(self) -> list[Path]:
        """Return the folder of rules, if there is one, and those below it, of gazetteers."""
        return [Path(found) for found, _folders, _files in os.walk(self.rules_dir)]

    @classmethod
    def create(cls, root: Path) -> Self:
        """Make an empty archive in the folder `root`, and the folder if need be.

        The archive appears whole or not at all.

        Raises:
            ArchiveExistsError: There is one already.
            ArchiveReadOnlyError: The folder cannot be written.
            ArchiveError: There is a file of that name.
        """
        import shutil
        import tempfile

        from pinakes.corpus.syncing import make_folder, sync_folder

        folder = cls(_real(root))
        try:
            make_folder(folder.root)
        except (FileExistsError, NotADirectoryError) as error:
            raise ArchiveError(root, "is not a folder; name one, or a new one") from error
        except OSError as error:
            raise ArchiveReadOnlyError(root, error) from error
        try:
            if os.path.lexists(folder.state_dir):
                raise ArchiveExistsError(root)
            draft = Path(tempfile.mkdtemp(prefix=f"{STATE_NAME}.", dir=folder.root))
            try:
                folder._fill(draft)
                draft.rename(folder.state_dir)
            except BaseException:
                shutil.rmtree(draft, ignore_errors=True)
                raise
        except OSError as error:
            if os.path.lexists(folder.state_dir):
                raise ArchiveExistsError(root) from error
            raise ArchiveReadOnlyError(root, error) from error
        sync_folder(folder.root)
        return folder

    def _fill(self, draft: Path) -> None:
        """Make all that an empty archive has, so that it survives a loss of power."""
        from pinakes.corpus.config import default_config
        from pinakes.corpus.store import Store
        from pinakes.corpus.syncing import sync_file, sync_folder

        config, store = draft / self.config_path.name, draft / self.store_path.name
        config.write_text(default_config(), "utf-8", newline="\n")
        Store.create(store).close()
        for path in (config, store):
            sync_file(path)
        sync_folder(draft)
        # mkdtemp lets nobody else in; an archive has the permissions of any folder.
        draft.chmod(self.root.stat().st_mode & 0o777 | 0o700)

    @property
    def state_dir(self) -> Path:
        """The folder that makes an archive of the one it is in."""
        return self.root / STATE_NAME

    @property
    def store_path(self) -> Path:
        """The truth: articles, passages, tags, ledger."""
        return self.state_dir / "store.sqlite"

    @property
    def index_path(self) -> Path:
        """The folder of the index, which is made anew from the store if it is deleted."""
        return self.state_dir / "index"

    @property
    def config_path(self) -> Path:
        """What the user has set."""
        return self.state_dir / "config.toml"

    @property
    def rules_dir(self) -> Path:
        """Where the user keeps rules for tags; there need be none."""
        return self.state_dir / "rules"

    @property
    def synonyms_path(self) -> Path:
        """Where the user keeps synonyms; there need be none."""
        return self.state_dir / "synonyms.txt"

    @property
    def lock_path(self) -> Path:
        """The file that a writer holds locked."""
        return self.state_dir / "lock"

    def read_config(self) -> Config:
        """Return what the user has set; raises `ArchiveError` for what cannot be understood."""
        from pinakes.corpus.config import read_config

        return read_config(self.config_path)

    def may_be_elsewhere(self) -> bool:
        """Return whether queries may be answered elsewhere; for next to nothing: all searches ask.

        `read_engine` tells for certain.
        """
        try:
            return b"engine" in self.config_path.read_bytes()
        except OSError:
            return False

    def read_engine(self) -> EngineSettings:
        """Return where queries are answered, with a name for its indexes; raises as above."""
        from dataclasses import replace

        engine = self.read_config().engine
        if engine.is_local or engine.name:
            return engine
        from pinakes.corpus.store import Store

        with Store.open(self.store_path) as store:
            return replace(engine, name=f"pinakes-{store.archive_id}")

    def size_bytes(self) -> int:
        """Return the size of store and index on the disk."""
        total = 0
        for folder, _folders, names in os.walk(self.state_dir):
            for name in names:
                try:
                    total += os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118
                except FileNotFoundError:
                    # A writer may replace files of the index meanwhile.
                    continue
        return total

    def relative(self, path: Path) -> str:
        """Return the name by which the archive knows a file: see `escape_name`.

        Relative to `root`, `/` between parts, `..` where it lies outside; `.` is the root. Symbolic
        links to files, and to folders outside the archive, go by their own names, others by what
        they lead to. On another drive the name is absolute.
        """
        absolute = self._below_root(Path(os.path.abspath(path)))  # noqa: PTH100
        is_inside = absolute.is_relative_to(self.root)
        # Path.is_dir raises OSError for a name that is too long, before Python 3.13.
        is_folder = os.path.isdir(absolute)  # noqa: PTH112
        resolved = _real(absolute) if is_folder else _real(absolute.parent) / absolute.name
        if is_inside and not resolved.is_relative_to(self.root):
            resolved = absolute
        try:
            name = os.path.relpath(resolved, self.root)
        except ValueError:
            name = str(resolved)
        return escape_name(name.replace(os.sep, "/"))

    def _below_root(self, absolute: Path) -> Path:
        """Return a path that goes through a link to `root` as one that goes through `root`."""
        if not absolute.is_relative_to(self.root):
            for parent in (absolute, *absolute.parents):
                if _real(parent) == self.root:
                    return self.root / absolute.relative_to(parent)
        return absolute

    def resolve(self, name: str) -> Path:
        """Return where the file is that the archive knows by `name`."""
        return self.root / unescape_name(name)


def _oddity(entry: os.DirEntry[str]) -> str:
    """Return what is wrong with an entry of a folder of the archive's; nothing if nothing is."""
    if _is_link(entry):
        return _LINK
    is_plain = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
    # What has gone meanwhile is told to be neither, too.
    return "" if is_plain or not os.path.lexists(entry.path) else _NO_FILE


def _is_link(file: os.DirEntry[str] | Path) -> bool:
    # Those of Windows, which Python knows from 3.12 on.
    is_junction = getattr(file, "is_junction", None)
    return file.is_symlink() or bool(is_junction and is_junction())


def _real(path: Path) -> Path:
    # Path.resolve raises RuntimeError for a link that leads to itself, before Python 3.13.
    return Path(os.path.realpath(path))


def escape_name(name: str) -> str:
    r"""Return a file's name as text that can be stored and shown anywhere.

    Bytes that are not UTF-8 become `\xE9`, a backslash that looks like the start of one `\x5C`, and
    half a surrogate pair, which Windows allows, `\uD800`. `unescape_name` gets them back.

    >>> escape_name("caf\udce9.txt")
    'caf\\xE9.txt'
    """
    return re.sub(_TO_ESCAPE, _escape, name)


def unescape_name(name: str) -> str:
    """Return a file's name as the operating system knows it."""
    return re.sub(_ESCAPE, _unescape, name)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02X}"
    return "\\x5C" if match[0] == "\\" else f"\\u{code:04X}"


def _unescape(match: re.Match[str]) -> str:
    if match[2]:
        return chr(int(match[2], 16))
    code = int(match[1], 16)
    return chr(code if code < 0x80 else 0xDC00 + code)
