"""The words around names, by language, and the given names of many."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "he", "ru", "tr", "uk")
_OTHERWISE = "en"
_LISTS = (
    "titles", "weak_titles", "after_titles", "roles", "first_heads", "last_heads", "weak_heads",
    "firms", "head_links", "lower_words", "not_names", "says", "cue_phrases", "he",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Words of one language, in lower case.

    Attributes:
        stop_words: Words without a meaning of their own.
        titles: What stands before a person's name; of one word or several.
        title_ends: The last words of them.
        weak_titles: Those of them that also stand before other names.
        after_titles: What stands after a person's name.
        roles: What a person is said to be, set off by a comma.
        first_heads: What the name of an organisation starts with (`ministry`).
        last_heads: What it ends with (`committee`).
        weak_heads: Those of them that also end other names.
        firms: What ends the name of a firm, be there but one word before it.
        head_links: What may stand between a first head and the rest.
        lower_words: What may stand in lower case within the name of an organisation.
        heads: First and last heads.
        has_last_heads: Whether names of more than firms end with a head.
        lower_heads: Those of the first heads that may stand in lower case.
        not_names: What is no part of a person's name, though it may have a capital.
        says: Forms of verbs of speaking.
        cue_phrases: What stands before the name of who is cited (`according to`).
        he: Pronouns that stand for one who speaks.
        particles: What stands in lower case within a person's name.
        nouns_have_capitals: Whether every noun has one, so that a capital tells less.
    """

    stop_words: frozenset[str]
    titles: frozenset[str]
    title_ends: frozenset[str]
    weak_titles: frozenset[str]
    after_titles: frozenset[str]
    roles: frozenset[str]
    first_heads: frozenset[str]
    last_heads: frozenset[str]
    weak_heads: frozenset[str]
    firms: frozenset[str]
    head_links: frozenset[str]
    lower_words: frozenset[str]
    heads: frozenset[str]
    has_last_heads: bool
    lower_heads: frozenset[str]
    not_names: frozenset[str]
    says: frozenset[str]
    cue_phrases: frozenset[str]
    he: frozenset[str]
    particles: frozenset[str]
    nouns_have_capitals: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNames:
    """Given names as written.

    Attributes:
        plain: Those that are seldom anything else.
        ambiguous: Those that are as often a word or a place.
        family: Family names in scripts without capitals.
    """

    plain: frozenset[str]
    ambiguous: frozenset[str]
    family: frozenset[str]


@cache
def lexicon_of(language: str) -> Lexicon:
    """Return the words of a language (ISO 639-1); for one without words here, those of English.

    The stop words are the language's own if there are any.
    """
    known = language if language in _LANGUAGES else _OTHERWISE
    table = tomllib.loads(_read(f"languages/{known}.toml"))
    fields = {name: _words(table.get(name, "")) for name in _LISTS}
    fields["stop_words"] = stop_words_of(language) or stop_words_of(known)
    fields["last_heads"] |= fields["firms"]
    fields["heads"] = fields["first_heads"] | fields["last_heads"]
    fields["title_ends"] = frozenset(title.split()[-1] for title in fields["titles"])
    fields["particles"] = words_listed("particles")
    return Lexicon(
        **fields,
        has_last_heads=bool(fields["last_heads"] - fields["firms"]),
        lower_heads=fields["first_heads"] & words_listed("lower_heads"),
        nouns_have_capitals=bool(table.get("nouns_have_capitals")),
    )


@cache
def stop_words_of(language: str) -> frozenset[str]:
    """Return a language's words without a meaning of their own; none for an unknown language."""
    return frozenset(_stop_words().get(language, "").split())


@cache
def words_listed(name: str) -> frozenset[str]:
    """Return a set of words that holds for all languages; `word_sets.toml` tells what each is."""
    return frozenset(tomllib.loads(_read("word_sets.toml"))[name].split())


@cache
def given_names() -> GivenNames:
    """Return the given names of all languages."""
    parts = {"names": "", "ambiguous": "", "family": ""}
    part = "names"
    for line in _read("given_names.txt").splitlines():
        if line.startswith("["):
            part = line.strip("[]")
        elif not line.startswith("#"):
            parts[part] += line + " "
    return GivenNames(
        plain=frozenset(parts["names"].split()),
        ambiguous=frozenset(parts["ambiguous"].split()),
        family=frozenset(parts["family"].split()),
    )


@cache
def _stop_words() -> dict[str, str]:
    return tomllib.loads(_read("stop_words.toml"))


def _read(name: str) -> str:
    return files("pinakes.corpus.tagging.naming").joinpath(name).read_text(encoding="utf-8")


def _words(listed: str) -> frozenset[str]:
    words = (" ".join(word.split()) for word in listed.split(","))
    return frozenset(word for word in words if word)
