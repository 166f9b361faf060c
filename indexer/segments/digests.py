"""Numbers that stand for texts and addresses, to tell which articles have the same."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from pinakes.corpus import ArticleColumns

_SCHEME = re.compile(r"(?i)https?://(?:www\.)?")


def digest_passages(article: ArticleColumns) -> int:
    """Return a number for the texts of an article's passages, a line end between them."""
    text = article.text.decode("utf-8", "surrogatepass")
    parts = [text[start:end] for start, end in zip(article.starts, article.ends, strict=True)]
    return digest("\n".join(parts).encode("utf-8", "surrogatepass"))


def digest(content: bytes) -> int:
    """Return a number of 64 bits, with a sign, for some bytes; 0 for none."""
    if not content:
        return 0
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little", signed=True)


@lru_cache(maxsize=1024)
def digest_address(url: str) -> int:
    """Return the same for an address; equal for all that mean one page; 0 for none.

    They differ in `http` or `https`, in `www.`, in case before the path, in a `/` at the end, or in
    what is behind `#`.
    """
    address, _, _ = url.strip().partition("#")
    host, slash, rest = _SCHEME.sub("", address).partition("/")
    page = f"{host.lower()}{slash}{rest}".rstrip("/")
    return digest(page.encode("utf-8", "surrogatepass"))
