"""Finds where sentences begin and end, by rules: no model, no state, any script.

A candidate is an end mark followed by white space (none needed after 。！？). Abbreviations,
initials, ordinals and a following lower-case letter turn it down.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from pinakes.corpus.model import UNKNOWN_LANGUAGE

_MARKS = ".!?…‽؟۔।॥։።"
_CLOSERS = "\"'”’»›)]」』）】“‘"
_CJK_CLOSERS = "\"'”’」』）】》"
_OPENERS = "\"'“‘„‚«‹([¿¡「『（【”’»*•–—-"

_CANDIDATE = re.compile(
    rf"""
    (?<![{_MARKS}])(?P<mark>[{_MARKS}]+)   # from the start of a run only: linear time
    (?:\[\d{{1,3}}\]|[{re.escape(_CLOSERS)}])*   # footnote marks and closing quotes
    (?P<gap>\s+)
    (?=[{re.escape(_OPENERS)}\s]*(?P<next>\w*))
    |
    [。！？｡．]+[{re.escape(_CJK_CLOSERS)}]*(?P<cjk>\s*)
    |
    (?P<line>\n\s*)
    """,
    re.VERBOSE,
)
_LOOK_BACK = 24
_SINGLE_DOTS = frozenset({"."})
_ORDINAL = re.compile(r"\d{1,2}|[ivxIVX]{1,5}")

# Never the end: a name or a term follows.
_BEFORE_NAME = {
    "": "dr prof vs cf st e.g i.e viz ca approx ibid op.cit",
    "en": "mr mrs ms messrs mx hon rev fr sr jr gen col lt maj capt cmdr sgt cpl gov sen rep pres "
    "amb supt det mt ft esp incl resp est",
    "de": "hr hrn fr dipl ing mag hl z.b z.t u.a d.h bzw bzgl evtl ggf inkl exkl sog vgl str "
    "geb gest verh i.d.r i.a o.ä u.ä s.o s.u u.u z.zt zzgl abs art aufl hrsg jh jhd mio mrd tel "
    "dgl mind max min allg ehem einschl gem lt inh vors min.präs",
    "fr": "m mm mme mmes mlle mlles me mgr pr p.ex c.-à-d av bd env éd chap réf tél apr",
    "es": "sr sra srta sres d dña dr dra drs lic ing arq gral cnel cap tte ud uds vd p.ej avda "
    "pza aprox admón dpto excmo ilmo",
    "it": "sig sigg sig.ra sigra sig.na dott dott.ssa prof.ssa avv ing arch rag geom on sen gen "
    "col cap mons p.es es ecc.mo ill.mo c.so p.za v.le spett",
    "pt": "sr sra srs sras srta dr dra d eng arq prof profa gen cel cap ten exmo exma ilmo p.ex av "
    "aprox tel dep",
    "ru": "ул просп пер наб бул пл корп кв им акад проф доц инж ген полк подполк кап лейт "
    "т.е т.к т.н т.о напр см ср прим пос дер с обл р-н оз о-в м-р г-н г-жа св тов гр руб коп тыс "
    "млн млрд трлн стр англ нем франц лат греч рус род ум пом зам",
    "tr": "dr doç prof av sn sok cad mah apt bkz örn ör tel hz gen alb yrd müh ecz org "
    "üst tğm yzb bşk bul blv",
    "az": "dr dos prof akad cən müəl küç prosp məh bax məs şək cəd tel polk gen leyt kap müh",
}
# Not the end where a digit follows: `No. 5`, `Art. 14`, `Dec. 5`, `S. 12`.
_BEFORE_NUMBER = {
    "": "no nos nr n p pp vol art arts fig figs sec ch chap para par cl eq ed app tab",
    "en": "jan feb mar apr jun jul aug sep sept oct nov dec pt rule reg res sect",
    "de": "jan feb apr jun jul aug sept okt nov dez s bd kap abb nrn rn ziff lit bl",
    "fr": "janv févr avr juil sept oct nov déc n° t al coll",
    "es": "núm núms pág págs ene abr ago dic cap inc",
    "it": "pag pagg gen feb apr giu lug ago set ott nov dic cap tav co",
    "pt": "núm pág págs jan fev abr ago set out nov dez inc al",
    "ru": "рис табл гл ст д п пп ч т янв февр апр авг сент окт нояб дек вып изд",
    "tr": "md mad s sf say c oca şub nis haz tem ağu eyl eki kas ara",
    "az": "maddə səh s c yan fev apr iyn iyl avq sen okt noy dek",
}
# Inside a name or at the end of a sentence: the end only where a usual first word follows.
_EITHER = {
    "": "inc ltd co corp bros plc llc u.s u.k u.n e.u a.m p.m b.c a.d ph.d m.d b.a m.a d.c s.a",
    "en": "jr sr esq dept univ ave blvd rd",
    "de": "e.v gmbh n.chr v.chr",
    "es": "ee.uu a.c d.c s.l",
    "it": "s.p.a s.r.l a.c d.c",
    "pt": "ltda a.c d.c",
    "ru": "г гг пр н.э р.х",
    "tr": "a.ş ltd.şti m.ö m.s",
    "az": "s e.ə b.e",
}
_FIRST_WORDS = {
    "en": "the a an in on at it he she they we this that these those but and however as after when "
    "if his her its their there for from with by to one some many most our you what who while",
    "de": "der die das ein eine es er sie wir ich im in am an auf bei mit nach seit von vor zu für "
    "aber und doch dann dies diese dieser wenn als auch so nun damit dabei",
    "fr": "le la les l un une il elle ils elles on nous ce cette ces cela mais et dans en à au aux "
    "pour par après selon si son sa ses",
    "es": "el la los las un una en al del por para pero y con según este esta estos estas ese esa "
    "lo se su sus no si cuando tras",
    "it": "il lo la i gli le un una in al nel nella ma e con per secondo questo questa questi se "
    "si suo sua dopo",
    "pt": "o a os as um uma em no na nos nas mas e com por para segundo este esta esse essa ele "
    "ela se seu sua após",
    "ru": "в на по он она оно они мы я это эти этот эта но и а с к за из от до для как при после "
    "если когда однако также его её их все там так",
    "tr": "bu şu o bir ve ama ancak fakat bunun bunlar onlar biz ben için ayrıca daha sonra "
    "böylece",
    "az": "bu o bir və amma ancaq lakin onlar biz mən bunun həmçinin daha sonra belə",
}
# Where `5. Oktober` and `19. yüzyıl` are written with a full stop.
_ORDINAL_LANGUAGES = "az cs da de et fi fo hr hu is lb lv nb nn no pl sk sl sr tr und"


class _Words(NamedTuple):
    before_name: frozenset[str]
    before_number: frozenset[str]
    either: frozenset[str]
    first: frozenset[str]
    has_ordinals: bool


def sentence_spans(text: str, *, language: str = UNKNOWN_LANGUAGE) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences of `text`, in order, stripped of white space.

    Only white space lies outside the spans. A line end always ends a sentence: an article's text
    has one only between blocks, table rows and verses. No span starts with a combining mark.

    Args:
        text: Any text.
        language: ISO 639-1; for one without lists here, the lists of all languages hold.
    """
    words = _words_of(language)
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    end_of_text = len(text.rstrip())
    for match in _CANDIDATE.finditer(text, start, end_of_text):
        next_start = match.end()
        if next_start >= end_of_text or _continues(text[next_start]):
            continue
        if match["mark"] is not None:
            if "\n" not in match["gap"] and not _ends(text, match, start, words):
                continue
            end = match.start("gap")
        else:
            end = match.start("line" if match["line"] is not None else "cjk")
        spans.append((start, start + len(text[start:end].rstrip())))
        start = next_start
    if start < end_of_text:
        spans.append((start, end_of_text))
    return spans


def _continues(character: str) -> bool:
    """Whether it hangs on the character before it, be that a space."""
    return not character.isascii() and unicodedata.category(character)[0] == "M"


def _ends(text: str, match: re.Match[str], start: int, words: _Words) -> bool:
    following = match["next"]
    if following[:1].islower():
        return False
    if match["mark"] not in _SINGLE_DOTS:
        return True
    dot = match.start("mark")
    before = text[max(start, dot - _LOOK_BACK) : dot].split()
    if not before:
        return True
    word = before[-1].lstrip(_OPENERS).casefold()
    if word in words.before_name:
        return False
    if following[:1].isdigit() and word in words.before_number:
        return False
    opens_sentence = len(following) > 1 and following.casefold() in words.first
    if len(word) == len(following) == 1 and word.isalpha():
        return False
    is_initial = len(word) == 1 and word.isalpha() and before[-1][-1:].isupper()
    is_acronym = len(word) > 2 and all(len(part) == 1 for part in word.split("."))
    if is_initial or is_acronym or word in words.either:
        return opens_sentence
    if word[:1].isdigit() or words.has_ordinals:
        starts_sentence = dot - len(before[-1]) <= start
        is_ordinal = words.has_ordinals or starts_sentence
        if is_ordinal and _ORDINAL.fullmatch(before[-1].lstrip(_OPENERS)):
            return opens_sentence and not starts_sentence
    return True


@cache
def _words_of(language: str) -> _Words:
    def union(table: dict[str, str]) -> frozenset[str]:
        rows = (table.get("", ""), table[language]) if language in table else table.values()
        return frozenset(word.casefold() for row in rows for word in row.split())

    return _Words(
        before_name=union(_BEFORE_NAME),
        before_number=union(_BEFORE_NUMBER),
        either=union(_EITHER),
        first=union(_FIRST_WORDS),
        has_ordinals=language in _ORDINAL_LANGUAGES.split(),
    )
