"""What is left in an archive's own files of words that no article of it has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pinakes.corpus import (
    ArchiveError,
    ArchiveFolder,
    default_config,
    lay_open,
    read_dictionaries,
)
from pinakes.indexer import KINDS, Segment, TextWords, words_of_format
from pinakes.search.upkeep.raw_bytes import scan
from pinakes.search.upkeep.sieve import Sieve
from pinakes.search.upkeep.vocabulary import Telling, set_apart, text_of

_NOBODYS = frozenset({"archive", "generations", "taggings", "sqlite_schema", "sqlite_sequence"})
"""Tables that hold what the program calls things, and nothing of an article."""
_OWN_TERMS = frozenset({"id", "kind", "lang"})
"""Fields with terms of the program's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """A word that is left somewhere.

    Attributes:
        word: Folded.
        place: The file below `.pinakes`, and where in it.
    """

    word: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """What was looked for, and what was found.

    Attributes:
        words: How many words were looked for: those that no article has.
        shared: Words that articles of the archive have; they are not looked for.
        leftovers: Every place of each, up to a number of places in one file.
        unread: Files that could not be read.
        named: Words that names of files have which stay in the ledger, each with one of them; they
            are not looked for.
    """

    words: int
    shared: tuple[str, ...]
    leftovers: tuple[Leftover, ...]
    unread: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left, and all could be read."""
        return not (self.leftovers or self.unread)


def find_residue(
    folder: ArchiveFolder, telling: Telling, *, names: Collection[str] = ()
) -> Residue:
    """Look for words in everything below `.pinakes`: decoded, and in every byte as it stands.

    But for words that one of `names` has, which are of files that stay in the ledger: a picture may
    stand beside its page, and both have its name.

    Rows of the store are read with nothing compressed, lists of terms of the index by its own
    reader; then every byte of every file, and what can be read of every frame of Zstandard that
    begins anywhere in it, in a free page or a log as well.

    Raises:
        ScanError: No process can be started that reads the files.
    """
    telling, named = set_apart(telling, names)
    raw, unread = _raw(folder, telling)
    found = dict.fromkeys([*_rows(folder, telling), *_terms(folder, telling), *raw])
    return Residue(
        words=len(telling.words),
        shared=tuple(sorted(telling.shared)),
        leftovers=tuple(found),
        unread=unread,
        named=tuple(sorted(named.items())),
    )


def _rows(folder: ArchiveFolder, telling: Telling) -> Iterator[Leftover]:
    name = folder.store_path.name
    for piece in lay_open(folder.store_path):
        if piece.is_text and not piece.is_living and piece.table not in _NOBODYS:
            place = f"{name}, table {piece.table}, row {piece.row}, {piece.column}"
            yield from _told(TextWords(text_of(piece)).folded, _words(telling), place)


def _terms(folder: ArchiveFolder, telling: Telling) -> Iterator[Leftover]:
    for path in sorted(folder.index_path.glob("*.seg")):
        place = path.relative_to(folder.state_dir).as_posix()
        try:
            segment = Segment(path)
            for field in sorted({*segment.field_names} - _OWN_TERMS):
                told = f"{place}, terms of the field {field}"
                if field == "stem":
                    yield from _told(_stems(segment, telling), telling.stems, told)
                elif field == "word":
                    yield from _told(segment.terms(field), _words(telling), told)
                else:
                    joined = "\n".join(segment.terms(field))
                    yield from _told(TextWords(joined).folded, _words(telling), told)
        except (ArchiveError, FileNotFoundError):
            # What cannot be understood is read byte by byte all the same.
            continue


def _words(telling: Telling) -> Mapping[str, str]:
    return {word: word for word in telling.words}


def _stems(segment: Segment, telling: Telling) -> Iterator[str]:
    """Yield the stems of a segment that only words have which are looked for."""
    words = segment.words.dictionary
    for stem in telling.stems:
        number = segment.term_number("stem", stem)
        if number is not None:
            having = map(words.term, segment.stems.words(number).tolist())
            if all(word in telling.words for word in having):
                yield stem


def _told(found: Iterable[str], known: Mapping[str, str], place: str) -> Iterator[Leftover]:
    for word in known.keys() & set(found):
        yield Leftover(word=known[word], place=place)


def _raw(folder: ArchiveFolder, telling: Telling) -> tuple[list[Leftover], tuple[str, ...]]:
    spelt = {word: set(each) for word, each in telling.words.items()}
    for stem, word in telling.stems.items():
        spelt[word].add(stem)
    own = Sieve(spelt).find(_own_words(folder))
    excluded = telling.legible | {hit.spelling for hit in own}
    spellings = {
        word: [each for each in found if each.encode("utf-8", "replace").lower() not in excluded]
        for word, found in spelt.items()
    }
    hits, unread = scan(folder.state_dir, spellings, _dictionaries(folder.store_path))
    found = [
        Leftover(
            word=hit.word,
            place=f"{hit.path}, {'frame at ' if hit.is_compressed else ''}byte {hit.start}",
        )
        for hit in hits
    ]
    return found, tuple(unread)


def _dictionaries(path: Path) -> list[bytes]:
    try:
        return read_dictionaries(path)
    except ArchiveError:
        return []


def _own_words(folder: ArchiveFolder) -> bytes:
    """Return the words of the program that files hold whatever is indexed."""
    names: set[str] = {*words_of_format(), *KINDS, default_config()}
    for path in folder.index_path.glob("*.seg"):
        try:
            names.update(Segment(path).section_names)
        except (ArchiveError, FileNotFoundError):
            continue
    return "\n".join(sorted(names)).encode()
