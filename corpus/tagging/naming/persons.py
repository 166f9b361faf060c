"""Persons, told by titles, names, initials, forms of family names and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pinakes.corpus.tagging.naming.declension import nominative, nominative_given
from pinakes.corpus.tagging.naming.lexicon import Lexicon, given_names, lexicon_of, words_listed
from pinakes.corpus.tagging.naming.name import Name, NameKind
from pinakes.corpus.tagging.naming.roles import role_after
from pinakes.corpus.tagging.naming.runs import UPPER, Run, Word, starts_sentence, words_before
from pinakes.corpus.tagging.naming.things import is_place_after_title, is_thing
from pinakes.corpus.tagging.naming.titles import follows_title, part_title, whole_name

_MOST_WORDS = 4
_ORDINAL = re.compile("[IVX]{1,4}|Jr\\.?|Sr\\.?")
_LINKS = (["of"], ["de"], ["du"], ["del"], ["von"], ["des"])
_GERMAN_ARTICLES = frozenset(("der", "den"))
# `Super Anna Run`
_OF_TITLES = frozenset(("super", "grand"))
_NUMERALS = frozenset(("I.", "V.", "X."))
_INITIALS = re.compile(rf"(?:[{UPPER}]\.-?)+")
_FAMILY_FORM = re.compile(
    "(?:[oe]vi?ch|[oey]v|[oey]va|enko|chuk|shvili|adze|idze|yan|zad[ae]h?|oğlu|o[gğ]lu|ev[iı]?ć|vić|[sš]ević|sky|skiy|skyi|ski|ska|"
    "skaya|sson|sdóttir|poulos|opoulou|escu|ović|łowski|yev|yeva|"
    "ов|ова|ову|овым|овой|ев|ева|еву|евым|евой|ёв|ин|ина|ину|иным|иной|енко|чук|ский|ская|ского|скому|ским|швили|дзе|дзе|ян|яна|яну|"
    "оглы|заде|ович|евич|овна|евна|ський|ська|ського|єв|єва)$"
)
# `JTable`, not `McKay`
_OF_PROGRAMS = re.compile("[A-Z]{2}[a-z]{2}")
# `z. B.` is no initial.
_SHORTENED = re.compile(r"(?<![^\W\d_])[a-zäöü]\.[ \u00a0]?\Z")
_GENITIVE = re.compile("[аяиыуюей]$|[оеа]м$")
_ADJECTIVE = re.compile(
    "(?:ого|его|ому|ему|ых|их|ие|ия|ии|ый|ий|ая|ой|ое|ые|ым|им|ость|ства?|ний|ція|ції)$"
)
_TURKISH_POSSESSIVE = re.compile("(?:s[ıiuü](?:n[ıiuü]n?|n[dt][ae]n?)?|l[ae]r[ıi]n?(?:d[ae]n?)?)$")
_MOST_SAID, _LONGEST_SAID = 3, 40
_SAYS = re.compile(r"[”»\"’—,] ?[,—–-]* ?(?:h?a )?([^\W\d_]+) $")
AGE = re.compile(
    r"(?:, (?:aged )?\d{2}(?=[,.;]| years old\b| ans\b| años\b| лет\b| Jahre\b)| \(\d{2}\))"
)


def persons_in(
    run: Run, text: str, lexicon: Lexicon, lower_words: frozenset[str]
) -> Iterator[Name]:
    """Yield the persons named in a run, in order.

    Args:
        run: Words with capitals; none of an organisation.
        text: The passage.
        lexicon: Of the passage's language.
        lower_words: Words that the article has in lower case.
    """
    if len(run) == 1 and not follows_title(run[0], text, lexicon):
        return
    for segment in _segments(run, lexicon):
        title, words = part_title(segment, text, lexicon)
        if title and words and is_place_after_title(words, text):
            continue
        # `27 °C. Noémie Rochat …`
        if words and text[: words[0].start].endswith("°"):
            words = words[1:]
        words = _without_place(_without_tail(_without_start(words, text), lexicon), title)
        if not words or sum(word.has_capital for word in words) > _MOST_WORDS:
            continue
        if _has_german_genitive(words, lexicon):
            continue
        if lexicon.after_titles and _TURKISH_POSSESSIVE.search(words[-1].text.lower()[3:]):
            continue
        if is_thing(words, title, text) or any(_OF_PROGRAMS.match(word.text) for word in words):
            continue
        evidence = _evidence(words, title, text, lexicon, lower_words)
        if evidence is not None and not _is_called_thing(words, evidence, text, lexicon):
            yield _person(words, evidence, title, text, lexicon)


def is_initials(word: str) -> bool:
    """Whether it is nothing but initials: `J.`, `J.K.`."""
    return _INITIALS.fullmatch(word) is not None


def _segments(run: Run, lexicon: Lexicon) -> Iterator[list[Word]]:
    words: list[Word] = []
    for word in run:
        if word.has_capital:
            words.append(word)
            if not word.is_possessive:
                continue
        elif words and _joins(word, words[-1], lexicon):
            words.append(word)
            continue
        yield whole_name(words)
        words = []
    yield whole_name(words)


def _joins(word: Word, before: Word, lexicon: Lexicon) -> bool:
    """Whether a small word may be part of the name that it stands in: `van der`, but not `der`."""
    if word.text not in lexicon.particles or is_initials(before.text):
        return False
    return word.text not in _GERMAN_ARTICLES or not before.has_capital


def _without_start(words: list[Word], text: str) -> list[Word]:
    """Return what follows a word with the capital of its sentence, or a place that a title is of.

    Only if that is a given name: `Yesterday Anna Larsen`, `President of France Anna Larsen`.
    """
    names = given_names().plain
    if len(words) < 2 or words[1].text not in names or is_initials(words[0].text):
        return words
    if words[0].bare in words_listed("places") and len(words) > 2:
        return words[1:]
    if words[0].text in names or words[0].bare in _OF_TITLES:
        return words
    follows_link = words_before(text, words[0].start, 1)[:1] in _LINKS
    return words[1:] if follows_link or starts_sentence(text, words[0].start) else words


def _without_tail(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """Return the words up to the first that only ends a sentence; none if one is no person's."""
    while words and words[0].bare in lexicon.stop_words and not is_initials(words[0].text):
        words = words[1:]
    if words and words[0].bare in words_listed("place_leads"):
        return []
    leads = len(words) > 2 and words[1].text in given_names().plain
    is_led = leads and words[0].bare in words_listed("things")
    if words and (is_led or _is_no_name(words[0], lexicon)):
        words = words[1:]
        # `Phase I. Anna said …`
        if words and words[0].text in _NUMERALS:
            return []
    words = whole_name(words)
    if len(words) > 1 and words[-1].bare in lexicon.after_titles:
        words = words[:-1]
    for place, word in enumerate(words):
        if not word.has_capital or word.text in given_names().plain:
            continue
        is_last = place == len(words) - 1
        if (word.bare in lexicon.particles and not is_last) or _ORDINAL.fullmatch(word.text):
            continue
        if word.bare in lexicon.stop_words and len(word.bare) > 1:
            return whole_name(words[:place]) if place > 1 else []
        if place and _is_no_name(word, lexicon):
            return []
    return words


def _without_place(words: list[Word], title: str) -> list[Word]:
    """Return what follows a place in the genitive after a Russian title: `президент Перу Хуан …`.

    Nothing where no given name is known and the words may be what the title is over.
    """
    if not title or not words or not "\u0400" <= words[0].text[0] <= "\u04ff":
        return words
    for place, word in enumerate(words):
        if word.has_capital and (is_initials(word.text) or nominative_given(word.text)):
            return words[place:]
    first = words[0].text
    is_other = _GENITIVE.search(first) is not None and not _FAMILY_FORM.search(words[-1].text)
    return [] if is_other or _ADJECTIVE.search(first) else words


def _has_german_genitive(words: list[Word], lexicon: Lexicon) -> bool:
    """Whether a noun follows whose it is: `Anna Schmidts Haus`."""
    return lexicon.nouns_have_capitals and any(
        word.text.endswith("s") and word.has_capital for word in words[1:-1]
    )


def _is_no_name(word: Word, lexicon: Lexicon) -> bool:
    if word.text in given_names().plain:
        return False
    is_acronym = word.text.isupper() and len(word.text) > 1 and not is_initials(word.text)
    bare = word.bare
    english = lexicon_of("en")
    return (
        is_acronym
        or bare in lexicon.not_names
        or bare in lexicon.heads
        or bare in english.not_names
        or bare in english.last_heads
    )


def _is_called_thing(words: list[Word], evidence: str, text: str, lexicon: Lexicon) -> bool:
    """Whether a word for a product, a service or a trade stands in the place of a family name.

    A title, an age, a role or a verb of speaking outranks it; `Antoine de la Tour` is a name.
    """
    things = words_listed("things")
    is_thing_there = any(
        word.bare in things and before.has_capital and word.text not in given_names().plain
        for before, word in pairwise(words)
    )
    if not is_thing_there or not evidence.startswith("given name ") or "speaking" in evidence:
        return False
    end = words[-1].end
    after = text[end + 1 : end + _LONGEST_SAID].split(" ")[0].lower()
    return not (after in lexicon.says or AGE.match(text, end) or role_after(text, end, lexicon))


def _evidence(
    words: list[Word], title: str, text: str, lexicon: Lexicon, lower_words: frozenset[str]
) -> str | None:
    """Return what tells that words are a person's name, for a person; none if nothing does."""
    capitals = [word for word in words if word.has_capital]
    names = [word for word in capitals if not is_initials(word.text)]
    if not names or is_initials(capitals[-1].text) or len(names[-1].text) < 2:
        return None
    bare_title = title.lower().replace(".", "").split(" ")[-1] if title else ""
    is_weak = bare_title in lexicon.weak_titles
    first, last = names[0].text, names[-1].text
    known = given_names()
    is_known = first in known.plain or _is_declined(first)
    if len(capitals) == 1:
        is_sure = not is_weak or (first in known.plain and title[0].isupper())
        if not title or not is_sure or first.lower() in lower_words:
            return None
        return f"title {title}"
    is_doubtful = last.lower() in lower_words or (lexicon.nouns_have_capitals and not is_known)
    if title and not (is_weak and is_doubtful):
        return f"title {title}"
    is_shortened = _SHORTENED.search(text[max(0, words[0].start - 4) : words[0].start]) is not None
    is_initial = is_initials(capitals[0].text) and (len(names) == 1 or is_known)
    if is_initial and not is_shortened and last.lower() not in lower_words:
        return "initials"
    if is_known and last.lower() not in lower_words:
        return f"given name {first}"
    is_form = _FAMILY_FORM.search(last) and len(last) > 4
    is_form = is_form and not any(_ADJECTIVE.search(name.text) for name in names[:-1])
    if is_form and not _is_common(names, lower_words):
        return f"form of the family name {last}"
    return _by_what_is_said(names, text, lexicon, lower_words)


def _by_what_is_said(
    names: list[Word], text: str, lexicon: Lexicon, lower_words: frozenset[str]
) -> str | None:
    end = names[-1].end
    if _is_common(names, lower_words):
        return None
    if AGE.match(text, end):
        return "an age follows"
    if role_after(text, end, lexicon):
        return "a role follows"
    if _is_said_by(names, text, lexicon):
        return "a verb of speaking before it"
    if names[0].text in given_names().ambiguous:
        after = text[end + 1 : end + 12].split(" ")[0].lower()
        before = words_before(text, names[0].start, 1)
        if after in lexicon.says or (before and before[0] in lexicon.says):
            return f"given name {names[0].text}, a verb of speaking"
    return None


def _is_said_by(names: list[Word], text: str, lexicon: Lexicon) -> bool:
    """Whether a verb of speaking between a quotation and a name has it for a subject.

    `“…”, dijo Crescencio Bautista, …`; whoever says something without a quotation may be a firm.
    """
    if not 1 < len(names) <= _MOST_SAID or lexicon.nouns_have_capitals:
        return False
    before = text[max(0, names[0].start - _LONGEST_SAID) : names[0].start]
    found = _SAYS.search(before)
    is_end = text[names[-1].end : names[-1].end + 1] in {"", ",", "."}
    return found is not None and is_end and found[1].lower() in lexicon.says


def _is_common(names: list[Word], lower_words: frozenset[str]) -> bool:
    return any(word.text.lower() in lower_words for word in names)


def _is_declined(word: str) -> bool:
    return "\u0400" <= word[0] <= "\u04ff" and nominative_given(word) is not None


def _person(words: list[Word], evidence: str, title: str, text: str, lexicon: Lexicon) -> Name:
    start, end = words[0].start, words[-1].end
    value = " ".join(nominative(tuple(word.text for word in words)))
    role = role_after(text, end, lexicon)
    reason = evidence
    if title and title not in reason:
        reason += f"; title {title}"
    if role:
        reason += f"; role: {role}"
    return Name(NameKind.PERSON, value, start, end, reason)
