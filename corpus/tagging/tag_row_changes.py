"""Other tags for passages whose tags are rows, as they are packed: most of them stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from pinakes.corpus.article_columns import TagDifference, is_plain_type
from pinakes.corpus.passage_table import PassageTable, TagPattern
from pinakes.corpus.tagging.applying import rule_name

Row = tuple[Any, ...]
"""Type, value and rule of a tag; with start and end behind, if it is on a part of its passage."""
_Rows = tuple[Row, ...]


class _Change(NamedTuple):
    """What becomes of the tags of a passage.

    Attributes:
        rows: All of them.
        types: Of which types tags differ, but for their rules.
        added: Those that are new, as they were found.
    """

    rows: _Rows
    types: frozenset[str]
    added: Mapping[Row, TagPattern]

    def patterns(self, *, is_plain: bool) -> tuple[TagPattern, ...]:
        """Return the tags of those types; all, unless types are plain."""
        added, types = self.added, self.types
        return tuple(
            [
                added.get(row) or _pattern_of(row)
                for row in self.rows
                if not is_plain or row[0] in types
            ]
        )


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
        gone = {
            rule: rule_name(rule) in replaced
            for rule in {row[2] for rows in self._before for row in rows}
        }
        self._kept = [tuple([row for row in rows if not gone[row[2]]]) for rows in self._before]
        self._gone = [{_meaning(row) for row in rows if gone[row[2]]} for rows in self._before]
        self._places, _ = passages
        self._alone: dict[int, _Change] = {}
        self._changes = [self._change(place, added) for place, added in zip(*passages, strict=True)]
        lists: dict[_Rows, int] = {}
        self.list_of = [lists.setdefault(change.rows, len(lists)) for change in self._changes]
        self.lists = list(lists)
        self.is_any = any(
            change.rows != self._before[place]
            for change, place in zip(self._changes, self._places, strict=True)
        )

    def _change(self, place: int, added: Sequence[TagPattern]) -> _Change:
        if not added and place in self._alone:
            return self._alone[place]
        kept = self._kept[place]
        new: dict[Row, TagPattern] = {
            ((*tag[:3], *tag[3]) if tag[3] else tag[:3]): tag for tag in added
        }
        rows = tuple(sorted({*kept, *new}, key=_order)) if new else kept
        differing = self._gone[place].symmetric_difference(map(_meaning, new))
        change = _Change(rows, frozenset([row[0] for row in differing]), new)
        if not added:
            self._alone[place] = change
        return change

    def difference(self, table: PassageTable) -> TagDifference:
        """Return what `TagDifference.between` does; `table` is of the article."""
        types = {row[0] for rows in (*self._before, *self.lists) for row in rows}
        is_plain = all(map(is_plain_type, types))
        changed = [number for number, change in enumerate(self._changes) if change.types]
        changes = [self._changes[number] for number in changed]
        texts = [table.text[table.starts[number] : table.ends[number]] for number in changed]
        return TagDifference(
            passage_count=len(table),
            passages=tuple(changed),
            text="\n".join(texts).encode(),
            lengths=tuple(map(len, texts)),
            types=tuple([change.types if is_plain else None for change in changes]),
            tag_lists=tuple([change.patterns(is_plain=is_plain) for change in changes]),
        )


def _pattern_of(row: Row) -> TagPattern:
    type_, value, rule, *span = row
    return TagPattern(type_, value, rule, (span[0], span[1]) if span else None)


def _meaning(row: Row) -> Row:
    """Return what an index keeps of a tag: all but its rule."""
    return row[0], row[1], *row[3:]


def _order(row: Row) -> tuple[int, str, str, int, str]:
    """Return what tags are sorted by, as `TagPattern.order` does."""
    start, end = row[3:] or (0, -1)
    return start, row[0], row[1], end, row[2]
