import csv
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.model import Kind
from pinakes.corpus.readers.dispatch import read
from pinakes.corpus.readers.records import read_csv, read_json, read_jsonl
from pinakes.corpus.reading_options import RecordFields

FIELDS = RecordFields()


def jsonl(*values):
    return list(read_jsonl("\n".join(map(json.dumps, values)), fields=FIELDS))


def found(extract):
    return [(m.field, m.value) for m in extract.metadata]


def test_a_line_is_an_article_with_its_metadata():
    (extract,) = jsonl(
        {
            "id": 17,
            "headline": "River talks",
            "body": "One.\n\nTwo.",
            "authors": ["Ann Lee", {"name": "Bo Ek"}],
            "date": "2014-03-04T10:00:00Z",
            "link": "https://www.courier.example/a",
            "lang": "en",
            "tags": "law; river",
        }
    )
    assert extract.record == "17"
    assert extract.text == "River talks\n\nOne.\n\nTwo."
    assert extract.blocks[0].kind is Kind.TITLE
    assert found(extract) == [
        ("title", "River talks"),
        ("author", "Ann Lee"),
        ("author", "Bo Ek"),
        ("published", "2014-03-04T10:00:00+00:00"),
        ("url", "https://www.courier.example/a"),
        ("language", "en"),
        ("keyword", "law"),
        ("keyword", "river"),
        ("source", "courier.example"),
    ]
    assert extract.metadata[0].origin == "field:headline"


def test_a_title_that_the_text_repeats_stands_once():
    (extract,) = jsonl(
        {"title": "River talks", "text": "River talks\nThe delegates met.\nShare this"}
    )
    assert extract.text == "River talks\n\nThe delegates met."


def test_html_in_a_record_is_read_as_html():
    (extract,) = jsonl({"title": "T", "content": "<p>One &amp; two.</p><ul><li>three</li></ul>"})
    assert extract.text.startswith("T\n\nOne & two.")
    assert "<" not in extract.text
    assert "three" in extract.text


def test_a_bad_line_is_a_problem_and_the_others_are_read():
    text = '{"text": "a"}\n\n{"text": \n[1]\n{"title": "no text"}\n"x"\n{"text": "b"}'
    items = list(read_jsonl(text, fields=FIELDS))
    assert [item.where for item in items if isinstance(item, Problem)] == [
        "line 3",
        "line 4",
        "line 5",
        "line 6",
    ]
    assert [item.record for item in items if isinstance(item, Extract)] == ["line 1", "line 7"]
    assert "not JSON" in items[1].reason
    assert "a list" in items[2].reason
    assert "no text" in items[3].reason


def test_json_nested_too_deep_is_a_problem():
    (problem,) = read_jsonl("[" * 200_000, fields=FIELDS)
    assert isinstance(problem, Problem)


def test_a_line_separator_inside_a_string_does_not_end_the_record():
    (extract,) = read_jsonl('{"text": "a\u2028b\u0085c"}', fields=FIELDS)
    assert extract.text.split() == ["a", "b", "c"]


def test_records_that_share_an_id_keep_names_of_their_own():
    names = [
        extract.record for extract in jsonl({"id": "x", "text": "a"}, {"id": "x", "text": "b"})
    ]
    assert names == ["x", "x (line 2)"]


def test_an_id_of_white_space_gives_way_to_the_next():
    assert [e.record for e in jsonl({"id": " ", "guid": "g7", "text": "a"})] == ["g7"]


def test_an_id_that_reads_like_a_place_takes_no_other_records_name():
    names = [e.record for e in jsonl({"id": "line 2", "text": "a"}, {"text": "b"})]
    assert names == ["id line 2", "line 2"]
    again = jsonl(
        {"id": "x"} | {"text": "a"}, {"id": "x (line 3)", "text": "b"}, {"id": "x", "text": "c"}
    )
    assert [e.record for e in again] == ["x", "x (line 3)", "x (line 3) (line 3)"]


def test_a_page_with_an_address_that_is_no_unicode_is_read_without_it():
    page = (
        '<script type="application/ld+json">{"@type": "Article", '
        '"url": "https://a.example/\\ud800x"}</script><p>One.</p>'
    )
    first, second = jsonl({"text": page}, {"text": "Two."})
    assert (first.chosen("url"), first.text, second.text) == ((), "One.", "Two.")


def test_a_record_that_breaks_its_reader_is_a_problem_and_the_next_is_read(monkeypatch):
    def break_down(text, *, name, is_clean):
        raise RuntimeError("out of order")

    monkeypatch.setattr("pinakes.corpus.readers.html.read_html", break_down)
    problem, extract = jsonl({"text": "<p>a</p>"}, {"text": "b"})
    assert problem == Problem(where="line 1", reason="RuntimeError: out of order")
    assert extract.text == "b"


def test_declared_columns_replace_the_usual_names():
    fields = RecordFields(text=("Volltext",), title=("Titel",))
    (extract,) = read_csv("Titel;Volltext;text\nT;Hallo;x\n", fields=fields)
    assert extract.text == "T\n\nHallo"


def test_the_delimiter_is_the_one_that_makes_known_columns():
    for delimiter in ",;\t|":
        text = delimiter.join(["title", "text"]) + "\n" + delimiter.join(["T", "body, of; it"[:4]])
        (extract,) = read_csv(text, fields=FIELDS)
        assert extract.text == "T\n\nbody"
    (extract,) = read_csv("sep=;\ntitle;text\nT;body\n", fields=FIELDS)
    assert extract.record == "line 3"


def test_quoted_fields_hold_lines_and_a_row_is_named_by_its_first():
    text = 'id,text\n,"One.\n\nTwo ""2""."\n,next\n'
    first, second = read_csv(text, fields=FIELDS)
    assert first.text == 'One.\n\nTwo "2".'
    assert (first.record, second.record) == ("line 2", "line 5")


def test_a_long_field_is_read_and_the_limit_of_the_process_stays():
    limit = csv.field_size_limit()
    (extract,) = read_csv(f"text\n{'long ' * 100_000}\n", fields=FIELDS)
    assert len(extract.text) == 499_999
    assert csv.field_size_limit() == limit


def test_a_table_without_a_column_of_text_is_one_problem_that_names_what_is_there():
    (problem,) = read_csv("a,b\n1,2\n3,4\n", fields=FIELDS)
    assert problem.where == "line 1"
    assert "found a, b" in problem.reason


def test_rows_may_be_short_or_end_in_empty_cells():
    items = list(read_csv("title,text\nT\n\nT,a,, \n", fields=FIELDS))
    assert isinstance(items[0], Problem)
    assert items[1].text == "T\n\na"


def test_a_row_with_more_cells_than_columns_is_a_problem_not_half_a_text():
    cut, whole = read_csv("id,text\n1,Hello, world and more\n2,whole\n", fields=FIELDS)
    assert (cut.where, cut.reason) == ("line 2", "3 cells, 2 columns; quote the text")
    assert whole.text == "whole"


def test_a_table_of_one_column_is_split_at_nothing():
    for header in ("text", '"text"'):
        first, second = read_csv(f'{header}\nHello, a; b|c\td\n"Yes, ""no"""\n', fields=FIELDS)
        assert (first.text, second.text) == ("Hello, a; b|c d", 'Yes, "no"')


def test_the_suffix_chooses_among_delimiters_that_fit_alike():
    table = b"text\tx,url\nHello, world\t1,2\n"
    (by_tab,) = read(table, name="a.tsv", fields=RecordFields(text=("text", "url")))
    assert by_tab.text == "Hello, world"
    (cut,) = read(table, name="a.csv", fields=RecordFields(text=("text", "url")))
    assert isinstance(cut, Problem)


def test_a_quotation_open_at_the_end_of_the_file_is_a_problem():
    for end in ("", "\n", "\n3,next\n"):
        first, problem = read_csv(f'id,text\n1,one\n2,"two{end}', fields=FIELDS)
        assert first.text == "one"
        assert problem.where == "line 3"
        assert "never ends" in problem.reason
    assert len(list(read_csv('id,text\n1,"one"\n2,"two"', fields=FIELDS))) == 2
    (problem,) = read_csv('"text\none\ntwo\n', fields=FIELDS)
    assert "never ends" in problem.reason


def test_a_json_file_is_one_article_a_list_or_an_object_around_a_list():
    one = {"text": "a"}
    for value, names in [
        (one, ["item 1"]),
        ([one, one], ["item 1", "item 2"]),
        ({"total": 2, "articles": [one, one]}, ["item 1", "item 2"]),
    ]:
        items = list(read_json(json.dumps(value, indent=1), fields=FIELDS))
        assert [item.record for item in items] == names
    (problem,) = read_json('{"a":\n x}', fields=FIELDS)
    assert problem.where == "line 2"


def test_records_are_read_one_by_one():
    lines = iter(read_jsonl('{"text": "a"}\n' * 3 + "{", fields=FIELDS))
    assert next(lines).text == "a"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=200)
@given(
    st.dictionaries(st.sampled_from(["text", "title", "authors", "date", "url", "id"]), JSON_VALUES)
)
def test_any_object_is_an_article_or_a_problem(value):
    (item,) = jsonl(value)
    if isinstance(item, Extract):
        assert item.text
        assert item.record


@settings(deadline=None, max_examples=150)
@given(st.text("ab,;\t|\"'\n\r\0 text", max_size=80))
def test_any_table_is_read(text):
    for item in read_csv(f"text,title\n{text}", fields=FIELDS):
        assert isinstance(item, Problem) or item.text
