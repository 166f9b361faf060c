"""An article whose content cannot be read: what is known of it all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias


class DamagedArticle(NamedTuple):
    """An article of which the store has a row that cannot be understood.

    Attributes:
        key: As of `Article`, as are the next four and `paths`.
        id: Its id.
        record: Which record of its file it is.
        sha256: Of the raw file.
        text_sha256: Of the text that it had.
        paths: The files that hold it.
        problem: What is wrong, for a person.
    """

    key: int
    id: str
    record: str
    sha256: str
    text_sha256: str
    paths: tuple[str, ...]
    problem: str


OnDamage: TypeAlias = Callable[[DamagedArticle], None]
"""Called with each article that is passed over as it is damaged."""
