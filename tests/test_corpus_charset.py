import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.readers.charset import decode, is_utf16

RUSSIAN = "Вторая зима на старом аэродроме: посёлок построили на шесть месяцев, но люди ещё там. "
TURKISH = "Köyün meydanında dün sabah bir okul sırası duruyordu; şimdi ise çocuklar oynuyor. "
SPANISH = "La comisión señaló que los niños volverán mañana a la montaña según el acuerdo. "


def page(charset, body):
    return f'<html><head><meta charset="{charset}"></head><body>{body}</body></html>'


def test_a_byte_order_mark_decides_and_is_not_part_of_the_text():
    for bom, name in [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ]:
        decoded = decode(bom + "Kars é".encode(name))
        assert (decoded.text, decoded.encoding, decoded.origin) == ("Kars é", name, "bom")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("windows-1251", "cp1251"), ("koi8-r", "koi8-r"), ("iso-8859-5", "iso8859-5")],
)
def test_a_page_is_read_in_the_encoding_it_declares(declared, encoding):
    decoded = decode(page(declared, RUSSIAN).encode(encoding))
    assert RUSSIAN in decoded.text
    assert (decoded.encoding, decoded.origin, decoded.replaced) == (encoding, "declared", 0)


def test_an_xml_declaration_and_the_caller_count_as_declarations():
    xml = '<?xml version="1.0" encoding="windows-1251"?><p>' + RUSSIAN
    assert RUSSIAN in decode(xml.encode("cp1251")).text
    assert decode(RUSSIAN.encode("cp1251"), declared="windows-1251").text == RUSSIAN


def test_latin_1_means_windows_1252_as_on_the_web():
    assert "“Ja” – 5 €" in decode(page("iso-8859-1", "“Ja” – 5 €").encode("cp1252")).text


def test_a_declaration_that_does_not_fit_is_passed_over():
    assert RUSSIAN in decode(page("utf-8", RUSSIAN * 3).encode("cp1251")).text
    assert RUSSIAN in decode(page("iso-8859-1", RUSSIAN).encode()).text
    assert RUSSIAN in decode(page("no-such-charset", RUSSIAN).encode()).text


def test_codecs_that_are_no_charsets_are_not_used():
    for name in ("rot13", "unicode_escape", "idna", "zlib", "punycode", "utf-7", "x-utf7"):
        assert decode(page(name, r"caf\u00e9 +AGE-").encode()).encoding == "utf-8"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (TURKISH, "cp1254"), (SPANISH, "cp1252")],
)
def test_an_undeclared_encoding_is_guessed(text, encoding):
    decoded = decode((text * 4).encode(encoding))
    assert decoded.text == text * 4
    assert decoded.origin == "guessed"


def test_utf_8_with_a_broken_end_or_byte_stays_utf_8():
    decoded = decode((RUSSIAN * 2).encode()[:-3])
    assert decoded.text.startswith(RUSSIAN)
    assert (decoded.encoding, decoded.origin, decoded.replaced) == ("utf-8", "replaced", 1)


def test_utf_16_without_a_mark_is_told_from_binary_data():
    latin = "The treaty was signed in Vienna.".encode("utf-16-le")
    assert is_utf16(latin)
    assert decode(latin).text.startswith("The treaty")
    assert not is_utf16(bytes(range(256)) * 4)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_become_text(data):
    decode(data).text.encode("utf-8", "surrogatepass")


@settings(deadline=None, max_examples=200)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=80)
)
def test_utf_8_is_read_as_it_was_written(text):
    assert decode(text.encode()).text == text
