"""Short blocks that are never part of an article, by what they say."""

from __future__ import annotations

import re

from pinakes.corpus.readers.dates import read_date

_CLOCK = re.compile(
    r"(?:\d{1,2}[:.h]\d\d(?:[:.]\d\d)?|\d{1,2}(?=\s*[ap]\.?m))\s*(?:[ap]\.?m\.?)?\s*"
    r"(?:uhr|[a-z]{2,4}|\([a-z]{2,4}\))?",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:\d+|an?|vor|il y a|hace)\s+\d*\s*(?:sec|min|hour|hr|day|week|month|year|stunde|tag|heure"
    r"|jour|hora|día)\w*(?:\s+ago)?(?:\s+read)?|\d+ min(?:ute)?s? read|reading time:? .{1,20}",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"^(?:(?:first |last |date )?(?:published|updated|posted|modified|created|written|added"
    r"|veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|pubblicato"
    r"|aggiornato|опубликовано|обновлено|дата|yayınlanma|güncelleme|tarih|dərc olunub)"
    r"\s*(?:on|at|am|le|el|il|the|by)?\s*[:：]?)\s*",
    re.IGNORECASE,
)
_BAR = re.compile(r"[|•·]")
_PART = re.compile(r"\s*(?:[|•·]|\s[–—-]\s|,\s*(?=\d{1,2}[:.]\d\d)|\bat\b(?=\s*\d))\s*")
_POINTER = re.compile(
    r"""
    (?: (?: (?:please\ )?(?:also\ )?(?:read|see|watch|listen|check\ out|click\ here)
        (?:\ also|\ more|\ next|\ this|\ here)?
    | related(?:\ articles?|\ stor(?:y|ies)|\ posts?|\ links?|\ content|\ coverage|\ reading
        |\ topics?|\ news)?
    | more(?:\ on\ this|\ from|\ stories|\ news|\ like\ this)?
    | continue\ reading | don'?t\ miss | recommended | you\ (?:may|might)\ also\ like
    | mehr\ zum\ thema | lesen\ sie\ auch | auch\ interessant | (?:à\ )?lire\ aussi | lea\ también
    | te\ puede\ interesar | leggi\ anche | leia\ também | читайте\ также | по\ теме
    | ayrıca\ bakınız | ilgili\ haberler | həmçinin\ oxuyun )\b
    | اقرأ\ أيضًا | اقرأ\ أيضا | اقرأ\ المزيد )
    \s*(?P<colon>[:：>»-])?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PLEA = re.compile(
    r"""
    \b(?: sign\ up\ (?:for|to) | subscribe\ (?:to|now|for) | newsletter | follow\ (?:us|me)\ on
    | join\ our | click\ here\ to | download\ our\ app | support\ our\ journalism
    | become\ a\ (?:member|patron|subscriber) | all\ rights\ reserved | terms\ of\ (?:use|service)
    | privacy\ policy | cookies?\b.{0,40}\b(?:use|accept) | enable\ javascript
    | javascript\ is\ disabled | leave\ a\ (?:comment|reply|review) | share\ (?:this|on)
    | post\ a\ comment | your\ email\ address | like\ us\ on\ facebook
    | this\ article\ (?:was|is)\ originally | got\ a\ tip | send\ (?:us\ )?(?:an\ )?e-?mail
    | contact\ the\ author | affiliate )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HEADING_OF_LINKS = re.compile(
    r"""
    related | recommended | more\ (?:from|on|in|stories|news|articles)
    | continue\ reading | keep\ reading | already\ (?:a\ )?(?:subscri|member|register)
    | most\ (?:read|popular|viewed) | read\ (?:more|next|also) | you\ (?:may|might)\ (?:also|like)
    | latest\ | popular\ | trending | (?:\d+\ )?comments?(?:\ \(\d+\))?$ | leave\ a\ | share\ th
    | about\ the\ author | tags?:?$ | topics:?$ | categories:?$ | follow\ | newsletter | subscribe
    | sign\ up | see\ also | also\ on\ | don.t\ miss | what\ to\ read | up\ next | join\ the\ conv
    | ähnliche | mehr\ zum | kommentar | verwandte | sur\ le\ même\ sujet | commentaires
    | artículos\ relacionados | comentarios | articoli\ correlati | commenti | читайте
    | комментарии | похожие | ilgili | (?:oku(?:r|yucu)\ )?yorum | oxşar | (?:oxucu\ )?(?:şərh|rəy)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BYLINE = re.compile(
    r"(?:(?:[Pp]osted |[Ww]ritten |[Rr]eported |[Ww]ords )?[Bb]y|BY):? [A-Z][\w.'’-]+ \w"
)
_LONGEST_DATE_LINE = 120
_LONGEST_PLEA = 220
_SHORT_PLEA = 90
_LONGEST_HEADING = 60


def is_litter(text: str) -> bool:
    """Whether the text is settings of a script that stand where text should."""
    return text.startswith(('{"', "[{")) and text.endswith(("}", "]"))


def starts_byline(text: str) -> bool:
    """Whether a short text begins as a byline does: `By` and a name, and is no sentence."""
    return _BYLINE.match(text) is not None and not text.endswith((".", "!", "?", ":"))


def is_clock(text: str) -> bool:
    """Whether the text is a time of day and nothing else, as before an entry of a live blog."""
    return len(text) <= 20 and _CLOCK.fullmatch(text) is not None


def is_dateline(text: str) -> bool:
    """Whether the text is a date, an age or a reading time, or a line of such things and names."""
    if len(text) > _LONGEST_DATE_LINE:
        return False
    parts = [part for part in _PART.split(_DATED.sub("", text)) if part]
    moments = sum(1 for part in parts if _is_moment(_DATED.sub("", part)))
    # `Report: A. Writer | 16.02.2014 | Print` is a line about the article.
    needed = 1 if len(_BAR.findall(text)) >= 2 else len(parts)
    return bool(parts) and moments >= needed


def stated_moment(text: str) -> str:
    """Return the date in `Published: 4 March 2014, 10:30` as ISO 8601, or an empty string."""
    for part in _PART.split(_DATED.sub("", text)):
        if moment := read_date(_DATED.sub("", part).strip(" .,:;()")):
            return moment
    return ""


def _is_moment(text: str) -> bool:
    text = text.strip(" .,:;()")
    return bool(not text or _CLOCK.fullmatch(text) or _AGO.fullmatch(text) or read_date(text))


def is_pointer(text: str, *, link_density: float) -> bool:
    """Whether a short text mostly links to another page: `Read more: …`, `Related: …`."""
    match = _POINTER.match(text)
    if not match:
        return False
    return link_density > 0.5 or (bool(match["colon"]) and link_density > 0.2)


def is_plea(text: str) -> bool:
    """Whether a short text asks the reader to subscribe, follow, share or accept."""
    if len(text) > _LONGEST_PLEA:
        return False
    match = _PLEA.search(text)
    return match is not None and (match.start() <= 12 or len(text) <= _SHORT_PLEA)


def heads_links(text: str) -> bool:
    """Whether a heading announces links, comments or forms, not a part of the article."""
    return len(text) <= _LONGEST_HEADING and _HEADING_OF_LINKS.match(text) is not None
