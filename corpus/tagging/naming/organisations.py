"""Organisations told by the words their names start or end with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pinakes.corpus.tagging.naming.known_organisations import is_known_at
from pinakes.corpus.tagging.naming.lexicon import Lexicon, given_names, words_listed
from pinakes.corpus.tagging.naming.name import Name, NameKind
from pinakes.corpus.tagging.naming.organisation_edges import is_no_name, is_other_thing, widened
from pinakes.corpus.tagging.naming.runs import Run, starts_sentence

# Links that lead to what an organisation is of, be it a day or a direction.
_OF = ("of", "for", "de", "du", "d'", "für", "по", "для", "para", "pour")
_PRODUCT_NUMBER = re.compile(r" \d")
_TURKISH_CASE = re.compile(
    "(?<=[ıiuü])(?:n(?:[ıiuü]n|[ıiuü]|[ae]|[dt][ae]n?|c[ae])|yl[ae])$|(?<=[ıiuü])['’].*$"
)
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
_SUBJECT_AFTER = re.compile(r" (?:of|for|on) (?:the )?[^\W\d_a-z]")
# `CORP`
_LONGEST_FIRM = 4
# A name of more words may have lost none but the one that starts the sentence.
_FEWEST_WHOLE = 3


def organisations_in(
    run: Run, text: str, lexicon: Lexicon, lower_words: frozenset[str]
) -> Iterator[Name]:
    """Yield the organisations that the words of a run tell, in order, not overlapping.

    Args:
        run: Words with capitals.
        text: The passage.
        lexicon: Of the passage's language.
        lower_words: Words that the article has in lower case.
    """
    heads = lexicon.heads
    if not any(word.bare in heads or _without_case(word.bare) in heads for word in run):
        return
    place = 0
    while place < len(run):
        if not run[place].has_capital:
            place += 1
            continue
        end = _end_of_segment(run, place)
        found = _by_last_head(run, place, end, lexicon)
        if found is None:
            found = _by_first_head(run, place, end, lexicon)
        if found is not None:
            first, last = _trimmed(run, *found, (text, lexicon, lower_words))
            first, last = widened(run, found[0], (first, last), text)
            is_product = _PRODUCT_NUMBER.match(text, run[last - 1].end) is not None
            is_product = is_product and run[last - 1].bare in lexicon.firms
            start, stop = run[first].start, run[last - 1].end
            is_other = is_no_name(text, start, stop, lexicon) or is_other_thing(text, stop)
            is_other = is_other or is_product or _goes_on(run, first, last, text)
            if (
                not is_other
                and _is_sound(run, first, last, lexicon)
                and not _is_common(run, first, last, lexicon, lower_words)
            ):
                yield with_lower_words(_name(run, first, last, text, lexicon), text, lexicon)
            end = found[1]
        place = end


def _end_of_segment(run: Run, place: int) -> int:
    """Return the end of the words with capitals that stand together from `place` on."""
    start = place
    while place < len(run):
        word = run[place]
        if word.is_possessive and word.bare not in words_listed("owners"):
            return place + 1
        if not word.has_capital and word.text != "&":
            return place
        # `University of Colorado Hospital July 22`
        if place > start and word.bare in words_listed("calendar"):
            return place
        place += 1
    return place


def _by_last_head(run: Run, start: int, end: int, lexicon: Lexicon) -> tuple[int, int] | None:
    for place in range(end - 1, start, -1):
        bare = _without_case(run[place].bare)
        if bare not in lexicon.last_heads:
            continue
        count = place - start
        is_acronym = run[start].text.isupper() and len(run[start].text) > 1
        if (
            bare in lexicon.weak_heads
            and count == 1
            and not is_acronym
            and bare not in lexicon.firms
        ):
            continue
        last = place + 1
        while last < end and run[last].bare in lexicon.firms:
            last += 1
        if last < end and bare in lexicon.weak_heads and run[last].bare not in lexicon.titles:
            return None
        if bare in lexicon.firms or last < end or not lexicon.first_heads:
            return start, last
        return start, _extended(run, last, lexicon)
    return None


def _by_first_head(run: Run, start: int, end: int, lexicon: Lexicon) -> tuple[int, int] | None:
    for place in range(start, end):
        bare = run[place].bare
        if bare not in lexicon.first_heads:
            continue
        if place + 1 < end and not lexicon.has_last_heads:
            return place, _extended(run, end, lexicon)
        if place + 1 == end:
            last = _extended(run, end, lexicon)
            links = _links(run, end)
            rest = run[end + links].bare if last > end else ""
            if (
                rest
                and rest not in words_listed("generic")
                and run[end].text not in words_listed("and")
            ):
                return start, last
    return None


def _links(run: Run, place: int) -> int:
    count = 0
    while place + count < len(run) and not run[place + count].has_capital:
        count += 1
    return count


def _extended(run: Run, end: int, lexicon: Lexicon) -> int:
    """Return the end of a name that goes on with `of the …`, and what is joined to that."""
    is_linked = False
    while end < len(run) and not run[end - 1].is_possessive:
        count = _links(run, end)
        link = " ".join(word.text.replace("’", "'") for word in run[end : end + count])
        rest = end + count
        if link.startswith("to") and run[end - 1].bare not in words_listed("to_heads"):
            return end
        if (
            not count
            or rest >= len(run)
            or (link not in lexicon.head_links and link not in words_listed("and"))
        ):
            return end
        if link in words_listed("and") and (not is_linked or _starts_another(run, rest, lexicon)):
            return end
        is_subject = link.startswith(_OF) or run[rest].bare in words_listed("subjects")
        if run[rest].bare in lexicon.not_names and not is_subject:
            return end
        after = _end_of_segment(run, rest)
        is_title = run[rest].bare in lexicon.titles and not _is_of_justice(run, rest, after)
        if is_title or run[rest].text in given_names().plain:
            return end
        end = after
        is_linked = True
    return end


def _is_of_justice(run: Run, rest: int, after: int) -> bool:
    """Whether `Justice` is no judge's title, but what an institute is of."""
    return run[rest].text == "Justice" and after == rest + 1


def _starts_another(run: Run, place: int, lexicon: Lexicon) -> bool:
    word = run[place]
    after = _end_of_segment(run, place)
    is_head = any(
        w.bare in lexicon.first_heads or w.bare in lexicon.last_heads for w in run[place:after]
    )
    is_acronym = word.text.isupper() and len(word.text) > 1
    is_other = word.bare in lexicon.titles or word.bare in words_listed("place_leads")
    return is_head or is_acronym or is_other or word.text in given_names().plain


_OF_A_REALM = ("royal", "national")
# `Geneva-based World Health Organization` has its name behind that.
_WHERE_FROM = ("-based", "-backed", "-led", "-funded", "-owned", "-run", "-born")


# Names that seem to begin with what a reader is asked to do.
_WHOLE = frozenset((("watch", "tower"),))


def _is_city_before(run: Run, first: int, text: str) -> bool:
    """Whether a city stands before a known name: `London Royal College of Clay`."""
    word, after = run[first], run[first + 1]
    is_lead = after.bare in _OF_A_REALM and word.bare in words_listed("places")
    return is_lead and (after.bare == "royal" or is_known_at(after, text))


def _trimmed(
    run: Run, first: int, last: int, around: tuple[str, Lexicon, frozenset[str]]
) -> tuple[int, int]:
    """Return the ends of a name without what only starts the sentence, or tells whose it is."""
    text, lexicon, lower_words = around
    while first < last - 1 and run[first + 1].has_capital:
        bare = run[first].bare
        after = run[first + 1].bare
        if bare in lexicon.heads or (bare == "new" and after in words_listed("new_places")):
            return first, last
        if (bare, after) in _WHOLE:
            return first, last
        if bare.endswith(_WHERE_FROM) or _is_city_before(run, first, text):
            first += 1
            continue
        is_stop = bare in lexicon.stop_words or bare in words_listed("leading")
        is_whole = run[last - 1].bare in lexicon.firms or last - first <= _FEWEST_WHOLE
        is_stop = is_stop or (not is_whole and bare in lower_words)
        # `El` is an article in Spanish, and in English the first word of a name.
        is_article = bare in words_listed("articles") and bare in lexicon.stop_words
        if not (is_stop and starts_sentence(text, run[first].start)) and not is_article:
            return first, last
        first += 1
    return first, last


def _goes_on(run: Run, first: int, last: int, text: str) -> bool:
    """Whether a name says only of what reach a thing is, and the text goes on with its subject."""
    is_wide = all(word.bare in words_listed("wide") for word in run[first : last - 1])
    return is_wide and _SUBJECT_AFTER.match(text, run[last - 1].end) is not None


def _is_sound(run: Run, first: int, last: int, lexicon: Lexicon) -> bool:
    words = [word.bare for word in run[first:last] if word.has_capital]
    if len(words) < 2 or any(word in words_listed("not_organisations") for word in words):
        return False
    if any(
        _is_small(word.text, word.bare, lexicon) for word in run[first:last] if word.has_capital
    ):
        return False
    if max(len(word) for word in words[:-1]) < 2:
        return False
    if words[-1] in lexicon.firms and all(word in words_listed("states") for word in words[:-1]):
        return False
    # Words of programs: `EXCLUDE GROUP`.
    if run[last - 1].text.isupper() and len(words[-1]) > _LONGEST_FIRM:
        return False
    if first and run[first - 1].text in {"and", "&", "y", "et", "und", "ve"}:
        return len(run[first - 1 :]) > 0 and first - 1 == 0
    return any(_without_case(word) not in lexicon.last_heads for word in words)


def _is_small(text: str, bare: str, lexicon: Lexicon) -> bool:
    """Whether a word is one without a meaning of its own, though it has a capital: `I`, `The`."""
    is_acronym = text.isupper() and len(text) > 1
    return bare in lexicon.stop_words and bare not in words_listed("in_names") and not is_acronym


def _is_common(
    run: Run, first: int, last: int, lexicon: Lexicon, lower_words: frozenset[str]
) -> bool:
    """Whether a name ends in a weak head and the article has the rest in lower case."""
    head = _without_case(run[last - 1].bare)
    if head in lexicon.weak_heads and any(word.text == "&" for word in run[first:last]):
        return True
    if head not in lexicon.weak_heads or head in lexicon.firms:
        return False
    return all(w.bare in lower_words for w in run[first : last - 1] if w.has_capital)


def _name(run: Run, first: int, last: int, text: str, lexicon: Lexicon) -> Name:
    start, end = run[first].start, run[last - 1].end
    written = text[start:end]
    value = " ".join(written.split())
    if (
        run[last - 1].bare not in lexicon.last_heads
        and _without_case(run[last - 1].bare) in lexicon.last_heads
    ):
        value = _without_case(value)
    reason = f"words of an organisation's name: {written}"
    return Name(NameKind.ORGANISATION, value, start, end, reason)


def with_lower_words(name: Name, text: str, lexicon: Lexicon) -> Name:
    """Return a name with the adjectives in lower case that end it: `Affaires étrangères`."""
    end = name.end
    while lexicon.lower_words:
        match = _NEXT_WORD.match(text, end)
        if match is None or match[1] not in lexicon.lower_words:
            break
        end = match.end()
    if end == name.end:
        return name
    return name._replace(value=text[name.start : end], end=end)


def _without_case(word: str) -> str:
    """Return a Turkish noun of possession without its ending: `bakanlığına` is `bakanlığı`."""
    return _TURKISH_CASE.sub("", word) if word[-1:] in "ınaeiü" else word
