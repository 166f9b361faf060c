"""An index is read by a reader written from docs/index-format.md alone, of the standard library."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pinakes.corpus import Article, Kind, Passage, Tag
from pinakes.indexer import FIELDS, PassageIndex
from pinakes.indexer.changes import add_articles, delete_articles

KINDS = ("title", "lead", "heading", "paragraph", "quote", "list-item", "caption", "table")
TYPES = {b"u1": "B", b"u2": "H", b"u4": "I", b"u8": "Q", b"i4": "i", b"i8": "q"}


def check(holds: bool, what: object) -> None:
    if not holds:
        raise ValueError(what)


def read_table_of_contents(folder: Path) -> dict[str, Any]:
    """The table of contents with the highest number."""
    numbers = [int(path.name[6:-4]) for path in folder.glob("_MAIN_*.toc")]
    first, second, rest = (folder / f"_MAIN_{max(numbers)}.toc").read_bytes().split(b"\n")
    header = json.loads(first)
    check(header["pinakes-index"] == 1 and rest == b"", header)
    check(header["crc32"] == zlib.crc32(second + b"\n"), "crc of the table of contents")
    content: dict[str, Any] = json.loads(second)
    check(content["number"] == max(numbers), content)
    return content


def read_sections(path: Path) -> tuple[dict[str, tuple[int, ...]], int, int]:
    """All sections of a segment by name, and the numbers of passages and articles."""
    data = path.read_bytes()
    magic, version, count, size, table_crc, passages, articles = struct.unpack_from(
        "<8sIIQIII", data
    )
    check(magic == b"PINAKSEG" and version == 1 and size == len(data), path)
    check(struct.unpack_from("<I", data, 60)[0] == zlib.crc32(data[:60]), "crc of the header")
    check(table_crc == zlib.crc32(data[64 : 64 + 64 * count]), "crc of the section table")
    sections = {}
    for entry in range(64, 64 + 64 * count, 64):
        name, code, offset, length, crc, _ = struct.unpack_from("<36s4sQQII", data, entry)
        content = data[offset : offset + length]
        check(offset % 64 == 0 and len(content) == length and zlib.crc32(content) == crc, name)
        letter = TYPES[code.rstrip(b"\0")]
        values = struct.unpack(f"<{length // struct.calcsize('<' + letter)}{letter}", content)
        sections[name.rstrip(b"\0").decode("ascii")] = values
    return sections, passages, articles


def read_deleted(path: Path, articles: int) -> set[int]:
    """The deleted articles of a segment."""
    data = path.read_bytes()
    magic, version, count, deleted = struct.unpack_from("<8sIII", data)
    check((magic, version, count) == (b"PINAKDEL", 1, articles), path)
    check(struct.unpack("<I", data[-4:])[0] == zlib.crc32(data[:-4]), "crc of the deletions")
    bits = data[20:-4]
    check(len(bits) == (articles + 7) // 8, "length of the deletions")
    found = {n for n in range(articles) if bits[n // 8] >> (n % 8) & 1}
    check(len(found) == deleted, "number of deletions")
    return found


def read_lists(
    sections: dict[str, tuple[int, ...]], field: str
) -> Iterator[tuple[str, int, int, list[int] | None]]:
    """(term, passage, count, positions) of every posting of a field."""
    joined = bytes(sections[f"{field}.terms"])
    terms_at, postings_at = sections[f"{field}.terms_at"], sections[f"{field}.postings_at"]
    for number in range(len(terms_at) - 1):
        term = joined[terms_at[number] : terms_at[number + 1]].decode()
        place = sections.get(f"{field}.positions_at", (0,) * len(terms_at))[number]
        for posting in range(postings_at[number], postings_at[number + 1]):
            passage = sections[f"{field}.passages"][posting]
            count = sections[f"{field}.counts"][posting] if f"{field}.counts" in sections else 1
            positions = None
            if f"{field}.positions" in sections:
                positions = list(sections[f"{field}.positions"][place : place + count])
                place += count
            yield term, passage, count, positions


def read_index(folder: Path) -> dict[str, Any]:
    """All that the index holds of living articles."""
    toc = read_table_of_contents(folder)
    found: dict[str, Any] = {"generation": toc["generation"], "articles": {}, "postings": {}}
    for entry in toc["segments"]:
        sections, passages, articles = read_sections(folder / f"{entry['name']}.seg")
        check((passages, articles) == (entry["passages"], entry["articles"]), entry)
        deleted = set()
        if entry["deletions"]:
            deleted = read_deleted(folder / entry["deletions"], articles)
        check(articles - len(deleted) == entry["live_articles"], entry)
        place = {}
        for article in set(range(articles)) - deleted:
            key = sections["article_key"][article]
            first, last = sections["article_first"][article : article + 2]
            place |= {passage: (key, passage - first) for passage in range(first, last)}
            found["articles"][key] = {
                "words": sections["article_words"][3 * article : 3 * article + 3],
                "days": sections["published"][2 * article : 2 * article + 2],
                "kinds": [KINDS[kind] for kind in sections["passage_kind"][first:last]],
                "lengths": list(sections["passage_words"][first:last]),
            }
        for field in {name.split(".")[0] for name in sections if "." in name}:
            for term, passage, count, positions in read_lists(sections, field):
                if passage in place:
                    postings = found["postings"].setdefault((field, term), {})
                    postings[place[passage]] = (count, positions)
    return found


def make_article(key: int, language: str = "en") -> Article:
    texts = [(Kind.TITLE, "Mine Café"), (Kind.QUOTE, "the mines, the MINE")]
    return Article(
        id=f"{key:08x}",
        key=key,
        title="Mine Café",
        text="",
        authors=("Jane Doé",),
        source="Example.org",
        url="",
        published="2014-03",
        language=language,
        paths=(f"News/{key}.html",),
        record="",
        sha256="",
        text_sha256="",
        metadata=(),
        passages=tuple(
            Passage(
                number=number,
                kind=kind,
                section=("Background",) if number else (),
                start=0,
                end=len(text),
                text=text,
                tags=(Tag(type="place", value="Genève", start=0, end=1, rule="r/1"),),
            )
            for number, (kind, text) in enumerate(texts)
        ),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    index = PassageIndex.create(tmp_path / "index")
    entries = add_articles(index.path, [make_article(key) for key in range(1, 12)])
    entries = delete_articles(index.path, entries, [2, 11], commit=1)
    entries += add_articles(index.path, [make_article(12, "ru")])
    index.whoosh().writer().publish(entries, generation=7, token="x")  # noqa: S106
    return index.path


def test_the_document_is_enough_to_read_an_index(folder: Path) -> None:
    found = read_index(folder)
    assert tuple(kind.value for kind in Kind) == KINDS
    assert found["generation"] == 7
    assert sorted(found["articles"]) == [1, 3, 4, 5, 6, 7, 8, 9, 10, 12]
    assert found["articles"][12] == {
        "words": (2, 0, 4),
        "days": (735_293, 735_323),
        "kinds": ["title", "quote"],
        "lengths": [2, 4],
    }
    postings = found["postings"]
    assert {field for field, _ in postings} == set(FIELDS) - {"url"}
    assert postings["word", "the"][12, 1] == (2, [0, 2])
    assert postings["word", "cafe"][1, 0] == (1, [1])
    assert postings["stem", "mine"][1, 1] == (2, None)
    assert (12, 1) not in postings["lang", "en"]
    assert set(postings["path", "news/12.html"]) == {(12, 0), (12, 1)}
    assert len(postings["path", "news/"]) == len(postings["tag", "place:geneve"]) == 20
    assert set(postings["section", "background"]) == {(key, 1) for key in found["articles"]}
    assert all(count == 1 for count, _ in postings["author", "doe"].values())


def test_the_reader_is_short_enough_to_be_written_from_the_document() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    reader = source[source.index("KINDS =") : source.index("def make_article")]
    assert len(reader.splitlines()) <= 150
