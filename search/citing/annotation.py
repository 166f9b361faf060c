"""A citation as a Web Annotation in JSON-LD (W3C Recommendation, 23 February 2017), and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pinakes.search.model import Citation

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_TERMS = {"pinakes": "urn:pinakes:term:"}


def annotation_object(citation: Citation) -> dict[str, Any]:
    """Return the annotation: its target is the quote in its article, selected twice."""
    source = {
        "id": citation.url or f"urn:sha256:{citation.file_sha256}",
        "type": "Text",
        "dcterms:title": citation.title,
        "dcterms:creator": list(citation.authors),
        "dcterms:publisher": citation.source,
        "dcterms:issued": citation.published,
        "dcterms:date": citation.saved,
        "language": "" if citation.language == "und" else citation.language,
        "pinakes:location": citation.location,
        "pinakes:section": list(citation.section),
        "pinakes:textSha256": citation.text_sha256,
        "pinakes:fileSha256": citation.file_sha256,
        "pinakes:extraction": citation.extraction,
        "pinakes:archive": citation.archive_id,
        "pinakes:generation": citation.generation,
    }
    return {
        "@context": [CONTEXT, _TERMS],
        "id": f"urn:pinakes:citation:{citation.article_id}:{citation.start}-{citation.end}",
        "type": "Annotation",
        "motivation": "highlighting",
        "target": {
            "type": "SpecificResource",
            "source": {key: value for key, value in source.items() if value},
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": citation.exact,
                    "prefix": citation.prefix,
                    "suffix": citation.suffix,
                },
                {"type": "TextPositionSelector", "start": citation.start, "end": citation.end},
            ],
            "pinakes:article": citation.article_id,
            "pinakes:passage": citation.passage_number,
            "pinakes:sha256": citation.sha256,
        },
    }


def flatten_annotation(annotation: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an annotation of `annotation_object` says under the names of our JSON.

    Raises:
        KeyError, TypeError, StopIteration: It is an annotation of another kind.
    """
    target = annotation["target"]
    source = target["source"]
    quote = next(each for each in target["selector"] if each["type"] == "TextQuoteSelector")
    position = next(each for each in target["selector"] if each["type"] == "TextPositionSelector")
    return {
        "article": target["pinakes:article"],
        "passage": target["pinakes:passage"],
        "sha256": target["pinakes:sha256"],
        "start": position["start"],
        "end": position["end"],
        "exact": quote["exact"],
        "prefix": quote["prefix"],
        "suffix": quote["suffix"],
        "text_sha256": source["pinakes:textSha256"],
        "file_sha256": source["pinakes:fileSha256"],
        "extraction": source.get("pinakes:extraction", 0),
        "generation": source.get("pinakes:generation", 0),
        "archive": source.get("pinakes:archive", ""),
        "location": source.get("pinakes:location", ""),
        "section": source.get("pinakes:section", []),
        "title": source.get("dcterms:title", ""),
        "authors": source.get("dcterms:creator", []),
        "source": source.get("dcterms:publisher", ""),
        "published": source.get("dcterms:issued", ""),
        "saved": source.get("dcterms:date", ""),
        "language": source.get("language", "und"),
        "url": "" if source["id"].startswith("urn:sha256:") else source["id"],
    }
