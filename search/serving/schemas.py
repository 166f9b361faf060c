"""JSON Schemas of what the API answers; `pinakes.search.as_json` makes what they describe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pinakes.search.query.diagnostics import Code, Severity

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_NUMBER: Schema = {"type": "number"}
_SPAN: Schema = {
    "type": "array",
    "items": COUNT,
    "minItems": 2,
    "maxItems": 2,
    "description": "Half-open, in code points.",
}


def list_of(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def map_of(values: Schema) -> Schema:
    """Return the schema of an object with any names."""
    return {"type": "object", "additionalProperties": values}


def ref(name: str) -> Schema:
    """Return a reference to one of `SCHEMAS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: Mapping[str, Schema], **optional: Schema) -> Schema:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
    }


def _whole(required: Mapping[str, Schema], **optional: Schema) -> Schema:
    return _object({"schema_version": {"const": 1}, **required}, **optional)


_ARTICLE: dict[str, Schema] = {
    "id": TEXT,
    "title": TEXT,
    "authors": list_of(TEXT),
    "source": TEXT,
    "url": TEXT,
    "published": TEXT,
    "language": TEXT,
    "path": TEXT,
    "record": TEXT,
    "locator": TEXT,
    "sha256": SHA256,
}
_PASSAGE: dict[str, Schema] = {
    "id": TEXT,
    "number": COUNT,
    "kind": TEXT,
    "section": list_of(TEXT),
    "start": COUNT,
    "end": COUNT,
    "tags": list_of(ref("Tag")),
}
_PROOF: dict[str, Schema] = {
    "article": TEXT,
    "passage": COUNT,
    "start": COUNT,
    "end": COUNT,
    "exact": TEXT,
    "prefix": TEXT,
    "suffix": TEXT,
    "sha256": SHA256,
    "text_sha256": SHA256,
    "file_sha256": TEXT,
    "extraction": COUNT,
    "archive": TEXT,
    "generation": COUNT,
}
_QUOTED: dict[str, Schema] = dict.fromkeys(
    ("article", "exact", "prefix", "suffix", "sha256", "text_sha256", "file_sha256"), TEXT
)
_MARKED: dict[str, Schema] = {
    "query": _object({"text": TEXT, "interpreted": TEXT}),
    "holds": {"type": "boolean"},
    "highlights": list_of(
        _object(
            {
                "passage": COUNT,
                "spans": list_of(_SPAN),
                "clauses": list_of(list_of(_SPAN)),
            }
        )
    ),
}
_STATE: dict[str, Schema] = {
    "id": TEXT,
    "generation": COUNT,
    "articles": COUNT,
    "passages": COUNT,
    "files": COUNT,
    "unsearchable": COUNT,
}

SCHEMAS: dict[str, Schema] = {
    "Diagnostic": _object(
        {
            "code": {"enum": [str(code) for code in Code]},
            "severity": {"enum": [str(severity) for severity in Severity]},
            "message": TEXT,
            "start": {**COUNT, "description": "First code point of the query's text."},
            "end": {**COUNT, "description": "One past the last."},
            "suggestion": {**TEXT, "description": "What to write there instead, or nothing."},
        }
    ),
    "Query": _object(
        {
            "text": TEXT,
            "interpreted": {**TEXT, "description": "What was understood, in the same language."},
            "syntax": COUNT,
            "warnings": list_of(ref("Diagnostic")),
        }
    ),
    "Problem": _whole(
        {
            "error": _object(
                {
                    "code": {**TEXT, "description": "A word that programs may rely on."},
                    "status": COUNT,
                    "message": TEXT,
                    "diagnostics": list_of(ref("Diagnostic")),
                }
            )
        },
        query=ref("Query"),
    ),
    "Tag": _object({"type": TEXT, "value": TEXT, "start": COUNT, "end": COUNT, "rule": TEXT}),
    "Article": _object(_ARTICLE),
    "Passage": _object(_PASSAGE),
    "Proof": _object(_PROOF),
    "Citation": _object(
        {
            **_PROOF,
            **dict.fromkeys(("title", "source", "url", "published", "saved", "language"), TEXT),
            "location": TEXT,
            "authors": list_of(TEXT),
            "section": list_of(TEXT),
        }
    ),
    # As somebody sends it: what stands beside these may be what it likes.
    "Quoted": _object({name: _PROOF[name] for name in ("passage", "start", "end")} | _QUOTED),
    "SentCitation": {
        "anyOf": [
            {"allOf": [ref("Quoted"), {"not": {"required": ["citation"]}}]},
            _object({"citation": ref("Quoted")}),
        ]
    },
    "Snippet": _object(
        {
            "text": TEXT,
            "start": COUNT,
            "end": COUNT,
            "highlights": list_of(_SPAN),
            "clauses": list_of(list_of(_SPAN)),
        }
    ),
    "PassageHit": _object(
        {
            **_PASSAGE,
            "score": _NUMBER,
            "snippets": list_of(ref("Snippet")),
            "citation": ref("Proof"),
        }
    ),
    "Explanation": _object(
        {"value": _NUMBER, "name": TEXT, "what": TEXT},
        formula=TEXT,
        parts=list_of(ref("Explanation")),
    ),
    "Hit": _object(
        {
            "rank": {"type": "integer", "minimum": 1},
            "score": _NUMBER,
            "article": ref("Article"),
            "passages": list_of(ref("PassageHit")),
        },
        copies=_object({"cluster": TEXT, "count": COUNT}),
        explanation=ref("Explanation"),
    ),
    "Results": _whole(
        {
            "query": ref("Query"),
            "archive": _object(_STATE),
            "total": _object(
                {"articles": COUNT, "passages": COUNT},
                collapsed=_object({"articles": COUNT, "passages": COUNT}),
                occurrences=COUNT,
            ),
            "offset": COUNT,
            "limit": COUNT,
            "next": {"type": ["string", "null"], "description": "What `after` takes."},
            "took_ms": _NUMBER,
            "hits": list_of(ref("Hit")),
            "suggestions": list_of(_object({"text": TEXT, "total": COUNT})),
        },
        facets=map_of(list_of(_object({"value": TEXT, "count": COUNT}))),
        facets_further=map_of(COUNT),
        funnel=list_of(
            _object(
                {"clause": TEXT, "start": COUNT, "end": COUNT, "alone": COUNT, "together": COUNT}
            )
        ),
    ),
    "Completions": _whole(
        {
            "completions": list_of(
                _object(
                    {"text": TEXT, "kind": {"enum": ["word", "field", "value"]}, "count": COUNT}
                )
            )
        }
    ),
    "ArticleText": _whole(
        {
            "article": _object(
                {
                    **_ARTICLE,
                    "paths": list_of(TEXT),
                    "text_sha256": SHA256,
                    "metadata": list_of({"type": "object"}),
                    "provenance": list_of({"type": "object"}),
                    "text": TEXT,
                    "passages": list_of(ref("Passage")),
                }
            )
        },
        **_MARKED,
    ),
    "PassageText": _whole(
        {
            "article": ref("Article"),
            "passage": _object({**_PASSAGE, "text": TEXT, "citation": ref("Proof")}),
        },
        **_MARKED,
    ),
    "Cited": _whole({"citation": ref("Citation")}),
    "Verdicts": _whole(
        {
            "verdicts": list_of(
                _whole(
                    {
                        "status": {
                            "enum": ["ok", "moved", "text-changed", "file-changed", "missing"]
                        },
                        "explanation": list_of(TEXT),
                        "start": {"type": ["integer", "null"]},
                        "citation": ref("Quoted"),
                    }
                )
            )
        }
    ),
    "Status": _whole(
        {
            "archive": _object(
                {
                    **_STATE,
                    "store_generation": COUNT,
                    "by_status": map_of(COUNT),
                    "languages": list_of(TEXT),
                    "size_bytes": COUNT,
                    "tag_level": TEXT,
                    "outdated_tags": map_of(COUNT),
                    "tag_problems": map_of(TEXT),
                    "thin_sites": list_of({"type": "object"}),
                }
            ),
        }
    ),
    "Unsearchable": _whole(
        {
            "total": COUNT,
            "files": list_of(
                _object(
                    {
                        "path": TEXT,
                        "status": TEXT,
                        "detail": TEXT,
                        "size": {"type": ["integer", "null"]},
                        "sha256": TEXT,
                        "articles": COUNT,
                        "problems": list_of(_object({"where": TEXT, "reason": TEXT})),
                        "notes": list_of(TEXT),
                    }
                )
            ),
        }
    ),
}
