"""An article as an index takes it in: without an object for each of its passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Protocol, Self

from pinakes.corpus.model import Article, Passage
from pinakes.corpus.passage_table import PassageTable, TagPattern


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleColumns:
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


class BirthObserver(Protocol):
    """Is told of articles while a transaction of the store writes them.

    What it was told is true once the transaction is committed, but for articles that it removes
    again: see `Store.keys_born`.
    """

    def add(self, article: ArticleColumns) -> None:
        """Take an article; keys ascend."""

    def forget(self) -> None:
        """Forget all that was told since the last commit: the transaction is undone."""
