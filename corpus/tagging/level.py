"""How much an archive tags."""

from __future__ import annotations

from enum import StrEnum


class TagLevel(StrEnum):
    """How much an archive tags; each holds what stands before it."""

    NONE = "none"
    BASIC = "basic"
    ALL = "all"
