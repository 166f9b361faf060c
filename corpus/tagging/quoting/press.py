"""Which organisations report what others say: news agencies, papers and stations."""

from __future__ import annotations

import re

# As the list of known organisations has them.
_KNOWN = frozenset(
    (
        "Reuters", "Thomson Reuters", "Associated Press", "AP", "AFP", "Agence France-Presse",
        "DPA", "TASS", "Интерфакс", "Interfax", "РИА Новости", "RIA Novosti", "Bloomberg",
        "Bloomberg News", "Anadolu Ajansı", "Xinhua", "EFE", "ANSA", "Kyodo", "UPI", "PTI", "BBC",
        "CNN", "Al Jazeera", "Radio Free Europe", "Deutsche Welle", "Voice of America", "NPR",
        "PBS", "MSNBC", "CNBC", "HuffPost", "BuzzFeed", "TechCrunch", "USA Today", "Le Monde",
        "Le Figaro", "El País", "Der Spiegel", "Новая газета", "Hürriyet", "Cumhuriyet", "TRT",
        "ZDF", "ARD", "RTL", "RFI", "NHK", "Politico", "Axios",
    )
)  # fmt: skip
_PAPER = re.compile(
    r"(?:Times|Post|Herald|Tribune|Gazette|Telegraph|Guardian|Chronicle|Observer|Journal|Mail"
    r"|News|Press|News Agency|Zeitung|Rundschau|Новости|Haber Ajansı)$"
)


def is_press(name: str) -> bool:
    """Whether an organisation, by its name in full, is a news agency, a paper or a station."""
    return name in _KNOWN or _PAPER.search(name) is not None
