"""Articles made up for tests of segments: few words, so that lists meet, and odd ones."""

from __future__ import annotations

from hypothesis import strategies as st

from pinakes.corpus import Article, Kind, Passage, Tag
from pinakes.indexer.segments.columns import KINDS

VOCABULARY = ("mine", "mines", "Collapse", "été", "Ёлка", "İl", "日本", "ـ", "a_b", "19", "the")


def make_article(key: int, texts: list[tuple[Kind, str]], **facts: object) -> Article:
    """An article whose passages are `texts`."""
    passages: list[Passage] = []
    start = 0
    for number, (kind, text) in enumerate(texts):
        end = start + len(text)
        tag = Tag(type="kind", value=kind.value, start=start, end=end, rule="structure/1")
        passages.append(
            Passage(
                number=number,
                kind=kind,
                section=("Background", "Née") if number % 2 else (),
                start=start,
                end=end,
                text=text,
                tags=(tag,) if number % 3 else (),
            )
        )
        start = end + 2
    defaults = {
        "id": f"{key:08x}",
        "key": key,
        "title": "",
        "text": "\n\n".join(text for _, text in texts),
        "authors": ("Jane Doé",) if key % 2 else (),
        "source": "Example.org",
        "url": f"https://e.org/{key}",
        "published": "2014-03",
        "language": "en",
        "paths": (f"News/{key % 3}/{key}.html",),
        "record": "",
        "sha256": "",
        "text_sha256": "",
        "metadata": (),
        "passages": tuple(passages),
    }
    return Article(**{**defaults, **facts})  # type: ignore[arg-type]


def article_lists(min_size: int = 0) -> st.SearchStrategy[list[Article]]:
    text = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join) | st.text(max_size=12)
    passages = st.lists(st.tuples(st.sampled_from(KINDS), text), max_size=4)
    language = st.sampled_from(["en", "ru", "de", "und", "xx"])
    article = st.tuples(passages, language, st.integers(1, 5))
    return st.lists(article, min_size=min_size, max_size=6).map(_with_keys)


def _with_keys(drawn: list[tuple[list[tuple[Kind, str]], str, int]]) -> list[Article]:
    articles, key = [], 0
    for passages, language, step in drawn:
        key += step
        articles.append(make_article(key, passages, language=language))
    return articles
