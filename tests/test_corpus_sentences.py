import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import sentences as rules
from pinakes.corpus.sentences import sentence_spans
from tests.timing import grows_linearly

MIXED = st.text(st.characters(), max_size=80) | st.text('aB1.!?…。؟"”)«\u0301 \n', max_size=80)


def sentences(text, language="und"):
    return [text[start:end] for start, end in sentence_spans(text, language=language)]


# A bar marks every expected end.
@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("en", "Mr. J. R. Smith met Dr. Lee.|They spoke."),
        ("en", "It rose 3.5 per cent at 4.30 p.m. on Monday.|It fell later."),
        ("en", "He left at 5 p.m.|The talks went on."),
        ("en", "The U.S. Senate voted.|It failed."),
        ("en", "See Art. 14 and No. 5, e.g. on Dec. 6.|She said no.|Then she left."),
        ("en", "“Why?” he asked.|“No!”|She went?!|Yes."),
        ("en", "Wait… what?|It was … nothing.|So..."),
        ("en", "It was so.[12]|Others differ."),
        ("de", "Am 5. Dezember kam Dr. Müller z. B. nach Bonn.|Im 19. Jahrhundert nicht."),
        ("de", "„Nein!“|Sie ging, d. h. sie lief.|Ende."),
        ("fr", "M. Dupont et Mme Roux (cf. art. 3) sont là.|« Oui ! » dit-il.|Fin."),
        ("es", "El Sr. Gómez llegó.|¿Por qué?|¡No!|Vive en EE.UU. desde 1990."),
        ("it", "Il dott. Rossi e la sig.ra Bianchi (pag. 3) partono.|Fine."),
        ("pt", "O Sr. Silva e a Dra. Costa saíram.|Não voltam."),
        ("ru", "В 1992 г. Иванов И. И. жил на ул. Ленина, д. 5.|Он уехал и т. д.|Всё."),
        ("ru", "— Что? — спросил он.|— Ничего."),
        ("tr", "Prof. Dr. Ayşe Kaya 19. yüzyılı anlattı.|Bkz. s. 12.|Bu bitti."),
        ("az", "Prof. Ə. Quliyev 2022-ci ildə gəldi.|O getdi."),
        ("ar", "هل ذهب؟|نعم، ذهب.|انتهى"),
        ("ur", "وہ گیا۔|پھر آیا۔"),
        ("hi", "वह गया।|फिर आया।"),
        ("zh", "他来了。|“为什么？”|她走了！"),
        ("en", "It aired in the U.S. (and in the U.K.).|Several did.|He is, . . . well, odd."),
        ("en", "So says the paper.|https://paper.example/a.|See also the U.S.|See what it says."),
        ("en", "Jones et al. 1998 and Lefevre (c. 1455) say so.|See p. 5.|Then p. 6."),
        ("fr", "« Vraiment ?! »|Oui, dit J.-J. Rousseau.|Voir l’art. 5.|Fin."),
        ("de", "Er wohnt in der Hauptstr. 12.|Vgl. S. 5.|Es war am 12.|Das war spät."),
        ("it", "Nel sec. XIX era qui l’avv. Conti.|Poi no."),
        ("pl", "Dr inż. Lis, ul. Długa 12 m. 3.|Nie wiem."),
        ("nl", "Mevr. Smit woont in de Kerkstr. 4.|Zij leest blz. 5."),
        ("el", "Γιατί ήρθε ο κ. Παππάς;|Κανείς δεν ξέρει; ίσως."),
        ("hy", "Եկավ գարունը:|Բոլորը գնացին։"),
        ("am", "ማንም አልመለሰም።|ጸደይ መጣ።"),
        ("ar", "قال د. خالد ذلك.|وُلد أ. د. سامي هنا."),
        ("fa", "«چرا؟»|کسی جواب نداد."),
        ("hi", "डॉ. शर्मा आए।|सब गए॥|फिर?"),
        ("ja", "「どうして？」と聞いた。|「氷だ。」|帰った。"),
        ("zh", "“为什么？”他问。|“冰太厚了。”|没有人来。"),
        ("th", "ทำไม?|ไม่มีใครตอบ!"),
        ("und", "J. Smith left.|Он ушёл."),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language, marked):
    text = marked.replace("|", "" if language in ("ja", "zh") else " ")
    assert sentences(text, language) == marked.split("|")


def test_a_line_end_ends_a_sentence():
    assert sentences("Name | Year\nKars | 1921") == ["Name | Year", "Kars | 1921"]


def test_nothing_but_white_space_holds_no_sentence():
    assert sentences("") == sentences(" \n ") == []


@settings(deadline=None, max_examples=300)
@given(MIXED, st.sampled_from(["und", "en", "de", "ru", "xx"]))
def test_only_white_space_lies_outside_the_spans(text, language):
    position = 0
    for start, end in sentence_spans(text, language=language):
        assert start < end
        assert text[position:start].strip() == ""
        assert text[start:end].strip() == text[start:end]
        if position:
            assert unicodedata.category(text[start])[0] != "M"
        position = end
    assert text[position:].strip() == ""


@pytest.mark.parametrize(
    "unit", [".", "?!", "…", "。", ". ", '."', ".[1]", "\n", " ", "(", ". (", "a.b", "Dr. "]
)
def test_long_runs_take_linear_time(unit):
    text = unit * (100_000 // len(unit)) + "x"
    assert grows_linearly(lambda size: sentence_spans(text[-size:]), 2_500)


WORDS = [
    "mr",
    "dr",
    "no",
    "str",
    "hauptstr",
    "vi",
    "iv",
    "xi",
    "art",
    "st",
    "mine",
    "Mine",
    "z.B",
    "5",
    "p",
    "a",
    "d",
    "“a",
    "(it",
    "x-y",
    "J.-J",
    "U.S",
    "12",
    "2014",
    "XIV",
    "l’art",
]


@given(
    st.lists(st.sampled_from([*WORDS, *(f"{word}." for word in WORDS), "\t", "\n"])).map(" ".join),
    st.sampled_from(["en", "de", "ru", "und"]),
)
def test_words_that_end_sentences_for_sure_end_them_anyway(text, language):
    quick = sentence_spans(text, language=language)
    slow = rules._words_of(language)._replace(ends_for_sure=lambda word: False)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rules, "_words_of", lambda language: slow)
        assert sentence_spans(text, language=language) == quick
