"""Passages in, an index on disk out."""

from __future__ import annotations
