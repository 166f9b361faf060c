"""What a `.pinakesignore` leaves out: the rules of gitignore, in any folder, for all below it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pinakes.corpus.folder import ArchiveFolder, unescape_name

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_NAME = ".pinakesignore"


class IgnoreFileError(ValueError):
    """A `.pinakesignore` cannot be understood."""


class IgnoreRules(NamedTuple):
    """The rules that hold in a folder.

    Attributes:
        folder: As the archive knows it, of the nearest `.pinakesignore` at or above; empty for the
            archive's own.
        depth: How many characters of the names below belong to `folder`.
        spec: What that file says.
        above: The rules of those above it, which hold where this one says nothing.
    """

    folder: str
    depth: int
    spec: GitIgnoreSpec
    above: IgnoreRules | None = None

    def find(self, path: str, *, is_folder: bool) -> str:
        """Return which `.pinakesignore` leaves out a file or folder; nothing if none does.

        The last line that fits decides, of the nearest file that has one. `path` is relative to the
        archive's folder, as the operating system has it.
        """
        rules: IgnoreRules | None = self
        while rules:
            verdict = rules.spec.check_file(path[rules.depth :] + "/" * is_folder)
            if verdict.include is not None:
                name = f"{rules.folder}/{IGNORE_NAME}" if rules.folder else IGNORE_NAME
                return name if verdict.include else ""
            rules = rules.above
        return ""


class IgnoreFiles:
    """The rules that hold in the folders of one walk."""

    def __init__(self, folder: ArchiveFolder) -> None:
        """Read none yet."""
        self._folder = folder
        self._rules: dict[str, IgnoreRules] = {}
        self._above: dict[str, IgnoreRules | None] = {}

    def begin(self, root: str) -> None:
        """Begin with a given folder: what is named goes in, and with a folder what is below it.

        The rules in folders between the archive's own and this one hold too, unless they leave it
        out itself.

        Raises:
            OSError: A `.pinakesignore` cannot be read.
            IgnoreFileError: A line of one is no pattern.
        """
        rules: IgnoreRules | None = None
        parts = root.split("/")
        if root and parts[0] != ".." and not Path(root).is_absolute():
            for height in range(len(parts)):
                above = "/".join(parts[:height])
                if (self._folder.resolve(above) / IGNORE_NAME).is_file():
                    rules = self._read(above, rules)
        if rules and rules.find(unescape_name(root), is_folder=True):
            rules = None
        self._above[root] = rules

    def find_named(self, name: str) -> str:
        """Return which `.pinakesignore` leaves out a file, or a folder it is in; else nothing.

        Args:
            name: As the archive knows it.

        Raises:
            OSError: A `.pinakesignore` cannot be read.
            IgnoreFileError: A line of one is no pattern.
        """
        rules: IgnoreRules | None = None
        parts = name.split("/")
        if parts[0] == ".." or Path(name).is_absolute():
            return ""
        for height in range(len(parts)):
            folder = "/".join(parts[:height])
            if (self._folder.resolve(folder) / IGNORE_NAME).is_file():
                rules = self._read(folder, rules)
            inner = unescape_name("/".join(parts[: height + 1]))
            is_folder = height + 1 < len(parts)
            if rules and (found := rules.find(inner, is_folder=is_folder)):
                return found
        return ""

    def enter(self, name: str, *, has_file: bool) -> IgnoreRules | None:
        """Return the rules for what is in a folder; raises as `begin` does."""
        parent = name.rpartition("/")[0]
        rules = self._above[name] if name in self._above else self._rules.get(parent)
        if has_file:
            rules = self._read(name, rules)
        if rules:
            self._rules[name] = rules
        return rules

    def _read(self, name: str, above: IgnoreRules | None) -> IgnoreRules:
        from pathspec import GitIgnoreSpec

        path = self._folder.resolve(name) / IGNORE_NAME
        lines = path.read_bytes().decode("utf-8-sig", "surrogateescape").splitlines()
        try:
            spec = GitIgnoreSpec.from_lines(lines)
        except ValueError as error:
            raise IgnoreFileError(f"{IGNORE_NAME}: {error}") from error
        depth = len(unescape_name(name)) + 1 if name else 0
        return IgnoreRules(folder=name, depth=depth, spec=spec, above=above)
