"""Tells what only looks like a date: a number of things, a name, a version, an article of law."""

from __future__ import annotations

from pinakes.corpus.tagging.dates.lexicon import DAY, SPACE, YEAR
from pinakes.corpus.tagging.dates.spelling import Match, told_days
from pinakes.corpus.tagging.dates.words import CAPITAL_MONTHS
from pinakes.corpus.tagging.pieces import UNSPACED, word_set

_NONE: frozenset[str] = frozenset()
# After a bare year, the words that end in `s` and yet are no plural of what is counted.
_NO_PLURALS = {
    "en": word_set(
        "was is as has this his its does us plus previous various always thus yes perhaps across "
        "towards besides unless whereas afterwards"
    ),
    "fr": word_set(
        "mais dans plus sous vers après nous ils elles puis alors très pas ses des les aux deux "
        "sans dès lors suis vous jamais depuis toujours"
    ),
    "es": word_set(
        "más pues tras los las sus nos es después entonces ellos ellas unos unas dos tres además "
        "mientras antes"
    ),
    "pt": word_set(
        "mais após os as seus suas nos nas dos das é depois eles elas uns umas dois três antes "
        "às aos pelos pelas mas"
    ),
}
_COUNTED = {
    "en": word_set(
        "people men women children feet more other new different additional euros dollars "
        "per miles years percent pounds million billion thousand hundred dead foot metre meter "
        "mile km"
    ),
    "fr": word_set("ans mètres euros personnes m km kg"),
    "es": word_set("años metros euros personas m km kg"),
    "pt": word_set("anos metros euros pessoas m km kg"),
}
# Languages that write a word for `year`, or a mark, after or before a bare year.
_NEED_MARK = frozenset({"ru", "uk", "pl", "ar", "fa", "az", "tr"})
# Before these a number of four digits is as often a quantity.
_WEAK = frozenset({"by", "around", "circa", "for", "um", "gegen", "vers", "hacia"})
_RECENT = range(1950, 2061)
_LONGEST_MARK = 12
_BEFORE_CHRIST = (
    "bc", "b.c", "v. chr", "v.chr", "av. j", "avant j", "avant n", "a. c", "a.c", "до н", "н. э",
    "н.э", "p.n", "p. n", "m.ö", "e.ə", "ق.م", "ق م", "هـ", "ه ",
    "عام قبل", "قبل المي", "م ق",
)  # fmt: skip
_WITH_MONTHS = word_set("month day_month month_day month_year month_range relative")
_POSSESSIVES = {
    "en": word_set("the a an his her their its my our your s first every each very"),
    "de": word_set("die das den seine seinem seinen ihre ihrem ihren der"),
    "fr": word_set("une sa ma leur notre"),
    "es": word_set("un una su mi"),
}


def is_refused(kind: str, match: Match) -> bool:
    """Whether a match is no date for what stands in it or around it."""
    before = _word_before(match, match.first)
    if "label" in match.lexicon.roles.get(before, {}) or _is_glued(match):
        return True
    if kind in _WITH_MONTHS and _lacks_capital(match):
        return True
    check = _CHECKS.get(kind)
    return bool(check and check(match)) or _is_before_christ(match)


def _word_before(match: Match, place: int) -> str:
    """Return the word before a place, past a space, a full stop or both."""
    before = match.classes[max(0, place - 2) : place]
    if before == ". ":
        return match.pieces.words[place - 3] if place >= 3 else ""
    return match.pieces.words[place - 2] if len(before) == 2 and before[1] in " .'" else ""


def _word_after(match: Match) -> str:
    words = match.pieces.words
    place = match.end
    is_apart = place + 1 < len(words) and match.classes[place] == SPACE
    return words[place + 1] if is_apart and words[place + 1].isalpha() else ""


def _is_glued(match: Match) -> bool:
    words = match.pieces.words
    if match.first == 0 or match.lexicon.language in UNSPACED or words[match.first - 1] == "و":
        return False
    return words[match.first - 1].isalpha()


def _lacks_capital(match: Match) -> bool:
    if match.lexicon.language in CAPITAL_MONTHS:
        return not all(match.pieces.is_capital(place) for place, _ in match.months())
    return False


def _is_planet(match: Match) -> bool:
    place, _ = match.months()[0]
    return match.pieces.words[place] == "mars" and match.pieces.is_capital(place)


def _is_short_without_year(match: Match) -> bool:
    """Whether a month is an abbreviation that may be a word: `5 mar`, `12 out`."""
    if match.places(YEAR) or match.lexicon.language in CAPITAL_MONTHS - {"tr"}:
        return False
    return not match.with_role("month", "levant")


def _is_quantity(match: Match) -> bool:
    """Whether a bare year counts something, or is part of a name."""
    (place, *_) = match.places(YEAR)
    following = match.classes[match.end : match.end + 2]
    if match.with_role("year") or match.classes[place + 1 : place + 2] == "'":
        return False
    if following.startswith(")"):
        # `Resolution 1325 (2000)` is a name.
        return match.classes[max(0, match.first - 3)] in "dnYN"
    if _opening_of(match) in _WEAK and match.number(place) not in _RECENT:
        return True
    after = _word_after(match)
    return _may_be_counted(match, after) if after else following == " *"


def _opening_of(match: Match) -> str:
    """Return the word such as `in` that a year follows, or an empty string."""
    words = match.pieces.words
    if match.classes[match.first] != YEAR:
        return words[match.first]
    return words[match.first - 2] if match.first >= 2 else ""


def _may_be_counted(match: Match, after: str) -> bool:
    """Whether the word after a bare year may be what is counted: `in 2000 patients`."""
    language = match.lexicon.language
    is_capital = match.pieces.is_capital(match.end + 1)
    if language in _NEED_MARK or _goes_on_counting(match, after):
        return True
    if language == "de":
        return is_capital
    if language == "it":
        return _opening_of(match) not in {"nel", "nell", "dal", "dall"}
    if after in _COUNTED.get(language, _NONE):
        return True
    is_plural = after.endswith(("s", "x")) and len(after) > 1
    return is_plural and not is_capital and after not in _NO_PLURALS.get(language, _NONE)


def _goes_on_counting(match: Match, after: str) -> bool:
    """Whether another number is joined to a year that is no year: `in 2000 and 3000 cases`."""
    roles = match.lexicon.roles.get(after, {})
    later = match.pieces.words[match.end + 3 : match.end + 4]
    return ("and" in roles or "or" in roles) and bool(later) and later[0].isdecimal()


def _is_name(match: Match) -> bool:
    """Whether a month may be a person: `in April Smith's house`."""
    after = _word_after(match)
    is_followed = match.end + 1 < len(match.pieces.words)
    if match.classes[match.end : match.end + 1] == "'" and match.lexicon.language == "en":
        return True
    if match.with_role("month_unit"):
        return False
    if after and is_followed and match.pieces.is_capital(match.end + 1):
        return match.lexicon.language != "de"
    return bool(is_followed and match.classes[match.end + 1] in "dnYN" and not after) and (
        match.classes[match.end] == SPACE
    )


def _is_code(match: Match) -> bool:
    """Whether two years are the number of a norm or of pages: `ISO 1987-1989`, `pp. 1987-1989`."""
    place = match.first
    if place == 0 or match.with_role("between", "from", "of_from", "from_since", "year"):
        return False
    before = _word_before(match, place)
    if not before:
        return match.classes[place - 1] not in " \n(*~,'"
    text, starts = match.pieces.text, match.pieces.starts
    written = text[starts[place - 2] : starts[place - 1]]
    is_label = before in {"p", "pp", "s", "c", "nr", "iso", "din", "gost", "rfc", "№", "id"}
    return is_label or (len(written) > 1 and written.isupper())


def _is_told_otherwise(match: Match) -> bool:
    """Whether `the last year` is the last of several, or belongs to a story."""
    if match.classes[max(0, match.first - 1)] == "*":
        return True
    if match.pieces.words[match.first] in {"yesterday", "tomorrow"}:
        return _word_before(match, match.first) in {"of", "s", "the", "a"} or (
            match.classes[match.end : match.end + 1] == "'"
        )
    before = _word_before(match, match.first)
    return before in _POSSESSIVES.get(match.lexicon.language, _NONE)


def _is_counting(match: Match) -> bool:
    """Whether what stands after a month counts things: `In March 12 people came`."""
    if match.places(YEAR):
        return False
    words = match.pieces.words
    listed = match.places(DAY)
    days = told_days(match, listed, match.months()[0][0])
    if (
        match.lexicon.language == "en"
        and len(words[days[0]]) == 2
        and words[days[0]].startswith("0")
    ):
        return True
    if len(days) < len(listed):
        return False
    if match.classes[match.end : match.end + 1] == "%":
        return True
    after = _word_after(match)
    is_after_in = _word_before(match, match.first) == "in"
    return after in _COUNTED["en"] or (is_after_in and after.endswith("s"))


def _is_stretch(match: Match) -> bool:
    """Whether `2000年前` says how long ago, or a year is before our era."""
    text, starts = match.pieces.text, match.pieces.starts
    if text[max(0, starts[match.first] - 3) : starts[match.first]] == "公元前":
        return True
    years = match.places(YEAR)
    is_round = len(years) == 1 and match.number(years[0]) % 100 == 0
    return is_round and text[starts[match.end] : starts[match.end] + 1] in {
        "前",
        "来",
        "來",
        "间",
        "間",
    }


def _is_no_decade(match: Match) -> bool:
    return match.classes[match.end : match.end + 1] in {"-", "_"}


def _is_compared(match: Match) -> bool:
    """Whether two months are set against each other: `the difference between May and June`."""
    return _word_before(match, match.first) in {"difference", "differences", "unterschied"}


def _is_before_christ(match: Match) -> bool:
    if match.end >= len(match.pieces.words) or not match.places(YEAR):
        return False
    start = match.pieces.starts[match.end]
    rest = match.pieces.text[start : start + _LONGEST_MARK].lower()
    return rest.lstrip(" ,.").startswith(_BEFORE_CHRIST)


_CHECKS = {
    "marked": _is_stretch,
    "year": _is_quantity,
    "year_list": _is_quantity,
    "month": _is_name,
    "month_range": _is_compared,
    "year_range": _is_code,
    "relative": _is_told_otherwise,
    "month_day": _is_counting,
    "decade": _is_no_decade,
    "day_month": _is_short_without_year,
    "month_year": _is_planet,
}
