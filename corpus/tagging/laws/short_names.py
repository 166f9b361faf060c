"""What `the Covenant` means after an article's number, where the article says which it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from pinakes.corpus.tagging.laws.citations import Citation
from pinakes.corpus.tagging.laws.mention import Mention
from pinakes.corpus.tagging.laws.spans import Taken

# An instrument is of the kind whose word comes first in its English name.
_KINDS = {
    "Covenant": r"[Cc]ovenant|Pakte?s?|[Pp]acte|Pacto|[Пп]акта|Sözleşme(?:['’]?ni?n)?|(?:ال)?عهد",
    "Convention": r"[Cc]onvention|Konvention|Übereinkommens?|Abkommens?|Convención|Convenio"
    r"|[Кк]онвенции|Sözleşme(?:['’]?ni?n)?|(?:ال)?اتفاقية",
    "Declaration": r"[Dd]eclaration|Erklärung|[Dd]éclaration|Declaración|[Дд]екларации"
    r"|(?:Beyanname|Bildirge)(?:['’]?ni?n)?|(?:ال)?إعلان",
    "Charter": r"[Cc]harter|Charta|[Cc]harte|Carta|[Хх]артии|Устава|(?:ال)?ميثاق",
    "Statute": r"[Ss]tatute|Statuts|[Ss]tatut|Estatuto|[Сс]татута|(?:ال)?نظام الأساسي",
    "Protocol": r"Protocol|Protokolls|[Pp]rotocole|Protocolo|[Пп]ротокола|(?:ال)?بروتوكول",
    "Treaty": r"[Tt]reaty|Vertrage?s|[Tt]raité|Tratado|[Дд]оговора|(?:ال)?معاهدة",
    "Agreement": r"Agreement|Accord|Acuerdo|Соглашения|(?:ال)?اتفاق",
    "Regulation": r"Regulation|Verordnung|[Rr]èglement|Reglamento|Регламента",
    "Directive": r"Directive|Richtlinie|Directiva|Директивы",
}
_SHORT = re.compile(
    r"\s(?:of\s(?:the\s)?(?:said\s|same\s)?|der\s|des\s|de\sla\s|du\s|del\s|de\s|من\s)?(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
    + r")\b(?!\s(?:on|of|for|against|relating|concerning|to|sur|relative|sobre|о|об|über|von|zur"
    r"|zum)\b|\s[A-ZÀ-ÝА-Я])"
)
_KIND = re.compile("|".join(_KINDS))


@dataclass(frozen=True, slots=True)
class Known:
    """The instruments that an article names beyond doubt.

    Attributes:
        names: Canonical.
    """

    REASON: ClassVar[str] = "a short name of the only such instrument in the article"

    names: frozenset[str]

    def only(self, kind: str) -> str | None:
        """Return the only instrument of a kind (`Covenant`), if there is just one."""
        found = [name for name in self.names if (is_of := _KIND.search(name)) and is_of[0] == kind]
        return found[0] if len(found) == 1 else None


def find_short_names(
    text: str, citations: Iterable[Citation], known: Known, taken: Taken
) -> Iterator[Mention]:
    """Yield what a short name after a citation stands for: `Article 26 of the Covenant`.

    The span is of the short name, which by itself is no tag.
    """
    for citation in citations:
        found = _SHORT.match(text, citation.end)
        if not found or not found.lastgroup:
            continue
        kinds = [kind for kind in _KINDS if re.fullmatch(_KINDS[kind], found[found.lastgroup])]
        names = {name for kind in kinds if (name := known.only(kind))}
        start, end = found.span(found.lastgroup)
        if len(names) != 1 or taken.overlaps(start, end):
            continue
        yield Mention(start=start, end=end, name=names.pop(), reason=Known.REASON)
