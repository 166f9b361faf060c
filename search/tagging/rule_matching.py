"""Makes taggers of the user's rules."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from pinakes.corpus import FoundTag, PassageText, RuleText, Tagger, TagLevel
from pinakes.indexer import stem, words
from pinakes.search.query.regex import PatternError, read_regex
from pinakes.search.tagging.passage_words import PassageWords, words_of
from pinakes.search.tagging.rule_errors import RuleError
from pinakes.search.tagging.rule_queries import RuleQuery, RuleQueryError
from pinakes.search.tagging.rule_syntax import Rule, line_of, parse_rule
from pinakes.search.tagging.text_automaton import TextAutomaton

Found = Iterable[tuple[int, int, str, str]]
"""Start, end, value and reason of tags in a passage."""
Finder = Callable[[PassageText, PassageWords], Found]


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
        finders = list(_finders(rule))
    except _EntryError as error:
        line = line_of(source.text, error.key)
        raise RuleError(f"{rule.name}.toml", str(error), line=line) from error
    return Tagger(
        name=rule.name,
        version=rule.version,
        types=(rule.type,),
        level=TagLevel.BASIC,
        find=partial(_find, rule, finders),
        mark=mark_of(source),
    )


def mark_of(source: RuleText) -> str:
    """Return what changes with the content of a rule: 8 hexadecimal digits."""
    digest = hashlib.sha256(source.text.encode())
    for name, text in source.tables:
        digest.update(f"\0{name}\0{text}".encode())
    return digest.hexdigest()[:8]


def _find(rule: Rule, finders: Iterable[Finder], passage: PassageText) -> Iterator[FoundTag]:
    if rule.languages and passage.language not in rule.languages:
        return
    if rule.kinds and passage.kind not in rule.kinds:
        return
    read = words_of(passage)
    for finder in finders:
        for start, end, value, reason in finder(passage, read):
            yield FoundTag(type=rule.type, value=value, start=start, end=end, reason=reason)


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
        yield partial(_find_stems, rule.value, tuple(sorted(stems)), {})
    if forms:
        yield Forms(forms, is_exact=rule.is_exact).find
    for query in rule.queries:
        yield partial(_find_query, rule.value, _read_query(query))
    for pattern in rule.patterns:
        yield partial(_find_pattern, rule.value, pattern, _read_pattern(pattern))


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


def _find_stems(
    value: str,
    wanted: tuple[str, ...],
    by_language: dict[str, dict[str, str]],
    _passage: PassageText,
    read: PassageWords,
) -> Found:
    text = read.text
    language = text.language
    if language not in by_language:
        by_language[language] = {stem(word, language): word for word in wanted}
    stems = by_language[language]
    if read.stems.isdisjoint(stems):
        return
    for number, stemmed in enumerate(text.stems):
        if stemmed in stems:
            reason = f"the word {text.words[number]!r}, as {stems[stemmed]!r}"
            yield *text.span_of((number, number)), value, reason


def _find_query(value: str, query: RuleQuery, passage: PassageText, read: PassageWords) -> Found:
    span = query.find(passage, read)
    if span:
        yield *span, value, f"satisfies {query.text}"


def _find_pattern(
    value: str, pattern: str, automaton: TextAutomaton, passage: PassageText, _read: PassageWords
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

    def find(self, _passage: PassageText, read: PassageWords) -> Found:
        """Yield where phrases stand: from the first on, the longest there; none overlap."""
        if read.words.isdisjoint(self._by_first):
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
