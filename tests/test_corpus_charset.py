import codecs
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import read
from pinakes.corpus.readers.charset import decode, is_utf16

RUSSIAN = "Вторая зима на старом аэродроме: посёлок построили на шесть месяцев, но люди ещё там. "
TURKISH = "Köyün meydanında dün sabah bir okul sırası duruyordu; şimdi ise çocuklar oynuyor. "
SPANISH = "La comisión señaló que los niños volverán mañana a la montaña según el acuerdo. "


PARAGRAPHS = {
    "ru": "Вторая зима на старом аэродроме: посёлок построили на шесть месяцев, но люди ещё там. "
    "По утрам у колонки стоит очередь, и женщины говорят о письмах, которых никто не приносит. "
    "Комиссия обещала вернуться до снега; снег лежит уже третью неделю, а дорога закрыта.",
    "fr": "Le maire a déclaré que l’école rouvrirait après les fêtes, « dès que la chaudière sera "
    "réparée ». Les élèves, eux, préféraient attendre l’été : à côté du préau, la neige a gelé "
    "là où la rivière déborde chaque année. Cela coûtera 40 000 € à la commune.",
    "de": "Die Brücke über den Fluss bleibt für Lastwagen gesperrt, weil die Prüfer im Mörtel "
    "größere Risse fanden. Bürgermeisterin Köhler sprach von „unnötiger Härte“ gegenüber den "
    "Händlern, die täglich über die Grenze müssen. Vor März wird sich nichts ändern.",
    "es": "La comisión señaló que los niños volverán mañana a la montaña según el acuerdo. Después "
    "habrá una reunión en el café del pueblo, donde también hablará la señora Núñez. «¿Y quién "
    "pagará el autobús?», preguntó un señor.",
    "tr": "Köyün meydanında dün sabah bir okul sırası duruyordu; şimdi ise çocuklar oynuyor. "
    "Muhtar, göçmenlerin kışı burada geçireceğini söyledi. Yaşlılar ise dağ yolunun açılmasını "
    "bekliyor; çünkü ilaçlar bitti ve İstanbul’dan gelen kamyon yolda kaldı.",
    "ja": "昨日の朝、村の広場に古い学校の机が置かれていました。子どもたちはその上で遊んで"
    "いますが、だれが運んできたのかは分かりません。村長は「冬が終わるまで待ちましょう」と"
    "話し、橋の工事は来年の春に始まる予定です。",
    "ko": "어제 아침 마을 광장에 낡은 학교 책상이 놓여 있었다. 아이들은 그 위에서 놀고 있지만 누가 "
    "가져왔는지는 아무도 모른다. 이장은 겨울이 끝날 때까지 기다리자고 말했고, 다리 공사는 "
    "내년 봄에 시작될 예정이다.",
    "zh": "昨天早上，村子的广场上放着一张旧课桌。孩子们在上面玩耍，但没有人知道是谁搬来的。"
    "村长说：“等冬天过去再说吧。”桥梁的修理工作预计明年春天开始，费用由县里承担，共四十万元。",
    "zh-tw": "昨天早上，村子的廣場上放著一張舊課桌。孩子們在上面玩耍，但沒有人知道是誰搬來的。"
    "村長說：「等冬天過去再說吧。」橋樑的修理工作預計明年春天開始，費用由縣政府負擔。",
    "el": "Χθες το πρωί στην πλατεία του χωριού βρισκόταν ένα παλιό θρανίο. Τα παιδιά παίζουν πάνω "
    "του, αλλά κανείς δεν ξέρει ποιος το έφερε. Ο πρόεδρος είπε να περιμένουμε ως την άνοιξη.",
    "ar": "كان في ساحة القرية صباح أمس مقعد مدرسي قديم. يلعب الأطفال فوقه، لكن لا أحد يعرف من جاء "
    "به. قال المختار إن علينا أن ننتظر حتى ينتهي الشتاء، وستبدأ أعمال الجسر في الربيع القادم.",
    "th": "เมื่อเช้าวานนี้มีโต๊ะเรียนเก่าตัวหนึ่งอยู่กลางลานหมู่บ้าน เด็กๆ เล่นอยู่บนโต๊ะนั้น แต่ไม่มีใครรู้ว่าใครนำมา "
    "ผู้ใหญ่บ้านบอกว่าให้รอจนกว่าฤดูหนาวจะผ่านไป",
    "pl": "Wczoraj rano na placu stała stara szkolna ławka. Dzieci bawią się na niej, lecz nikt "
    "nie wie, kto ją przyniósł. Sołtys mówi, że trzeba poczekać, aż skończy się zima; później zaś "
    "zacznie się remont mostu, którego żądają mieszkańcy.",
    "hu": "Tegnap reggel egy régi iskolapad állt a falu főterén. A gyerekek játszanak rajta, de "
    "senki sem tudja, ki hozta oda. A bíró szerint meg kell várni a tél végét; a híd felújítása "
    "csak jövő tavasszal kezdődik, ha lesz hozzá elegendő erő és pénz.",
}
# What the paragraph is in, its encoding, and what its page says it is in.
RECODED = [
    ("ru", "cp1251", ""), ("ru", "cp1251", "utf-8"), ("ru", "cp1251", "windows-1252"),
    ("ru", "cp1251", "iso-8859-1"), ("ru", "cp1251", "koi8-r"), ("ru", "cp1251", "iso-8859-5"),
    ("ru", "cp1251", "gb2312"), ("ru", "koi8-r", ""), ("ru", "koi8-r", "windows-1251"),
    ("ru", "koi8-r", "utf-8"), ("ru", "koi8-r", "iso-8859-1"), ("ru", "koi8-r", "shift_jis"),
    ("fr", "cp1252", ""), ("fr", "cp1252", "utf-8"), ("fr", "cp1252", "windows-1250"),
    ("fr", "cp1252", "windows-1251"), ("de", "cp1252", "iso-8859-2"), ("de", "cp1252", "gb2312"),
    ("de", "cp1252", "koi8-r"), ("es", "cp1252", "utf-8"), ("es", "cp1252", "iso-8859-7"),
    ("tr", "iso8859-9", ""), ("tr", "cp1254", "iso-8859-1"), ("tr", "cp1254", "utf-8"),
    ("tr", "cp1254", "windows-1251"), ("ja", "shift_jis", ""), ("ja", "shift_jis", "utf-8"),
    ("ja", "shift_jis", "euc-jp"), ("ja", "shift_jis", "iso-8859-1"), ("ja", "euc_jp", ""),
    ("ja", "euc_jp", "gb2312"), ("ja", "iso2022_jp", ""), ("ja", "iso2022_jp", "iso-8859-1"),
    ("ko", "euc_kr", ""), ("ko", "euc_kr", "utf-8"), ("ko", "euc_kr", "gb2312"),
    ("ko", "euc_kr", "iso-8859-1"), ("zh", "gb18030", ""), ("zh", "gb18030", "utf-8"),
    ("zh", "gb18030", "big5"), ("zh", "gb18030", "iso-8859-1"), ("zh-tw", "big5", ""),
    ("zh-tw", "big5", "utf-8"), ("zh-tw", "big5", "gb2312"), ("zh-tw", "big5", "iso-8859-1"),
    ("el", "cp1253", ""), ("el", "iso8859-7", "iso-8859-1"), ("ar", "cp1256", ""),
    ("ar", "cp1256", "windows-1252"), ("th", "cp874", ""), ("th", "cp874", "iso-8859-1"),
    ("pl", "iso8859-2", ""), ("pl", "cp1250", "iso-8859-1"), ("hu", "cp1250", ""),
    ("hu", "iso8859-2", "windows-1252"),
    *((language, "utf-8", label) for language, label in [
        ("ru", "windows-1251"), ("fr", "iso-8859-1"), ("ja", "shift_jis"), ("zh", "gb2312"),
        ("ko", "euc-kr"), ("zh-tw", "big5"), ("ar", "no-such-charset"), ("th", "tis-620"),
    ]),
    *((language, f"utf-16-{order}", label) for language in PARAGRAPHS for order in ("le", "be")
      for label in ("", "utf-8")),
]  # fmt: skip
TYPOGRAPHY = str.maketrans("“”„’«»…", '"""\'"".')


def in_encoding(text, encoding):
    """Leave out what the encoding has no byte for, as whoever wrote in it had to."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(TYPOGRAPHY).replace("€", "EUR")
    return text, text.encode(encoding)


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


def test_a_declaration_that_means_nothing_gives_way_to_the_next():
    text = page("windows-1251", RUSSIAN[:9])
    for label in ("none", "unicode_escape", " ", "x-user-defined"):
        decoded = decode(text.encode("cp1251"), declared=label)
        assert (decoded.text, decoded.origin) == (text, "declared")


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


@pytest.mark.parametrize("shape", ["page", "text"])
@pytest.mark.parametrize(("language", "encoding", "label"), RECODED)
def test_real_text_is_read_right_whatever_its_page_declares(language, encoding, label, shape):
    text, data = in_encoding(PARAGRAPHS[language], encoding)
    if shape == "text":
        assert decode(data, declared=label or None).text == text
        return
    before, after = page(label or "", "|").split("|") if label else ("<html><body><p>", "</p>")
    decoded = decode(
        before.encode(_ascii_form(encoding)) + data + after.encode(_ascii_form(encoding))
    )
    assert decoded.text == before + text + after
    assert decoded.replaced == 0


def _ascii_form(encoding):
    return encoding if encoding.startswith("utf-16") else "ascii"


@pytest.mark.parametrize(
    ("language", "encoding", "label"),
    [
        ("ru", "mac_cyrillic", "x-mac-cyrillic"),
        ("ru", "cp866", "ibm866"),
        ("tr", "iso8859-3", "latin3"),
        ("fr", "mac_roman", "macintosh"),
        *((language, encoding, encoding) for language, encoding, _ in RECODED),
    ],
)
def test_a_true_declaration_is_believed(language, encoding, label):
    text, data = in_encoding(PARAGRAPHS[language], encoding)
    assert decode(data, declared=label).text == text


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_a_few_words_are_read_as_they_declare(language):
    encoding = next(each for name, each, _ in RECODED if name == language)
    text, data = in_encoding(PARAGRAPHS[language][:24], encoding)
    assert decode(data, declared=encoding).text == text


@pytest.mark.parametrize("stray", [b"\xe9", b"\x96", b"\xff\xfe", b"\xc3", b"\xe2\x80"])
@pytest.mark.parametrize("language", [*PARAGRAPHS])
@pytest.mark.parametrize("label", ["", "utf-8", "iso-8859-1"])
def test_utf_8_with_stray_bytes_stays_utf_8(language, stray, label):
    text = PARAGRAPHS[language]
    cut = text.index(" ") if " " in text else 20
    data = text[:cut].encode() + b" " + stray + b" " + text[cut:].encode()
    decoded = decode(data, declared=label or None)
    assert decoded.text == data.decode("utf-8", "replace")
    assert decoded.origin == "replaced"
    assert decoded.replaced > 0
    assert "could not be read" in decoded.note


def test_the_decision_is_told_unless_there_was_none():
    russian = PARAGRAPHS["ru"]
    assert decode(russian.encode()).note == ""
    assert decode(page("utf-8", russian).encode()).note == ""
    assert decode(b"plain", declared="windows-1252").note == ""
    assert decode(russian.encode("utf-8-sig")).note == ""
    assert decode(russian.encode("cp1251")).note == "read as cp1251 (detected)"
    assert (
        decode(page("koi8-r", russian).encode("cp1251")).note
        == "read as cp1251 (detected), declared as koi8-r"
    )
    assert (
        decode(page("windows-1251", russian).encode()).note
        == "read as utf-8 (it is valid), declared as windows-1251"
    )


def test_without_chardetng_another_detector_is_asked(monkeypatch):
    monkeypatch.setitem(sys.modules, "chardetng_py", None)
    for language, encoding in [
        ("ru", "cp1251"),
        ("ru", "koi8-r"),
        ("tr", "cp1254"),
        ("fr", "cp1252"),
    ]:
        text, data = in_encoding(PARAGRAPHS[language], encoding)
        assert decode(data).text == text


def test_utf_8_needs_no_detector(monkeypatch):
    monkeypatch.setitem(sys.modules, "chardetng_py", None)
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    for label in (None, "utf-8", "iso-8859-1", "gb2312", "nonsense"):
        assert decode(RUSSIAN.encode(), declared=label).text == RUSSIAN


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


@pytest.mark.parametrize("label", ["", "utf-8", "windows-1251", "iso-8859-2", "koi8-r", "gb2312"])
def test_a_few_letters_far_down_a_long_page_are_read_right(label):
    ascii_part = "<p>The ferry will not run before April, the harbour office said.</p>\n" * 3000
    end = "<p>“We don’t know,” said Zoë Núñez at the café – over a 40 € soufflé, naïvely.</p>\n"
    text = page(label or "x", ascii_part + end + ascii_part)
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(("language", "encoding", "label"), RECODED)
def test_a_long_page_is_read_as_a_short_one(language, encoding, label):
    text, _ = in_encoding(PARAGRAPHS[language], encoding)
    words = "<div class='a'><a href='/b/c.html'>Read on in our other pages</a></div>\n" * 30
    text = page(label or "x", f"{words}<p>{text}</p>\n" * 40)
    assert decode(text.encode(encoding)).text == text
    text = text.replace("\n", "").replace("> <", "><")
    if language in ("ja", "zh", "zh-tw", "th"):
        text = text.replace(" ", "")
    assert decode(text.encode(encoding), declared=label or None).text == text


def test_control_characters_that_are_left_out_are_told():
    (extract,) = read(b"A \x1b[31mred\x1b[0m word and a bell\x07.\r\n\tEnd.\x1a", name="a.txt")
    assert extract.notes == ("3 control characters left out",)
    assert "\x1b" not in extract.text
    (extract,) = read("Ein Schlüssel\x1b läutet.".encode("cp1252"), name="a.txt")
    assert extract.notes[0].endswith(", 1 control character left out")
    (extract,) = read(b"Plain text.\x0c\n", name="a.txt")
    assert extract.notes == ()
