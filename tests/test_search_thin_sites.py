"""What is not searchable: listed with its reasons, and sites of which next to nothing is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pinakes.search import Archive
from pinakes.search.cli.app import pinakes
from pinakes.search.thin_sites import ThinSite

MENU = "".join(
    f"<p>Menu entry number {number} of the shop, with words.</p>" for number in range(90)
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PINAKES_ARCHIVE", raising=False)
    monkeypatch.chdir(tmp_path)
    Archive.create(tmp_path).close()
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(pinakes, args)


def save_page(name: str, source: str, *, is_thin: bool) -> None:
    """Save a page of a site; of a thin one extraction keeps a line of very many."""
    text = f"The mine number {name} closed in May, the minister said on the radio. "
    body = f"<article><p>{text * 20}</p></article>"
    if is_thin:
        body = f"<article><h1>Page</h1><p>Note {name}.</p></article><footer>{MENU}</footer>"
    page = (
        f"<html><head><title>Page {name}</title>"
        f'<link rel="canonical" href="https://{source}/{name}"></head><body>{body}</body></html>'
    )
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(page, encoding="utf-8")


def thin_sites() -> tuple[ThinSite, ...]:
    with Archive.open(".") as archive:
        archive.index(".")
        return archive.status().thin_sites


def test_a_site_whose_pages_extract_to_next_to_nothing_is_warned_of() -> None:
    for number in range(4):
        save_page(f"{number}.html", "thin.example", is_thin=number > 0)
        save_page(f"good{number}.html", "good.example", is_thin=number == 0)
    assert thin_sites() == (ThinSite(name="thin.example", thin=3, pages=4),)
    shown = run("status").stdout
    assert "3 of 4 pages of thin.example (pinakes status --unsearchable)" in shown
    told = json.loads(run("status", "--json").stdout)["archive"]["thin_sites"]
    assert told == [{"name": "thin.example", "thin": 3, "pages": 4}]
    lines = run("status", "--unsearchable").stdout.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("thin: 1.html (kept ")
    assert lines[0].endswith("characters outside links: a stub, or its text was missed)")


def test_few_thin_pages_are_no_reason_for_a_warning() -> None:
    for number in range(2):
        save_page(f"{number}.html", "thin.example", is_thin=True)
    assert thin_sites() == ()
    assert "Little text" not in run("status").stdout
    for number in range(2, 8):
        save_page(f"{number}.html", "thin.example", is_thin=number == 2)
    assert thin_sites() == ()


@pytest.mark.parametrize(("below", "name"), [("", "./"), ("saved/site", "saved/site/")])
def test_pages_without_any_text_are_told_by_their_folder(below: str, name: str) -> None:
    for number in range(3):
        path = Path(below) / f"{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<html><body><script>show()</script></body></html>", encoding="utf-8")
    save_page(f"{below}/good.html".lstrip("/"), "good.example", is_thin=False)
    save_page("elsewhere/good.html", "good.example", is_thin=False)
    assert thin_sites() == (ThinSite(name=name, thin=3, pages=4),)
    for number in range(4, 8):
        save_page(f"{below}/{number}.html".lstrip("/"), "good.example", is_thin=False)
    assert thin_sites() == ()


def test_what_cannot_be_searched_is_listed_as_json_too() -> None:
    save_page("good.html", "good.example", is_thin=False)
    save_page("thin.html", "thin.example", is_thin=True)
    Path("picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    Path("empty.txt").write_bytes(b"")
    Path("lines.jsonl").write_text('{"title": "A", "text": "A mine."}\n{oh', encoding="utf-8")
    thin_sites()
    told = json.loads(run("status", "--unsearchable", "--json").stdout)
    assert told["archive"]["unsearchable"] == 2
    assert [(row["path"], row["status"]) for row in told["files"]] == [
        ("empty.txt", "empty"),
        ("lines.jsonl", "indexed"),
        ("picture.png", "unsupported"),
        ("thin.html", "indexed"),
    ]
    assert told["files"][0]["detail"]
    assert told["files"][1]["problems"]
    assert told["files"][3]["notes"]
    lines = run("status", "--unsearchable").stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == ["empty", "record", "unsupported", "thin"]
