"""Tells where an error came from in few lines, however deep the calls were."""

from __future__ import annotations

import traceback

from pinakes.corpus.spelling_out import spelled

_FIRST_LINES = 6
_LAST_LINES = 13
_LONGEST_LINE = 300


def brief_traceback(error: BaseException) -> str:
    """Return the traceback of an error: of a long one the first lines and the last, 20 in all.

    What could act on a terminal is spelled out: an error may quote what was read.
    """
    lines = "".join(traceback.format_exception(error)).splitlines()
    left_out = len(lines) - _FIRST_LINES - _LAST_LINES
    if left_out > 1:
        lines[_FIRST_LINES:-_LAST_LINES] = [f"  ... {left_out:,} lines of it left out ..."]
    return "\n".join(spelled(line[:_LONGEST_LINE]) for line in lines)
