"""Passages in, an index on disk out, and snapshots of it to search in.

In: articles of the store. Out: `Snapshot`, whose `Segment`s answer which passages hold a term, how
often and where; and the analysis of words that index, queries and highlights share.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pinakes.indexer.analysis import (
    ANALYSIS_VERSION,
    MAX_WORD_CHARS,
    fold,
    fold_value,
    is_unspaced,
    words,
)
from pinakes.indexer.errors import (
    IndexDamagedError,
    IndexFormatError,
    IndexMissingError,
    IndexUnreadableError,
    UnsupportedWhooshError,
)
from pinakes.indexer.segments.codes import (
    MANY,
    classes_of,
    codes_of,
    counts_of,
    length_classes,
    reclass,
)
from pinakes.indexer.segments.columns import FIELDS, KINDS, ZONES, encode_term
from pinakes.indexer.segments.inverted import InvertedField
from pinakes.indexer.segments.kept import Kept
from pinakes.indexer.segments.posting_codes import PostingCodes
from pinakes.indexer.segments.postings import Positions, Postings
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.unpacked import POSITION_BITS
from pinakes.indexer.snapshot import (
    LISTS_MB,
    Snapshot,
    part_of_view,
    restrict,
    snapshot_of,
    snapshot_of_view,
)
from pinakes.indexer.stemming import (
    LANGUAGES,
    keeps_initials,
    learn_stems,
    recall_stems,
    stem,
    stemming_release,
)
from pinakes.indexer.text_words import TextWords, row_pattern, spaced_text
from pinakes.indexer.toc import words_of_format

if TYPE_CHECKING:
    from pinakes.indexer.building import build_passing_segment, build_segment
    from pinakes.indexer.engine import Engine
    from pinakes.indexer.index import PassageIndex
    from pinakes.indexer.verification import verify, verify_segment, verify_snapshot

__all__ = [
    "ANALYSIS_VERSION",
    "FIELDS",
    "KINDS",
    "LANGUAGES",
    "LISTS_MB",
    "MANY",
    "MAX_WORD_CHARS",
    "POSITION_BITS",
    "ZONES",
    "Engine",
    "IndexDamagedError",
    "IndexFormatError",
    "IndexMissingError",
    "IndexUnreadableError",
    "InvertedField",
    "Kept",
    "PassageIndex",
    "Positions",
    "PostingCodes",
    "Postings",
    "Segment",
    "Snapshot",
    "TextWords",
    "UnsupportedWhooshError",
    "build_passing_segment",
    "build_segment",
    "classes_of",
    "codes_of",
    "counts_of",
    "encode_term",
    "fold",
    "fold_value",
    "is_unspaced",
    "keeps_initials",
    "learn_stems",
    "length_classes",
    "part_of_view",
    "recall_stems",
    "reclass",
    "restrict",
    "row_pattern",
    "snapshot_of",
    "snapshot_of_view",
    "spaced_text",
    "stem",
    "stemming_release",
    "verify",
    "verify_segment",
    "verify_snapshot",
    "words",
    "words_of_format",
]

# What writes is loaded when something is written: who searches waits for none of it.
_HOMES = {
    "Engine": "engine",
    "PassageIndex": "index",
    "build_passing_segment": "building",
    "build_segment": "building",
    "verify": "verification",
    "verify_segment": "verification",
    "verify_snapshot": "verification",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
