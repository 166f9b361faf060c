"""Whether the tags that were found are those that a reader gave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bench.tagging.annotations import Annotation, trim
from bench.tagging.values import SameNames
from pinakes.corpus.tagging.tagger import FoundTag

# What may be tagged inside a name without being marked there, by the type of the name.
_ALLOWED_INSIDE = {
    "law": {"mentions", "org", "number"},
    "org": {"mentions", "place"},
}
# `in the year`, `from`, `at the end of` before a date, and what follows one in other languages.
_WORDS_BEFORE = re.compile(r"(?:[^\W\d]+['’. ]? ?){0,3}\Z")
_WORDS_AFTER = re.compile(r"(?:['’]?[^\W\d]+| [^\W\d]+){0,2}")


class Outcome(StrEnum):
    """What became of a tag."""

    RIGHT = "right"
    VALUE = "value"
    SPAN = "span"
    WRONG = "wrong"
    MISSING = "missing"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A tag that was found, or should have been, or both.

    Attributes:
        outcome: `value` and `span`: of this type and on these words, but not quite right.
        found: None if it is missing.
        annotation: None if there is none for what was found.
    """

    outcome: Outcome
    type: str
    found: FoundTag | None = None
    annotation: Annotation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many tags of a type are annotated, found, and right.

    Optional tags are in none of the counts.

    Attributes:
        strict: Right in type, value and span.
        loose: Right in type, and on some of the words.
    """

    annotated: int = 0
    found: int = 0
    strict: int = 0
    loose: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            annotated=self.annotated + other.annotated,
            found=self.found + other.found,
            strict=self.strict + other.strict,
            loose=self.loose + other.loose,
        )

    def scores(self, *, is_strict: bool) -> tuple[float, float, float]:
        """Return precision, recall and F1; 1 where nothing could be wrong or missing."""
        right = self.strict if is_strict else self.loose
        precision = right / self.found if self.found else 1.0
        recall = right / self.annotated if self.annotated else 1.0
        total = self.found + self.annotated
        return precision, recall, 2 * right / total if total else 1.0


def tally(judged: Iterable[Judged]) -> Tally:
    """Count outcomes."""
    total = Tally()
    for each in judged:
        outcome = each.outcome
        if outcome is Outcome.OPTIONAL:
            continue
        total += Tally(
            annotated=int(each.annotation is not None),
            found=int(each.found is not None),
            strict=int(outcome is Outcome.RIGHT),
            loose=int(outcome in (Outcome.RIGHT, Outcome.VALUE, Outcome.SPAN)),
        )
    return total


def judge(
    text: str, annotations: Sequence[Annotation], found: Iterable[FoundTag], same: SameNames
) -> Iterator[Judged]:
    """Say of each tag of a passage whether it is right, and which are missing.

    Each annotation is found once at the most: tags that are right come first, then those on words
    that may be tagged, then those on some of the words. Tags that are alike are one.
    """
    left = sorted(
        {(tag.type, tag.value, tag.start, tag.end): tag for tag in found}.values(),
        key=lambda tag: (tag.start, -tag.end, tag.type, tag.value),
    )
    needed = [each for each in annotations if not each.is_optional]
    for tag in list(left):
        match = next((a for a in needed if _is_right(text, tag, a, same)), None)
        if match is not None:
            needed.remove(match)
            left.remove(tag)
            yield Judged(outcome=Outcome.RIGHT, type=tag.type, found=tag, annotation=match)
        elif any(a.is_optional and _is_on(text, tag, a) for a in annotations):
            left.remove(tag)
            yield Judged(outcome=Outcome.OPTIONAL, type=tag.type, found=tag)
    for annotation in list(needed):
        if parts := _parts(annotation, left, same):
            needed.remove(annotation)
            left = [tag for tag in left if tag not in parts]
            yield Judged(
                outcome=Outcome.RIGHT, type="number", found=parts[0], annotation=annotation
            )
    yield from _judge_others(text, annotations, needed, left, same)


def _parts(annotation: Annotation, tags: Sequence[FoundTag], same: SameNames) -> list[FoundTag]:
    """Return the tags of both numbers of `200,000 of 1.5 million`, if both have one."""
    values = annotation.values[0].split(" of ") if annotation.type == "number" else ()
    found = [
        next(
            (
                tag
                for tag in tags
                if tag.type == "number"
                and _overlap(tag, annotation)
                and same.is_same("number", tag.value, value)
            ),
            None,
        )
        for value in values
    ]
    return [tag for tag in found if tag] if len(found) > 1 and all(found) else []


def _judge_others(
    text: str,
    annotations: Sequence[Annotation],
    needed: list[Annotation],
    tags: Iterable[FoundTag],
    same: SameNames,
) -> Iterator[Judged]:
    """Judge tags that are not right, and say which annotations are left."""
    for tag in tags:
        near = next((a for a in needed if tag.type == a.type and _overlap(tag, a)), None)
        if near is not None:
            needed.remove(near)
            outcome = Outcome.VALUE if _is_on(text, tag, near) else Outcome.SPAN
            yield Judged(outcome=outcome, type=tag.type, found=tag, annotation=near)
        elif _is_allowed(tag, annotations, same):
            yield Judged(outcome=Outcome.OPTIONAL, type=tag.type, found=tag)
        else:
            yield Judged(outcome=Outcome.WRONG, type=tag.type, found=tag)
    for each in needed:
        yield Judged(outcome=Outcome.MISSING, type=each.type, annotation=each)


def _is_right(text: str, tag: FoundTag, annotation: Annotation, same: SameNames) -> bool:
    return _is_on(text, tag, annotation) and (
        not annotation.values
        or any(same.is_same(tag.type, tag.value, value) for value in annotation.values)
    )


def _is_on(text: str, tag: FoundTag, annotation: Annotation) -> bool:
    """Whether a tag of this type covers what it must and no more than it may, but for edges."""
    if tag.type != annotation.type:
        return False
    start, end = trim(text, tag.start, tag.end)
    core_start, core_end = trim(text, annotation.start, annotation.end)
    outer_start, outer_end = trim(text, annotation.outer_start, annotation.outer_end)
    if tag.type == "mentions":
        before = _WORDS_BEFORE.search(text, 0, outer_start)
        after = _WORDS_AFTER.match(text, outer_end)
        outer_start = before.start() if before else outer_start
        outer_end = after.end() if after else outer_end
    return min(outer_start, core_start) <= start <= core_start and core_end <= end <= max(
        outer_end, core_end
    )


def _overlap(tag: FoundTag, annotation: Annotation) -> bool:
    return tag.start < annotation.outer_end and annotation.outer_start < tag.end


def _is_allowed(tag: FoundTag, annotations: Iterable[Annotation], same: SameNames) -> bool:
    return any(
        (tag.type == a.type and a.is_optional and _overlap(tag, a))
        or (_is_inside(tag, a) and tag.type in _ALLOWED_INSIDE.get(a.type, ()))
        or (
            # The instrument beside its article, and each article of several.
            tag.type == a.type == "law"
            and _is_inside(tag, a)
            and any(same.is_part(tag.value, value) for value in a.values)
        )
        for a in annotations
    )


def _is_inside(tag: FoundTag, annotation: Annotation) -> bool:
    return annotation.outer_start <= tag.start and tag.end <= annotation.outer_end
