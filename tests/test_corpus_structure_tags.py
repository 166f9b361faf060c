from pinakes.corpus import Kind, TagPattern
from pinakes.corpus.structure_tags import tag_structure


def test_kind_language_and_every_heading_above_become_tags_on_the_whole_passage():
    tags = tag_structure(Kind.QUOTE, ("Talks", "Day two"), language="de")
    assert [(t.type, t.value) for t in tags] == [
        ("kind", "quote"),
        ("lang", "de"),
        ("section", "Day two"),
        ("section", "Talks"),
    ]
    assert {(t.span, t.rule) for t in tags} == {(None, "structure/1")}


def test_an_unknown_language_makes_no_tag():
    assert tag_structure(Kind.QUOTE, (), language="und") == (
        TagPattern(type="kind", value="quote", rule="structure/1"),
    )


def test_a_heading_that_repeats_in_the_path_makes_one_tag():
    assert len(tag_structure(Kind.QUOTE, ("A", "A"), language="und")) == 2
