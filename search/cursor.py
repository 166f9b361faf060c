"""Where a page of results ended, as a text that an application can hand back."""

from __future__ import annotations

import binascii
import json
import zlib
from dataclasses import replace
from typing import NamedTuple

from pinakes.indexer import Snapshot
from pinakes.search.findings import find_stale
from pinakes.search.options import OptionsError, SearchOptions
from pinakes.search.query import Diagnostic, Query

_VERSION = 2
# As base64 writes it where it may stand in an address.
_FOR_ADDRESSES = bytes.maketrans(b"+/", b"-_")
_FROM_ADDRESSES = bytes.maketrans(b"-_", b"+/")


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
        encoded = binascii.b2a_base64(packed, newline=False)
        return encoded.translate(_FOR_ADDRESSES).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Return what `Cursor.encode` made a text of.

    Raises:
        OptionsError: It is no such text.
    """
    try:
        encoded = text.encode("ascii").translate(_FROM_ADDRESSES)
        packed = binascii.a2b_base64(encoded + b"=" * (-len(encoded) % 4))
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


def go_on(
    query: Query, options: SearchOptions, snapshot: Snapshot
) -> tuple[SearchOptions, tuple[Diagnostic, ...]]:
    """Return the options with the offset that `after` stands for, and what is to be told of it.

    Raises:
        OptionsError: It is no end of a page of this query.
    """
    cursor = read_cursor(options.after)
    if cursor.asked != digest_of(query.interpreted, options):
        raise OptionsError("after is the end of a page of another query, scope, unit or order")
    options = replace(options, after="", offset=cursor.behind)
    if (cursor.generation, cursor.token) == (snapshot.generation, snapshot.token):
        return options, ()
    return options, (find_stale(query, cursor.generation, snapshot.generation),)


def digest_of(interpreted: str, options: SearchOptions) -> str:
    """Return a short text that hardly two queries have in common, nor two orders of their hits."""
    asked = [
        *(interpreted, options.scope, options.by, options.sort, options.since, options.collapse),
        options.half_life_days,
    ]
    return f"{zlib.crc32(json.dumps(asked).encode()):08x}"
