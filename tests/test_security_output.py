"""What an enemy wrote does nothing to a terminal, and leads to no place outside."""

from __future__ import annotations

import hashlib
import io
import json
import re
import warnings
import zipfile
from pathlib import Path

import pytest
from click import testing
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pinakes.corpus import ArchiveFolder, PinakesError
from pinakes.search import Archive
from pinakes.search.adding import file_name
from pinakes.search.bundling import names
from pinakes.search.cli import terminal
from pinakes.search.cli.app import pinakes
from pinakes.search.upkeep import backup_file
from pinakes.search.upkeep.backup import restore_backup, write_backup
from tests.hostile_words import HARM, make_archive

# All that acts on a terminal, but for ends of lines and tabs, which rows are made of.
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# What `index` writes its own line of progress over with.
OUR_PROGRESS = "\r\x1b[K"
BUG = 70

COMMANDS = (
    "search rivers", "search -v rivers", "search rivers --explain", "search rivers --by passage",
    "search rivers --facet place --facet source --facet author", "search rivrs", "search saved:*",
    "search place:*", "search 'rivers absent'", "search rivers --json", "search rivers -f csv",
    "search rivers -f ids", "search rivers --report r.json", "show ID", "show ID#1",
    "show ID --metadata", "show ID --tags", "show ID --raw", "show ID -v", "show ID --json",
    "show ID --versions", "show ID --query rivers", "cite ID#1", "cite ID -f text",
    "cite ID -f bibtex", "cite ID -f ris", "cite ID -f markdown", "cite ID -f html",
    "cite ID -f csl-json", "cite ID --json", "verify ID#1", "verify --all", "verify cited.json",
    "diff ID OTHER", "replay r.json", "replay hostile.json", "count rivers", "facets",
    "facets rivers",
    "similar ID", "why-not ID absent", "why-not ID rivers", "complete riv", "concord rivers",
    "batch names.txt", "saved", "saved --json", "saved show s", "saved run s", "tags",
    "tags --json",
    "tag --why ID", "tag --rerun stale", "status", "status -v", "status --files",
    "status --unsearchable", "status --json", "doctor", "purge ID --dry-run", "index .",
    "export rivers --bundle b.zip", "search 'rivers \x1b[31m~~('", "show '\x1b[31m'",
    "search x --archive '\x1b[2J'", "backup b2.zip", "remove ID",
)  # fmt: skip


@pytest.fixture
def article_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Work in an archive of an enemy's; the id of one of its articles."""
    monkeypatch.delenv("PINAKES_ARCHIVE", raising=False)
    # As on a terminal, which colours that are not asked for would hide nothing from.
    monkeypatch.setattr(testing._NamedTextIOWrapper, "isatty", lambda _: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("PAGER", "")
    monkeypatch.chdir(tmp_path)
    article_id = make_archive(tmp_path)
    Path("names.txt").write_text(f"rivers\nThe delegates{HARM.replace(chr(13), '')}\n")
    CliRunner().invoke(pinakes, ["search", "rivers", "--report", "hostile.json"])
    for made, command in (("hostile.json", ""), ("cited.json", f"cite {article_id}#1 --json")):
        text = CliRunner().invoke(pinakes, command.split()).stdout if command else ""
        text = (text or Path(made).read_text()).replace(article_id, article_id + spelt(HARM))
        Path(made).write_text(text)
    return article_id


def spelt(text: str) -> str:
    return "".join(f"\\u{ord(sign):04x}" for sign in text)


def run_all(article_id: str) -> dict[str, str]:
    """Run each command; return what it printed, by command, where that acts on a terminal."""
    bad: dict[str, str] = {}
    for command in COMMANDS:
        words = [word.replace("ID", article_id) for word in split_words(command)]
        done = CliRunner().invoke(pinakes, [word.replace("OTHER", article_id) for word in words])
        assert done.exit_code != BUG, (command, done.output)
        printed = (done.stdout + done.stderr).replace(OUR_PROGRESS, "")
        if ACTS.search(printed):
            bad[command] = printed
    return bad


def split_words(command: str) -> list[str]:
    return [quoted or plain for quoted, plain in re.findall(r"'([^']*)'|(\S+)", command)]


def test_no_command_lets_anything_through_that_acts_on_a_terminal(
    article_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert run_all(article_id) == {}
    # Warnings go to the terminal, too, where nobody has said where they are to go.
    assert caplog.messages
    assert not [message for message in caplog.messages if ACTS.search(message)]


def test_most_commands_were_answered(article_id: str) -> None:
    answered = [
        command
        for command in COMMANDS
        if CliRunner()
        .invoke(pinakes, [word.replace("ID", article_id) for word in split_words(command)])
        .exit_code
        in (0, 1)
    ]
    assert len(answered) > 0.6 * len(COMMANDS), answered


def test_the_check_notices_what_acts_on_a_terminal(
    article_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "_UNSAFE", re.compile("(?!)"))
    assert len(run_all(article_id)) > 10


PARTS = st.sampled_from(
    ("..", ".", "", "rules", "a.toml", "/", "\\", "C:", "~", "\0", "\x1b", "a" * 300,
     "store.sqlite",
     "config.toml", "index", "con", "\u202e", "added", "%2e%2e", "..\\..", "-rf")
)  # fmt: skip
NAMES = st.lists(st.one_of(PARTS, st.text(max_size=4)), min_size=1, max_size=6).map("/".join)


def hostile_backup(good: Path, name: str) -> bytes:
    """Return a backup that has one more member, of this name, and says so."""
    target = io.BytesIO()
    content = b"words = ['river']"
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(good) as source,
        zipfile.ZipFile(target, "w") as made,
    ):
        # The name may be that of a member that is there.
        warnings.filterwarnings("ignore", "Duplicate name")
        manifest = json.loads(source.read("manifest.json"))
        sha256 = hashlib.sha256(content).hexdigest()
        manifest["members"].append({"name": name, "sha256": sha256, "size": len(content)})
        for info in source.infolist():
            if info.filename != "manifest.json":
                made.writestr(zipfile.ZipInfo(info.filename), source.read(info))
        made.writestr(zipfile.ZipInfo("manifest.json"), json.dumps(manifest))
        link = zipfile.ZipInfo(name or "x")
        # A symbolic link, as far as a ZIP file can hold one.
        link.external_attr = 0o120777 << 16
        link.filename = name
        made.writestr(link, content)
    return target.getvalue()


@pytest.fixture
def good_backup(tmp_path: Path) -> Path:
    root = tmp_path / "good"
    root.mkdir()
    (root / "river.txt").write_text("The delegates spoke of the river.\n")
    with Archive.create(root) as archive:
        archive.index(root)
    write_backup(ArchiveFolder.open(root), tmp_path / "good.zip")
    return tmp_path / "good.zip"


def restore_in(place: Path, content: bytes) -> set[str]:
    """Restore a backup three folders down; return all that came to be outside of the archive."""
    target = place / "a" / "b" / "archive"
    target.mkdir(parents=True)
    path = place / "backup.zip"
    path.write_bytes(content)
    before = set(place.rglob("*"))
    try:
        restore_backup(path, target)
    except PinakesError:
        assert not list(target.iterdir())
    new = set(place.rglob("*")) - before
    assert not [each for each in new if each.is_symlink()]
    return {str(each) for each in new if not each.is_relative_to(target / ".pinakes")}


@given(name=NAMES)
@example(name="config.toml")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_member_of_a_backup_leads_out_of_its_folder(
    name: str, good_backup: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("restore")
    assert restore_in(place, hostile_backup(good_backup, name)) == set()


def test_the_check_notices_a_member_that_leads_out(
    good_backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_file, "MEMBER", re.compile(".*", re.DOTALL))
    place = tmp_path / "place"
    assert restore_in(place, hostile_backup(good_backup, "../../out.toml"))


@given(text=st.one_of(NAMES, st.text()))
def test_what_is_added_is_a_file_below_its_folder(text: str) -> None:
    name = file_name(text)
    assert re.fullmatch(r"added/[0-9a-f]{2}/[a-z0-9-]*\.[0-9a-f]{16}\.json", name)


@given(path=st.one_of(NAMES, st.text()), sha256=st.text("0123456789abcdef", min_size=64))
def test_what_a_bundle_holds_is_named_below_its_folder(path: str, sha256: str) -> None:
    assert re.fullmatch(r"files/[0-9a-f]{32}-[A-Za-z0-9._-]+", names.file_name(path, sha256))
    assert "/../" not in f"/{names.file_name(path, sha256)}/"


def test_the_check_notices_a_name_that_leads_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_UNSAFE", re.compile("(?!)"))
    with pytest.raises(AssertionError):
        test_what_a_bundle_holds_is_named_below_its_folder.hypothesis.inner_test(  # type: ignore[attr-defined]
            "a b\u00df c:d", "ab" * 32
        )
