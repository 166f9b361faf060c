"""How dates are written, as one expression a language over the classes of words.

`<role>` stands for a word of that role (`words`); `d` is a number from 1 to 31 of one or two
digits, `n` another of two, `Y` one of four from 1000 to 2099, `N` a longer one, `w` any other word.
Nothing repeats without a bound, so that a match takes a bounded time wherever it begins.
"""

from __future__ import annotations

import re
from functools import cache

from pinakes.corpus.tagging.dates.lexicon import lexicon_of
from pinakes.corpus.tagging.dates.words import ADJECTIVE_AFTER, MONTH_FIRST, ORDINAL_STOP
from pinakes.corpus.tagging.pieces import UNSPACED

# No part of a number, a version, a path or a compound goes before or after.
_BEFORE = r"(?<![dnYN_/@#])(?<![dnYNw][.,:~-])"
_AFTER = r"(?![dnYN_@]|[.,:/'-]-?[dnYN]|[:/-][w\ue000-\uf8ff]|%| %)"
# Letters that go on where figures end; a word is a whole one by itself.
_NO_LETTER = r"(?![w\ue000-\uf8ff])"
_AFTER_IN = r"(?:(?<=<in> )|(?<=<in> <article> ))"
_ISO = r"Y-d-d(?![dnYN_]|[-/.][dnYNw])"
# Parts, named in braces below.
_PARTS = {
    "MONTH": r"(?:<month>|<short_month>\.?|<levant> <levant_order>)"
    r"(?: ?/ ?(?:<month>|<levant> <levant_order>))?",
    "WHOLE": r"(?:<month>|<short_month>\.|<levant> <levant_order>)",
    "OF": r"(?: (?:<of|of_from>'? ?)?|-)",
    "YEARED": r"(?:(?: ?,)? (?:<of|of_from> )?|-)(?:<year> )?"
    r"Y(?:-<suffix|ordinal_ending>)?(?: <year>| ?<common_era>)?",
    "RANGE": r"(?: ?[-~]{1,2} ?| <to|until> (?:<article> )?"
    r"| <until>(?:'| |)<to|in> (?:<article> )?)",
    "AND": r"(?:,? <and|or> ?(?:<article> )?)",
    "WEEKDAY": r"(?:(?:<article> )?<weekday>\.?,? (?:<article> )?|<article> )?",
    "FROM": r"<from|of_from|from_since> (?:<article> )?",
    "SINCE": r"<since|from_since> (?:<article> )?",
    "UNTIL": r"<until>(?:'<in>|'<to>| <to|in>)? (?:<article> )?",
    "PART": r"(?:<part>[- ](?:<of|of_from>'? ?(?:<article> )?)?)",
}
# The first that matches at a place is taken.
_KINDS = {
    "figures": r"(?:d\.d\.Y|d/d/Y|d-d-Y|d\. d\. Y|Y\.d\.d|Y/d/d)",
    "marked": r"Y ?<year_mark>(?: ?d ?<month_mark>(?: ?d ?<day_mark>)?)?"
    r"|d ?<month_mark>(?: ?d ?<day_mark>)?",
    "day_month_range": r"(?:{FROM}|<between> )?{WEEKDAY}{DAY}{OF}{MONTH}(?:{YEARED})?"
    r"(?:{RANGE}|{AND}){WEEKDAY}{DAY}{OF}{MONTH}(?:{YEARED})?",
    "day_month": r"(?:{FROM}|<between> (?:<article> )?|{SINCE}|{UNTIL})?{WEEKDAY}{DAYS}{OF}{MONTH}"
    r"(?:{YEARED})?",
    "month_day_range": r"(?:{FROM}|<between> )?{WEEKDAY}{MONTH} {DAY}(?:(?: ?,)? Y)?"
    r"(?:{RANGE}|{AND}){WEEKDAY}{MONTH} {DAY}{LAST_YEAR}",
    "month_day": r"(?:{FROM}|<between> |{SINCE}|{UNTIL})?{WEEKDAY}{MONTH} {DAYS}{LAST_YEAR}",
    "year_month_day": r"Y(?:-<suffix|ordinal_ending>)? <year> {MONTH} {DAY}"
    r"|Y(?:-<suffix|ordinal_ending>)? <year> {DAY} {MONTH}",
    "month_range": r"(?:{FROM}|<between> ){MONTH}(?:{YEARED})?(?:{RANGE}|{AND}){MONTH}(?:{YEARED})?"
    r"|{MONTH}(?:{YEARED})?(?:{RANGE}|{AND}|/){MONTH}{YEARED}"
    r"|<between> {MONTH}(?:{YEARED})? <and_month>(?:{YEARED})?",
    "month_year": r"(?:{SINCE}|{UNTIL})?{PART}?{MONTH}{YEARED}"
    r"|Y(?:-<ordinal_ending>)?'?(?:<ending>)?(?: <year>)? {MONTH}",
    "decade": r"(?:{SINCE}|{UNTIL}|<article> )?{PART}?(?:[Yn]-?<decade>[ -]<decade_word>"
    r"|Y-?<decade>|'n<decade>|<decade_lead> (?:<of|of_from> )?'?(?:Y|n)"
    r"|Y'<decade>(?: <decade_word>)?|n'<decade> <decade_word>|Y-<ordinal_ending> <decade_word>)",
    "quarter": r"(?:<quarter> ?[d]|(?:<ordinal>|<roman>|d\.) <quarter>)(?:,? (?:<of|of_from> )?"
    r"(?:<year> )?)Y(?: <year>)?|Y,? <quarter>[d]",
    "season": r"{PART}?<season> (?:<of|of_from> )?(?:<year> )?Y(?: <year>)?"
    r"|Y(?: <year>)? <season>",
    "year_range": r"(?:{FROM}|<between> (?:<article> )?)(?:<year> )?Y(?: <year>)?"
    r"(?: ?[-~]{1,2} ?| <to|until>(?: <in>)? | <and> ?)(?:<article> )?(?:<year> )?Y(?: <year>)?"
    r"|Y(?:'<ending>)? (?:<and> )?Y(?:'<ending>)?(?: <year>)? <between_after>"
    r"|Y'<ending> Y'<ending>(?: <until_after>)?"
    r"|Y(?:-<ordinal_ending>)? <year> Y(?:-<ordinal_ending>)? <year> <until_after>"
    r"|Y ?[-~]{1,2} ?(?:Y|[dn])(?:-<ordinal_ending>)?(?: <year>)?(?: <between_after>)?"
    r"|Y <to|until> Y|Y/[dn]",
    "year_list": r"{IN}(?:<year> )?Y(?:, Y){0,4},? <and|or> ?Y(?: <year>)?"
    r"|Y(?:, Y){0,4} <and|or> Y <year>",
    "year": r"(?:{SINCE}|{UNTIL}|{IN}){PART}?(?:<year> )?Y(?:-<suffix>)?"
    r"(?: <year>| ?<common_era>)?"
    r"|<year> Y(?: ?<common_era>)?"
    r"|Y(?:-<suffix|ordinal_ending>)? <year>(?: <since_after|until_after>)?"
    r"|Y'<ending>(?: <year>)?(?: <since_after|until_after>)?|(?<=\()Y(?=\))|{PART}Y",
    "relative": r"<day>|(?:<last|next|this>) (?:<weekday|week|month_unit|year|month>)"
    r"|(?:<weekday|week|month_unit|year|month>) <last|next>",
    "month": r"(?:{IN}|{SINCE}|{UNTIL}|(?={PART})){PART}?(?:<article> )?"
    r"(?:<month_unit> (?:<of|of_from> )?)?{WHOLE}(?!{YEARED})|<month> <month_unit>",
}
# Every date has a year or one of these; what else it may begin with counts only before those.
_CORE = "month|short_month|levant|month_mark|decade_word|decade_lead|day|last|next|this"
_OPENING = (
    "from|of_from|from_since|between|since|until|article|weekday|part|quarter|ordinal|roman|season|"
    "year|week|month_unit"
)
_FARTHEST = 16


@cache
def openings_of(language: str) -> re.Pattern[str]:
    """Return an expression that matches wherever a date may begin."""
    lexicon = lexicon_of(language)
    core = "Y" + lexicon.classes_with(_CORE)
    opening = "dn" + lexicon.classes_with(_OPENING)
    return re.compile(rf"[{core}]|[{opening}](?=[^{core}]{{0,{_FARTHEST}}}[{core}])|'(?=n)")


@cache
def grammar_of(language: str) -> re.Pattern[str]:
    """Return the expression of a language; its `lastgroup` is the kind of date found."""
    day = r"d(?:-?<suffix>|\.)?" if language in ORDINAL_STOP else r"d(?:-?<suffix>)?"
    if language == "az":
        day = r"d(?:-?<suffix>)?"
    apart = r"(?: ?[-~/] ?|(?: <to|until> (?:<article> )?)|,? <and|or> ?(?:<article> )?|, )"
    parts = _PARTS | {
        "DAY": day,
        "DAYS": rf"{day}(?:{apart}{day}(?!\d)){{0,4}}",
        "IN": _AFTER_IN,
        "LAST_YEAR": r"(?:(?: ?,|\.)? Y)?" if language == "en" else "",
    }
    kinds = dict(_KINDS)
    if language not in MONTH_FIRST:
        del kinds["month_day"], kinds["month_day_range"]
    if language not in ADJECTIVE_AFTER:
        kinds["relative"] = kinds["relative"].rpartition("|(?:")[0]
    written = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items())
    for _ in range(2):
        for name, part in parts.items():
            written = written.replace(f"{{{name}}}", part)
    after = _AFTER if language in UNSPACED else _AFTER + _NO_LETTER
    pattern = rf"(?P<iso>{_ISO})|(?:{written}){after}"
    # Names of groups are no roles.
    expanded = lexicon_of(language).expand(pattern.replace("(?P<", "(?P\0"))
    return re.compile(rf"{_BEFORE}(?:{expanded})".replace("(?P\0", "(?P<"))
