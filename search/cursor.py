"""Where a page of results ended, as a text that an application can hand back."""

from __future__ import annotations

import binascii
import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple

from pinakes.search.options import OptionsError, SearchOptions

_VERSION = 1
_DIGEST_CHARS = 12


class Cursor(NamedTuple):
    """The end of a page.

    The hits of a query are in one order in each generation of an archive, whatever the pages: how
    many are behind is all that it takes to go on without a gap or a repetition.

    Attributes:
        generation: Of the archive that answered.
        token: The archive's own name for that generation, which no other has.
        asked: What `digest_of` made of the query and its options.
        behind: How many hits are behind, the last one of the page included.
    """

    generation: int
    token: str
    asked: str
    behind: int

    def encode(self) -> str:
        """Return it as letters, digits, `-` and `_`."""
        held = [_VERSION, self.generation, self.token, self.asked, self.behind]
        packed = json.dumps(held, separators=(",", ":")).encode()
        return urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Return what `Cursor.encode` made a text of.

    Raises:
        OptionsError: It is no such text.
    """
    try:
        packed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        version, generation, token, asked, behind = json.loads(packed)
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise OptionsError(_NOT_READ) from error
    is_sound = (
        version == _VERSION
        and type(generation) is int
        and isinstance(token, str)
        and isinstance(asked, str)
        and type(behind) is int
        and behind >= 0
    )
    if not is_sound:
        raise OptionsError(_NOT_READ)
    return Cursor(generation=generation, token=token, asked=asked, behind=behind)


_NOT_READ = "after is no `next` of an answer; ask for the first page again"


def digest_of(interpreted: str, options: SearchOptions) -> str:
    """Return a short text that differs between queries, and between orders of their hits."""
    asked = [interpreted, options.scope, options.by, options.sort, options.since]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:_DIGEST_CHARS]
