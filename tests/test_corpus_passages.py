import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.model import Kind
from pinakes.corpus.passages import split
from pinakes.corpus.readers.assemble import TextBuilder
from pinakes.corpus.reading_options import PassageSize

ANY_TEXT = (
    st.text(st.characters(), max_size=120)
    | st.text("aé\u0301\u200d👩🏽 \n.!?。|", max_size=120)
    | st.lists(st.sampled_from(["Word.", "word", "Dr.", "و", "字。", "3.5"]), max_size=60).map(
        " ".join
    )
)
PIECES = st.lists(st.tuples(st.sampled_from(Kind), ANY_TEXT, st.integers(0, 6)), max_size=10)
SIZES = st.tuples(st.integers(0, 60), st.integers(1, 120)).map(
    lambda pair: PassageSize(min_chars=min(pair), max_chars=max(pair))
)


def built(*pieces):
    builder = TextBuilder()
    for kind, text, *level in pieces:
        builder.add(kind, text, level=level[0] if level else 0)
    return builder.build()


SMALL = PassageSize(min_chars=10, max_chars=40)


def texts(*pieces):
    return [p.text for p in split(built(*pieces), size=SMALL, language="en")]


def test_a_block_is_a_passage():
    extract = built((Kind.TITLE, "T"), (Kind.PARAGRAPH, "a" * 200), (Kind.PARAGRAPH, "b" * 300))
    passages = split(extract)
    assert [(p.number, p.kind, p.start, p.end) for p in passages] == [
        (0, Kind.TITLE, 0, 1),
        (1, Kind.PARAGRAPH, 3, 203),
        (2, Kind.PARAGRAPH, 205, 505),
    ]


def test_short_neighbours_of_one_kind_are_joined_while_they_fit():
    para = Kind.PARAGRAPH
    assert texts((para, "1."), (para, "2."), (para, "Three is a whole lot longer.")) == [
        "1.\n\n2.\n\nThree is a whole lot longer."
    ]
    assert texts((para, "A" * 30), (para, "B" * 30)) == ["A" * 30, "B" * 30]
    assert texts((para, "A" * 38), (para, "B")) == ["A" * 38, "B"]


def test_blocks_of_other_kinds_or_sections_are_not_joined():
    assert texts((Kind.PARAGRAPH, "One."), (Kind.QUOTE, "Two.")) == ["One.", "Two."]
    assert texts((Kind.LIST_ITEM, "a"), (Kind.HEADING, "H"), (Kind.LIST_ITEM, "b")) == [
        "a",
        "H",
        "b",
    ]
    assert texts((Kind.HEADING, "H", 1), (Kind.HEADING, "I", 1)) == ["H", "I"]


def test_a_long_block_is_cut_at_sentence_ends_into_even_pieces():
    text = "Dr. Lee spoke for long. It was late. All were tired. Then they went home. Fin."
    assert texts((Kind.PARAGRAPH, text)) == [
        "Dr. Lee spoke for long. It was late.",
        "All were tired. Then they went home.",
        "Fin.",
    ]


def test_a_long_sentence_is_cut_at_white_space_and_a_long_word_anywhere():
    assert texts((Kind.PARAGRAPH, "x" * 30 + " " + "y" * 30)) == ["x" * 30, "y" * 30]
    assert texts((Kind.PARAGRAPH, "z" * 90)) == ["z" * 40, "z" * 40, "z" * 10]


def test_a_table_is_cut_between_rows():
    rows = "\n".join(f"row {number} | value" for number in range(5))
    pieces = texts((Kind.TABLE, rows))
    assert "\n".join(pieces) == rows
    assert len(pieces) > 1


def test_a_letter_is_never_cut_from_its_marks():
    word = "q\u0301\u0302" * 30
    pieces = texts((Kind.PARAGRAPH, word))
    assert "".join(pieces) == word
    assert all(piece[0] == "q" for piece in pieces)
    assert texts((Kind.PARAGRAPH, "q" + "\u0301" * 60)) == ["q" + "\u0301" * 60]


def test_passages_carry_their_section_and_structural_tags():
    (heading, body) = split(built((Kind.HEADING, "Talks"), (Kind.QUOTE, "Yes.")), language="en")
    assert body.section == heading.section == ("Talks",)
    assert [(t.type, t.value) for t in body.tags] == [
        ("kind", "quote"),
        ("lang", "en"),
        ("section", "Talks"),
    ]


def test_an_article_without_blocks_has_no_passages():
    assert split(built()) == ()


@pytest.mark.parametrize(("least", "most"), [(10, 9), (-1, 5), (0, 0)])
def test_sizes_that_cannot_be_are_refused(least, most):
    with pytest.raises(ValueError, match="expected 0 <= min_chars <= max_chars"):
        PassageSize(min_chars=least, max_chars=most)


@settings(deadline=None, max_examples=300)
@given(PIECES, SIZES, st.sampled_from(["und", "en", "ru"]))
def test_passages_cover_every_block_in_order_without_overlap(pieces, size, language):
    extract = built(*pieces)
    passages = split(extract, size=size, language=language)
    position = 0
    for number, passage in enumerate(passages):
        assert passage.number == number
        assert extract.text[passage.start : passage.end] == passage.text
        assert passage.start < passage.end
        assert extract.text[position : passage.start].strip() == ""
        position = passage.end
        held = [b for b in extract.blocks if b.start < passage.end and passage.start < b.end]
        assert held
        assert all((b.kind, b.section) == (passage.kind, passage.section) for b in held)
        assert len(held) == 1 or (held[0].start, held[-1].end) == (passage.start, passage.end)
    assert extract.text[position:].strip() == ""


@settings(deadline=None, max_examples=300)
@given(PIECES, SIZES)
def test_no_passage_is_longer_than_allowed_nor_starts_inside_a_letter(pieces, size):
    extract = built(*pieces)
    block_starts = {block.start for block in extract.blocks}
    for passage in split(extract, size=size):
        bases = sum(unicodedata.category(c)[0] != "M" for c in passage.text)
        assert (
            len(passage.text) <= size.max_chars
            or bases <= 1
            or "\u200d" in passage.text
            or any("\U0001f3fb" <= c <= "\U0001f3ff" for c in passage.text)
        )
        if passage.start not in block_starts:
            assert unicodedata.category(passage.text[0])[0] != "M"
