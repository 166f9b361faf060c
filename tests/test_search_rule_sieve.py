"""What the index says of where a rule may find anything: never less than there is to be found."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus import ArchiveFolder, Article, RuleText, Store, Tagger
from pinakes.corpus.passage_table import PassageTable, TagPattern
from pinakes.corpus.tagging.applying import article_text, find_in_article, find_tags
from pinakes.corpus.tagging.retagging import facts_of
from pinakes.indexer import Snapshot, build_segment, snapshot_of
from pinakes.search import Archive
from pinakes.search.tagging.rule_errors import RuleError
from pinakes.search.tagging.rule_matching import compile_rule
from pinakes.search.tagging.sieve import Sieve

ENGLISH = "The miners of the valley have been returning since the mine was closed in 2014-03."
GERMAN = "Die Häuser der Familien standen leer, und niemand kehrte in das Haus am Fluss zurück."
RUSSIAN = "Семьи вернулись в свои дома после того, как шахты были закрыты зимой прошлого года."
QUOTED = (
    "<p>The men who worked in these mines for thirty years were asked about the houses that they "
    "had left behind, and their answer was short.</p>"
    f"<blockquote lang='de'><p>{GERMAN} {GERMAN}</p></blockquote>"
)
PAGES = {
    "valley.html": f"<h1>The valley</h1><p>{ENGLISH}</p><p>Nobody asked for the right to return.",
    "haus.html": f"<h1>Haus</h1><p>{GERMAN}</p><p>Ihr Haus, sagte er, gebe es nicht mehr.</p>",
    "doma.html": f"<h1>Дома</h1><p>{RUSSIAN}</p>",
    "quoted.html": f"<h1>Two countries</h1>{QUOTED}",
    "cjk.html": "<h1>山</h1><p>山の中の村、Mine 17/2014、été.</p>",
    "notes.txt": "A right-to-return act; the RIGHT to\nmines.\n\nİstanbul, Özgür (UNHCR) 2014-03\n",
}
WORDS = ["mine", "returns", "Haus", "häuser", "дом", "семья", "山", "ete", "right", "absent", "a"]
PHRASES = ["right to return", "to return", "das Haus", "mine 17", "no such", "ozgur unhcr"]
QUERIES = [
    "min* AND return",
    "/h[aä]us.*/",
    "right NEAR/3 return",
    "NOT mine",
    "title:valley",
    '="RIGHT"',
    "mine OR kind:quote",
    "(haus OR дом) AND NOT family",
    '"right to return"',
    "lang:de",
]
PATTERNS = ["[0-9]{4}-[0-9]{2}", "[A-Z]{5}", "\\d+/\\d+", "H.us.*"]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    root = tmp_path_factory.mktemp("sieve")
    for name, body in PAGES.items():
        (root / name).write_text(body, encoding="utf-8")
    with Archive.create(root) as archive:
        archive.index([root])
    with Store.open(ArchiveFolder.open(root).store_path) as store:
        return list(store.living(store.state().generation))


@pytest.fixture(scope="module")
def snapshot(articles: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """An index of two segments."""
    folder = tmp_path_factory.mktemp("index")
    parts = [articles[:3], articles[3:]]
    return snapshot_of(
        *(build_segment(part, folder / f"MAIN_{n}.seg") for n, part in enumerate(parts))
    )


def some(choices: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(choices), max_size=3, unique=True)


rules = st.fixed_dictionaries(
    {"words": some(WORDS), "phrases": some(PHRASES), "queries": some(QUERIES)},
    optional={"patterns": some(PATTERNS), "exact": st.booleans()},
)


def written(rule: dict[str, object]) -> str:
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in rule.items()]
    return "\n".join(['value = "x"', *lines])


@given(rules)
def test_a_sieved_rule_finds_all_that_the_rule_finds(
    articles: list[Article], snapshot: Snapshot, rule: dict[str, object]
) -> None:
    try:
        tagger = compile_rule(RuleText(name="mine", text=written(rule)))
    except RuleError:
        return
    sieve = Sieve(tagger.matcher, snapshot)
    sieved = replace(tagger, find=sieve.find, places=sieve.places)
    for article in articles:
        found = tags_of(tagger, article)
        assert tags_of(sieved, article) == found
        assert sieve.may_find(article.key, article.text) or not any(found)
        expected = [set(tags) for tags in found]
        assert placed_by(tagger, article) == placed_by(sieved, article) == expected


def test_a_sieve_lets_pass_what_the_index_does_not_know(
    articles: list[Article], snapshot: Snapshot
) -> None:
    rule = compile_rule(RuleText(name="mine", text='value = "x"\nwords = ["mine"]'))
    sieve = Sieve(rule.matcher, snapshot)
    told = [article for article in articles if sieve.may_find(article.key, article.text)]
    assert 0 < len(told) < len(articles)
    unknown = replace(told[0], key=max(article.key for article in articles) + 1)
    assert sieve.may_find(unknown.key, unknown.text)
    assert any(tags_of(replace(rule, find=sieve.find), unknown))


def tags_of(tagger: Tagger, article: Article) -> list[list[TagPattern]]:
    seen = article_text(PassageTable.of(article.passages, article.text), facts_of(article))
    return [[pattern for pattern, _ in find_tags(tagger, each)] for each in seen.passages]


def placed_by(tagger: Tagger, article: Article) -> list[set[TagPattern]]:
    """What is found at once, not tag by tag."""
    table = PassageTable.of(article.passages, article.text)
    slow = replace(tagger, find=lambda _passage: iter([None]))
    found = find_in_article(table, facts_of(article), [slow])
    assert not found.failed
    return [set(tags) for tags in found.of_passages]
