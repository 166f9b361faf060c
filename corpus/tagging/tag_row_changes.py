"""Other tags for passages whose tags are rows, as they are packed: most of them stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from pinakes.corpus.article_columns import TagDifference, is_plain_type
from pinakes.corpus.passage_table import PassageTable, TagPattern
from pinakes.corpus.tagging.applying import rule_name

Row = tuple[Any, ...]
"""Type, value and rule of a tag; with start and end behind, if it is on a part of its passage."""
_Rows = tuple[Row, ...]
_Place = tuple[int, str, str, int, str]
"""What `TagPattern.order` returns of a tag: its start, type, value, end and rule."""
# Of a tag on all of its passage.
_NO_END = -1
_TYPE = itemgetter(0)
# The call of the class takes twice as long.
_new_pattern: Callable[[tuple[Any, ...]], TagPattern] = partial(tuple.__new__, TagPattern)


class _Change(NamedTuple):
    """What becomes of the tags of a passage.

    Attributes:
        rows: All of them.
        types: Of which types tags differ, but for their rules.
    """

    rows: _Rows
    types: frozenset[str]


class TagRowChanges:
    """The tags of an article, before and after.

    Attributes:
        lists: The different lists of tags, after.
        list_of: The place among them of those of each passage.
        is_any: Whether any passage has other tags, if only by their rules.
    """

    def __init__(
        self,
        tag_lists: Sequence[Sequence[Sequence[Any]]],
        replaced: Collection[str],
        passages: tuple[Sequence[int], Sequence[Sequence[TagPattern]]],
    ) -> None:
        """Take away the tags of `replaced` taggers, and add others.

        Args:
            tag_lists: The different lists of tags, before.
            replaced: Names of taggers.
            passages: The place among these lists of that of each passage; the tags to be added.
        """
        self._before = [tuple(map(tuple, rows)) for rows in tag_lists]
        rules = {row[2] for row in chain.from_iterable(self._before)}
        self._gone = {rule for rule in rules if rule_name(rule) in replaced}
        self._alone: dict[int, _Change] = {}
        self._changes = [self._change(place, added) for place, added in zip(*passages, strict=True)]
        lists: dict[_Rows, int] = {}
        self.list_of = [lists.setdefault(change.rows, len(lists)) for change in self._changes]
        self.lists = list(lists)
        self.is_any = any(
            change.rows != self._before[place]
            for change, place in zip(self._changes, passages[0], strict=True)
        )

    def _change(self, place: int, added: Sequence[TagPattern]) -> _Change:
        if not added and place in self._alone:
            return self._alone[place]
        rows, gone = self._before[place], self._gone
        lost = [row for row in rows if row[2] in gone] if gone else []
        if lost:
            rows = tuple([row for row in rows if row[2] not in gone])
        new: set[_Place] = {
            (span[0], type_, value, span[1], rule) if span else (0, type_, value, _NO_END, rule)
            for type_, value, rule, span in added
        }
        # What an index keeps of a tag is all but its rule.
        differing = {tag[:4] for tag in new} ^ {_place_of(*row)[:4] for row in lost}
        if new:
            tags = sorted(new.union([_place_of(*row) for row in rows]))
            rows = tuple([_row_of(tag) for tag in tags])
        change = _Change(rows, frozenset([type_ for _, type_, _, _ in differing]))
        if not added:
            self._alone[place] = change
        return change

    def difference(self, table: PassageTable) -> TagDifference:
        """Return what `TagDifference.between` does; `table` is of the article."""
        every = chain.from_iterable((*self._before, *self.lists))
        is_plain = all(map(is_plain_type, set(map(_TYPE, every))))
        changed = [number for number, change in enumerate(self._changes) if change.types]
        changes = [self._changes[number] for number in changed]
        texts = [table.text[table.starts[number] : table.ends[number]] for number in changed]
        return TagDifference(
            passage_count=len(table),
            passages=tuple(changed),
            text="\n".join(texts).encode(),
            lengths=tuple(map(len, texts)),
            types=tuple([change.types if is_plain else None for change in changes]),
            tag_lists=tuple(
                [
                    tuple([_pattern_of(*row) for row in rows if not is_plain or row[0] in types])
                    for rows, types in changes
                ]
            ),
        )


def _place_of(type_: str, value: str, rule: str, start: int = 0, end: int = _NO_END) -> _Place:
    return start, type_, value, end, rule


def _row_of(tag: _Place) -> Row:
    start, type_, value, end, rule = tag
    return (type_, value, rule) if end == _NO_END else (type_, value, rule, start, end)


def _pattern_of(type_: str, value: str, rule: str, *span: int) -> TagPattern:
    return _new_pattern((type_, value, rule, span or None))
