"""Words to stems, by language."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from pinakes.indexer.analysis import fold

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "arabic",
        "ca": "catalan",
        "da": "danish",
        "de": "german",
        "el": "greek",
        "en": "english",
        "es": "spanish",
        "eu": "basque",
        "fi": "finnish",
        "fr": "french",
        "ga": "irish",
        "hi": "hindi",
        "hu": "hungarian",
        "hy": "armenian",
        "id": "indonesian",
        "it": "italian",
        "lt": "lithuanian",
        "nb": "norwegian",
        "ne": "nepali",
        "nl": "dutch",
        "nn": "norwegian",
        "no": "norwegian",
        "pt": "portuguese",
        "ro": "romanian",
        "ru": "russian",
        "sr": "serbian",
        "sv": "swedish",
        "ta": "tamil",
        "tr": "turkish",
        "yi": "yiddish",
    }
)
"""ISO 639-1 code -> name of its Snowball stemmer; other languages are searched unstemmed."""


class _Stemmers(threading.local):
    """A thread's own stemmers, since Snowball's keep the word they work on in themselves."""

    def __init__(self) -> None:
        self.by_name: dict[str, Callable[[str], str]] = {}

    def get(self, name: str) -> Callable[[str], str]:
        if name not in self.by_name:
            import snowballstemmer

            stemmer: Any = snowballstemmer.stemmer(name)
            self.by_name[name] = stemmer.stemWord
        return self.by_name[name]


_MAX_STEMS = 200_000
_stemmers = _Stemmers()
_stems: dict[tuple[str, str], str] = {}


def stem(folded: str, language: str) -> str:
    """Return the stem of a folded word, itself folded; the word itself where `language` has none.

    The stemmers are Snowball's (snowballstem.org), one a language.

    >>> stem("mines", "en"), stem("mines", "und")
    ('mine', 'mines')
    """
    name = LANGUAGES.get(language)
    if name is None:
        return folded
    known = _stems.get((name, folded))
    if known is None:
        known = fold(_stemmers.get(name)(folded)) or folded
        if len(_stems) >= _MAX_STEMS:
            _stems.clear()
        _stems[name, folded] = known
    return known


@cache
def stemming_release() -> str:
    """Return which release of the stemmers is at work; another one may stem otherwise."""
    from importlib.metadata import version

    return version("snowballstemmer")
