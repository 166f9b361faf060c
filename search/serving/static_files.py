"""The style, the script and the picture of the pages: read once, and kept by browsers."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from pinakes.search.serving.exchange import Answer

_FOLDER = Path(__file__).parent / "static"
_KINDS = {
    "pinakes.css": "text/css; charset=utf-8",
    "pinakes.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
# The address names the content, by `version`.
_KEPT = "public, max-age=31536000, immutable"


@cache
def static_answer(name: str) -> Answer | None:
    """Return one of the files; None if there is none of that name."""
    if name not in _KINDS:
        return None
    return Answer(
        body=(_FOLDER / name).read_bytes(), kind=_KINDS[name], headers={"Cache-Control": _KEPT}
    )


@cache
def version() -> str:
    """Return what changes whenever one of the files does."""
    answers = (static_answer(name) for name in _KINDS)
    whole = b"".join(answer.body for answer in answers if answer)
    return hashlib.sha256(whole).hexdigest()[:10]
