"""The terminal that is written to: its width, its colours, and what must not reach it raw."""

from __future__ import annotations

import os
import re
import sys
from typing import Any, NamedTuple, TextIO

import click

WIDTH = 80
"""Without a terminal."""
MIN_WIDTH = 40

_SPACE = re.compile(r"\s+")
# Controls (with them every ANSI escape), bidirectional embeddings, overrides and isolates,
# interlinear annotations, and lone surrogates, which no encoding takes. The marks that ordinary
# Arabic, Hebrew and Persian text needs (U+200C to U+200F) pass.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")


class Terminal(NamedTuple):
    """What output is laid out for.

    Attributes:
        width: In columns, 40 at least.
        has_colour: Whether escape sequences for colour are wanted.
    """

    width: int = WIDTH
    has_colour: bool = False

    def style(self, text: str, look: str) -> str:
        """Return `text` in one of the looks that `_LOOKS` lists, if colour is wanted."""
        return click.style(text, **_LOOKS[look]) if self.has_colour and text else text


_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "faint": {"dim": True},
    "id": {"fg": "cyan"},
    "match": {"bold": True, "reverse": True},
    "error": {"bold": True, "fg": "red"},
    "warning": {"bold": True, "fg": "yellow"},
    "info": {"bold": True},
}


def terminal_for(stream: TextIO, *, color: str = "auto") -> Terminal:
    """Return what is known of the terminal behind `stream`.

    `auto` means colour on a terminal, unless `NO_COLOR` is set to anything (no-color.org) or
    `TERM` is `dumb`. `COLUMNS` sets the width; without a terminal it is 80.
    """
    is_plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    has_colour = color == "always" or (color == "auto" and stream.isatty() and not is_plain)
    return Terminal(width=max(MIN_WIDTH, _columns()), has_colour=has_colour)


def _columns() -> int:
    # As shutil.get_terminal_size, without what shutil loads to pack and unpack files.
    named = os.environ.get("COLUMNS", "")
    if named.isdecimal() and int(named):
        return int(named)
    try:
        # None where there is no console at all, closed in some programs that embed this one.
        return os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return WIDTH


def escape(text: str) -> str:
    r"""Return `text` with everything that could act on a terminal spelled out: `\x1b`, `\u202e`."""
    return _UNSAFE.sub(_spell, text)


def one_line(text: str) -> str:
    """Return `text` safe for a terminal and with each run of white space as one space."""
    return escape(_SPACE.sub(" ", text))


def for_screen(text: str) -> str:
    """Return rows as a terminal may show them: nothing in them acts on it."""
    return "\n".join("\t".join(map(escape, line.split("\t"))) for line in text.split("\n"))


def _spell(unsafe: re.Match[str]) -> str:
    code = ord(unsafe.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
