"""The dates that a page's readers are shown, and those that its scripts hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pinakes.corpus.readers.dates import DateOrder, find_dates, read_date
from pinakes.corpus.readers.html.front import Front, Line
from pinakes.corpus.readers.html.landmarks import DATE_WORDS, Landmarks
from pinakes.corpus.readers.html.seen import Finding, is_aside
from pinakes.corpus.readers.html.short_blocks import stated_moment
from pinakes.corpus.readers.html.tree import Node, visible_text

_UPDATE_WORDS = frozenset({"updated", "modified", "update", "lastmod", "dtmodified"})
_UPDATED = re.compile(
    r"\b(?:updated?|modified|revised|edited|reviewed|corrected|changed|checked|as of"
    r"|aktualisiert|geändert|stand|mis à jour|modifié|actualizado|modificado|actualización"
    r"|aggiornat[oa]|modificato|atualizad[oa]|bijgewerkt|uppdaterad|opdateret|oppdatert"
    r"|päivitetty|aktualizacja|zaktualizowano|aktualizováno|frissítve|actualizat|обновлен[оа]"
    r"|изменено|оновлено|güncelle\w*|yenilən\w*|diperbarui|cập nhật)\b|更新|수정|تحديث|עודכן",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:publish\w*|posted|created|written|first|added|released|veröffentlicht|erschienen|publié"
    r"|publicado|pubblicato|gepubliceerd|publicerad|julkaistu|opublikowano|publikováno"
    r"|опубликован\w*|yayın\w*|dərc)\b|发布|發布|公開|등록|نشر",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(
    r'"(?:datePublished|date_published|published(?:_?[aA]t|_?[oO]n|Date|Time|_date|_time)?'
    r"|publish(?:_?[aA]t|Date|_date|Time|_time|edDateTime)|pub_?[dD]ate|post_date|postDate"
    r"|first_?[pP]ublished(?:_at|At|Date)?|publication_?[dD]ate|publicationDateTime"
    r'|displayDate|releaseDate)\\*"\s*:\s*\\*"(\d{4}-\d\d-\d\d[^"\\]{0,20})'
)
_MOST_SCRIPT = 3_000_000
_MOST_PLACES = 40
_LONGEST_LINE = 160
_MOST_AROUND = 80


def seen_dates(fronts: Sequence[Front], order: DateOrder | None) -> Iterator[Finding]:
    """Yield the dates in the head of an article: marked as times first, then in words."""
    for front in fronts:
        for node in front.nodes:
            if node.tag in ("time", "abbr") and not is_aside(node, front.around):
                yield from _time(node, order)
        for line in front.lines:
            if len(line.text) <= _LONGEST_LINE and not is_aside(line.node, front.around):
                yield from _in_line(line, order)


def other_dates(page: Landmarks, order: DateOrder | None) -> Iterator[Finding]:
    """Yield what stands elsewhere: in the first times, in scripts, in a place named for it."""
    seen: set[str] = set()
    for node in islice(page.tagged("time", "abbr"), _MOST_PLACES):
        if not is_aside(node):
            for found in _time(node, order):
                # Later ones are times of entries, teasers and comments.
                if found.field not in seen:
                    seen.add(found.field)
                    yield found
    yield from _in_scripts(page)
    yield from _in_named(page, order)


def _time(node: Node, order: DateOrder | None) -> Iterator[Finding]:
    stated = node.attribute("datetime") or node.attribute("title") or node.attribute("content")
    text = visible_text(node)
    moment = read_date(stated, order=order) or stated_moment(stated)
    if not moment:
        moment = next((day.value for day in find_dates(text, order=order)), "")
    if moment:
        yield Finding(_field_of(node, text), moment, f"tag:{node.tag}")


def _field_of(node: Node, text: str) -> str:
    if "pubdate" in node.attributes:
        return "published"
    around = {word for near in islice(node.ancestors(), 2) for word in near.words}
    said = f"{_said_before(node)} {text}"
    is_update = bool(around & _UPDATE_WORDS) or _UPDATED.search(said) is not None
    return "modified" if is_update and not _PUBLISHED.search(said) else "published"


def _said_before(node: Node) -> str:
    """Return the text right before an element, in its own parent."""
    said = ""
    for child in node.parent.children if node.parent else ():
        if child is node:
            break
        said = child if isinstance(child, str) else visible_text(child)
    return said[-40:]


def _in_line(line: Line, order: DateOrder | None) -> Iterator[Finding]:
    text, before = line.text, 0
    days = find_dates(text, order=order)
    around = len(text) - sum(day.end - day.start for day in days)
    # A sentence may name a day too.
    if around > _MOST_AROUND and not (_PUBLISHED.match(text) or _UPDATED.match(text)):
        return
    for day in days:
        said = text[before : day.start]
        before = day.end
        is_update = _UPDATED.search(said) and not _PUBLISHED.search(said)
        yield Finding("modified" if is_update else "published", day.value, "text:date")


def _in_scripts(page: Landmarks) -> Iterator[Finding]:
    days: dict[str, str] = {}
    for node in page.tagged("script"):
        for child in node.children:
            if isinstance(child, str) and len(child) <= _MOST_SCRIPT:
                days |= {match[1][:10]: match[1] for match in _EMBEDDED.finditer(child)}
    # Where there are several, most are those of other articles.
    if len(days) == 1:
        yield Finding("published", next(iter(days.values())), "script:published")


def _in_named(page: Landmarks, order: DateOrder | None) -> Iterator[Finding]:
    found: dict[str, Finding] = {}
    named = (node for node in page.named if not DATE_WORDS.isdisjoint(node.words))
    for node in islice(named, _MOST_PLACES):
        if node.tag not in ("html", "body") and not is_aside(node):
            text = visible_text(node)
            if len(text) <= _LONGEST_LINE:
                for day in find_dates(text, order=order):
                    found.setdefault(
                        day.value, Finding(_field_of(node, text), day.value, "text:date")
                    )
    if len(found) == 1:
        yield from found.values()
