"""How the cluster keeps an archive: the settings and fields of its indexes.

An article is a document, and each of its passages one nested in it. Words, stems and terms come
from our own analysis, separated by spaces: the cluster divides at these, and changes nothing.
"""

from __future__ import annotations

from typing import Any

from pinakes.corpus import EngineSettings

FORMAT = 1
"""Counts up with every change to what is kept; another one is made again."""
MAX_TERM_BYTES = 8_000
"""Longer values of fields are kept by a digest: Lucene takes none of 32,766 bytes."""
PASSAGES = "passages"

PASSAGE_TERMS = ("kind", "section", "tag")
"""Fields of single passages."""
ARTICLE_TERMS = ("lang", "source", "author", "byline", "path", "url", "id")
"""Fields of articles that each passage has as well, so that conditions on both may be joined."""

_ANALYSIS = {
    "analyzer": {"spaced": {"tokenizer": "spaced"}},
    # Otherwise words of more than 255 letters would be divided.
    "tokenizer": {"spaced": {"type": "whitespace", "max_token_length": 1_048_576}},
}
# What a text scores is how often it stands there: our own formulas do the rest.
_SIMILARITY = {
    "count": {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}
}


def article_index(settings: EngineSettings) -> dict[str, Any]:
    """Return what makes the index of articles."""
    return {
        "settings": {
            "number_of_shards": settings.shards,
            "number_of_replicas": settings.replicas,
            "refresh_interval": "-1",
            "codec": "best_compression",
            "max_terms_count": 1_048_576,
            "mapping.nested_objects.limit": 1_000_000,
            "max_result_window": 10_000,
            # What was deleted is gone from every file once it is asked for.
            "merge.policy.expunge_deletes_allowed": 0,
            "analysis": _ANALYSIS,
            "similarity": _SIMILARITY,
        },
        "mappings": {
            "dynamic": False,
            # What is made for searching is not what is read.
            "_source": {"excludes": [PASSAGES]},
            "_meta": {"format": FORMAT},
            "properties": {**_article_fields(), PASSAGES: _passages()},
        },
    }


def term_index(settings: EngineSettings) -> dict[str, Any]:
    """Return what makes the index of the archive's words and tags, each a document."""
    return {
        "settings": {
            "number_of_shards": 1,
            "number_of_replicas": settings.replicas,
            "refresh_interval": "-1",
        },
        "mappings": {
            "dynamic": False,
            "properties": {"field": {"type": "keyword"}, "term": {"type": "keyword"}},
        },
    }


def state_index(settings: EngineSettings) -> dict[str, Any]:
    """Return what makes the index of the archive's one state."""
    return {
        "settings": {"number_of_shards": 1, "number_of_replicas": settings.replicas},
        "mappings": {"dynamic": False},
    }


def _article_fields() -> dict[str, Any]:
    numbers = ("key", "cluster", "born", "saved", "address", "text")
    small = ("feeder", "words", "title_words", "heading_words", "body_words", "first_day",
             "last_day", "files", "passage_count")  # fmt: skip
    return {
        **{name: {"type": "long"} for name in numbers},
        **{name: {"type": "integer"} for name in small},
        **{name: {"type": "keyword"} for name in ("id", "identity", "lang", "source", "byline")},
        "hidden": {"type": "boolean"},
        **{name: {"type": "keyword", "doc_values": False} for name in ("sha256", "text_sha256")},
        # Of undated articles there is none.
        "day": {"type": "integer"},
        # Whether it has a cluster's number that is not its own: then it may be a copy.
        "follows": {"type": "boolean", "doc_values": False},
        "paths": {"type": "keyword", "doc_values": False, "ignore_above": MAX_TERM_BYTES // 4},
    }


def _passages() -> dict[str, Any]:
    unseen = {"type": "keyword", "doc_values": False}
    text = {"type": "text", "analyzer": "spaced", "similarity": "count", "norms": False}
    return {
        "type": "nested",
        "dynamic": False,
        "properties": {
            "word": text,
            "stem": text,
            **dict.fromkeys((*ARTICLE_TERMS, "section"), unseen),
            "lang": {"type": "keyword"},
            "kind": {"type": "keyword"},
            "tag": {"type": "keyword"},
            "zone": {"type": "byte"},
            "word_count": {"type": "integer"},
            "article_words": {"type": "integer"},
            "first_day": {"type": "integer"},
            "last_day": {"type": "integer"},
            "titled": {"type": "boolean", "doc_values": False},
            "key": {"type": "long"},
            "at": unseen,
        },
    }
