"""Checks a bundle that `pinakes export --bundle` made; needs nothing but Python.

    python -I verify.py [BUNDLE.zip]
    python -I verify.py --source FILE [BUNDLE.zip]

Every file of the bundle is compared with the manifest, and every citation with the text it quotes
and with the raw file that text is from: ok, moved, text-changed, file-changed or missing. With
--source, FILE stands for the raw file of the citations of it: a copy of your own. The exit status
is 0 if all is as it was, 1 if anything is not, 2 if there is no bundle.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = 1
_NAME = re.compile(r"(?:(?:texts|files)/)?[A-Za-z0-9_][A-Za-z0-9._-]{0,120}")
_CHUNK_BYTES = 1 << 20
_MOST_TEXT_BYTES = 1 << 30
_UNREADABLE = (
    OSError, KeyError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_OK, _MOVED, _TEXT, _FILE, _MISSING = "ok", "moved", "text-changed", "file-changed", "missing"


class Folder:
    """A bundle that was unpacked."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self) -> list[str]:
        """Return the names of all files, with `/` between their parts."""
        below = (path for path in self._root.rglob("*") if path.is_symlink() or path.is_file())
        return [path.relative_to(self._root).as_posix() for path in below]

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading; OSError or KeyError if there is none."""
        path = self._root / name
        if path.is_symlink():
            raise KeyError(name)
        return path.open("rb")


class Packed:
    """A bundle as it was made."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)

    def names(self) -> list[str]:
        """Return the names of all files; one that stands there twice, twice."""
        return [entry.filename for entry in self._zip.infolist() if not entry.is_dir()]

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading; OSError or KeyError if there is none."""
        return self._zip.open(name)  # type: ignore[return-value]


class Bundle:
    """A bundle, packed or not, and what its manifest says."""

    def __init__(self, files: Folder | Packed) -> None:
        self._files = files
        self._digests: dict[str, str | None] = {}
        self._text = "", ""
        content = self.read("manifest.json")
        self.manifest_sha256 = hashlib.sha256(content).hexdigest()
        manifest = json.loads(content)
        if manifest["bundle"] > FORMAT:
            raise ValueError("made by a newer Pinakes, whose verifier has to check it")
        self.members: dict[str, dict[str, Any]] = dict(manifest["members"])
        self.articles: dict[str, dict[str, Any]] = dict(manifest["articles"])
        self.citations: list[dict[str, Any]] = list(
            json.loads(self.read("citations.json"))["citations"]
        )

    def read(self, name: str) -> bytes:
        """Return what is in a file.

        Raises:
            OSError, KeyError, ValueError: It cannot be read, or is larger than any text.
        """
        with self._files.open(_checked(name)) as source:
            content = source.read(_MOST_TEXT_BYTES + 1)
        if len(content) > _MOST_TEXT_BYTES:
            raise ValueError(f"{name} is too large")
        return content

    def text(self, name: str) -> str:
        """Return a text; raises as `read` does. Citations of one article come together."""
        if name != self._text[0]:
            self._text = name, self.read(name).decode("utf-8")
        return self._text[1]

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 of a file, hexadecimal; None if it cannot be read."""
        if name not in self._digests:
            try:
                with self._files.open(_checked(name)) as source:
                    self._digests[name] = hash_stream(source)
            except _UNREADABLE:
                self._digests[name] = None
        return self._digests[name]

    def problems(self) -> Iterator[str]:
        """Yield what is not as the manifest says."""
        seen: set[str] = set()
        for name in sorted(self._files.names()):
            if name in seen:
                yield f"{name}: is there twice"
            elif name not in self.members and name != "manifest.json":
                yield f"{name}: not in the manifest"
            seen.add(name)
        for name, member in sorted(self.members.items()):
            found = self.digest(name)
            if found is None:
                yield f"{name}: missing, or cannot be read"
            elif found != member["sha256"]:
                yield f"{name}: changed; its SHA-256 is {found}, not {member['sha256']}"

    def count_sound(self) -> int:
        """Return how many files of the manifest are what it says."""
        return sum(self.digest(name) == each["sha256"] for name, each in self.members.items())


def hash_stream(source: BinaryIO) -> str:
    """Return the SHA-256 of what can be read, hexadecimal."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.hexdigest()


def _checked(name: str) -> str:
    """Return a name that leads nowhere else; a bundle has no other ones."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a file in a bundle")
    return name


def check_citation(
    citation: dict[str, Any], bundle: Bundle, source_sha256: str | None = None
) -> tuple[str, list[str]]:
    """Return what became of a citation: its status, and every finding, the gravest first.

    Args:
        citation: As it stands in `citations.json`.
        bundle: Has its text and its raw file.
        source_sha256: Of a file that stands for the raw file; None looks into the bundle.
    """
    article = bundle.articles.get(citation["article"])
    if article is None:
        return _MISSING, [f"the bundle has no article {citation['article']}"]
    if type(citation["start"]) is not int or citation["start"] < 0:
        raise ValueError(f"a citation begins at {citation['start']!r}")
    try:
        text = bundle.text(article["text"])
    except _UNREADABLE:
        return _MISSING, [f"{article['text']}: missing, or cannot be read"]
    findings = [
        *_quote_findings(citation, text, article["text"]),
        *_file_findings(citation, article, bundle, source_sha256),
    ]
    if hashlib.sha256(text.encode()).hexdigest() != citation["text_sha256"]:
        findings.append((_TEXT, f"{article['text']} is not the text that was cited"))
    return (findings[0][0] if findings else _OK), [sentence for _, sentence in findings]


def _quote_findings(citation: dict[str, Any], text: str, where: str) -> Iterator[tuple[str, str]]:
    exact, start = citation["exact"], citation["start"]
    place = find_quote(text, citation)
    if not exact or hashlib.sha256(exact.encode()).hexdigest() != citation["sha256"]:
        yield _TEXT, "the quote is not the one that its own checksum was made of: it was altered"
    elif place is None:
        yield _TEXT, f"the quote is not in {where}"
    elif (place, place + len(exact)) != (start, citation["end"]):
        yield _MOVED, f"the quote stands at {place} of {where}, not at {start}"


def _file_findings(
    citation: dict[str, Any], article: dict[str, Any], bundle: Bundle, source_sha256: str | None
) -> Iterator[tuple[str, str]]:
    name = article["file"]
    found = source_sha256 or (bundle.digest(name) if name else None)
    if found is None:
        yield _MISSING, f"{name or article['location']}: {article['file_problem'] or 'missing'}"
    elif found != citation["file_sha256"]:
        where = "the file given" if source_sha256 else name
        told = f"its SHA-256 is {found}, not {citation['file_sha256']}"
        yield _FILE, f"{where} is not the file that was cited: {told}"


def find_quote(text: str, citation: dict[str, Any]) -> int | None:
    """Return where a quote begins: of several places that with most of the words around it."""
    exact, start = citation["exact"], citation["start"]
    if text[start : start + len(exact)] == exact:
        return int(start)
    places = []
    place = text.find(exact)
    while place >= 0 and exact:
        places.append(place)
        place = text.find(exact, place + 1)

    def fitness(place: int) -> tuple[int, int]:
        prefix, suffix = citation["prefix"], citation["suffix"]
        before = text[max(0, place - len(prefix)) : place]
        behind = text[place + len(exact) :]
        shared = _shared(before[::-1], prefix[::-1]) + _shared(behind, suffix)
        return shared, -abs(place - start)

    return max(places, key=fitness, default=None)


def _shared(one: str, other: str) -> int:
    """Return with how many characters both begin."""
    # Without `strict`, which Python 3.9 does not know.
    pairs = enumerate(zip(one, other))  # noqa: B905
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def of_source(bundle: Bundle, name: str, sha256: str) -> list[dict[str, Any]]:
    """Return the citations of a file: by its checksum, else by its name; all if neither fits."""
    same = [each for each in bundle.citations if each["file_sha256"] == sha256]
    named = [each for each in bundle.citations if f"/{each['location']}".endswith(f"/{name}")]
    return same or named or bundle.citations


def _plain(text: str) -> str:
    """Return a line that does nothing to a terminal but show itself."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def _say(line: str) -> None:
    sys.stdout.write(f"{_plain(line)}\n")


def check(path: Path, source: Path | None, expected: str | None) -> int:
    """Check a bundle, and say what was found; return the exit status."""
    bundle = Bundle(Folder(path) if path.is_dir() else Packed(path))
    problems = list(bundle.problems())
    if expected and expected.strip().lower() != bundle.manifest_sha256:
        problems.insert(0, "manifest.json: not the one whose SHA-256 you gave")
    for problem in problems:
        _say(problem)
    sha256, cited = None, bundle.citations
    if source is not None:
        with source.open("rb") as content:
            sha256 = hash_stream(content)
        cited = of_source(bundle, source.name, sha256)
    failed = 0
    for citation in cited:
        status, findings = check_citation(citation, bundle, sha256)
        failed += status != _OK
        name = f"{citation['article']}#{citation['passage']}"
        _say(f"{status:<12}  {name}  {citation['start']}:{citation['end']}")
        for sentence in findings:
            _say(f"              {sentence}")
    _say(f"{bundle.count_sound()} of {len(bundle.members)} files are as they were")
    _say(f"{len(cited) - failed} of {len(cited)} citations hold")
    _say(f"SHA-256 of manifest.json: {bundle.manifest_sha256}")
    return 1 if problems or failed else 0


def main() -> int:
    """Check the bundle that the arguments of the process name."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(description="Check a bundle of citations.")
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument(
        "--source", type=Path, metavar="FILE", help="a copy of a raw file, checked in its place"
    )
    parser.add_argument(
        "--manifest-sha256", metavar="HEX", help="what whoever made the bundle told"
    )
    given = parser.parse_args()
    try:
        return check(given.bundle, given.source, given.manifest_sha256)
    except OSError as error:
        is_bundle = Path(error.filename or "").name != "manifest.json"
        remedy = "" if is_bundle else "; name a bundle, as in `verify.py BUNDLE.zip`"
        sys.stderr.write(f"Error: {_plain(str(error))}{remedy}\n")
    except (*_UNREADABLE, LookupError, TypeError, AttributeError) as error:
        sys.stderr.write(f"Error: no bundle, or a damaged one: {_plain(repr(error))}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
