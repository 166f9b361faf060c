"""What stands around a name, and whether it shows that the name is of something else."""

from __future__ import annotations

import re

from pinakes.corpus.tagging.places.place import Place, PlaceKind
from pinakes.corpus.tagging.places.terms import is_of_a_term, is_of_trade

REACH = 48
"""How far before and after a name is looked, in code points."""
_LETTER = r"[^\W\d_]"
_WORD_BEFORE = re.compile(rf"({_LETTER}[\w.&-]*)[ \u00a0]$")
_WORD_AFTER = re.compile(rf"[ \u00a0]({_LETTER}[\w'’-]*)")
_INITIAL_BEFORE = re.compile(r"\b[A-ZÀ-ÝА-Я]\.[ \u00a0]?$")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:;…\n\t•*|\"“”„«»‘(\[—–]|\s-|^-)\s*$")
# `عمّان`, with the sign of a doubled letter, is Amman.
_DOUBLED = "\u0651"
# `Miguel de la Madrid`
_FAMILY_BEFORE = re.compile(r"[A-ZÁÉÍÓÚÑ]\w+ de la $")
# As many code points as the longest of what is glued, or an initial, has before a name.
_LONGEST_TAIL = 4
_GLUED_BEFORE = re.compile(r"[@#/_\\&=$~+]$|\w\.$")
_GLUED_AFTER = re.compile(r"[@_/\\=$€£]|\.\w|&\w|-[A-ZÀ-ÝА-Я]")
# Capitalised at the beginning of a sentence, before a name that is none of theirs.
_FUNCTION_WORD = re.compile(
    r"(?i)(?:"
    r"a|about|according|across|after|against|al|all|along|also|although|ama|among|an|ancak|"
    r"and|another|ante|any|april|are|around|as|at|au|auf|august|aunque|aus|aux|avec|bajo|"
    r"because|before|behind|bei|being|below|beneath|beside|besides|between|beyond|bir|bis|"
    r"both|bu|bugün|bundesrepublik|bunun|but|by|böylece|can|chez|comme|como|con|contra|"
    r"contre|could|cuando|cumhuriyeti|d|da|daha|dans|das|dass|de|december|del|dem|den|"
    r"depuis|der|des|desde|despite|devant|did|die|do|does|donde|down|du|durante|durch|"
    r"during|dün|each|ein|eine|einem|einen|einer|either|el|ella|elle|en|entre|es|est|esta|"
    r"este|et|even|every|except|eğer|fakat|february|few|following|for|former|friday|from|"
    r"fue|für|gegen|gibi|hacia|had|half|has|hasta|hat|have|having|hem|her|here|hinter|hors|"
    r"how|however|if|ihre|ile|im|in|inside|instead|into|is|ise|ist|it|its|için|january|july|"
    r"june|ki|kingdom|l|la|las|last|late|later|le|leaving|les|leur|like|lo|lorsque|los|mais|"
    r"many|march|may|meanwhile|mientras|mit|monday|more|most|much|más|nach|ne|near|neben|"
    r"neither|next|no|nor|not|november|now|o|ob|october|of|off|ohne|olan|on|once|one|only|"
    r"opposite|or|other|ou|our|outside|over|où|par|para|past|pendant|per|pero|por|porque|"
    r"pour|präsident|quand|que|qui|recently|regarding|reino|republic|republik|república|"
    r"royaume|république|sa|sans|saturday|según|seit|selon|september|ses|several|should|si|"
    r"sin|since|so|sobre|some|son|sonra|sous|sowie|still|su|such|sunday|sur|sus|también|"
    r"than|that|the|their|then|there|therefore|these|this|those|though|three|through|"
    r"throughout|thursday|thus|to|today|tomorrow|tonight|toward|towards|tras|tuesday|two|um|"
    r"un|una|und|under|une|unlike|unter|until|up|upon|ve|vers|veya|vom|von|vor|was|"
    r"wednesday|wegen|weil|wenn|were|what|when|whenever|where|whereas|whether|which|while|"
    r"who|whose|why|wie|will|with|within|without|would|y|ya|yesterday|yet|yine|zum|zur|"
    r"pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|ocak|şubat|mart|nisan|mayıs|haziran|"
    r"temmuz|ağustos|eylül|ekim|kasım|aralık|"
    r"zwischen|à|çünkü|über|şimdi|şu|а|без|благодаря|в|вместо|вне|во|все|вчера|где|для|до|"
    r"его|если|ещё|за|и|из|изо|к|как|когда|королевство|кроме|между|на|над|не|но|о|об|однако|"
    r"от|перед|по|под|после|почему|при|про|против|республика|республике|республики|"
    r"республикой|республику|с|сегодня|со|согласно|среди|также|там|теперь|то|тогда|только|у|"
    r"хотя|через|что|чтобы|это"
    r")"
)
_OF = r"(?:of(?: the)?|de(?: la|l| l['’])?|d['’]|des?|du|von|der|degli|di)"
# What an institution's name ends with before that of its place, told from the last letters.
_OF_BEFORE = re.compile(rf"(?i)\s{_OF}\s?$")
_LONGEST_OF = 12
_INSTITUTION = re.compile(
    rf"(?i)\b(?:universit(?:y|é|ät|à|e)|universidad|college|banks?|banque|banco|church|diocese"
    rf"|archdiocese"
    r"|bishop|archbishop|duke|duchess|prince|princess|earl|count|countess|lord|lady|baron|marquess"
    r"|museum|musée|museo|institute|academy|school|treaty|traité|tratado|battle|bataille|batalla"
    r"|siege|edicto|édit|vertrag|verträge|abkommen|protocole?|protocolo|schlacht|peace|paz|paix"
    r"|pact|edict|merchant|tower|statue|convention|conventions|convención"
    r"|convenios?|estatuto|statuto|statut|accords?|acuerdos?|declaration|déclaration|declaración|agreements?|protocol|charter"
    r"|bay|bahía|gulf|golfe|golfo|sea|straits?|channel|isle|hospital|club|atlético|deportivo"
    r"|daily|voice|voz|miss|captain|bank|journal|times|cathedral|council)\s"
    rf"{_OF}\s?$"
)
_INSTITUTION_ELSEWHERE = re.compile(
    r"(?:جامعة|بنك|نادي|بروتوكول|اتفاق|اتفاقية|اتفاقيات|معاهدة|معركة|صحيفة|إعلان|خليج|بحر|نهر|قناة"
    r"|كأس)\s(?:ال)?$"
    r"|(?i:банк|университет|договор|конвенци[яию]|битв[аеуы]|залив|море|мыс)\w{0,3}\s$"
)
_LAW_AFTER = re.compile(
    r"\s(?:[Cc]onventions?|[Aa]greements?|[Aa]ccords?|[Pp]rotocols?|[Tt]reat(?:y|ies)"
    r"|[Dd]eclarations?"
    r"|[Cc]harter|[Ss]tatute|[Rr]ules|[Pp]rinciples|[Mm]emorandum|[Pp]act|Sözleşme\w*|Antlaşma\w*"
    r"|Protokol\w*|Bildirge\w*|Şartı\w*|Deklarasyon\w*)\b"
)
# Titles that a country or its people stand before: `Turkey President`, `French Foreign Minister`.
_ROLES = re.compile(
    r"President|Prime|Premier|Chancellor|Foreign|Interior|Defen[cs]e|Finance|Minister|Ambassador"
    r"|King|Queen|PM|FM|MPs?|Cumhurbaşkan\w*|Başbakan\w*|Dışişleri|Büyükelçi\w*|Başkan\w*"
    r"|Hükümeti\w*"
)
_TITLES = re.compile(
    r"President|Prime|Premier|Chancellor|Foreign|Interior|Defen[cs]e|Finance|Justice|Health"
    r"|Education"
    r"|Minister|Ministry|Ambassador|Embassy|Consulate|King|Queen|Crown|Prince|Emperor|Sultan|Emir"
    r"|General|Army|Navy|Air|Armed|Government|Parliament|Senate|Congress|Supreme|Constitutional"
    r"|National|Federal|Central|State|Republic|Republics|Vice|Deputy|PM|FM|MP|MPs|SSR"
    r"|Cumhurbaşkan\w*"
    r"|Başbakan\w*|Dışişleri|Büyükelçi\w*|Başkan\w*|Hükümeti\w*|Cumhuriyet\w*|Merkez|Meclis\w*"
)
# After the name of a people these make the name of something else.
_NAMED_AFTER = re.compile(
    r"(?i)airlines?|airways|express|idol|apparel|dad|pie|beauty|horror|psycho|telecom|gas|petroleum"
    r"|broadcasting|eagle|standard|ocean|summer|fries|toast|bulldogs?|shepherds?|delight|pastry"
    r"|oven"
    r"|roulette|doll|dressing|wax|press|wheel|tongue|giant|hustle|gladiator|football|muffins?|sign"
    r"|twist|dictionary|wikipedia|channel|league|cheese|knife|vanilla|leather|samoa|virgin"
    r"|columbia|guiana|polynesia|isles|yogh?urt|theorem|remainder|museum|elm|ivy|red|setter|terriers?"
    r"|mastiff"
    r"|wolfhound|springer|bob|bath|carpet|gp|grand|presses|dolls|braids?|manicures?|maids?|doors?"
    r"|dressing|chard|checkers|whispers|standoff|measles|flu|notation|waffles?|pastries"
    r"|shepherds|moss|bacon|beetles?|knotweed|heels?|75"
    r"|перец|перца|перцы|перцев|капуст\w+|горки|горок|стол|стола|столом|булавк\w+|овчарк\w+"
)
_LANGUAGE_AFTER = re.compile(
    r"[ -](?:[Dd]igits?|[Vv]owels?|[Cc]onsonants?|[Rr]ange|[Cc]ollation|[Hh]yphenation|[Ss]temm\w+"
    r"|[Oo]rthography|[Ll]anguages?|[Ss]peak(?:ing|ers?)|[Tt]ranslat\w+|[Ww]ords?|[Pp]hrases?"
    r"|[Ss]ubtitles?|[Aa]lphabet"
    r"|[Dd]ictionar\w+|[Gg]rammar|[Vv]ersion|[Ee]dition|[Tt]ext|[Ll]essons?|[Cc]haracters?"
    r"|[Ll]etters?|[Ss]cript"
    r"|[Kk]eyboard|[Ll]ayouts?|[Nn]umerals?|[Ii]nput|[Ee]ncoding|(?:and|or)\s(?:English|Hebrew"
    r"|Arabic)|[Ll]ocale|[Ff]onts?|[Ss]pelling|[Nn]ouns?|[Vv]erbs?|Braille|Wikipedia|[Ll]inguistics"
    r"|[Pp]ronunciation|[Ll]iterature|язык\w*|Sprache\w*|[Vv]ocabulary|[Nn]ames?|[Tt]itle"
    r"|[Tt]erms?|[Aa]ccent)\b"
)
_ARABIC_LANGUAGE_BEFORE = re.compile(r"(?:لغة|اللغة|باللغة|واللغة|للغة|إلى|عن|من)\s$")
_LANGUAGE_LIKE = re.compile(
    r"Albanian|Armenian|Azerbaijani|Azeri|Belarusian|Bosnian|Bulgarian|Burmese|Chinese|Croatian"
    r"|Czech|Danish|Dutch|Estonian|Finnish|French|Georgian|German|Greek|Hungarian|Icelandic"
    r"|Indonesian|Irish|Italian|Japanese|Kazakh|Kyrgyz|Latvian|Lithuanian|Macedonian|Maltese"
    r"|Mongolian|Nepali|Norwegian|Polish|Portuguese|Romanian|Russian|Serbian|Slovak|Slovenian"
    r"|Slovene|Somali|Spanish|Swedish|Tajik|Thai|Turkish|Turkmen|Ukrainian|Uzbek|Vietnamese|Welsh"
)
# Who is told to polish something.
_POLISHED = re.compile(r"\s(?:your|the|my|his|her|their|our|it|up|off|with|and|each|any|all)\b")
_NOUN_FOLLOWS = re.compile(
    r"[ \u00a0-](?!(?:in|is|was|as|at|by|from|but|than|which|that|when|while|if|so|only|to)\b)\w"
)
_COMPOUND_BEFORE = re.compile(
    r"(?i)\b(?:african|asian|native|latin|north|south|central|mexican|arab|anglo|afro|indian|korean"
    r"|chinese|japanese|cuban|italian|irish|greek|armenian|polish|german|muslim|jewish|western"
    r"|eastern|northern|southern|new)[ -]$"
)
_ARTICLE_BEFORE = re.compile(r"(?i)\b(?:en|le|du|au|el|del|al|idioma|langue|parle|habla|lengua)\s$")
# An adjective, and no name of a language, stands by a noun, or in a list of its like.
_WORD_OR_LIST_BEFORE = re.compile(r"[\w»”\"][\s\u00a0]$|,\s$|^$|\w['’]$|-$")
# `America's Got Talent` is a show.
_TITLE_AFTER = re.compile(r"['’]s (?:Got Talent|Next Top|Most Wanted|Funniest|Cup|Test Kitchen)\b")
# Of kings and of persons whose family name a place has: `Louis XIV of France`, `Ana de Lima`.
_PERSON_BEFORE = re.compile(r"\b[IVX]{1,5} of $")
_PARTICLE_BEFORE = re.compile(r"\b[A-ZÀ-Ý][a-zà-ÿ]+ d[aeo] $")
_ROMANCE = ("fr", "es", "pt", "it", "ca", "gl", "ro")
# Of a nickname, or of what is called so: `Ian ‘Boston’ Reed`, `the song “Vienna”`.
_QUOTED_BEFORE = re.compile(
    r"(?:\b(?:called|titled|entitled|dubbed|nicknamed|songs?|albums?|films?|movies?|novels?|singles?"
    r"|track)(?: called)?,? |[A-ZÀ-Ý][a-zà-ÿ]+ )[“\"‘']$"
)
_PAIR_BEFORE = re.compile(r"\b[Kk]ings (?:and|&|or) $")
_THING_AFTER = re.compile(
    r"[ -](?:sprouts|syndrome|blue|burgers?|sausages?|hold'?em|marathon bombing)\b"
)
# `500 US dollars`, `Swiss francs`
_MONEY_AFTER = re.compile(
    r"[ \u00a0-](?:[Dd]ollars?|[Pp]ounds?|[Ff]rancs?|[Rr]upees?|[Pp]esos?|[Ll]ira|[Yy]en|[Yy]uan"
    r"|[Rr]o?ubles?|[Kk]ron(?:a|e|or|er)|dólares|libras|pesos)\b"
)
# `Colorado potato beetle`
_SPECIES_AFTER = re.compile(r"[ \u00a0](?:[a-z]+[ \u00a0])?(?:beetles?|weevils?|moths?|wasps?)\b")
# `the band Europe`
_WORK_BEFORE = re.compile(
    r"\b(?:bands?|rockers|musical|video ?game|film|movie|novel|album|song|app)\s$"
)
_CLUB_AFTER = re.compile(r"\s(?:يونايتد|سيتي|هوتسبير|Юнайтед|Сити)")
_CLUB_BEFORE = re.compile(
    r"\b(?:[FS]C|[A-Z]{2,4}|Real|Sporting|Inter|Dynamo|Dinamo|Athletic|Borussia|Bayer|Spartak"
    r"|Lokomotiv|Olympique|Bayern|Eintracht|Hertha|Atletico|Динамо|Спартак|Реал|Шахт[её]р)\s$"
)


def is_of_something_else(
    before: str, written: str, after: str, place: Place, language: str
) -> bool:
    """Whether what stands around a name shows that it is of no place.

    It may be part of a longer name (`Paris Hilton`, `Bank of England`, `Geneva Convention`), of an
    address (`paris.example`), or the name of a language (`in Turkish`).

    Args:
        before: The text before it, some 48 code points or more; empty if nothing there counts.
        written: The name as it stands.
        after: As before.
        place: What it may stand for.
        language: ISO 639-1 code or `und`.
    """
    tail = max(0, len(before) - _LONGEST_TAIL)
    if _GLUED_BEFORE.search(before, tail) or _INITIAL_BEFORE.search(before, tail):
        return True
    if _GLUED_AFTER.match(after) or _LAW_AFTER.match(after):
        return True
    if place.name == "Oman" and _DOUBLED in written:
        return True
    is_city = place.kind is PlaceKind.CITY
    if is_city and before.endswith(" de la ") and _FAMILY_BEFORE.search(before):
        return True
    if _MONEY_AFTER.match(after) and (
        place.kind is PlaceKind.DEMONYM or after[1:].lower().startswith("dollar")
    ):
        return True
    if _SPECIES_AFTER.match(after) or (language == "en" and _WORK_BEFORE.search(before)):
        return True
    if _TITLE_AFTER.match(after) or _is_of_a_person(before, place, language):
        return True
    if is_city and _CLUB_BEFORE.search(before):
        return True
    if place.kind is PlaceKind.DEMONYM:
        return _is_no_people(before, after, written, language)
    if _is_of_an_institution(before):
        return True
    return follows_a_name(before, language) or _has_capital_after(after, place, language)


def _is_of_an_institution(before: str) -> bool:
    if _OF_BEFORE.search(before, max(0, len(before) - _LONGEST_OF)):
        return _INSTITUTION.search(before) is not None
    return not before.isascii() and _INSTITUTION_ELSEWHERE.search(before) is not None


def _is_of_a_person(before: str, place: Place, language: str) -> bool:
    """Whether a name is part of a person's, or what somebody or something is nicknamed."""
    if before.endswith((" of ", " and ", " & ", " or ")):
        return bool(_PERSON_BEFORE.search(before) or _PAIR_BEFORE.search(before))
    if place.kind is not PlaceKind.CITY:
        return False
    if before.endswith(("“", '"', "‘", "'")):
        return bool(_QUOTED_BEFORE.search(before))
    is_led = before.endswith((" da ", " de ", " do ")) and language not in _ROMANCE
    return is_led and bool(_PARTICLE_BEFORE.search(before))


def begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence, a line or a quotation begins at `start`."""
    return bool(_SENTENCE_BEFORE.search(text[max(0, start - REACH) : start]))


def follows_a_name(before: str, language: str) -> bool:
    """Whether `before` ends with another capitalised word, as before a surname."""
    # From the space before the last word on, as no word goes over one.
    found = _WORD_BEFORE.search(before, max(0, before.rfind(" ", 0, -2)))
    if not found or not found[1][0].isupper() or _FUNCTION_WORD.fullmatch(found[1]):
        return False
    if language == "de":
        # Nouns have capitals there: only a name at a sentence's beginning, or an acronym, leads on.
        return found[1].isupper()
    if language in ("ru", "fr", "es", "tr"):
        return not _SENTENCE_BEFORE.search(before[: found.start()])
    return True


def _has_capital_after(after: str, place: Place, language: str) -> bool:
    found = _WORD_AFTER.match(after)
    if place.kind is PlaceKind.CITY and (_CLUB_AFTER.match(after) or _THING_AFTER.match(after)):
        return True
    if not found or not found[1][0].isupper() or _FUNCTION_WORD.fullmatch(found[1]):
        return False
    if language in ("de", "ru") and not (place.country == "US" and place.kind is PlaceKind.CITY):
        return False
    return place.kind is PlaceKind.CITY or not _ROLES.fullmatch(found[1])


def _is_no_people(before: str, after: str, written: str, language: str) -> bool:
    if _ARABIC_LANGUAGE_BEFORE.search(before):
        return True
    if _COMPOUND_BEFORE.search(before) or _LANGUAGE_AFTER.match(after):
        return True
    if is_of_a_term(before, written, after, language):
        return True
    found = _WORD_AFTER.match(after.replace("-", " ", 1))
    is_named = found is not None and _NAMED_AFTER.fullmatch(found[1]) is not None
    if is_named and not (found and found[1].islower() and is_of_trade(after)):
        return True
    if written[0].islower():
        return bool(_ARTICLE_BEFORE.search(before)) or not _WORD_OR_LIST_BEFORE.search(before)
    # In a headline capitals follow people (`Justice for Azerbaijanis Forcibly …`).
    is_plural = written.endswith("s") and not written.endswith("ss") and language == "en"
    if found and found[1][0].isupper() and not (is_plural or _TITLES.fullmatch(found[1])):
        return True
    if follows_a_name(before, language) or (
        written == "Polish" and _POLISHED.match(after) and begins_sentence(before, len(before))
    ):
        return True
    if not _LANGUAGE_LIKE.fullmatch(written):
        return False
    if re.match(r"\s(?:for|equivalent|original)\b", after):
        return True
    if _NOUN_FOLLOWS.match(after):
        return bool(re.search(r"(?i)\b(?:in|into|speaks?|speaking|spoke)\s$", before)) and bool(
            re.match(r"\s(?:and|or|is|was|as|on|by|with|at|to|in)\b", after)
        )
    # With no noun after it, it is the language far more often than the people.
    return True
