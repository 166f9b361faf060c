"""Makes taggers of the user's rules."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from pinakes.corpus import ArticleText, FoundTag, PassageText, RuleText, Tagger, TagLevel
from pinakes.indexer import stem, words
from pinakes.search.query.regex import PatternError, read_regex
from pinakes.search.tagging.passage_words import Vocabulary, vocabularies_of, words_of
from pinakes.search.tagging.rule_errors import RuleError
from pinakes.search.tagging.rule_queries import RuleQuery, RuleQueryError
from pinakes.search.tagging.rule_syntax import Rule, line_of, parse_rule
from pinakes.search.tagging.text_automaton import TextAutomaton

Found = Iterable[tuple[int, int, str, str]]
"""Start, end, value and reason of tags in a passage."""


class Finder(NamedTuple):
    """A part of a rule.

    Attributes:
        find: Returns what it finds in a passage.
        may_find: Whether an article may have a passage with anything to be found: told in little
            time, from its words or its text.
    """

    find: Callable[[PassageText], Found]
    may_find: Callable[[ArticleText], bool]


class _EntryError(Exception):
    def __init__(self, key: str, text: str, problem: object) -> None:
        super().__init__(f"{key}: {text!r}: {problem}")
        self.key = key


def compile_rule(source: RuleText) -> Tagger:
    """Return the tagger that a rule describes.

    Raises:
        RuleError: It is no rule; says in which line, and what to do.
    """
    rule = parse_rule(source)
    try:
        matcher = _RuleMatcher(rule, list(_finders(rule)))
    except _EntryError as error:
        line = line_of(source.text, error.key)
        raise RuleError(f"{rule.name}.toml", str(error), line=line) from error
    return Tagger(
        name=rule.name,
        version=rule.version,
        types=(rule.type,),
        level=TagLevel.BASIC,
        find=matcher.find,
        mark=mark_of(source),
    )


def mark_of(source: RuleText) -> str:
    """Return what changes with the content of a rule: 8 hexadecimal digits."""
    digest = hashlib.sha256(source.text.encode())
    for name, text in source.tables:
        digest.update(f"\0{name}\0{text}".encode())
    return digest.hexdigest()[:8]


class _RuleMatcher:
    def __init__(self, rule: Rule, finders: Sequence[Finder]) -> None:
        self._rule = rule
        self._finders = finders

    def find(self, passage: PassageText) -> Iterator[FoundTag]:
        """Yield the tags of a passage."""
        rule = self._rule
        if rule.languages and passage.language not in rule.languages:
            return
        if rule.kinds and passage.kind not in rule.kinds:
            return
        for finder in passage.article.once(self._choose):
            for start, end, value, reason in finder.find(passage):
                yield FoundTag(type=rule.type, value=value, start=start, end=end, reason=reason)

    def _choose(self, article: ArticleText) -> Sequence[Finder]:
        return [finder for finder in self._finders if finder.may_find(article)]


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
        yield Finder(matcher.find, partial(_any_vocabulary, matcher.may_hold))
    if forms:
        phrases = Forms(forms, is_exact=rule.is_exact)
        yield Finder(phrases.find, partial(_any_vocabulary, phrases.may_hold))
    for text in rule.queries:
        query = _read_query(text)
        find = partial(_find_query, rule.value, query)
        yield Finder(find, partial(_any_vocabulary, query.may_hold))
    for pattern in rule.patterns:
        automaton = _read_pattern(pattern)
        yield Finder(
            partial(_find_pattern, rule.value, pattern, automaton),
            partial(_has_literal, automaton.literal),
        )


def _any_vocabulary(may_hold: Callable[[Vocabulary], bool], article: ArticleText) -> bool:
    return any(map(may_hold, vocabularies_of(article)))


def _has_literal(literal: str, article: ArticleText) -> bool:
    return literal in article.text


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
        self._by_language: dict[str, dict[str, str]] = {}

    def may_hold(self, vocabulary: Vocabulary) -> bool:
        return not vocabulary.stems.isdisjoint(self._stems_in(vocabulary.language))

    def find(self, passage: PassageText) -> Found:
        read = words_of(passage)
        if not self.may_hold(read.vocabulary):
            return
        text = read.text
        stems = self._stems_in(text.language)
        for number, stemmed in enumerate(text.stems):
            if stemmed in stems:
                reason = f"the word {text.words[number]!r}, as {stems[stemmed]!r}"
                yield *text.span_of((number, number)), self._value, reason

    def _stems_in(self, language: str) -> dict[str, str]:
        if language not in self._by_language:
            self._by_language[language] = {stem(word, language): word for word in self._wanted}
        return self._by_language[language]


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
    """Many phrases, found in one walk over the words of a text."""

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

    def may_hold(self, vocabulary: Vocabulary) -> bool:
        """Whether a text of these words may have a phrase: all of one's words are among them."""
        present = vocabulary.words
        return any(
            present.issuperset(row)
            for first in present & self._by_first.keys()
            for row, _ in self._by_first[first]
        )

    def find(self, passage: PassageText) -> Found:
        """Yield where phrases stand: from the first on, the longest there; none overlap."""
        read = words_of(passage)
        if not self.may_hold(read.vocabulary):
            return
        text = read.text
        at = 0
        while at < len(text.words):
            length = 1
            for row, meant in self._by_first.get(text.words[at], ()):
                if tuple(text.words[at : at + len(row)]) != row:
                    continue
                start, end = text.span_of((at, at + len(row) - 1))
                written = " ".join(text.text[start:end].split())
                fitting = [m for m in meant if not self._is_exact or written == m[1]]
                for value, form, name in fitting:
                    yield start, end, value, f"{name} {form!r}"
                if fitting:
                    length = len(row)
                    break
            at += length
