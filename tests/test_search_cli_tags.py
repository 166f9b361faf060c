"""`tag`, `tags`, `show --tags`, and what `index` and `status` say of rules, on a real archive."""

from __future__ import annotations

import json

import pytest

from tests.two_articles import TALKS, write_articles
from tests.wide_articles import run

DONE, NOTHING_FOUND, USAGE, ARCHIVE, SOME_FAILED = range(5)
RULE = 'version = 1\nvalue = "the mine"\nwords = ["mine"]\n'


@pytest.fixture(autouse=True)
def root(tmp_path, monkeypatch, fresh_taggers):
    for name in ("PINAKES_ARCHIVE", "NO_COLOR", "FORCE_COLOR", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("pinakes.corpus.tagging.registry.BUILT_IN", {})
    monkeypatch.setattr("pinakes.corpus.tagging.registry._of_packages", list)
    monkeypatch.chdir(tmp_path)
    write_articles(tmp_path / "articles")
    assert run("index", "articles").exit_code == DONE
    return tmp_path


def write_rule(root, text=RULE, name="mine"):
    folder = root / ".pinakes" / "rules"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, "utf-8")


def ids(query):
    asked = ("--by", "passage", "--scope", "passage", "-f", "ids", "-n", "100", "--", query)
    return run("search", *asked).stdout.split()


def counts(type_="topic"):
    told = json.loads(run("tags", "--type", type_, "--json").stdout)
    return {each["value"]: each["count"] for kind in told["types"] for each in kind["values"]}


def test_passages_that_satisfy_a_query_are_tagged_and_found_by_it():
    meant = ids("families")
    changed = run("tag", "+checked", "+place:New York", "--", "families")
    assert changed.exit_code == DONE
    assert changed.stderr.startswith(f"Tagged {len(meant)} passages of ")
    assert sorted(ids("tag:topic:checked")) == sorted(meant)
    assert sorted(ids('tag:place:"New York"')) == sorted(meant)
    assert run("tag", "-checked", "--", "families").exit_code == DONE
    assert ids("tag:topic:checked") == []
    assert counts("place") == {"New York": len(meant)}


def test_passages_that_a_saved_search_finds_are_tagged():
    assert run("save", "home", "families").exit_code == DONE
    assert run("tag", "+checked", "--", "saved:home").exit_code == DONE
    assert sorted(ids("tag:topic:checked")) == sorted(ids("families"))
    refused = run("tag", "+checked", "--", "saved:away")
    assert refused.exit_code == USAGE
    assert "away" in refused.stderr


def test_a_value_may_have_letters_that_join_and_part_others():
    assert run("tag", "+place:\u0645\u06cc\u200c\u0628\u062f", "--", "families").exit_code == DONE
    refused = run("tag", "+place:a\x07b", "--", "families")
    assert refused.exit_code == USAGE
    assert "sign of control" in refused.stderr


def test_a_new_rule_that_fails_is_told_by_the_run_that_applies_it(root, monkeypatch, caplog):
    monkeypatch.setattr("pinakes.search.tagging.text_automaton.MAX_STEPS", 5)
    write_rule(root, 'value = "x"\npatterns = ["[a-z ]+"]', "slow")
    assert run("index", "articles").exit_code == SOME_FAILED
    assert "rule slow failed in 2 articles" in caplog.text


def test_what_is_saved_may_ask_for_types_of_the_archive():
    assert "There is no field" in run("save", "before", "shaft:deep").stderr
    run("tag", "+shaft:deep", "--", "families")
    saved = run("save", "after", "shaft:deep")
    assert (saved.exit_code, "There is no field" in saved.stderr) == (DONE, False)


def test_a_passage_or_an_article_is_tagged_by_its_id():
    first = ids("families")[0]
    run("tag", "+one", first)
    assert ids("tag:topic:one") == [first]
    report = json.loads(run("tag", "+all", "--json", first.partition("#")[0]).stdout)
    assert report["articles"] == 1
    assert len(ids("tag:topic:all")) == report["passages"] == report["looked_at"] > 1


def test_a_word_of_hexadecimal_digits_is_a_word(root):
    (root / "articles" / "cafe.txt").write_text("A place\n\nThe cafe faded.", "utf-8")
    run("index", "articles")
    assert run("tag", "+2014", "--", "cafe").exit_code == DONE
    assert ids("tag:topic:2014") == ids("cafe")


def test_a_query_that_begins_with_a_hyphen_goes_after_two():
    run("tag", "+other", "--", "-kind:title -families")
    assert set(ids("tag:topic:other")) == set(ids("-kind:title -families"))


def test_tags_by_hand_stay_when_a_file_is_read_again(root):
    run("tag", "+kept", "--", "families")
    kept = ids("tag:topic:kept")
    run("index", "--force", "articles")
    assert ids("tag:topic:kept") == kept
    (root / "articles" / "talks.txt").write_text(TALKS + "\nOne line more at the end.\n", "utf-8")
    run("index", "articles")
    assert len(ids("tag:topic:kept")) >= len(kept) - 1


def test_what_a_rule_finds_and_a_person_takes_away_does_not_come_back(root):
    write_rule(root)
    run("index", "articles")
    passage = ids("tag:topic:*")[0]
    before = counts()["the mine"]
    run("tag", "-topic:the mine", passage)
    assert counts() == {"the mine": before - 1}
    run("tag", "--rerun", "mine")
    run("index", "--force", "articles")
    assert counts() == {"the mine": before - 1}
    told = json.loads(run("tag", "--why", passage, "--json").stdout)["tags"]
    (away,) = {each["reason"] for each in told if not each["is_stored"]}
    assert away.endswith("taken away by hand")
    run("tag", "+topic:the mine", passage)
    assert counts() == {"the mine": before}


def test_a_changed_rule_is_noticed_by_its_content_and_nothing_else_is_touched(root):
    write_rule(root)
    first = run("index", "articles")
    assert "1 article tagged anew by changed rules" in first.stderr
    found = {each: counts()[each] for each in counts()}
    assert run("index", "articles").stderr.count("tagged anew") == 0
    for path in (root / "articles").iterdir():
        path.rename(root / path.name)
        (root / "articles" / path.name).write_bytes((root / path.name).read_bytes())
    write_rule(root, RULE.replace("the mine", "mines"))
    assert "mine in 2 articles (pinakes tag --rerun stale)" in run("status").stdout
    assert "tagged anew" in run("index", "articles").stderr
    assert counts() == {"mines": found["the mine"]}
    (root / ".pinakes" / "rules" / "mine.toml").unlink()
    run("index", "articles")
    assert counts() == {}


def test_a_rule_is_run_again_without_the_originals(root):
    write_rule(root)
    for path in (root / "articles").iterdir():
        path.unlink()
    told = run("tag", "--rerun", "mine")
    assert told.stderr.startswith("1 article of 2 have other tags now")
    assert counts()["the mine"] > 0
    assert json.loads(run("tag", "--rerun", "mine", "--json").stdout)["changed"] == 0


def test_a_saved_search_takes_no_new_tag_for_a_new_article(root):
    run("save", "fam", "families")
    run("search", "--since-last", "fam")
    write_rule(root)
    run("index", "articles")
    run("tag", "+checked", "--", "families")
    assert run("search", "--since-last", "fam").exit_code == NOTHING_FOUND


def test_a_rule_with_a_mistake_is_told_and_stops_nothing(root, caplog):
    write_rule(root)
    run("index", "articles")
    kept = counts()
    write_rule(root, 'value = "x"\nwrods = ["mine"]\n')
    (root / "articles" / "new.txt").write_text("A new one\n\nThe mine is closed for good.", "utf-8")
    for more in (("--dry-run",), ()):
        indexed = run("index", "articles", "--json", *more)
        assert indexed.exit_code == SOME_FAILED
        assert json.loads(indexed.stdout)["report"]["failed_rules"] == ["mine"]
    assert "rules/mine.toml, line 2: wrods: no such key" in caplog.text
    assert counts() == kept
    assert "Rules           rules/mine.toml, line 2" in run("status").stdout
    assert json.loads(run("status", "--json").stdout)["archive"]["tag_problems"].keys() == {"mine"}
    refused = run("tag", "--rerun", "mine")
    assert refused.exit_code == USAGE
    assert "line 2" in refused.stderr
    rerun = run("tag", "--rerun", "stale", "--json")
    assert rerun.exit_code == SOME_FAILED
    assert "rules/mine.toml, line 2" in json.loads(rerun.stdout)["unreadable"]["mine"]
    assert "mine cannot be loaded, its tags stay: rules/mine.toml, line 2" in rerun.stderr
    assert counts() == kept


def test_show_has_the_tags_of_passages():
    passage = ids("families")[0]
    run("tag", "+checked", passage)
    article, _, number = passage.partition("#")
    shown = run("show", "--tags", article).stdout
    assert "    topic:checked  " in shown
    assert "hand/1" in shown
    assert "hand/1" not in run("show", article).stdout
    told = json.loads(run("show", "--tags", "--json", passage).stdout)
    (only,) = told["passages"]
    (tag,) = [tag for tag in only["tags"] if tag["rule"] == "hand/1"]
    assert (tag["type"], tag["value"], only["number"]) == ("topic", "checked", int(number))
    results = json.loads(run("search", "tag:topic:checked", "--json").stdout)
    (hit,) = results["hits"][0]["passages"]
    assert {"type", "value", "start", "end", "rule"} == set(hit["tags"][0])
    assert "topic" in {tag["type"] for tag in hit["tags"]}


def test_why_tells_an_older_version_from_the_rule_as_it_is(root):
    write_rule(root)
    run("index", "articles")
    passage = ids("tag:topic:*")[0]
    why = run("tag", "--why", passage).stdout
    assert "the word 'mine', as 'mine'" in why
    assert "where the passage stands in its article" in why
    write_rule(root, 'version = 2\nvalue = "the mine"\nwords = ["crater"]\n')
    why = run("tag", "--why", passage).stdout
    assert "made by an older version; pinakes tag --rerun mine runs mine/2" in why


def test_why_tells_that_a_rule_fails(root, monkeypatch, caplog):
    write_rule(root, 'value = "x"\npatterns = ["[a-z ]+"]', "slow")
    run("index", "articles")
    passage = ids("tag:topic:x")[0]
    monkeypatch.setattr("pinakes.search.tagging.text_automaton.MAX_STEPS", 5)
    assert "slow/1 fails in this passage now: TooCostlyError" in run("tag", "--why", passage).stdout
    assert "tagger slow/1 fails in this passage: TooCostlyError" in caplog.text


def test_status_has_a_line_for_each_rule_with_a_mistake(root):
    write_rule(root, 'wrods = ["mine"]\n')
    write_rule(root, "version = 0\n", "shaft")
    lines = run("status").stdout.splitlines()
    (first,) = [place for place, line in enumerate(lines) if line.startswith("Rules ")]
    assert "rules/mine.toml" in lines[first]
    assert lines[first + 1].startswith(" " * 16 + "rules/shaft.toml")


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("Genf", True),
        ("Genève", True),
        ("ЖЕНЕВА", True),
        ("geneva", True),
        ("Bern", False),
        ("Moskau", False),
    ],
)
def test_a_place_is_found_by_its_name_in_another_language(asked, is_there):
    run("tag", "+place:Geneva", "--", "families")
    assert bool(ids(f"place:{asked}")) == bool(ids(f"families place:{asked}")) == is_there
    assert bool(ids(f'tag:"place:{asked}"')) == is_there


def test_tags_are_counted_by_type_with_their_values():
    lines = run("tags").stdout.splitlines()
    assert [line.split()[1] for line in lines][:2] == ["kind", "lang"]
    assert "en (" in lines[1]
    assert run("tags", "--type", "none").exit_code == NOTHING_FOUND
    told = json.loads(run("tags", "--values", "1", "--json").stdout)
    assert all(len(each["values"]) <= 1 for each in told["types"])


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("+x",),
        ("families",),
        ("+x", "--rerun", "all"),
        ("--rerun", "all", "families"),
        ("+x", "-x", "--", "families"),
        ("+kind:quote", "--", "families"),
        ("+A b:x", "--", "families"),
        ("+x", "--", "date:nonsense"),
        ("--rerun", "none"),
        ("--why", "families"),
        ("--why", "0000"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments):
    assert run("tag", *arguments).exit_code == USAGE


def test_a_passage_that_is_not_there_is_told():
    article = ids("families")[0].partition("#")[0]
    assert "its passages are 0 to" in run("tag", "+x", f"{article}#99").stderr
    assert run("tag", "+x", "00000000").exit_code == NOTHING_FOUND
    assert run("tag", "+x", "--", "nowhereatall").exit_code == NOTHING_FOUND


def test_levels_are_refused_that_there_are_not(root):
    assert run("index", "--tags", "some", "articles").exit_code == USAGE
    (root / ".pinakes" / "config.toml").write_text('[tags]\nlevel = "some"\n', "utf-8")
    refused = run("index", "articles")
    assert refused.exit_code == ARCHIVE
    assert 'line 2: [tags] level: expected one of "none", "basic", "all"' in refused.stderr


def test_without_tags_rules_do_not_run(root):
    write_rule(root)
    assert "tagged anew" not in run("index", "--tags", "none", "articles").stderr
    assert counts() == {}


def test_what_is_not_understood_in_a_query_is_told_when_it_sets_tags():
    done = run("tag", "+seen", "--", "plcae:Geneva")
    assert "plcae" in done.stderr
    done = run("tag", "+seen", "--", '"mine')
    assert "quote" in done.stderr
