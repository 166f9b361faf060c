"""tantivy, through tantivy-py: in its leanest form, and with what Pinakes keeps."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.inputs import BenchPassage
from bench.peer import PeerMissingError, Resources, folder_sizes
from bench.shapes import TOP_COUNT, Answer, Asked, Join, Shape

try:
    import tantivy
except ImportError as error:
    raise PeerMissingError("pip install -r bench/requirements.txt") from error

_WORDS, _STEMS = "bench_words", "bench_stems"


class Tantivy:
    """Its `default`-like words with positions; where `has_stems`, also a field of stems.

    The field of stems has frequencies and no positions, since phrases ask the words.
    """

    def __init__(self, *, has_stems: bool) -> None:
        self._has_stems = has_stems
        self._word_field = "word"
        self._scored_field = "stem" if has_stems else "word"

    def describe(self) -> dict[str, str]:
        fields = "stems (freqs) and words (positions)" if self._has_stems else "words (positions)"
        return {"version": version("tantivy"), "fields": fields}

    def can(self, shape: Shape) -> bool:
        return True

    def build(
        self, folder: Path, passages: Sequence[BenchPassage], resources: Resources
    ) -> dict[str, float]:
        index = self._register(tantivy.Index(self._schema(), path=str(folder)))
        writer = index.writer(resources.memory_mb * 1_000_000, resources.cores)
        document = tantivy.Document
        if self._has_stems:
            for id_, text in passages:
                writer.add_document(document(id=id_, word=text, stem=text))
        else:
            for id_, text in passages:
                writer.add_document(document(id=id_, word=text))
        writer.commit()
        # Merges that the commit started run on; without waiting the next open might lose the race.
        writer.wait_merging_threads()
        index.reload()
        return {"segments": index.searcher().num_segments}

    def _schema(self) -> Any:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("word", stored=True, tokenizer_name=_WORDS, index_option="position")
        if self._has_stems:
            builder.add_text_field("stem", tokenizer_name=_STEMS, index_option="freq")
        return builder.build()

    def _register(self, index: Any) -> Any:
        filters = tantivy.Filter
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        words = words.filter(filters.lowercase()).filter(filters.ascii_fold())
        index.register_tokenizer(_WORDS, words.build())
        stems = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        stems = stems.filter(filters.lowercase()).filter(filters.ascii_fold())
        index.register_tokenizer(_STEMS, stems.filter(filters.stemmer("English")).build())
        return index

    def finish(self, folder: Path) -> None:
        """Leave it: tantivy-py has no call to merge."""

    def sizes(self, folder: Path) -> dict[str, int]:
        texts = sum(path.stat().st_size for path in folder.glob("*.store"))
        return {"texts": texts, "index": folder_sizes(folder)["all"] - texts}

    def open(self, folder: Path) -> None:
        self._index = self._register(tantivy.Index.open(str(folder)))
        self._searcher = self._index.searcher()

    def prepare(self, words: tuple[str, ...], shape: Shape) -> Any:
        if shape.join is Join.PHRASE:
            return self._index.parse_query(f'"{" ".join(words)}"', [self._word_field])
        sign = "+" if shape.join is Join.AND else ""
        return self._index.parse_query(
            " ".join(f"{sign}{word}" for word in words), [self._scored_field]
        )

    def search(self, prepared: Any, shape: Shape) -> Any:
        searcher = self._searcher
        if shape.asked is Asked.WHOLE:
            return self._show(prepared)
        return searcher.search(prepared, limit=TOP_COUNT, count=shape.asked is Asked.TOTALS)

    def _show(self, query: Any) -> Any:
        searcher = self._searcher
        found = searcher.search(query, limit=TOP_COUNT, count=True)
        snippets = tantivy.SnippetGenerator.create(
            searcher, query, self._index.schema, self._word_field
        )
        shown = []
        for _score, address in found.hits:
            document = searcher.doc(address)
            snippet = snippets.snippet_from_doc(document)
            shown.append((document["word"], snippet.fragment(), snippet.highlighted()))
        return found, shown

    def read_answer(self, found: Any, join: Join) -> Answer:
        hits = [(str(self._searcher.doc(address)["id"][0]), score) for score, address in found.hits]
        return Answer(hits, -1 if found.count is None else found.count)


def lean() -> Tantivy:
    """Return the leanest form: one field of unstemmed words."""
    return Tantivy(has_stems=False)


def like_pinakes() -> Tantivy:
    """Return the form that keeps the same two things as Pinakes."""
    return Tantivy(has_stems=True)
