"""What a finished command tells the shell."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """The same numbers for every command; scripts rely on them."""

    DONE = 0
    NOTHING_FOUND = 1
    USAGE = 2
    ARCHIVE = 3
    SOME_FAILED = 4
    # 70 and 74 as in sysexits.h; Python's own status for a traceback is 1, which here says
    # "nothing found".
    BUG = 70
    OUTPUT = 74
    INTERRUPTED = 130
