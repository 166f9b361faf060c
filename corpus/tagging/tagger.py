"""What a tagger is: a pure function from a passage, seen in its article, to tags.

Whoever writes a tagger needs nothing but this module:

    @tagger("isbn", version=1, types=("isbn",))
    def tag_isbn(passage: PassageText) -> Iterator[FoundTag]:
        for found in _ISBN.finditer(passage.text):
            yield FoundTag(
                type="isbn", value=found[1], start=found.start(), end=found.end(),
                reason="ten or thirteen digits after ISBN",
            )
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from pinakes.corpus.model import UNKNOWN_LANGUAGE, Kind
from pinakes.corpus.tagging.level import TagLevel

_Facts = TypeVar("_Facts")


class FoundTag(NamedTuple):
    """A tag as a tagger found it.

    Attributes:
        type: A short lower-case name: `mentions`, `place`, `law`.
        value: What was found, in its canonical form: `1987..1989`, `Geneva`.
        start: First code point in the passage's text.
        end: One past the last code point; more than `start`.
        reason: Why it was tagged, for a person: which words, by which pattern or list.
        variant: Which of the tagger's rules found it, if that matters to whoever relies on it:
            `inferred` for a date that follows from the day of publication; lower-case letters
            and hyphens, or empty.
        confidence: Above 0 and at most 1: how often such a tag is right, where that was measured.
    """

    type: str
    value: str
    start: int
    end: int
    reason: str
    variant: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ArticleText:
    """An article as taggers see it.

    Attributes:
        text: All of it; offsets of passages count its code points.
        language: ISO 639-1 code or `und`.
        title: As chosen among its metadata; may be empty.
        authors: Names as chosen among its metadata.
        published: ISO 8601 with the precision known (`2014-03`); empty if unknown.
        passages: In order, each of which has this as its `article`.
        key: Its number in the store, if it is there already: tagged again; otherwise None.
    """

    text: str
    language: str = UNKNOWN_LANGUAGE
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    passages: Sequence[PassageText] = ()
    key: int | None = None
    _facts: dict[Callable[[ArticleText], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, work: Callable[[ArticleText], _Facts]) -> _Facts:
        """Return `work(self)`, worked out once however many passages ask for it.

        Args:
            work: A function of a module, pure: what it returns is shared and not to be changed.
        """
        found: _Facts
        if work in self._facts:
            found = self._facts[work]
        else:
            found = self._facts[work] = work(self)
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PassageText:
    """A passage as taggers see it.

    Attributes:
        text: Its words; offsets of tags count its code points.
        number: Position in the article, counting from 0.
        kind: What it is.
        section: The headings above it, outermost first.
        start: Its first code point in `article.text`.
        language: ISO 639-1 code or `und`: the article's, unless the passage is told to be in
            another.
        article: The article it stands in.
    """

    text: str
    number: int
    kind: Kind
    section: tuple[str, ...]
    start: int
    language: str
    article: ArticleText


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagger:
    """A rule that makes tags, with its name and version.

    Attributes:
        name: Lower-case letters, digits and hyphens; names are unique in an archive.
        version: Counts up from 1 with every change that may change a tag.
        types: The types of tag that it makes.
        level: The least level at which it runs.
        find: Returns the tags of a passage, in any order; pure, and the same in every process.
        mark: Of a rule of the user's, what changes with its content; else empty.
        places: Of such a rule, which has one type, returns what `find` does as start, end and value
            of each; None if it has to be asked for tags one by one.
    """

    name: str
    version: int
    types: tuple[str, ...]
    level: TagLevel
    find: Callable[[PassageText], Iterable[FoundTag]]
    mark: str = ""
    places: Callable[[PassageText], Sequence[tuple[int, int, str]]] | None = None

    def rule(self, variant: str = "") -> str:
        """Return what a tag carries as its `rule`: `mentions/2`, `mentions.inferred/2`."""
        return f"{self.name}{'.' if variant else ''}{variant}/{self.version}"


def tagger(
    name: str, *, version: int, types: tuple[str, ...], level: TagLevel = TagLevel.BASIC
) -> Callable[[Callable[[PassageText], Iterable[FoundTag]]], Tagger]:
    """Make a function a tagger. For the arguments see `Tagger`."""

    def decorate(find: Callable[[PassageText], Iterable[FoundTag]]) -> Tagger:
        return Tagger(name=name, version=version, types=types, level=level, find=find)

    return decorate
