"""Citations in the forms of other programs, read back by parsers that are not ours."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import rispy
from citeproc import Citation as Cluster
from citeproc import (
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from lxml import html
from markdown_it import MarkdownIt
from pybtex.database import parse_string
from pyld import jsonld

from pinakes.search.citing import STYLES, annotation_object
from pinakes.search.model import Citation

HOSTILE = Citation(
    article_id="0a0b0c0d",
    passage_number=7,
    start=120,
    end=168,
    exact="Mines & <b>men</b>: 50 % of {it}, *all* $1 #2 a_b~c^d\n\n@misc{x, \\end} [y](z) “no”",
    prefix="before ",
    suffix=" after",
    sha256="11" * 32,
    text_sha256="22" * 32,
    file_sha256="33" * 32,
    title="Fire & {water} <script>alert(1)</script>\nTY  - BOOK",
    authors=("Jane Doe", "Smith, Sons and Daughters", "Алиев, Ильхам"),
    source="courier.example",
    url="https://courier.example/a?b=1&c={2}",
    published="2014-03-04T10:00:00+02:00",
    saved="2014-03",
    language="en",
    section=("Background", "Rescue & relief"),
    location="zip.zip!/a/page.html",
    extraction=1,
    archive_id="f00",
    generation=3,
)
BARE = Citation(
    article_id="0a0b0c0d", passage_number=0, start=0, end=3, exact="Abc", prefix="", suffix="",
    sha256="11" * 32, text_sha256="22" * 32, file_sha256="33" * 32,
)  # fmt: skip

# As much of http://www.w3.org/ns/anno.jsonld as these annotations use.
CONTEXT = {
    "@context": {
        "oa": "http://www.w3.org/ns/oa#",
        "dcterms": "http://purl.org/dc/terms/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "id": {"@type": "@id", "@id": "@id"},
        "type": {"@type": "@id", "@id": "@type"},
        "Annotation": "oa:Annotation",
        "SpecificResource": "oa:SpecificResource",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "TextPositionSelector": "oa:TextPositionSelector",
        "Text": "http://purl.org/dc/dcmitype/Text",
        "highlighting": "oa:highlighting",
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
        "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        "start": "oa:start",
        "end": "oa:end",
        "language": "dc:language",
    }
}


def test_bibtex_is_read_back():
    (entry,) = parse_string(STYLES["bibtex"](HOSTILE), "bibtex").entries.items()
    key, found = entry
    assert (key, found.type) == ("0a0b0c0d-7", "misc")
    names = [" ".join(person.last_names) for person in found.persons["author"]]
    assert names == [f"{{{name}}}" for name in HOSTILE.authors]
    fields = found.fields
    assert (fields["year"], fields["month"], fields["day"]) == ("2014", "3", "4")
    assert fields["url"] == "https://courier.example/a?b=1&c=%7B2%7D"
    assert fields["title"].startswith(r"{Fire \& \{water\} <script>")
    assert r"Mines \& <b>men</b>: 50 \% of \{it\}" in fields["note"]
    assert HOSTILE.file_sha256 in fields["note"]


def test_ris_is_read_back():
    (found,) = rispy.loads(STYLES["ris"](HOSTILE))
    assert found["type_of_reference"] == "ELEC"
    assert found["title"] == "Fire & {water} <script>alert(1)</script> TY - BOOK"
    assert tuple(found["authors"]) == HOSTILE.authors
    assert (found["year"], found["date"]) == ("2014", "2014/03/04/")
    assert found["urls"] == [HOSTILE.url]
    assert any(HOSTILE.text_sha256 in note for note in found["notes"])


def test_csl_json_is_read_and_set_by_a_style():
    items = json.loads(STYLES["csl-json"](HOSTILE))
    assert items[0]["issued"] == {"date-parts": [[2014, 3, 4]]}
    assert items[0]["accessed"] == {"date-parts": [[2014, 3]]}
    # Names in one piece are read by few processors of citations in Python: give the family name.
    items[0]["author"] = [{"family": name["literal"]} for name in items[0]["author"]]
    source = CiteProcJSON(items)
    bibliography = CitationStylesBibliography(
        CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain
    )
    bibliography.register(Cluster([CitationItem(items[0]["id"])]))
    text = str(bibliography.bibliography()[0])
    assert "2014" in text
    assert "Fire & {water}" in text


def test_json_ld_is_read_back_as_a_web_annotation():
    def load(url: str, _options: object) -> dict[str, object]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}

    (node,) = jsonld.expand(annotation_object(HOSTILE), {"documentLoader": load})
    oa = "http://www.w3.org/ns/oa#"
    (target,) = node[oa + "hasTarget"]
    quote, position = target[oa + "hasSelector"]
    assert node["@type"] == [oa + "Annotation"]
    assert quote["@type"] == [oa + "TextQuoteSelector"]
    assert quote[oa + "exact"] == [{"@value": HOSTILE.exact}]
    assert position[oa + "start"] == [{"@value": 120}]
    (source,) = target[oa + "hasSource"]
    assert source["@id"] == HOSTILE.url
    assert source["urn:pinakes:term:fileSha256"] == [{"@value": HOSTILE.file_sha256}]


def test_html_and_markdown_show_texts_and_nothing_else():
    figure = html.fromstring(STYLES["html"](HOSTILE))
    assert {element.tag for element in figure.iter()} == {
        "figure", "blockquote", "p", "figcaption", "a", "ul", "li",
    }  # fmt: skip
    assert "<b>men</b>" in figure.text_content()
    rendered = html.fromstring(MarkdownIt().render(STYLES["markdown"](HOSTILE)))
    assert {element.tag for element in rendered.iter()} == {
        "div", "blockquote", "p", "ul", "li", "a",
    }  # fmt: skip
    assert [link.get("href") for link in rendered.iter("a")] == [
        "https://courier.example/a?b=1&c=%7B2%7D"
    ]
    assert HOSTILE.exact.split("\n")[0] in rendered.text_content()
    entity = MarkdownIt().render(STYLES["markdown"](replace(BARE, exact="Fish &amp; chips")))
    assert "Fish &amp; chips" in html.fromstring(entity).text_content()


def test_an_address_that_runs_code_is_no_link():
    script = replace(BARE, url="javascript:alert(1)")
    assert "<a" not in STYLES["html"](script)
    assert "cite=" not in STYLES["html"](script)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_unknown_is_left_out(style):
    text = STYLES[style](BARE)
    assert "Abc" in text
    assert not re.search(r"None|und\b|\{\}|: \"\"", text)


def test_csl_json_spells_out_what_acts_on_a_terminal() -> None:
    turned = STYLES["csl-json"](replace(BARE, title="mine\u202eenim"))
    assert "\u202e" not in turned
    assert "mine\u202eenim" in json.dumps(json.loads(turned), ensure_ascii=False)
