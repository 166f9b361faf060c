"""The loggers of the library: silent, unless the application listens or the command line runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging

_LIBRARY = "pinakes"


class _Printing:
    """Whether warnings are printed where nobody has set up logging."""

    is_on = False


def logger_of(module: str) -> logging.Logger:
    """Return the logger of a module of ours.

    Python prints warnings on standard error where no logging is set up. For a library that is not
    to be: it has a handler that does nothing.
    """
    import logging

    library = logging.getLogger(_LIBRARY)
    if not (_Printing.is_on or library.handlers):
        library.addHandler(logging.NullHandler())
    return logging.getLogger(module)


def print_warnings() -> None:
    """Leave it to Python to print warnings on standard error: the process is a program of ours."""
    _Printing.is_on = True
    # Who has nothing to warn of has not loaded it, and need not.
    if loaded := sys.modules.get("logging"):
        library = loaded.getLogger(_LIBRARY)
        for handler in list(library.handlers):
            if isinstance(handler, loaded.NullHandler):
                library.removeHandler(handler)
