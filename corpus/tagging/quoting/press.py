"""Which organisations report what others say: news agencies, papers and stations."""

from __future__ import annotations

import re

# As the list of known organisations has them.
_KNOWN = frozenset(
    (
        "AFP", "Agence France-Presse", "Al Jazeera", "Anadolu Ajansı", "BBC", "BuzzFeed", "CNN",
        "Cumhuriyet", "DPA", "Der Spiegel", "Deutsche Welle", "El País", "Hürriyet",
        "Le Figaro", "Le Monde", "MSNBC", "NHK", "NPR", "PBS", "Radio Free Europe", "Reuters",
        "TASS", "TRT", "TechCrunch", "Thomson Reuters", "USA Today", "Voice of America",
        "Xinhua", "Интерфакс", "Новая газета",
    )
)  # fmt: skip
_PAPER = re.compile(
    r"(?:Times|Post|Herald|Tribune|Gazette|Telegraph|Guardian|Chronicle|Observer|Journal|Mail"
    r"|News|Press|News Agency|Zeitung|Rundschau|Новости|Haber Ajansı)$"
)


def is_press(name: str) -> bool:
    """Whether an organisation, by its name in full, is a news agency, a paper or a station."""
    return name in _KNOWN or _PAPER.search(name) is not None
