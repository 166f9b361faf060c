"""How much memory is taken unless who asks says otherwise."""

from __future__ import annotations

MEMORY_BYTES = 256 << 20
"""What a builder of segments takes before it is full.

So 8 million words come into one segment, or 5 million with 100,000 different ones. Measured, with
all else that the process holds: 208 MB for 140,000 articles of 68 words, in three segments; with
twice as much, 324 MB in one, in the same processor time.
"""
LISTS_MB = 384
"""How much memory unpacked lists of a snapshot may take unless told otherwise."""
