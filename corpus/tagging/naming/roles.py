"""What a person is said to be, right after the name."""

from __future__ import annotations

import re

from pinakes.corpus.tagging.naming.lexicon import Lexicon

_ROLE = re.compile(r", ((?:[^\W\d_]+[ ’'-]){0,4}?)([^\W\d_]+)((?:[ -][^\W\d_]+){0,9})")
_ROLE_END = re.compile(
    r"[,.;:!?()«»“”\"\n]| (?:said|says|told|who|which|has|had|was|is|were|will)\b"
)
_MOST_ROLE = 110


def role_after(text: str, end: int, lexicon: Lexicon) -> str:
    """Return what a person is said to be right after the name (`, Head of the Department`)."""
    match = _ROLE.match(text, end)
    if match is None:
        return ""
    lead = match[1].lower().split()
    is_role = match[2].lower() in lexicon.roles or any(word in lexicon.roles for word in lead)
    if not is_role or any(word in lexicon.says for word in lead):
        return ""
    rest = text[end + 2 : end + 2 + _MOST_ROLE]
    stop = _ROLE_END.search(rest)
    return (rest[: stop.start()] if stop else rest.rpartition(" ")[0]).strip()
