"""Which tags satisfy a condition: as terms of a segment, or one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from pinakes.indexer import InvertedField, Segment, encode_term, fold_value, words
from pinakes.search.evaluation.patterns.dictionary import dictionary_of
from pinakes.search.evaluation.patterns.expansion import fitting_terms
from pinakes.search.evaluation.patterns.wildcards import value_shape
from pinakes.search.evaluation.tags.place_names import TYPE as PLACE
from pinakes.search.evaluation.tags.place_names import canonical_places
from pinakes.search.evaluation.tags.tag_types import FIELD, types_in
from pinakes.search.evaluation.tags.tag_values import read_amount, read_mention
from pinakes.search.evaluation.texts.held import Array, Ordinals
from pinakes.search.query import DateRange, Filter, Quantity, TagCondition
from pinakes.search.query.regex import Pattern, Row, letters_of

NAMES = frozenset({"person", "said"})
"""Types whose values are names of persons: all words of a condition have to be in one."""

DIVIDED = "law"
"""The type whose values have parts: `Rome Statute, Article 7(1)(d)` is of `Rome Statute`."""


def tag_numbers(segment: Segment, asked: TagCondition) -> Ordinals:
    """Return the numbers of terms of the field `tag`: a passage with one of them satisfies it.

    A type stands for all of its tags.
    """
    if isinstance(asked, Filter):
        find = _find_pattern if asked.is_pattern else _find_value
        return np.unique(np.fromiter(find(segment, fold_value(asked.value)), np.int64))
    column = _column_of(segment, "mentions" if isinstance(asked, DateRange) else "number")
    numbers: Ordinals = column.numbers[
        _are_in_range(asked, column.firsts, column.lasts, column.units)
    ]
    return numbers


def runs_of(numbers: Ordinals) -> list[tuple[int, int]]:
    """Return ascending numbers as runs of neighbours: from, and before."""
    if not len(numbers):
        return []
    cuts = np.flatnonzero(np.diff(numbers) != 1) + 1
    firsts = numbers[np.append(0, cuts)]
    lasts = numbers[np.append(cuts - 1, len(numbers) - 1)] + 1
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def _find_value(segment: Segment, value: str) -> Iterator[int]:
    """Yield the term of `type:value`; of a bare word the type, and the value of every type."""
    field = segment.field(FIELD)
    type_, _, name = value.partition(":")
    if type_ in NAMES and (wanted := _words_of(name)):
        yield from _find_names(field, type_, wanted)
        return
    terms = [value] if ":" in value else [value, *(f"{name}:{value}" for name in types_in(segment))]
    if type_ == PLACE:
        terms += (f"{type_}:{place}" for place in canonical_places(name))
    for term in terms:
        number = field.number(encode_term(term))
        if number is not None:
            yield number
    if type_ == DIVIDED and name:
        first, end = field.prefix_range(value)
        yield from (n for n in range(first, end) if is_part(name, field.term(n)[len(type_) + 1 :]))


def is_part(whole: str, value: str) -> bool:
    """Tell whether a folded value is that of a part of another: of its article, of its paragraph.

    >>> is_part("rome statute", "rome statute, article 7"), is_part("rome", "rome statute")
    (True, False)
    """
    behind = value[len(whole) : len(whole) + 1]
    is_divided = behind in (",", "(") or (behind == " " and whole[-1:].isdigit())
    return is_divided and value.startswith(whole)


def _find_names(field: InvertedField, type_: str, wanted: frozenset[str]) -> Iterator[int]:
    """Yield the values of a type that have all of some words, in any order."""
    first, end = field.prefix_range(f"{type_}:")
    if first < end:
        for number in dictionary_of(field).containing(max(wanted, key=len), first, end).tolist():
            if wanted <= _words_of(field.term(number).partition(":")[2]):
                yield number


def _words_of(value: str) -> frozenset[str]:
    return frozenset(folded for _, _, folded in words(value))


def _find_pattern(segment: Segment, pattern: str) -> Iterator[int]:
    field = segment.field(FIELD)
    type_pattern, colon, value_pattern = pattern.partition(":")
    for name, number in types_in(segment).items():
        is_of_type = fits(type_pattern, name)
        if is_of_type and not value_pattern.strip("*"):
            yield number
        elif is_of_type or not colon:
            shape = value_shape(value_pattern if colon else pattern, has_letters=True)
            head = letters_of(f"{name}:").parts
            yield from fitting_terms(field, Row((*head, *_parts(shape)))).tolist()


def _parts(shape: Pattern) -> tuple[Pattern, ...]:
    return shape.parts if isinstance(shape, Row) else (shape,)


def fits(pattern: str, value: str) -> bool:
    """Tell whether a pattern, in which `*` is any letters and `?` is one, fits a whole value.

    In time linear in both: what stands between stars goes to the first place where it fits.
    """
    return _read_pattern(pattern).fullmatch(value) is not None


@lru_cache(maxsize=1024)
def _read_pattern(pattern: str) -> re.Pattern[str]:
    first, *rest = ("".join(map(_letter, piece)) for piece in re.split(r"\*+", pattern))
    if not rest:
        return re.compile(first, re.DOTALL)
    *inner, last = rest
    between = "".join(f"(?>.*?{piece})" for piece in inner)
    return re.compile(f"{first}{between}.*{last}", re.DOTALL)


def _letter(letter: str) -> str:
    return "." if letter == "?" else re.escape(letter)


def satisfies(asked: TagCondition, tag_type: str, value: str) -> bool:
    """Tell whether one tag satisfies a condition."""
    term = fold_value(f"{tag_type}:{value}")
    type_, _, folded = term.partition(":")
    if isinstance(asked, Filter):
        wanted = fold_value(asked.value)
        compare = fits if asked.is_pattern else str.__eq__
        if ":" not in wanted:
            return compare(wanted, type_) or compare(wanted, folded)
        if not asked.is_pattern:
            return wanted == term or _is_named(wanted, type_, folded)
        type_pattern, _, value_pattern = wanted.partition(":")
        return fits(type_pattern, type_) and fits(value_pattern, folded)
    if type_ != ("mentions" if isinstance(asked, DateRange) else "number"):
        return False
    found = read_mention(folded) if isinstance(asked, DateRange) else read_amount(folded)
    if found is None:
        return False
    first, last, *units = found
    return bool(_are_in_range(asked, first, last, units[0] if units else ""))


def _is_named(wanted: str, type_: str, value: str) -> bool:
    wanted_type, _, name = wanted.partition(":")
    if wanted_type == type_ == DIVIDED and name:
        return is_part(name, value)
    if wanted_type == type_ == PLACE:
        return value in canonical_places(name)
    wanted_words = _words_of(name) if wanted_type == type_ and type_ in NAMES else frozenset()
    return bool(wanted_words) and wanted_words <= _words_of(value)


@dataclass(frozen=True)
class _Column:
    """The values of a type that can be compared.

    Attributes:
        numbers: Of their terms.
        firsts: The least that each can mean.
        lasts: The most.
        units: Of quantities.
    """

    numbers: Ordinals
    firsts: Array
    lasts: Array
    units: Array


_columns: WeakKeyDictionary[InvertedField, dict[str, _Column]] = WeakKeyDictionary()


def _column_of(segment: Segment, tag_type: str) -> _Column:
    """Return the values of a type in a segment; made once, and kept as long as the segment."""
    field = segment.field(FIELD)
    known = _columns.setdefault(field, {})
    if tag_type not in known:
        known[tag_type] = _read_column(field, tag_type)
    return known[tag_type]


def _read_column(field: InvertedField, tag_type: str) -> _Column:
    read = read_mention if tag_type == "mentions" else read_amount
    first, end = field.prefix_range(f"{tag_type}:")
    values = (term.partition(":")[2] for term in field.terms(first, end))
    found = [
        (number, *meant) for number, value in enumerate(values, first) if (meant := read(value))
    ]
    columns = [[row[place] for row in found] for place in (0, 1, 2)]
    units = [row[-1] if tag_type == "number" else "" for row in found]
    numbers, firsts, lasts = (np.array(column) for column in columns)
    return _Column(numbers.astype(np.int64), firsts, lasts, np.array(units, np.str_))


def _are_in_range(asked: DateRange | Quantity, first: Any, last: Any, unit: Any) -> Any:
    """Tell whether a range, or which of several, shares a value with what is asked for."""
    if isinstance(asked, DateRange):
        low = None if asked.first is None else asked.first.toordinal()
        high = None if asked.last is None else asked.last.toordinal()
        return (low is None or last >= low) & (high is None or first <= high)
    flags = first <= last
    if asked.first is not None:
        flags &= last > float(asked.first) if asked.excludes_end else last >= float(asked.first)
    if asked.last is not None:
        flags &= first < float(asked.last) if asked.excludes_end else first <= float(asked.last)
    return flags & (unit == fold_value(asked.unit)) if asked.unit else flags
