"""A saved page in, its article out: the structural walk, what of it is content, its metadata."""

from pinakes.corpus.readers.html.page import read_html, read_whole

__all__ = ["read_html", "read_whole"]
