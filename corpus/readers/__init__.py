"""Readers: the bytes of a source file go in, the articles in it come out.

Pages, texts, records, feeds, mails, books, documents, and archives of these are read:
docs/formats.md has the list.
"""

from pinakes.corpus.readers.dispatch import read
from pinakes.corpus.readers.fields import RecordFields
from pinakes.corpus.readers.limits import ContainerLimits
from pinakes.corpus.readers.recognition import SUPPORTED_SUFFIXES

__all__ = ["SUPPORTED_SUFFIXES", "ContainerLimits", "RecordFields", "read"]
