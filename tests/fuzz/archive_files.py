"""Files that an archive, a backup or a bundle consists of, as an enemy may have made them.

Checksums are put right before a file is read: they keep chance away, and no enemy.
"""

from __future__ import annotations

import contextlib
import io
import json
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

from pinakes.corpus import ArchiveFolder, Kind, PinakesError, Store, check_store
from pinakes.indexer import snapshot_of
from pinakes.indexer.building import build_segment
from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import ENTRY, HEADER
from pinakes.indexer.segments.deletions import Deletions, read_deletions, write_deletions
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.toc import SegmentEntry, Toc, fingerprint, read_toc, toc_path, write_toc
from pinakes.indexer.verification import verify_segment
from pinakes.search import Archive
from pinakes.search.bundling import verifier
from pinakes.search.citing import CitationError, citation_object, read_citations
from pinakes.search.evaluation import evaluate
from pinakes.search.options import Scope, SearchOptions
from pinakes.search.query import parse
from pinakes.search.reading import damage_told
from pinakes.search.upkeep.backup import restore_backup, write_backup
from tests.long_run import MAX_WORDS, switched
from tests.random_articles import make_article

QUERIES = (
    "river OR boundary",
    '"the river" hall',
    "river NEAR/5 hall",
    "bound* -evening",
    "kind:quote river",
    "place:*",
    "r* NEAR/4 *e*",
    "the-*r* OR h*",
)
# So few words are read as very many are, and cut to fewer.
_AS_MANY = {"search.evaluation.texts.many_words._MANY": 1, MAX_WORDS: 2}
_MOST_SECTIONS = 200
# What the verifier says in one line, being a program of its own.
_NO_BUNDLE = (*verifier._UNREADABLE, LookupError, TypeError, AttributeError)


def read_segment(content: bytes) -> None:
    """Open a segment and search it: what goes wrong is damage, and found where all is checked."""
    path = _place() / "MAIN_a.seg"
    path.write_bytes(mend(content))
    with suppress(PinakesError), switched(_AS_MANY):
        segment = Segment(path)
        snapshot = snapshot_of(segment)
        for query in QUERIES:
            with suppress(IndexDamagedError), damage_told(partial(verify_segment, segment)):
                root = parse(query, types=("place",)).root
                assert root is not None
                for scope in Scope:
                    evaluate(root, snapshot, SearchOptions(scope=scope))


def mend(content: bytes) -> bytes:
    """Return a segment with the size and the checksums that it should have."""
    if len(content) < HEADER.size:
        return content
    head = list(HEADER.unpack_from(content))
    count = min(head[2], _MOST_SECTIONS)
    table = bytearray(content[HEADER.size : HEADER.size + count * ENTRY.size])
    for at in range(0, len(table) - ENTRY.size + 1, ENTRY.size):
        name, code, offset, length, _, rest = ENTRY.unpack_from(table, at)
        checksum = zlib.crc32(content[offset : offset + length])
        ENTRY.pack_into(table, at, name, code, offset, length, checksum, rest)
    head[3], head[4] = len(content), zlib.crc32(table)
    packed = HEADER.pack(*head)[:-4]
    packed += struct.pack("<I", zlib.crc32(packed))
    return packed + bytes(table) + content[HEADER.size + len(table) :]


def segments() -> list[bytes]:
    """Return segments of a few articles each."""
    path = _place() / "MAIN_b.seg"
    lines = [
        "The delegates met in the old hall.",
        "They spoke of the river and its boundary until the evening.",
        "Rivers are boundaries.",
    ]
    found = []
    for count in (1, 2):
        articles = [
            make_article(
                key, [(kind, line) for kind, line in zip(Kind, lines[:count], strict=False)]
            )
            for key in range(1, count + 2)
        ]
        build_segment(articles, path)
        found.append(path.read_bytes())
        path.unlink()
    return found


def read_contents(content: bytes) -> None:
    """Read a table of contents, with a first line that is right for it."""
    folder = _place()
    head, _, body = content.partition(b"\n")
    for first in (head, b'{"pinakes-index":5,"crc32":%d}' % zlib.crc32(body)):
        toc_path(folder, 1).write_bytes(first + b"\n" + body)
        with suppress(PinakesError):
            toc = read_toc(folder, 1)
            for entry in toc.segments:
                assert Path(entry.name).name == entry.name
                assert "/" not in entry.deletions


def tables_of_contents() -> list[bytes]:
    """Return tables of contents."""
    entry = SegmentEntry("MAIN_a", 2, 3, 1, 2, (1, 2, 3), ("en",), "MAIN_a.1.del")
    toc = Toc(1, 4, fingerprint(), "A1", (entry,))
    write_toc(_place(), toc)
    return [toc_path(_place(), 1).read_bytes()]


def read_deleted(content: bytes) -> None:
    """Read a file of deletions, with the checksum that it should have."""
    path = _place() / "MAIN_a.1.del"
    path.write_bytes(content[:-4] + struct.pack("<I", zlib.crc32(content[:-4])))
    with suppress(PinakesError):
        read_deletions(path)


def deletions() -> list[bytes]:
    """Return a file of deletions."""
    path = _place() / "MAIN_a.2.del"
    path.unlink(missing_ok=True)
    write_deletions(path, Deletions(9, 2, b"\x05\x00"))
    return [path.read_bytes()]


def read_store(content: bytes) -> None:
    """Open a store, read all that is in it, and check it."""
    path = _place() / "store.sqlite"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(content)
    with suppress(PinakesError), Store.open(path) as store:
        generation = store.state().generation
        for article in store.living(generation):
            assert len(article.passages) < 1 << 20
        list(store.ledger())
        list(store.saved)
    with suppress(PinakesError):
        list(check_store(path))


def stores() -> list[bytes]:
    """Return the store of a small archive."""
    with _archive() as (archive, root):
        archive.close()
        return [(root / ".pinakes" / "store.sqlite").read_bytes()]


def read_backup(content: bytes) -> None:
    """Restore a backup: nothing comes to be outside the folder that it is restored to."""
    with tempfile.TemporaryDirectory(dir=_place()) as place:
        path = Path(place) / "backup.zip"
        path.write_bytes(content)
        with suppress(PinakesError):
            restore_backup(path, Path(place) / "restored")
        assert {each.name for each in Path(place).iterdir()} <= {"backup.zip", "restored"}


def backups() -> list[bytes]:
    """Return a backup of a small archive."""
    with _archive() as (_, root):
        path = _place() / "seed.zip"
        write_backup(ArchiveFolder.open(root), path)
        return [path.read_bytes(), _stored(path.read_bytes())]


def read_bundle(content: bytes) -> None:
    """Check a bundle as the verifier that is in it does."""
    path = _place() / "bundle.zip"
    path.write_bytes(content)
    with contextlib.redirect_stdout(io.StringIO()), suppress(*_NO_BUNDLE):
        verifier.check(path, None, None)


def bundles() -> list[bytes]:
    """Return a bundle of a small archive."""
    with _archive() as (archive, _):
        path = _place() / "bundle-seed.zip"
        archive.records.export_bundle(archive.understand("river"), path)
        return [path.read_bytes(), _stored(path.read_bytes())]


def read_citation(content: bytes) -> None:
    """Read citations as a program of others' may have written them."""
    with suppress(CitationError):
        read_citations(content.decode("utf-8", "replace"))


def citations() -> list[bytes]:
    """Return citations of a small archive."""
    with _archive() as (archive, _):
        hits = archive.search("river").hits
        made = [passage.citation for hit in hits for passage in hit.passages]
        return [json.dumps(citation_object(each)).encode() for each in made]


def _stored(content: bytes) -> bytes:
    """Return a ZIP file with its members as they are, where a fuzzer gets at them."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(target, "w") as plain:
        for info in packed.infolist():
            plain.writestr(zipfile.ZipInfo(info.filename), packed.read(info))
    return target.getvalue()


@contextlib.contextmanager
def _archive() -> Iterator[tuple[Archive, Path]]:
    with tempfile.TemporaryDirectory() as place:
        text = "The river\n\nThe delegates met in the old hall and spoke of the river.\n"
        (Path(place) / "river.txt").write_text(text)
        with Archive.create(Path(place)) as archive:
            archive.index(Path(place))
            archive.saved.save("water", "river OR lake")
            yield archive, Path(place)


@cache
def _place() -> Path:
    return Path(tempfile.mkdtemp(prefix="pinakes-fuzz-"))
