"""What the members of a bundle are called: names that are safe on every system."""

from __future__ import annotations

import re
import unicodedata

from pinakes.corpus import Article

RESULTS = "results.json"
CITATIONS = "citations.json"
ANNOTATIONS = "citations.jsonld"
MANIFEST = "manifest.json"
PAGE = "index.html"
NOTICE = "NOTICE.txt"
VERIFIER = "verify.py"

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_MOST_CHARS = 60
_DIGEST_CHARS = 32


def text_name(article: Article) -> str:
    """Return the name of an article's text."""
    return f"texts/{_UNSAFE.sub('_', article.id)}.txt"


def file_name(path: str, sha256: str) -> str:
    """Return the name of a raw file: its checksum, then what is harmless of its own last part.

    >>> file_name("../ ../päge.html", "ab" * 32)
    'files/abababababababababababababababab-page.html'
    """
    last = re.split(r"[/\\]", path)[-1]
    letters = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    safe = _UNSAFE.sub("_", letters)[-_MOST_CHARS:].strip("._-")
    return f"files/{sha256[:_DIGEST_CHARS]}-{safe or 'file'}"
