"""Persons in scripts without capitals: by title and by given names known, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pinakes.corpus.tagging.naming.lexicon import Lexicon, given_names, lexicon_of
from pinakes.corpus.tagging.naming.name import Name, NameKind

_ABJAD_LANGUAGES = ("ar", "fa", "he")
_ABJAD = re.compile("[\u0590-\u06ff]")
_HAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
# Signs of vowels are written over Arabic letters.
_LETTERS = r"[^\W_][^\W_\u064b-\u0652]*(?:[\u064b-\u0652]+[^\W_]*)*"
_TOKEN = re.compile(rf"{_LETTERS}(?:[-'’\"״׳\u200c]{_LETTERS})*['׳]?|[^\w\s]")
_JOINTS = frozenset(
    ("بن", "ابن", "بنت", "أبو", "ابو", "آل", "عبد", "أبي", "بو", "بن", "בן", "אבו", "אל")
)
_MOST_WORDS = 5
_SHORTEST_FAMILY = 5
_FAMILIES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓冯"
    "馮邓鄧曹彭曾肖田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖"
    "石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛阎閻段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武"
    "钱錢戴严嚴莫孔向常习習温溫"
)
_CHINESE_TITLES = (
    "国家主席|總統|总统|总理|主席|总书记|部长|外长|省长|市长|教授|博士|先生|女士|校长|"
    "院长|董事长|发言人|大使|将军|书记|议员"
)
# What stands between names and other words, and in few names itself.
_CHINESE_SMALL = "在于的是与和及从因被将了着对当如而也就都由以"
_CHINESE_PART = rf"(?:(?![{_CHINESE_SMALL}])[\u4e00-\u9fff])"
# Of two signs each, as a look behind needs.
_CHINESE_OFFICES = "总统|总理|首相|主席|总裁|部长|外长|作家|诗人|教授|大使"
_CHINESE_REPORTS = "表示|指出|强调|认为|会见|出席|访问|宣布|介绍|透露|告诉"
_CHINESE_SAYS = "表示|指出|强调|認為|认为|称|說|说|在|会见|出席|访问|宣布|主持|发表|介绍|透露|告诉"
_CHINESE = re.compile(
    rf"(?:(?:{_CHINESE_TITLES})(?P<after>[{_FAMILIES}][\u4e00-\u9fff]{{1,2}}?)(?=(?:{_CHINESE_SAYS})|[^\u4e00-\u9fff]|\Z))"
    rf"|(?:(?<![\u4e00-\u9fff])(?P<before>[{_FAMILIES}][\u4e00-\u9fff]{{1,2}}?)"
    rf"(?=(?:{_CHINESE_TITLES})))"
    rf"|(?:(?:(?<![\u4e00-\u9fff·])|(?<=[{_CHINESE_SMALL}])|(?<={_CHINESE_OFFICES}))"
    rf"(?P<foreign>(?!{_CHINESE_OFFICES}|包括|队友|[他她它这那其每某前]){_CHINESE_PART}{{1,5}}(?:·{_CHINESE_PART}{{1,6}}?){{1,3}})"
    rf"(?=(?:{_CHINESE_REPORTS}|爵士|饰)|[{_CHINESE_SMALL}]|[^\u4e00-\u9fff·]|\Z))"
)
_JAPANESE_TITLES = (
    "首相|大統領|総理|外相|防衛相|財務相|官房長官|長官|大臣|知事|市長|社長|会長|教授|"
    "容疑者|被告|氏|さん|監督|選手|議員|事務総長"
)
_JAPANESE = re.compile(
    rf"(?P<kana>[\u30a1-\u30fa\u30fc]{{2,}}(?:[・＝][\u30a1-\u30fa\u30fc]+)*)(?=(?:{_JAPANESE_TITLES}))"
    rf"|(?<![\u4e00-\u9fff々])(?P<han>[\u4e00-\u9fff々]{{2,5}}?)(?=(?:{_JAPANESE_TITLES}))"
)
_NOT_JAPANESE = re.compile(
    "[国県市区町村党省庁部課会社各前元新副現両同当]|[米英仏独露中韓]$|^[米英仏独露中韓]"
)


def persons_without_case(text: str, language: str) -> Iterator[Name]:
    """Yield the persons of a passage in Arabic, Persian, Hebrew, Chinese or Japanese.

    A name needs a title before (after, in Japanese) it, or a given name that is known followed by
    a family name that is known.
    """
    if language in _ABJAD_LANGUAGES and _ABJAD.search(text):
        yield from _abjad_persons(text, lexicon_of(language))
    elif language == "zh" and _HAN.search(text):
        for match in _CHINESE.finditer(text):
            part = match.lastgroup or ""
            yield _person(match[part], match.start(part), f"pattern with a title: {match[0]}")
    elif language == "ja" and _HAN.search(text):
        for match in _JAPANESE.finditer(text):
            if match.lastgroup == "kana" or not _NOT_JAPANESE.search(match[0]):
                after = text[match.end() : match.end() + 4]
                yield _person(match[0], match.start(), f"title {after} follows")


def short_forms_without_case(text: str, full: Iterable[str]) -> Iterator[Name]:
    """Yield the Arabic family names with an article (`الماجري`) of those named in full.

    Args:
        text: A passage.
        full: The persons whom its article names in full.
    """
    families: dict[str, set[str]] = {}
    for value in full:
        family = value.split()[-1]
        if " " in value and family.startswith("ال") and len(family) >= _SHORTEST_FAMILY:
            families.setdefault(family, set()).add(value)
    for match in _TOKEN.finditer(text) if families else ():
        values = families.get(match[0], ())
        if len(values) == 1:
            (value,) = values
            reason = f"short for {value}, in full in the article"
            yield Name(NameKind.PERSON, value, match.start(), match.end(), reason, True)


def _abjad_persons(text: str, lexicon: Lexicon) -> Iterator[Name]:
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    titles = _titles_by_word(lexicon)
    place = 0
    while place < len(tokens):
        title_words = _title_at(tokens, place, titles) or _verb_at(tokens, place, lexicon)
        start = place + title_words
        count = _name_length(tokens, start, lexicon, is_titled=title_words > 0)
        if count:
            first, last = tokens[start][1], tokens[start + count - 1][2]
            lead = _lead(tokens[start][0])
            title = " ".join(word for word, _, _ in tokens[place:start])
            reason = f"title {title}" if title else "known given and family name"
            yield _person(text[first + lead : last], first + lead, reason)
            place = start + count
        else:
            place += 1


def _title_at(
    tokens: list[tuple[str, int, int]], place: int, titles: dict[str, list[tuple[str, ...]]]
) -> int:
    word = tokens[place][0]
    for written in (word, word[1:] if word[:1] in "ول" else word):
        for title in titles.get(written, ()):
            rest = tuple(token for token, _, _ in tokens[place + 1 : place + len(title)])
            if rest == title[1:]:
                return len(title) + _places_after(tokens, place + len(title))
    return 0


def _verb_at(tokens: list[tuple[str, int, int]], place: int, lexicon: Lexicon) -> int:
    """Return 1 if a verb of speaking stands before a given name: `قالت سلوى الماجري`."""
    if tokens[place][0] not in lexicon.says or place + 2 >= len(tokens):
        return 0
    given, family = tokens[place + 1][0], tokens[place + 2][0]
    is_origin = family.startswith("ال") and family.endswith("ي") and len(family) > 4
    is_family = is_origin or family in given_names().family
    return int(is_family and given in given_names().plain)


def _places_after(tokens: list[tuple[str, int, int]], place: int) -> int:
    """Return how many words tell what a title is of: `الرئيس الروسي`, `محافظ نينوى`.

    What is no adjective needs a given name that is known after it.
    """
    names = given_names()
    word = tokens[place][0] if place < len(tokens) else ""
    if word.startswith("ال") and word.endswith(("ي", "ية")):
        return int(word not in names.family)
    following = tokens[place + 1][0] if place + 1 < len(tokens) else ""
    is_of = word[:1].isalpha() and word not in names.plain
    return int(is_of and following in names.plain and len(following) > 2)


def _name_length(
    tokens: list[tuple[str, int, int]], start: int, lexicon: Lexicon, *, is_titled: bool
) -> int:
    """Return how many tokens from `start` are a name; 0 if none is."""
    names = given_names()
    if start >= len(tokens):
        return 0
    first = tokens[start][0][_lead(tokens[start][0]) :]
    is_given = first in names.plain or first in ("عبد", "أبو")
    if not is_given or (len(first) < 3 and not is_titled):
        return 0
    count = 1
    while count < _MOST_WORDS and start + count < len(tokens):
        word = tokens[start + count][0]
        is_family = word in names.family or word in names.plain or word in _JOINTS
        is_after_joint = tokens[start + count - 1][0] in (*_JOINTS, "عبد")
        is_origin = word.startswith("ال") and word.endswith("ي") and len(word) > 4
        may_be = is_origin or (is_titled and count == 1 and _may_be_family(word, lexicon))
        if not is_family and not is_after_joint and not may_be:
            break
        count += 1
        if word.startswith("ال") and not is_after_joint:
            break
    if tokens[start + count - 1][0] in _JOINTS:
        count -= 1
    return count if count > 1 or (is_titled and count) else 0


def _may_be_family(word: str, lexicon: Lexicon) -> bool:
    """Whether a word after a title and a given name is a family name: whatever has no other use."""
    is_word = word[0].isalpha() and len(word) > 2
    return is_word and word not in lexicon.stop_words and word not in lexicon.says


def _lead(word: str) -> int:
    names = given_names()
    return int(word not in names.plain and word[:1] in "ولبו" and word[1:] in names.plain)


def _person(value: str, start: int, reason: str) -> Name:
    return Name(NameKind.PERSON, value, start, start + len(value), reason)


@cache
def _titles_by_word(lexicon: Lexicon) -> dict[str, list[tuple[str, ...]]]:
    titles: dict[str, list[tuple[str, ...]]] = {}
    for title in sorted(lexicon.titles, key=lambda title: (-len(title), title)):
        words = tuple(title.split())
        titles.setdefault(words[0], []).append(words)
    return titles
