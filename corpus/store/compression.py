"""Compresses what the store keeps of an article: frames of Zstandard (RFC 8878).

On texts of 9 kB level 3 takes a quarter of the time of zlib's level 6, and a third to read, for a
twentieth more room.
"""

from __future__ import annotations

import sys
import threading

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_OPTIONS: dict[int, int] = {
    zstd.CompressionParameter.compression_level: 3,
    zstd.CompressionParameter.checksum_flag: 1,
}
_MAX_PLAIN_BYTES = 1 << 32
_local = threading.local()


def compress(plain: bytes) -> bytes:
    """Return a frame that holds `plain`, its size and a checksum."""
    try:
        compressor = _local.compressor
    except AttributeError:
        # To set one up takes as long as to compress a short text.
        compressor = _local.compressor = zstd.ZstdCompressor(options=_OPTIONS)
    frame: bytes = compressor.compress(plain, zstd.ZstdCompressor.FLUSH_FRAME)
    return frame


def decompress(frame: bytes) -> bytes:
    """Return what a frame holds.

    Raises:
        ValueError: It is not one whole frame that says how much it holds, or is damaged.
    """
    try:
        size = zstd.get_frame_info(frame).decompressed_size
        if size is None or size > _MAX_PLAIN_BYTES:
            raise ValueError("a size that cannot be")
        decompressor = zstd.ZstdDecompressor()
        # One byte more than it should hold, so that it comes to its end.
        plain: bytes = decompressor.decompress(frame, size + 1)
    except zstd.ZstdError as error:
        raise ValueError(str(error)) from error
    if len(plain) != size or not decompressor.eof or decompressor.unused_data:
        raise ValueError("a frame that does not end where it should")
    return plain
