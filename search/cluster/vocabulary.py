"""The words of an archive on a cluster, and how much a search for each would find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pinakes.indexer import stem
from pinakes.indexer.opensearch import PASSAGES, UNREAD, Clause, ClusterView
from pinakes.search.cluster.dictionaries import count_passages, tag_types

_MOST_FREQUENT = 2_000
_EXPECTED = 24


class ClusterVocabulary:
    """What `Vocabulary` is for segments; see there."""

    def __init__(self, view: ClusterView) -> None:
        """Ask a state of the archive."""
        self._view = view
        self._languages = sorted(view.totals.languages)
        self._stems: dict[str, frozenset[str]] = {}
        self._counts: dict[str, int] = {}

    @property
    def tag_types(self) -> frozenset[str]:
        """The types of tags, each of which is a field of queries."""
        return tag_types(self._view)

    def stems_of(self, word: str) -> frozenset[str]:
        """Return the stems of a word of the archive, in the languages that it stands in."""
        if word not in self._stems:
            self._stems.update(self._find_stems([word]))
        return self._stems[word]

    def count_found(self, word: str) -> int:
        """Return how many passages a search for a word finds."""
        return self._count([word])[word]

    def similar(self, folded: str, *, edits: int) -> dict[str, int]:
        """Return words at most so many edits away, with the passages a search for each finds."""
        (found,) = self._view.look_up("word", [_fuzzy(folded, edits)])
        return self._count(found)

    def expect(self, asked: Iterable[tuple[str, int]]) -> None:
        """Get ready to be asked for words similar to these, at so many edits."""
        found = self._view.look_up("word", [_fuzzy(*each) for each in asked])
        counts = self._count(word for words in found for word in words)
        likely = {
            word: None
            for words in found
            for word in sorted(words, key=lambda word: -counts[word])[:_EXPECTED]
        }
        self._stems.update(self._find_stems([word for word in likely if word not in self._stems]))

    def with_prefix(self, prefix: str, *, most: int) -> list[tuple[str, int]]:
        """Return the `most` words that begin so of which a search finds most passages, with these.

        Of words with the same stem, which find the same, the shortest.
        """
        likely = list(self._view.terms("word", {"prefix": {"term": {"value": prefix}}}))
        if len(likely) > _MOST_FREQUENT:
            counts = count_passages(self._view, "word", likely)
            likely = sorted(counts, key=lambda word: (-counts[word], word))[:_MOST_FREQUENT]
        found = self._count(likely)
        self._stems.update(self._find_stems(likely))
        chosen: dict[frozenset[str], str] = {}
        for word in sorted(found, key=lambda word: (-found[word], len(word), word)):
            if found[word]:
                chosen.setdefault(self.stems_of(word), word)
        return [(word, found[word]) for word in chosen.values()][:most]

    def _count(self, words: Iterable[str]) -> dict[str, int]:
        """Return how many passages a search for each word finds."""
        every = list(dict.fromkeys(words))
        new = [word for word in every if word not in self._counts]
        buckets = self._view.count_in_passages(
            {str(number): self._by_stem(word) for number, word in enumerate(new)}
        )
        for number, word in enumerate(new):
            self._counts[word] = buckets[str(number)]["doc_count"]
        return {word: self._counts[word] for word in every}

    def _find_stems(self, words: Sequence[str]) -> dict[str, frozenset[str]]:
        """Return the stems of some words, in the languages that each stands in."""
        spoken = {"lang": {"terms": {"field": f"{PASSAGES}.lang", "size": 1_000}}}
        buckets = self._view.count_in_passages(
            {str(n): {"term": {f"{PASSAGES}.word": word}} for n, word in enumerate(words)}, spoken
        )
        found: dict[str, frozenset[str]] = {}
        for number, word in enumerate(words):
            languages = [each["key"] for each in buckets[str(number)]["lang"]["buckets"]]
            found[word] = frozenset(stem(word, language) for language in languages)
        return found

    def _by_stem(self, word: str) -> Clause:
        stems = [f"{language}:{stem(word, language)}" for language in self._languages]
        return {"terms": {f"{PASSAGES}.stem": stems}}


def _fuzzy(word: str, edits: int) -> Clause:
    fuzzy = {"value": word, "fuzziness": edits, "rewrite": "constant_score"}
    return {"fuzzy": {"term": fuzzy}}


def has_stem(view: ClusterView, folded: str) -> bool:
    """Return whether a living passage holds a word with a stem of this one, in any language."""
    languages = sorted(view.totals.languages)
    by_language = [(language, stem(folded, language)) for language in languages]
    if frozenset(by_language) in view.held:
        return True
    stems = {each for _, each in by_language}
    every = [f"{language}:{each}" for language in languages for each in sorted(stems)]
    query: Clause = {
        "nested": {
            "path": PASSAGES,
            "query": {"terms": {f"{PASSAGES}.stem": every}},
            "score_mode": "none",
        }
    }
    body = {**UNREAD, "size": 1}
    (answer,) = view.search_each([(query, body)])
    return bool(answer["hits"]["hits"])
