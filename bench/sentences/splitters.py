"""The splitters that are compared: each gives the ends of sentences, white space left out."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

Splitter = Callable[[str, str], Iterable[int]]
"""A text and its language (ISO 639-1) go in, the end of each sentence comes out."""


def _pinakes(text: str, language: str) -> Iterable[int]:
    from pinakes.corpus.sentences import sentence_spans

    return [end for _, end in sentence_spans(text, language=language)]


def _pysbd(text: str, language: str) -> Iterable[int]:
    return _ends_of(text, _segmenter(language).segment(text))


@cache
def _segmenter(language: str) -> Any:
    import pysbd
    from pysbd.languages import LANGUAGE_CODES

    known = language if language in LANGUAGE_CODES else "en"
    return pysbd.Segmenter(language=known, clean=False)


def _sentencex(text: str, language: str) -> Iterable[int]:
    import sentencex

    return _ends_of(text, sentencex.segment(language, text))


def _blingfire(text: str, language: str) -> Iterable[int]:
    del language
    import blingfire

    return [end for _, end in blingfire.text_to_sentences_and_offsets(text)[1]]


def _ends_of(text: str, sentences: Iterable[str]) -> list[int]:
    ends: list[int] = []
    at = 0
    for sentence in map(str.strip, sentences):
        start = text.find(sentence, at) if sentence else -1
        if start >= 0:
            at = start + len(sentence)
            ends.append(at)
    return ends


SPLITTERS: dict[str, Splitter] = {
    "pinakes": _pinakes,
    "pysbd": _pysbd,
    "sentencex": _sentencex,
    "blingfire": _blingfire,
}


def installed(names: Sequence[str]) -> list[tuple[str, Splitter]]:
    """Return the splitters of these names that are installed."""
    return [
        (name, SPLITTERS[name])
        for name in names
        if name == "pinakes" or importlib.util.find_spec(name) is not None
    ]
