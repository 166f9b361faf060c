"""The fields of the language, their other names, and which one was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from pinakes.corpus import Kind

FILTERS = frozenset({"tag", "kind", "section", "source", "author", "url", "path", "lang", "id"})
ZONES = frozenset({"title"})
DATES = frozenset({"date", "after", "before"})
NUMBERS = frozenset({"words"})
TAGS = frozenset(
    {
        *("place", "law", "org", "person", "quote", "said"),
        *("number", "mentions", "keyphrase", "topic"),
    }
)
"""Types of tags that are fields whatever an archive holds; others are if it holds such tags."""
RANGES = DATES | NUMBERS | {"mentions", "number"}
KNOWABLE = FILTERS | ZONES | {"date"}
"""What `has:` can ask for."""
# In a value of these, a colon is no other field's.
HOLD_COLONS = frozenset({"tag", "url", "path"})
# In a value of these, `?`, `~` and `^` are text.
ADDRESSES = frozenset({"url", "path"})
SYNONYMS = {"site": "source", "in": "path", "published": "date"}
STATES = ("duplicate", "changed", "current", "superseded")
"""What `is:` can ask for; docs/copies.md tells what each means."""
_OTHERS = {"cluster", "has", "is", "name", "saved"}
_SUPPORTED = (*sorted(FILTERS | ZONES | DATES | NUMBERS | TAGS | _OTHERS), *SYNONYMS)
FIELDS = frozenset(_SUPPORTED)

# What people write who come from elsewhere.
_MEANT = {
    "by": "author",
    "dir": "path",
    "domain": "source",
    "file": "path",
    "folder": "path",
    "headline": "title",
    "intitle": "title",
    "inurl": "url",
    "language": "lang",
    "publisher": "source",
    "since": "after",
    "type": "kind",
    "until": "before",
    "website": "source",
    "year": "date",
}
_KINDS_MEANT = {
    "blockquote": "quote",
    "bullet": "list-item",
    "figcaption": "caption",
    "header": "heading",
    "headline": "title",
    "intro": "lead",
    "item": "list-item",
    "list": "list-item",
    "p": "paragraph",
    "subheading": "heading",
    "text": "paragraph",
}
_LANGUAGES_MEANT = {
    "arabic": "ar",
    "armenian": "hy",
    "azerbaijani": "az",
    "chinese": "zh",
    "english": "en",
    "french": "fr",
    "georgian": "ka",
    "german": "de",
    "italian": "it",
    "japanese": "ja",
    "persian": "fa",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "turkish": "tr",
    "ukrainian": "uk",
}
_SCHEMES = frozenset(
    {"about", "data", "doi", "ftp", "http", "https", "isbn", "issn", "mailto", "tel", "urn"}
)
_ADDRESS = re.compile(r"\w[\w+.-]*://|www\.|[A-Za-z]:[\\/]|[^@\s]+@[^@\s]+\.\w")
_NAMED = re.compile(r"([^\W\d]{2,}):(?![:\\]|//)")
_CLUSTER = re.compile(r"c([1-9][0-9]{0,17})")
_STATES_MEANT = {
    "copy": "duplicate",
    "copied": "duplicate",
    "latest": "current",
    "newest": "current",
    "old": "superseded",
    "outdated": "superseded",
    "edited": "changed",
}
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MAX_NAME_CHARS = 20


def is_day(value: str) -> bool:
    """Tell whether a value of `saved:`, not in quotes, is days (`2014..`, `>=2014`), not a name."""
    return value[:1].isdigit() or value.startswith(("<", ">", "=", "[", ".."))


def is_address(text: str) -> bool:
    """Tell whether `text` is a URL, an e-mail address or a Windows path: never an operator."""
    return _ADDRESS.match(text) is not None


def read_unknown_field(text: str) -> str:
    """Return the name before the colon if `text` looks like `name:value` or `name:`; else empty.

    Times, ratios, addresses, paths and `std::vector` do not.
    """
    found = _NAMED.match(text)
    if found is None or is_address(text) or found[1].lower() in _SCHEMES:
        return ""
    return found[1]


def begins_with_field(text: str) -> bool:
    """Tell whether `text` is a field of the language, with a colon and something after it."""
    name, colon, value = text.partition(":")
    return name.lower() in FIELDS and bool(colon and value)


def suggest_field(name: str, types: Collection[str] = ()) -> str:
    """Return the field that `name` probably stands for, or an empty text.

    `types` are the types of tags of an archive.
    """
    name = name.lower()
    return _MEANT.get(name) or find_nearest(name, (*_SUPPORTED, *sorted(types)))


def read_knowable(value: str) -> str:
    """Return the field that `has:value` asks for, by its own name; empty if there is none."""
    name = SYNONYMS.get(value.lower(), value.lower())
    return name if name in KNOWABLE else ""


def read_kind(value: str) -> str:
    """Return the kind that `value` names, whatever its case; empty if it names none."""
    folded = value.lower()
    return folded if folded in tuple(Kind) else ""


def suggest_kind(value: str) -> str:
    """Return the kind that `value` probably stands for, or an empty text."""
    name = "-".join(value.lower().replace("_", " ").split())
    for candidate in (name, name.removesuffix("s")):
        meant = _KINDS_MEANT.get(candidate) or read_kind(candidate)
        if meant:
            return meant
    return find_nearest(name, tuple(Kind))


def read_language(value: str) -> str:
    """Return the code that `value` is, in lower case; empty if it is none (`und` is one)."""
    folded = value.lower()
    return folded if _LANGUAGE.fullmatch(folded) else ""


def read_state(value: str) -> str:
    """Return the state that `value` names, whatever its case; empty if it names none."""
    folded = value.lower()
    return folded if folded in STATES else ""


def suggest_state(value: str) -> str:
    """Return the state that `value` probably stands for, or an empty text."""
    folded = value.lower()
    for candidate in (folded, folded.removesuffix("s")):
        if meant := _STATES_MEANT.get(candidate) or read_state(candidate):
            return meant
    return find_nearest(folded, STATES)


def read_cluster(value: str) -> int:
    """Return the number of the cluster that `value` names, as `c17`; 0 if it names none."""
    found = _CLUSTER.fullmatch(value.lower())
    return int(found[1]) if found else 0


def suggest_language(value: str) -> str:
    """Return the code for a language's English name, or for `en-US`; else an empty text."""
    folded = value.lower()
    return _LANGUAGES_MEANT.get(folded) or read_language(re.split("[-_]", folded)[0])


def find_nearest(name: str, candidates: Iterable[str]) -> str:
    """Return the candidate nearest to `name`, the first among equals; empty if none is near.

    Near is up to two single-letter edits or swaps of neighbours, one for names of up to four
    letters, none for shorter than three.
    """
    if not 3 <= len(name) <= _MAX_NAME_CHARS:
        return ""
    limit = 1 if len(name) <= 4 else 2
    alike = [other for other in candidates if abs(len(other) - len(name)) <= limit]
    distances = [(_distance(name, other), other) for other in alike if len(other) >= 3]
    distance, nearest = min(distances, key=lambda pair: pair[0], default=(limit + 1, ""))
    return nearest if distance <= limit else ""


def _distance(one: str, other: str) -> int:
    """Return the Damerau-Levenshtein distance (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, other_letter in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
