"""Words to stems, by language."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache
from itertools import filterfalse
from pathlib import Path
from types import MappingProxyType

from pinakes.indexer.analysis import fold_all

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "arabic",
        "bs": "serbian",
        "ca": "catalan",
        "cs": "czech",
        "da": "danish",
        "de": "german",
        "el": "greek",
        "en": "english",
        "eo": "esperanto",
        "es": "spanish",
        "et": "estonian",
        "eu": "basque",
        "fa": "persian",
        "fi": "finnish",
        "fr": "french",
        "ga": "irish",
        "hi": "hindi",
        "hr": "serbian",
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
        "pl": "polish",
        "pt": "portuguese",
        "ro": "romanian",
        "ru": "russian",
        "sr": "serbian",
        "sv": "swedish",
        "ta": "tamil",
        "yi": "yiddish",
    }
)
"""ISO 639-1 code -> name of its Snowball stemmer; those of `light_stemming` lose endings, other
languages are searched unstemmed."""

LIGHT_LANGUAGES = frozenset(
    ["az", "be", "bg", "kk", "ky", "lv", "mk", "sk", "sl", "tr", "uk", "uz"]
)
"""ISO 639-1 codes of languages whose words lose their endings by `light_stemming`."""

_SUFFIXING = frozenset(
    ["da", "de", "en", "es", "fi", "fr", "it", "nb", "nn", "no", "pt", "ro", "ru", "sv"]
)
"""Languages whose Snowball stemmer leaves the beginning of a word alone."""

# Words come folded, with the letters of Arabic where Persian has its own.
_AS_WRITTEN = MappingProxyType({"fa": str.maketrans("يك", "یک")})


_NAMES = MappingProxyType({"en": "english_names.txt"})
"""Of the languages whose names have no endings but that of the plural: a list of names, folded."""
_PLURAL = "s"
_OTHER_PLURALS = ("ie", "oe", "che", "she", "se", "xe", "ze")
"""A name that ends so, with that, may be the plural of another word: `bodies` is of `body`."""


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

    The stemmers are Snowball's (snowballstem.org), one a language, or those of `light_stemming`.
    English names stay as they are: Keating is not Keats.
    """
    name = LANGUAGES.get(language)
    if language in LIGHT_LANGUAGES:
        # Few archives are in such languages.
        from pinakes.indexer.light_stemming import strip_endings

        return strip_endings(words, language)
    if name is None:
        return list(words)
    letters = _AS_WRITTEN.get(language)
    written = [word.translate(letters) for word in words] if letters else words
    stems = fold_all(_stemmers.get(name)(written))
    return keep_names(
        words, [stem or word for word, stem in zip(words, stems, strict=True)], language
    )


def keeps_initials(language: str) -> bool:
    """Return whether in a language each folded word in ASCII begins as its stem does, for certain.

    >>> keeps_initials("en"), keeps_initials("ga")
    (True, False)
    """
    is_stemmed = language in LANGUAGES or language in LIGHT_LANGUAGES
    return language in _SUFFIXING or not is_stemmed


def keep_names(words: Sequence[str], stems: Sequence[str], language: str) -> list[str]:
    """Return stems of folded words, where a word is a name that name, of its plural the singular.

    >>> keep_names(["keating", "keatings", "mining"], ["keat", "keat", "mine"], "en")
    ['keating', 'keating', 'mine']
    """
    if language not in _NAMES:
        return list(stems)
    names = _read_names(language)
    return [_kept(word, stem, names) for word, stem in zip(words, stems, strict=True)]


def _kept(word: str, stem: str, names: frozenset[str]) -> str:
    if word in names:
        return word
    singular = word.removesuffix(_PLURAL)
    if singular != word and singular in names and not singular.endswith(_OTHER_PLURALS):
        return singular
    return stem


@cache
def _read_names(language: str) -> frozenset[str]:
    # Most searches ask for a stem, and would wait longer for `importlib.resources` to be loaded.
    text = Path(__file__).with_name(_NAMES[language]).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name for line in lines for name in line.split())


_MOST_KEPT = 65_536
"""Words of a language whose stems are remembered; beyond, all are forgotten."""


class _Stems(dict[str, str]):
    """The stems met in one language, by word."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, folded: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[folded] = stem_words((folded,), self._language)[0]
        return found


@cache
def _stems_of(language: str) -> _Stems:
    return _Stems(language)


def stem(folded: str, language: str) -> str:
    """Return the stem of a folded word, as `stem_words` does.

    >>> stem("mines", "en"), stem("mines", "und")
    ('mine', 'mines')
    """
    return _stems_of(language)[folded]


def recall_stems(words: Iterable[str], language: str) -> list[str]:
    """Return the stem of each folded word, quickly if most were met before."""
    return list(map(_stems_of(language).__getitem__, words))


def learn_stems(words: Set[str], language: str) -> None:
    """Meet folded words, all at a time, in a quarter of the time of one by one, or less."""
    known = _stems_of(language)
    new = list(filterfalse(known.__contains__, words))
    if not new:
        return
    if len(known) + len(new) > _MOST_KEPT:
        known.clear()
    known.update(zip(new, stem_words(new, language), strict=True))


def stemming_release() -> str:
    """Return which release of the stemmers is at work; another one may stem otherwise."""
    import Stemmer

    return str(Stemmer.version())
