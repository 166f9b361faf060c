"""Names in headings, where capitals tell little: they need more evidence than in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pinakes.corpus.model import Kind
from pinakes.corpus.tagging.naming.lexicon import lexicon_of, words_listed
from pinakes.corpus.tagging.naming.name import Name, NameKind
from pinakes.corpus.tagging.naming.reading import Reading
from pinakes.corpus.tagging.tagger import PassageText

_HEADINGS = frozenset((Kind.TITLE, Kind.HEADING))
_LOWER_WORD = re.compile(r"(?<![\w'’])[^\W\d_A-Z][^\W\d_]{3,}")
_ONLY_GIVEN = "given name "
_BY_WORDS = "words of an organisation's name"
# A given name and a family name.
_NAMES = 2
# So many code points of a line tell whether it is a sentence.
_NEAR = 1000
# A name that the article has so often is one.
_FEWEST = 2


def leave_headings(readings: Sequence[Reading]) -> None:
    """Take from headings in title case the persons that only a given name tells.

    One stays if it is all of the heading, or if the words below name its last word, or the authors.
    """
    below: frozenset[str] | None = None
    for reading in readings:
        if reading.passage.kind not in _HEADINGS or not any(map(_is_only_given, reading.names)):
            continue
        if _LOWER_WORD.search(reading.passage.text) is None:
            if below is None:
                below = _words_below(readings)
            reading.names[:] = [
                name
                for name in reading.names
                if not _is_only_given(name) or _is_backed(name, reading.passage, below)
            ]


def leave_phrases(readings: Sequence[Reading], lower_words: frozenset[str]) -> None:
    """Take from lines in title case the organisations of common words that stand nowhere else.

    Args:
        readings: The passages of an article.
        lower_words: Words that the article has in lower case.
    """
    for reading in readings:
        if any(_may_be_phrase(name) for name in reading.names):
            reading.names[:] = (
                name for name in reading.names if not _is_phrase(name, reading, lower_words)
            )


def _may_be_phrase(name: Name) -> bool:
    is_by_words = name.kind is NameKind.ORGANISATION and name.reason.startswith(_BY_WORDS)
    return is_by_words and name.value.rsplit(None, 1)[-1].lower() in words_listed("heading_heads")


def _is_phrase(name: Name, reading: Reading, lower_words: frozenset[str]) -> bool:
    if not _may_be_phrase(name):
        return False
    text, article = reading.passage.text, reading.passage.article.text
    start = text.rfind("\n", 0, name.start) + 1
    # `Test Suite Organization: order your tests`
    is_label = name.start == start and text.startswith(":", name.end)
    if not is_label and _is_in_sentence(name, text, start):
        return False
    lexicon = lexicon_of("en")
    common = (lower_words, lexicon.not_names, lexicon.stop_words, words_listed("things"))
    words = name.value.lower().replace("-", " ").split()[:-1]
    is_common = all(any(word in each for each in common) for word in words)
    return is_common and article.count(text[name.start : name.end]) < _FEWEST


def _is_in_sentence(name: Name, text: str, start: int) -> bool:
    """Whether the line of a name, which begins at `start`, has a word in lower case or a stop."""
    end = text.find("\n", name.end)
    end = len(text) if end < 0 else end
    near = text[max(start, name.start - _NEAR) : name.start] + text[name.end : name.end + _NEAR]
    last = text[max(name.end, end - _NEAR) : end].rstrip() or text[start : name.start].rstrip()
    is_ended = last.endswith((".", "!", "?"))
    return is_ended or _LOWER_WORD.search(near.split("\n", 1)[0]) is not None


def _is_only_given(name: Name) -> bool:
    is_person = name.kind is NameKind.PERSON
    return is_person and name.reason.startswith(_ONLY_GIVEN) and ";" not in name.reason


def _words_below(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the words of names and other runs with capitals that stand in no heading."""
    return frozenset(
        word.text
        for reading in readings
        if reading.passage.kind not in _HEADINGS
        for run in reading.runs
        for word in run
    )


def _is_backed(name: Name, passage: PassageText, below: frozenset[str]) -> bool:
    capitals = sum(word[0].isupper() for word in name.value.split())
    if passage.text.strip() == name.value and capitals == _NAMES:
        return True
    last = name.value.split()[-1]
    return last in below or any(last in author for author in passage.article.authors)
