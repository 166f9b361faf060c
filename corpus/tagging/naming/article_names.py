"""All names of an article, short forms linked to the names in full."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from pinakes.corpus.tagging.naming.bearers import named_by_title
from pinakes.corpus.tagging.naming.beside_persons import leave_other_things
from pinakes.corpus.tagging.naming.caseless import persons_without_case, short_forms_without_case
from pinakes.corpus.tagging.naming.firms import leave_firms
from pinakes.corpus.tagging.naming.headings import leave_headings, leave_phrases
from pinakes.corpus.tagging.naming.known_organisations import known_in_run, known_without_case
from pinakes.corpus.tagging.naming.lexicon import Lexicon, lexicon_of, words_listed
from pinakes.corpus.tagging.naming.name import Name, NameKind, free_place
from pinakes.corpus.tagging.naming.organisation_patterns import (
    acronym_after,
    lower_head_before,
    organisations_by_pattern,
)
from pinakes.corpus.tagging.naming.organisations import organisations_in, with_lower_words
from pinakes.corpus.tagging.naming.persons import persons_in
from pinakes.corpus.tagging.naming.reading import Reading
from pinakes.corpus.tagging.naming.runs import Run, has_idle_capitals, runs_in
from pinakes.corpus.tagging.naming.short_forms import FullNames, full_names
from pinakes.corpus.tagging.tagger import ArticleText, PassageText

__all__ = ["Name", "NameKind", "names_in", "read_names"]

# Ranges are found faster than the class of all letters, which takes what they leave.
_LETTERS = "a-zA-Z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0388-\u03f5\u03f7-\u0481\u048a-\u052f"
_LOWER_WORD = re.compile(
    rf"(?<![^\W_])[a-zß-öø-ÿа-яёіїєґğışəα-ω](?:[{_LETTERS}]+(?![^\W\d_])|[^\W\d_]+)"
)
# So many words of states and courts are evidence for an acronym of theirs.
_FEWEST_TELLING = 2
_NO_CASE = frozenset(("ar", "fa", "he", "zh", "ja", "ur", "ps", "ckb", "yi", "ko", "th", "hi"))


def names_in(passage: PassageText) -> tuple[Name, ...]:
    """Return the names of a passage by where they start; no two overlap."""
    known = passage.article.once(read_names)
    if passage.number in known and passage in passage.article.passages:
        return known[passage.number]
    alone = ArticleText(text=passage.text, language=passage.article.language, passages=(passage,))
    return read_names(alone).get(passage.number, ())


def read_names(article: ArticleText) -> Mapping[int, tuple[Name, ...]]:
    """Return the names of each passage of an article, by the passage's number."""
    lower_words = frozenset(_LOWER_WORD.findall(article.text))
    readings = [_read(passage, lower_words) for passage in article.passages]
    _leave_doubtful(readings, lower_words)
    for reading, names in named_by_title(readings):
        reading.names[:] = _apart([*reading.names, *names])
    leave_headings(readings)
    leave_phrases(readings, lower_words)
    leave_firms(readings)
    leave_other_things(readings)
    full = full_names(readings)
    persons = {
        name.value for each in readings for name in each.names if name.kind is NameKind.PERSON
    }
    return {
        reading.passage.number: tuple(
            _linked_without_case(reading, persons)
            if reading.passage.language in _NO_CASE
            else _linked(reading, full, lower_words)
        )
        for reading in readings
    }


def _leave_doubtful(readings: list[Reading], lower_words: frozenset[str]) -> None:
    """Take away the doubtful acronyms of an article that tells nothing else of whom they name."""
    names = [name for reading in readings for name in reading.names]
    doubtful = {name.value for name in names if name.is_doubtful}
    if not doubtful or len(lower_words & words_listed("institutions")) >= _FEWEST_TELLING:
        return
    doubtful -= {name.value for name in names if not name.is_doubtful}
    for reading in readings:
        reading.names[:] = (
            name for name in reading.names if not (name.is_doubtful and name.value in doubtful)
        )


def _read(passage: PassageText, lower_words: frozenset[str]) -> Reading:
    text, language = passage.text, passage.language
    names = [*known_without_case(text), *persons_without_case(text, language)]
    if language in _NO_CASE:
        return Reading(passage, _apart(names), [])
    runs = list(runs_in(text, language))
    lexicon = lexicon_of(language)
    if has_idle_capitals(text, passage.kind):
        if not text.isupper():
            for run in runs:
                names += (name for name in known_in_run(run, text, language) if " " in name.value)
        return Reading(passage, _apart(names), runs)
    by_pattern = list(organisations_by_pattern(text, language))
    for run in runs:
        if len(run) == 1 and run[0].bare in lexicon.stop_words:
            continue
        first, end = run[0].start, run[-1].end
        organisations = [
            *known_in_run(run, text, language),
            *organisations_in(run, text, lexicon, lower_words),
            *(name for name in by_pattern if first < name.end and name.start <= end),
        ]
        organisations = _apart(organisations) if organisations else organisations
        if not organisations or organisations[0].start > first:
            organisations = [*_with_lower_head(run, text, lexicon), *organisations]
        names += organisations
        for part in _rest(run, organisations) if organisations else (run,):
            names += persons_in(part, text, lexicon, lower_words)
    names += by_pattern
    return Reading(passage, _with_acronyms(_apart(names), text), runs)


def _with_lower_head(run: Run, text: str, lexicon: Lexicon) -> list[Name]:
    head = lower_head_before(text, run[0].start, lexicon)
    if head is None or not run[0].has_capital:
        return []
    end = run[0].end
    start = text.rindex(head, 0, run[0].start)
    reason = f"words of an organisation's name: {head}"
    name = Name(NameKind.ORGANISATION, text[start:end], start, end, reason)
    return [with_lower_words(name, text, lexicon)]


def _rest(run: Run, organisations: list[Name]) -> Iterator[Run]:
    """Yield the parts of a run that no organisation covers."""
    part: Run = []
    for word in run:
        if any(name.start <= word.start < name.end for name in organisations):
            if part:
                yield part
            part = []
        else:
            part.append(word)
    if part:
        yield part


def _apart(names: Iterable[Name]) -> list[Name]:
    """Return names that do not overlap, the longer before the shorter, by where they start."""
    kept: list[Name] = []
    # All of a name decides, so that every process keeps the same one.
    for name in sorted(set(names), key=_by_length):
        place = free_place(kept, name.start, name.end)
        if place is not None:
            kept.insert(place, name)
    return kept


def _by_length(name: Name) -> tuple[int, int, bool, Name]:
    """Return what puts the longest name first; one told by its words last of those as long."""
    is_by_words = name.reason.startswith("words of an organisation's name: ")
    return name.start - name.end, name.start, is_by_words, name


def _with_acronyms(names: list[Name], text: str) -> list[Name]:
    added = []
    for name in names:
        if name.kind is NameKind.ORGANISATION:
            found = acronym_after(text, name.end, text[name.start : name.end])
            if found is not None:
                acronym, start, end = found
                reason = f"acronym {acronym} of {name.value}"
                added.append(Name(NameKind.ORGANISATION, name.value, start, end, reason, True))
    return _apart([*names, *added]) if added else names


def _linked(reading: Reading, full: FullNames, lower_words: frozenset[str]) -> Iterator[Name]:
    """Yield a passage's names with the values of the article, and the short forms of them."""
    names = [full.in_full(name, reading) for name in reading.names]
    lexicon = lexicon_of(reading.passage.language)
    short = full.short_forms(reading, lower_words, lexicon)
    yield from _apart_in_order(names, short)


def _linked_without_case(reading: Reading, persons: Collection[str]) -> list[Name]:
    short = short_forms_without_case(reading.passage.text, persons)
    return _apart_in_order(reading.names, short)


def _apart_in_order(names: list[Name], short: Iterable[Name]) -> list[Name]:
    added = list(short)
    if added and names:
        taken = {place for name in names for place in range(name.start, name.end)}
        added = [name for name in added if taken.isdisjoint(range(name.start, name.end))]
    return sorted([*names, *added], key=lambda name: name.start)
