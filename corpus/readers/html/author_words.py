"""Words that stand around the names of authors, and words that are none."""

from __future__ import annotations

import re

CONNECTIVES = r"and|und|et|y|e|en|i|og|och|ja|és|și|и|та|і|και|və|ve|dan|và|avec|with|و|और"

# `By`, `Posted by`, `Von`, `Автор:` and their like at the beginning of a line.
BY = re.compile(
    r"\s*(?:(?:(?:article|blog post|blog|column|contributed|created|guest post|interview|post"
    r"|posted|published|recipe|report|reported|review|reviews|shared|started|story|submitted|text|words"
    r"|written|medically reviewed|authored)\s+(?:and\s+\w+\s+)?)?by\b"
    r"|(?:authors?|contributors?|writers?|words)\s*:|author\b(?=\s+[A-Z])"
    r"|(?:ein\s+(?:artikel|beitrag|kommentar|gastbeitrag|interview)\s+)?von\b"
    r"|(?:geschrieben|verfasst|veröffentlicht)\s+von\b|autor(?:en|in|es|a|as|zy|ka)?\s*:"
    r"|(?:écrit |publié |propos recueillis |rédigé |posté )?par\b(?!\s+(?:le|la|les|un|une)\b)"
    r"|auteurs?\s*:|rédaction\s*:|(?:escrito |publicado |redactado )?por\b|redacción\s*:"
    r"|(?:scritto |pubblicato |a cura )?(?:da|di)\b|autor[ei]\s*:|redazione\s*:"
    r"|(?:geschreven )?door\b|auteur\s*:|(?:skrevet |skriven )?av\b|(?:skrevet )?af\b"
    r"|kirjoittaja\s*:?|teksti\s*:|text(?:o|e)?\s*:|tekst\s*:|foto och text\s*:"
    r"|szerző\s*:|írta\s*:|(?:napsal|zpracoval|opracował|opracowanie|tekst|autorzy)\s*:?"
    r"|de\s*:|автор(?:ы|и)?\s*:?|текст\s*:|редактор\s*:|кореспондент\s*:|συντάκτης\s*:?|του\s*:"
    r"|yazan\s*:?|yazar\s*:?|haber\s*:|müəllif\s*:?|oleh\s*:?|penulis\s*:?|tác giả\s*:?"
    r"|الكاتب\s*:?|بقلم\s*:?|كتب\b|كتبت\b|نویسنده\s*:?|מאת\s*:?|लेखक\s*:?"
    r"|(?:文|作者|取材・文|撰文|记者|記者|編集|責任編集|文責|取材|글|기자)\s*[/／:：|]\s*|文/)"
    r"\s*[:：]?\s*",
    re.IGNORECASE,
)
# Prepositions that also begin names: `Von Miller`, `Di Stefano`.
_WEAK_BY = re.compile(r"\s*(?:von|por|par|da|di|door|av|af|από|του)\s", re.IGNORECASE)


def strip_by(text: str) -> tuple[str, bool]:
    """Return a text without `By` or its like at its beginning, and whether there was one."""
    match = BY.match(text)
    if match is None:
        return text, False
    bare = text[match.end() :].strip()
    is_name = bool(bare) and " " not in bare and _WEAK_BY.match(text) is not None
    return (text, False) if is_name else (bare, True)


FOREIGN_PREFIX = re.compile(r"(?:本报记者|记者|記者)\s*[:：]?\s*")
# `Center for Roads and Bridges` is one name.
BODY = re.compile(
    r"(?:the\s+)?(?:agency|assembly|association|board|bureau|cent(?:er|re)|committee|council"
    r"|department|foundation|institute?|ministry|office|school|society|union|university"
    r"|ministerium|ministère|ministerio|ministero|министерство|центр|комитет)\b(?=.*\s)",
    re.IGNORECASE,
)
# Who did something else than write: nobody behind it is an author.
OTHER_WORK = re.compile(
    r"(?:edited|reviewed|translated|illustrated|fact[- ]checked|photos?|photographs?|photography"
    r"|pictures?|graphics|video|foto[s]?|fotografie|illustrations?)\s*(?:by\b|:)",
    re.IGNORECASE,
)
_ROLES = (
    r"editors?|editor-in-chief|correspondent|reporter|writer|staff|contributors?|columnist"
    r"|journalist|producer|director|professor|fellow|photographer|chief|head of|analyst|specialist"
    r"|expert|consultant|manager|founder|co-founder|ceo|cto|president|owner|coach|trainer"
    r"|strategist|marketer|dietitian|nutritionist|engineer|developer|researcher|lecturer|attorney"
    r"|redakteur(?:in)?|redaktion|korrespondent(?:in)?|journaliste|correspondant|rédact(?:eur|rice)"
    r"|redactor|periodista|redazione|giornalista|jornalista|redação|redacción|rédaction"
    r"|редактор|корреспондент|журналист|обозреватель|редакция|muhabir|editör|redaktor"
    r"|ph\.?d|m\.?d|jr|sr|inc|ltd|llc|gmbh"
)
ROLE = re.compile(rf"\b(?:{_ROLES})\b", re.IGNORECASE)
ROLE_ONLY = re.compile(
    r"(?:(?:senior|staff|junior|deputy|chief|guest|lead|managing|executive|associate|assistant|web|news"
    r"|digital|content|online|our|a|the|political|science|health|business|freelance|co)[\s-]+)*"
    rf"(?:{_ROLES}|admin|administrator|administrador|webmaster|root|user|guest|anonymous|unknown"
    r"|follow|author|autor|auteur|view|posts?|minutes?|read|team|user|member|moderator)s?\.?",
    re.IGNORECASE,
)
# A text that holds one of these is a button, a form or a count, whatever else stands in it.
JUNK = re.compile(
    r"\b(?:clicking|submitting|signing up|subscribing|you agree|privacy policy|terms of|newsletter"
    r"|(?:last )?updated?\b|about the author|view (?:all|more)|more posts|cookies?"
    r"|min(?:ute)?s? read|reading time|comments?\b|your email|log in|sign in|read more)\b",
    re.IGNORECASE,
)
_NOT_NAMES_LIST = """
    facebook twitter instagram linkedin youtube pinterest whatsapp telegram tiktok reddit email
    e-mail mail print share save copy link rss x threads bluesky mastodon home menu search
    advertisement sponsored none null undefined n/a na unknown untitled default nobody anonymous
    category categories tag tags topic topics type role date dates industry updated published
    follow subscribe reply profile website content news article articles blog press about today
    yesterday via sun mon tue wed thu fri sat privacy marketing monday tuesday wednesday thursday
    friday saturday sunday more details overview location size project company
"""
NOT_NAMES = frozenset(_NOT_NAMES_LIST.split())
