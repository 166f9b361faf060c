"""The roles of words in dates, in a language, and the classes that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from pinakes.corpus.readers.month_names import months_of
from pinakes.corpus.tagging.dates.words import WORDS
from pinakes.corpus.tagging.pieces import UNSPACED, PieceClasses, read_int

# What stands for itself in a class string; other marks are `*`.
_MARKS = {mark: mark for mark in ".,/:_()%#@"} | dict.fromkeys("-–‐‑−", "-") | {"—": "~"}
_MARKS |= dict.fromkeys("'’‘ʼ", "'") | {"٬": ",", "،": ",", "٫": "."}
_ROMAN_QUARTERS = ("i", "ii", "iii", "iv")
# Those whose values are told by their order.
_COUNTED = frozenset({"weekday", "season", "ordinal", "day", "months"})
_FIRST_CLASS = 0xE000
DAY, NUMBER, YEAR, LONG_NUMBER, WORD, SPACE, BREAK, OTHER = "dnYNw \n*"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of a language are in dates.

    Attributes:
        language: ISO 639-1 code.
        roles: The roles of each word, with the value that it has in each; 0 for none.
        classes: One character a piece of text.
    """

    language: str
    roles: dict[str, dict[str, int]]
    classes: dict[str, str]
    _of_role: dict[str, str] = field(default_factory=dict)

    def classify(self, pieces: Iterable[str]) -> str:
        """Return the classes of pieces, one character each."""
        return "".join(map(self.classes.__getitem__, pieces))

    def value(self, piece: str, role: str) -> int | None:
        """Return the value of a word in a role, if it has that role."""
        return self.roles.get(piece, {}).get(role)

    def expand(self, pattern: str) -> str:
        """Return a pattern with `<role>` written as the classes that have the role."""

        def written(match: re.Match[str]) -> str:
            found = self.classes_with(match[1])
            return f"[{found}]" if found else "(?!)"

        return re.sub(r"<([a-z_|]+)>", written, pattern)

    def classes_with(self, roles: str) -> str:
        """Return the classes of words that have any of the roles, which bars part."""
        return "".join(self._of_role.get(role, "") for role in roles.split("|"))


@cache
def lexicon_of(language: str) -> Lexicon:
    """Return the words of a language; without any, if it is not in the list."""
    roles = _roles_of(language)
    classes: dict[str, str] = {}
    of_role: dict[str, str] = {}
    of_set: dict[frozenset[str], str] = {}
    for word, its_roles in roles.items():
        names = frozenset(its_roles)
        if names not in of_set:
            of_set[names] = chr(_FIRST_CLASS + len(of_set))
            for role in names:
                of_role[role] = of_role.get(role, "") + of_set[names]
        classes[word] = of_set[names]
    return Lexicon(language, roles, PieceClasses(classes, _class_of), of_role)


def _roles_of(language: str) -> dict[str, dict[str, int]]:
    roles: dict[str, dict[str, int]] = {}
    if language not in WORDS:
        return roles
    for name, (number, is_short) in months_of(language).items():
        roles.setdefault(name, {})["short_month" if is_short else "month"] = number
    for role, words in WORDS[language].items():
        for number, same in enumerate(words.split(), start=1):
            for word in filter(str.isalpha, same.split(",")):
                name = "month" if role == "months" else role
                roles.setdefault(word, {})[name] = number if role in _COUNTED else 0
    if language == "ar":
        # `and` is written together with the word after it.
        joined = {f"و{word}": its for word, its in roles.items() if "and" not in its}
        roles |= {
            word: its | ({"and_month": 0} if "month" in its else {}) for word, its in joined.items()
        }
    if language not in UNSPACED:
        for number, word in enumerate(_ROMAN_QUARTERS, start=1):
            roles.setdefault(word, {})["roman"] = number
    return roles


def _class_of(piece: str) -> str:
    if piece[0].isdecimal():
        number = read_int(piece)
        if len(piece) <= 2:
            return DAY if 1 <= number <= 31 else NUMBER
        return YEAR if len(piece) == 4 and 1000 <= number <= 2099 else LONG_NUMBER
    if piece.isspace():
        return BREAK if piece.count("\n") > 1 else SPACE
    return WORD if piece.isalpha() else _MARKS.get(piece, OTHER)
