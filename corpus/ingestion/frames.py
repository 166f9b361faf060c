"""What passes between a run and the processes that read files for it, in frames of `framing`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from pinakes.corpus.extract import Problem
from pinakes.corpus.framing import FrameError
from pinakes.corpus.ingestion.prepared import Prepared
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ledger import Status
from pinakes.corpus.reading_options import ContainerLimits, PassageSize, RecordFields
from pinakes.corpus.store.packing import PackedArticle
from pinakes.corpus.tagging.settings import TagSettings


def options_object(options: IngestOptions) -> dict[str, Any]:
    """Return what a reader has to know of the options."""
    return {
        "size": asdict(options.size),
        "fields": asdict(options.fields),
        "containers": asdict(options.containers),
        "max_file_bytes": options.max_file_bytes,
        "tags": asdict(options.tags),
        "copies": options.copies,
    }


def options_from(given: Mapping[str, Any]) -> IngestOptions:
    """Return the options that `options_object` was made of, as far as a reader needs them."""
    names = {
        field.name: tuple(value) if isinstance(value, list) else value
        for field in fields(RecordFields)
        if (value := given["fields"].get(field.name)) is not None
    }
    return IngestOptions(
        size=PassageSize(**given["size"]),
        fields=RecordFields(**names),
        containers=ContainerLimits(**given["containers"]),
        max_file_bytes=given["max_file_bytes"],
        tags=TagSettings.of(given["tags"]),
        copies=given["copies"],
    )


def prepared_frame(prepared: Prepared) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    """Return the frame that holds what is in a file, but for what was sent before."""
    articles, bodies = articles_frame(prepared.articles)
    head = {
        "status": prepared.status,
        "detail": prepared.detail,
        "problems": [[each.where, each.reason, each.count] for each in prepared.problems],
        "notes": prepared.notes,
    }
    return {**head, **articles}, bodies


def articles_frame(
    articles: Mapping[str, PackedArticle],
) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    """Return the frame that holds some articles of a file."""
    # Mostly all articles of a file have gone through the same taggers.
    stamps: dict[tuple[str, ...], int] = {}
    rows = [
        [
            record,
            packed.digest.hex(),
            packed.text_sha256.hex(),
            packed.passage_count,
            len(packed.content),
            stamps.setdefault(packed.stamps, len(stamps)),
            None if packed.sketch is None else packed.sketch.hex(),
        ]
        for record, packed in articles.items()
    ]
    head = {"articles": rows, "stamps": list(stamps)}
    return head, tuple(packed.content for packed in articles.values())


def articles_from(head: Mapping[str, Any], body: bytes) -> dict[str, PackedArticle]:
    """Return the articles from a frame that holds some.

    Raises:
        FrameError: It is not such a frame.
    """
    articles: dict[str, PackedArticle] = {}
    at = 0
    try:
        stamps = [tuple(map(str, each)) for each in head["stamps"]]
        for record, digest, text_sha256, passage_count, size, place, sketch in head["articles"]:
            articles[str(record)] = PackedArticle(
                digest=bytes.fromhex(digest),
                text_sha256=bytes.fromhex(text_sha256),
                content=body[at : at + size],
                passage_count=int(passage_count),
                stamps=stamps[place],
                sketch=None if sketch is None else bytes.fromhex(sketch),
            )
            at += size
    except (LookupError, TypeError, ValueError) as error:
        raise FrameError("not articles of a file") from error
    return articles


def prepared_from(head: Mapping[str, Any], body: bytes) -> Prepared:
    """Return what is in a file from the frame that holds it, but for what was sent before.

    Raises:
        FrameError: It is not such a frame.
    """
    try:
        return Prepared(
            status=Status(head["status"]),
            detail=str(head["detail"]),
            articles=articles_from(head, body),
            problems=tuple(
                Problem(where=str(where), reason=str(reason), count=int(count))
                for where, reason, count in head["problems"]
            ),
            notes=tuple(map(str, head["notes"])),
        )
    except (LookupError, TypeError, ValueError) as error:
        raise FrameError("not what is in a file") from error
