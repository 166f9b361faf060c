"""Names as messages tell them: what would act on a terminal, or break a log's line, is spelled."""

from __future__ import annotations

import re

# Controls (with them every ANSI escape), bidirectional embeddings, overrides and isolates, line
# separators, interlinear annotations, and lone surrogates.
_ACTING = "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"


def spelled(name: object) -> str:
    r"""Return the text of a name with all that could act in it spelled out.

    >>> spelled("a\x1b[2Jb\u202e"), spelled("mine")
    ('a\\x1b[2Jb\\u202e', 'mine')
    """
    text = str(name)
    return text if text.isprintable() else re.sub(_ACTING, _spell, text)


def _spell(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
