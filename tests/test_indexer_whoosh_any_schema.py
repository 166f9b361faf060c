"""Any Whoosh schema in our arrays: the same answers as with Whoosh's own codec."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.indexer.whoosh_index.any_schema import SchemaCodec

WORDS = ("mine", "mines", "mining", "collapse", "café", "of")
# No longer than ten words: up to there the stock codec knows lengths exactly.
TEXT = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=4)
    | st.binary(max_size=4)
    | st.datetimes()
    | st.decimals(allow_nan=False)
)
STORED = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=4)
DOCUMENT = st.fixed_dictionaries(
    {},
    optional={
        "text": TEXT,
        "stemmed": TEXT,
        "loose": TEXT,
        "placed": TEXT,
        "tags": st.lists(st.sampled_from("abc"), max_size=3).map(",".join),
        "year": st.integers(1990, 1995),
        "score": st.sampled_from([-1.5, 0.25, 3.0]),
        "when": st.sampled_from([datetime(2014, 5, 1, tzinfo=None), datetime(2016, 1, 2, 3, 4)]),  # noqa: DTZ001
        "is_open": st.booleans(),
        "grams": st.sampled_from(["mine", "collapse"]),
        "kept": STORED,
        "bytes": st.binary(max_size=3),
        "packed": st.binary(max_size=3),
        "one_of": st.sampled_from([b"x", b"y"]),
        "flag": st.booleans(),
        "level": st.integers(-5, 5),
    },
)


def make_schema() -> Any:
    from whoosh import analysis, columns, fields, formats

    return fields.Schema(
        key=fields.ID(unique=True, stored=True),
        text=fields.TEXT(stored=True, sortable=True, vector=formats.Positions()),
        stemmed=fields.TEXT(analyzer=analysis.StemmingAnalyzer(), spelling=True, field_boost=2.0),
        loose=fields.TEXT(phrase=False),
        placed=fields.TEXT(chars=True),
        tags=fields.KEYWORD(stored=True, commas=True, scorable=True, vector=formats.Frequency()),
        year=fields.NUMERIC(stored=True, sortable=True),
        score=fields.NUMERIC(float),
        when=fields.DATETIME(sortable=True),
        is_open=fields.BOOLEAN(stored=True),
        grams=fields.NGRAM(),
        kept=fields.STORED(),
        bytes=fields.COLUMN(columns.VarBytesColumn()),
        packed=fields.COLUMN(columns.CompressedBytesColumn()),
        one_of=fields.COLUMN(columns.RefBytesColumn()),
        flag=fields.COLUMN(columns.BitColumn()),
        level=fields.COLUMN(columns.NumericColumn("i")),
    )


COLUMNS = ("text", "year", "when", "bytes", "packed", "one_of", "flag", "level")
Batches = list[list[dict[str, Any]]]


def build(folder: Path, codec: Any, batches: Batches, deleted: set[int], optimize: bool) -> Any:
    """Commit each batch as a segment, then deletions; numbers of documents are their keys."""
    from whoosh.index import create_in

    folder.mkdir()
    index = create_in(folder, make_schema())
    key = 0
    for batch in batches:
        writer = index.writer(codec=codec)
        for document in batch:
            writer.add_document(key=str(key), **document)
            key += 1
        writer.commit(merge=False)
    writer = index.writer(codec=codec)
    for number in deleted:
        writer.delete_by_term("key", str(number))
    writer.commit(merge=False, optimize=optimize)
    return index


def approximate(value: float | None) -> Any:
    return None if value is None else pytest.approx(value, rel=1e-6)


def told_by_reader(reader: Any) -> Iterator[Any]:
    """Yield all that a reader has, so that two can be compared."""
    documents = list(reader.all_doc_ids())
    yield documents
    yield [reader.stored_fields(number) for number in documents]
    yield sorted(reader.indexed_field_names())
    for term in reader.all_terms():
        info = reader.term_info(*term)
        yield term, info.doc_frequency(), info.min_id(), info.max_id()
        yield approximate(info.weight()), approximate(info.max_weight())
        yield info.min_length(), info.max_length()
    for leaf, _ in reader.leaf_readers():
        # The stock codec has None where a format says nothing, and cuts off what comes with words
        # for spelling.
        yield [
            (field, *posting, b"" if field.startswith("spell_") else value or b"")
            for field, *posting, value in leaf.iter_postings()
        ]
        for name in leaf.schema.names():
            if reader.schema[name].scorable:
                yield [leaf.doc_field_length(number, name) or 0 for number in leaf.all_doc_ids()]
                yield leaf.field_length(name)
        for name in filter(leaf.has_column, COLUMNS):
            column = leaf.column_reader(name, translate=False)
            yield name, [column[number] for number in leaf.all_doc_ids()]
        for number in leaf.all_doc_ids():
            for name, told in (("tags", "frequency"), ("text", "positions")):
                if leaf.has_vector(number, name):
                    yield number, name, list(leaf.vector(number, name).items_as(told))


def make_queries() -> list[Any]:
    from whoosh import query
    from whoosh.query import spans

    mine, collapse, of = (query.Term("text", word) for word in ("mine", "collapse", "of"))
    return [
        mine,
        query.And([mine, collapse]),
        query.Or([mine, collapse, query.Term("tags", "a", boost=2.0)]),
        query.And([query.Term("loose", "mine"), query.Not(collapse)]),
        query.Phrase("text", ["mine", "collapse"]),
        query.Phrase("placed", ["collapse", "mine"], slop=3),
        spans.SpanFirst(collapse, limit=1),
        query.Prefix("stemmed", "min"),
        query.Wildcard("text", "m*e?"),
        query.FuzzyTerm("text", "mibe"),
        query.NumericRange("year", 1991, 1993),
        query.DateRange("when", datetime(2015, 1, 1), None),  # noqa: DTZ001
        query.Term("is_open", True),
        query.Term("grams", "mine"[:3]),
        query.Every("tags"),
        query.AndMaybe(mine, of),
        query.Every(),
    ]


def told_by_searcher(searcher: Any) -> Iterator[Any]:
    """Yield what is found: hits, scores, order, groups, suggestions."""
    for query in make_queries():
        for limit in (None, 2):
            hits = searcher.search(query, limit=limit)
            yield query, [(hit.docnum, approximate(hit.score)) for hit in hits]
    everything = make_queries()[-1]
    for name in ("year", "text", "when", "tags"):
        hits = searcher.search(everything, limit=None, sortedby=name, groupedby="year")
        yield name, [hit.docnum for hit in hits], hits.groups("year")
    yield searcher.suggest("stemmed", "mnie"), searcher.suggest("text", "colapse")
    yield list(searcher.lexicon("text")), list(searcher.reader().terms_within("text", "mine", 1))


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.lists(DOCUMENT, min_size=1, max_size=5), min_size=1, max_size=3),
    st.sets(st.integers(0, 8), max_size=3),
    st.booleans(),
)
def test_all_that_whoosh_tells_of_an_index_is_what_it_tells_with_its_own_codec(
    batches: Batches, deleted: set[int], optimize: bool
) -> None:
    from whoosh.codec.whoosh3 import W3Codec

    with TemporaryDirectory() as name:
        stock = build(Path(name, "stock"), W3Codec(), batches, deleted, optimize)
        ours = build(Path(name, "ours"), SchemaCodec(blocklimit=2), batches, deleted, optimize)
        with stock.searcher() as theirs, ours.searcher() as found:
            if theirs.doc_count_all():
                assert list(told_by_reader(found.reader())) == list(told_by_reader(theirs.reader()))
            assert list(told_by_searcher(found)) == list(told_by_searcher(theirs))
