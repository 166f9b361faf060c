from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.markdown import read_front_matter, read_markdown

ARTICLE = """\
---
title: "The page: what was found"
authors:
  - Nora Feldt
  - Edda Carlin
date: 2015-06-30  # final
tags: [mine safety, 'law, court']
url: https://www.courier.example/a
summary: >
  Two
  lines
nested:
  key: value
---
# The page: what was found

First *words* of a [link](https://x.example/ "t"), `code` and a hard\\
break<br>here.

![A map](map.png)

## Part &amp; parcel

> Quoted
> words

- one

  more of one
- two
  - inner

1. first

| Month | Salt |
|-------|-----:|
| May   | 23   |

```python
x = 1

y = 2
```

<div align="center"><b>Boxed</b><!-- no --></div>
"""


def blocks(text):
    extract = read_markdown(text)
    return [(b.kind, extract.text[b.start : b.end]) for b in extract.blocks]


def test_markdown_becomes_blocks_of_plain_words():
    assert blocks(ARTICLE) == [
        (Kind.TITLE, "The page: what was found"),
        (Kind.PARAGRAPH, "First words of a link, code and a hard break here."),
        (Kind.CAPTION, "A map"),
        (Kind.HEADING, "Part & parcel"),
        (Kind.QUOTE, "Quoted words"),
        (Kind.LIST_ITEM, "one"),
        (Kind.LIST_ITEM, "more of one"),
        (Kind.LIST_ITEM, "two"),
        (Kind.LIST_ITEM, "inner"),
        (Kind.LIST_ITEM, "first"),
        (Kind.TABLE, "Month | Salt\nMay | 23"),
        (Kind.PARAGRAPH, "x = 1\ny = 2"),
        (Kind.PARAGRAPH, "Boxed"),
    ]


def test_front_matter_becomes_metadata_with_its_origin():
    extract = read_markdown(ARTICLE)
    assert [(m.field, m.value, m.origin) for m in extract.metadata] == [
        ("title", "The page: what was found", "front-matter:title"),
        ("author", "Nora Feldt", "front-matter:authors"),
        ("author", "Edda Carlin", "front-matter:authors"),
        ("published", "2015-06-30", "front-matter:date"),
        ("url", "https://www.courier.example/a", "front-matter:url"),
        ("keyword", "mine safety", "front-matter:tags"),
        ("keyword", "law, court", "front-matter:tags"),
        ("source", "courier.example", "front-matter:url:host"),
    ]


def test_the_first_or_only_top_heading_is_the_title():
    assert blocks("# One\n\ntext\n\n# Two")[0] == (Kind.TITLE, "One")
    assert blocks("text\n\n# Only")[0] == (Kind.TITLE, "Only")
    assert (Kind.HEADING, "One") in blocks("text\n\n# One\n\n# Two")


def test_headings_make_sections_below_the_title():
    extract = read_markdown("# T\n\n## A\n\n### B\n\nwords\n\n## C\n\nmore")
    assert extract.blocks[3].section == ("A", "B")
    assert extract.blocks[5].section == ("C",)


def test_a_rule_at_the_top_is_no_front_matter():
    assert blocks("---\n\nA text.") == [(Kind.PARAGRAPH, "A text.")]
    assert (Kind.PARAGRAPH, "words") in blocks("---\nnot: closed\n\nwords")


def test_front_matter_passes_over_what_it_does_not_know():
    assert read_front_matter("a: 'it''s'\n? odd\n- stray\nb:\n  - x\n  y\nc: |\n  one\n  two") == {
        "a": "it's",
        "b": ["x"],
        "c": "one two",
    }


@settings(deadline=None, max_examples=200)
@given(
    st.text(st.characters(), max_size=200)
    | st.text("#>-*_`|[]()!<a>1.\n \\&;:", max_size=120)
    | st.text("ab:-[],'\"|>\n #", max_size=80).map(lambda inner: f"---\n{inner}\n---\nbody")
)
def test_any_text_is_read(text):
    extract = read_markdown(text)
    assert all(b.start < b.end for b in extract.blocks)
