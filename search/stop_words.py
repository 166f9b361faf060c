"""Words that say little of what a question is about: `the`, `which`, `could`.

The lists are those of `stopwordsiso` (MIT), one a language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from pinakes.indexer import is_unspaced, words

_SUBJECTS = {
    "en": (
        "abroad area areas arpa bill billion biol bottom case cases computer copy date fact "
        "facts fire front goods group groups hell home homepage html http index information "
        "invention member members microsoft mill million mine msie netscape novel null "
        "page pages pmid research ring room rooms shed shell "
        "side sides site state states stop system test text thick thin trillion uucp webpage "
        "website wonder words work works world year years young younger youngest zero"
    ),
}
"""Of the lists, words that an article can be about, all the same."""


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language (ISO 639-1), folded; none if there is no list of it."""
    import stopwordsiso

    if not stopwordsiso.has_lang(language):
        return frozenset()
    found: set[str] = set()
    for listed in stopwordsiso.stopwords(language):
        folded = [word for _, _, word in words(listed)]
        # The characters of a word of several say something each.
        if len(folded) == 1 or not any(map(is_unspaced, folded)):
            found.update(folded)
    return frozenset(found.difference(_SUBJECTS.get(language, "").split()))


def find_stop_words(asked: Collection[str], languages: Iterable[str]) -> frozenset[str]:
    """Return which words of a question are stop words in the language that it is in.

    That is, of `languages`, the one in whose list most of the words are; of several that tie,
    words count that are in the list of any.

    Args:
        asked: The words of the question, folded.
        languages: Those that it may be in.
    """
    found = [stop_words(language).intersection(asked) for language in sorted(set(languages))]
    most = max(map(len, found), default=0)
    return frozenset().union(*(some for some in found if len(some) == most))
