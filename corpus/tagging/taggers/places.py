"""Tags places: countries and their people, regions, capitals and larger cities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pinakes.corpus.tagging.gazetteer import Match
from pinakes.corpus.tagging.places.letters import is_of_a_program
from pinakes.corpus.tagging.places.names import places_in
from pinakes.corpus.tagging.places.place import Needs, Place, PlaceKind
from pinakes.corpus.tagging.places.scores import sides_in
from pinakes.corpus.tagging.places.surroundings import (
    REACH,
    begins_sentence,
    follows_a_name,
    is_of_something_else,
)
from pinakes.corpus.tagging.places.teams import is_on_sport, may_be_a_team
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, tagger
from pinakes.corpus.tagging.taggers.laws import SeenLaws, look_at_laws

_LOCATED = re.compile(
    r"\b(?:in|near|outside|around|city of|town of|bei|nach|aus|à|en|cerca de|près de)\s$"
)
_TOWARDS = re.compile(
    r"(?i)\b(?:in|near|to|from|at|of|via|through|between|outside|around|across|into|for|and|nach"
    r"|aus|von"
    r"|bei|à|de|en|a|desde|hasta|в|из|до|под)\s$"
)
_LOCATIVE = re.compile(r"['’](?:d[ae]n?|t[ae]n?)\b")
_STATE = re.compile(
    r",\s(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI"
    r"|S[CD]|T[NX]"
    r"|UT|V[AT]|W[AIVY]|Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|Mass|Mich|Minn|Miss|Mo"
    r"|Neb"
    r"|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Wash|Wis)\b"
)
# `Paris, Texas` is no capital; Georgia is a country, too.
_NAMED_STATE = re.compile(
    r",\s(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida"
    r"|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland"
    r"|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada"
    r"|New\s(?:Hampshire|Jersey|Mexico|York)|(?:North|South)\s(?:Carolina|Dakota)|Ohio|Oklahoma"
    r"|Oregon|Pennsylvania|Rhode\sIsland|Tennessee|Texas|Utah|Vermont|(?:West\s)?Virginia"
    r"|Wisconsin|Wyoming|Ontario)\b"
)
# `Rick-Australia`; but `Russia-Ukraine` is of two places.
_COMPOUND = re.compile(r"[A-ZÀ-ÝА-Я][\w.]*[-–]$")
_LIST_JOINT = re.compile(r"\s(?:y|and|und|et|ve|и|e)\s|,\s")
_OF_TEAMS = frozenset((PlaceKind.CITY, PlaceKind.REGION))
_COMMA = re.compile(r",\s")


@tagger("place", version=5, types=("place",))
def tag_places(passage: PassageText) -> Iterator[FoundTag]:
    """Yield `place:Geneva` on the name of a place, `place:Turkey` on `Turkish` too."""
    context = passage.article.once(_read_context)
    for start, end, place in _weigh(passage.text, passage.language, context):
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


class _Reading(NamedTuple):
    """The names of places in a text.

    Attributes:
        matches: What stands there.
        likely: The positions among them of those that may be places, whatever the article is about.
    """

    matches: Sequence[Match[Place]]
    likely: Sequence[int]


class _Context(NamedTuple):
    """What an article says of places as a whole.

    Attributes:
        readings: Of its passages, by text and language.
        laws: What it says of law: no place of a name is one (`Convenios de Ginebra`).
        named: Codes of the countries that it names, or whose cities or people, beyond doubt.
        surnames: Names of cities that it gives after another name, as of a person.
        is_on_sport: Whether it tells of matches, so that a city may stand for its team.
    """

    readings: Mapping[tuple[str, str], _Reading]
    laws: SeenLaws
    named: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    is_on_sport: bool = False


def _read_context(article: ArticleText) -> _Context:
    parts = [(one.text, one.language) for one in article.passages]
    parts = parts or [(article.text, article.language)]
    laws = article.once(look_at_laws)
    alone = _Context(readings={part: _read(*part, laws) for part in parts}, laws=laws)
    named: set[str] = set()
    surnames: set[str] = set()
    kinds: set[PlaceKind] = set()
    for part, reading in alone.readings.items():
        named.update(place.country for _, _, place in _weigh(*part, alone))
        for match in reading.matches:
            place = match.entries[0].value
            kinds.add(place.kind)
            before = part[0][max(0, match.start - REACH) : match.start]
            if place.kind is PlaceKind.CITY and follows_a_name(before, part[1]):
                surnames.add(place.name)
    return alone._replace(
        named=frozenset(filter(None, named)),
        surnames=frozenset(surnames),
        is_on_sport=bool(kinds & _OF_TEAMS) and is_on_sport(article.text),
    )


def _read(text: str, language: str, laws: SeenLaws) -> _Reading:
    matches = list(places_in(language).find(text))
    if not matches:
        return _Reading((), ())
    taken = [(one.start, one.end) for one in laws.sightings.get((text, language), ())]
    sides = sides_in(text, matches)
    likely = [
        number
        for number, match in enumerate(matches)
        if number not in sides
        and not any(first <= match.start and match.end <= end for first, end in taken)
        and _is_likely(text, language, matches, number)
    ]
    return _Reading(matches, likely)


def _is_likely(text: str, language: str, matches: Sequence[Match[Place]], number: int) -> bool:
    match = matches[number]
    place, start, end = match.entries[0].value, match.start, match.end
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    # Of two places side by side neither is part of the other's name: `Almanya İsviçre'de`.
    left = "" if _is_next_to_place(text, matches, number, -1) else before
    right = "" if _is_next_to_place(text, matches, number, 1) else after
    if is_of_something_else(left, text[start:end], right, place, language):
        return False
    if left and _COMPOUND.search(before) and not _is_joined(matches, number):
        return False
    return not (_is_in_a_state(text, end, place) or is_of_a_program(text, start, end, place))


def _weigh(text: str, language: str, context: _Context) -> Iterator[tuple[int, int, Place]]:
    """Yield the start, the end and the place of what names one, in an article of that context."""
    reading = context.readings.get((text, language)) or _read(text, language, context.laws)
    for number in reading.likely:
        match = reading.matches[number]
        place, start, end = match.entries[0].value, match.start, match.end
        if place.name in context.surnames:
            before = text[max(0, start - REACH) : start]
            if not _TOWARDS.search(before):
                continue
        is_team = (
            context.is_on_sport and language == "en" and may_be_a_team(text, start, end, place)
        )
        if is_team and not _is_told_after(text, reading.matches, number):
            continue
        if _has_what_it_needs(text, reading.matches, number, context.named):
            yield start, end, place


def _is_in_a_state(text: str, end: int, place: Place) -> bool:
    """Whether a state of another country than the place's follows its name."""
    if place.country in ("US", "CA", "GE"):
        return False
    found = _NAMED_STATE.match(text, end) or _STATE.match(text, end)
    # `Turkey, Georgia and Armenia` are three countries.
    is_list = place.kind is not PlaceKind.CITY and found and found[0].endswith("Georgia")
    return found is not None and not is_list


def _is_joined(matches: Sequence[Match[Place]], number: int) -> bool:
    return number > 0 and matches[number - 1].end == matches[number].start - 1


def _is_next_to_place(text: str, matches: Sequence[Match[Place]], number: int, step: int) -> bool:
    """Whether only a space or a dash parts the name from that of another place, not of people."""
    if not 0 <= number + step < len(matches):
        return False
    first, second = sorted((matches[number], matches[number + step]), key=lambda one: one.start)
    if text[first.end : second.start] not in (" ", "\u00a0", "-", "–"):
        return False
    return matches[number + step].entries[0].value.kind is not PlaceKind.DEMONYM


def _has_what_it_needs(
    text: str, matches: Sequence[Match[Place]], number: int, named: frozenset[str]
) -> bool:
    match = matches[number]
    place = match.entries[0].value
    if place.needs is Needs.NOTHING:
        return True
    if place.needs is Needs.INNER:
        return not begins_sentence(text, match.start) or _is_listed(text, matches, number)
    if place.needs is Needs.CONTEXT:
        the = text[max(0, match.start - 4) : match.start].lower() == "the "
        return bool(place.evidence & named) and not the
    if _is_told_after(text, matches, number):
        return True
    if place.country not in named:
        return False
    before = text[max(0, match.start - 12) : match.start]
    return bool(_LOCATED.search(before) or _LOCATIVE.match(text, match.end))


def _is_listed(text: str, matches: Sequence[Match[Place]], number: int) -> bool:
    """Whether another place follows in a list: `Lima y Quito`."""
    if number + 1 >= len(matches) or matches[number + 1].entries[0].value.kind is PlaceKind.DEMONYM:
        return False
    return _LIST_JOINT.fullmatch(text, matches[number].end, matches[number + 1].start) is not None


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
