"""Frames: what passes between a process and those that it has started, as bytes.

A frame is a little-endian head of two numbers, u4 and u8, the lengths of a JSON object and of the
bytes that follow it. No pickle: a process that a hostile file has taken over must not take over the
one that started it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

_HEAD = struct.Struct("<IQ")
_MAX_HEAD_BYTES = 1 << 30


class FrameError(Exception):
    """What came is no frame, or not the whole of one."""


def write_frame(stream: BinaryIO, head: Mapping[str, Any], bodies: tuple[bytes, ...] = ()) -> None:
    """Write one frame, and send it off."""
    encoded = json.dumps(head).encode()
    stream.write(_HEAD.pack(len(encoded), sum(map(len, bodies))))
    stream.write(encoded)
    for body in bodies:
        stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Return the next frame; None at the end of the stream.

    Raises:
        FrameError: The stream ends within it, or holds something else.
    """
    start = stream.read(_HEAD.size)
    if not start:
        return None
    if len(start) < _HEAD.size:
        raise FrameError("cut short")
    head_bytes, body_bytes = _HEAD.unpack(start)
    if head_bytes > _MAX_HEAD_BYTES:
        raise FrameError("too long")
    encoded, body = stream.read(head_bytes), stream.read(body_bytes)
    if len(encoded) < head_bytes or len(body) < body_bytes:
        raise FrameError("cut short")
    try:
        head = json.loads(encoded)
    except ValueError as error:
        raise FrameError("not JSON") from error
    if not isinstance(head, dict):
        raise FrameError("not an object")
    return head, body
