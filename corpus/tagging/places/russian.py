"""The cases of Russian names of places and adjectives, by the endings of their words."""

from __future__ import annotations

from collections.abc import Iterator

# By ending, longest first: what takes its place in the six cases. Names that take none of these
# endings (`Баку`, `Тбилиси`, `США`) do not change.
_NOUNS = (
    ("ия", ("ия", "ии", "ии", "ию", "ией", "ии")),
    ("ая", ("ая", "ой", "ой", "ую", "ой", "ой")),
    ("яя", ("яя", "ей", "ей", "юю", "ей", "ей")),
    ("ий", ("ий", "ого", "ому", "ий", "им", "ом")),
    ("ый", ("ый", "ого", "ому", "ый", "ым", "ом")),
    ("ое", ("ое", "ого", "ому", "ое", "ым", "ом")),
    ("ца", ("ца", "цы", "це", "цу", "цей", "це")),
    ("ка", ("ка", "ки", "ке", "ку", "кой", "ке")),
    ("га", ("га", "ги", "ге", "гу", "гой", "ге")),
    ("ха", ("ха", "хи", "хе", "ху", "хой", "хе")),
    ("ша", ("ша", "ши", "ше", "шу", "шей", "ше")),
    ("жа", ("жа", "жи", "же", "жу", "жей", "же")),
    ("а", ("а", "ы", "е", "у", "ой", "е")),
    ("ья", ("ья", "ьи", "ье", "ью", "ьей", "ье")),
    ("я", ("я", "и", "е", "ю", "ей", "е")),
    ("ань", ("ань", "ани", "ани", "ань", "анью", "ани")),
    ("унь", ("унь", "уни", "уни", "унь", "унью", "уни")),
    ("усь", ("усь", "уси", "уси", "усь", "усью", "уси")),
    ("вь", ("вь", "ви", "ви", "вь", "вью", "ви")),
    ("ь", ("ь", "я", "ю", "ь", "ем", "е")),
    ("ай", ("ай", "ая", "аю", "ай", "аем", "ае")),
    ("ой", ("ой", "оя", "ою", "ой", "оем", "ое")),
    ("ей", ("ей", "ея", "ею", "ей", "еем", "ее")),
    ("ец", ("ец", "ца", "цу", "ец", "цом", "це")),
    ("пет", ("пет", "пта", "пту", "пет", "птом", "пте")),
    ("ны", ("ны", "н", "нам", "ны", "нами", "нах")),
    ("ды", ("ды", "дов", "дам", "ды", "дами", "дах")),
    ("лы", ("лы", "л", "лам", "лы", "лами", "лах")),
)
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_CASES = ("", "а", "у", "", "ом", "е")
_ADJECTIVE = ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими")


def decline(name: str) -> Iterator[str]:
    """Yield a name in its cases, each once: `Женева`, `Женевы`, `Женеве`, `Женеву` and so on.

    All words but particles change together. Some of what this yields does not exist, as
    where a name is of another gender than its ending has most often.
    """
    words = name.split(" ")
    if len(words) > 3 or name.isupper():
        yield name
        return
    by_word = [_cases(word) for word in words]
    seen = set()
    for place in range(6):
        form = " ".join(cases[place] for cases in by_word)
        if form not in seen:
            seen.add(form)
            yield form


def decline_adjective(adjective: str) -> Iterator[str]:
    """Yield the forms of an adjective in `-ский`: `турецкий`, `турецкого`, `турецкая` and so on."""
    stem = adjective.removesuffix("ий")
    yield from (stem + ending for ending in _ADJECTIVE)


def _cases(word: str) -> tuple[str, ...]:
    if not word[0].isupper() or word.isupper():
        return (word,) * 6
    for ending, cases in _NOUNS:
        if word.endswith(ending) and len(word) > len(ending):
            return tuple(word.removesuffix(ending) + case for case in cases)
    if word[-1] in _CONSONANTS:
        return tuple(word + case for case in _CASES)
    return (word,) * 6
