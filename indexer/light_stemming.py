"""Light stemmers where Snowball has none that fits: endings, taken off one after the other.

What declines a noun comes off, in the order in which it stands from the end: case, possession,
number, and again, as far as enough of the word is left; so a stem has no ending any more, and what
ends as if it had one loses it whether declined or not. Words are folded, so endings are as well.
The idea is that of J. Savoy: Light Stemming Approaches for the French, Portuguese, German and
Hungarian Languages (SAC 2006); the tables are those of school grammars.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple


class LightStemmer(NamedTuple):
    """How words of a language lose their endings.

    Attributes:
        least: So many letters of a word stay.
        stages: Endings by their place from the end of the word; of each at most one comes off, the
            longest that fits.
        hard: The letters behind which endings begin with `hard_begins`, and behind no other.
        hard_begins: A letter; empty if endings do not depend on the letter before them.
    """

    least: int
    stages: tuple[str, ...]
    hard: str = ""
    hard_begins: str = ""


_KAZAKH = LightStemmer(
    4,
    (
        # Case, with or without the `н` that possession leaves before it.
        "ның нің дың дің тың тің ға ге қа ке на не а е ды ді ты ті ны ні н да де та те нда нде "
        "дан ден тан тен нан нен мен бен пен ндағы ндегі дағы дегі тағы тегі",
        "ым ім м ың ің ң ыңыз іңіз ңыз ңіз ы і сы сі ымыз іміз мыз міз",
        "лар лер дар дер тар тер",
        "лық лік дық дік тық тік",
    ),
    hard="пфкқтсшщчцх",
    hard_begins="т",
)
_KYRGYZ = LightStemmer(
    4,
    (
        "нын нин нун нүн дын дин дун дүн тын тин тун түн га ге го гө ка ке ко кө на не но нө а е "
        "ны ни ну нү ды ди ду дү ты ти ту тү н да де до дө та те то тө нда нде ндо ндө "
        "дан ден дон дөн тан тен тон төн нан нен нон нөн",
        "ым им ум үм м ың иң уң үң ң ы и у ү сы си су сү ыбыз ибиз убуз үбүз быз биз буз бүз",
        "лар лер лор лөр дар дер дор дөр тар тер тор төр",
    ),
    hard="пфктсшщчцх",
    hard_begins="т",
)
# The letters of Azerbaijani as they are folded: without dots on `ü` and `ö`, with one on `ı`.
_AZERBAIJANI = LightStemmer(
    4,
    (
        "nin nun in un ni nu i u ya yə a ə na nə da də nda ndə dan dən ndan ndən la lə yla ylə "
        "daki dəki ndaki ndəki",
        "im um m in un n i u si su imiz umuz miz muz iniz unuz niz nuz",
        "lar lər",
        "liq luq lik luk",
    ),
)
# Folded, words have lost what vowel harmony goes by, which Snowball's stemmer asks for.
_TURKISH = LightStemmer(
    3,
    (
        "nin nun in un i u yi yu ni nu ya ye a e na ne da de ta te nda nde dan den tan ten ndan "
        "nden la le yla yle daki deki taki teki ndaki ndeki ca ce",
        "im um m in un n i u si su imiz umuz miz muz iniz unuz niz nuz leri lari",
        "lar ler",
        "lik luk",
    ),
)
_UZBEK = LightStemmer(
    4,
    (
        "ning ni ga ka qa da dan dagi gacha",
        "im m ing ng i si imiz miz ingiz ngiz lari",
        "lar",
        "lik",
    ),
)
_UKRAINIAN = LightStemmer(
    4,
    (
        "ами ями ові еві єві ого ому ими іми ій ою ею єю ах ях ам ям ів їв ем єм ом ий ії ія ію їх "
        "им їм их ої ої а я у ю и і ї о е є ь й",
    ),
)
_BELARUSIAN = LightStemmer(
    4,
    (
        "амі ямі ага яга аму яму ымі імі ай яй ой ёй ею аю яю ах ях ам ям аў яў оў ёў ом ем ым ім "
        "ых іх ую юю ая яя ае яе ыя ія ы і а я у ю е о ь й",
    ),
)
# The article stands behind the noun.
_BULGARIAN = LightStemmer(
    4,
    (
        "ият ията ието иите ът ят та то те а я",
        "ове еве ища овци ции ии и е а я о й",
    ),
)
_MACEDONIAN = LightStemmer(
    4,
    (
        "иот ата ото ите от та то те ов он ва во ве на но не",
        "ови еви ишта и е а о",
    ),
)
_SLOVAK = LightStemmer(
    4,
    (
        "atami eniec ence ovia ami emi imi och ach ich eho emu ymi ovi ej om im ym iu ia ie ou ov "
        "am a e i o u y",
    ),
)
_SLOVENE = LightStemmer(
    4,
    ("ovoma ema ama imi ami ega emu ih im om em ov ev ah eh oh ja je ju a e i o u",),
)
_LATVIAN = LightStemmer(
    4,
    ("iem ajam ajai ajas ajos ajiem ajam iem am ai as os us is es im em ei ie um a e i u s",),
)

LIGHT_STEMMERS: Mapping[str, LightStemmer] = {
    "az": _AZERBAIJANI,
    "be": _BELARUSIAN,
    "bg": _BULGARIAN,
    "kk": _KAZAKH,
    "ky": _KYRGYZ,
    "lv": _LATVIAN,
    "mk": _MACEDONIAN,
    "sk": _SLOVAK,
    "sl": _SLOVENE,
    "tr": _TURKISH,
    "uk": _UKRAINIAN,
    "uz": _UZBEK,
}
"""ISO 639-1 code -> how its words lose their endings."""


def strip_endings(words: Sequence[str], language: str) -> list[str]:
    """Return each folded word without its endings, in a language of `LIGHT_STEMMERS`.

    >>> strip_endings(["қалаларында", "қала"], "kk")
    ['қала', 'қала']
    """
    stemmer, stages = LIGHT_STEMMERS[language], _endings_of(language)
    return [_strip(word, stemmer, stages) for word in words]


@cache
def _endings_of(language: str) -> tuple[tuple[str, ...], ...]:
    """Return the endings of each stage, the longest first."""
    return tuple(
        tuple(sorted(stage.split(), key=len, reverse=True))
        for stage in LIGHT_STEMMERS[language].stages
    )


def _strip(word: str, stemmer: LightStemmer, stages: Sequence[Sequence[str]]) -> str:
    """Return a word without its endings, those that come to its end when others are off too."""
    before = ""
    while word != before and word.isalpha():
        before = word
        for endings in stages:
            ending = next((e for e in endings if _fits(word, e, stemmer)), "")
            word = word.removesuffix(ending)
    return word


def _fits(word: str, ending: str, stemmer: LightStemmer) -> bool:
    left = len(word) - len(ending)
    if left < stemmer.least or not word.endswith(ending):
        return False
    is_hard = bool(stemmer.hard_begins) and ending.startswith(stemmer.hard_begins)
    return not is_hard or word[left - 1] in stemmer.hard
