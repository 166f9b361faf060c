"""Random queries over every operator, about what stands in given articles."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from pinakes.corpus import Article
from pinakes.indexer import words
from pinakes.search.query import (
    And,
    Boost,
    Constant,
    Filter,
    Fuzzy,
    Literal,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Regex,
    Together,
    Wildcard,
    Within,
    Word,
)

_PARENTS = (And, Or, Near, Together)
_WRAPPERS = (Not, Boost, Constant, Within)


@dataclass(frozen=True)
class Material:
    """Articles that queries are to be about, some of which have passages."""

    articles: Sequence[Article]

    def speak(self, node: Node, luck: random.Random) -> Node:
        """Return a tree of the same shape, with words, phrases and values of the articles."""
        match node:
            case Word():
                return node._replace(text=self._words(luck, 1))
            case Phrase():
                return node._replace(text=self._words(luck, luck.randint(2, 4)))
            case Wildcard():
                return node._replace(text=_draw_wildcard(luck, self._words(luck, 1)))
            case Fuzzy():
                return node._replace(text=_misspell(luck, self._words(luck, 1)))
            case Regex():
                return node._replace(text=_draw_pattern(luck, self._words(luck, 1)))
            case Filter():
                return self._filter(node, luck)
        if isinstance(node, _PARENTS):
            children = tuple(self.speak(child, luck) for child in node.children)
            return node._replace(children=children)
        if isinstance(node, _WRAPPERS):
            return node._replace(child=self.speak(node.child, luck))
        return node

    def literal(self, luck: random.Random) -> Literal:
        """Return what is written somewhere, letter by letter."""
        text = self._passage(luck)
        found = words(text)
        first = luck.randrange(len(found))
        last = min(len(found) - 1, first + luck.randint(0, 3))
        written = " ".join(text[found[first][0] : found[last][1]].split())
        return Literal(text=written, start=0, end=19)

    def _passage(self, luck: random.Random) -> str:
        while True:
            article = luck.choice(self.articles)
            if article.passages:
                text = luck.choice(article.passages).text
                if words(text):
                    return text

    def _words(self, luck: random.Random, count: int) -> str:
        found = [folded for _, _, folded in words(self._passage(luck))]
        first = luck.randrange(max(1, len(found) - count + 1))
        return " ".join(found[first : first + count])

    def _filter(self, node: Filter, luck: random.Random) -> Filter:
        article = luck.choice(self.articles)
        tags = [tag for passage in article.passages for tag in passage.tags]
        values = {
            "source": article.source,
            "author": next(iter(article.authors), ""),
            "url": article.url,
            "path": next(iter(article.paths), ""),
            "id": article.id,
            "lang": article.language,
            "section": next((p.section[0] for p in article.passages if p.section), ""),
        }
        value = values.get(node.field, "")
        if node.field == "tag" and tags:
            tag = luck.choice(tags)
            value = luck.choice((tag.type, f"{tag.type}:{tag.value}", tag.value))
        if not value or node.field == "kind":
            return node
        if node.is_pattern:
            value = f"{''.join(value.split())[: luck.randint(1, 5)]}*"
        return node._replace(value=value)


def _draw_wildcard(luck: random.Random, word: str) -> str:
    cut = luck.randint(1, max(1, len(word) - 1))
    hole = luck.randrange(len(word))
    return luck.choice(
        (f"{word[:cut]}*", f"*{word[-cut:]}", f"{word[:hole]}?{word[hole + 1 :]}")
    )  # fmt: skip


def _misspell(luck: random.Random, word: str) -> str:
    place = luck.randrange(len(word))
    return luck.choice(
        (word[:place] + word[place + 1 :], word[:place] + "x" + word[place:], word)
    ) or word  # fmt: skip


def _draw_pattern(luck: random.Random, word: str) -> str:
    place = luck.randrange(len(word))
    if not word.isalnum() or not word.isascii():
        return "[a-c]+r.?"
    middle = luck.choice((".", "[a-m]", ".*", f"({word[place]}|x)", f"{word[place]}+"))
    return word[:place] + middle + word[place + 1 :]
