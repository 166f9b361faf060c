"""Reads an article kept as plain text."""

from __future__ import annotations

import re
from typing import NamedTuple

from pinakes.corpus.extract import Extract
from pinakes.corpus.model import Kind, MetadataValue
from pinakes.corpus.readers.assemble import TextBuilder, clean
from pinakes.corpus.readers.boilerplate_lines import is_boilerplate, trim_boilerplate
from pinakes.corpus.readers.dates import read_date
from pinakes.corpus.readers.fields import read_values, with_source
from pinakes.corpus.readers.text_blocks import (
    add_blocks,
    is_list_item,
    underline_level,
    wrap_width,
)

_KEYS = {
    "title": "title headline titel überschrift titre título titolo заголовок başlık başlıq العنوان",
    "author": "author authors by byline written_by autor autoren von auteur par por autore di "
    "автор авторы yazar yazan müəllif الكاتب بقلم",
    "published": "date published published_on posted posted_on publication_date datum "
    "veröffentlicht publié publié_le fecha publicado data pubblicato дата опубликовано tarih "
    "yayın_tarihi tarix التاريخ",
    "modified": "updated last_updated modified aktualisiert aktualisiert_am mis_à_jour actualizado "
    "aggiornato atualizado обновлено güncellendi güncelleme yenilənib",
    "source": "source publisher quelle fuente fonte источник kaynak mənbə المصدر",
    "url": "url link permalink address adresse ссылка الرابط",
    "language": "language lang sprache langue idioma lingua язык dil اللغة",
    "keyword": "keywords tags schlagwörter mots-clés etiquetas теги etiketler açar_sözlər",
}
_FIELD_OF = {key.replace("_", " "): field for field, keys in _KEYS.items() for key in keys.split()}
_KEYED = re.compile(r"\s*([^\W\d_][\w\- ]{0,24}?)\s*:\s+(\S.{0,299})")
_URL = re.compile(r"\s*<?(https?://\S{3,1000}?)>?\s*", re.IGNORECASE)
_BYLINE = re.compile(
    r"\s*(?:written by|by|von|par|por|di|автор|yazan|müəllif|بقلم)\s+(\S.{1,79})", re.IGNORECASE
)
_PARTICLES = (
    " and & und et y e и ve və de del della di da dos du la le van von der den bin ibn al el "
)
_LONGEST_TITLE = 200
_LONGEST_DOUBLED_TITLE = 500
_MOST_HEADERS = 12
_ENDS_SENTENCE = tuple(".,;:…。،؛۔।")
_ASKS_OR_EXCLAIMS = tuple("?!؟？！")


class _Front(NamedTuple):
    title: str
    metadata: list[MetadataValue]
    body_start: int


def read_text(text: str) -> Extract:
    """Return the article in a plain text.

    The first line is the title if it stands twice, is underlined, or is short (at most 200
    characters), ends no sentence and is followed by text. Lines under it such as `By NAME`,
    `Date: …`, `Source: …` or an address become metadata, with `text:line 3` as origin.
    """
    lines = trim_boilerplate(text.splitlines())
    front = _read_front(lines)
    builder = TextBuilder()
    builder.add(Kind.TITLE, front.title)
    add_blocks(builder, lines[front.body_start :])
    return builder.build(metadata=with_source(front.metadata))


def _read_front(lines: list[str]) -> _Front:
    metadata: list[MetadataValue] = []
    start = _read_headers(lines, 0, metadata, keyed_only=True)
    title = next((value.value for value in metadata if value.field == "title"), "")
    if title:
        return _Front(title, metadata, start)
    found, end = _read_title(lines, start)
    if not found:
        return _Front("", metadata, start)
    first = next(number for number in range(start, len(lines)) if lines[number].strip())
    metadata.insert(0, MetadataValue(field="title", value=found, origin=f"text:line {first + 1}"))
    body_start = _read_headers(lines, end, metadata, keyed_only=False)
    if not any(line.strip() for line in lines[body_start:]):
        body_start = end
    return _Front(found, metadata, body_start)


def _read_title(lines: list[str], start: int) -> tuple[str, int]:
    """Return the title and the line after it; an empty title if there is none."""
    filled = [number for number in range(start, len(lines)) if lines[number].strip()]
    if len(filled) < 2:
        return "", start
    first, second = filled[:2]
    title = clean(lines[first])
    if title.casefold() == clean(lines[second]).casefold() and len(title) <= _LONGEST_DOUBLED_TITLE:
        return title, second + 1
    if second == first + 1 and underline_level(lines[second], lines[first]):
        return title, second + 1
    end = first + 1
    if wrap_width(lines[start:]):
        while end < len(lines) and lines[end].strip() and not _is_header(lines[end]):
            end += 1
        if end - first > 3 or end == len(lines):
            return "", start
        title = clean(" ".join(lines[first:end]))
    is_set_apart = not lines[end].strip() or _is_header(lines[end])
    return (title, end) if _may_be_title(title, is_set_apart=is_set_apart) else ("", start)


def _may_be_title(line: str, *, is_set_apart: bool) -> bool:
    if len(line) > _LONGEST_TITLE or is_list_item(line) or line.startswith(">"):
        return False
    if _URL.fullmatch(line) or not any(character.isalnum() for character in line):
        return False
    bare = line.rstrip("\"'”’»)")
    return not bare.endswith(_ENDS_SENTENCE) and (
        is_set_apart or not bare.endswith(_ASKS_OR_EXCLAIMS)
    )


def _read_headers(
    lines: list[str], start: int, metadata: list[MetadataValue], *, keyed_only: bool
) -> int:
    """Add what header lines from `start` on say to `metadata`; return the line after the last."""
    end = start
    for number in range(start, min(len(lines), start + _MOST_HEADERS)):
        line = lines[number]
        if not line.strip() or (not keyed_only and is_boilerplate(line)):
            continue
        field, value = _read_header(line, keyed_only=keyed_only)
        if not field:
            break
        metadata.extend(read_values(field, [clean(value)], origin=f"text:line {number + 1}"))
        end = number + 1
    return end


def _is_header(line: str) -> bool:
    return bool(_read_header(line, keyed_only=False)[0])


def _read_header(line: str, *, keyed_only: bool) -> tuple[str, str]:
    """Return the field and the value of a header line; empty strings for any other line."""
    if match := _KEYED.fullmatch(line.rstrip()):
        field = _FIELD_OF.get(" ".join(match[1].casefold().split()), "")
        if field and (field != "author" or _is_name(match[2])):
            return field, match[2]
    if keyed_only:
        return "", ""
    if match := _URL.fullmatch(line):
        return "url", match[1]
    if (match := _BYLINE.fullmatch(line.rstrip())) and _is_name(match[1]):
        return "author", match[1]
    if len(line) < 60 and len(line.strip()) > 5 and read_date(line):
        return "published", line
    return "", ""


def _is_name(text: str) -> bool:
    words = text.replace(",", " ").split()
    if len(words) > 10 or text.rstrip().endswith(("!", "?", ":", ";")):
        return False
    return all(
        f" {word.casefold()} " in _PARTICLES or not (word[0].islower() or word[0].isdigit())
        for word in words
    )
