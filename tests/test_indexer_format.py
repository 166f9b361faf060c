"""An index is read by a reader written from docs/index-format.md alone, of the standard library."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest

from pinakes.corpus import Article, Kind, Passage, Tag
from pinakes.indexer import FIELDS, PassageIndex, stem, words
from pinakes.indexer.changes import add_articles, delete_articles
from pinakes.indexer.index_writer import publish

KINDS = ("title", "lead", "heading", "paragraph", "quote", "list-item", "caption", "table")
TYPES = {b"u1": "B", b"u2": "H", b"u4": "I", b"u8": "Q", b"i4": "i", b"i8": "q"}
WIDTHS = ((1, 0), (2, 1), (4, 2), (16, 4), (256, 8), (65_536, 16), (1 << 32, 32))
Sections = dict[str, "array[int]"]


def check(holds: bool, what: object) -> None:
    if not holds:
        raise ValueError(what)


def read_table_of_contents(folder: Path) -> dict[str, Any]:
    """The table of contents with the highest number."""
    numbers = [int(path.name[6:-4]) for path in folder.glob("_MAIN_*.toc")]
    first, second, rest = (folder / f"_MAIN_{max(numbers)}.toc").read_bytes().split(b"\n")
    header = json.loads(first)
    check(header["pinakes-index"] == 5 and rest == b"", header)
    check(header["crc32"] == zlib.crc32(second + b"\n"), "crc of the table of contents")
    content: dict[str, Any] = json.loads(second)
    check(content["number"] == max(numbers), content)
    return content


def read_sections(path: Path) -> tuple[Sections, int, int]:
    """All sections of a segment by name, and the numbers of passages and articles."""
    data = path.read_bytes()
    magic, version, count, size, table_crc, passages, articles = struct.unpack_from(
        "<8sIIQIII", data
    )
    check(magic == b"PINAKSEG" and version == 5 and size == len(data), path)
    check(struct.unpack_from("<I", data, 60)[0] == zlib.crc32(data[:60]), "crc of the header")
    check(table_crc == zlib.crc32(data[64 : 64 + 64 * count]), "crc of the section table")
    sections = {}
    for entry in range(64, 64 + 64 * count, 64):
        name, code, offset, length, crc, _ = struct.unpack_from("<36s4sQQII", data, entry)
        content = data[offset : offset + length]
        check(offset % 64 == 0 and len(content) == length and zlib.crc32(content) == crc, name)
        letter = TYPES[code.rstrip(b"\0")]
        values = struct.unpack(f"<{length // struct.calcsize('<' + letter)}{letter}", content)
        sections[name.rstrip(b"\0").decode("ascii")] = array(letter, values)
    return sections, passages, articles


def read_deleted(path: Path, articles: int) -> set[int]:
    """The deleted articles of a segment."""
    data = path.read_bytes()
    magic, version, count, deleted = struct.unpack_from("<8sIII", data)
    check((magic, version, count) == (b"PINAKDEL", 5, articles), path)
    check(struct.unpack("<I", data[-4:])[0] == zlib.crc32(data[:-4]), "crc of the deletions")
    bits = data[20:-4]
    check(len(bits) == (articles + 7) // 8, "length of the deletions")
    found = {n for n in range(articles) if bits[n // 8] >> (n % 8) & 1}
    check(len(found) == deleted, "number of deletions")
    return found


def escaped(sections: Sections, name: str, start: int, count: int) -> list[int]:
    """Some values of an escaped section."""
    values = list(sections[name][start : start + count])
    highest = 256 ** sections[name].itemsize - 1
    far_at = sections.get(f"{name}.far_at", array("B")).tolist()
    return [
        sections[f"{name}.far"][far_at.index(place)] if value == highest else value
        for place, value in enumerate(values, start)
    ]


def read_units(sections: Sections, field: str, number: int, units: int) -> list[int]:
    """The passages or articles of a list."""
    start, end = sections[f"{field}.postings_at"][number : number + 2]
    width, place = sections[f"{field}.coding"][number], sections[f"{field}.list_at"][number]
    if width == 0:
        size = (units + 7) // 8
        bits = sections[f"{field}.bitmaps"][place * size : (place + 1) * size]
        return [unit for unit in range(units) if bits[unit // 8] >> unit % 8 & 1]
    gaps = escaped(sections, f"{field}.gaps{width}", place, end - start)
    return [unit - 1 for unit in accumulate(gaps)]


def read_stems(sections: Sections, passages: int) -> Iterator[tuple[int, int, int, list[int]]]:
    """(stem, word, passage, positions) of every posting, divided by the words of the stem."""
    floor, variants = sections["stem.length_floor"], sections["stem.variants"]
    many = dict(zip(sections["stem.many_at"], sections["stem.many"], strict=True))
    posting = 0
    for number, (first, last) in enumerate(pairwise(sections["stem.words_at"])):
        width = next(bits for most, bits in WIDTHS if last - first <= most)
        bit = 8 * sections["stem.variants_at"][number]
        place = sections["stem.occurrences_at"][number]
        for passage in read_units(sections, "stem", number, passages):
            code, length = sections["stem.codes"][posting], sections["passage_words"][passage]
            check(code % 16 == max(n for n in range(16) if floor[n] <= length), "class")
            count = many[posting] if code >> 4 == 15 else (code >> 4) + 1
            by_word: dict[int, list[int]] = {}
            for position in escaped(sections, "stem.positions", place, count):
                bits = [variants[n // 8] >> n % 8 & 1 for n in range(bit, bit + width)]
                variant = sum(value << n for n, value in enumerate(bits))
                by_word.setdefault(sections["stem.words"][first + variant], []).append(position)
                bit += width
            for word, positions in by_word.items():
                yield number, word, passage, positions
            place, posting = place + count, posting + 1


def read_spans(sections: Sections, number: int, passages: list[int]) -> Iterator[list[list[int]]]:
    """[first word, one past the last] of the tags of every posting of a list."""
    start, end = sections.get("tag.spans_at", [0] * (number + 2))[number : number + 2]
    begin, stop = sections.get("tag.counts_at", [0] * (number + 2))[number : number + 2]
    counts = escaped(sections, "tag.counts", begin, stop - begin) if stop > begin else []
    for passage, count in zip(passages, counts or [int(end > start)] * len(passages), strict=True):
        firsts = escaped(sections, "tag.firsts", start, count) if count else []
        lengths = escaped(sections, "tag.lengths", start, count) if count else []
        spans = [[a, a + b] for a, b in zip(firsts, lengths, strict=True) if b]
        yield spans if count else [[0, sections["passage_words"][passage]]]
        start += count
    check(start == end, "spans")


def read_lists(
    sections: Sections, field: str, passages: int, articles: int
) -> Iterator[tuple[str, int, list[int]]]:
    """(term, passage, positions) of every posting of a field, [] if not kept; spans of tags."""
    joined, at = bytes(sections[f"{field}.terms"]), sections[f"{field}.terms_at"]
    check(all(joined[end - 1 : end] == b"\n" for end in at[1:]), "terms end with a line feed")
    terms = [joined[start : end - 1].decode() for start, end in pairwise(at)]
    if field in ("word", "stem"):
        for stem_number, word, passage, positions in read_stems(sections, passages):
            yield terms[stem_number if field == "stem" else word], passage, positions
        return
    by_passage = field in ("kind", "tag", "section")
    for number, term in enumerate(terms):
        units = read_units(sections, field, number, passages if by_passage else articles)
        if field == "tag":
            for passage, spans in zip(units, read_spans(sections, number, units), strict=True):
                yield term, passage, spans
            continue
        for unit in units:
            first, last = sections["article_first"][unit : unit + 2] if not by_passage else (0, 0)
            for passage in (unit,) if by_passage else range(first, last):
                yield term, passage, []


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
                "words": list(sections["article_words"][3 * article : 3 * article + 3]),
                "cluster": sections["article_cluster"][article],
                "digests": list(sections["article_digest"][2 * article : 2 * article + 2]),
                "saved": sections["article_saved"][article],
                "files": sections["article_files"][article],
                "days": list(sections["published"][2 * article : 2 * article + 2]),
                "kinds": [KINDS[kind] for kind in sections["passage_kind"][first:last]],
                "lengths": list(sections["passage_words"][first:last]),
            }
        for field in {name.split(".")[0] for name in sections if name.endswith(".terms")}:
            for term, passage, positions in read_lists(sections, field, passages, articles):
                if passage in place:
                    postings = found["postings"].setdefault((field, term), {})
                    postings.setdefault(place[passage], []).extend(positions)
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


DIGEST = int.from_bytes(
    hashlib.blake2b("Mine Café\nthe mines, the MINE".encode(), digest_size=8).digest(),
    "little",
    signed=True,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    index = PassageIndex.create(tmp_path / "index")
    entries = add_articles(index.path, [make_article(key) for key in range(1, 12)])
    entries = delete_articles(index.path, entries, [2, 11])
    entries += add_articles(index.path, [make_article(12, "ru")])
    publish(index.path, entries, generation=7, token="x")  # noqa: S106
    return index.path


def test_the_document_is_enough_to_read_an_index(folder: Path) -> None:
    found = read_index(folder)
    assert tuple(kind.value for kind in Kind) == KINDS
    assert found["generation"] == 7
    assert sorted(found["articles"]) == [1, 3, 4, 5, 6, 7, 8, 9, 10, 12]
    assert found["articles"][12] == {
        "words": [2, 0, 4],
        "cluster": 12,
        "digests": [DIGEST, 0],
        "saved": 0,
        "files": 1,
        "days": [735_293, 735_323],
        "kinds": ["title", "quote"],
        "lengths": [2, 4],
    }
    postings = found["postings"]
    assert {field for field, _ in postings} == set(FIELDS) - {"url"}
    assert postings["word", "the"][12, 1] == [0, 2]
    assert postings["word", "cafe"][1, 0] == [1]
    assert sorted(postings["stem", "mine"][1, 1]) == [1, 3]
    assert (12, 1) not in postings["lang", "en"]
    assert set(postings["path", "news/12.html"]) == {(12, 0), (12, 1)}
    assert len(postings["path", "news/"]) == len(postings["tag", "place:geneve"]) == 20
    assert set(postings["section", "background"]) == {(key, 1) for key in found["articles"]}
    assert len(postings["author", "doe"]) == 20


def test_the_document_tells_which_words_tags_cover(tmp_path: Path) -> None:
    article = make_article(1)
    title, text = article.passages
    spans = [(0, 5), (4, 9), (4, 10), (11, 14), (9, 10), (4, 9), (9, 11)]
    tags = [Tag(type="place", value="A", start=a, end=b, rule="r/1") for a, b in spans]
    tags.append(Tag(type="Sign", value="§", start=9, end=11, rule="r/1"))
    tags.append(Tag(type="law", value="B", start=0, end=len(text.text), rule="r/1"))
    tags.append(Tag(type="law", value="B", start=0, end=2, rule="r/1"))
    passages = (title, replace(text, tags=tuple(tags)))
    index = PassageIndex.create(tmp_path / "index")
    entries = add_articles(index.path, [replace(article, passages=passages), make_article(2)])
    publish(index.path, entries, generation=1, token="x")  # noqa: S106
    postings = read_index(index.path)["postings"]
    # the mines, the MINE
    covered = [[0, 2], [1, 2], [2, 3]]
    assert postings["tag", "place:a"] == {(1, 1): covered}
    assert postings["tag", "place:geneve"] == {(1, 0): [[0, 1]], (2, 0): [[0, 1]], (2, 1): [[0, 1]]}
    assert postings["tag", "place"][1, 1] == covered
    assert postings["tag", "place"][2, 1] == [[0, 1]]
    assert postings["tag", "sign:§"] == postings["tag", "sign"] == {(1, 1): []}
    assert postings["tag", "law:b"] == {(1, 1): [[0, 1], [0, 4]]}


def test_the_reader_is_short_enough_to_be_written_from_the_document() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    reader = source[source.index("KINDS =") : source.index("def make_article")]
    assert len(reader.strip().splitlines()) <= 175


def test_the_document_tells_every_way_in_which_a_list_is_kept(tmp_path: Path) -> None:
    texts = [
        " ".join(
            ["the mine", "mines " * (number % 11), f"word{number}", "rare" * (number in (3, 900))]
        )
        for number in range(1100)
    ]
    texts += ["far " * 40 + "the", "off " * 300 + "the off", *["off on"] * 30]
    article = make_article(1)
    passages = tuple(
        replace(article.passages[0], number=number, text=text) for number, text in enumerate(texts)
    )
    index = PassageIndex.create(tmp_path / "index")
    entries = add_articles(index.path, [replace(article, passages=passages)])
    publish(index.path, entries, generation=1, token="x")  # noqa: S106
    (entry,) = entries
    sections, _, _ = read_sections(index.path / f"{entry.name}.seg")
    assert set(sections["stem.coding"]) == {0, 1, 2}
    assert {"stem.gaps1.far", "stem.positions.far", "stem.bitmaps"} <= set(sections)
    assert len(sections["stem.many"])
    postings = read_index(index.path)["postings"]
    expected: dict[tuple[str, str], dict[tuple[int, int], list[int]]] = {}
    for number, text in enumerate(texts):
        for position, (_, _, word) in enumerate(words(text)):
            for term in (("word", word), ("stem", stem(word, "en"))):
                places = expected.setdefault(term, {}).setdefault((1, number), [])
                places.append(position)
    found = {term: lists for term, lists in postings.items() if term[0] in ("word", "stem")}
    for lists in found.values():
        for positions in lists.values():
            positions.sort()
    assert found == expected
