"""Finds every mention of a law in a text, seen in its article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pinakes.corpus.tagging.gazetteer import Entry
from pinakes.corpus.tagging.laws.citations import FROM_NAME, TO_NAME, Citation, find_citations
from pinakes.corpus.tagging.laws.instruments import gazetteers_for
from pinakes.corpus.tagging.laws.mention import Evidence, Instrument, Mention
from pinakes.corpus.tagging.laws.resolutions import Bodies, bodies_of, find_resolutions
from pinakes.corpus.tagging.laws.short_names import Known, find_short_names
from pinakes.corpus.tagging.laws.spans import Near, Taken
from pinakes.corpus.tagging.laws.statutes import find_statutes

_YEAR_BEFORE = re.compile(r"\b(1[6-9]\d\d|20\d\d)\s$")
_YEAR_AFTER = re.compile(
    r",?\s(?:(?:of|von|de|от|del|سنة|لعام|لسنة|عام)\s)?\(?(1[6-9]\d\d|20\d\d)\)?(?:\sгода)?"
)
# A protocol is another instrument than what it is to.
_OF_PROTOCOL = re.compile(
    r"\b[Pp]roto[ck]ol(?:l|e|o)?\b(?:\s(?:No\.?|Nr\.?|n[°º]|núm\.))?\s?\w{0,5}"
    r"(?:\s(?:[Aa]dditional|additionnel|adicional|facultatif|facultativo))?"
    r"\s(?:to|zu[rm]?|zu den|aux?|à|al?)\s(?:(?:the|la|los|den|l['’])\s?)?$"
)
_AROUND = 80
"""How near words of law stand, in code points, that are evidence for a short form."""
# How far from a law its article may be cited.
_LONGEST_GAP = 80
_LATEST_START, _YEARS_TO_SIGN = 6, 2
_LAW_WORDS = re.compile(
    r"(?i)\bratif|\btreaty\b|\btreaties\b|\bsignator|\bstates?\spart(?:y|ies)\b"
    r"|\binternational law\b"
    r"|\bvölkerrecht|\bvertragsstaat|\bdroit international|\bderecho internacional|ратифи"
    r"|международн\w+ прав\w\b|государств\w*-участни|uluslararası hukuk|taraf devlet|القانون الدولي"
)
_TURKISH_ARTICLE = re.compile(
    r"(?:['’]\w{1,5})?\s(?:\w+\s)?(?P<number>\d{1,3})(?:\.|['’]?\s?[a-zçğıöşü]{1,5})\s[Mm]adde\w*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A form of a list in a text, not yet weighed.

    Attributes:
        start: First code point.
        end: One past the last code point.
        form: As the list has it.
        instrument: What it may stand for.
        defined: Whether it stands in brackets after the long name.
    """

    start: int
    end: int
    form: str
    instrument: Instrument
    defined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LawContext:
    """What an article says of law as a whole.

    Attributes:
        known: The instruments that it names beyond doubt.
        defined: Short forms that it gives in brackets after the long name.
        bodies: Which bodies that resolve it names.
    """

    known: Known
    defined: frozenset[str]
    bodies: Bodies


def read_context(text: str, sightings: Iterable[Sighting]) -> LawContext:
    """Return what an article of that text and those sightings says of law."""
    sightings = list(sightings)
    names = [one.instrument.name for one in sightings if one.instrument.evidence is Evidence.NONE]
    return LawContext(
        known=Known(frozenset(names)),
        defined=frozenset(one.form for one in sightings if one.defined),
        bodies=bodies_of(text),
    )


def find_sightings(text: str, language: str) -> list[Sighting]:
    """Return where forms of the lists stand, in order; of those that overlap the longest."""
    matches = [match for one in gazetteers_for(language) for match in one.find(text)]
    matches.sort(key=lambda match: (match.start - match.end, match.start))
    taken = Taken(len(text))
    sightings: list[Sighting] = []
    for match in matches:
        if taken.overlaps(match.start, match.end) or _is_shouted(text, match.start, match.end):
            continue
        taken.add(match.start, match.end)
        if instrument := _only_one(match.entries):
            sightings.append(
                Sighting(
                    start=match.start,
                    end=match.end,
                    form=match.entries[0].form,
                    instrument=instrument,
                    defined=False,
                )
            )
    return _with_definitions(text, sorted(sightings, key=lambda one: one.start))


def find_laws(
    text: str, language: str, sightings: Sequence[Sighting], context: LawContext
) -> list[Mention]:
    """Return what `text` names of law, in order of place; articles beside their instruments."""
    patterns = (*find_resolutions(text, context.bodies), *find_statutes(text, language))
    if not (sightings or patterns or context.known.names):
        return []
    citations = list(find_citations(text))
    instruments = list(_instruments(text, sightings, citations, context))
    taken = Taken(len(text), ((one.start, one.end) for one in instruments))
    for mention in patterns:
        if not taken.overlaps(mention.start, mention.end):
            taken.add(mention.start, mention.end)
            instruments.append(mention)
    instruments += find_short_names(text, citations, context.known, taken)
    articles = list(_articles(text, citations, instruments))
    if language == "tr":
        articles += [article for one in instruments for article in _turkish_articles(text, one)]
    named = [one for one in instruments if one.end > one.start and one.reason != Known.REASON]
    return sorted({*named, *articles}, key=lambda one: (one.start, one.end, one.name))


def _with_definitions(text: str, sightings: list[Sighting]) -> list[Sighting]:
    """Mark what stands in brackets right after a longer name of the same instrument."""
    for place in range(1, len(sightings)):
        before, one = sightings[place - 1], sightings[place]
        gap = text[before.end : one.start]
        if before.instrument.name == one.instrument.name and gap.strip(' "“„«') == "(":
            sightings[place] = Sighting(
                start=one.start,
                end=one.end,
                form=one.form,
                instrument=one.instrument,
                defined=True,
            )
    return sightings


def _instruments(
    text: str, sightings: Sequence[Sighting], citations: list[Citation], context: LawContext
) -> Iterator[Mention]:
    near = Near((each.start, each.end) for each in citations)
    for one in sightings:
        evidence, name = one.instrument.evidence, one.instrument.name
        sure = evidence is Evidence.NONE or one.defined or one.form in context.defined
        sure = sure or any(
            _is_cited(text, one.start, one.end, citations[number])
            for number in (
                *near.ending(one.start - _LONGEST_GAP, one.start),
                *near.starting(one.end, one.end + _LONGEST_GAP),
            )
        )
        if not sure and evidence is Evidence.CONTEXT:
            around = text[max(0, one.start - _AROUND) : one.end + _AROUND]
            sure = name in context.known.names or bool(_LAW_WORDS.search(around))
        if not sure or _OF_PROTOCOL.search(text, max(0, one.start - _AROUND), one.start):
            continue
        span = _with_year(text, one)
        if span:
            reason = f"`{one.form}` is on the list of laws"
            yield Mention(start=span[0], end=span[1], name=name, reason=reason)


def _with_year(text: str, one: Sighting) -> tuple[int, int] | None:
    """Return the span with its year; nothing where the year is another treaty's."""
    start, end, year = one.start, one.end, one.instrument.year
    before = _YEAR_BEFORE.search(text, max(0, start - _LATEST_START), start)
    if before and year:
        if abs(int(before[1]) - int(year)) > _YEARS_TO_SIGN:
            return None
        start = before.start()
    after = _YEAR_AFTER.match(text, end)
    if after and after[1] == year and (after[0].count("(") == after[0].count(")")):
        end = after.end()
    return start, end


def _articles(
    text: str, citations: Sequence[Citation], named: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield the articles of citations, of the law named right after each, or else before it."""
    near = Near((one.start, one.end) for one in named)
    for citation in citations:
        around = (
            *near.starting(citation.end, citation.end + _LONGEST_GAP),
            *near.ending(citation.start - _LONGEST_GAP, citation.start),
        )
        beside = [named[number] for number in sorted(set(around))]
        cited = [one for one in beside if _is_cited(text, one.start, one.end, citation)]
        for one in sorted(cited, key=lambda one: one.start < citation.start)[:1]:
            start, end = min(citation.start, one.start), max(citation.end, one.end)
            # `(Art. 7)` is cited with both of its brackets.
            after = text[one.end : end]
            end += after.count("(") > after.count(")") and text.startswith(")", end)
            for article in citation.articles:
                yield _article(start, end, f"{one.name}, {article}")


def _turkish_articles(text: str, instrument: Mention) -> Iterator[Mention]:
    """Yield the article whose number follows: `Sözleşme'nin 13. maddesi`."""
    if found := _TURKISH_ARTICLE.match(text, instrument.end):
        name = f"{instrument.name}, Article {found['number']}"
        yield _article(instrument.start, found.end(), name)


def _article(start: int, end: int, name: str) -> Mention:
    reason = "cited with its instrument"
    return Mention(start=start, end=end, name=name, reason=reason, variant="article")


def _is_cited(text: str, start: int, end: int, citation: Citation) -> bool:
    if citation.end <= start:
        return bool(TO_NAME.fullmatch(text, citation.end, start))
    return citation.start >= end and bool(FROM_NAME.fullmatch(text, end, citation.start))


def _only_one(entries: Sequence[Entry[Instrument]]) -> Instrument | None:
    names = {entry.value.name for entry in entries}
    return entries[0].value if len(names) == 1 else None


def _is_shouted(text: str, start: int, end: int) -> bool:
    """Whether a word in capitals stands among others, where it may be any word (`CITES`)."""
    if " " in text[start:end] or not text[start:end].isupper():
        return False
    around = (text[max(0, start - 24) : start] + text[end : end + 24]).split()
    words = [word for word in around[1:-1] if word.isalpha()]
    return bool(words) and all(word.isupper() for word in words)
