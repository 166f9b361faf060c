"""What a request may be asked for: each parameter with its schema, which is what is checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pinakes.search.citing import STYLES
from pinakes.search.options import FACETS, By, Scope, SearchOptions, Sort
from pinakes.search.query.fields import TAGS
from pinakes.search.serving.limits import Limits
from pinakes.search.serving.problems import bad_parameter

Given = Iterable[tuple[str, str]]
"""Names and values, as they stand in the address."""

_WHOLE_NUMBER = re.compile("-?[0-9]{1,18}")
_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One thing that can be asked for.

    Attributes:
        name: In the address.
        about: What it asks for.
        schema: JSON Schema of it, or of each if it may be repeated.
        is_required: Whether nothing is answered without it.
        is_repeated: Whether it may be given several times.
        most: How often, then.
        wanted: What fits a pattern of the schema, in words.
    """

    name: str
    about: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    is_required: bool = False
    is_repeated: bool = False
    most: int = 1
    wanted: str = ""

    def read(self, texts: list[str]) -> Any:
        """Return what was given, checked against the schema.

        Raises:
            RequestProblem: It does not fit.
        """
        if len(texts) > self.most:
            often = "once" if self.most == 1 else f"{self.most} times"
            raise bad_parameter(self.name, f"may be given {often} at the most")
        values = [self._read_one(text) for text in texts]
        return tuple(values) if self.is_repeated else values[0]

    def _read_one(self, text: str) -> Any:
        kind = self.schema["type"]
        if kind == "integer":
            return self._read_number(text)
        if kind == "boolean":
            if text not in _TRUTH:
                raise bad_parameter(self.name, "is true or false")
            return _TRUTH[text]
        choices = self.schema.get("enum", [])
        if choices and text not in choices:
            raise bad_parameter(self.name, f"is one of {', '.join(choices)}")
        most = self.schema.get("maxLength", len(text))
        if len(text) > most:
            raise bad_parameter(self.name, f"has {len(text)} characters; {most} at the most")
        pattern = self.schema.get("pattern", "")
        if not re.search(pattern, text):
            raise bad_parameter(self.name, f"is {self.wanted or f'a text that fits {pattern}'}")
        return text

    def _read_number(self, text: str) -> int:
        least, most = self.schema["minimum"], self.schema["maximum"]
        if not _WHOLE_NUMBER.fullmatch(text) or not least <= int(text) <= most:
            raise bad_parameter(self.name, f"is a whole number from {least} to {most}")
        return int(text)


def read_parameters(known: Iterable[Parameter], given: Given) -> dict[str, Any]:
    """Return what a request asks for, by name; what it does not name is left out.

    Raises:
        RequestProblem: A parameter is not known, missing, or does not fit.
    """
    by_name = {parameter.name: parameter for parameter in known}
    texts: dict[str, list[str]] = {}
    for name, text in given:
        if name not in by_name:
            near = get_close_matches(name[:100], by_name, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(by_name)}"
            raise bad_parameter(name[:100], f"no such parameter; {hint}")
        texts.setdefault(name, []).append(text)
    for parameter in by_name.values():
        if parameter.is_required and parameter.name not in texts:
            raise bad_parameter(parameter.name, "is needed")
    return {name: by_name[name].read(values) for name, values in texts.items()}


def _text(most: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": most}


def _number(least: int, most: int, default: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most, "default": default}


def _choice(kind: Iterable[str], default: str) -> dict[str, Any]:
    return {"type": "string", "enum": [str(each) for each in kind], "default": default}


_NO: dict[str, Any] = {"type": "boolean", "default": False}


def query_parameter(limits: Limits, *, is_required: bool = True) -> Parameter:
    """Return the query itself."""
    return Parameter(
        name="q",
        about="The query, in the query language.",
        schema=_text(limits.query_chars),
        is_required=is_required,
    )


def _facet(limits: Limits) -> Parameter:
    return Parameter(
        name="facet",
        about="Count the values of source, author, year, language, kind, or of a type of tags, as"
        " person or tag:isbn; may be repeated.",
        schema={
            **_text(100),
            "pattern": f"^({'|'.join((*FACETS, *sorted(TAGS)))}|tag:[a-z][a-z0-9_-]{{0,63}})$",
        },
        is_repeated=True,
        most=limits.facets,
        wanted=f"one of {', '.join((*FACETS, *sorted(TAGS)))}, or tag: and a type of tags",
    )


def search_parameters(limits: Limits) -> tuple[Parameter, ...]:
    """Return what a search can be asked for."""
    return (
        query_parameter(limits),
        Parameter(
            name="limit",
            about="Hits at the most; 0 only counts.",
            schema=_number(0, limits.hits, 10),
        ),
        Parameter(
            name="offset",
            about="Hits to skip first; not beside `after`.",
            schema=_number(0, limits.offset, 0),
        ),
        Parameter(name="after", about="`next` of the page before.", schema=_text(300)),
        Parameter(
            name="sort",
            about="Best first, oldest first, newest first.",
            schema=_choice(Sort, Sort.SCORE),
        ),
        Parameter(
            name="scope",
            about="Where all the words must stand together.",
            schema=_choice(Scope, Scope.ARTICLE),
        ),
        Parameter(name="by", about="What a hit is.", schema=_choice(By, By.ARTICLE)),
        Parameter(
            name="snippets",
            about="Passages shown of a hit, at the most.",
            schema=_number(1, limits.snippets, 3),
        ),
        *facet_parameters(limits),
        Parameter(
            name="collapse",
            about="Let one hit stand for articles that are copies of one another.",
            schema={"type": "boolean", "default": True},
        ),
        Parameter(
            name="half_life_days",
            about="Let newer articles come first: one so old counts a quarter less, at most half.",
            schema={"type": "integer", "minimum": 1, "maximum": 100_000},
        ),
        Parameter(
            name="any_word",
            about="Read the query as a question: any of its words, and no sign is an operator.",
            schema=_NO,
        ),
        Parameter(
            name="feedback",
            about="As any_word, asked again with words of the first articles found, too.",
            schema=_NO,
        ),
        Parameter(
            name="synonyms", about="Look for the archive's synonyms of words, too.", schema=_NO
        ),
        Parameter(name="occurrences", about="Count occurrences, too.", schema=_NO),
        Parameter(name="explain", about="Say how each score comes about.", schema=_NO),
    )


READING = ("any_word", "feedback", "synonyms")
"""The parameters that say how a query is read."""


def facet_parameters(limits: Limits) -> tuple[Parameter, ...]:
    """Return what facets can be asked for."""
    return (
        _facet(limits),
        Parameter(
            name="facet_values",
            about="Values of each facet, at the most.",
            schema=_number(1, limits.facet_values, 10),
        ),
    )


def suggest_parameters(limits: Limits) -> tuple[Parameter, ...]:
    """Return what completions can be asked for."""
    return (
        Parameter(
            name="q",
            about="What was typed so far.",
            schema=_text(limits.query_chars),
            is_required=True,
        ),
        Parameter(name="limit", about="Completions at the most.", schema=_number(1, 50, 10)),
    )


CITATION_STYLES = ("json", "json-ld", *STYLES)


def citation_parameters() -> tuple[Parameter, ...]:
    """Return what a citation can be asked for."""
    place = {"type": "integer", "minimum": 0, "maximum": 2_000_000_000}
    return (
        Parameter(
            name="start",
            about="First code point of the article's text; by default, that of what is named.",
            schema=place,
        ),
        Parameter(name="end", about="One past the last one, likewise.", schema=place),
        Parameter(
            name="style", about="How it is written.", schema=_choice(CITATION_STYLES, "json")
        ),
    )


def search_options(asked: Mapping[str, Any]) -> SearchOptions:
    """Return the options of a search from what was asked.

    Raises:
        OptionsError: There is no such facet, or `after` stands beside `offset`.
    """
    read_otherwise = ("q", "facet", *READING)
    given = {name: value for name, value in asked.items() if name not in read_otherwise}
    return SearchOptions(**given, facets=asked.get("facet", ()))
