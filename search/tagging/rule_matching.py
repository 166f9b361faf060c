"""Makes taggers of the user's rules."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pinakes.corpus import ArticleText, FoundTag, PassageText, RuleText, Tagger, TagLevel
from pinakes.indexer import words
from pinakes.search.tagging.needs import Anything, Need
from pinakes.search.tagging.passage_words import vocabularies_of, words_of
from pinakes.search.tagging.rule_errors import RuleError
from pinakes.search.tagging.rule_syntax import Rule, line_of, parse_rule
from pinakes.search.tagging.rule_words import Forms, Found, KnownWords, Stems

if TYPE_CHECKING:
    from pinakes.search.tagging.rule_queries import RuleQuery
    from pinakes.search.tagging.text_automaton import TextAutomaton


class Finder(NamedTuple):
    """A part of a rule.

    Attributes:
        find: Returns what it finds in a passage.
        need: What words a passage must have for anything to be found.
        literal: What an article must have in its text, as it is written; empty if nothing.
        places: Returns the same without the reason, for less; None if only `find` does.
        among: Returns a function that finds the same, for less, in passages that have no words but
            some known ones, and are in the language of their article; None if there is none.
    """

    find: Callable[[PassageText], Found]
    need: Need
    literal: str = ""
    places: Callable[[PassageText], Iterable[tuple[int, int, str]]] | None = None
    among: Callable[[KnownWords], Callable[[PassageText], Found]] | None = None

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
        places=matcher.places,
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
        if self._is_for(passage):
            for finder in finders:
                for start, end, value, reason in finder.find(passage):
                    yield FoundTag(
                        type=self._rule.type, value=value, start=start, end=end, reason=reason
                    )

    def places(self, passage: PassageText) -> Sequence[tuple[int, int, str]]:
        """Return start, end and value of the tags of a passage."""
        return self.places_by(passage.article.once(self._choose), passage)

    def places_by(
        self, finders: Iterable[Finder], passage: PassageText
    ) -> Sequence[tuple[int, int, str]]:
        """Return the same of those that are found by some parts of the rule."""
        if not self._is_for(passage):
            return ()
        return [
            place[:3] for finder in finders for place in (finder.places or finder.find)(passage)
        ]

    def _is_for(self, passage: PassageText) -> bool:
        rule = self._rule
        return (not rule.languages or passage.language in rule.languages) and (
            not rule.kinds or passage.kind in rule.kinds
        )

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
        matcher = Stems(rule.value, tuple(sorted(stems)))
        yield Finder(matcher.find, matcher.need, among=matcher.find_among)
    if forms:
        phrases = Forms(forms, is_exact=rule.is_exact)
        yield Finder(phrases.find, phrases.need)
    for text in rule.queries:
        query = _read_query(text)
        among = partial(_find_query_among, rule.value, query)
        yield Finder(partial(_find_query, rule.value, query), query.need, among=among)
    for pattern in rule.patterns:
        automaton = _read_pattern(pattern)
        find = partial(_find_pattern, rule.value, pattern, automaton)
        places = partial(_place_pattern, rule.value, automaton)
        yield Finder(find, Anything(), automaton.literal, places)


def _words_of(key: str, text: str) -> list[str]:
    found = [folded for _, _, folded in words(text)]
    if not found:
        raise _EntryError(key, text, "holds no word to look for")
    return found


def _read_query(text: str) -> RuleQuery:
    # Not at the top: what answers queries takes longer to load than what finds words.
    from pinakes.search.tagging.rule_queries import RuleQuery, RuleQueryError

    try:
        return RuleQuery(text)
    except RuleQueryError as error:
        raise _EntryError("queries", text, error) from error


def _read_pattern(text: str) -> TextAutomaton:
    from pinakes.search.query.regex import PatternError, read_regex
    from pinakes.search.tagging.text_automaton import TextAutomaton

    try:
        return TextAutomaton(read_regex(text, of_words=False))
    except PatternError as error:
        raise _EntryError("patterns", text, error) from error


def _find_query(value: str, query: RuleQuery, passage: PassageText) -> Found:
    span = query.find(passage, words_of(passage))
    if span:
        yield *span, value, f"satisfies {query.text}"


def _find_query_among(
    value: str, query: RuleQuery, known: KnownWords
) -> Callable[[PassageText], Found]:
    from pinakes.search.tagging.rule_queries import RuleQuery

    among, languages = RuleQuery(query.text, known), frozenset(known.languages)

    def find(passage: PassageText) -> Found:
        is_apart = passage.language != passage.article.language
        is_known = not is_apart and passage.language in languages
        return _find_query(value, among if is_known else query, passage)

    return find


def _find_pattern(
    value: str, pattern: str, automaton: TextAutomaton, passage: PassageText
) -> Found:
    for start, end in automaton.find(passage.text):
        yield start, end, value, f"{passage.text[start:end]!r} fits {pattern}"


def _place_pattern(
    value: str, automaton: TextAutomaton, passage: PassageText
) -> list[tuple[int, int, str]]:
    return [(start, end, value) for start, end in automaton.find(passage.text)]
