"""Articles as documents of the cluster, and back."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from pinakes.corpus import ArticleColumns, ArticleRecord
from pinakes.indexer.analysis import fold_value, words
from pinakes.indexer.opensearch.mappings import MAX_TERM_BYTES, PASSAGES
from pinakes.indexer.opensearch.publishing import identity_of
from pinakes.indexer.opensearch.state import FEEDER_BITS
from pinakes.indexer.segments.builder import (
    path_terms,
    published_days,
    saved_second,
)
from pinakes.indexer.segments.columns import KINDS, ZONES, zone_of
from pinakes.indexer.segments.digests import digest_address, digest_passages
from pinakes.indexer.stemming import recall_stems
from pinakes.indexer.text_words import TextWords

FETCHED = (
    "key", "id", "record", "sha256", "text_sha256", "extraction", "cluster", "content", "paths",
)  # fmt: skip
"""What of a document makes an `ArticleRecord`."""
_LEVEL = 6
_LONGEST_ID = 400


class Document(NamedTuple):
    """An article as it is sent.

    Attributes:
        id: Of the document: of an article and its version.
        body: As JSON.
        terms: Field and term of each word, tag and author that is in it.
    """

    id: str
    body: dict[str, Any]
    terms: set[tuple[str, str]]

    @property
    def name(self) -> str:
        """What it is called where something is wrong with it."""
        paths = self.body["paths"]
        return f"article {self.body['id']}" + (f" ({paths[0]})" if paths else "")


def document_id(article_id: str, key: int) -> str:
    """Return the id of the document of a version of an article, by its key on the cluster."""
    return f"{article_id}@{key}"


def cluster_key(key: int, feeder: int) -> int:
    """Return the key on the cluster of a version that a feeder's store knows by `key`."""
    return key + (feeder << FEEDER_BITS)


def store_key(key: int) -> int:
    """Return the key in the store of a version with this key on the cluster.

    >>> store_key(cluster_key(7, feeder=2))
    7
    """
    return key & ((1 << FEEDER_BITS) - 1)


def term_id(field: str, term: str) -> str:
    """Return the id of the document of a term: of a word, a tag or an author.

    >>> term_id("word", "mine")
    'word:mine'
    """
    name = f"{field}:{term}"
    if len(name.encode()) <= _LONGEST_ID:
        return name
    return f"{field}:{sha256(term.encode()).hexdigest()}"


def passage_id(key: int, number: int) -> str:
    """Return by what a passage is known: its article's key on the cluster, and its number.

    >>> passage_id(17, 0)
    '17#0'
    """
    return f"{key}#{number}"


def fit_term(term: str) -> str:
    """Return a value of a field as the cluster keeps it: a very long one by a digest.

    >>> fit_term("example.org")
    'example.org'
    """
    encoded = term.encode("utf-8", "replace")
    if len(encoded) <= MAX_TERM_BYTES:
        return encoded.decode()
    return f"{encoded[: MAX_TERM_BYTES // 2].decode(errors='ignore')}…{sha256(encoded).hexdigest()}"


def make_document(
    record: ArticleRecord, *, feeder: int, born: int, is_hidden: bool = False
) -> Document:
    """Return the document of an article that a feeder's generation `born` has.

    It is hidden if another feeder's is seen in its place.
    """
    columns = record.columns()
    key = cluster_key(record.key, feeder)
    article = _article_terms(columns)
    passages, zone_words = _passages(columns)
    days = published_days(columns.published)
    shared = {
        **{name: terms for name, terms in article.items() if terms},
        "article_words": sum(zone_words),
        **dict(zip(("first_day", "last_day"), days, strict=True)),
        "titled": any(passage["zone"] == 0 for passage in passages),
        "key": key,
    }
    terms: set[tuple[str, str]] = {("byline", name) for name in article["byline"]}
    for number, passage in enumerate(passages):
        passage["at"] = passage_id(key, number)
        terms.update(("word", word) for word in passage["word"].split())
        terms.update(("tag", tag) for tag in passage["tag"])
        passage.update(shared)
    body = {
        "key": key,
        "id": record.id,
        "feeder": feeder,
        "born": born,
        "identity": identity_of(record.sha256, record.record),
        "hidden": is_hidden,
        "record": record.record,
        "sha256": record.sha256.hex(),
        "text_sha256": record.text_sha256.hex(),
        "extraction": record.extraction,
        "cluster": cluster_key(record.cluster, feeder),
        "follows": record.cluster != record.key,
        "content": base64.b64encode(zlib.compress(record.content, _LEVEL)).decode(),
        "paths": list(record.paths),
        "files": len(record.paths),
        **_measure(columns, passages, zone_words),
        # A value is there for its passages.
        **{name: article[name] if passages else [] for name in ("lang", "source", "byline")},
        PASSAGES: passages,
    }
    return Document(document_id(record.id, key), body, terms)


def _measure(
    columns: ArticleColumns, passages: Sequence[object], zone_words: Sequence[int]
) -> dict[str, int]:
    """Return the numbers that an article is counted, ordered and compared by."""
    first_day, last_day = published_days(columns.published)
    return {
        "words": sum(zone_words),
        **{f"{zone}_words": count for zone, count in zip(ZONES, zone_words, strict=True)},
        "first_day": first_day,
        "last_day": last_day,
        **({"day": first_day} if first_day else {}),
        "saved": saved_second(columns.saved),
        "address": digest_address(columns.url),
        "text": digest_passages(columns),
        "passage_count": len(passages),
    }


def read_record(source: dict[str, Any]) -> ArticleRecord:
    """Return the article of a document's `FETCHED`; what is wrong in it raises `ValueError`s."""
    try:
        return ArticleRecord(
            key=source["key"],
            id=source["id"],
            record=source["record"],
            sha256=bytes.fromhex(source["sha256"]),
            text_sha256=bytes.fromhex(source["text_sha256"]),
            extraction=source["extraction"],
            cluster=source["cluster"],
            content=zlib.decompress(base64.b64decode(source["content"])),
            paths=tuple(source["paths"]),
        )
    except (KeyError, TypeError, zlib.error) as error:
        raise ValueError(f"a document that is none of ours: {error!r}") from error


def _article_terms(columns: ArticleColumns) -> dict[str, list[str]]:
    return {
        "lang": _terms([fold_value(columns.language)]),
        "source": _terms([fold_value(columns.source)]),
        "author": _terms(_words_of(columns.authors)),
        "byline": _terms(map(fold_value, columns.authors)),
        "path": _terms(path_terms(columns.paths)),
        "url": _terms([fold_value(columns.url)]),
        "id": _terms([fold_value(columns.id)]),
    }


def _passages(columns: ArticleColumns) -> tuple[list[dict[str, Any]], list[int]]:
    """Return what each passage has of its own, and the words by zone."""
    text = columns.text.decode("utf-8", "surrogatepass")
    sections = [_terms(_words_of(section)) for section in columns.sections]
    tags = [
        _terms(
            term
            for tag in found
            for term in (fold_value(tag.type), fold_value(f"{tag.type}:{tag.value}"))
        )
        for found in columns.tag_lists
    ]
    zone_words = [0, 0, 0]
    passages: list[dict[str, Any]] = []
    spans = zip(columns.starts, columns.ends, strict=True)
    for number, (start, end) in enumerate(spans):
        folded = TextWords(text[start:end]).folded
        kind = KINDS[columns.kinds[number]]
        zone = zone_of(kind)
        zone_words[zone] += len(folded)
        stems = recall_stems(folded, columns.language)
        passages.append(
            {
                "word": " ".join(folded),
                "stem": " ".join([f"{columns.language}:{stem}" for stem in stems]),
                "kind": kind.value,
                "section": sections[columns.section_of[number]],
                "tag": tags[columns.tag_list_of[number]],
                "zone": zone,
                "word_count": len(folded),
            }
        )
    return passages, zone_words


def _words_of(texts: Sequence[str]) -> set[str]:
    return {folded for text in texts for _, _, folded in words(text)}


def _terms(values: Iterable[str]) -> list[str]:
    return sorted({fit_term(value) for value in values if value})
