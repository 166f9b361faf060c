from pinakes.corpus.model import Kind, Passage, Tag
from pinakes.corpus.structure_tags import tag_structure


def passage(section=()):
    return Passage(number=0, kind=Kind.QUOTE, section=section, start=5, end=9, text="Quux")


def test_kind_language_and_every_heading_above_become_tags_on_the_whole_passage():
    tags = tag_structure(passage(section=("Talks", "Day two")), language="de")
    assert [(t.type, t.value) for t in tags] == [
        ("kind", "quote"),
        ("lang", "de"),
        ("section", "Day two"),
        ("section", "Talks"),
    ]
    assert {(t.start, t.end, t.rule) for t in tags} == {(5, 9, "structure/1")}


def test_an_unknown_language_makes_no_tag():
    assert tag_structure(passage(), language="und") == (
        Tag(type="kind", value="quote", start=5, end=9, rule="structure/1"),
    )


def test_a_heading_that_repeats_in_the_path_makes_one_tag():
    assert len(tag_structure(passage(section=("A", "A")), language="und")) == 2
