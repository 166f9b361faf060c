"""What random archives and queries are made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

# Few words, so that they meet; with their inflections, so that stems matter; in several scripts.
COMMON = ["mine", "mines", "the", "x", "collapse", "шахта"]
RARE = [
    *("Mine", "MINED", "café", "cafe", "collapsed", "of", "running", "run"),
    *("шахты", "Шахтах", "ёлка", "елки", "Müssen", "muss", "Bücher", "buch"),
    *("kitap", "kitaplar", "İstanbul", "مدرسة", "المدرسة", "山", "川", "山川"),
    *("covid-19", "AT&T", "§", "12", "1989", "die", "—", "…"),
    *("🇨🇭",),
]
DEALT = COMMON * 12 + RARE
LANGUAGES = ("en", "ru", "de", "tr", "ar", "und")
SEPARATORS = (" ", " ", " ", ", ", ". ", "\n\n")
SOURCES = ("example.org", "news.example.org", "")
AUTHORS = (("Jane Doe",), ("Jane Roe", "John Doe"), ())
DATES = ("", "2014", "2014-03", "2014-03-04", "2014-03-05T10:00:00+02:00", "2013-12-31")
PATHS = ("a/b/one.html", "a/b", "c.txt", "a/two.html")
SECTIONS = ((), ("Background",), ("Background", "Rescue of the mine"))
TAGS = (("place", "Geneva"), ("law", "1951 Refugee Convention"), ("law", "Ottawa Treaty"))
SPAN_TAGS = (
    *(("place", "Geneva"), ("place", "Genève"), ("place", "Ottawa"), ("Said", "Geneva")),
    *(
        ("law", "Ottawa Treaty"),
        ("law", "Ottawa Treaty, Article 7(1)"),
        ("law", "place: x"),
        ("place-name", "x"),
        ("person", "Jane Doe"),
    ),
    *(("mentions", "2014"), ("mentions", "2014-03"), ("mentions", "2014-03-04")),
    *(("mentions", "1987..2013-12-31"), ("mentions", "--12-05"), ("mentions", "soon")),
    *(("number", "200000"), ("number", "1500000 People"), ("number", "4.5 %"), ("number", "many")),
    ("number", "10..20 EUR"),
)
ASKED = [*DEALT, *["++", "nowhere"] * 3]
WILDCARDS = [
    *("min*", "*s", "M?ne", "*", "?", "*i*", "*a*a*", "c*e", "Caf?", "§?", "covid-1*", "?*"),
    *("шахт*", "*кой", "Ё*", "б?х", "*t*p*", "AT&?", "**", "r?n*", "mine*", "nowhere*", "*-19", ""),
    *("covid-*", "*-mine-*", "the-?*", "*-*e", "??-mine", "?*-?*", "*.?"),
]
MISSPELT = [
    *("mnie", "mine", "xx", "colapse", "шахат", "Cafe", "x", "covid-18", "++", "the", "rnu"),
    *("collapsde", "İstanbull", "شمدرسة"),
]
PATTERNS = [
    *("mines?", "m.*", ".", "(mine|the)s?", "[a-m]+", "[^m].*e", "x{1,2}", "COL+apse.*", "", "ш.*"),
    *("(a|b)*", "min(e|ed|es)", "(?:.i)+.*", ".{3}", ".{4,}", r"[0-9]+|\d", ".*?s", "(mi|)ne?s*"),
]
DAYS = (date(2013, 12, 31), date(2014, 1, 1), date(2014, 3, 4), date(2014, 3, 31))
DATE_RANGES = (
    *((None, day) for day in DAYS),
    *((day, None) for day in DAYS),
    *((first, last) for first in DAYS for last in DAYS if first <= last),
)
FILTER_VALUES = {
    "tag": [
        *(
            "law",
            "place:geneva",
            "law:Ottawa Treaty",
            "law:nothing",
            "law:ottawa treaty, article 7",
            "geneva",
            "place",
            "place: x",
        ),
        *(
            "mentions:--12-05",
            "said:geneva",
            "person:doe",
            "person:doe jane",
            "place-name:x",
            "x",
            "number:200000",
        ),
    ],
    "kind": ["title", "quote", "paragraph", "heading"],
    "section": ["background", "mine rescue", "nowhere"],
    "source": ["example.org", "www.Example.org", "nowhere"],
    "author": ["doe", "Jane Doe", "nobody"],
    "url": ["https://example.org/one", "nowhere"],
    "path": ["a", "a/b", "a/b/", "c.txt", "a/b/one.html"],
    "lang": ["en", "und"],
    "id": ["00000001", "00000002"],
}
VALUE_PATTERNS = {
    "tag": [
        *("l*", "*geneva", "law:*treaty", "*:*", "p?ace*", "none*", "place:*", "*:geneva", "gen*"),
        *("said:*", "place:g?n*", "*:*t*a*", "place:?", "law:*:*", "person:j*d*", "mentions:*"),
    ],
    "section": ["back*", "*e m?ne", "r*", "q*"],
    "source": ["*.org", "news.*", "*", "www*"],
    "author": ["d*", "J?ne", "*o* J*", "x*"],
    "url": ["https://*", "*one", "*?x"],
    "path": ["a/*", "*.html", "*b*", "a/b/", "c.*"],
    "id": ["0*1", "*2"],
}
KNOWABLE = (
    *("author", "source", "url", "section", "tag", "title"),
    *("published", "lang", "kind", "id", "path"),
)
LITERALS = [
    *("mine", "Mine", "MINED", "the mine", "mine, the", "mine.", ". the", "café", "x", "x x"),
    *("covid-19", "AT&T", "Müssen", "İstanbul", "шахта", "Ёлка", "山川", "山", "-19", "the, x"),
]
QUANTITIES = tuple(
    {
        "first": None if first is None else Decimal(first),
        "last": None if last is None else Decimal(last),
        "excludes_end": excludes_end,
        "unit": unit,
    }
    for first, last, excludes_end, unit in (
        *((None, 20, False, ""), (4, None, True, ""), (200_000, None, False, "")),
        *((15, 15, False, ""), (None, "4.5", True, ""), ("4.5", "4.5", False, "%")),
        *((1, 10**6, False, "eur"), (20, None, True, "EUR")),
    )
)
LENGTHS = ((None, 0), (0, None), (3, 12), (10, None), (None, 9), (7, 7))
BETWEEN = (0, 1, 2, 3, 5, 50)
FACTORS = (0.0, 0.5, 1.0, 2.0, 10.0)
