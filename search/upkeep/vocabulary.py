"""Which words tell that an article was here: those that no other article has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from pinakes.corpus import ArchiveFolder, Article, Extract, Piece, SourceError, lay_open, read
from pinakes.indexer import TextWords, stem, words
from pinakes.search.upkeep.sieve import Sieve

_SHORTEST_PART = 5
_ESCAPES = (b"\\n", b"\\t", b"\\r", b'\\"', b"\\\\")
"""How JSON writes what divides words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Words that are looked for, as no article of the archive has them.

    Attributes:
        words: Folded, each with the ways in which it may be spelt.
        stems: Those that no word of an article has, each with a word that has it.
        shared: Words that articles have, and that tell nothing.
        legible: Spellings that cannot be told from parts of what articles hold, in bytes.
    """

    words: Mapping[str, frozenset[str]]
    stems: Mapping[str, str]
    shared: frozenset[str]
    legible: frozenset[bytes] = frozenset()

    def holds(self, text: str) -> bool:
        """Return whether one of the words stands in a text, or a part of it, as `halv*` has."""
        found = TextWords(text).folded
        return any(
            word.startswith(each) if len(each) >= _SHORTEST_PART else word == each
            for each in found
            for word in self.words
        )


@dataclass(slots=True)
class WordList:
    """Words of articles or of files, to be told from those of others.

    Attributes:
        written: Folded, each with the ways in which it was written.
        stems: The stem of each in the languages of the texts it is from.
    """

    written: dict[str, set[str]] = field(default_factory=dict)
    stems: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    def add(self, text: str, language: str) -> None:
        """Add the words of a text."""
        for start, end, folded in words(text):
            # A number, or a part of a date, tells nothing: any file has it by chance.
            if not folded[:1].isdigit():
                self.written.setdefault(folded, set()).add(text[start:end])
                self.stems.setdefault(folded, set()).add((stem(folded, language), language))


def words_of(articles: Iterable[Article], names: Iterable[str] = ()) -> WordList:
    """Return the words of all that is known of articles: text, metadata, tags, names of files."""
    found = WordList()
    for article in articles:
        for text in _texts_of(article):
            found.add(text, article.language)
    for name in names:
        found.add(_without_suffix(name), "und")
    return found


def _without_suffix(name: str) -> str:
    # What a format is called, messages about other files say too.
    return name.removesuffix(PurePosixPath(name).suffix)


def _texts_of(article: Article) -> Iterator[str]:
    yield article.text
    yield from map(_without_suffix, article.paths)
    yield article.record
    for value in article.metadata:
        yield value.value
    for passage in article.passages:
        yield from passage.section
        for tag in passage.tags:
            yield tag.value


def add_file(candidates: WordList, path: Path, folder: ArchiveFolder) -> None:
    """Add the words of all that is read from a file, and of its name; as text if that fails.

    Raises:
        OSError: It cannot be read.
    """
    content = path.read_bytes()
    name = folder.relative(path)
    candidates.add(_without_suffix(name), "und")
    config = folder.read_config()
    try:
        for item in read(content, name=name, fields=config.records, limits=config.containers):
            if isinstance(item, Extract):
                language = next(iter(item.chosen("language")), "und")
                for text in (item.text, item.record, *(value.value for value in item.metadata)):
                    candidates.add(text, language)
    except SourceError:
        candidates.add(content.decode("utf-8", "replace"), "und")


def find_telling(
    folder: ArchiveFolder, candidates: WordList, *, without: Iterable[str] = ()
) -> Telling:
    """Return the words that no article of the archive has, but perhaps those with ids `without`."""
    spelt = {word: _spellings(word, candidates) for word in candidates.written}
    # Under names of their own, as a word is often its own stem.
    stems = {f"{word} +": {each for each, _ in found} for word, found in candidates.stems.items()}
    sieve = Sieve(spelt | stems)
    living: set[str] = set()
    legible: set[bytes] = set()
    for piece in lay_open(folder.store_path, without=without):
        if piece.is_living:
            legible.update(hit.spelling for hit in sieve.find(piece.content))
            if piece.table != "sqlite_schema":
                living.update(TextWords(text_of(piece)).folded)
    languages = {language for found in candidates.stems.values() for _, language in found}
    living_stems = {stem(word, language) for language in languages for word in living}
    telling = {word: frozenset(each) for word, each in spelt.items() if word not in living}
    found = {each: word for word in telling for each, _ in candidates.stems[word]}
    return Telling(
        words=telling,
        stems={each: word for each, word in found.items() if each not in living_stems},
        shared=frozenset(living & spelt.keys()),
        legible=frozenset(legible | {each.encode() for each in living_stems & telling.keys()}),
    )


def set_apart(telling: Telling, names: Collection[str]) -> tuple[Telling, dict[str, str]]:
    """Return what is looked for but words that names have, and by such a word one of the names."""
    text = "\n".join(names)
    own = telling.words.keys() & set(TextWords(text).folded)
    words = {word: spelt for word, spelt in telling.words.items() if word not in own}
    stems = {each: word for each, word in telling.stems.items() if word not in own}
    # Under names of their own, as a word is often its own stem.
    sieve = Sieve({**words, **{f"{each} +": {each} for each in stems}})
    inside = {hit.spelling for hit in sieve.find(text.encode("utf-8", "replace"))}
    left = replace(telling, words=words, stems=stems, legible=telling.legible | inside)
    found: dict[str, str] = {}
    for name in names if own else ():
        for word in own & set(TextWords(name).folded):
            found.setdefault(word, name)
    return left, found


def text_of(piece: Piece) -> str:
    """Return what a value of the store holds as text, as far as it is one."""
    content = piece.content
    for escape in _ESCAPES:
        content = content.replace(escape, b" ")
    return content.decode("utf-8", "replace")


def _spellings(word: str, candidates: WordList) -> set[str]:
    spelt = {word}
    for written in candidates.written[word]:
        spelt |= {written, written.lower(), written.upper(), written.capitalize()}
    return spelt
