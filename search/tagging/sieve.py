"""Where in an archive a rule may find anything, told by the index, so that little need be read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pinakes.corpus import ArticleText, FoundTag, PassageText, Retagging
from pinakes.indexer import Segment, Snapshot, encode_term, stem
from pinakes.search.tagging.index_words import IndexWords
from pinakes.search.tagging.needs import Anything, Flags, Need
from pinakes.search.tagging.rule_matching import Finder, RuleMatcher, RuleTagger

if TYPE_CHECKING:
    from pinakes.search.query.regex import Pattern

_TAG_FIELD, _LANGUAGE_FIELD, _WORD_FIELD = "tag", "lang", "word"
# More words than this are looked up in all words of the index at once.
_MANY_WORDS = 2_000

_NOTHING = np.zeros(0, np.int64)


class SegmentPassages:
    """The passages of a segment, deleted ones included: see `needs.PassageLists`.

    A word is looked for by the stems it has in the index, so other forms of it are found too.
    """

    def __init__(self, segment: Segment, languages: Iterable[str]) -> None:
        """Ask a segment of an index that has articles in these languages."""
        self._segment = segment
        self._languages = tuple(languages)
        self._count = len(segment.passage_article)
        self._elsewhere: Flags | None = None

    def all(self) -> Flags:
        """Return a flag for each passage, all true."""
        return np.ones(self._count, np.bool_)

    def with_stem(self, word: str) -> Flags:
        """Return which passages have a word of the same stem.

        Of a passage that is told to be in another language than its article, the index has stems
        that are of no use here: it is among them.
        """
        lists = self._segment.stems
        found = self._in_other_languages().copy()
        for stemmed in {stem(word, language) for language in self._languages}:
            number = lists.number(encode_term(stemmed))
            if number is not None:
                found[lists.passages(number)] = True
        return found

    def with_words(self, words: Collection[str]) -> Flags:
        """Return which passages have all of some folded words."""
        found = self.all()
        for word in words:
            number = self._segment.term_number(_WORD_FIELD, word)
            found &= self._of_words(() if number is None else (number,))
        return found

    def with_any(self, rows: Iterable[Sequence[str]]) -> Flags:
        """Return which passages have the rarest word of a row all words of which are there."""
        asked = list(rows)
        numbers = self._numbers({word for row in asked for word in row})
        counts = self._segment.words.stem_posting_counts()
        rarest = {
            min((numbers[word] for word in row), key=counts.__getitem__)
            for row in asked
            if all(word in numbers for word in row)
        }
        return self._of_words(rarest)

    def fitting(self, shape: Pattern) -> Flags:
        """Return which passages have a word that fits a pattern."""
        # Not at the top: most rules have no patterns.
        from pinakes.search.evaluation.patterns.expansion import fitting_terms

        return self._of_words(fitting_terms(self._segment.field(_WORD_FIELD), shape).tolist())

    def _numbers(self, words: Collection[str]) -> dict[str, int]:
        """Return the numbers of those words that are there."""
        dictionary = self._segment.words.dictionary
        if len(words) > _MANY_WORDS:
            terms = enumerate(dictionary.terms(0, dictionary.term_count))
            return {word: number for number, word in terms if word in words}
        asked = ((word, dictionary.number(encode_term(word))) for word in words)
        return {word: number for word, number in asked if number is not None}

    def _of_words(self, numbers: Iterable[int]) -> Flags:
        """Return which passages have any word of the stems of some words."""
        segment = self._segment
        found = ~self.all()
        for number in {each for word in numbers for each in segment.words.stems(word)}:
            found[segment.stems.passages(number)] = True
        return found

    def _in_other_languages(self) -> Flags:
        """Return which passages are told to be in another language than their article."""
        if self._elsewhere is None:
            segment = self._segment
            self._elsewhere = ~self.all()
            tags = segment.field(_TAG_FIELD)
            prefix = f"{_LANGUAGE_FIELD}:"
            for term in segment.terms(_TAG_FIELD, first=prefix):
                if not term.startswith(prefix):
                    break
                number = segment.term_number(_TAG_FIELD, term)
                if number is None:
                    continue
                passages = tags.postings(number).passages
                own = segment.term_number(_LANGUAGE_FIELD, term.removeprefix(prefix))
                told = (
                    passages if own is None else passages[segment.passage_language[passages] != own]
                )
                self._elsewhere[told] = True
        return self._elsewhere


class _Places:
    """In which passages of a segment which parts of a rule may find anything.

    Attributes:
        count: How many such passages the parts have, together.
        passage_count: How many passages there are.
    """

    def __init__(
        self, segment: Segment, languages: Iterable[str], needs: Mapping[int, Need]
    ) -> None:
        lists = SegmentPassages(segment, languages)
        found = [np.flatnonzero(need.passages(lists)) for need in needs.values()]
        passages = np.concatenate([_NOTHING, *found])
        parts = np.repeat(np.array(list(needs), np.int64), [len(each) for each in found])
        order = np.argsort(passages, kind="stable")
        passages = passages[order]
        firsts = segment.article_first.astype(np.int64)
        self._keys = np.array(segment.article_key)
        self._starts = np.searchsorted(passages, firsts)
        self._numbers = (passages - firsts[segment.passage_article[passages]]).astype(np.int32)
        self._parts = parts[order].astype(np.int32)
        self.count = len(parts)
        self.passage_count = int(firsts[-1])

    def has_any(self, key: int) -> bool | None:
        """Return whether any part may find anything in an article; None if it is not here."""
        run = self._run(key)
        return None if run is None else run.start < run.stop

    def of_article(self, key: int) -> dict[int, list[int]] | None:
        """Return by passage the parts that may find anything; None if the article is not here."""
        run = self._run(key)
        if run is None:
            return None
        found: dict[int, list[int]] = {}
        for number, part in zip(
            self._numbers[run].tolist(), self._parts[run].tolist(), strict=True
        ):
            found.setdefault(number, []).append(part)
        return found

    def _run(self, key: int) -> slice | None:
        place = int(np.searchsorted(self._keys, key))
        if place == len(self._keys) or int(self._keys[place]) != key:
            return None
        return slice(int(self._starts[place]), int(self._starts[place + 1]))


class Sieve:
    """Where a rule may find anything, in the articles of one state of an index."""

    def __init__(self, matcher: RuleMatcher, snapshot: Snapshot) -> None:
        """Ask the index; what it says is kept, the index is not."""
        self._matcher = matcher
        known = IndexWords(snapshot)
        self._finders = [
            each._replace(find=each.among(known)) if each.among else each
            for each in matcher.finders
        ]
        told = {
            part: finder.need
            for part, finder in enumerate(matcher.finders)
            if not isinstance(finder.need, Anything)
        }
        self._untold = [part for part in range(len(matcher.finders)) if part not in told]
        self._places = [_Places(each, snapshot.languages, told) for each in snapshot.segments]

    def count_look_ups(self) -> int:
        """Return about how many times a part of the rule has to look into a passage."""
        finders = self._matcher.finders
        # Most passages that do not have what a pattern needs are told for little.
        untold = sum(0.25 if finders[part].literal else 1 for part in self._untold)
        return sum(each.count + int(untold * each.passage_count) for each in self._places)

    def may_find(self, key: int, text: str) -> bool:
        """Return whether the rule may find anything in an article, given its key and text."""
        finders = self._matcher.finders
        if any(finders[part].literal in text for part in self._untold):
            return True
        known = (places.has_any(key) for places in self._places)
        return next((has_any for has_any in known if has_any is not None), True)

    def find(self, passage: PassageText) -> Iterable[FoundTag]:
        """Return the tags of a passage, as the matcher does."""
        chosen = passage.article.once(self._choose)
        if chosen is None:
            return self._matcher.find(passage)
        finders = chosen.get(passage.number)
        return self._matcher.find_by(finders, passage) if finders else ()

    def places(self, passage: PassageText) -> Sequence[tuple[int, int, str]]:
        """Return start, end and value of the tags of a passage, as the matcher does."""
        chosen = passage.article.once(self._choose)
        if chosen is None:
            return self._matcher.places(passage)
        finders = chosen.get(passage.number)
        return self._matcher.places_by(finders, passage) if finders else ()

    def _choose(self, article: ArticleText) -> Mapping[int, Sequence[Finder]] | None:
        """Return by passage what may find anything in it; None if the article is not known."""
        told = None if article.key is None else self._of_article(article.key)
        if told is None:
            return None
        finders = self._finders
        for part in self._untold:
            literal = finders[part].literal
            for passage in article.passages if literal in article.text else ():
                if literal in passage.text:
                    told.setdefault(passage.number, []).append(part)
        return {number: [finders[part] for part in sorted(parts)] for number, parts in told.items()}

    def _of_article(self, key: int) -> dict[int, list[int]] | None:
        found = (places.of_article(key) for places in self._places)
        return next((each for each in found if each is not None), None)


class Sieved(NamedTuple):
    """What is to be done, after the index has been asked.

    Attributes:
        asked: With rules that look only where they may find anything.
        look_ups: By the name of such a rule, about how many times it has to look into a passage.
    """

    asked: Retagging
    look_ups: Mapping[str, int]


def sieve_rules(asked: Retagging, snapshot: Snapshot) -> Sieved:
    """Return what is to be done, with rules that look only where they may find anything."""
    taggers = dict(asked.taggers)
    may_find: dict[str, Callable[[int, str], bool]] = {}
    look_ups: dict[str, int] = {}
    for name, tagger in asked.taggers.items():
        if isinstance(tagger, RuleTagger):
            sieve = Sieve(tagger.matcher, snapshot)
            taggers[name] = replace(tagger, find=sieve.find, places=sieve.places)
            may_find[name] = sieve.may_find
            look_ups[name] = sieve.count_look_ups()
    return Sieved(asked._replace(taggers=taggers, may_find=may_find), look_ups)
