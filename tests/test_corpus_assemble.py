import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.extract import Block
from pinakes.corpus.model import Kind
from pinakes.corpus.readers.assemble import TextBuilder, clean

ANY_TEXT = st.text(st.characters(), max_size=60) | st.text(
    "aé\u0301 \n\t\u00a0\u200b\u200d\u00ad|", max_size=30
)


def built(*pieces):
    builder = TextBuilder()
    for kind, text, *level in pieces:
        builder.add(kind, text, level=level[0] if level else 0)
    return builder.build()


def words_of(extract):
    return [extract.text[b.start : b.end] for b in extract.blocks]


def test_blocks_stand_one_blank_line_apart_at_exact_offsets():
    extract = built((Kind.PARAGRAPH, "One."), (Kind.QUOTE, "Two."))
    assert extract.text == "One.\n\nTwo."
    assert extract.blocks == (
        Block(kind=Kind.PARAGRAPH, start=0, end=4),
        Block(kind=Kind.QUOTE, start=6, end=10),
    )


def test_white_space_is_collapsed_and_invisible_characters_go():
    assert clean("a\u00a0 b\r\n\tc\u00ad\u200bd\x00\ufeff ") == "a b cd"


def test_text_is_composed_even_across_a_dropped_character():
    assert clean("e\u200b\u0301") == "é"


def test_joiners_stay_where_they_spell_words_and_go_elsewhere():
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("👩\u200d👧") == "👩\u200d👧"
    assert clean("pre\u200chead\u200d") == "prehead"


def test_half_a_surrogate_pair_becomes_the_replacement_character():
    assert clean("a\ud800b") == "a\ufffdb"


def test_a_table_keeps_its_rows_and_a_paragraph_does_not():
    rows = "Name | Year\n\n Kars  | 1921"
    assert built((Kind.TABLE, rows)).text == "Name | Year\nKars | 1921"
    assert built((Kind.PARAGRAPH, rows)).text == "Name | Year Kars | 1921"


def test_a_poem_keeps_its_lines_if_asked():
    builder = TextBuilder()
    builder.add(Kind.QUOTE, " One\n\n\n\ttwo  or ", keep_lines=True)
    assert builder.build().text == "One\n   two or"


def test_empty_blocks_are_dropped():
    assert built((Kind.PARAGRAPH, " \u200b\n"), (Kind.CAPTION, "")).blocks == ()


def test_headings_make_the_section_path_and_the_title_is_not_in_it():
    extract = built(
        (Kind.TITLE, "T"),
        (Kind.PARAGRAPH, "p"),
        (Kind.HEADING, "A", 2),
        (Kind.HEADING, "B", 3),
        (Kind.PARAGRAPH, "q"),
        (Kind.HEADING, "C", 2),
        (Kind.PARAGRAPH, "r"),
    )
    assert [b.section for b in extract.blocks] == [
        (),
        (),
        ("A",),
        ("A", "B"),
        ("A", "B"),
        ("C",),
        ("C",),
    ]


def test_the_title_leads_and_stands_once():
    extract = built(
        (Kind.CAPTION, "photo"),
        (Kind.TITLE, "The Title"),
        (Kind.HEADING, "the  title", 1),
        (Kind.PARAGRAPH, "Body."),
    )
    assert words_of(extract) == ["The Title", "photo", "Body."]
    doubled = built((Kind.TITLE, "The Title"), (Kind.PARAGRAPH, "THE TITLE"), (Kind.LEAD, "Body."))
    assert words_of(doubled) == ["The Title", "Body."]


def test_a_sentence_that_happens_to_be_the_title_stays_further_down():
    extract = built((Kind.TITLE, "Never"), (Kind.PARAGRAPH, "Ever?"), (Kind.PARAGRAPH, "Never"))
    assert words_of(extract) == ["Never", "Ever?", "Never"]


def test_a_second_title_becomes_a_heading():
    extract = built((Kind.TITLE, "A"), (Kind.PARAGRAPH, "p"), (Kind.TITLE, "B"))
    assert [b.kind for b in extract.blocks] == [Kind.TITLE, Kind.PARAGRAPH, Kind.HEADING]


@settings(deadline=None, max_examples=150)
@given(ANY_TEXT, st.booleans())
def test_cleaning_is_done_once_and_for_all(text, keep_lines):
    cleaned = clean(text, keep_lines=keep_lines)
    assert clean(cleaned, keep_lines=keep_lines) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(Kind), ANY_TEXT, st.integers(0, 6)), max_size=8))
def test_blocks_cover_the_text_but_the_joints(pieces):
    extract = built(*pieces)
    texts = words_of(extract)
    assert "\n\n".join(texts) == extract.text
    assert unicodedata.is_normalized("NFC", extract.text)
    for text in texts:
        assert text
        assert text == text.strip()
        assert "\n\n" not in text
    assert sum(b.kind is Kind.TITLE for b in extract.blocks) <= 1
