"""Tells the language of a text: py3langid for running text, the script for a few words."""

from __future__ import annotations

import io
import tempfile
import unicodedata
from collections import Counter
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pinakes.corpus.model import UNKNOWN_LANGUAGE

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv "
    "cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr "
    "ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw "
    "ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nd ne ng nl no nr nv ny oc "
    "oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za "
    "zh zu"
)
# Older or longer codes, and the two written forms of Norwegian, which share one stemmer.
_ALIASES = {
    "in": "id", "iw": "he", "ji": "yi", "mo": "ro", "nb": "no", "nn": "no", "sh": "sr",
    "ara": "ar", "aze": "az", "ces": "cs", "chi": "zh", "cze": "cs", "deu": "de", "dut": "nl",
    "ell": "el", "eng": "en", "fas": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "geo": "ka",
    "ger": "de", "gre": "el", "heb": "he", "hin": "hi", "hun": "hu", "hye": "hy", "ita": "it",
    "jpn": "ja", "kat": "ka", "kaz": "kk", "kor": "ko", "nld": "nl", "nor": "no", "per": "fa",
    "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "spa": "es", "swe": "sv",
    "tur": "tr", "ukr": "uk", "zho": "zh",
}  # fmt: skip
# By the first word of a letter's Unicode name: scripts that write, for most texts, one language.
_BY_SCRIPT = {
    "ARMENIAN": "hy", "BENGALI": "bn", "CJK": "zh", "ETHIOPIC": "am", "GEORGIAN": "ka",
    "GREEK": "el", "GUJARATI": "gu", "GURMUKHI": "pa", "HANGUL": "ko", "HEBREW": "he",
    "HIRAGANA": "ja", "KANNADA": "kn", "KATAKANA": "ja", "KHMER": "km", "LAO": "lo",
    "MALAYALAM": "ml", "MYANMAR": "my", "ORIYA": "or", "SINHALA": "si", "TAMIL": "ta",
    "TELUGU": "te", "THAI": "th", "TIBETAN": "bo",
}  # fmt: skip
_DENSE = frozenset({"CJK", "HANGUL", "HIRAGANA", "KATAKANA"})
# Dialects and rare languages of the model that take short texts from their large neighbours.
_UNLIKELY = frozenset({"an", "fy", "ht", "nn", "oc", "qu", "vo", "wa"})
# Within a group the declaration knows better than the model.
_NEIGHBOURS = ("bs hr sr", "id ms", "da no", "gl pt", "cs sk", "bg mk", "fa ps", "ur hi", "be uk")

_SAMPLE_CHARS = 1000
_FEWEST_LETTERS = 20
_LONG_LETTERS = 100
_SURE = 0.9
_LIKELY = 0.5


def detect(text: str, *, declared: str = "") -> tuple[str, str]:
    """Return the language of `text` (ISO 639-1, or `und`) and the reason for it.

    The reason is `declared`, `detected` (by py3langid), `script` or, for `und`, `unknown`. A
    declared language holds unless at least 100 letters speak clearly for another. Text of fewer
    than 20 letters (8 in Chinese, Japanese or Korean) is what was declared, or what its script
    says.
    """
    said = normalise_code(declared)
    sample = _sample(text)
    scripts = _scripts(sample)
    letters = sum(scripts.values())
    weight = letters + sum(scripts[script] for script in _DENSE) * 2
    if weight >= _FEWEST_LETTERS:
        found, confidence = _classify(sample)
        if said and (weight < _LONG_LETTERS or confidence < _SURE or _are_neighbours(said, found)):
            return said, "declared"
        if found == said:
            return said, "declared"
        if confidence >= _LIKELY:
            return found, "detected"
    if said:
        return said, "declared"
    by_script = _by_script(sample, scripts, letters)
    return (by_script, "script") if by_script else (UNKNOWN_LANGUAGE, "unknown")


def normalise_code(declared: str) -> str:
    """Return the ISO 639-1 code in `en-US`, `EN`, `eng` or `nb_NO`; an empty string if none is."""
    code = declared.strip().lower().replace("_", "-").partition("-")[0]
    code = _ALIASES.get(code, code)
    return code if code in _codes() else ""


def _sample(text: str) -> str:
    """Return the beginning and the middle: a long quotation at the start may be in another."""
    if len(text) <= _SAMPLE_CHARS:
        return text
    half = _SAMPLE_CHARS // 2
    middle = max(half, len(text) // 2 - half // 2)
    return f"{text[:half]} {text[middle : middle + half]}"


def _scripts(sample: str) -> Counter[str]:
    counts = Counter(filter(str.isalpha, sample))
    scripts: Counter[str] = Counter()
    for letter, count in counts.items():
        scripts[_script_of(letter)] += count
    return scripts


@cache
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "?").partition(" ")[0]


def _by_script(sample: str, scripts: Counter[str], letters: int) -> str:
    # No other language in Latin letters has it.
    if "ə" in sample.lower() and scripts["LATIN"] * 2 > letters:
        return "az"
    if (scripts["HIRAGANA"] + scripts["KATAKANA"]) * 10 > letters:
        return "ja"
    if not scripts:
        return ""
    script, count = scripts.most_common(1)[0]
    return _BY_SCRIPT.get(script, "") if count * 2 > letters else ""


def _classify(sample: str) -> tuple[str, float]:
    # The model tells sentences apart by their lower-case words; only wholly upper-case text is
    # lowered by itself.
    code, confidence = _identifier().classify(sample)
    return normalise_code(str(code)), float(confidence)


def _are_neighbours(one: str, other: str) -> bool:
    return any(one in group.split() and other in group.split() for group in _NEIGHBOURS)


@cache
def _codes() -> frozenset[str]:
    return frozenset(_CODES.split())


def _model() -> LanguageIdentifier:
    """Return the model of py3langid, which unpacks it in a temporary file."""
    from py3langid import modelio
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError:
        # No room for temporary files is no fault of what is read: unpack it in memory.
        modelio.tempfile = SimpleNamespace(TemporaryFile=_in_memory)
        try:
            return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        finally:
            modelio.tempfile = tempfile


def _in_memory(**_options: object) -> io.BytesIO:
    return io.BytesIO()


@cache
def _identifier() -> LanguageIdentifier:
    import numpy as np
    from py3langid.langid import LanguageIdentifier

    model = _model()
    model.set_languages([code for code in model.labels if len(code) == 2 and code not in _UNLIKELY])
    # A new one, because that one keeps what it knows of all languages as well, 28 MB. It looks up
    # rows, and has them lie in columns: as rows that takes a third less of its time.
    return LanguageIdentifier(
        np.ascontiguousarray(model.nb_ptc),
        model.nb_pc,
        model.nb_classes,
        model.tk_nextmove,
        model.tk_output,
        norm_probs=True,
        tk_row=model.tk_row,
    )
