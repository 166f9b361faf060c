"""Judges the taggers on annotated articles, and tells how they did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.tagging.annotations import TYPES, AnnotatedArticle
from bench.tagging.running import as_article, find_tags
from bench.tagging.scoring import Judged, Outcome, Tally, judge, tally
from bench.tagging.values import SameNames
from pinakes.corpus.tagging.tagger import Tagger


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One tag, judged, with where it stands.

    Attributes:
        article: Name of the article's file.
        passage: Number of the passage, counting from 0.
        rule: What made it; empty if it is missing.
    """

    article: str
    language: str
    passage: int
    text: str
    rule: str
    judged: Judged


def measure(
    articles: Iterable[AnnotatedArticle],
    taggers: Sequence[Tagger],
    same: SameNames,
    *,
    types: Collection[str] = TYPES,
) -> list[Measured]:
    """Judge every tag of these types in the articles."""
    return [each for article in articles for each in _measure(article, taggers, same, types)]


def _measure(
    article: AnnotatedArticle, taggers: Sequence[Tagger], same: SameNames, types: Collection[str]
) -> Iterator[Measured]:
    found = find_tags(as_article(article), taggers)
    for number, (passage, tags) in enumerate(zip(article.passages, found, strict=True)):
        rules = {id(tag): rule for rule, tag in tags}
        chosen = [tag for _, tag in tags]
        for judged in judge(passage.text, passage.annotations, chosen, same):
            if judged.type not in types:
                continue
            yield Measured(
                article=article.name,
                language=article.language,
                passage=number,
                text=passage.text,
                rule=rules.get(id(judged.found), ""),
                judged=judged,
            )


def tally_by_type(measured: Iterable[Measured]) -> dict[str, Tally]:
    """Return a tally a type, in the order of `TYPES`; types without any tag are left out."""
    grouped: dict[str, list[Judged]] = defaultdict(list)
    for each in measured:
        grouped[each.judged.type].append(each.judged)
    return {type_: tally(grouped[type_]) for type_ in TYPES if type_ in grouped}


def tally_by_language(measured: Iterable[Measured]) -> dict[str, dict[str, Tally]]:
    """Return for each language, sorted, a tally a type."""
    grouped: dict[str, list[Measured]] = defaultdict(list)
    for each in measured:
        grouped[each.language].append(each)
    return {language: tally_by_type(grouped[language]) for language in sorted(grouped)}


def as_json(measured: Iterable[Measured]) -> dict[str, dict[str, Any]]:
    """Return counts, and strict and loose precision, recall and F1, by type."""
    figures = {}
    for type_, counts in tally_by_type(measured).items():
        precision, recall, f1 = counts.scores(is_strict=True)
        loose_precision, loose_recall, loose_f1 = counts.scores(is_strict=False)
        figures[type_] = {
            "annotated": counts.annotated,
            "found": counts.found,
            "right": counts.strict,
            "precision": precision,
            "recall": recall,
            "f1": f1,
            "loose_precision": loose_precision,
            "loose_recall": loose_recall,
            "loose_f1": loose_f1,
        }
    return figures


def tell_wrong(measured: Iterable[Measured]) -> Iterator[str]:
    """Yield a line for each tag that is wrong or missing, by type."""
    for each in sorted(measured, key=lambda each: each.judged.type):
        judged = each.judged
        if judged.outcome in (Outcome.RIGHT, Outcome.OPTIONAL):
            continue
        parts = [f"{judged.type}, {judged.outcome}: {each.article}#{each.passage}"]
        if judged.found is not None:
            words = each.text[judged.found.start : judged.found.end]
            parts.append(f"found {words!r} = {judged.found.value} ({each.rule})")
        if judged.annotation is not None:
            words = each.text[judged.annotation.start : judged.annotation.end]
            parts.append(f"expected {words!r} = {' or '.join(judged.annotation.values)}")
        yield "  ".join(parts)
