"""Pages whose main content is known."""

from __future__ import annotations

import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

# Those that a model may learn from; the other one only judges.
LEARNED = ("readability", "dragnet", "wcxb-dev")
JUDGES = ("aeb",)

_CANONICAL = re.compile(
    r"""<(?:link|meta)\b(?=[^>]*["'](?:canonical|og:url)["'])[^>]*["']https?://([^"'/\s]+)""",
    re.IGNORECASE,
)
_LINKED = re.compile(r"""href=["']https?://([^"'/:\s]+)""", re.IGNORECASE)
_EVERYWHERE = frozenset({"facebook.com", "twitter.com", "google.com", "youtube.com"})


class PageSetError(Exception):
    """A set of pages is missing or is no set of pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """A saved page and its main content.

    Attributes:
        set: Which set it is of.
        id: Its name there.
        data: The bytes of the page.
        body: Its main content.
        site: The host it is from, as far as can be told: pages of a site go together.
        is_article: Whether it is one, as far as its set says.
    """

    set: str
    id: str
    data: bytes
    body: str
    site: str
    is_article: bool = True


def read_set(folder: Path, name: str) -> Iterator[KnownPage]:
    """Yield the pages of the set `name.tar.gz` in `folder`, in the order of its truth.

    Raises:
        PageSetError: It is missing, or holds no `truth.jsonl` or not all pages.
    """
    path = folder / f"{name}.tar.gz"
    if not path.is_file():
        raise PageSetError(f"{path}: no such set of pages")
    with tarfile.open(path) as archive:
        members = {
            "/".join(Path(member.name).parts[-2:]): member
            for member in archive.getmembers()
            if member.isfile()
        }

        def read(end: str) -> bytes:
            member = next((members[key] for key in members if key.endswith(end)), None)
            file = archive.extractfile(member) if member else None
            if file is None:
                raise PageSetError(f"{path}: holds no {end}")
            return file.read()

        for line in filter(None, read("truth.jsonl").decode().split("\n")):
            row = json.loads(line)
            data = read(f"pages/{row['id']}.html")
            yield KnownPage(
                set=name,
                id=str(row["id"]),
                data=data,
                body=row["body"],
                site=_site_of(data, row.get("url") or "", str(row["id"])),
                is_article=row.get("page_type", "article") == "article",
            )


def fold_of(site: str, folds: int) -> int:
    """Return in which fold the pages of a site are, from 0: the same in every run."""
    return int.from_bytes(blake2b(site.encode(), digest_size=8).digest(), "big") % folds


def _site_of(data: bytes, url: str, page_id: str) -> str:
    text = data.decode("utf-8", "replace")
    host = urlsplit(url).netloc if url else ""
    if not host and (match := _CANONICAL.search(text)):
        host = match[1]
    if not host:
        linked = Counter(name.lower().removeprefix("www.") for name in _LINKED.findall(text))
        names = [name for name, _ in linked.most_common() if name not in _EVERYWHERE]
        host = names[0] if names else page_id
    return host.lower().removeprefix("www.")
