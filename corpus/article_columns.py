"""An article as an index takes it in: without an object for each of its passages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, chain
from operator import itemgetter
from typing import NamedTuple, Protocol, Self

from pinakes.corpus.model import Article, Passage
from pinakes.corpus.passage_table import PassageTable, TagPattern

_TYPE_OF = itemgetter(0)
_PLAIN_TYPE = re.compile("[a-z0-9-]+")


class ArticleColumns(NamedTuple):
    """What an index keeps of an article, its passages by column.

    Attributes:
        key: As of `Article`, as are `id`, `paths`, `authors`, `source`, `url`, `published` and
            `language`.
        saved: When the copy was saved, ISO 8601; empty if that is not known.
        cluster: What it has in common with its copies, and with no other article.
        text: In UTF-8, what the passages are parts of.
        starts: As of `PassageTable`, in code points of the text, as are all that follow.
    """

    key: int
    id: str
    cluster: int
    paths: tuple[str, ...]
    authors: tuple[str, ...]
    source: str
    url: str
    published: str
    saved: str
    language: str
    text: bytes
    starts: Sequence[int]
    ends: Sequence[int]
    kinds: bytes
    sections: Sequence[tuple[str, ...]]
    section_of: Sequence[int]
    tag_lists: Sequence[tuple[TagPattern, ...]]
    tag_list_of: Sequence[int]

    @classmethod
    def of(cls, article: Article) -> Self:
        """Return the columns of an article."""
        passages = article.passages
        table = passages if isinstance(passages, PassageTable) else _tabulate(passages)
        return cls(
            key=article.key,
            id=article.id,
            cluster=article.key,
            paths=article.paths,
            authors=article.authors,
            source=article.source,
            url=article.url,
            published=article.published,
            saved=next((m.value for m in article.metadata if m.field == "saved" and m.chosen), ""),
            language=article.language,
            # A text that is in no store may hold lone surrogates, which are no words.
            text=table.text.encode("utf-8", "surrogatepass"),
            starts=table.starts,
            ends=table.ends,
            kinds=table.kinds,
            sections=table.sections,
            section_of=table.section_of,
            tag_lists=table.tag_lists,
            tag_list_of=table.tag_list_of,
        )


def _tabulate(passages: Sequence[Passage]) -> PassageTable:
    """Return the table of passages that are objects, in a text of nothing but them."""
    texts = [passage.text for passage in passages]
    ends = list(accumulate([len(text) + 1 for text in texts]))
    table = PassageTable.of(passages, "\n".join(texts))
    starts = [end - 1 - len(text) for end, text in zip(ends, texts, strict=True)]
    return replace(table, starts=starts, ends=[end - 1 for end in ends])


class TagDifference(NamedTuple):
    """How two versions of an article differ whose tags are all that differs.

    Attributes:
        passage_count: How many passages both have.
        passages: Those whose tags differ, ascending.
        text: Theirs in UTF-8, one after the other, a line feed between them.
        lengths: Of each, in code points.
        types: Of which types the tags of each differ; None where any type is no plain name.
        tag_lists: Of each all tags of those types, or all that it has.
    """

    passage_count: int
    passages: tuple[int, ...]
    text: bytes
    lengths: tuple[int, ...]
    types: tuple[frozenset[str] | None, ...]
    tag_lists: tuple[tuple[TagPattern, ...], ...]

    @classmethod
    def between(cls, old: PassageTable, new: PassageTable) -> Self:
        """Compare two versions.

        By which rule a tag was found is not looked at: an index does not keep it.
        """
        all_tags = chain(chain.from_iterable(old.tag_lists), chain.from_iterable(new.tag_lists))
        is_plain = all(map(is_plain_type, set(map(_TYPE_OF, all_tags))))
        known: dict[tuple[int, int], _Difference | None] = {}
        changed: list[tuple[int, _Difference]] = []
        for number, pair in enumerate(zip(old.tag_list_of, new.tag_list_of, strict=True)):
            if pair not in known:
                known[pair] = _compare(old.tag_lists[pair[0]], new.tag_lists[pair[1]])
            if difference := known[pair]:
                changed.append((number, difference))
        texts = [new.text[new.starts[n] : new.ends[n]] for n, _ in changed]
        return cls(
            passage_count=len(new),
            passages=tuple([number for number, _ in changed]),
            text="\n".join(texts).encode(),
            lengths=tuple(map(len, texts)),
            types=tuple([types if is_plain else None for _, (types, _) in changed]),
            tag_lists=tuple(
                [
                    tags if is_plain else new.tag_lists[new.tag_list_of[n]]
                    for n, (_, tags) in changed
                ]
            ),
        )


class RetaggedArticle(NamedTuple):
    """A version of an article that differs from another in its tags only.

    Attributes:
        key: Of this version.
        old_key: Of the one that made way for it.
        difference: How they differ.
    """

    key: int
    old_key: int
    difference: TagDifference


_Difference = tuple[frozenset[str], tuple[TagPattern, ...]]
"""Of which types tags differ, and all new ones of those types."""


def _compare(old: Sequence[TagPattern], new: Sequence[TagPattern]) -> _Difference | None:
    """Return how tags differ but for their rules; None if they do not."""
    if old == new:
        return None
    # Those that stay are the same objects, mostly, which is told for less than that they are equal.
    before, after = set(map(id, old)), set(map(id, new))
    gone = {(tag[0], tag[1], tag[3]) for tag in old if id(tag) not in after}
    come = {(tag[0], tag[1], tag[3]) for tag in new if id(tag) not in before}
    types = frozenset(map(_TYPE_OF, gone ^ come))
    return (types, tuple([tag for tag in new if tag[0] in types])) if types else None


@lru_cache(maxsize=1024)
def is_plain_type(type_: str) -> bool:
    """Return whether an index has a type as it is written, and no other type like it."""
    return _PLAIN_TYPE.fullmatch(type_) is not None


class BirthObserver(Protocol):
    """Is told of articles while a transaction of the store writes them.

    What it was told is true once the transaction is committed, but for articles that it removes
    again: see `Store.keys_born`.
    """

    def add(self, article: ArticleColumns) -> None:
        """Take an article; keys ascend."""

    def retag(self, article: RetaggedArticle) -> None:
        """Take an article that differs in its tags from one told before, or long there."""

    def forget(self) -> None:
        """Forget all that was told since the last commit: the transaction is undone."""
