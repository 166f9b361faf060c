"""Organisations told by the words their names start or end with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pinakes.corpus.tagging.naming.lexicon import Lexicon, given_names
from pinakes.corpus.tagging.naming.name import Name, NameKind
from pinakes.corpus.tagging.naming.runs import Run, starts_sentence, words_before

_SHORTEST_ACRONYM = 2
_LONGEST_ACRONYM = 10
# `People's Party`, `Women's Council`: a possessive within a name.
_OWNERS = frozenset(
    "people women men children workers farmers girls boys nurses teachers veterans writers journalists players king queen "
    "lawyers students consumers mayor governor".split()
)
# What makes a name that of a text, a place or a time, whatever its words.
_NOT_WITHIN = frozenset(
    "convention covenant declaration treaty protocol act resolution agreement charter statute code law accord accords bill "
    "directive regulation amendment constitution award prize war day week summit conference forum agreement report "
    "convención convenio pacto tratado declaración convenção konvention übereinkommen vertrag erklärung sözleşmesi "
    "antlaşması anlaşması bildirgesi convention traité pacte déclaration конвенция конвенции декларация декларации "
    "договор пакт soviet".split()
)
_GENERIC_REST = frozenset(
    "directors trustees governors law excellence thought cards cards education rights appeal appeals".split()
)
_ADJECTIVES = frozenset(
    "former current local new other most many some old big our your their his her my this that these each every said say "
    "join visit contact about meet welcome read see view call follow support inside".split()
)
_TURKISH_CASE = re.compile(
    "(?<=[ıiuü])(?:n(?:[ıiuü]n|[ıiuü]|[ae]|[dt][ae]n?|c[ae])|yl[ae])$|(?<=[ıiuü])['’].*$"
)
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
_AND = frozenset(("and", "&", "y", "et", "und", "и", "ve", "e", "та", "і"))
# Heads that are written in lower case where they start a name.
_LOWER_HEADS = frozenset(
    "ministère université préfecture mairie tribunal ministerio universidad alcaldía ayuntamiento".split()
)
# Stop words that names have.
_IN_NAMES = frozenset("new first second last one two three other".split())
_ARTICLES = frozenset("the der die das le la el los las".split())
# A name of more words may have lost none but the one that starts the sentence.
_FEWEST_WHOLE = 3
_CAPITAL_ACRONYM = re.compile(r" ?\(([^\W\d_]{2,10})\)")


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
    heads = lexicon.first_heads | lexicon.last_heads
    if not any(_without_case(word.bare) in heads for word in run):
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
            if _is_sound(run, first, last, lexicon) and not _is_common(
                run, first, last, lexicon, lower_words
            ):
                yield with_lower_words(_name(run, first, last, text, lexicon), text, lexicon)
            end = found[1]
        place = end


def _end_of_segment(run: Run, place: int) -> int:
    """Return the end of the words with capitals that stand together from `place` on."""
    while place < len(run):
        word = run[place]
        if word.is_possessive and word.bare not in _OWNERS:
            return place + 1
        if not word.has_capital and word.text != "&":
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
        if place + 1 < end and not lexicon.last_heads - lexicon.firms:
            return place, _extended(run, end, lexicon)
        if place + 1 == end:
            last = _extended(run, end, lexicon)
            links = _links(run, end)
            rest = run[end + links].bare if last > end else ""
            if rest and rest not in _GENERIC_REST and run[end].text not in _AND:
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
        if not count or rest >= len(run) or link not in lexicon.head_links | {"and", "&"}:
            return end
        if link in _AND and (not is_linked or _starts_another(run, rest, lexicon)):
            return end
        after = _end_of_segment(run, rest)
        if run[rest].bare in lexicon.titles or run[rest].text in given_names().plain:
            return end
        end = after
        is_linked = True
    return end


def _starts_another(run: Run, place: int, lexicon: Lexicon) -> bool:
    word = run[place]
    after = _end_of_segment(run, place)
    is_head = any(
        w.bare in lexicon.first_heads or w.bare in lexicon.last_heads for w in run[place:after]
    )
    is_acronym = word.text.isupper() and len(word.text) > 1
    return is_head or is_acronym or word.bare in lexicon.titles or word.text in given_names().plain


def _trimmed(
    run: Run, first: int, last: int, around: tuple[str, Lexicon, frozenset[str]]
) -> tuple[int, int]:
    """Return the ends of a name without what only starts the sentence, or tells whose it is."""
    text, lexicon, lower_words = around
    while first < last - 1:
        bare = run[first].bare
        is_stop = bare in lexicon.stop_words or bare in _ADJECTIVES
        is_stop = is_stop or (last - first > _FEWEST_WHOLE and bare in lower_words)
        if not (is_stop and starts_sentence(text, run[first].start)) and bare not in _ARTICLES:
            return first, last
        first += 1
    return first, last


def _is_sound(run: Run, first: int, last: int, lexicon: Lexicon) -> bool:
    words = [word.bare for word in run[first:last] if word.has_capital]
    if len(words) < 2 or any(word in _NOT_WITHIN for word in words):
        return False
    if any(
        _is_small(word.text, word.bare, lexicon) for word in run[first:last] if word.has_capital
    ):
        return False
    if max(len(word) for word in words[:-1]) < 2:
        return False
    if first and run[first - 1].text in {"and", "&", "y", "et", "und", "ve"}:
        return len(run[first - 1 :]) > 0 and first - 1 == 0
    return any(_without_case(word) not in lexicon.last_heads for word in words)


def _is_small(text: str, bare: str, lexicon: Lexicon) -> bool:
    """Whether a word is one without a meaning of its own, though it has a capital: `I`, `The`."""
    is_acronym = text.isupper() and len(text) > 1
    return bare in lexicon.stop_words and bare not in _IN_NAMES and not is_acronym


def _is_common(
    run: Run, first: int, last: int, lexicon: Lexicon, lower_words: frozenset[str]
) -> bool:
    """Whether a name ends in a weak head and all before it are words of the article in lower case."""
    head = _without_case(run[last - 1].bare)
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


def organisations_by_pattern(text: str, language: str) -> Iterator[Name]:
    """Yield the organisations that a language's regular expressions find: small words and all."""
    for pattern in _patterns(language):
        for match in pattern.finditer(text):
            written = match[1].strip('«»„“”"')
            start = match.start(1) + match[1].index(written)
            if text[match.end(1) : match.end(1) + 1] == "-":
                continue
            value = nominative_head(written)
            reason = f"pattern of an organisation's name: {match[0]}"
            yield Name(NameKind.ORGANISATION, value, start, start + len(written), reason)


def nominative_head(written: str) -> str:
    """Return a Russian name with its head in the nominative: `Министерства` is `Министерство`."""
    return _DECLINED_HEAD.sub(lambda match: match[1] + "о", written, count=1)


_DECLINED_HEAD = re.compile(r"^((?:М|м)инистерств|(?:А|а)гентств)(?:а|у|ом|е)(?= )")


def acronym_after(text: str, end: int, value: str) -> tuple[str, int, int] | None:
    """Return the acronym in brackets that follows a name and is made of its initials, with its span.

    Initials of small words may be missing; at least two thirds of the acronym's letters must
    be initials of the name, in order.
    """
    match = _CAPITAL_ACRONYM.match(text, end)
    if match is None or not match[1].isupper():
        return None
    initials = [word[0].upper() for word in re.findall(r"[^\W\d_]+", value)]
    place = 0
    matched = 0
    for letter in match[1]:
        if letter in initials[place:]:
            place = initials.index(letter, place) + 1
            matched += 1
    if 3 * matched < 2 * len(match[1]) or match[1][0] not in initials:
        return None
    return match[1], match.start(1), match.end(1)


def lower_head_before(text: str, start: int, lexicon: Lexicon) -> str | None:
    """Return the head in lower case, with its link, right before a run: `ministère de l'`."""
    if lexicon.last_heads - lexicon.firms:
        return None
    before = words_before(text, start, 4)
    for count in (2, 3, 4):
        words = before[-count:]
        if len(words) < count or words[0] not in lexicon.first_heads & _LOWER_HEADS:
            continue
        link = " ".join(words[1:]).replace("’", "'")
        if link in lexicon.head_links:
            return text[start - sum(map(len, words)) - count : start].strip()
    return None


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    folder = files("pinakes.corpus.tagging.naming").joinpath("languages")
    path = folder.joinpath(f"{language}.toml")
    if not path.is_file():
        return ()
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("patterns", ())
    return tuple(re.compile(pattern) for pattern in listed)
