"""Words to stems, by language."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from pinakes.indexer.analysis import fold_all

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
    """A thread's own stemmers, since each keeps the word it works on in itself."""

    def __init__(self) -> None:
        self.by_name: dict[str, Callable[[Sequence[str]], list[str]]] = {}

    def get(self, name: str) -> Callable[[Sequence[str]], list[str]]:
        if name not in self.by_name:
            import Stemmer

            # Its own cache slows down words that are all different; `stem` keeps its own.
            self.by_name[name] = Stemmer.Stemmer(name, 0).stemWords
        return self.by_name[name]


_stemmers = _Stemmers()


def stem_words(words: Sequence[str], language: str) -> list[str]:
    """Return the stem of each folded word, itself folded; the words where `language` has none.

    The stemmers are Snowball's (snowballstem.org), one a language.
    """
    name = LANGUAGES.get(language)
    if name is None:
        return list(words)
    stems = fold_all(_stemmers.get(name)(words))
    return [stem or word for word, stem in zip(words, stems, strict=True)]


@lru_cache(maxsize=65_536)
def stem(folded: str, language: str) -> str:
    """Return the stem of a folded word, as `stem_words` does.

    >>> stem("mines", "en"), stem("mines", "und")
    ('mine', 'mines')
    """
    return stem_words((folded,), language)[0]


def stemming_release() -> str:
    """Return which release of the stemmers is at work; another one may stem otherwise."""
    import Stemmer

    return str(Stemmer.version())
