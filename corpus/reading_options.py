"""How files are read: what fields are called, how much containers may hold, how texts are cut."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFields:
    """Which columns or keys of a record hold what; of several the first one that is filled.

    Names are compared without regard to case. `id` names the record within its file.
    """

    text: tuple[str, ...] = ("text", "body", "content", "article", "full_text", "html")
    title: tuple[str, ...] = ("title", "headline", "name")
    author: tuple[str, ...] = ("author", "authors", "byline", "creator")
    published: tuple[str, ...] = (
        "published",
        "date",
        "published_at",
        "date_published",
        "datepublished",
        "publish_date",
        "pubdate",
        "created_at",
    )
    modified: tuple[str, ...] = ("modified", "updated", "updated_at", "date_modified", "lastmod")
    saved: tuple[str, ...] = (
        "saved",
        "saved_at",
        "retrieved",
        "accessed",
        "crawled_at",
        "fetched_at",
        "downloaded_at",
    )
    url: tuple[str, ...] = ("url", "link", "canonical", "canonical_url", "permalink")
    source: tuple[str, ...] = ("source", "site", "outlet", "publisher", "site_name")
    language: tuple[str, ...] = ("language", "lang", "locale")
    section: tuple[str, ...] = ("section", "category", "rubric")
    keyword: tuple[str, ...] = ("keyword", "keywords", "tags", "topics", "categories")
    id: tuple[str, ...] = ("id", "_id", "doc_id", "docid", "guid", "uid")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerLimits:
    """How much is read out of one file that holds others.

    Attributes:
        max_members: How many members, those of members counted too.
        max_member_bytes: How long a member may be that has to be read whole; mailboxes and WARC
            files are read piece by piece, and each piece counts.
        max_total_bytes: How much may be inflated in all.
        max_ratio: How many times longer than packed a member may be; up to 1 MiB it may be more.
        max_depth: How many containers may be inside one another: 1 for a ZIP of pages, 2 for a
            ZIP of ZIPs or of mails.
    """

    max_members: int = 100_000
    max_member_bytes: int = 256 << 20
    max_total_bytes: int = 8 << 30
    max_ratio: int = 200
    max_depth: int = 5

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < 1:
                raise ValueError(f"{field.name}: expected 1 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageSize:
    """How long passages are, in code points of the article's text.

    Attributes:
        min_chars: A shorter block is joined with neighbours of its kind and section.
        max_chars: No passage is longer, but where a single letter with its marks is.
    """

    min_chars: int = 120
    max_chars: int = 1200

    def __post_init__(self) -> None:
        if not 0 <= self.min_chars <= self.max_chars or self.max_chars < 1:
            raise ValueError(
                f"min_chars={self.min_chars} and max_chars={self.max_chars}: "
                "expected 0 <= min_chars <= max_chars and 1 <= max_chars"
            )
