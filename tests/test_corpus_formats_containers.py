"""ZIP and gzip: what comes out, what it is called, and how little a hostile one costs."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.errors import EmptySourceError, SourceError
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.readers import read
from pinakes.corpus.reading_options import ContainerLimits
from tests.made_files import (
    OK_PAGE,
    PAGE,
    PNG,
    SENTENCE,
    make_epub,
    make_gzip,
    make_warc,
    make_zip,
)
from tests.test_corpus_formats_recognition import SAMPLES


def read_all(data, name="a.zip", **limits):
    items = list(read(data, name=name, limits=ContainerLimits(**limits)))
    articles = {item.record: item for item in items if isinstance(item, Extract)}
    problems = {item.where: item.reason for item in items if isinstance(item, Problem)}
    return articles, problems


def test_each_file_of_a_zip_is_read_by_its_own_reader_and_called_by_its_path():
    records = f'{{"id": "x", "text": "{SENTENCE}"}}\n{{bad\n'
    articles, problems = read_all(
        make_zip(
            {
                "a/page.html": PAGE,
                "b.txt": SENTENCE,
                "c.jsonl": records,
                "d.md": f"# T\n\n{SENTENCE}",
            }
        )
    )
    assert list(articles) == ["!/a/page.html", "!/b.txt", "!/c.jsonl#x", "!/d.md"]
    assert articles["!/a/page.html"].chosen("title") == ("Talks by the river",)
    assert list(problems) == ["!/c.jsonl#line 2"]


def test_archives_in_archives_are_followed_and_named_from_the_outside_in():
    inner = make_zip({"x/page.html.gz": make_gzip(PAGE)})
    articles, problems = read_all(make_gzip(make_zip({"in.zip": inner})), "out.zip.gz")
    assert list(articles) == ["!/in.zip!/x/page.html.gz"]
    assert problems == {}


def test_hidden_files_folders_and_the_pictures_of_saved_pages_are_passed_over():
    members = {
        "page.html": PAGE,
        "page_files/frame.html": PAGE,
        "page_files/deep/frame.html": PAGE,
        "other_files/kept.txt": SENTENCE,
        "__MACOSX/page.html": b"\0\0",
        ".git/config.txt": SENTENCE,
        "empty/": b"",
    }
    articles, problems = read_all(make_zip(members))
    assert list(articles) == ["!/page.html", "!/other_files/kept.txt"]
    assert problems == {}


def test_what_no_reader_reads_is_counted_by_reason():
    members = {f"{number}.png": PNG for number in range(3)} | {"a.txt": SENTENCE, "b.css": "p {}"}
    articles, problems = read_all(make_zip(members))
    assert list(articles) == ["!/a.txt"]
    assert (
        problems["!/0.png (and 2 more like it)"] == "unsupported: a PNG image; no reader reads it"
    )
    assert problems["!/b.css"].startswith("unsupported: .css files are not read")


def test_a_member_that_is_damaged_encrypted_or_empty_costs_itself_only():
    data = bytearray(
        make_zip({"a.txt": SENTENCE, "b.txt": SENTENCE, "c.txt": " "}, is_packed=False)
    )
    at = data.index(SENTENCE.encode())
    data[at] ^= 0xFF
    articles, problems = read_all(bytes(data))
    assert list(articles) == ["!/b.txt"]
    assert problems["!/a.txt"] == "damaged: Bad CRC-32 for file 'a.txt'"
    assert "!/c.txt" in problems
    data = bytearray(make_zip({"a.txt": SENTENCE, "b.txt": SENTENCE}))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    articles, problems = read_all(bytes(data))
    assert list(articles) == ["!/b.txt"]
    assert problems["!/a.txt"].startswith("encrypted")


def test_names_that_lead_out_of_the_archive_are_labels_only(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/../../evil.txt"]
    articles, _ = read_all(make_zip(dict.fromkeys(names, SENTENCE)))
    assert list(articles) == [
        "!/../../evil.txt",
        "!/etc/evil.txt",
        "!/C:/evil.txt",
        "!/a/../../evil.txt",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_member_without_a_name_is_read_as_one_with_a_number():
    names = [item.record for item in read(make_zip({"": PAGE, "b.html": PAGE}), name="a.zip")]
    assert len(names) == 2
    assert "member 1" in names[0]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_both_read():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "One. " + SENTENCE)
        archive.writestr("a.txt", "Two. " + SENTENCE)
    articles, _ = read_all(buffer.getvalue())
    assert list(articles) == ["!/a.txt", "!/a.txt (member 2)"]


def test_names_in_utf_8_without_the_flag_are_read_as_such():
    data = make_zip({"шахта.txt": SENTENCE})
    for at in (6, data.index(b"PK\x01\x02") + 8):
        data = data[: at + 1] + bytes([data[at + 1] & ~0x08]) + data[at + 2 :]
    articles, _ = read_all(data)
    assert list(articles) == ["!/шахта.txt"]


def test_a_member_that_inflates_too_far_is_left_off_and_the_next_is_read():
    bomb = b"a " * 2_000_000
    articles, problems = read_all(make_zip({"bomb.txt": bomb, "a.txt": SENTENCE}))
    assert list(articles) == ["!/a.txt"]
    assert problems["!/bomb.txt"] == (
        "inflates to more than 200 times its size; "
        "[containers] max_ratio in config.toml is the limit"
    )
    articles, _ = read_all(make_zip({"bomb.txt": bomb}), max_ratio=10_000)
    assert list(articles) == ["!/bomb.txt"]


def test_a_member_too_long_to_be_read_whole_is_left_off():
    articles, problems = read_all(
        make_zip({"long.txt": SENTENCE * 50, "a.txt": SENTENCE}), max_member_bytes=1000
    )
    assert list(articles) == ["!/a.txt"]
    assert "longer than 1,000 bytes; [containers] max_member_bytes" in problems["!/long.txt"]
    inner = make_zip({"b.txt": SENTENCE * 50}, is_packed=False)
    _, problems = read_all(make_zip({"in.zip": inner}), max_member_bytes=1000)
    assert "max_member_bytes" in problems["!/in.zip"]


def test_beyond_all_that_may_be_inflated_the_rest_is_not_read():
    members = {f"{number}.txt": SENTENCE * 10 for number in range(9)}
    articles, problems = read_all(make_zip(members), max_total_bytes=3000)
    assert list(articles) == ["!/0.txt", "!/1.txt", "!/2.txt"]
    assert "the rest is not read; [containers] max_total_bytes" in problems[""]


def test_beyond_the_number_of_members_the_rest_is_not_read():
    members = {f"{number}.txt": SENTENCE for number in range(9)}
    articles, problems = read_all(make_zip(members), max_members=4)
    assert len(articles) == 4
    assert "more than 4 members, the rest is not read" in problems[""]
    nested = make_zip({"in.zip": make_zip(members), "z.txt": SENTENCE})
    articles, problems = read_all(nested, max_members=4)
    assert len(articles) == 3
    assert "more than 4 members" in problems[""]


def test_a_directory_that_is_far_too_long_is_not_even_read():
    members = {f"{number:0200}.txt": b"" for number in range(30)}
    articles, problems = read_all(make_zip(members), max_members=4)
    assert articles == {}
    assert "far more than 4 members" in problems[""]


def test_containers_nest_only_so_deep():
    data: bytes = make_zip({"a.txt": SENTENCE})
    for _ in range(3):
        data = make_zip({"in.zip": data, "b.txt": SENTENCE})
    articles, problems = read_all(data, max_depth=2)
    assert list(articles) == ["!/in.zip!/b.txt", "!/b.txt"]
    assert "more than 2 containers inside one another" in problems["!/in.zip!/in.zip"]


def test_a_gzip_is_read_as_what_is_in_it():
    articles, problems = read_all(make_gzip(PAGE), "page.html.gz")
    assert list(articles) == [""]
    assert problems == {}
    articles, _ = read_all(make_gzip(f'{{"text": "{SENTENCE}"}}'), "a.jsonl.gz")
    assert list(articles) == ["line 1"]
    with pytest.raises(EmptySourceError):
        read_all(make_gzip(""), "a.txt.gz")


def test_a_gzip_that_is_cut_off_or_a_bomb_is_an_error_that_says_so():
    with pytest.raises(SourceError, match="damaged: Compressed file ended"):
        read_all(make_gzip(PAGE)[:-20], "page.html.gz")
    with pytest.raises(SourceError, match="200 times its size"):
        read_all(make_gzip(b" " * 30_000_000), "a.txt.gz")
    with pytest.raises(SourceError, match="longer than 100 bytes"):
        read_all(make_gzip(PAGE), "page.html.gz", max_member_bytes=100)


def test_articles_before_a_damage_are_kept():
    answers = [(f"https://paper.example/{n}", OK_PAGE, PAGE.encode()) for n in range(4)]
    data = make_warc(answers, is_packed=True)
    articles, problems = read_all(data[:-60], "a.warc.gz")
    assert list(articles) == [address for address, _, _ in answers[:3]]
    assert list(problems) == [answers[3][0], ""]
    assert problems[""].startswith("damaged: Compressed file ended")
    assert problems[""].endswith("the rest is not read")


def test_an_open_file_is_read_as_its_bytes_are(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(
        make_zip({"a.txt": SENTENCE, "b.epub": make_epub({"c.xhtml": "<p>A word.</p>"})})
    )
    with path.open("rb") as file:
        found = list(read(file, name="a.zip"))
    assert found == list(read(path.read_bytes(), name="a.zip"))


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_a_damaged_file_of_any_format_is_articles_problems_or_a_source_error(format_, draw):
    data = bytearray(SAMPLES[format_])
    for _ in range(draw.draw(st.integers(0, 6))):
        at = draw.draw(st.integers(0, len(data) - 1))
        data[at] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(0, len(data)) | st.just(len(data)))
    items: list[object] = []
    with contextlib.suppress(SourceError):
        items.extend(read(bytes(data[:cut]), name=draw.draw(st.sampled_from(["a", "a.txt"]))))
    assert all(isinstance(item, Extract | Problem) for item in items)
    records = [item.record for item in items if isinstance(item, Extract)]
    assert len(records) == len(set(records))
