"""What our codec for any schema does otherwise than Whoosh's own, and what it refuses."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import ArrayFile
from pinakes.indexer.whoosh_index.adapter import OutOfOrderError
from pinakes.indexer.whoosh_index.any_schema import SchemaCodec


def make_index(folder: Path, texts: list[str], *, blocklimit: int = 128, **options: Any) -> Any:
    """Index each text as a document whose `key` is its number."""
    from whoosh import fields
    from whoosh.index import create_in

    folder.mkdir(exist_ok=True)
    schema = fields.Schema(
        key=fields.NUMERIC(stored=True, sortable=True),
        text=fields.TEXT(stored=True, **options),
        kept=fields.STORED,
    )
    index = create_in(folder, schema)
    writer = index.writer(codec=SchemaCodec(blocklimit))
    for key, text in enumerate(texts):
        writer.add_document(key=key, text=text)
    writer.commit()
    return index


def files_of(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.documents"), *folder.glob("*.terms")])


def test_a_segment_is_two_files_that_whoosh_opens_in_a_program_that_knows_nothing_of_us(
    tmp_path: Path,
) -> None:
    make_index(tmp_path, ["mine collapse", "mine"])
    assert len(files_of(tmp_path)) == 2
    program = (
        "import sys; from whoosh.index import open_dir; from whoosh.query import Term\n"
        "with open_dir(sys.argv[1]).searcher() as searcher:\n"
        "    print([hit['key'] for hit in searcher.search(Term('text', 'collapse'))])"
    )
    command = [sys.executable, "-W", "ignore", "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "[0]\n"


def test_lengths_of_fields_are_exact(tmp_path: Path) -> None:
    index = make_index(tmp_path, ["mine " * count for count in (15, 420, 70_000)])
    with index.reader() as reader:
        assert [reader.doc_field_length(number, "text") for number in range(3)] == [15, 420, 70_000]
        assert reader.field_length("text") == 70_435
        info = reader.term_info("text", "mine")
        assert (info.min_length(), info.max_length(), info.weight()) == (15, 70_000, 70_435)


def test_the_best_hits_are_the_same_whether_blocks_are_skipped_or_not(tmp_path: Path) -> None:
    from whoosh import query

    chance = random.Random(5)  # noqa: S311
    words = ["mine", "collapse", "inquiry", "rescue"]
    texts = [" ".join(chance.choices(words, k=chance.randint(1, 12))) for _ in range(400)]
    index = make_index(tmp_path, texts, blocklimit=4)
    asked = query.Or([query.Term("text", "mine"), query.Term("text", "inquiry")])
    with index.searcher() as searcher:
        every = searcher.search(asked, limit=None)
        best = searcher.search(asked, limit=5)
        assert [hit.score for hit in best] == [hit.score for hit in every][:5]


def test_blocks_that_cannot_score_enough_are_skipped(tmp_path: Path) -> None:
    from whoosh import query

    index = make_index(tmp_path, ["mine" + " dust" * 9] * 8 + ["mine"], blocklimit=4)
    with index.searcher() as searcher:
        matcher = query.Term("text", "mine").matcher(searcher)
        assert matcher.skip_to_quality(matcher.score()) == 2
        assert matcher.id() == 8
        matcher.next()
        assert not matcher.is_active()


def test_many_threads_may_share_a_searcher(tmp_path: Path) -> None:
    from whoosh import query

    words = [f"w{number}" for number in range(40)]
    chance = random.Random(6)  # noqa: S311
    texts = [" ".join(chance.choices(words, k=8)) for _ in range(300)]
    index = make_index(tmp_path, texts, blocklimit=4)
    expected = {
        word: [key for key, text in enumerate(texts) if word in text.split()] for word in words
    }
    with index.searcher() as searcher:

        def found(word: str) -> list[int]:
            return sorted(
                hit["key"] for hit in searcher.search(query.Term("text", word), limit=None)
            )

        with ThreadPoolExecutor(6) as pool:
            asked = words * 10
            assert list(pool.map(found, asked)) == [expected[word] for word in asked]


def test_nothing_is_unpickled_where_whooshs_formats_do_not(tmp_path: Path) -> None:
    from whoosh import query

    index = make_index(tmp_path, ["mine collapse", "mine"], phrase=False)
    callers: list[str] = []

    def watch(frame: FrameType, event: str, function: Any) -> None:
        if event == "c_call" and function.__module__ == "_pickle":
            callers.append(frame.f_code.co_filename)

    reader = index.reader()
    sys.setprofile(watch)
    try:
        from whoosh.searching import Searcher

        with Searcher(reader) as searcher:
            hits = searcher.search(query.Prefix("text", "m"), sortedby="key", groupedby="key")
            assert [hit["text"] for hit in hits] == ["mine collapse", "mine"]
    finally:
        sys.setprofile(None)
    assert callers == []


def test_a_value_that_cannot_be_stored_names_its_field_and_the_writer_takes_no_more(
    tmp_path: Path,
) -> None:
    index = make_index(tmp_path, ["mine"])
    writer = index.writer(codec=SchemaCodec())
    with pytest.raises(TypeError, match=r"field 'kept': cannot store a pathlib\."):
        writer.add_document(key=7, text="lost", kept=tmp_path)
    with pytest.raises(ValueError, match="was not finished"):
        writer.add_document(key=8, text="more")
    writer.cancel()
    assert index.doc_count() == 1


def test_writing_into_memory_is_the_same(tmp_path: Path) -> None:
    from whoosh import query
    from whoosh.filedb.filestore import RamStorage, copy_to_ram

    index = make_index(tmp_path, ["mine collapse", "mine"])
    memory = copy_to_ram(index.storage).open_index()
    assert isinstance(memory.storage, RamStorage)
    writer = memory.writer(codec=SchemaCodec())
    writer.add_document(key=2, text="collapse of a mine")
    writer.commit(optimize=True)
    with memory.searcher() as searcher:
        hits = searcher.search(query.Phrase("text", ["mine", "collapse"]))
        assert [hit["key"] for hit in hits] == [0]
        assert len(searcher.search(query.Term("text", "mine"))) == 3


def test_a_field_becomes_sortable_after_it_was_written(tmp_path: Path) -> None:
    from whoosh import query
    from whoosh.sorting import StoredFieldFacet, add_sortable

    index = make_index(tmp_path, ["rescue mine", "collapse mine", "inquiry mine"])
    writer = index.writer()
    add_sortable(writer, "text", StoredFieldFacet("text"))
    writer.commit(merge=False)
    with index.searcher() as searcher:
        assert searcher.reader().has_column("text")
        hits = searcher.search(query.Term("text", "mine"), sortedby="text")
        assert [hit["key"] for hit in hits] == [1, 2, 0]


def test_segments_of_whooshs_own_codec_stand_beside_ours_until_they_are_merged(
    tmp_path: Path,
) -> None:
    from whoosh import query
    from whoosh.codec.whoosh3 import W3Codec

    index = make_index(tmp_path, ["rescue mine", "collapse mine"])
    writer = index.writer(codec=W3Codec())
    writer.add_document(key=2, text="inquiry mine", kept={"a": 1})
    writer.commit(merge=False)
    for count in (1, 0):
        assert len(list(tmp_path.glob("*.seg"))) == count
        with index.searcher() as searcher:
            hits = searcher.search(query.Term("text", "mine"), sortedby="key", reverse=True)
            assert [hit["key"] for hit in hits] == [2, 1, 0]
            assert hits[0]["kept"] == {"a": 1}
        writer = index.writer(codec=SchemaCodec())
        writer.commit(optimize=True)


def test_a_segment_without_documents_is_none(tmp_path: Path) -> None:
    index = make_index(tmp_path, ["mine"])
    writer = index.writer(codec=SchemaCodec())
    writer.delete_by_term("text", "mine")
    writer.commit(optimize=True)
    assert index.doc_count_all() == 0
    with index.searcher() as searcher:
        assert list(searcher.reader().all_terms()) == []


@pytest.mark.parametrize("suffix", [".documents", ".terms"])
def test_damage_is_told_as_such(tmp_path: Path, suffix: str) -> None:
    index = make_index(tmp_path, ["mine collapse", "mine"])
    (path,) = tmp_path.glob(f"*{suffix}")
    whole = path.read_bytes()
    refused = 0
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        try:
            with index.reader() as reader:
                list(reader.iter_postings())
                assert [reader.stored_fields(number) for number in range(2)]
        except IndexDamagedError:
            refused += 1
    assert refused > len(whole) / 7 / 2
    path.write_bytes(whole[:-1])
    with pytest.raises(IndexDamagedError):
        index.reader()
    path.write_bytes(whole)
    ArrayFile(path).verify()


def test_a_file_that_is_gone_is_not_an_empty_segment(tmp_path: Path) -> None:
    index = make_index(tmp_path, ["mine"])
    for path in files_of(tmp_path):
        content = path.read_bytes()
        path.unlink()
        with pytest.raises(FileNotFoundError):
            index.reader()
        path.write_bytes(content)


def test_lists_that_do_not_ascend_are_refused(tmp_path: Path) -> None:
    from whoosh import fields
    from whoosh.filedb.filestore import FileStorage

    storage, codec = FileStorage(str(tmp_path)), SchemaCodec()
    writer = codec.field_writer(storage, codec.new_segment(storage, "MAIN"))
    writer.start_field("text", fields.TEXT())
    writer.start_term(b"mine")
    writer.add(2, 1.0, b"", 1)
    writer.add(1, 1.0, b"", 1)
    writer.finish_term()
    writer.finish_field()
    with pytest.raises(OutOfOrderError, match="comes twice"):
        writer.start_field("text", fields.TEXT())
    with pytest.raises(OutOfOrderError, match="do not ascend"):
        writer.close()
    assert list(tmp_path.iterdir()) == []


def test_the_documentation_names_every_section(tmp_path: Path) -> None:
    make_index(tmp_path, ["mine"])
    page = (Path(__file__).parent.parent / "docs" / "whoosh-codec.md").read_text(encoding="utf-8")
    _, _, rest = page.partition("### `MAIN_<id>.terms`")
    terms, _, documents = rest.partition("### `MAIN_<id>.documents`")
    documents, _, _ = documents.partition("### Stored values")
    for path, part in zip(files_of(tmp_path), (documents, terms), strict=True):
        named = {
            name
            for line in part.splitlines()
            if line.startswith("| `")
            for name in re.findall(r"`(\w+)`", line.split("|")[1])
        }
        assert named == set(ArrayFile(path).names())
