"""Puts the passages of an article through taggers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from typing import NamedTuple

from pinakes.corpus.loggers import logger_of
from pinakes.corpus.model import UNKNOWN_LANGUAGE
from pinakes.corpus.passage_table import KINDS, PassageTable, TagPattern
from pinakes.corpus.structure_tags import RULE as STRUCTURE
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, Tagger

MAX_TAGS = 1_000
"""How many tags of one passage a tagger may find: one that finds more is at fault."""
MAX_VALUE_CHARS = 2_000

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_VARIANT = re.compile(r"(?:[a-z]+(?:-[a-z]+)*)?")
# A passage may have hundreds of tags, and the call of their class takes twice as long.
_pattern_of: Callable[[tuple[str, str, str, tuple[int, int] | None]], TagPattern] = partial(
    tuple.__new__, TagPattern
)
_log = logger_of(__name__)


class TagError(ValueError):
    """What a tagger found is no tag of the passage it was given."""


class ArticleFacts(NamedTuple):
    """What taggers may know of an article beside its text; attributes as of `ArticleText`."""

    language: str = UNKNOWN_LANGUAGE
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    key: int | None = None


class TaggedPassages(NamedTuple):
    """The passages of an article after taggers have seen them.

    Attributes:
        table: With their tags beside those that were there.
        failed: By the name of a tagger that failed, why; none of its tags is there.
    """

    table: PassageTable
    failed: Mapping[str, str]


def article_text(passages: PassageTable, facts: ArticleFacts) -> ArticleText:
    """Return an article as taggers see it."""
    seen: list[PassageText] = []
    article = ArticleText(
        text=passages.text,
        language=facts.language,
        title=facts.title,
        authors=facts.authors,
        published=facts.published,
        passages=seen,
        key=facts.key,
    )
    told = [_told_language(tags) or facts.language for tags in passages.tag_lists]
    places = zip(
        passages.starts,
        passages.ends,
        passages.kinds,
        passages.section_of,
        passages.tag_list_of,
        strict=True,
    )
    # No passage is built for this, nor any of its tags.
    seen += (
        PassageText(
            text=passages.text[start:end],
            number=number,
            kind=KINDS[kind],
            section=passages.sections[section],
            start=start,
            language=told[tag_list],
            article=article,
        )
        for number, (start, end, kind, section, tag_list) in enumerate(places)
    )
    return article


def _told_language(tags: Iterable[TagPattern]) -> str:
    """Return the language that a passage is told to be in, other than its article; maybe none."""
    told = [value for type_, value, rule, _ in tags if type_ == "lang" and rule == STRUCTURE]
    return told[0] if told else ""


def tag_passages(
    passages: PassageTable, facts: ArticleFacts, taggers: Sequence[Tagger]
) -> TaggedPassages:
    """Return the passages with the tags that `taggers` find in them.

    A tagger that raises, or yields what is no tag of the passage, has no tags in the article at
    all; the others have theirs. Neither texts nor offsets change.
    """
    found = find_in_article(passages, facts, taggers)
    return TaggedPassages(table=with_tags(passages, found.of_passages), failed=found.failed)


class ArticleTags(NamedTuple):
    """What taggers find in an article.

    Attributes:
        of_passages: The tags of each passage.
        failed: By the name of a tagger that failed, why; none of its tags is there.
    """

    of_passages: Sequence[Sequence[TagPattern]]
    failed: Mapping[str, str]

    @property
    def is_any(self) -> bool:
        """Whether there is any tag."""
        return any(self.of_passages)


def find_in_article(
    passages: PassageTable, facts: ArticleFacts, taggers: Sequence[Tagger]
) -> ArticleTags:
    """Return the tags that `taggers` find, as `tag_passages` adds them."""
    article = article_text(passages, facts)
    found: list[list[TagPattern]] = [[] for _ in article.passages]
    failed: dict[str, str] = {}
    for tagger in taggers:
        try:
            of_tagger = [_find(tagger, passage) for passage in article.passages]
        except Exception as error:  # noqa: BLE001 - one tagger must not stop the others.
            failed[tagger.name] = f"{type(error).__name__}: {error}"
            _log.debug("tagger %s", tagger.rule(), exc_info=True)
            continue
        for tags, more in zip(found, of_tagger, strict=True):
            tags.extend(more)
    return ArticleTags(of_passages=found, failed=failed)


def find_tags(tagger: Tagger, passage: PassageText) -> Iterator[tuple[TagPattern, FoundTag]]:
    """Yield the tags that a tagger finds in a passage, each once, with what it says of them.

    Of those alike but for their variants, the surest counts, the first one among equals.

    Raises:
        TagError: It yields what is no tag of the passage.
    """
    return _read_tags(tagger.find(passage), tagger, passage)


def _read_tags(
    found: Iterable[FoundTag], tagger: Tagger, passage: PassageText
) -> Iterator[tuple[TagPattern, FoundTag]]:
    best: dict[tuple[str, str, int, int], FoundTag] = {}
    for number, each in enumerate(islice(found, MAX_TAGS + 1)):
        if number == MAX_TAGS:
            raise TagError(f"more than {MAX_TAGS:,} tags in one passage")
        _check(each, tagger, passage)
        place = each.type, each.value, each.start, each.end
        if place not in best or each.confidence > best[place].confidence:
            best[place] = each
    for each in best.values():
        is_whole = each.start == 0 and each.end == len(passage.text)
        span = None if is_whole else (each.start, each.end)
        value, _ = _tidied(each.value)
        yield TagPattern(each.type, value, tagger.rule(each.variant), span), each


def tidy_value(value: str) -> str:
    """Return a value as tags have it: without white space around it, single spaces within."""
    return " ".join(value.split())


def is_value(value: str, *, max_chars: int = MAX_VALUE_CHARS) -> bool:
    """Tell whether a tag may have a tidy value: it is not empty, and has no sign of control."""
    return 0 < len(value) <= max_chars and not _UNFIT.search(value)


def _find(tagger: Tagger, passage: PassageText) -> Sequence[TagPattern]:
    if tagger.places is not None:
        patterns = _read_places(tagger.places(passage), tagger, passage)
        if patterns is not None:
            return patterns
    found = tagger.find(passage)
    # So it is with most passages where a tagger knows beforehand where to look.
    if found == ():
        return []
    return [pattern for pattern, _ in _read_tags(found, tagger, passage)]


def _read_places(
    places: Sequence[tuple[int, int, str]], tagger: Tagger, passage: PassageText
) -> Sequence[TagPattern] | None:
    """Return the tags at some places, for half of what `_read_tags` takes; None if any is none."""
    if not places:
        return ()
    if len(places) > MAX_TAGS:
        return None
    (type_,), rule, length = tagger.types, tagger.rule(), len(passage.text)
    patterns: list[TagPattern] = []
    for start, end, value in places:
        tidy, is_fit = _tidied(value)
        if not (is_fit and 0 <= start < end <= length):
            return None
        span = None if end - start == length else (start, end)
        patterns.append(_pattern_of((type_, tidy, rule, span)))
    return patterns


@lru_cache(maxsize=1024)
def _tidied(value: str) -> tuple[str, bool]:
    """Return a value as tags have it, and whether a tag may have it."""
    tidy = tidy_value(value)
    return tidy, is_value(tidy)


def _check(found: FoundTag, tagger: Tagger, passage: PassageText) -> None:
    if not isinstance(found, FoundTag):
        raise TagError(f"{type(found).__name__} where a FoundTag should be")
    if found.type not in tagger.types:
        raise TagError(f"a tag of type {found.type!r}, which it does not say it makes")
    if not isinstance(found.value, str):
        raise TagError(f"a value of {found.value!r:.60}; expected text")
    value, is_fit = _tidied(found.value)
    if not is_fit:
        raise TagError(
            f"a value of {value!r:.60}; expected up to {MAX_VALUE_CHARS:,} characters, none of "
            "them a sign of control"
        )
    start, end = found.start, found.end
    is_inside = type(start) is type(end) is int and 0 <= start < end <= len(passage.text)
    if not is_inside:
        raise TagError(f"a tag at {start!r} to {end!r} of {len(passage.text)} characters")
    if found.variant != "" and not (
        isinstance(found.variant, str) and _VARIANT.fullmatch(found.variant)
    ):
        raise TagError(f"a variant of {found.variant!r:.60}; expected letters and hyphens")
    if not 0 < found.confidence <= 1:
        raise TagError(f"a confidence of {found.confidence!r:.60}; expected above 0, up to 1")


def with_tags(passages: PassageTable, tags: Sequence[Iterable[TagPattern]]) -> PassageTable:
    """Return passages with more tags: for each passage in order, those to be added to its own."""
    lists: dict[tuple[TagPattern, ...], int] = {}
    places: list[int] = []
    memory: dict[int, int] = {}
    for old, more in zip(passages.tag_list_of, map(tuple, tags), strict=True):
        if not more and old in memory:
            places.append(memory[old])
            continue
        both = tuple(passages.tag_lists[old])
        if more:
            both = tuple(sorted({*both, *more}, key=TagPattern.order))
        place = lists.setdefault(both, len(lists))
        if not more:
            memory[old] = place
        places.append(place)
    return replace(passages, tag_lists=list(lists), tag_list_of=places)


def only_tags(passages: PassageTable, is_kept: Callable[[TagPattern], bool]) -> PassageTable:
    """Return passages with those of their tags that are kept."""
    lists: dict[tuple[TagPattern, ...], int] = {}
    moved = [
        lists.setdefault(tuple(filter(is_kept, tags)), len(lists)) for tags in passages.tag_lists
    ]
    places = [moved[place] for place in passages.tag_list_of]
    return replace(passages, tag_lists=list(lists), tag_list_of=places)


@lru_cache(maxsize=1024)
def rule_name(rule: str) -> str:
    """Return the name of the tagger that made tags with this rule: of `law.short/2`, `law`."""
    return rule.partition("/")[0].partition(".")[0]


def without_rules(passages: PassageTable, names: Collection[str]) -> PassageTable:
    """Return passages without the tags that the taggers of these names have made."""
    return only_tags(passages, lambda tag: rule_name(tag.rule) not in names)
