"""Russian and Ukrainian names in the nominative, as far as the words themselves tell it.

Only endings that leave no doubt are taken off: a given name known in the nominative decides the
gender, and the gender which endings of the family name are a case.
"""

from __future__ import annotations

import re
from functools import cache

from pinakes.corpus.tagging.naming.lexicon import given_names, words_listed

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_Endings = tuple[tuple[str, str], ...]


def _endings(written: str) -> _Endings:
    pairs = (pair.partition(":") for pair in written.split())
    return tuple((ending, nominative_ending) for ending, _, nominative_ending in pairs)


# (ending of a case, that of the nominative): of given names of men, then of women.
_MEN = _endings(
    "ея:ей ею:ей еем:ей ее:ей ия:ий ию:ий ием:ий ии:ий ая:ай аю:ай аем:ай ае:ай ря:рь рю:рь "
    "рем:рь ре:рь ля:ль лю:ль лем:ль ла:ел лу:ел лом:ел ле:ел тра:тр ьва:ев ьву:ев ія:ій "
    "ію:ій ієм:ій ові: еві: а: у: ом: ем: е: ы:а и:а ой:а и:я е:я ю:я ей:я е:а у:а у:о ом:о "
    "а:о"
)
_WOMEN = _endings(
    "ии:ия ию:ия ией:ия ьи:ья ью:ья ьей:ья ы:а е:а у:а ой:а и:а ей:а и:я е:я ю:я ей:я и:ь "
    "ью:ь ії:ія ію:ія і:а"
)
_FAMILY_MEN = (
    (re.compile("(?<=[оеё]в)(?:а|у|ым|е|і|им)$"), ""),
    (re.compile("(?<=[иы]н)(?:а|у|ым|е)$"), ""),
    (re.compile("(?<=[сц]к)(?:ого|ому|им|ом)$"), "ий"),
    (re.compile("(?<=ович)(?:а|у|ем|е)$|(?<=евич)(?:а|у|ем|е)$|(?<=йович)(?:а|у|ем|е)$"), ""),
    (re.compile("(?<=[яа]н)(?:а|у|ом|е)$"), ""),
    (re.compile("(?<=[ую]к)(?:а|у|ом|е)$"), ""),
)
_FAMILY_WOMEN = (
    (re.compile("(?<=[оеё]в)(?:ой|у|ою|ої|ій)$|(?<=[иы]н)(?:ой|у|ою|ої|ій)$"), "а"),
    (re.compile("(?<=[сц]к)(?:ой|ую|ою)$"), "ая"),
    (re.compile("(?<=овн)(?:ы|е|у|ой)$|(?<=евн)(?:ы|е|у|ой)$"), "а"),
)


_VOWELS = "аеёиоуыэюяьй"


def nominative(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name in the nominative; those that tell nothing as they are.

    >>> nominative(("Владимира", "Петрова"))
    ('Владимир', 'Петров')
    >>> nominative(("Ольги", "Петровой"))
    ('Ольга', 'Петрова')
    """
    if not words or not _CYRILLIC.match(words[0]):
        return words
    given = nominative_given(words[0])
    if given is None:
        return words
    name, is_woman = given
    is_nominative = name == words[0]
    endings = _FAMILY_WOMEN if is_woman else _FAMILY_MEN
    if is_nominative and not is_woman:
        return words
    if is_nominative:
        return (name, *words[1:])
    ending = "" if is_woman else _ending_of(words[0], name)
    return (name, *(_put(word, endings, ending) for word in words[1:]))


@cache
def nominative_given(word: str) -> tuple[str, bool] | None:
    """Return a given name in the nominative and whether it is a woman's; none if it is unknown."""
    names = _all_given_names()
    if word in names:
        return word, _is_woman(word)
    for endings, is_woman in ((_MEN, False), (_WOMEN, True)):
        for ending, nominative_ending in endings:
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < 3:
                continue
            name = stem + nominative_ending
            if name in names and _is_woman(name) == is_woman:
                return name, is_woman
    return None


def family_key(word: str) -> str:
    """Return what the forms of a family name have in common: `Петров`, `Петрову` and `Петровым`."""
    if not _CYRILLIC.match(word):
        return word
    stem = re.sub("(?:ого|ому|ой|ою|ым|им|ом|ем|ая|ую|ий|ый|ої|ій|і|а|у|е|я|ю|ы|и)$", "", word)
    return stem if len(stem) > 3 else word


@cache
def _all_given_names() -> frozenset[str]:
    known = given_names()
    return known.plain | known.ambiguous


def _is_woman(name: str) -> bool:
    return (
        name[-1] in "аяь"
        and name not in words_listed("men_in_a")
        and not name.endswith(("рь", "ль"))
    )


def _ending_of(word: str, name: str) -> str:
    """Return the ending that a man's name has more than in the nominative: `ом` of `Уильямом`."""
    return word.removeprefix(name) if word.startswith(name) else ""


def _put(word: str, endings: tuple[tuple[re.Pattern[str], str], ...], ending: str) -> str:
    """Return a family name in the nominative; a foreign one ends as the given name does."""
    for pattern, nominative_ending in endings:
        put, count = pattern.subn(nominative_ending, word)
        if count:
            return put
    stem = word.removesuffix(ending) if ending else word
    return stem if len(stem) > 2 and stem[-1] not in _VOWELS else word
