import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.text import read_text
from tests.timing import grows_linearly

LONG = "The delegates met in the old hall and spoke of the river until late in the evening."
WRAPPED = """\
On Monday the delegates of the highland community met in the old town
hall of Halvik. They spoke of the river, of the road and of the well-
known bridge until late.

The second day was for the lawyers, who came from four countries, and
for the engineers.
"""


def blocks(text):
    extract = read_text(text)
    return [(b.kind, extract.text[b.start : b.end]) for b in extract.blocks]


def words(text):
    return [text for _, text in blocks(text)]


def found(text):
    return {(m.field, m.value, m.origin) for m in read_text(text).metadata if m.chosen}


def test_a_doubled_title_stands_once_and_glued_boilerplate_goes():
    title = "A Door: What the Court Said, and Why."
    for end in ("\nLeave a review", "Leave a review", "\n\nLeave a Review!\n\nShare this:\n"):
        assert blocks(f"{title}\n{title}\n{LONG}\n{LONG[4:]}{end}") == [
            (Kind.TITLE, title),
            (Kind.PARAGRAPH, LONG),
            (Kind.PARAGRAPH, LONG[4:]),
        ]


def test_a_short_first_line_is_the_title():
    assert blocks(f"A river treaty\n{LONG}")[0] == (Kind.TITLE, "A river treaty")
    assert blocks(f"Who owns the river?\n\n{LONG}")[0] == (Kind.TITLE, "Who owns the river?")
    assert ("title", "A river treaty", "text:line 2") in found(f"\nA river treaty\n\n{LONG}")


@pytest.mark.parametrize(
    "text",
    [f"He came home.\n{LONG}", "Only one line", f"{'x' * 201}\n{LONG}", f"- one\n- two\n{LONG}"],
)
def test_a_sentence_or_a_lone_line_is_no_title(text):
    assert Kind.TITLE not in [kind for kind, _ in blocks(text)]


def test_wrapped_lines_are_joined_and_lines_that_are_paragraphs_are_not():
    joined = words(WRAPPED)
    assert len(joined) == 2
    assert joined[0].endswith("of the well-known bridge until late.")
    assert words(f"{LONG}\n{LONG[4:]}\nHe left.") == [LONG, LONG[4:], "He left."]


def test_a_wrapped_text_has_a_title_only_if_it_is_set_apart():
    assert Kind.TITLE not in [kind for kind, _ in blocks(WRAPPED)]
    titled = "A title so long that it had to be wrapped by the program which wrote\nthis file\n\n"
    assert blocks(titled + WRAPPED)[0] == (
        Kind.TITLE,
        "A title so long that it had to be wrapped by the program which wrote this file",
    )


def test_verse_inside_a_wrapped_text_keeps_its_lines():
    assert "A short line\nand another" in words(f"{WRAPPED}\nA short line\nand another\n")


def test_underlined_lines_and_lines_in_capitals_are_headings():
    text = f"Title\n=====\n\nPART ONE\n\n{LONG}\n\nPart two\n--------\n\n{LONG[4:]}"
    extract = read_text(text)
    assert [(b.kind, b.section) for b in extract.blocks] == [
        (Kind.TITLE, ()),
        (Kind.HEADING, ("PART ONE",)),
        (Kind.PARAGRAPH, ("PART ONE",)),
        (Kind.HEADING, ("Part two",)),
        (Kind.PARAGRAPH, ("Part two",)),
    ]


def test_bullets_numbers_and_angle_brackets_make_list_items_and_quotes():
    text = f"Title\n\n{LONG}\n\n- one\n* two\n• three\n1. four\n\n> said\n> she\n"
    assert blocks(text)[2:] == [
        (Kind.LIST_ITEM, "one"),
        (Kind.LIST_ITEM, "two"),
        (Kind.LIST_ITEM, "three"),
        (Kind.LIST_ITEM, "1. four"),
        (Kind.QUOTE, "said she"),
    ]


def test_a_wrapped_line_that_begins_with_a_number_begins_no_list():
    text = WRAPPED.replace("hall of Halvik. They", "14. hall of Halvik. They")
    assert [kind for kind, _ in blocks(text)] == [Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_lines_under_the_title_become_metadata():
    head = "River talks\nBy Nora Feldt and Karel de Wenning\nDate: 5 December 2024\n"
    text = f"{head}Source: The Courier\nhttps://www.courier.example/a\n\n{LONG}"
    assert found(text) == {
        ("title", "River talks", "text:line 1"),
        ("author", "Nora Feldt", "text:line 2"),
        ("author", "Karel de Wenning", "text:line 2"),
        ("published", "2024-12-05", "text:line 3"),
        ("source", "The Courier", "text:line 4"),
        ("url", "https://www.courier.example/a", "text:line 5"),
    }
    assert words(text) == ["River talks", LONG]


def test_headers_may_stand_above_the_text_and_name_the_title():
    text = f"Title: River talks\nURL: https://www.courier.example/a\n\n{LONG}"
    assert blocks(text) == [(Kind.TITLE, "River talks"), (Kind.PARAGRAPH, LONG)]
    assert ("source", "courier.example", "text:line 2:host") in found(text)


def test_a_date_that_cannot_be_read_is_kept_but_not_chosen():
    extract = read_text(f"River talks\nDate: 03/04/2014\n\n{LONG}")
    (published,) = [m for m in extract.metadata if m.field == "published"]
    assert (published.value, published.chosen) == ("03/04/2014", False)


def test_by_at_the_start_of_a_sentence_is_no_byline():
    text = f"River talks\n\nBy noon the square was full of people and the band played on.\n{LONG}"
    assert len(words(text)) == 3


@pytest.mark.parametrize(
    "line",
    ["Follow us on Facebook", "Подписаться", "Mehr lesen", "Paylaş", "اقرأ المزيد", "Share this"],
)
def test_boilerplate_lines_go_at_the_ends_only(line):
    assert words(f"{line}\nTitle here\n\n{LONG}\n{line}") == ["Title here", LONG]
    assert line in words(f"Title here\n{LONG}\n{line}\n{LONG[4:]}")
    assert words(f"Title here\n{LONG} {line} he said.")[-1] == f"{LONG} {line} he said."


def test_a_text_of_boilerplate_alone_is_kept():
    assert words("Subscribe") == ["Subscribe"]


@settings(deadline=None, max_examples=300)
@given(
    st.text(st.characters(), max_size=300)
    | st.lists(
        st.sampled_from(
            [
                "Title",
                "",
                "- a",
                "> q",
                "---",
                "====",
                "1. b",
                "BAKU",
                "By Ann Lee",
                LONG,
                "  x",
                "a" * 70,
            ]
        ),
        max_size=14,
    ).map("\n".join)
)
def test_any_text_is_read_and_no_line_is_lost(text):
    extract = read_text(text)
    kept = "".join(
        [*extract.text.split(), *(m.value for m in extract.metadata if m.chosen is False)]
    )
    if any(line == LONG for line in text.split("\n")):
        assert "".join(LONG.split()) in kept
    assert all(b.start < b.end for b in extract.blocks)


@pytest.mark.parametrize("unit", ["> ", "-", "By ", "a: ", ".Leave ", f"{LONG[:-1]}\n"])
def test_long_odd_lines_take_linear_time(unit):
    def read_units(count):
        line = unit * count
        return read_text(f"Title\n{line}\n{line}")

    assert grows_linearly(read_units, 2_500)
