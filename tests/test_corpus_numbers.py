import pytest

from pinakes.corpus.tagging.taggers.numbers import tag_numbers
from tests.marked_text import mark, marked_texts


@pytest.mark.parametrize(("language", "marked"), marked_texts("quantities"))
def test_quantities_are_found_and_normalised(language, marked):
    assert mark(tag_numbers, marked, language=language) == marked


@pytest.mark.parametrize(("language", "text"), marked_texts("no-quantities"))
def test_what_is_no_quantity_is_left_alone(language, text):
    assert mark(tag_numbers, text, language=language) == text


@pytest.mark.parametrize("word", ["percent", "people", "km", "euros"])
def test_a_unit_far_from_a_number_says_nothing_of_it(word):
    assert mark(tag_numbers, f"Five of the {word}", language="en") == f"Five of the {word}"
