"""What a file holds of an article."""

from __future__ import annotations

from typing import NamedTuple


class Holding(NamedTuple):
    """A living article as a file holds it.

    Attributes:
        key: Of the article's latest version.
        id: The article's id.
        record: Which record of the file it is, or empty.
        digest: Of its content: see `PackedArticle`.
        sha256: Of the file when the article was last read from it, hexadecimal.
        text_sha256: Of its text.
        is_owned: Whether the file is the article's first one, whose edits the article follows.
    """

    key: int
    id: str
    record: str
    digest: bytes
    sha256: str
    text_sha256: bytes
    is_owned: bool
