"""Bundles: what is in one, what nothing in it can do, and what its verifier finds out."""

from __future__ import annotations

import ast
import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.search import Archive, By, SearchOptions
from pinakes.search.bundling import BundleError, names, verifier, zipping
from pinakes.search.citing import VerdictStatus, annotation_object, read_citations
from pinakes.search.citing.judging import Present, judge
from tests.altered_json import alter

SAMPLES = Path(__file__).parent / "articles"
VERIFIER = Path(verifier.__file__)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("bundling")
    shutil.copytree(SAMPLES, root / "articles")
    archive = Archive.create(root)
    archive.index(root / "articles")
    return archive


@pytest.fixture(scope="module")
def bundle(samples: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "mine.zip"
    samples.export_bundle("mine rescue", path)
    return path


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def write(path: Path, contents: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in contents.items():
            packed.writestr(name, content)
    return path


def run(*args: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the verifier as a stranger does: of Python, its standard library only."""
    command = [sys.executable, "-I", "-S", *map(str, args)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_bundle_has_all_that_was_found_and_the_means_to_check_it(samples, bundle):
    held = members(bundle)
    results = samples.search("mine rescue", options=SearchOptions(limit=1000, collapse=False))
    written = json.loads(held[names.RESULTS])
    assert [(hit["rank"], hit["score"]) for hit in written["hits"]] == [
        (hit.rank, hit.score) for hit in results
    ]
    assert written["total"] == {"articles": results.articles, "passages": results.passages}
    citations = [found.citation for hit in results for found in hit.passages]
    assert read_citations(held[names.CITATIONS].decode()) == citations
    annotations = json.loads(held[names.ANNOTATIONS])
    assert annotations == [annotation_object(citation) for citation in citations]
    for hit in results:
        text = held[names.text_name(hit.article)]
        assert text.decode() == hit.article.text
        raw = held[names.file_name(hit.article.paths[0], hit.article.sha256)]
        assert raw == (samples.root / hit.article.paths[0]).read_bytes()
    manifest = json.loads(held[names.MANIFEST])
    assert manifest["members"] == {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in held.items()
        if name != names.MANIFEST
    }
    assert held[names.VERIFIER] == VERIFIER.read_bytes()
    assert b"Copyright" in held[names.NOTICE]
    assert b"Personal data" in held[names.NOTICE]


def test_the_same_archive_gives_the_same_bytes(samples, bundle, tmp_path):
    again = samples.export_bundle("mine rescue", tmp_path / "again.zip")
    assert again.path is not None
    assert again.path.read_bytes() == bundle.read_bytes()
    assert again.manifest_sha256 == hashlib.sha256(members(bundle)[names.MANIFEST]).hexdigest()
    assert (again.hits, again.articles, again.left_out) == (8, 8, {})
    with zipfile.ZipFile(bundle) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_file_of_many_articles_is_there_once_and_so_are_citations(samples, tmp_path):
    options = SearchOptions(by=By.PASSAGE)
    made = samples.export_bundle("the", tmp_path / "the.zip", options=options)
    held = members(made.path)
    files = [name for name in held if name.startswith("files/")]
    hashes = {hashlib.sha256(held[name]).hexdigest() for name in files}
    assert made.files == len(files) == len(hashes) < made.articles < made.hits
    assert made.citations == made.hits == len(json.loads(held[names.RESULTS])["hits"])
    assert run(VERIFIER, made.path, folder=tmp_path).returncode == 0
    one = samples.export_bundle("the", tmp_path / "one.zip", limit=1)
    assert one.hits == 1


def test_where_nothing_is_found_nothing_is_written(samples, tmp_path):
    made = samples.export_bundle("nowhereword", tmp_path / "no.zip")
    assert (made.path, made.hits, made.manifest_sha256) == (None, 0, "")
    assert list(tmp_path.iterdir()) == []


def test_a_bundle_that_cannot_be_written_leaves_what_was_there(
    samples, bundle, tmp_path, monkeypatch
):
    with pytest.raises(BundleError, match=r"no\.zip: cannot be written \(No such file"):
        samples.export_bundle("mine", tmp_path / "nowhere" / "no.zip")
    kept = shutil.copy(bundle, tmp_path / "kept.zip")
    add_file = zipping.ZipWriter.add_file

    def changed(self: zipping.ZipWriter, name: str, path: Path) -> zipping.Member:
        return add_file(self, name, path)._replace(sha256="0" * 64)

    monkeypatch.setattr(zipping.ZipWriter, "add_file", changed)
    with pytest.raises(BundleError, match="changed while it was read"):
        samples.export_bundle("mine", kept)
    assert kept.read_bytes() == bundle.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["kept.zip"]


def test_files_that_are_gone_or_changed_are_left_out_and_said_to_be(tmp_path):
    for name in ("gone", "changed", "kept"):
        (tmp_path / f"{name}.txt").write_text(f"The mine is {name}.", encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path)
        (tmp_path / "gone.txt").unlink()
        (tmp_path / "changed.txt").write_text("Another mine.", encoding="utf-8")
        made = archive.export_bundle("mine", tmp_path / "out.zip")
    assert made.left_out == {
        "gone.txt": "gone, or cannot be read",
        "changed.txt": "changed since it was indexed",
    }
    assert (made.articles, made.files) == (3, 1)
    done = run(VERIFIER, made.path, folder=tmp_path)
    assert done.returncode == 1
    assert sorted(re.findall("^(ok|missing) ", done.stdout, re.M)) == ["missing", "missing", "ok"]
    assert "gone.txt: not in this bundle: gone, or cannot be read" in done.stdout


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202eevil \x1b[31mred"
HOSTILE_NAMES = ("..<script>.txt", "\x1b[31m.txt", "a\nb.txt", "CON.txt", "-rf.txt", "ünï çödé.txt")


@pytest.fixture
def hostile(tmp_path: Path) -> dict[str, bytes]:
    """The members of a bundle of articles that try everything."""
    root = tmp_path / "hostile"
    root.mkdir()
    for number, name in enumerate(HOSTILE_NAMES):
        content = f"{HOSTILE} {number}\n\nThe mine {HOSTILE} & \"quoted\" '{number}'."
        (root / name).write_text(content, encoding="utf-8")
    records = [
        {
            "id": "../../../etc/passwd",
            "title": HOSTILE,
            "text": f"A mine. {HOSTILE}",
            "url": "javascript:alert(3)",
            "author": HOSTILE,
            "source": '"><script>',
        },
        {"id": "/abs\x00", "title": "</title>", "text": "Another mine.", "url": 'http://a/"x'},
    ]
    lines = "\n".join(map(json.dumps, records))
    (root / "records.jsonl").write_text(lines, encoding="utf-8")
    with Archive.create(root) as archive:
        archive.index(root)
        made = archive.export_bundle(
            'mine OR "</title><script>\udcff\x1b\u202e"', tmp_path / "out.zip"
        )
    assert made.articles >= len(HOSTILE_NAMES) + 1
    assert run(VERIFIER, made.path, folder=tmp_path).returncode == 0
    return members(tmp_path / "out.zip")


def test_no_name_in_a_bundle_leads_anywhere(hostile):
    for name in hostile:
        assert re.fullmatch(r"((texts|files)/)?[A-Za-z0-9][A-Za-z0-9._-]*", name), name
        assert len(name) < 120
    assert len({name.lower() for name in hostile}) == len(hostile)


@given(st.text(), st.from_regex("[0-9a-f]{64}", fullmatch=True))
def test_any_name_of_a_file_becomes_a_safe_one(path, sha256):
    assert re.fullmatch(
        r"files/[0-9a-f]{32}-[A-Za-z0-9_][A-Za-z0-9._-]{0,59}", names.file_name(path, sha256)
    )


def test_the_page_opens_offline_and_holds_nothing_that_acts(hostile, bundle):
    for page in (hostile[names.PAGE].decode(), members(bundle)[names.PAGE].decode()):
        tree = BeautifulSoup(page, "html.parser")
        assert {element.name for element in tree.find_all()} <= {
            "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "b",
            "code", "a", "article", "bdi", "br", "blockquote", "mark",
        }  # fmt: skip
        attributes = {name for element in tree.find_all() for name in element.attrs}
        assert attributes <= {
            "lang", "charset", "http-equiv", "content", "name", "id", "class", "href", "rel", "dir",
        }  # fmt: skip
        for link in tree.find_all("a"):
            assert re.match(r"https?://|texts/[0-9a-f]+\.txt$|NOTICE\.txt$", link["href"])
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page)
        (policy,) = tree.find_all("meta", {"http-equiv": "Content-Security-Policy"})
        assert policy["content"].startswith("default-src 'none'; style-src 'sha256-")
        digest = hashlib.sha256(tree.style.string.encode()).digest()
        import base64

        assert base64.b64encode(digest).decode() in policy["content"]
    assert "<script>" in tree_text(hostile)
    assert "<mark>mine</mark>" in members(bundle)[names.PAGE].decode()


def tree_text(held: dict[str, bytes]) -> str:
    return BeautifulSoup(held[names.PAGE].decode(), "html.parser").get_text()


def test_the_verifier_needs_nothing_but_python():
    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
        )
    }
    assert imported <= sys.stdlib_module_names
    ast.parse(VERIFIER.read_text(encoding="utf-8"), feature_version=(3, 9))


def test_the_verifier_checks_a_bundle_packed_and_unpacked(bundle, tmp_path):
    with zipfile.ZipFile(bundle) as packed:
        packed.extractall(tmp_path / "unpacked")
    count = len(json.loads(members(bundle)[names.CITATIONS])["citations"])
    digest = hashlib.sha256(members(bundle)[names.MANIFEST]).hexdigest()
    for folder, args in (
        (tmp_path / "unpacked", ["verify.py"]),
        (tmp_path, [VERIFIER, bundle]),
        (tmp_path, ["unpacked/verify.py", bundle, "--manifest-sha256", digest]),
    ):
        done = run(*args, folder=folder)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"{count} of {count} citations hold" in done.stdout
        assert f"SHA-256 of manifest.json: {digest}" in done.stdout
    done = run("verify.py", "--manifest-sha256", "0" * 64, folder=tmp_path / "unpacked")
    assert done.returncode == 1
    assert "not the one whose SHA-256 you gave" in done.stdout
    (tmp_path / "unpacked" / "added.txt").write_text("x")
    (tmp_path / "unpacked" / names.NOTICE).unlink()
    (tmp_path / "unpacked" / names.NOTICE).symlink_to(tmp_path)
    done = run("verify.py", folder=tmp_path / "unpacked")
    assert done.returncode == 1
    assert "added.txt: not in the manifest" in done.stdout
    assert "NOTICE.txt: missing, or cannot be read" in done.stdout


def test_a_copy_of_a_raw_file_is_checked_in_its_place(bundle, samples, tmp_path):
    source = samples.root / "articles" / "halvik-mine-collapse.html"
    done = run(VERIFIER, bundle, "--source", source, folder=tmp_path)
    assert done.returncode == 0
    assert "1 of 1 citations hold" in done.stdout
    changed = tmp_path / source.name
    changed.write_bytes(source.read_bytes() + b" ")
    done = run(VERIFIER, bundle, "--source", changed, folder=tmp_path)
    assert done.returncode == 1
    assert "file-changed  907a36fd#3" in done.stdout
    assert "the file given is not the file that was cited" in done.stdout
    other = shutil.copy(changed, tmp_path / "other.html")
    assert (
        "0 of 10 citations hold" in run(VERIFIER, bundle, "--source", other, folder=tmp_path).stdout
    )
    done = run(VERIFIER, bundle, "--source", "none.html", folder=tmp_path)
    assert (done.returncode, done.stdout.count("\n")) == (2, 0)
    assert "Error: " in done.stderr


# Each returns what it makes of a text and of the bytes of the raw file, and of a citation.
def _keep(text: str, raw: bytes | None, citation: dict[str, Any]) -> Any:
    return text, raw, citation


def _prepend(text: str, raw: bytes | None, citation: dict[str, Any]) -> Any:
    return f"New words. {text}", raw, citation


def _append(text: str, raw: bytes | None, citation: dict[str, Any]) -> Any:
    return f"{text} More.", raw, citation


def _repeat(text: str, raw: bytes | None, citation: dict[str, Any]) -> Any:
    return f"{citation['exact']} {text}", raw, citation


def _swap(text: str, raw: bytes | None, citation: dict[str, Any]) -> Any:
    place = citation["start"]
    return f"{text[:place]}\u2603{text[place + 1 :]}", raw, citation


def _change_file(text: str, raw: bytes | None, citation: dict[str, Any]) -> Any:
    return text, (raw or b"") + b" ", citation


def _lose_file(text: str, raw: bytes | None, citation: dict[str, Any]) -> Any:
    return text, None, citation


def _shift(text: str, raw: bytes | None, citation: dict[str, Any]) -> Any:
    return text, raw, {**citation, "start": citation["start"] + 3, "end": citation["end"] + 3}


def _misquote(text: str, raw: bytes | None, citation: dict[str, Any]) -> Any:
    return text, raw, {**citation, "exact": f"{citation['exact']}!"}


TAMPERINGS: list[Callable[..., Any]] = [
    _keep, _prepend, _append, _repeat, _swap, _change_file, _lose_file, _shift, _misquote,
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    place=st.integers(0, 9),
    tamperings=st.lists(st.sampled_from(TAMPERINGS), min_size=1, max_size=3),
)
def test_the_verifier_says_of_any_tampering_what_pinakes_says(
    bundle, tmp_path_factory, place, tamperings
):
    held = members(bundle)
    citation = json.loads(held[names.CITATIONS])["citations"][place]
    article = json.loads(held[names.MANIFEST])["articles"][citation["article"]]
    text, raw = held[article["text"]].decode(), held[article["file"]]
    for tamper in tamperings:
        text, raw, citation = tamper(text, raw, citation)
    held[article["text"]] = text.encode()
    if raw is None:
        del held[article["file"]]
    else:
        held[article["file"]] = raw
    held[names.CITATIONS] = json.dumps({"citations": [citation]}).encode()
    path = write(tmp_path_factory.mktemp("tampered") / "b.zip", held)
    status, findings = verifier.check_citation(citation, verifier.Bundle(verifier.Packed(path)))
    present = Present(
        where="here",
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        extraction=citation["extraction"],
        file_sha256=citation["file_sha256"] if raw is None else hashlib.sha256(raw).hexdigest(),
        file_problem="gone" if raw is None else "",
        is_file_gone=raw is None,
    )
    verdict = judge(read_citations(json.dumps(citation))[0], present)
    assert status == verdict.status
    assert len(findings) == len(verdict.explanation)
    assert (status == VerdictStatus.OK) == (not findings)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (names.PAGE, "index.html: changed; its SHA-256 is "),
        (names.MANIFEST, "is there twice"),
    ],
)
def test_a_changed_or_doubled_member_is_told(bundle, tmp_path, name, told):
    held = members(bundle)
    path = tmp_path / "b.zip"
    if name == names.MANIFEST:
        shutil.copy(bundle, path)
        with zipfile.ZipFile(path, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr(name, held[name])
    else:
        write(path, {**held, name: held[name] + b" "})
    done = run(VERIFIER, path, folder=tmp_path)
    assert done.returncode == 1
    assert told in done.stdout


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), which=st.sampled_from([names.MANIFEST, names.CITATIONS]))
def test_a_hostile_bundle_is_found_out_or_refused_without_a_traceback(
    bundle, tmp_path_factory, seed, which
):
    held = members(bundle)
    altered = alter(json.loads(held[which]), random.Random(seed))  # noqa: S311
    path = write(
        tmp_path_factory.mktemp("hostile") / "b.zip", {**held, which: json.dumps(altered).encode()}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["verify.py", str(path)])
        assert verifier.main() in (0, 1, 2)


def test_a_name_that_leads_out_of_a_bundle_is_not_followed(bundle, tmp_path):
    held = members(bundle)
    manifest = json.loads(held[names.MANIFEST])
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    digest = hashlib.sha256(b"secret").hexdigest()
    for name in ("../secret.txt", str(tmp_path / "secret.txt"), "texts/../../secret.txt"):
        manifest["members"][name] = {"sha256": digest, "size": 6}
    held[names.MANIFEST] = json.dumps(manifest).encode()
    folder = tmp_path / "unpacked"
    for name, content in held.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    done = run("verify.py", folder=folder)
    assert done.returncode == 1
    assert done.stdout.count("missing, or cannot be read") == 3


@pytest.mark.parametrize(
    "content", [b"", b"PK\x05\x06" + bytes(18), b"[" * 100_000, b"\x00" * 1000]
)
def test_what_is_no_bundle_is_status_2(tmp_path, content):
    (tmp_path / "b.zip").write_bytes(content)
    write(tmp_path / "c.zip", {"manifest.json": content})
    for name in ("b.zip", "c.zip", "none.zip", "."):
        done = run(VERIFIER, name, folder=tmp_path)
        assert done.returncode == 2, done.stdout
        assert done.stderr.startswith("Error: ")
        assert "Traceback" not in done.stderr


def test_a_bundle_of_a_newer_kind_is_not_judged(bundle, tmp_path):
    held = members(bundle)
    manifest = {**json.loads(held[names.MANIFEST]), "bundle": 99}
    path = write(tmp_path / "b.zip", {**held, names.MANIFEST: json.dumps(manifest).encode()})
    done = run(VERIFIER, path, folder=tmp_path)
    assert done.returncode == 2
    assert "newer Pinakes" in done.stderr


def test_options_of_pages_do_not_count(samples, bundle, tmp_path):
    options = replace(SearchOptions(), limit=1, offset=3)
    made = samples.export_bundle("mine rescue", tmp_path / "b.zip", options=options)
    assert made.path is not None
    assert made.path.read_bytes() == bundle.read_bytes()
