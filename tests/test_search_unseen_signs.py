"""What is not seen in a text or a query keeps no word from being found, nor moves a highlight."""

from __future__ import annotations

import pytest

from pinakes.search import Archive

PAGE = (
    "<title>Sandholm</title><p>The har&shy;bour mas\u200bter of De\u0301cem\u2060ber took a "
    "fishing&nbsp;boat for&#8239;six&thinsp;weeks. می\u200cخواهم بنویسم</p>"
)
TEXT = "Other\n\nThe harbour master of Décember took a fishing boat for six weeks. میخواهم"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unseen")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    with Archive.create(folder) as archive:
        archive.index([folder])
        yield archive


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("harbour", "harbour"),
        ("har\u00adbour", "harbour"),
        ("mas\u200bter", "master"),
        ("\u200bmaster\ufeff", "master"),
        ('"har\u00adbour mas\u200bter"', "harbour master"),
        ("december", "Décember"),
        ("de\u0301cem\u2060ber", "Décember"),
        ('"fishing boat"', "fishing boat"),
        ('"fishing\u00a0boat"', "fishing boat"),
        ('"for six\u2009weeks"', "for six weeks"),
        ("میخواهم", "میخواهم"),
        ("می\u200cخواهم", "میخواهم"),
    ],
)
def test_words_are_found_with_and_without_what_is_not_seen(archive, query, seen):
    hits = list(archive.search(query))
    assert sorted(hit.article.paths[0] for hit in hits) == ["page.html", "text.txt"]
    for hit in hits:
        for passage in hit.passages:
            for snippet in passage.snippets:
                assert snippet.highlights
                for start, end in snippet.highlights:
                    marked = snippet.text[start - snippet.start : end - snippet.start]
                    assert marked.replace("\u200c", "") == seen
