"""The user's rules: what they find, what is said of mistakes, and what they can never do."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus import ArchiveFolder, Block, Extract, Kind, PassageSize, RuleText, split
from pinakes.corpus.tagging.applying import ArticleFacts, article_text, find_tags
from pinakes.search.query import read_regex
from pinakes.search.tagging.rule_errors import RuleError
from pinakes.search.tagging.rule_files import read_rules
from pinakes.search.tagging.rule_matching import compile_rule
from pinakes.search.tagging.rule_words import Forms
from pinakes.search.tagging.text_automaton import MAX_STEPS, TextAutomaton, TooCostlyError
from tests.timing import grows_linearly

TEXT = (
    "The families of Halvik want to return. Their right  to return was affirmed in No. 17/2014; "
    "returning, said Özgür, is no Return of the past (UNHCR)."
)


SIZE = PassageSize()


def passage_of(text, *, kind=Kind.PARAGRAPH, section=(), language="en", size=SIZE):
    extract = Extract(
        text=text, blocks=(Block(kind=kind, start=0, end=len(text), section=section),)
    )
    table = split(extract, language=language, size=size)
    return article_text(table, ArticleFacts(language=language)).passages[0]


def rule_of(toml, **tables):
    named = tuple((f"{name}.csv", text) for name, text in tables.items())
    return compile_rule(RuleText(name="mine", text=toml, tables=named))


def found_by(toml, text=TEXT, *, kind=Kind.PARAGRAPH, section=(), language="en", **tables):
    """What a rule tags in a text, as it stands there."""
    passage = passage_of(text, kind=kind, section=section, language=language)
    return [
        passage.text[found.start : found.end]
        for _, found in find_tags(rule_of(toml, **tables), passage)
    ]


def test_words_are_found_in_every_inflection():
    assert found_by('value = "x"\nwords = ["returns"]') == [
        "return",
        "return",
        "returning",
        "Return",
    ]


def test_words_are_stemmed_in_the_language_of_the_passage():
    russian = "Семьи вернулись в дома, вернуться смогли не все."
    assert found_by('value = "x"\nwords = ["семья"]', russian, language="ru") == ["Семьи"]
    assert found_by('value = "x"\nwords = ["семья"]', russian, language="de") == []


def test_phrases_are_found_as_they_are_but_for_case_accents_and_space():
    assert found_by('value = "x"\nphrases = ["Right to Return", "ozgur"]') == [
        "right  to return",
        "Özgür",
    ]
    assert found_by('value = "x"\nphrases = ["right to returns"]') == []


def test_exact_phrases_are_found_as_they_are_written():
    rule = 'value = "x"\nexact = true\nphrases = ["Return", "ozgur", "right to return"]'
    assert found_by(rule) == ["right  to return", "Return"]


def test_a_gazetteer_gives_values_by_their_forms_the_longest_first():
    tables = {"towns": "# a comment\nHalvik,Halvik town\nOffice,UNHCR,the past (UNHCR)\n\n"}
    rule = rule_of('gazetteer = "towns.csv"\ntype = "town"', **tables)
    tags = [(tag.type, tag.value) for tag, _ in find_tags(rule, passage_of(TEXT))]
    assert tags == [("town", "Halvik"), ("town", "Office")]
    assert found_by('gazetteer = "towns.csv"\ntype = "town"', **tables) == [
        "Halvik",
        "the past (UNHCR",
    ]


@given(
    st.lists(st.sampled_from(["mine", "the mine", "mine of", "mine of salt", "of", "salt mine"])),
    st.lists(st.sampled_from(["mine", "Mine", "of", "the", "salt", "(", ", ", "café", "’"])),
)
def test_a_few_phrases_are_found_as_many_are(phrases, parts):
    forms = Forms([(phrase.upper(), phrase, "the phrase") for phrase in phrases], is_exact=False)
    passage = passage_of(" ".join(parts) or "x")
    assert list(forms.find(passage)) == list(forms._walk(passage))


def test_a_text_full_of_listed_names_takes_linear_time():
    names = [f"name{number}" for number in range(4000)]
    forms = Forms([(name, name, "the name") for name in names], is_exact=False)

    def find(count):
        text = " ".join(names[:count])
        return list(forms.find(passage_of(text, size=PassageSize(max_chars=len(text)))))

    assert len(find(1000)) == 1000
    assert grows_linearly(find, 500)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("families return", ["families of Halvik want to return. Their right  to return was "]),
        ('"right to return"', ["right  to return"]),
        ("famil* NEAR/3 halvik", ["families of Halvik"]),
        ("families SENT affirmed", []),
        ("right SENT affirmed", ["right  to return was affirmed"]),
        ("/hal[a-z]+k/", ["Halvik"]),
        ('="Return"', ["Return"]),
        ("affirmed -nobody", ["affirmed"]),
        ("affirmed -halvik", []),
        ("nobody OR unhcr", ["UNHCR"]),
        ("kind:quote unhcr", []),
        ("kind:paragraph lang:en unhcr", ["UNHCR"]),
        ("section:Background unhcr", ["UNHCR"]),
        ("section:Elsewhere unhcr", []),
        ("title:halvik", []),
        ("kind:paragraph", [TEXT]),
    ],
)
def test_a_query_tags_from_where_to_where_it_is_satisfied(query, expected):
    found = found_by(f"value = 'x'\nqueries = ['{query}']", section=("The Background",))
    assert len(found) == len(expected)
    assert all(text.startswith(start) for text, start in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"No\. \d+/\d{4}", ["No. 17/2014"]),
        (r"[A-Z]{2,}", ["UNHCR"]),
        (r"\wzg\w+", ["Özgür"]),
        (r"right\s+to", ["right  to"]),
        (r"eturn", []),
        (r"want.*return", ["want to return. Their right  to return"]),
        (r"[^\s]+vik", ["Halvik"]),
    ],
)
def test_patterns_fit_whole_words_as_they_are_written(pattern, expected):
    found = found_by(f"value = 'x'\npatterns = ['{pattern}']")
    assert len(found) == len(expected)
    assert all(text.startswith(start) for text, start in zip(found, expected, strict=True))


def test_languages_and_kinds_restrict_a_rule():
    assert found_by('value = "x"\nwords = ["return"]\nlanguages = ["de"]') == []
    assert found_by('value = "x"\nwords = ["return"]\nkinds = ["quote"]') == []
    assert found_by('value = "x"\nwords = ["return"]\nkinds = ["quote"]', kind=Kind.QUOTE)


def test_a_tag_says_why():
    rule = rule_of('value = "x"\nwords = ["returns"]\nphrases = ["no return"]')
    reasons = {found.reason for _, found in find_tags(rule, passage_of(TEXT))}
    assert reasons == {
        "the word 'return', as 'returns'",
        "the word 'returning', as 'returns'",
        "the phrase 'no return'",
    }


@pytest.mark.parametrize(
    ("toml", "line", "message"),
    [
        ("value = ", 1, "is not TOML"),
        ('value = "x"\nword = ["y"]', 2, "word: no such key; there are name, version"),
        ('value = "x"', 0, "finds nothing; give it one of words"),
        ('\nwords = ["y"]', 0, "value: missing"),
        ('value = "x"\nversion = 0\nwords = ["y"]', 2, "version: versions count up from 1"),
        ('value = "x"\nversion = "2"\nwords = ["y"]', 2, "version: expected a whole number"),
        ('value = "x"\ntype = "A b"\nwords = ["y"]', 2, "type: 'A b' is no type of tags"),
        ('value = "x"\ntype = "kind"\nwords = ["y"]', 2, "type: tags of type 'kind' say where"),
        ('value = "x"\nwords = [1]', 2, "words: expected a list of texts"),
        ('value = "x"\nwords = [""]', 2, "words: an empty one finds nothing"),
        ('value = "x"\nwords = ["!!"]', 2, "words: '!!': holds no word"),
        ('value = "x"\nqueries = ["source:a.org"]', 2, "no part of a rule"),
        ('value = "x"\nqueries = ["a~"]', 2, "write them out"),
        ('value = "x"\nqueries = ["date:nonsense"]', 2, "queries: 'date:nonsense'"),
        ("value = 'x'\npatterns = ['(a']", 2, "a parenthesis is not closed"),
        ("value = 'x'\npatterns = ['(?=a)']", 2, "no look around"),
        ('value = "a\\u0007"\nwords = ["y"]', 1, "value: holds a sign of control"),
        ('value = "x"\nwords = ["y"]\nlanguages = ["Turkish"]', 3, "write one, as 'tr'"),
        ('value = "x"\nkinds = ["poem"]\nwords = ["y"]', 2, "kinds: no kind 'poem'; there are"),
        ('gazetteer = "none.csv"', 1, "gazetteer: 'none.csv' is not there"),
        ('name = "other"\nvalue = "x"\nwords = ["y"]', 1, "name: 'other' in a file of another"),
    ],
)
def test_a_mistake_is_told_with_file_line_key_and_what_to_do(toml, line, message):
    with pytest.raises(RuleError) as caught:
        rule_of(toml)
    assert message in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("mine.toml", line)


HOSTILE = [
    "(a+)+",
    "(a|a)*",
    "(a|aa)+",
    "(.*)(.*)(.*)(.*)(.*)",
    "(a?){100}a{100}",
    "([ab ]*a[ab ]{120})",
    "((((a*)*)*)*)*",
    ".*.*=.*",
]


@pytest.mark.parametrize("pattern", HOSTILE)
@pytest.mark.parametrize("text", ["a" * 1200, "a b " * 300, "ab" * 600, "a" * 1199 + "!"])
def test_no_pattern_hangs(pattern, text):
    automaton = TextAutomaton(read_regex(pattern, of_words=False))
    began = time.process_time()
    with suppress(TooCostlyError):
        list(automaton.find(text))
    assert time.process_time() - began < 5


def test_what_a_pattern_costs_does_not_hang_on_what_came_before():
    text = " ".join("ab" for _ in range(400)) + " .c"
    assert len(text) ** 2 / 2 > MAX_STEPS
    fresh, used = (TextAutomaton(read_regex("[ab ]*c", of_words=False)) for _ in range(2))
    assert list(used.find("a ab c b")) == [(0, 6)]
    for automaton in (fresh, used, used):
        with pytest.raises(TooCostlyError, match="more than 20,000 steps"):
            list(automaton.find(text))


def test_an_automaton_that_forgets_finds_the_same(monkeypatch):
    text = "abba aab baba abab " * 8
    pattern = "[ab]*a[ab]{2}"
    expected = list(TextAutomaton(read_regex(pattern, of_words=False)).find(text))
    monkeypatch.setattr("pinakes.search.tagging.text_automaton._MAX_STATES", 3)
    assert list(TextAutomaton(read_regex(pattern, of_words=False)).find(text)) == expected


words = st.text(alphabet=st.sampled_from('abAB éж-.*()[]"\\/?+{}1:#\n'), max_size=30)


@given(
    keys=st.dictionaries(
        st.sampled_from(["words", "phrases", "queries", "patterns"]),
        st.lists(words, min_size=1, max_size=3),
        min_size=1,
    ),
    text=st.text(alphabet=st.sampled_from("abAB éж-.1 c"), min_size=1, max_size=120).filter(
        str.strip
    ),
)
def test_a_rule_of_anything_is_an_error_or_finds_the_same_within_its_passage(keys, text):
    toml = 'value = "x"\n' + "".join(
        f"{key} = {json.dumps(value)}\n" for key, value in keys.items()
    )
    try:
        rule = rule_of(toml)
    except RuleError:
        return
    passage = passage_of(text.strip())
    try:
        first = [pattern for pattern, _ in find_tags(rule, passage)]
    except TooCostlyError:
        return
    assert first == [pattern for pattern, _ in find_tags(rule_of(toml), passage)]
    for pattern in first:
        start, end = pattern.span or (0, len(passage.text))
        assert 0 <= start < end <= len(passage.text)


@pytest.fixture
def folder(tmp_path):
    folder = ArchiveFolder.create(tmp_path / "archive")
    folder.rules_dir.mkdir()
    return folder


def write(folder, name, text):
    path = folder.rules_dir / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problem(folder, name="mine"):
    return str(read_rules(folder).errors[name])


def test_rules_are_files_in_the_folder_of_rules(folder):
    write(folder, "b.toml", 'gazetteer = "b.csv"')
    write(folder, "b.csv", "Value,form")
    write(folder, "a.toml", 'value = "x"\nwords = ["y"]')
    write(folder, "notes.txt", "no rule")
    found = read_rules(folder)
    assert [rule.name for rule in found.rules] == ["a", "b"]
    assert found.rules[1].tables == (("b.csv", "Value,form"),)
    assert not found.errors


def test_without_a_folder_there_are_no_rules(tmp_path):
    found = read_rules(ArchiveFolder.create(tmp_path))
    assert (found.rules, found.errors) == ((), {})


def test_a_rule_that_cannot_be_read_does_not_stop_the_others(folder):
    write(folder, "good.toml", 'value = "x"\nwords = ["y"]')
    write(folder, "mine.toml", b'value = "\xff"')
    (folder.rules_dir / "folder.toml").mkdir()
    found = read_rules(folder)
    assert [rule.name for rule in found.rules] == ["good"]
    assert set(found.errors) == {"mine", "folder"}
    assert problem(folder) == "rules/mine.toml: is not UTF-8 at byte 9; save it as UTF-8"


@pytest.mark.parametrize(
    "place", ["../outside.csv", "{outside}", "link.csv", ".link.csv", ".up/outside.csv"]
)
def test_a_rule_reaches_nothing_outside_its_folder(folder, tmp_path, place):
    outside = folder.state_dir / "outside.csv"
    outside.write_text("Secret,return")
    for link in ("link.csv", ".link.csv"):
        (folder.rules_dir / link).symlink_to(outside)
    (folder.rules_dir / ".up").symlink_to(folder.state_dir, target_is_directory=True)
    named = place.format(outside=outside.as_posix())
    write(folder, "mine.toml", f'gazetteer = "{named}"')
    assert "is not in the folder of rules; copy it there" in problem(folder)


def test_a_hidden_file_is_no_rule(folder, tmp_path):
    (tmp_path / "outside.toml").write_text('value = "x"\nwords = ["secret"]')
    (folder.rules_dir / ".mine.toml").symlink_to(tmp_path / "outside.toml")
    (folder.rules_dir / ".#mine.toml").symlink_to("joe@host.123:456")
    found = read_rules(folder)
    assert (found.rules, found.errors) == ((), {})


def test_a_rule_without_its_gazetteer_is_told_by_its_own_name(folder):
    write(folder, "mine.toml", 'gazetteer = "names.csv"')
    assert problem(folder) == (
        "rules/mine.toml: gazetteer: there is no file 'names.csv' in the folder of rules"
    )


def test_a_rule_may_not_take_the_name_of_a_tagger(folder):
    for name in ("hand", "law", "all"):
        write(folder, f"{name}.toml", 'value = "x"\nwords = ["y"]')
        assert "there is a tagger of this name, or" in problem(folder, name)


def test_a_gazetteer_with_a_mistake_is_told_by_its_line(folder):
    write(folder, "mine.toml", 'gazetteer = "mine.csv"')
    write(folder, "mine.csv", "Good,form\n" + "x" * 300 + ",form\n")
    assert problem(folder) == "rules/mine.csv, line 2: a value longer than 200 characters"
    write(folder, "mine.csv", "Good,form\nb\x07,form\n")
    assert "mine.csv, line 2: a value holds a sign of control" in problem(folder)
