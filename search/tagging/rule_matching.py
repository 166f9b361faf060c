"""Makes taggers of the user's rules."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from pinakes.corpus import ArticleText, FoundTag, PassageText, RuleText, Tagger, TagLevel
from pinakes.indexer import learn_stems, recall_stems, stem, words
from pinakes.search.query.regex import PatternError, read_regex
from pinakes.search.tagging.needs import AnyOf, Anything, HasForm, HasStem, Need
from pinakes.search.tagging.passage_words import vocabularies_of, words_of
from pinakes.search.tagging.rule_errors import RuleError
from pinakes.search.tagging.rule_queries import RuleQuery, RuleQueryError
from pinakes.search.tagging.rule_syntax import Rule, line_of, parse_rule
from pinakes.search.tagging.text_automaton import TextAutomaton

# Words of a language of which it is remembered whether they are looked for.
_MOST_COMPARED = 1 << 16

Found = Iterable[tuple[int, int, str, str]]
"""Start, end, value and reason of tags in a passage."""


class Finder(NamedTuple):
    """A part of a rule.

    Attributes:
        find: Returns what it finds in a passage.
        need: What words a passage must have for anything to be found.
        literal: What an article must have in its text, as it is written; empty if nothing.
    """

    find: Callable[[PassageText], Found]
    need: Need
    literal: str = ""

    def may_find(self, article: ArticleText) -> bool:
        """Return whether any passage may have something to be found, told in little time."""
        if self.literal not in article.text:
            return False
        if isinstance(self.need, Anything):
            return True
        return any(map(self.need.is_met, vocabularies_of(article)))


class _EntryError(Exception):
    def __init__(self, key: str, text: str, problem: object) -> None:
        super().__init__(f"{key}: {text!r}: {problem}")
        self.key = key


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTagger(Tagger):
    """A tagger that was made of a rule.

    Attributes:
        matcher: What finds its tags.
    """

    matcher: RuleMatcher


def compile_rule(source: RuleText) -> RuleTagger:
    """Return the tagger that a rule describes.

    Raises:
        RuleError: It is no rule; says in which line, and what to do.
    """
    rule = parse_rule(source)
    try:
        matcher = RuleMatcher(rule, tuple(_finders(rule)))
    except _EntryError as error:
        line = line_of(source.text, error.key)
        raise RuleError(f"{rule.name}.toml", str(error), line=line) from error
    return RuleTagger(
        name=rule.name,
        version=rule.version,
        types=(rule.type,),
        level=TagLevel.BASIC,
        find=matcher.find,
        mark=mark_of(source),
        matcher=matcher,
    )


def mark_of(source: RuleText) -> str:
    """Return what changes with the content of a rule: 8 hexadecimal digits."""
    digest = hashlib.sha256(source.text.encode())
    for name, text in source.tables:
        digest.update(f"\0{name}\0{text}".encode())
    return digest.hexdigest()[:8]


class RuleMatcher:
    """Finds the tags of a rule.

    Attributes:
        finders: The parts of the rule.
    """

    def __init__(self, rule: Rule, finders: Sequence[Finder]) -> None:
        """Take a rule, and what its parts find."""
        self._rule = rule
        self.finders = finders

    def find(self, passage: PassageText) -> Iterator[FoundTag]:
        """Yield the tags of a passage."""
        return self.find_by(passage.article.once(self._choose), passage)

    def find_by(self, finders: Iterable[Finder], passage: PassageText) -> Iterator[FoundTag]:
        """Yield the tags of a passage that are found by some parts of the rule."""
        rule = self._rule
        if rule.languages and passage.language not in rule.languages:
            return
        if rule.kinds and passage.kind not in rule.kinds:
            return
        for finder in finders:
            for start, end, value, reason in finder.find(passage):
                yield FoundTag(type=rule.type, value=value, start=start, end=end, reason=reason)

    def _choose(self, article: ArticleText) -> Sequence[Finder]:
        return [finder for finder in self.finders if finder.may_find(article)]


def _finders(rule: Rule) -> Iterator[Finder]:
    stems: set[str] = set()
    forms = [(rule.value, phrase, "the phrase") for phrase in rule.phrases]
    for word in rule.words:
        parts = _words_of("words", word)
        if len(parts) == 1:
            stems.update(parts)
        else:
            forms.append((rule.value, word, "the phrase"))
    for phrase in rule.phrases:
        _words_of("phrases", phrase)
    forms += [(value, form, f"{value}, listed as") for value, form in rule.gazetteer]
    if stems:
        matcher = _Stems(rule.value, tuple(sorted(stems)))
        yield Finder(matcher.find, matcher.need)
    if forms:
        phrases = Forms(forms, is_exact=rule.is_exact)
        yield Finder(phrases.find, phrases.need)
    for text in rule.queries:
        query = _read_query(text)
        yield Finder(partial(_find_query, rule.value, query), query.need)
    for pattern in rule.patterns:
        automaton = _read_pattern(pattern)
        find = partial(_find_pattern, rule.value, pattern, automaton)
        yield Finder(find, Anything(), automaton.literal)


def _words_of(key: str, text: str) -> list[str]:
    found = [folded for _, _, folded in words(text)]
    if not found:
        raise _EntryError(key, text, "holds no word to look for")
    return found


def _read_query(text: str) -> RuleQuery:
    try:
        return RuleQuery(text)
    except RuleQueryError as error:
        raise _EntryError("queries", text, error) from error


def _read_pattern(text: str) -> TextAutomaton:
    try:
        return TextAutomaton(read_regex(text, of_words=False))
    except PatternError as error:
        raise _EntryError("patterns", text, error) from error


class _Stems:
    """Words, found with every word of the same stem."""

    def __init__(self, value: str, wanted: Sequence[str]) -> None:
        self._value = value
        self._wanted = wanted
        self._by_language: dict[str, _Fitting] = {}
        self.need = AnyOf(tuple(map(HasStem, wanted)))

    def find(self, passage: PassageText) -> Found:
        read = words_of(passage)
        text = read.text
        if text.language not in self._by_language:
            self._by_language[text.language] = _Fitting(text.language, self._wanted)
        fitting = self._by_language[text.language].among(read.vocabulary.words)
        present = fitting.keys() & read.vocabulary.words
        found = [
            (*span, self._value, fitting[word])
            for word in present
            for span in text.spans_of_word(word)
        ]
        yield from found if len(present) < 2 else sorted(found)


class _Fitting:
    """Which words of a language have the stem of a wanted one, each stemmed once."""

    def __init__(self, language: str, wanted: Sequence[str]) -> None:
        self._language = language
        self._by_stem = {stem(word, language): word for word in wanted}
        self._met: set[str] = set()
        self._fitting: dict[str, str] = {}

    def among(self, met: frozenset[str]) -> Mapping[str, str]:
        """Return at least those of the words met that fit, each with the reason."""
        new = met - self._met
        if new:
            if len(self._met) > _MOST_COMPARED:
                self._met, self._fitting, new = set(), {}, met
            learn_stems(new, self._language)
            for word, its_stem in zip(new, recall_stems(new, self._language), strict=True):
                if its_stem in self._by_stem:
                    wanted = self._by_stem[its_stem]
                    self._fitting[word] = f"the word {word!r}, as {wanted!r}"
            self._met |= new
        return self._fitting


def _find_query(value: str, query: RuleQuery, passage: PassageText) -> Found:
    span = query.find(passage, words_of(passage))
    if span:
        yield *span, value, f"satisfies {query.text}"


def _find_pattern(
    value: str, pattern: str, automaton: TextAutomaton, passage: PassageText
) -> Found:
    for start, end in automaton.find(passage.text):
        yield start, end, value, f"{passage.text[start:end]!r} fits {pattern}"


class Forms:
    """Many phrases, found in one walk over the words of a text.

    Attributes:
        need: What words a text must have for any to be found.
    """

    def __init__(self, forms: Iterable[tuple[str, str, str]], *, is_exact: bool) -> None:
        """Take values, each with a phrase for it and how to call that in a reason."""
        self._is_exact = is_exact
        by_first: dict[str, dict[tuple[str, ...], list[tuple[str, str, str]]]] = {}
        for value, form, name in forms:
            row = tuple(folded for _, _, folded in words(form))
            if row:
                same = by_first.setdefault(row[0], {}).setdefault(row, [])
                same.append((value, form, name))
        self._by_first = {
            first: sorted(rows.items(), key=lambda item: -len(item[0]))
            for first, rows in by_first.items()
        }
        self.need = HasForm({first: tuple(rows) for first, rows in by_first.items()})

    def find(self, passage: PassageText) -> Found:
        """Yield where phrases stand: from the first on, the longest there; none overlap."""
        read = words_of(passage)
        if not self.need.is_met(read.vocabulary):
            return
        text = read.text
        done = 0
        for at in _places_of(read.vocabulary.words & self._by_first.keys(), text.words):
            if at < done:
                continue
            for row, meant in self._by_first[text.words[at]]:
                if tuple(text.words[at : at + len(row)]) != row:
                    continue
                start, end = text.span_of((at, at + len(row) - 1))
                written = " ".join(text.text[start:end].split())
                fitting = [m for m in meant if not self._is_exact or written == m[1]]
                for value, form, name in fitting:
                    yield start, end, value, f"{name} {form!r}"
                if fitting:
                    done = at + len(row)
                    break


def _places_of(wanted: Iterable[str], words: Sequence[str]) -> list[int]:
    """Return where any of some words stand among others, ascending."""
    places: list[int] = []
    for word in wanted:
        at = -1
        # Each is one of them.
        for _ in range(words.count(word)):
            at = words.index(word, at + 1)
            places.append(at)
    return sorted(places)
