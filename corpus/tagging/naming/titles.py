"""What stands before a person's name: `Dr.`, `Foreign Minister`, `президента`."""

from __future__ import annotations

from functools import lru_cache

from pinakes.corpus.tagging.naming.lexicon import Lexicon, given_names
from pinakes.corpus.tagging.naming.runs import Word, word_before, words_before


def whole_name(words: list[Word]) -> list[Word]:
    """Return words without small ones at the end; none where a small one is the first."""
    while words and not words[-1].has_capital:
        words = words[:-1]
    return words if not words or words[0].has_capital else []


def part_title(words: list[Word], text: str, lexicon: Lexicon) -> tuple[str, list[Word]]:
    """Return the title that stands in or before a segment, and what follows it."""
    last = -1
    for place, word in enumerate(words):
        if _is_title(word.bare, lexicon) or _is_title(word.bare.rpartition("-")[2], lexicon):
            last = place
        elif word.bare in lexicon.not_names:
            continue
        elif word.text in given_names().plain and not _is_followed_by_title(words, place, lexicon):
            break
    if last >= 0:
        title = " ".join(word.text for word in words[: last + 1])
        return title, whole_name(words[last + 1 :])
    if not words:
        return "", words
    before = words_before(text, words[0].start, 3)
    if not before or (before[-1].isascii() and not _ends_title(before[-1], lexicon.title_ends)):
        return "", words
    for count in (3, 2, 1):
        said = " ".join(before[-count:]).strip('(«"“„')
        if len(before) >= count and _is_title(said.replace(".", ""), lexicon):
            return said, words
    return "", words


def _is_followed_by_title(words: list[Word], place: int, lexicon: Lexicon) -> bool:
    """Whether a title of more than a royal's stands right after: `Victoria Police Chief`."""
    if place + 1 == len(words):
        return False
    bare = words[place + 1].bare
    return bare in lexicon.titles and bare not in lexicon.weak_titles


def follows_title(word: Word, text: str, lexicon: Lexicon) -> bool:
    """Whether the word right before one is, or ends, a title."""
    last = word_before(text, word.start)
    return last is not None and _ends_title(last, lexicon.title_ends)


@lru_cache(maxsize=32_768)
def _ends_title(word: str, title_ends: frozenset[str]) -> bool:
    last = word.replace(".", "").strip('(«"“„')
    return last in title_ends or _title_stem(last) in title_ends


def _is_title(bare: str, lexicon: Lexicon) -> bool:
    if bare in lexicon.titles:
        return True
    stem = _title_stem(bare)
    return stem != bare and stem in lexicon.titles


def _title_stem(bare: str) -> str:
    """Return a Russian title without the ending of a case: `президента` is `президент`."""
    if "а" <= bare[:1] <= "я":
        for ending, put in (
            ("ем", "ь"),
            ("ля", "ль"),
            ("ля", "ль"),
            ("ом", ""),
            ("а", ""),
            ("у", ""),
            ("ю", "ь"),
            ("я", "ь"),
        ):
            if bare.endswith(ending) and len(bare) > 5:
                stem = bare.removesuffix(ending) + put
                if put or ending:
                    return stem
    return bare
