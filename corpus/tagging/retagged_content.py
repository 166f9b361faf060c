"""Tags an article again as it is packed: nothing of it is built that taggers do not look at."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pinakes.corpus.article_columns import TagDifference
from pinakes.corpus.model import UNKNOWN_LANGUAGE
from pinakes.corpus.passage_table import PassageTable, TagPattern
from pinakes.corpus.store.repacking import passages_of, with_passages, with_tag_rows
from pinakes.corpus.store.unpacking import Parts, chosen_values, read_rows
from pinakes.corpus.tagging.applying import (
    ArticleFacts,
    ArticleTags,
    find_in_article,
    with_tags,
    without_rules,
)
from pinakes.corpus.tagging.by_hand import HandTag, PassageName, with_hand_tags
from pinakes.corpus.tagging.retag_plan import MayFind
from pinakes.corpus.tagging.tag_row_changes import TagRowChanges
from pinakes.corpus.tagging.tagger import Tagger

Marks = Mapping[PassageName, list[HandTag]]
"""The tags of an article that were set or taken away by hand."""
_NO_MARKS: Marks = {}


class RetaggedContent(NamedTuple):
    """What came of tagging an article again.

    Attributes:
        difference: From what it was; None if it has the tags that it had.
        content: It is packed as this now; empty if that is not at hand.
        frame: The same, compressed; empty if that is not done yet.
        dictionary: With which.
        failed: By the name of a tagger that failed, why.
    """

    difference: TagDifference | None
    content: bytes = b""
    frame: bytes = b""
    dictionary: int = 0
    failed: Mapping[str, str] = {}


_AS_BEFORE = RetaggedContent(None)


class ContentTagger:
    """Tags articles again that have gone through the same taggers."""

    def __init__(
        self,
        taggers: Sequence[Tagger],
        replaced: Collection[str],
        may_find: Mapping[str, MayFind],
    ) -> None:
        """Run `taggers` where they may find anything; take away the tags of `replaced` ones."""
        self._taggers = tuple(taggers)
        self._replaced = frozenset(replaced)
        self._may_find = {tagger.name: may_find.get(tagger.name) for tagger in taggers}
        # A rule is written as it is in JSON, but for what JSON escapes.
        self._marks = [
            json.dumps(name, ensure_ascii=False)[:-1].encode() + end
            for name in self._replaced
            for end in (b"/", b".")
        ]

    def tag_again(self, key: int, content: bytes, marks: Marks = _NO_MARKS) -> RetaggedContent:
        """Return what comes of tagging what is packed again.

        Args:
            key: Of the article.
            content: As the store holds it.
            marks: What was set by hand, where that is not there yet.

        Raises as `unpacking.unpack`.
        """
        parts = Parts.of(content)
        text = parts.text.decode()
        taggers = self._taggers if self._may_find_any(key, text) else ()
        may_hold = any(mark in parts.notes for mark in self._marks)
        if not (taggers or may_hold):
            return _AS_BEFORE
        sections, tag_lists = read_rows(parts.notes)
        told = tuple(map(_told_languages, tag_lists))
        seen = PassageTable(
            text=text, **parts.columns(len(text), (tuple(map(tuple, sections)), told))
        )
        tags = ArticleTags(of_passages=[()] * len(seen), failed={})
        if taggers:
            tags = find_in_article(seen, _facts_of(parts.metadata, key), taggers)
        if marks:
            return self._with_marks(content, tags, marks)
        changes = TagRowChanges(tag_lists, self._replaced, (seen.tag_list_of, tags.of_passages))
        if not changes.is_any:
            return RetaggedContent(None, failed=tags.failed)
        return RetaggedContent(
            changes.difference(seen),
            with_tag_rows(content, sections, changes.lists, changes.list_of),
            failed=tags.failed,
        )

    def _with_marks(self, content: bytes, tags: ArticleTags, marks: Marks) -> RetaggedContent:
        """Return the same of an article with tags by hand, of which there are few."""
        old = passages_of(content)
        rest = without_rules(old, self._replaced)
        has_any = rest.tag_lists != old.tag_lists
        if not (has_any or tags.is_any or tags.failed):
            return _AS_BEFORE
        table = with_hand_tags(with_tags(rest, tags.of_passages), marks)
        if _tags(table) == _tags(old):
            return RetaggedContent(None, failed=tags.failed)
        difference = TagDifference.between(old, table)
        return RetaggedContent(difference, with_passages(content, table), failed=tags.failed)

    def _may_find_any(self, key: int, text: str) -> bool:
        return any(may_find is None or may_find(key, text) for may_find in self._may_find.values())


def _told_languages(rows: Iterable[Sequence[Any]]) -> tuple[TagPattern, ...]:
    """Return of a list of tags what taggers may know: in which language a passage is said to be."""
    return tuple([TagPattern(*row) for row in rows if row[0] == "lang" and len(row) == 3])


def _facts_of(metadata: bytes, key: int) -> ArticleFacts:
    chosen = chosen_values(metadata)
    nothing = ("",)
    return ArticleFacts(
        language=chosen.get("language", (UNKNOWN_LANGUAGE,))[0],
        title=chosen.get("title", nothing)[0],
        authors=tuple(chosen.get("author", ())),
        published=chosen.get("published", nothing)[0],
        key=key,
    )


def _tags(passages: PassageTable) -> Sequence[Collection[TagPattern]]:
    return [passages.tag_lists[place] for place in passages.tag_list_of]
