"""Readers: the bytes of a source file go in, the articles in it come out.

HTML, plain text, Markdown, JSON Lines, JSON, CSV and TSV are read.
"""

from pinakes.corpus.readers.dispatch import SUPPORTED_SUFFIXES, read
from pinakes.corpus.readers.fields import RecordFields

__all__ = ["SUPPORTED_SUFFIXES", "RecordFields", "read"]
