"""Tags places: countries and their people, regions, capitals and larger cities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pinakes.corpus.tagging.gazetteer import Match
from pinakes.corpus.tagging.places.names import places_in
from pinakes.corpus.tagging.places.place import Needs, Place, PlaceKind
from pinakes.corpus.tagging.places.surroundings import begins_sentence, is_of_something_else
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, tagger

_Found = list[tuple[int, int, Place]]
_LOCATED = re.compile(
    r"(?i)\b(?:in|near|outside|around|city of|town of|bei|nach|aus|à|en|cerca de|près de)\s$"
)
_LOCATIVE = re.compile(r"['’](?:d[ae]n?|t[ae]n?)\b")
_STATE = re.compile(
    r",\s(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]"
    r"|UT|V[AT]|W[AIVY]|Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|Mass|Mich|Minn|Miss|Mo|Neb"
    r"|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Wash|Wis)\b"
)
_COMMA = re.compile(r",\s")


@tagger("place", version=1, types=("place",))
def tag_places(passage: PassageText) -> Iterator[FoundTag]:
    """Yield `place:Geneva` on the name of a place, `place:Turkey` on `Turkish` too."""
    named = passage.article.once(_countries_named)
    for start, end, place in _weigh(passage.text, passage.language, named):
        people = place.kind is PlaceKind.DEMONYM
        yield FoundTag(
            type="place",
            value=place.name,
            start=start,
            end=end,
            reason=_reason(place),
            variant="demonym" if people else "",
        )


def _reason(place: Place) -> str:
    if place.kind is PlaceKind.DEMONYM:
        return f"people or things of {place.name}"
    if place.needs is Needs.NOTHING:
        return f"a {place.kind} on the list of places"
    return f"a {place.kind} on the list of places, told from its namesakes by what is around it"


def _countries_named(article: ArticleText) -> frozenset[str]:
    """Return the codes of the countries that an article names, or whose cities, beyond doubt."""
    parts: Iterable[tuple[str, str]] = [(one.text, one.language) for one in article.passages]
    codes = (
        place.country
        for text, language in parts or [(article.text, article.language)]
        for _, _, place in _weigh(text, language, frozenset())
    )
    return frozenset(filter(None, codes))


def _weigh(text: str, language: str, named: frozenset[str]) -> _Found:
    """Return which names of a text are of places, where the article names those countries."""
    matches = list(places_in(language).find(text))
    found: _Found = []
    for number, match in enumerate(matches):
        place = match.entries[0].value
        start, end = match.start, match.end
        if is_of_something_else(text, start, end, place, language):
            continue
        if _has_what_it_needs(text, matches, number, named):
            found.append((start, end, place))
    return found


def _has_what_it_needs(
    text: str, matches: Sequence[Match[Place]], number: int, named: frozenset[str]
) -> bool:
    match = matches[number]
    place = match.entries[0].value
    if place.needs is Needs.NOTHING:
        return True
    if place.needs is Needs.INNER:
        return not begins_sentence(text, match.start)
    if place.needs is Needs.CONTEXT:
        return bool(place.evidence & named)
    if _is_told_after(text, matches, number):
        return True
    if place.country not in named:
        return False
    before = text[max(0, match.start - 12) : match.start]
    return bool(_LOCATED.search(before) or _LOCATIVE.match(text, match.end))


def _is_told_after(text: str, matches: Sequence[Match[Place]], number: int) -> bool:
    """Whether the country or the state of a city follows it after a comma."""
    match = matches[number]
    country = match.entries[0].value.country
    if country == "US" and _STATE.match(text, match.end):
        return True
    if number + 1 == len(matches) or not _COMMA.fullmatch(
        text, match.end, matches[number + 1].start
    ):
        return False
    after = matches[number + 1].entries[0].value
    return after.country == country and after.kind in (PlaceKind.COUNTRY, PlaceKind.REGION)
