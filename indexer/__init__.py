"""Passages in, an index on disk out, and snapshots of it to search in.

In: articles of the store. Out: `Snapshot`, whose `Segment`s answer which passages hold a term, how
often and where; and the analysis of words that index, queries and highlights share.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pinakes.indexer.analysis import (
        ANALYSIS_VERSION,
        MAX_WORD_CHARS,
        fold,
        fold_value,
        is_unspaced,
        words,
    )
    from pinakes.indexer.building import build_passing_segment, build_segment
    from pinakes.indexer.engine import Engine
    from pinakes.indexer.errors import (
        IndexDamagedError,
        IndexFormatError,
        IndexMissingError,
        IndexUnreadableError,
        UnsupportedWhooshError,
    )
    from pinakes.indexer.index import PassageIndex
    from pinakes.indexer.memory import LISTS_MB
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
    from pinakes.indexer.verification import verify, verify_part, verify_segment, verify_snapshot

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
    "verify_part",
    "verify_segment",
    "verify_snapshot",
    "words",
    "words_of_format",
]

# Each is loaded when it is asked for: to index where nothing has changed takes none of the arrays.
_HOMES = {
    "ANALYSIS_VERSION": "analysis",
    "Engine": "engine",
    "FIELDS": "segments.columns",
    "IndexDamagedError": "errors",
    "IndexFormatError": "errors",
    "IndexMissingError": "errors",
    "IndexUnreadableError": "errors",
    "InvertedField": "segments.inverted",
    "KINDS": "segments.columns",
    "Kept": "segments.kept",
    "LANGUAGES": "stemming",
    "LISTS_MB": "memory",
    "MANY": "segments.codes",
    "MAX_WORD_CHARS": "analysis",
    "POSITION_BITS": "segments.unpacked",
    "PassageIndex": "index",
    "Positions": "segments.postings",
    "PostingCodes": "segments.posting_codes",
    "Postings": "segments.postings",
    "Segment": "segments.segment",
    "Snapshot": "snapshot",
    "TextWords": "text_words",
    "UnsupportedWhooshError": "errors",
    "ZONES": "segments.columns",
    "build_passing_segment": "building",
    "build_segment": "building",
    "classes_of": "segments.codes",
    "codes_of": "segments.codes",
    "counts_of": "segments.codes",
    "encode_term": "segments.columns",
    "fold": "analysis",
    "fold_value": "analysis",
    "is_unspaced": "analysis",
    "keeps_initials": "stemming",
    "learn_stems": "stemming",
    "length_classes": "segments.codes",
    "part_of_view": "snapshot",
    "recall_stems": "stemming",
    "reclass": "segments.codes",
    "restrict": "snapshot",
    "row_pattern": "text_words",
    "snapshot_of": "snapshot",
    "snapshot_of_view": "snapshot",
    "spaced_text": "text_words",
    "stem": "stemming",
    "stemming_release": "stemming",
    "verify": "verification",
    "verify_part": "verification",
    "verify_segment": "verification",
    "verify_snapshot": "verification",
    "words": "analysis",
    "words_of_format": "toc",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
