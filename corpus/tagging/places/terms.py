"""Terms that name a people and tell of none: `French bread`, `berger allemand`."""

from __future__ import annotations

import re

_TERM = re.compile(
    r"(?:"
    r"french (?:breads?|fry|fries|fried (?:potatoes|onions)|horns?|presses|press (?:coffee|pot)"
    r"|windows?|doors?|dip sandwich(?:es)?|vermouth|kiss(?:es|ing)|toast|cuffs?|poodles?|roast"
    r"|bulldogs?|onion (?:soups?|dips?)|manicures?)"
    r"|danish (?:pastry|pastries|cookies)"
    r"|swiss (?:cheese|army kni(?:fe|ves)|chard|rolls?(?! (?:out|back|over|up|on)\b)|balls?"
    r"|steaks?)"
    r"|dutch (?:ovens?|doors?|courage|elm|auctions?|uncles?|angles?|bab(?:y|ies) pancakes?"
    r"|hoes?|rolls?(?! (?:out|back|over|up|on)\b))"
    r"|turkish (?:delights?|baths?|towels?|coffees?|rugs?|angoras?|van cats?)"
    r"|persian (?:cats?|kittens?|rugs?|carpets?|lilacs?|blinds?|walnuts?)"
    r"|german (?:shepherds?|measles|shorthaired|chocolate cakes?|cockroach(?:es)?|roach(?:es)?)"
    r"|italian (?:sausages?|greyhounds?|dressings?|ices?|parsley|seasoning|herbs|breads?|plums?)"
    r"|chinese (?:checkers|whispers|evergreens?|cabbages?|lanterns?"
    r"|finger traps?)"
    r"|indian (?:summers?|ink)"
    r"|irish (?:coffees?|stews?|setters?|creams?|wolfhounds?|moss|goodbyes?)"
    r"|russian (?:roulette|dolls?|dressing|salads?|blues?|sage|olives?)"
    r"|japanese (?:maples?|beetles?|knotweed|lanterns?)"
    r"|thai (?:basil|chil(?:i|is|ies|lies)|massages?|boxing)"
    r"|vietnamese coriander|siamese (?:cats?|twins?)|bengal (?:cats?|tigers?)|afghan hounds?"
    r"|swedish (?:meatballs?|massages?|ivy)|norwegian (?:forest cats?|wood)"
    r"|spanish (?:flu|moss|omelett?es?|onions?)|portuguese (?:water dogs?|man o)"
    r"|scottish (?:folds?|terriers?|deerhounds?)|welsh (?:rarebit|corg(?:i|is)|dressers?|terriers?)"
    r"|canadian (?:bacon|gee?se|goose|tuxedos?)|belgian (?:waffles?|malinois|endives?|shepherds?)"
    r"|greek (?:yogh?urts?|salads?|chorus|letters?)|brazilian (?:wax|waxes|jiu|butt|blowouts?)"
    r"|cuban (?:heels?|sandwich(?:es)?)|mexican (?:standoffs?|jumping beans?)|american cheese"
    r"|egyptian (?:cotton|maus?)|australian (?:shepherds?|cattle dogs?)"
    r"|argentin(?:e|ian) tango|peruvian lil(?:y|ies)"
    r"|deutsche[nrms]? (?:schäferhunde?\w?|doggen?)|schweizer (?:käse|taschenmesser)"
    r"|russische[nrms]? (?:roulette|eier?)|spanische[nrms]? (?:grippe|fliegen?|wand)"
    r"|schwedische[nrms]? gardinen|französische[nrms]? bulldoggen?|türkische[nrms]? honig"
    r")\b",
    re.IGNORECASE,
)
# In French and Spanish the noun stands before.
_PAIR = re.compile(
    r"\b(?:"
    r"montagnes?\srusses?|roulette\srusse|poupées?\srusses?|couteaux?\ssuisses?|bains?\sturcs?"
    r"|bergers?\s(?:allemand|belge|australien)s?"
    r"|tapis\s(?:persan|turc|afghan|iranien)s?|chats?\s(?:persan|norvégien|siamois|birman)s?"
    r"|montañas?\srusas?|ruleta\srusa|ensaladilla\srusa|muñecas?\srusas?|navajas?\ssuizas?"
    r"|baños?\sturcos?|pastor(?:es)?\s(?:alem[aá]n(?:es)?|belgas?|australianos?)"
    r"|alfombras?\s(?:persas?|turcas?|iran[ií](?:es)?)|gatos?\s(?:persas?|siam[eé]s(?:es)?)"
    r"|tortillas?\s(?:españolas?|francesas?)"
    r")$",
    re.IGNORECASE,
)
# Who deals in what is called so: `Swiss cheese exports` are of Switzerland.
_TRADE = re.compile(
    r"[ \u00a0-][\w'’-]+ (?:[\w'’-]+ )?(?:farm(?:s|ers?|ing)?|growers?|producers?|production"
    r"|imports?|exports?|importers?|exporters?|makers?|bakers?|fishermen|harvests?|crops?|prices?|markets?"
    r"|industry|companies|workers?|unions?|tariffs?|quotas?|stocks|sales)\b"
)


def is_of_a_term(before: str, written: str, after: str, language: str) -> bool:
    """Whether the name of a people is part of a term that tells nothing of it, nor of its trade.

    Args:
        before: The text before the name.
        written: The name as it stands.
        after: The text after it.
        language: ISO 639-1 code or `und`.
    """
    if _TERM.match(f"{written}{after}"):
        return not is_of_trade(after)
    return language in ("fr", "es") and _PAIR.search(f"{before}{written}") is not None


def is_of_trade(after: str) -> bool:
    """Whether what follows the name of a people is goods and who deals in them, or how."""
    return _TRADE.match(after) is not None
