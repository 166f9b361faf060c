import errno

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.readers.language import _identifier, detect, normalise_code

ENGLISH = (
    "The treaty on the use of the river was signed in Vienna on Wednesday by both ministers, and "
)
GERMAN = (
    "Die Konferenz wurde am Freitag in Genf eröffnet, und viele Delegierte nahmen an ihr teil, wie "
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        ("В Бренне цветёт сирень, её никто не сажал.", "ru"),
        ("Halvik ailələri iki ildir evlərinə qayıtmağı gözləyir.", "az"),
        ("Dün sabah köyün meydanında bir okul sırası duruyordu.", "tr"),
        ("تدخل معاهدة نهر دورفا حيز التنفيذ يوم الثلاثاء.", "ar"),
        ("多瑙河条约于星期三在维也纳签署。", "zh"),
    ],
)
def test_running_text_tells_its_language(text, language):
    assert detect(text) == (language, "detected")


def test_a_full_folder_for_temporary_files_is_no_fault_of_the_text(monkeypatch):
    def no_room(**_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", no_room)
    _identifier.cache_clear()
    assert detect(GERMAN) == ("de", "detected")


def test_few_words_are_in_the_declared_language_or_in_that_of_their_script():
    assert detect("Delegates met", declared="en-GB") == ("en", "declared")
    assert detect("Αθήνα") == ("el", "script")
    assert detect("東京タワー") == ("ja", "script")
    assert detect("Bakı, Gəncə") == ("az", "script")
    assert detect("Ереван") == detect("Paris") == detect("1989") == detect("") == ("und", "unknown")


def test_a_declared_language_holds_unless_a_long_text_speaks_clearly_for_another():
    assert detect(GERMAN + GERMAN, declared="en") == ("de", "detected")
    assert detect("Die Konferenz wurde in Genf eröffnet.", declared="en") == ("en", "declared")
    assert detect(GERMAN + GERMAN, declared="de-AT") == ("de", "declared")
    assert detect(GERMAN + GERMAN, declared="xx") == ("de", "detected")


def test_codes_are_brought_to_two_letters():
    codes = {"en-US": "en", "EN": "en", "tr_TR": "tr", "deu": "de", "iw": "he", "nb-NO": "no"}
    assert {code: normalise_code(code) for code in codes} == codes
    assert normalise_code("English") == normalise_code("") == ""


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(), max_size=120), st.sampled_from(["", "en", "zz", "pt-BR"]))
def test_any_text_has_a_code_of_two_letters_or_none(text, declared):
    code, reason = detect(text, declared=declared)
    assert code == "und" or normalise_code(code) == code
    assert (code == "und") == (reason == "unknown")
