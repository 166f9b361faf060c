"""The names of an article's authors, out of what pages write in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pinakes.corpus.readers.html.author_words import (
    BODY,
    CONNECTIVES,
    FOREIGN_PREFIX,
    JUNK,
    NOT_NAMES,
    OTHER_WORK,
    ROLE,
    ROLE_ONLY,
    strip_by,
)
from pinakes.corpus.readers.month_names import month_numbers

_SEPARATOR = re.compile(
    rf"\s*(?:[;|/•·⋅]|\s(?:{CONNECTIVES})\s)\s*|\s*&\s+(?=\S{{3}})|\s*[,،、，]\s*(?:(?:{CONNECTIVES})\s+)?",
    re.IGNORECASE,
)
_INVERTED = re.compile(r"[^\s,]+(?: [^\s,]+)?, [^,]+")
_ADDRESS = re.compile(
    r"https?:|www\.|@|\.(?:com|org|net)\b|[{}<>=:%#\\$]|\b[a-z]+(?:\.[a-z]+){2,}\b", re.IGNORECASE
)
_PARENTHESIS = re.compile(r"\s*[(\[（【][^()\[\]]*(?:[)\]）】]|$)")
_TRAILER = re.compile(
    r"(?:\s+[-–—|»]\s.*|\s+(?:for|on|in|at|via|last|view all)\b.*"
    r"|\s+(?:updated|published|posted|reviewed|edited)\b.*"
    r"|\s*[,.]?\s*(?:updated|published|posted|reviewed|fact[ -]checked)\b.*|\s+\d.*)$",
    re.IGNORECASE,
)
# `Brenda Goodman, MA`, `Ellen Lindell, VMD, DACVB`, `Rebecca Lake, CEPF®`
_CREDENTIAL = re.compile(
    r"(?:[A-Z][A-Za-z]?\.?){1,4}[A-Z]*[.®™]?|[A-Z]{2,}(?:[-/][A-Z0-9]+| \d+)*[®™]?"
    r"|[Jj]r\.?|[Ss]r\.?|Ph\.?D\.?"
)
_LONGEST_BYLINE = 500
_LONGEST_NAME = 80
_MOST_WORDS = 6
_FIRST_UNSPACED = "\u2e80"
# `Ministry for Civil Protection of the Republic of Tarvia`
_OFFICE = re.compile(r"^(?!.* is )[^.]* (?:of|for) [^.]*$")


def read_authors(written: Iterable[str], *, is_inverted: bool = False) -> list[str]:
    """Return the names in what is written in place of authors, in order, each once.

    `By ` and its like go; several names in one text are parted at commas and conjunctions;
    addresses, handles, roles, degrees and anything too long for a name are left out.

    Args:
        written: Each a name, or several.
        is_inverted: Whether `Doe, Jane Ann` is one name, as library catalogues write it.
    """
    names: dict[str, str] = {}
    for text in written:
        for name in _names_in(" ".join(text[:_LONGEST_BYLINE].split()), is_inverted=is_inverted):
            names.setdefault(name.casefold(), name)
    return list(names.values())


def read_organisation(written: str) -> str:
    """Return the name of an organisation as it stands, or an empty string if it is none."""
    name = " ".join(written.split()).strip(" .,:;-–—|")
    return name if _is_name(name, most_words=12) else ""


def read_byline(pieces: Sequence[str], *, is_named: bool = False) -> list[str]:
    """Return the names in a line that readers see, cut into pieces by its elements.

    What follows the names (a role, a date, a button) is left out: names after the first must be
    joined to it by a comma or a conjunction.

    Args:
        pieces: The texts of the line's elements, in order.
        is_named: Whether the page's own markup says that this is a byline; if not, the line must
            begin with `By` or a word like it.
    """
    rest, has_by = list(pieces), False
    while rest:
        # `By` may be an element of its own.
        bare, is_by = strip_by(f"{rest[0]} ")
        if OTHER_WORK.match(rest[0]):
            return []
        has_by = has_by or is_by
        if bare.strip():
            rest[0] = bare.strip()
            break
        rest.pop(0)
    if not rest or not (has_by or is_named):
        return []
    text = join_pieces(rest)
    return [name for name in read_authors([text]) if _looks_personal(name, is_named=is_named)]


def join_pieces(pieces: Sequence[str]) -> str:
    """Return the first piece, and those that a comma or a conjunction joins to it."""
    text = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        if _ends_open(text) or _opens_joined(piece):
            text = f"{text} {piece}"
        else:
            break
    return text


def _ends_open(text: str) -> bool:
    return text.endswith((",", "&", "،", "、", ";")) or bool(
        re.search(rf"\b(?:{CONNECTIVES})$", text, re.IGNORECASE)
    )


def _opens_joined(piece: str) -> bool:
    return piece.startswith((",", "&", "،", "、", ";")) or bool(
        re.match(rf"(?:{CONNECTIVES})\b", piece, re.IGNORECASE)
    )


def _names_in(text: str, *, is_inverted: bool) -> Iterator[str]:
    text = FOREIGN_PREFIX.sub("", strip_by(text)[0], count=1)
    if _ADDRESS.match(text) or JUNK.search(text):
        return
    text = _PARENTHESIS.sub(" ", text)
    has_full = is_after_role = False
    for joint, part in _parts(text, is_inverted=is_inverted):
        if OTHER_WORK.match(part):
            return
        name = _without_trailer(strip_by(part)[0] if joint else part)
        if joint and ROLE.search(name):
            is_after_role = True
            continue
        # What follows an office belongs to it: `Senior Reporter, Roads`; but not `and Ann Roe`.
        if is_after_role and not joint.strip(" ,"):
            return
        is_after_role = False
        if (joint and _CREDENTIAL.fullmatch(name)) or not _is_name(name):
            continue
        # `Jakob Reinholt, Kessel` has a place behind the name.
        if has_full and name.isalpha() and name[0] < _FIRST_UNSPACED:
            continue
        has_full = has_full or " " in name
        yield name


def _parts(text: str, *, is_inverted: bool) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text between commas and conjunctions, each with what stands before."""
    cuts = list(_SEPARATOR.finditer(text))
    is_one = BODY.match(text) or (is_inverted and _INVERTED.fullmatch(text))
    # `Doe, Jane` is one name; `Jane Doe, Ann Roe` are two.
    if is_one or (len(cuts) == 1 and "," in cuts[0][0] and text.count(" ") <= 1):
        cuts = []
    ends = [*(cut.start() for cut in cuts), len(text)]
    yield "", text[: ends[0]]
    for cut, end in zip(cuts, ends[1:], strict=True):
        yield cut[0], text[cut.end() : end]


def _without_trailer(part: str) -> str:
    match = _TRAILER.search(part)
    # One word before `for` is an office: `Ministry for …`.
    if match and (" " in part[: match.start()].strip() or not match[0].strip()[:1].isalpha()):
        part = part[: match.start()]
    words = part.split()
    # `Nora Feldt March` was cut at a date, `Nora Feldt Senior Reporter` names her office.
    while len(words) > 1 and words[-1].strip(".,").casefold() in month_numbers() and match:
        words.pop()
    return " ".join(words).strip(" .,:;-–—|•·⋅»")


def _is_name(name: str, *, most_words: int = _MOST_WORDS) -> bool:
    return (
        2 <= len(name) <= _LONGEST_NAME
        and (len(name.split()) <= most_words or _OFFICE.search(name) is not None)
        and any(map(str.isalpha, name))
        and not _ADDRESS.search(name)
        and not ROLE_ONLY.fullmatch(name)
        and name.casefold() not in NOT_NAMES
        and not _is_dated(name)
    )


def _is_dated(name: str) -> bool:
    """Whether a text is the name of a month, or holds one beside a number."""
    words = [word.strip(".,").casefold() for word in name.split()]
    has_month = any(word in month_numbers() for word in words)
    return has_month and (len(words) == 1 or any(map(str.isdigit, name)))


def _looks_personal(name: str, *, is_named: bool) -> bool:
    """Whether the words of a name begin as names do: with capitals, where a script has them."""
    words = name.split()
    if len(words) == 1:
        return is_named or not name[0].islower()
    opens_high = not words[0][0].islower() or words[0] in ("the", "de", "van", "von", "al")
    return opens_high and not words[-1][0].islower()
