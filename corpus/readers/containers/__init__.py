"""Containers: a file that holds others goes in, its members come out, each to be read in turn."""

from pinakes.corpus.readers.containers.gzip_file import read_gzip
from pinakes.corpus.readers.containers.warc import read_warc
from pinakes.corpus.readers.containers.zip_file import read_zip

__all__ = ["read_gzip", "read_warc", "read_zip"]
