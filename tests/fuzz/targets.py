"""What is fuzzed: each target is a function that takes any bytes and raises nothing.

What a target promises beyond that, it asserts.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from pinakes.corpus import Extract, PinakesError, Problem, read, split
from pinakes.corpus.config import read_config
from pinakes.corpus.readers.long_jsonl import read_long_jsonl
from pinakes.corpus.readers.sources import Source
from pinakes.corpus.reading_options import ContainerLimits, RecordFields
from pinakes.corpus.store.rows import DECODING_ERRORS
from pinakes.search.query import parse, print_node
from tests.fuzz import archive_files, requests

MESSY = Path(__file__).parents[1] / "messy"
ARTICLES = Path(__file__).parents[1] / "articles"
# A container of these holds more than a fuzzer comes upon by itself, and soon says so.
_LIMITS = ContainerLimits(max_members=200, max_member_bytes=1 << 22, max_total_bytes=1 << 23)
_MOST_ITEMS = 500


class Target(NamedTuple):
    """Something to fuzz.

    Attributes:
        run: Takes any bytes.
        seeds: What to begin with.
        longest: How many bytes it is given at the most.
    """

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    longest: int = 4096


def read_as(content: bytes, *, name: str) -> None:
    """Read a file of this name: articles and problems, or an error of ours."""
    with suppress(PinakesError):
        for count, item in enumerate(read(content, name=name, limits=_LIMITS)):
            if isinstance(item, Problem):
                assert item.reason
            else:
                check_extract(item)
            if count > _MOST_ITEMS:
                return


def read_long_lines(content: bytes) -> None:
    """Read JSON Lines as a file that is too long to be held is read."""
    with suppress(PinakesError):
        for item in read_long_jsonl(Source.of(content, name="input.ndjson"), fields=RecordFields()):
            if isinstance(item, Extract):
                check_extract(item)


def check_extract(extract: Extract) -> None:
    """Hold an article against what is promised of any."""
    end = 0
    for block in extract.blocks:
        assert end <= block.start < block.end <= len(extract.text)
        end = block.end
    table = split(extract)
    end = 0
    for passage in table:
        assert end <= passage.start <= passage.end <= len(extract.text)
        assert extract.text[passage.start : passage.end] == passage.text
        end = passage.end


def read_query(content: bytes) -> None:
    """Read a query: findings lie in it, and what was understood and printed is understood."""
    text = content.decode("utf-8", "surrogateescape")
    query = parse(text, types=("place",))
    for found in query.diagnostics:
        assert 0 <= found.start <= found.end <= len(text)
    if query.root is not None:
        again = parse(print_node(query.root), types=("place",))
        assert again.root is not None, print_node(query.root)


def read_settings(content: bytes) -> None:
    """Read a config.toml."""
    path = _scratch() / "config.toml"
    path.write_bytes(content)
    with suppress(PinakesError):
        read_config(path)


def read_content(content: bytes) -> None:
    """Unpack what the store holds of an article, and inflate it."""
    from pinakes.corpus.store.compression import decompress
    from pinakes.corpus.store.unpacking import unpack

    with suppress(*DECODING_ERRORS):
        decompress(content, None)
    with suppress(*DECODING_ERRORS):
        article = unpack((1, "a", "", b"", b"", 1, content), ("a.txt",))
        for passage in article.passages:
            assert passage.start <= passage.end <= len(article.text)


@cache
def _scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="pinakes-fuzz-"))


def _samples(*suffixes: str) -> list[bytes]:
    found = [*MESSY.rglob("input.*"), *ARTICLES.iterdir()]
    return [path.read_bytes() for path in sorted(found) if path.name.endswith(suffixes)]


def _reader(suffix: str, *others: str, longest: int = 8192) -> Target:
    return Target(
        partial(read_as, name=f"input{suffix}"), partial(_samples, suffix, *others), longest
    )


def _packed() -> list[bytes]:
    from pinakes.corpus.store.compression import compressor
    from pinakes.corpus.store.packing import pack

    packed = [
        pack(item, split(item)).content
        for text in _samples(".txt")[:4]
        for item in read(text, name="a.txt")
        if isinstance(item, Extract)
    ]
    return [*packed, *map(compressor(None), packed)]


def _queries() -> list[bytes]:
    from tests.fuzz_queries import PIECES

    whole = ('"right to return" NEAR/5 gen?va -/ab+c/', "date:2014..2015 (title:a OR b~)^2")
    return [text.encode("utf-8", "surrogatepass") for text in (*whole, *PIECES)]


def _settings() -> list[bytes]:
    from pinakes.corpus.config import default_config

    return [default_config().replace("# ", "").encode(), b"[index]\nmemory_mb = 1\n"]


TARGETS: dict[str, Target] = {
    "html": _reader(".html"),
    "xhtml": _reader(".xhtml", ".html"),
    "text": _reader(".txt"),
    "markdown": _reader(".md"),
    "jsonl": _reader(".jsonl"),
    "ndjson": Target(read_long_lines, partial(_samples, ".jsonl"), 8192),
    "json": _reader(".json", ".jsonl"),
    "csv": _reader(".csv"),
    "feed": _reader(".xml"),
    "mail": _reader(".eml"),
    "mbox": _reader(".mbox"),
    "mhtml": _reader(".mhtml"),
    "zip": _reader(".zip", ".wacz", longest=16_384),
    "wacz": _reader(".wacz", longest=16_384),
    "gzip": _reader(".gz", longest=16_384),
    "warc": _reader(".warc", ".warc.gz", longest=16_384),
    "epub": _reader(".epub", longest=16_384),
    "docx": _reader(".docx", ".xlsx", longest=16_384),
    "pdf": _reader(".pdf", longest=16_384),
    "unknown": _reader("", ".html", ".txt", ".xml", ".eml"),
    "query": Target(read_query, _queries, 512),
    "config": Target(read_settings, _settings, 4096),
    "content": Target(read_content, _packed, 16_384),
    "segment": Target(archive_files.read_segment, archive_files.segments, 32_768),
    "toc": Target(archive_files.read_contents, archive_files.tables_of_contents, 2048),
    "deletions": Target(archive_files.read_deleted, archive_files.deletions, 512),
    "store": Target(archive_files.read_store, archive_files.stores, 1 << 20),
    "backup": Target(archive_files.read_backup, archive_files.backups, 65_536),
    "bundle": Target(archive_files.read_bundle, archive_files.bundles, 65_536),
    "citation": Target(archive_files.read_citation, archive_files.citations, 4096),
    "http": Target(requests.ask, requests.seeds, 1024),
}


def quiet() -> None:
    """Let nothing be logged, as what cannot be read is to be expected; a warning is an error."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("error")
