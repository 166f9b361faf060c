"""What an element is called: its tag, the words of its class and id, its role."""

from __future__ import annotations

from itertools import pairwise

from pinakes.corpus.readers.html.tree import Node

# The words of these are the words of the whole site.
_TOO_LARGE = frozenset({"html", "body"})
_MOST_WORDS = 10


def names_of(node: Node) -> list[str]:
    """Return the names of an element, each once: `<nav>`, `main`, `main menu`, `role=navigation`.

    Neighbouring words of its class and id count as a pair too, as they often say more than either.
    """
    if node.tag in _TOO_LARGE:
        return []
    names = [f"<{node.tag}>"]
    words = node.words[:_MOST_WORDS]
    if words:
        names += dict.fromkeys(words)
        names += {f"{one} {other}": None for one, other in pairwise(words)}
    attributes = node.attributes
    if "role" in attributes:
        names.append(f"role={attributes['role'].lower()}")
    if "itemprop" in attributes:
        names.append(f"itemprop={attributes['itemprop'].lower()}")
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        names.append("hidden")
    style = attributes.get("style")
    if style and ("none" in style or "hidden" in style):
        folded = style.replace(" ", "").lower()
        if "display:none" in folded or "visibility:hidden" in folded:
            names.append("hidden")
    return names
