"""What `name:` looks for: a name as it is written in Latin, Cyrillic and Arabic letters."""

from __future__ import annotations

from itertools import pairwise

from pinakes.indexer import is_unspaced, words
from pinakes.search.query.ast import MAX_UNORDERED, Near, Node, Or, Phrase, Regex
from pinakes.search.query.diagnostics import Code, Findings
from pinakes.search.query.lexer import Token
from pinakes.search.query.regex import MAX_PATTERN_CHARS
from pinakes.search.query.transliteration import SOUNDS, is_vowel, read_sounds

WORDS_BETWEEN = 2
"""So many words may stand among those of a name: a middle name, `oğlu`."""

_FEWEST_SOUNDS = 3
_ARTICLES = frozenset({"al", "el", "ul", "ad", "as", "ash", "an", "ar", "аль", "эль", "ال"})
"""The Arabic article, which stands in the same word there."""
_WRITTEN_ARTICLE = "ال"
_ARTICLE = "(ال)?"


def find_variants(text: str, span: tuple[int, int]) -> Node | None:
    """Return what finds a name however its words are written, in any order.

    Each word is looked for as it is written, unstemmed, and by patterns of how its sounds are
    written in each script; one of fewer than three sounds, or of so many that a pattern would be
    too long, only as it is. Of more words than can stand in any order, the order counts. A name in
    a script without spaces is a phrase.

    Args:
        text: The name; None is returned if it holds no letter or digit.
        span: Its place in the query.
    """
    found = [word for _, _, word in words(text)]
    if any(map(is_unspaced, found)):
        return Phrase(*span, text)
    told = [word for word in found if word not in _ARTICLES] or found
    parts = [_spell(word, span) for word in told]
    if len(parts) < 2:
        return parts[0] if parts else None
    is_ordered = len(parts) > MAX_UNORDERED
    return Near(*span, tuple(parts), WORDS_BETWEEN, is_ordered)


def name_of(node: Or | Near) -> str:
    """Return the name that a tree is what `find_variants` makes of; empty if it is not."""
    parts = node.children if isinstance(node, Near) else (node,)
    if not any(isinstance(part, Or) for part in parts):
        return ""
    told = [_first_phrase(part) for part in parts]
    name = " ".join(told)
    return name if all(told) and find_variants(name, (node.start, node.end)) == node else ""


def _first_phrase(node: Node) -> str:
    """Return the word as it is written, of the part of a name."""
    if isinstance(node, Or):
        first, *others = node.children
        node = first if all(isinstance(other, Regex) for other in others) else node
    return node.text if isinstance(node, Phrase) else ""


def refuse_pattern(findings: Findings, token: Token) -> None:
    """Say that `name:` takes a name, not a pattern of one."""
    message = f"`name:` takes a name as it is written; `{token.text}` by itself is a pattern."
    findings.add(Code.BAD_VALUE, message, (token.start, token.end), token.text)


def _spell(word: str, span: tuple[int, int]) -> Node:
    exact = Phrase(*span, word)
    readings = [read_sounds(word)]
    if word.startswith(_WRITTEN_ARTICLE):
        readings.append(read_sounds(word.removeprefix(_WRITTEN_ARTICLE)))
    patterns = [
        write(sounds)
        for sounds in readings
        if len([sound for sound in sounds if sound not in ("Y", "*")]) >= _FEWEST_SOUNDS
        for write in (_in_latin, _in_cyrillic, _in_arabic)
    ]
    read = [pattern for pattern in dict.fromkeys(patterns) if len(pattern) <= MAX_PATTERN_CHARS]
    if not read:
        return exact
    return Or(*span, (exact, *(Regex(*span, pattern) for pattern in read)))


def _in_latin(sounds: tuple[str, ...]) -> str:
    """Return a pattern in Latin letters: French has a silent e after a last n."""
    silent = "e?" if sounds[-1] == "N" else ""
    return "".join(_doubled(SOUNDS[sound].latin, sound) for sound in sounds) + silent


def _in_cyrillic(sounds: tuple[str, ...]) -> str:
    """Return a pattern in Cyrillic letters, where a consonant may be soft."""
    return "".join(
        _doubled(SOUNDS[sound].cyrillic, sound) + ("" if _is_open(sound) else "[ьъ]?")
        for sound in sounds
    )


def _doubled(letters: str, sound: str) -> str:
    return letters if _is_open(sound) else f"{letters}{{1,2}}"


def _is_open(sound: str) -> bool:
    """Return whether a sound is no consonant."""
    return is_vowel(sound) or sound == "Y"


def _in_arabic(sounds: tuple[str, ...]) -> str:
    """Return a pattern in Arabic letters: a vowel may be missing inside, not where a word begins.

    At the end it is written, too; a word that begins with one begins with alif or ayn.
    """
    parts: list[str] = []
    for place, (before, sound) in enumerate(pairwise(("", *sounds))):
        letters = SOUNDS[sound].arabic
        is_inside = 0 < place < len(sounds) - 1
        if not before and is_vowel(sound):
            parts.append("[اع]" if sound == "A" else SOUNDS["^"].arabic)
        elif SOUNDS[sound].is_vowel and is_inside:
            parts.append(f"({letters})?")
        else:
            parts.append(letters)
    return _ARTICLE + "".join(parts)
