"""JSON that stands on one line, and that neither a terminal nor an encoding stumbles over."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

SCHEMA_VERSION = 1
"""Stands at the top of every object; readers ignore keys that they don't know."""

# Lone surrogates, which no encoding takes, and what the command line keeps from a terminal.
_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")


def dump(value: Mapping[str, Any] | list[dict[str, Any]], *, encoding: str = "utf-8") -> str:
    """Return `value` as one line of JSON that `encoding` can take.

    Characters stand as they are in UTF-8, escaped elsewhere; what could act on a terminal, and a
    lone surrogate, as in the name of a file that is not UTF-8, is always escaped.
    """
    is_utf8 = encoding.lower().replace("-", "").replace("_", "").startswith("utf8")
    text = json.dumps(value, ensure_ascii=not is_utf8)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
