"""The ways of printing a citation that are no JSON of ours, by the name users give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pinakes.search.citing.literature import as_bibtex, as_csl_json, as_ris
from pinakes.search.citing.prose import as_html, as_markdown, as_text
from pinakes.search.model import Citation

STYLES: Mapping[str, Callable[[Citation], str]] = MappingProxyType(
    {
        "text": as_text,
        "markdown": as_markdown,
        "html": as_html,
        "bibtex": as_bibtex,
        "csl-json": as_csl_json,
        "ris": as_ris,
    }
)
