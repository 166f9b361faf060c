"""Names of authors come clean out of bylines, in many languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.readers.html.authors import read_authors, read_byline, read_organisation


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Nora Feldt, Ivo Lantry, Luc Marchetti and Ann Roe", 4),
        ("Nora Feldt & Ivo Lantry", 2),
        ("Nora Feldt;Ivo Lantry", 2),
        ("Von Jakob Reinholt und Mara Ilse Tann", 2),
        ("Par Luc Marchetti et Anne Saulx", 2),
        ("Por Inés Valdano y Rui Prata", 2),
        ("Di Carla Venni e Ugo Sarti", 2),
        ("Door Jan de Wit en Saskia van Dam", 2),
        ("Av Kari Nord og Ola Vik", 2),
        ("Napsal: Jan Novák", 1),
        ("Szerző: Kovács Anna és Nagy Béla", 2),
        ("Автор: Глеб Ясенев и Мария Орлова", 2),
        ("Yazan: Ayşe Demir ve Can Öz", 2),
        ("Müəllif: Leyla Quliyeva və Rəşad Əliyev", 2),
        ("بقلم سامي حداد، ليلى منصور", 2),
        ("王小明、李华", 2),
        ("取材・文：山田太郎", 1),
        ("By NORA FELDT, Staff Writer, and IVO LANTRY", 2),
    ],
)
def test_several_authors_are_parted_in_many_languages(written: str, names: int) -> None:
    found = read_authors([written])
    assert len(found) == names
    for name in found:
        assert name in written
        assert not name.casefold().startswith(("by ", "von ", "par ", "por ", "автор", "yazan"))


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Nora Feldt, MD, PhD", ["Nora Feldt"]),
        ("Nora Feldt, DVM", ["Nora Feldt"]),
        ("Nora Feldt, Senior Reporter, Roads, and Bridges", ["Nora Feldt"]),
        ("Jakob Reinholt, Kessel", ["Jakob Reinholt"]),
        ("Nora Feldt March 4, 2014", ["Nora Feldt"]),
        ("Nora Feldt on 4 March 2014", ["Nora Feldt"]),
        ("Nora Feldt (@norafeldt)", ["Nora Feldt"]),
        ("Nora Feldt for The Courier", ["Nora Feldt"]),
        ("Written by Nora Feldt, Edited by Ivo Lantry", ["Nora Feldt"]),
        ("text: Nora Feldt; photos: Ivo Lantry", ["Nora Feldt"]),
        ("Center for Roads and Bridges", ["Center for Roads and Bridges"]),
        ("Ludwig van der Meer", ["Ludwig van der Meer"]),
        ("Von Miller", ["Von Miller"]),
        ("Staff Writer", []),
        ("View all posts", []),
        ("Last updated", []),
        ("Facebook", []),
        ("March", []),
        ("{{ author.name }}", []),
        ("nora.feldt@courier.example", []),
    ],
)
def test_what_is_no_name_goes(written: str, names: list[str]) -> None:
    assert read_authors([written]) == names


def test_catalogues_write_the_family_name_first() -> None:
    assert read_authors(["Feldt, Nora Ann"], is_inverted=True) == ["Feldt, Nora Ann"]
    assert read_authors(["Feldt, Nora Ann"]) == ["Feldt", "Nora Ann"]


def test_an_organisation_is_not_parted() -> None:
    assert read_organisation("Roads, Bridges and Ferries of Tarvia ") == (
        "Roads, Bridges and Ferries of Tarvia"
    )
    assert read_organisation("https://courier.example") == ""


@pytest.mark.parametrize(
    ("pieces", "names"),
    [
        (["By", "Nora Feldt", "Senior Reporter", "March 4"], ["Nora Feldt"]),
        (["By", "Nora Feldt", ",", "Ivo Lantry", "and", "Ann Roe", "4 March"], 3),
        (["Par", "Luc Marchetti", "et", "Anne Saulx"], ["Luc Marchetti", "Anne Saulx"]),
        (["Von", "Jakob Reinholt", ", Kessel"], ["Jakob Reinholt"]),
        (["Updated by", "Nora Feldt"], []),
        (["Photo by", "Nora Feldt"], []),
        (["By the numbers: how it works"], []),
        (["by clicking here you agree to our terms"], []),
        (["Nora Feldt", "Follow"], []),
        (["By"], []),
        ([], []),
    ],
)
def test_a_line_that_begins_with_by_names_who_follows(
    pieces: list[str], names: list[str] | int
) -> None:
    found = read_byline(pieces)
    assert found == names or len(found) == names


def test_what_the_page_calls_a_byline_needs_no_by() -> None:
    assert read_byline(["Nora Feldt", "Follow"], is_named=True) == ["Nora Feldt"]
    assert read_byline(["norafeldt"], is_named=True) == ["norafeldt"]
    assert read_byline(["Posted on 4 March by Nora"], is_named=True) == []


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.text(max_size=40)
        | st.sampled_from(["By ", "von ", ", ", " and ", "Nora Feldt", "Ann Roe", "4 March 2014"]),
        max_size=8,
    )
)
def test_any_text_gives_names_that_stand_in_it_once(parts: list[str]) -> None:
    written = "".join(parts)
    names = read_authors([written])
    assert len({name.casefold() for name in names}) == len(names)
    spaced = " ".join(written.split())
    for name in names:
        assert name == name.strip()
        assert any(map(str.isalpha, name))
        assert all(word in spaced for word in name.split())
    for piece in (parts, [written]):
        assert all(name == name.strip() != "" for name in read_byline(piece, is_named=True))
