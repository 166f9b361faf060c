"""Reads a rule: the TOML that the user wrote, and its gazetteers."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pinakes.corpus import Kind, RuleText, check_type, is_value
from pinakes.search.tagging.rule_errors import RuleError

DEFAULT_TYPE = "topic"
MAX_ENTRIES = 1_000
"""How many words, phrases, queries and patterns a rule may have; a gazetteer has more."""
MAX_VALUE_CHARS = 200
"""Of what tags say, as a rule or a person writes it."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LISTS = ("words", "phrases", "queries", "patterns", "languages", "kinds")
_KEYS = ("name", "version", "type", "value", "gazetteer", "exact", *_LISTS)
_FINDING = ("words", "phrases", "queries", "patterns", "gazetteer")


class Rule(NamedTuple):
    """A rule of the user's.

    Attributes:
        name: That of its file.
        version: What tags say they were made by.
        type: Of its tags.
        value: Of its tags, but those of the gazetteer.
        words: Found in every inflection that has their stem.
        phrases: Found as they are, but for case and accents.
        queries: In the language of searches.
        patterns: Regular expressions.
        gazetteer: Values, each with a form of it that stands in texts, in the order of the file.
        languages: Of passages that are looked at; all if empty.
        kinds: Likewise.
        is_exact: Whether case and accents of phrases and the gazetteer count.
    """

    name: str
    version: int = 1
    type: str = DEFAULT_TYPE
    value: str = ""
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    gazetteer: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    is_exact: bool = False


def check_name(name: str) -> None:
    """Raise `ValueError` if a rule may not be called so."""
    if not _NAME.fullmatch(name):
        raise ValueError(
            f"{name!r} is no name for a rule; call the file by lower-case letters, digits and "
            "single hyphens between them"
        )


def parse_rule(source: RuleText) -> Rule:
    """Return the rule that was written.

    Raises:
        RuleError: It is none; says in which line, and what to do.
    """
    return _RuleReader(source).read()


def table_names(name: str, text: str) -> list[str]:
    """Return the files that a rule names as gazetteers; raises `RuleError` if it is no TOML."""
    named = _read_toml(name, text).get("gazetteer")
    return [named] if isinstance(named, str) else []


def _read_toml(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise RuleError(f"{name}.toml", f"is not TOML: {error}", line=line) from error


class _RuleReader:
    def __init__(self, source: RuleText) -> None:
        self._source = source
        self._content = _read_toml(source.name, source.text)

    def read(self) -> Rule:
        for key in self._content:
            if key not in _KEYS:
                raise self._error(key, f"no such key; there are {', '.join(_KEYS)}")
        lists = {key: self._texts(key) for key in _LISTS}
        lists["languages"] = tuple(map(str.lower, lists["languages"]))
        self._check_name()
        rule = Rule(
            name=self._source.name,
            version=self._number("version", 1),
            type=self._text("type", DEFAULT_TYPE),
            value=" ".join(self._text("value", "").split()),
            gazetteer=self._gazetteer(),
            is_exact=self._flag("exact"),
            **lists,
        )
        self._check(rule)
        return rule

    def _error(self, key: str, problem: str) -> RuleError:
        line = line_of(self._source.text, key)
        return RuleError(f"{self._source.name}.toml", f"{key}: {problem}", line=line)

    def _check_name(self) -> None:
        name = self._text("name", self._source.name)
        if name != self._source.name:
            problem = f"{name!r} in a file of another name; call the file {name}.toml"
            raise self._error("name", problem)
        try:
            check_name(name)
        except ValueError as error:
            raise RuleError(f"{name}.toml", str(error)) from error

    def _check(self, rule: Rule) -> None:
        try:
            check_type(rule.type)
        except ValueError as error:
            raise self._error("type", str(error)) from error
        if not any(self._content.get(key) for key in _FINDING):
            raise RuleError(
                f"{rule.name}.toml", f"finds nothing; give it one of {', '.join(_FINDING)}"
            )
        is_plain = rule.words or rule.phrases or rule.queries or rule.patterns
        if is_plain and not rule.value:
            raise self._error("value", "missing; write what the tags are to say")
        if len(rule.value) > MAX_VALUE_CHARS:
            raise self._error("value", f"longer than {MAX_VALUE_CHARS} characters")
        if rule.value and not is_value(rule.value):
            raise self._error("value", "holds a sign of control; take it out")
        self._check_languages(rule.languages)
        for kind in rule.kinds:
            if kind not in list(Kind):
                raise self._error("kinds", f"no kind {kind!r}; there are {', '.join(Kind)}")

    def _check_languages(self, languages: Sequence[str]) -> None:
        if not languages:
            return
        # Few rules name any, and what reads queries takes longer to load than all else here.
        from pinakes.search.query.fields import read_language, suggest_language

        for language in languages:
            if not read_language(language):
                meant = suggest_language(language) or "en"
                problem = f"no code of two or three letters: {language!r}; write one, as {meant!r}"
                raise self._error("languages", problem)

    def _typed(self, key: str, default: Any, kind: type, expected: str) -> Any:
        value = self._content.get(key, default)
        if type(value) is not kind:
            raise self._error(key, f"expected {expected}, found {value!r:.60}")
        return value

    def _text(self, key: str, default: str) -> str:
        text: str = self._typed(key, default, str, "text in quotes")
        return text

    def _flag(self, key: str) -> bool:
        flag: bool = self._typed(key, False, bool, "true or false")
        return flag

    def _number(self, key: str, default: int) -> int:
        number: int = self._typed(key, default, int, "a whole number")
        if number < 1:
            raise self._error(key, "versions count up from 1")
        return number

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self._content.get(key, [])
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
            raise self._error(key, f"expected a list of texts in quotes, found {value!r:.60}")
        if len(texts) > MAX_ENTRIES:
            raise self._error(key, f"more than {MAX_ENTRIES:,}; put names into a gazetteer")
        if not all(each.strip() for each in texts):
            raise self._error(key, "an empty one finds nothing; take it out")
        return tuple(texts)

    def _gazetteer(self) -> tuple[tuple[str, str], ...]:
        name = self._text("gazetteer", "")
        if not name:
            return ()
        tables = dict(self._source.tables)
        if name not in tables:
            raise self._error("gazetteer", f"{name!r} is not there, or was not read")
        return tuple(_read_table(name, tables[name]))


def _read_table(name: str, text: str) -> Iterable[tuple[str, str]]:
    """Yield values with forms: of a row, the first cell is the value, and a form as all others."""
    import csv

    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        for row in rows:
            cells = [" ".join(cell.split()) for cell in row]
            if not cells or not cells[0] or cells[0].startswith("#"):
                continue
            if len(cells[0]) > MAX_VALUE_CHARS:
                problem = f"a value longer than {MAX_VALUE_CHARS} characters"
                raise RuleError(name, problem, line=rows.line_num)
            if not is_value(cells[0]):
                problem = "a value holds a sign of control; take it out"
                raise RuleError(name, problem, line=rows.line_num)
            yield from ((cells[0], form) for form in cells if form)
    except csv.Error as error:
        raise RuleError(name, f"is not CSV: {error}", line=rows.line_num) from error


def line_of(text: str, key: str) -> int:
    """Return the number of the line that sets a key of a rule; 0 if there is none."""
    setting = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if setting.match(line)), 0)
