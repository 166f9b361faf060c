"""Sites of which next to nothing can be searched, though their pages went in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pinakes.corpus import Status, Store
from pinakes.indexer import Snapshot
from pinakes.search.asking import answer
from pinakes.search.options import SearchOptions
from pinakes.search.query import parse
from pinakes.search.readable import Readable

_FEWEST_PAGES = 3
_LEAST_SHARE = 0.5
_LEFT_OUT = frozenset({Status.REMOVED, Status.IGNORED})
_MOST_SOURCES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ThinSite:
    """A site, or a folder, most of whose pages have hardly any text in the archive.

    Attributes:
        name: The articles' source; or a folder with `/` at its end, for pages without any text,
            of which no source is known.
        thin: How many of its pages are without text, or have suspiciously little of it.
        pages: How many there are: articles of the source, or files right in the folder.
    """

    name: str
    thin: int
    pages: int


def find_thin_sites(snapshot: Snapshot, store: Store) -> tuple[ThinSite, ...]:
    """Return the sites of which at least half the pages, and at least 3, are thin, by name.

    What the ledger notes of files says which pages are. A file of articles of several sources tells
    of none of them.
    """
    by_source: Counter[str] = Counter()
    by_folder: Counter[str] = Counter()
    readable = Readable(store)
    for row, keys in store.thin_files(snapshot.generation):
        if row.status is Status.EMPTY:
            by_folder[row.path.rpartition("/")[0]] += 1
        if row.status is not Status.INDEXED:
            continue
        sources = {article.source for article in readable.articles(keys).values()}
        if len(sources) == 1:
            by_source[sources.pop()] += min(len(row.thin_notes), len(keys))
    found = [
        *_thin_sources(by_source, snapshot, store),
        *_thin_folders(by_folder, store),
    ]
    return tuple(sorted(found, key=lambda site: site.name))


def _thin_sources(by_source: Counter[str], snapshot: Snapshot, store: Store) -> list[ThinSite]:
    candidates = {name: thin for name, thin in by_source.items() if name and thin >= _FEWEST_PAGES}
    if not candidates:
        return []
    options = SearchOptions(limit=0, facets=("source",), facet_values=_MOST_SOURCES, hints=False)
    (facet,) = answer(parse("*"), options, snapshot, store).facets
    pages = {each.value.casefold(): each.count for each in facet.values}
    sites = [
        ThinSite(name=name, thin=thin, pages=max(thin, pages.get(name.casefold(), 0)))
        for name, thin in candidates.items()
    ]
    return [site for site in sites if site.thin >= _LEAST_SHARE * site.pages]


def _thin_folders(by_folder: Counter[str], store: Store) -> list[ThinSite]:
    sites = []
    for folder, thin in by_folder.items():
        if thin >= _FEWEST_PAGES:
            pages = sum(
                path.rpartition("/")[0] == folder and status not in _LEFT_OUT
                for path, (_size, _time, status) in store.known_files(folder).items()
            )
            sites.append(ThinSite(name=f"{folder or '.'}/", thin=thin, pages=pages))
    return [site for site in sites if site.thin >= _LEAST_SHARE * site.pages]
