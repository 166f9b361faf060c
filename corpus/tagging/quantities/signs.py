"""Signs of quantities in any language, and words that keep a number from counting anything."""

from __future__ import annotations

from pinakes.corpus.tagging.pieces import word_set

# What four figures may be.
YEARS = range(1000, 2100)
# Signs that stand before or after a sum. `$` alone is that of the United States.
CURRENCY_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₽": "RUB",
    "₺": "TRY",
    "₼": "AZN",
    "₴": "UAH",
    "₹": "INR",
    "₩": "KRW",
    "₪": "ILS",
    "₦": "NGN",
    "₫": "VND",
    "₱": "PHP",
    "₸": "KZT",
    "₾": "GEL",
}
# What stands before `$`, in lower case.
DOLLARS = {
    "us": "USD",
    "a": "AUD",
    "au": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "nz": "NZD",
    "hk": "HKD",
    "s": "SGD",
    "nt": "TWD",
    "r": "BRL",
}
# What stands before a word for a currency and says whose it is, in English.
DOLLARS_OF = {
    "canadian": "CAD",
    "australian": "AUD",
    "singapore": "SGD",
    "jamaican": "JMD",
    "zealand": "NZD",
    "kong": "HKD",
    "us": "USD",
    "american": "USD",
}
CURRENCY_CODES = word_set(
    "USD EUR GBP JPY CNY RUB TRY AZN UAH INR KRW ILS CHF CAD AUD NZD HKD SGD SEK NOK DKK PLN "
    "CZK HUF RON BGN BRL MXN ZAR AED SAR QAR KWD EGP IRR KZT GEL AMD BYN MDL UZS THB IDR MYR "
    "PHP VND PKR BDT NGN KES GHS ARS CLP COP PEN"
)
# Written just so, upper and lower case told apart.
UNIT_SIGNS = word_set(
    "km m cm mm nm µm μm km² m² cm² km³ m³ cm³ ha kg g mg µg μg l L ml mL dl hl kW MW GW kWh "
    "MWh GWh TWh Hz kHz MHz GHz KB kB MB GB TB PB KiB MiB GiB TiB kbps Mbps Gbps ms mph kph "
    "rpm dB hPa kPa MPa bar kcal kJ MJ GJ mmHg mmol min ft lb lbs oz bps kbit Mbit Gbit dpi kV "
    "mV mA fps mAh Wh ppi mpg psi eV keV MeV GeV hp"
)
# May follow `/` in a compound: `km/h`, `mg/kg`.
DIVISORS = {
    **{
        sign: sign
        for sign in word_set("h s s² min kg g l L ml mL dl dL m m² km km² ha day year a d")
    },
    "hr": "h",
    "hour": "h",
    "sec": "s",
}
# The same in words: what joins them, the sure word first, and what may follow it.
PER: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "en": (
        ("per", "a", "an"),
        {"hour": "h", "second": "s", "minute": "min", "gallon": "gal", "day": "day", "kg": "kg"},
    ),
    "de": (("pro",), {"stunde": "h", "sekunde": "s", "minute": "min", "tag": "day"}),
    "fr": (("par",), {"heure": "h", "seconde": "s", "minute": "min", "jour": "day"}),
    "es": (("por",), {"hora": "h", "segundo": "s", "minuto": "min", "día": "day"}),
    "ru": (("в",), {"час": "h", "секунду": "s", "минуту": "min", "день": "day"}),
}
# What follows makes it no rate: `he ran 100 m a second faster`, `5 km a day later`.
NO_RATES = word_set(
    "later earlier sooner before after ago time apart faster slower quicker longer shorter"
)
# What such are called.
COMPOUNDS = {"mi/h": "mph", "mi/gal": "mpg", "bits/s": "bps"}
SCALE_LETTERS = {
    "k": 10**3,
    "m": 10**6,
    "mm": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "tn": 10**12,
}
# Before a number, these make it a name rather than a count, in lower case.
LABELS = word_set(
    "article articles art section sections sect sec § chapter chapters ch page pages p pp pg "
    "no nos nr number numbers № figure figures fig figs table tables tab line lines version "
    "versions ver v release level levels type types step steps stage phase group groups class "
    "classes grade grades room gate platform flight channel highway route road psalm verse act "
    "scene volume vol issue part parts point points item items question rule rules law "
    "resolution resolutions paragraph paragraphs para port ports track episode season game "
    "week day year round lot unit apartment apt floor slide box zone district column row "
    "option example exercise lesson appendix annex clause schedule form bus tram runlevel code "
    "panel shaft prop proposition formula "
    "error mode model series size top iso rfc iec ieee din ansi gost artikel absatz abs "
    "kapitel kap seite seiten s abschnitt nummer tabelle abbildung abb paragraf bild teil band "
    "stufe phase ziffer zeile klasse gleis linie zimmer haus halle platz buch chapitre numéro "
    "tableau page alinéa ligne niveau étape partie tome salle loi règle artículo artículos "
    "capítulo página páginas núm número tabla figura línea nivel grupo tipo parte ley regla "
    "párrafo apartado fase etapa sala tomo articolo capitolo pagina numero tabella figura "
    "linea livello gruppo tipo parte legge fase artigo capítulo página tabela nível lei seção "
    "статья статьи статье статью ст пункт пункта пункте п часть части ч глава главы главе гл "
    "страница страницы странице стр с том рис рисунок таблица таблице табл номер номером "
    "строка раздел раздела уровень уровня тип типа группа группы класс класса этап фаза шаг "
    "рейс рейса рейсу рейсом рейсе vuelo flug sefer дом д кв корпус стаття статті "
    "пункт розділ розділу сторінка номер частина частини artykuł "
    "rozdział strona str numer tabela poz pkt ust madde maddesi bölüm sayfa numara no tablo "
    "şekil cilt fıkra sınıf kat maddəsi bölmə səhifə المادة الفصل الصفحة الساعة رقم الجزء "
    "البند القرار الباب ماده فصل صفحه شماره"
)
# Before an hour of the clock.
BEFORE_HOURS = word_set("at à um alle ore las la в о у saat الساعة às a godz")
# After a number: an hour of the clock.
CLOCK_WORDS = word_set("am pm uhr o p a utc gmt est cet")
# Words between numbers that make them ends of a range.
RANGE_WORDS = {
    "en": ("to",),
    "de": ("bis",),
    "fr": ("à",),
    "es": ("a", "al"),
    "it": ("a",),
    "pt": ("a",),
    "ru": ("до",),
    "uk": ("до",),
    "pl": ("do",),
    "ar": ("إلى",),
}
# Before two numbers joined by such a word, of which the second is what the first became.
FROM_WORDS = word_set("from von vom de del desde с со da dal z od من")
BECAME = word_set(
    "rose rise rises risen grew grow grows grown fell fall falls fallen dropped drop increased "
    "increase increases decreased declined climbed jumped up down went raised cut reduced "
    "stieg stiegen gestiegen sank sanken gesunken fiel erhöht erhöhte wuchs passé passée passer "
    "augmenté baissé chuté subió bajó aumentó pasó cayó creció выросли вырос выросла выросло "
    "снизились снизился снизилась снизилось упали упал упала увеличились увеличился увеличилась "
    "увеличилось сократились сократился сократилась увеличить снизить"
)
BETWEEN = {
    "en": ("between", "and"),
    "de": ("zwischen", "und"),
    "fr": ("entre", "et"),
    "es": ("entre", "y"),
    "it": ("tra", "e"),
    "pt": ("entre", "e"),
    "tr": ("", "ile"),
    "ar": ("بين", "و"),
}
# Between a scale and what is counted: `2 millions de personnes`, `1,2 milliard d'euros`.
JOINERS = word_set("de d di of")
# Phrases of more than a word that mean a unit, after the number.
PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "per cent": "%",
        "nautical miles": "nmi",
        "nautical mile": "nmi",
        "receiving yards": "yd",
        "rushing yards": "yd",
        "passing yards": "yd",
        "square foot": "ft²",
        "square mile": "mi²",
        "square meter": "m²",
        "square metre": "m²",
        "square kilometer": "km²",
        "square kilometre": "km²",
        "cubic feet": "ft³",
        "cubic meter": "m³",
        "cubic metre": "m³",
        "percentage points": "pp",
        "percentage point": "pp",
        "square kilometres": "km²",
        "square kilometers": "km²",
        "square metres": "m²",
        "square meters": "m²",
        "square miles": "mi²",
        "square feet": "ft²",
        "sq km": "km²",
        "sq m": "m²",
        "sq ft": "ft²",
        "sq feet": "ft²",
        "sq mi": "mi²",
        "sq miles": "mi²",
        "cubic metres": "m³",
        "cubic meters": "m³",
        "pounds sterling": "GBP",
        "swiss francs": "CHF",
        "degrees celsius": "°C",
        "degrees fahrenheit": "°F",
        "business days": "days",
        "working days": "days",
        "metric tons": "t",
        "metric tonnes": "t",
        "light years": "ly",
        "light year": "ly",
        "electron volts": "eV",
        "kilowatt hours": "kWh",
        "kilowatt hour": "kWh",
        "megawatt hours": "MWh",
        "gigawatt hours": "GWh",
        "terawatt hours": "TWh",
        "staff members": "people",
        "crew members": "people",
        "board members": "people",
        "team members": "people",
        "family members": "people",
        "cast members": "people",
        "gang members": "people",
        "service members": "people",
        "faculty members": "people",
        "jury members": "people",
        "degrees c": "°C",
        "degrees f": "°F",
    },
    "de": {"grad celsius": "°C", "schweizer franken": "CHF", "us dollar": "USD"},
    "fr": {
        "pour cent": "%",
        "milles marins": "nmi",
        "milles nautiques": "nmi",
        "kilomètres carrés": "km²",
        "mètres carrés": "m²",
        "mètres cubes": "m³",
        "points de pourcentage": "pp",
        "degrés celsius": "°C",
        "francs suisses": "CHF",
    },
    "es": {
        "por ciento": "%",
        "millas náuticas": "nmi",
        "millas marinas": "nmi",
        "kilómetros cuadrados": "km²",
        "metros cuadrados": "m²",
        "millas cuadradas": "mi²",
        "metros cúbicos": "m³",
        "puntos porcentuales": "pp",
        "grados celsius": "°C",
    },
    "it": {
        "per cento": "%",
        "chilometri quadrati": "km²",
        "metri quadrati": "m²",
        "punti percentuali": "pp",
    },
    "pt": {
        "por cento": "%",
        "quilómetros quadrados": "km²",
        "quilômetros quadrados": "km²",
        "metros quadrados": "m²",
        "pontos percentuais": "pp",
    },
    "ru": {
        "процентных пункта": "pp",
        "процентных пунктов": "pp",
        "квадратных километров": "km²",
        "квадратных километра": "km²",
        "квадратных метров": "m²",
        "морских миль": "nmi",
        "морские мили": "nmi",
        "квадратных миль": "mi²",
        "кубических километров": "km³",
        "квадратных километрах": "km²",
        "кв км": "km²",
        "кв километров": "km²",
        "кв миль": "mi²",
        "кв м": "m²",
        "кубических метров": "m³",
        "градусов цельсия": "°C",
        "долларов сша": "USD",
    },
    "uk": {"квадратних кілометрів": "km²", "квадратних метрів": "m²", "доларів сша": "USD"},
    "tr": {
        "türk lirası": "TRY",
        "deniz mili": "nmi",
        "metre küp": "m³",
        "amerikan doları": "USD",
        "abd doları": "USD",
        "santigrat derece": "°C",
        "yüzde puan": "pp",
        "kilometre kare": "km²",
        "kilometre karelik": "km²",
        "metre kare": "m²",
        "metre karelik": "m²",
        "mil kare": "mi²",
        "mil karelik": "mi²",
    },
    "ar": {
        "في المئة": "%",
        "في المائة": "%",
        "كيلومتر مربع": "km²",
        "كيلومترا مربعا": "km²",
        "كيلومترات مربعة": "km²",
        "متر مربع": "m²",
        "مترا مربعا": "m²",
        "متر مكعب": "m³",
        "مترا مكعبا": "m³",
        "أمتار مكعبة": "m³",
        "ميل بحري": "nmi",
        "ميلا بحريا": "nmi",
        "ميل مربع": "mi²",
        "ميلا مربعا": "mi²",
        "دولار أمريكي": "USD",
        "دولار أميركي": "USD",
        "درجة مئوية": "°C",
        "ريال سعودي": "SAR",
        "جنيه مصري": "EGP",
        "جنيه إسترليني": "GBP",
        "درهم إماراتي": "AED",
    },
    # Each letter is a word.
    "zh": {
        "美元": "USD",
        "欧元": "EUR",
        "公里": "km",
        "公斤": "kg",
        "平方公里": "km²",
        "平方米": "m²",
    },
    "ja": {"ドル": "USD"},
}
PERCENT_BEFORE = {"tr": "yüzde", "az": "faiz"}
# After a bare number, words that are no noun.
FUNCTION_WORDS = word_set(
    "a an the and or of in on at to for from by with as is are was were be been has have had "
    "do does did will would can could may might must shall should if when while that which who "
    "whom this his its us yes no not but nor so than then thus plus minus less versus vs per "
    "times x more about after before between during since until against into onto over under "
    "above below also only just still even again always perhaps unless across towards s t ll "
    "re ve d m describes shows reads contains lists gives provides includes says requires uses "
    "supports means adds allows specifies makes takes needs works comes goes runs looks "
    "becomes appears remains defines explains covers discusses presents summarizes introduces "
    "deals applies follows sets seems starts ends begins "
    "behind beside besides among amongst amid ahead beyond within without "
    "zwischen durch gegen seit ohne über unter während wegen und oder der die das den dem des ein "
    "eine einer im am zu zum zur von vom bis mit auf aus bei nach vor für ist sind war waren "
    "wird werden hat haben als auch nicht nur wie wenn dass es er sie ich et ou le la les l un "
    "une des du de d au aux en dans par pour sur avec sans est sont était ont a à qui que ne "
    "pas plus se ce cette il elle ils dont mais si comme y e o u el los las unos unas del al "
    "por para con sin es son fue era ha han que no se su sus más pero como cuando lo i gli di "
    "da che non è sono ma per con si nel nella del della alla o os as do da dos das no na nos "
    "nas em um uma com não mais ao aos и или а но в во на с со к ко о об от до из за по для "
    "при не ни же бы что как это был была было были есть его её их он она они мы я у над под "
    "без через если когда также то так ещё уже лишь й та і або що як це був була було були "
    "його її він вона вони для при під без через ve veya ile de da ki bu o bir için gibi kadar "
    "ise en daha sonra önce olarak olan ne mi mı mu mü və ya ilə üçün w we z ze na do od po za "
    "dla przy nie to jest są był była lub oraz i a o u się و أو في من إلى على عن مع هو هي هذا "
    "هذه أن إن كان كانت لا ما التي الذي بعد قبل محرم صفر ربيع جمادى رجب شعبان رمضان شوال ذو ذي"
)
