"""The commands on real archives: what they print, where, and how they end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pinakes.search.cli.app import pinakes

DONE, NOTHING_FOUND, USAGE, ARCHIVE = range(4)

MINE = """\
Mine collapse at Halvik

Fourteen miners were missing on Wednesday after part of the potash mine collapsed before dawn,
trapping an unknown number of them behind fallen salt, the rescue service said.

"We shall not leave before the last man is out," the chief rescue officer told the families who
had gathered at the gate of the mine, and he asked them to go home.
"""
TREATY = """\
A treaty on the river

Ministers of both countries signed the treaty in Vienna. It limits the salt that the pumps of the
old mine may send into the river, and it names a commission that measures it.
"""


@pytest.fixture(autouse=True)
def surroundings(tmp_path, monkeypatch):
    """Work in a new folder, at 80 columns, whatever the environment says."""
    for name in ("PINAKES_ARCHIVE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def articles(tmp_path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "mine.txt").write_text(MINE, encoding="utf-8")
    (folder / "treaty.txt").write_text(TREATY, encoding="utf-8")
    return folder


@pytest.fixture
def archive(articles) -> Path:
    """An archive of two articles in the working directory; its `.pinakes`."""
    assert run("index", "articles").exit_code == DONE
    return articles.parent / ".pinakes"


def run(*args: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(pinakes, [str(arg) for arg in args], input=stdin)


def normalised(text: str) -> str:
    text = re.sub(r"\b[0-9a-f]{8}(?=#|  )", "aaaaaaaa", text)
    return re.sub(r"(\d[\d,]*|under 1) ms", "N ms", text)


# What a whole way looks like.


def test_index_makes_an_archive_where_there_is_none_and_says_so(articles):
    made = run("index", "articles")
    assert (made.exit_code, made.stdout) == (DONE, "")
    assert f"Made a new archive in {articles.parent}" in made.stderr
    assert "2 articles indexed" in made.stderr
    again = run("index", "articles")
    assert "Made" not in again.stderr
    assert "2 unchanged" in again.stderr


@pytest.mark.parametrize("width", [60, 80, 120])
def test_search_prints_hits_on_stdout_and_nothing_else(archive, width, golden, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    found = run("search", "mine")
    assert (found.exit_code, found.stderr) == (DONE, "")
    golden(f"search-{width}.txt", normalised(found.stdout))


def test_words_are_joined_by_a_space(archive):
    assert run("search", "treaty", "river").stdout.startswith(" 1. A treaty on the river")
    assert json.loads(run("search", "--json", "treaty", "river").stdout)["query"]["text"] == (
        "treaty river"
    )


def test_show_prints_an_article_or_one_passage_with_its_citation(archive):
    (hit,) = json.loads(run("search", "--json", "treaty").stdout)["hits"]
    article_id = hit["article"]["id"]
    shown = run("show", article_id[:6])
    assert shown.exit_code == DONE
    assert "#0  title\n    A treaty on the river\n" in shown.stdout
    assert "Metadata" not in shown.stdout
    assert "Metadata" in run("show", "-v", article_id).stdout
    passage = json.loads(run("show", "--json", f"{article_id}#1").stdout)["passage"]
    assert passage["citation"]["exact"] == passage["text"]
    assert passage["citation"]["sha256"] in run("show", f"{article_id}#1").stdout
    whole = json.loads(run("show", "--json", article_id).stdout)["article"]
    assert whole["text"][passage["start"] : passage["end"]] == passage["text"]


def test_show_metadata_tells_where_each_field_came_from(archive):
    (hit,) = json.loads(run("search", "--json", "treaty").stdout)["hits"]
    article_id = hit["article"]["id"]
    shown = run("show", "--metadata", article_id)
    assert shown.exit_code == DONE
    assert "\ntitle " in shown.stdout
    assert "from file:mtime" in shown.stdout
    assert "#0" not in shown.stdout
    told = json.loads(run("show", "--metadata", "--json", article_id).stdout)
    fields = {each["field"]: each for each in told["provenance"]}
    assert fields["title"]["values"] == [hit["article"]["title"]]
    assert fields["title"]["origin"]
    whole = json.loads(run("show", "--json", article_id).stdout)["article"]
    assert whole["provenance"] == told["provenance"]


def test_status_counts_and_lists_what_cannot_be_searched(archive, articles):
    (articles / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (articles / "empty.txt").write_bytes(b"")
    done = run("index", "articles")
    assert done.exit_code == DONE, "files that hold no text are no failure"
    shown = run("status").stdout
    assert "Articles        2, in " in shown
    assert "2 indexed, 1 empty, 1 unsupported" in shown
    assert "2 of 4 files (pinakes status --unsearchable)" in shown
    listed = run("status", "--unsearchable").stdout.splitlines()
    assert [line.partition(" (")[0] for line in listed] == [
        "empty: articles/empty.txt",
        "unsupported: articles/picture.png",
    ]
    assert json.loads(run("status", "--json").stdout)["archive"]["unsearchable"] == 2
    assert "2 of 4 files not searchable (pinakes status" in run("search", "mine").stdout


def test_remove_takes_out_by_path_and_by_id(archive):
    assert run("remove", "articles/mine.txt").exit_code == DONE
    (hit,) = json.loads(run("search", "--json", "mine").stdout)["hits"]
    removed = run("remove", "-v", hit["article"]["id"])
    assert removed.exit_code == DONE
    assert "file articles/treaty.txt" in removed.stderr
    assert run("search", "mine").exit_code == NOTHING_FOUND
    assert "2 files (pinakes remove)" in run("status").stdout


def test_the_demo_answers_every_example(tmp_path):
    shown = run("demo")
    assert shown.exit_code == DONE
    assert "$ pinakes search --limit 3 'Halvik mine collapse'" in shown.stdout
    assert "[Halvik]" in shown.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_demo_can_be_kept_and_asked_on(tmp_path):
    kept = run("demo", "--keep", "kept", "Halvik")
    assert kept.exit_code == DONE
    assert "pinakes --archive kept search QUERY" in kept.stderr
    assert run("--archive", "kept", "search", "Halvik").exit_code == DONE
    assert run("demo", "--keep", "kept").exit_code == ARCHIVE


# Which archive.


def test_the_archive_is_found_upwards(archive, articles, monkeypatch):
    monkeypatch.chdir(articles)
    assert run("search", "treaty").exit_code == DONE
    (articles / "more.txt").write_text("More on the treaty, and who signed it.", encoding="utf-8")
    assert run("index", ".").exit_code == DONE
    assert not (articles / ".pinakes").exists()
    assert "3 articles" in run("search", "treaty OR mine").stdout


def test_the_option_wins_over_the_environment_and_stands_anywhere(
    archive, articles, tmp_path, monkeypatch
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert run("search", "--archive", tmp_path, "treaty").exit_code == DONE
    monkeypatch.setenv("PINAKES_ARCHIVE", str(tmp_path))
    assert run("search", "treaty").exit_code == DONE
    assert run("--archive", elsewhere, "search", "treaty").exit_code == ARCHIVE
    assert run("--archive", elsewhere, "index", articles).exit_code == DONE
    assert (elsewhere / ".pinakes").is_dir()


def test_index_reads_paths_from_standard_input(articles):
    assert run("index", "-", stdin="articles/mine.txt\n\narticles/treaty.txt\n").exit_code == DONE
    assert "2 articles" in run("search", "mine").stdout


# Output.


def test_json_and_jsonl_hold_the_same_hits(archive):
    answer = json.loads(run("search", "-f", "json", "mine").stdout)
    assert answer["schema_version"] == 1
    assert answer["total"]["articles"] == len(answer["hits"]) == 2
    lines = run("search", "-f", "jsonl", "mine").stdout.splitlines()
    hits = [json.loads(line) for line in lines]
    assert [{**hit, "schema_version": 1} for hit in answer["hits"]] == hits
    assert run("search", "-f", "jsonl", "zebra").stdout == ""


def test_limit_offset_and_snippets_choose_what_is_shown(archive):
    first = json.loads(run("search", "--json", "-n", "1", "mine").stdout)["hits"]
    rest = json.loads(run("search", "--json", "--offset", "1", "-S", "1", "mine").stdout)["hits"]
    assert [hit["rank"] for hit in first + rest] == [1, 2]
    assert len(rest[0]["passages"]) == 1
    counted = run("search", "-n", "0", "mine")
    assert counted.exit_code == DONE
    assert counted.stdout.startswith("2 articles, ")


def test_passage_scope_wants_all_words_in_one_passage(archive):
    assert run("search", "fourteen gate").exit_code == DONE
    assert run("search", "--scope", "passage", "fourteen gate").exit_code == NOTHING_FOUND


def test_quiet_prints_only_hits_and_verbose_prints_what_was_understood(archive):
    assert "articles, " not in run("search", "-q", "mine").stdout
    assert run("-q", "search", "mine or treaty").stderr == ""
    assert "Understood: mine AND river" in run("-v", "search", "mine river").stderr
    assert run("-q", "index", "articles").output == ""
    assert "unchanged: articles/mine.txt" in run("index", "-v", "articles").stderr


def test_colour_is_off_without_a_terminal_and_on_if_asked(archive):
    assert "\x1b" not in run("search", "mine").stdout
    assert "\x1b[1m\x1b[7mmine\x1b[0m" in run("search", "--color", "always", "mine").stdout
    assert "\x1b[" in run("--color", "always", "search", "(").stderr


def test_content_cannot_drive_the_terminal(archive, articles):
    (articles / "evil.txt").write_text(
        "An evil\u202e text\n\nIt clears\x1b[2J the screen, and renames\x9d the window.",
        encoding="utf-8",
    )
    run("index", "articles")
    for shown in (run("search", "clears"), run("search", "evil\x1b[2J", "\u202e")):
        assert not set(shown.output) & set("\x1b\x9d\u202e")


# Queries that look like options.


def test_a_quoted_query_may_begin_with_a_hyphen(archive):
    assert run("search", "-treaty mine").stdout.startswith(" 1. Mine collapse")
    assert run("search", "mine", "-treaty at").stdout.startswith(" 1. Mine collapse")
    assert run("search", "--", "mine", "-treaty").stdout.startswith(" 1. Mine collapse")


def test_a_query_taken_for_an_option_is_an_error_that_helps(archive):
    for word in ("-coal", "-nuclear"):
        refused = run("search", "mine", word)
        assert refused.exit_code == USAGE
        assert "pinakes search -- mine -coal" in refused.stderr
    for options in (["-n", "-1"], ["--nosuch"]):
        assert "-- mine" not in run("search", *options, "mine").stderr


def test_explain_query_needs_no_archive(tmp_path):
    explained = run("search", "--explain-query", "mine river -coal")
    assert (explained.exit_code, explained.stderr) == (DONE, "")
    assert explained.stdout == "mine AND river AND NOT coal\n"
    assert run("search", "--explain-query", "mine lang:x").exit_code == USAGE
    as_json = json.loads(run("search", "--explain-query", "--json", "a or b").stdout)
    assert [found["code"] for found in as_json["query"]["warnings"]] == ["lower-case-operator"]
