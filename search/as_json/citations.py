"""Citations and verdicts on them, for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pinakes.search.as_json.encoding import SCHEMA_VERSION
from pinakes.search.citing import citation_object, proof_object

if TYPE_CHECKING:
    from pinakes.search.citing import Verdict
    from pinakes.search.model import Citation


def cited_object(citation: Citation) -> dict[str, Any]:
    """Return all that a citation says."""
    return {"schema_version": SCHEMA_VERSION, "citation": citation_object(citation)}


def verdict_object(verdict: Verdict) -> dict[str, Any]:
    """Return whether a citation holds, and why not."""
    return {
        "schema_version": SCHEMA_VERSION,
        "status": verdict.status.value,
        "explanation": list(verdict.explanation),
        "start": verdict.start,
        "citation": proof_object(verdict.citation),
    }
