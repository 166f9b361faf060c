"""Texts with the tags that are expected in them: `She left on ⟦5 December|--12-05⟧.`"""

from __future__ import annotations

import re
from pathlib import Path

from pinakes.corpus.model import Kind
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, Tagger

_MARKED = re.compile(r"⟦([^|⟧]+)\|([^⟧]*)⟧")


def marked_texts(name: str) -> list[tuple[str, str]]:
    """Return the language and the text of each line of `marked/NAME.txt`."""
    path = Path(__file__).parent / "marked" / f"{name}.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(language, text) for language, _, text in (line.partition(" ") for line in lines)]


def passage_of(text: str, *, language: str = "en", published: str = "") -> PassageText:
    """Return a passage that is all of its article."""
    article = ArticleText(text=text, language=language, published=published)
    return PassageText(
        text=text,
        number=0,
        kind=Kind.PARAGRAPH,
        section=(),
        start=0,
        language=language,
        article=article,
    )


def found_in(passage: PassageText, tagger: Tagger) -> list[FoundTag]:
    """Return the tags of a passage by where they begin."""
    return sorted(tagger.find(passage), key=lambda tag: (tag.start, tag.end))


def mark(tagger: Tagger, marked: str, *, language: str, published: str = "") -> str:
    """Return a text with a tagger's marks in place of those that were in it."""
    text = _MARKED.sub(r"\1", marked)
    passage = passage_of(text, language=language, published=published)
    written, place = "", 0
    for tag in found_in(passage, tagger):
        written += f"{text[place : tag.start]}⟦{text[tag.start : tag.end]}|{tag.value}⟧"
        place = tag.end
    return written + text[place:]
