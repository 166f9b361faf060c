"""The one place that imports Whoosh: what we build on, and a check that it is one we know.

Two releases install a package `whoosh` that this was tested with. They differ in details of what
their writers do on failure; nothing here depends on these.
"""

from __future__ import annotations

import warnings

from pinakes.indexer.errors import UnsupportedWhooshError

with warnings.catch_warnings():
    # The release of 2016 has invalid escapes in its strings, which newer Pythons remark on.
    warnings.simplefilter("ignore")
    from whoosh import __version__ as _release
    from whoosh import analysis, fields, formats, reading
    from whoosh.codec import base as codec_base
    from whoosh.codec.base import OutOfOrderError
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import BufferFile, StructFile
    from whoosh.index import FileIndex
    from whoosh.matching import LeafMatcher, ListMatcher, ReadTooFar
    from whoosh.reading import MultiReader, SegmentReader, TermInfo, TermNotFound
    from whoosh.system import pack_uint
    from whoosh.writing import SegmentWriter

TESTED_RELEASES = frozenset({(2, 7, 4), (3, 54, 0)})

if tuple(_release) not in TESTED_RELEASES:
    raise UnsupportedWhooshError(tuple(_release))

__all__ = [
    "TESTED_RELEASES",
    "BufferFile",
    "FileIndex",
    "FileStorage",
    "LeafMatcher",
    "ListMatcher",
    "MultiReader",
    "OutOfOrderError",
    "ReadTooFar",
    "SegmentReader",
    "SegmentWriter",
    "StructFile",
    "TermInfo",
    "TermNotFound",
    "analysis",
    "codec_base",
    "fields",
    "formats",
    "pack_uint",
    "reading",
]
