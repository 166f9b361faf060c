"""What a disk may hold after a power cut, by what was written to it, and when it was synced.

A write lasts once its file was synced; a name that was made, changed or removed once the folder
that it stands in was. Of all that was not, a power cut may leave any part, as POSIX has it: no
order holds among writes, nor among names.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

_HEAD = struct.Struct("<c3xIQQ")
_SECTOR = 512

Cut = Literal["drop", "tear", "reorder"]
"""Lose all that was not synced; keep it but for the end of it, in the midst of a write; keep any
part of it, of some writes the half, and of some only the room that they take."""


class Event(NamedTuple):
    """Something that happened to a file.

    Attributes:
        kind: `C` made, `M` folder made, `W` written, `T` cut or grown, `S` synced, `R` renamed, `U`
            removed, `K` a note.
        node: The number of the file, or folder, where it has one.
        at: Where it was written, or its new length.
        content: What was written; or its path, or both of a renamed one, a line each.
    """

    kind: str
    node: int
    at: int
    content: bytes


def read_log(path: Path) -> Iterator[Event]:
    """Yield what the shim recorded."""
    with path.open("rb") as log:
        while head := log.read(_HEAD.size):
            kind, length, node, at = _HEAD.unpack(head)
            yield Event(kind.decode(), node, at, log.read(length))


@dataclass(slots=True)
class _File:
    lasting: bytes = b""
    pending: list[Event] = field(default_factory=list)


@dataclass(slots=True)
class _Folder:
    lasting: dict[str, int] = field(default_factory=dict)
    pending: list[_Renaming] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class _Renaming:
    """A change of names, which both folders have, or neither.

    Attributes:
        node: What is renamed.
        old: The folder and the name under which it stood; None for what was made.
        new: Those under which it stands from then on; None for what was removed.
    """

    node: int
    old: tuple[int, str] | None
    new: tuple[int, str] | None


class Disk:
    """The files below one folder: what lasts, and what was done since."""

    def __init__(self, start: Path) -> None:
        """Take all that is below a folder as lasting."""
        self._files: dict[int, _File] = {}
        self._folders: dict[int, _Folder] = {}
        self._nodes: dict[str, int] = {}
        self._start = str(start)
        for path in (start, *sorted(start.rglob("*"))):
            node = path.stat().st_ino
            self._nodes[str(path)] = node
            if path.is_dir():
                self._folders[node] = _Folder()
            else:
                self._files[node] = _File(path.read_bytes())
            if path != start:
                self._folders[self._nodes[str(path.parent)]].lasting[path.name] = node

    def apply(self, event: Event) -> None:
        """Let something happen."""
        if event.kind in "WT" and event.node in self._files:
            self._files[event.node].pending.append(event)
        elif event.kind == "S":
            self._sync(event.node)
        elif event.kind in "CM":
            self._make(event)
        elif event.kind in "RU":
            old, _, new = event.content.decode().partition("\n")
            self._rename(old, new)

    def _make(self, event: Event) -> None:
        path = event.content.decode()
        if event.kind == "C":
            self._files[event.node] = _File()
        else:
            self._folders[event.node] = _Folder()
        self._nodes[path] = event.node
        self._note(_Renaming(event.node, None, self._place_of(path)))

    def _rename(self, old: str, new: str) -> None:
        source = self._place_of(old)
        node = self._nodes.pop(old, 0)
        if new:
            self._nodes[new] = node
            for path in [path for path in self._nodes if path.startswith(f"{old}/")]:
                self._nodes[new + path[len(old) :]] = self._nodes.pop(path)
        self._note(_Renaming(node, source, self._place_of(new) if new else None))

    def _place_of(self, path: str) -> tuple[int, str]:
        place = PurePosixPath(path)
        return self._nodes.get(str(place.parent), 0), place.name

    def _note(self, renaming: _Renaming) -> None:
        folders = {place[0] for place in (renaming.old, renaming.new) if place}
        for number in folders & set(self._folders):
            self._folders[number].pending.append(renaming)

    def _sync(self, node: int) -> None:
        if node in self._files:
            file = self._files[node]
            file.lasting = _written(file.lasting, file.pending)
            file.pending = []
        elif node in self._folders:
            names = {number: folder.lasting for number, folder in self._folders.items()}
            for renaming in list(self._folders[node].pending):
                _take_place(renaming, names)
                for folder in self._folders.values():
                    if renaming in folder.pending:
                        folder.pending.remove(renaming)

    def after_cut(self, cut: Cut, chance: random.Random) -> dict[str, bytes | None]:
        """Return what may be there after a power cut: contents by path; None for a folder."""
        names = {number: dict(folder.lasting) for number, folder in self._folders.items()}
        renamings = dict.fromkeys(
            renaming for folder in self._folders.values() for renaming in folder.pending
        )
        for renaming in renamings:
            if cut == "tear" or (cut == "reorder" and chance.random() < 0.5):
                _take_place(renaming, names)
        found: dict[str, bytes | None] = {}
        root = self._nodes[self._start]
        waiting = [("", root)]
        while waiting:
            path, number = waiting.pop()
            for name, node in names[number].items():
                below = f"{path}{name}"
                if node in self._folders:
                    found[below] = None
                    waiting.append((f"{below}/", node))
                elif node in self._files:
                    found[below] = self._left(self._files[node], cut, chance)
        return found

    def _left(self, file: _File, cut: Cut, chance: random.Random) -> bytes:
        if cut == "drop" or not file.pending:
            return file.lasting
        if cut == "tear":
            *whole, last = file.pending
            return _written(file.lasting, [*whole, _torn(last, chance)])
        kept = [_spoiled(event, chance) for event in file.pending if chance.random() < 0.6]
        return _written(file.lasting, kept)


def _take_place(renaming: _Renaming, names: dict[int, dict[str, int]]) -> None:
    # A folder that is not among them is elsewhere.
    if renaming.old and renaming.old[0] in names:
        names[renaming.old[0]].pop(renaming.old[1], None)
    if renaming.new and renaming.new[0] in names:
        names[renaming.new[0]][renaming.new[1]] = renaming.node


def _torn(event: Event, chance: random.Random) -> Event:
    """Return a write that ends in the midst, at the end of a sector if it has several."""
    half = chance.randrange(len(event.content) + 1) if event.content else 0
    return event._replace(content=event.content[: half // _SECTOR * _SECTOR or half])


def _spoiled(event: Event, chance: random.Random) -> Event:
    drawn = chance.random()
    if drawn < 0.2:
        return _torn(event, chance)
    if drawn < 0.3:
        # The length has come to the disk, and the content has not.
        return event._replace(content=bytes(len(event.content)))
    return event


def _written(content: bytes, events: list[Event]) -> bytes:
    """Return a content after writes and cuts."""
    left = bytearray(content)
    for event in events:
        if event.kind == "T":
            del left[event.at :]
            left.extend(bytes(max(0, event.at - len(left))))
        elif event.content:
            left.extend(bytes(max(0, event.at - len(left))))
            left[event.at : event.at + len(event.content)] = event.content
    return bytes(left)
