import contextlib
import gzip
import io
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.errors import EmptySourceError, SourceError, UnsupportedSourceError
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.model import Kind
from pinakes.corpus.readers import SUPPORTED_SUFFIXES, read
from tests.timing import grows_linearly

LONG = "The delegates met in the old hall and spoke of the river until late in the evening."
PAGE = f"<!DOCTYPE html><html><head><title>Talks</title></head><body><p>{LONG}</p></body></html>"


def one(text, name="a.txt"):
    (extract,) = read(text.encode(), name=name)
    return extract


def zipped(member):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "x")
    return buffer.getvalue()


def test_the_suffix_chooses_the_reader():
    assert one(f"# Talks\n\n{LONG}", "a.md").text == f"Talks\n\n{LONG}"
    assert one(f"# Talks\n\n{LONG}", "a.TXT").text == f"# Talks\n\n{LONG}"
    assert one(f'{{"text": "{LONG}"}}', "a.jsonl").record == "line 1"
    assert one(f'[{{"text": "{LONG}"}}]', "a.json").record == "item 1"
    assert one(f"title\ttext\nT\t{LONG}", "a.tsv").text == f"T\n\n{LONG}"
    assert LONG in one(PAGE, "a.html").text


def test_without_a_suffix_the_content_chooses():
    for name in ("article", "Statement of Dr. Lee", "talks.2014"):
        assert LONG in one(PAGE, name).text
        assert one(f"Talks\n\n{LONG}", name).blocks[0].kind is Kind.TITLE
        assert one(f'{{"text": "{LONG}"}}\n', name).record == "line 1"
        assert one(f"# Talks\n\n{LONG}", name).text == f"Talks\n\n{LONG}"


def test_a_page_saved_under_another_suffix_is_read_as_html():
    for name in ("a.txt", "a.md", "index.php"):
        assert "<" not in one(f"\n<!-- saved -->\n{PAGE}", name).text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (b"GIF89a...", "GIF"),
        (gzip.compress(b"\x7fELF\x02", mtime=0), "ELF"),
        (b"BZh91AY&SY", "bzip2"),
        (zipped("xl/workbook.xml"), "Excel"),
        (b"\x7fELF\x02", "ELF"),
        (b"SQLite format 3\0", "SQLite"),
        (b"abc\0def", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
    ],
)
def test_what_is_not_text_is_refused_by_its_name(data, kind):
    with pytest.raises(UnsupportedSourceError, match=kind):
        list(read(data, name="a.txt"))


def test_a_suffix_that_no_reader_reads_is_refused():
    with pytest.raises(UnsupportedSourceError, match=r"a\.css: \.css files"):
        read(b"p { color: red }", name="a.css")
    assert all(suffix == suffix.lower() for suffix in SUPPORTED_SUFFIXES)


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", "\u200b\u00ad".encode()]
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a"])
def test_a_file_without_text_is_refused(data, name):
    with pytest.raises(EmptySourceError):
        read(data, name=name)


def test_utf_16_is_text():
    assert one_of("Talks\n\n" + LONG, "utf-16").text == f"Talks\n\n{LONG}"
    assert one_of("Talks\n\n" + LONG, "utf-16-le").text == f"Talks\n\n{LONG}"


def one_of(text, encoding):
    (extract,) = read(text.encode(encoding), name="a.txt")
    return extract


def test_every_article_gets_its_language():
    extract = one(f"Talks\n\n{LONG} {LONG}")
    assert [(m.value, m.origin) for m in extract.metadata if m.field == "language"] == [
        ("en", "text:detected")
    ]


def test_a_contradicted_language_is_kept_but_not_chosen():
    extract = one(f"Talks\nLanguage: de\n\n{LONG} {LONG}")
    assert [(m.value, m.chosen) for m in extract.metadata if m.field == "language"] == [
        ("en", True),
        ("de", False),
    ]
    normalised = one(f"Talks\nLanguage: en-US\n\n{LONG}")
    assert normalised.chosen("language") == ("en",)


def test_nothing_heavy_is_loaded_before_it_is_needed():
    program = (
        "import sys, pinakes.corpus.readers\n"
        "heavy = {'bs4', 'lxml', 'markdown_it', 'py3langid', 'charset_normalizer', 'numpy'}\n"
        "sys.exit(' '.join(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == ""


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
@pytest.mark.parametrize(
    "unit",
    [
        *("<!---->", "<!--", "<script>", "<p>", "<h1>t<div>", "<h1><div>", "<"),
        *("[", "![", "> ", "- ", "`", "*a", "|a"),
    ],
)
def test_odd_markup_takes_linear_time(unit, name):
    def read_units(count):
        with contextlib.suppress(SourceError):
            list(read((unit * count).encode(), name=name))

    assert grows_linearly(read_units, 400)


@settings(deadline=None, max_examples=300)
@given(
    st.binary(max_size=120)
    | st.text(st.characters(), max_size=120).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from(["a", "a.txt", "a.md", "a.jsonl", "a.json", "a.csv", "a.xyz"]),
)
def test_any_bytes_are_articles_problems_or_a_source_error(data, name):
    items: list[object] = []
    with contextlib.suppress(SourceError):
        items.extend(read(data, name=name))
    assert all(
        isinstance(item, Problem) or (isinstance(item, Extract) and item.text) for item in items
    )
