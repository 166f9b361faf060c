"""The words of quantities by language, as data.

Entries are `value: words`; the value is a number, the sign of a unit, or the code of a currency.
"""

from __future__ import annotations

# What a number is multiplied with.
SCALES: dict[str, dict[int, str]] = {
    "en": {
        10**2: "hundred",
        10**3: "thousand",
        10**5: "lakh",
        10**6: "million mn",
        10**7: "crore",
        10**9: "billion bn",
        10**12: "trillion tn",
    },
    "de": {
        10**2: "hundert",
        10**3: "tausend tsd",
        10**6: "million millionen mio",
        10**9: "milliarde milliarden mrd",
        10**12: "billion billionen",
    },
    "fr": {
        10**2: "cent cents",
        10**3: "mille milliers",
        10**6: "million millions mio",
        10**9: "milliard milliards mrd",
        10**12: "billion billions",
    },
    "es": {
        10**3: "mil",
        10**6: "millón millones",
        10**12: "billón billones",
    },
    "it": {
        10**3: "mila mille",
        10**6: "milione milioni mln",
        10**9: "miliardo miliardi mld",
    },
    "pt": {
        10**3: "mil",
        10**6: "milhão milhões",
        10**9: "bilhão bilhões bilião biliões",
        10**12: "trilhão trilhões",
    },
    "ru": {
        10**3: "тысяча тысячи тысяч тысячам тысячами тысячах тысячу тыс",
        10**6: "миллион миллиона миллионов миллионам миллионами миллионах миллиону млн",
        10**9: "миллиард миллиарда миллиардов миллиардам миллиардами млрд",
        10**12: "триллион триллиона триллионов трлн",
    },
    "uk": {
        10**3: "тисяча тисячі тисяч тисячу тис",
        10**6: "мільйон мільйона мільйони мільйонів млн",
        10**9: "мільярд мільярда мільярди мільярдів млрд",
    },
    "pl": {
        10**3: "tysiąc tysiące tysięcy tys",
        10**6: "milion miliona miliony milionów mln",
        10**9: "miliard miliarda miliardy miliardów mld",
    },
    "tr": {
        10**2: "yüz",
        10**3: "bin",
        10**6: "milyon",
        10**9: "milyar",
        10**12: "trilyon",
    },
    "az": {10**2: "yüz", 10**3: "min", 10**6: "milyon mln", 10**9: "milyard mlrd"},
    "ar": {
        10**3: "ألف آلاف الف ألفا",
        10**6: "مليون ملايين مليونا",
        10**9: "مليار مليارات بليون",
        10**12: "تريليون",
    },
    "fa": {10**3: "هزار", 10**6: "میلیون", 10**9: "میلیارد"},
    "zh": {10**4: "万 萬", 10**8: "亿 億"},
    "ja": {10**4: "万", 10**8: "億", 10**12: "兆"},
}
_GERMAN_TENS = {
    20: "zwanzig",
    30: "dreißig",
    40: "vierzig",
    50: "fünfzig",
    60: "sechzig",
    70: "siebzig",
    80: "achtzig",
    90: "neunzig",
}
_GERMAN_UNITS = {
    1: "ein",
    2: "zwei",
    3: "drei",
    4: "vier",
    5: "fünf",
    6: "sechs",
    7: "sieben",
    8: "acht",
    9: "neun",
}
# Numbers written out; 1 counts only before a scale, as it is also an article.
NUMBERS: dict[str, dict[float, str]] = {
    "en": {
        0.5: "half",
        1: "one a",
        2: "two",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty",
        30: "thirty",
        40: "forty",
        50: "fifty",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety",
    },
    "de": {
        0.5: "halbe halben",
        1: "eine ein einer",
        1.5: "anderthalb eineinhalb",
        2: "zwei",
        2.5: "zweieinhalb",
        3: "drei",
        4: "vier",
        5: "fünf",
        6: "sechs",
        7: "sieben",
        8: "acht",
        9: "neun",
        10: "zehn",
        11: "elf",
        12: "zwölf",
        15: "fünfzehn",
        20: "zwanzig",
        30: "dreißig",
        40: "vierzig",
        50: "fünfzig",
        60: "sechzig",
        70: "siebzig",
        80: "achtzig",
        90: "neunzig",
        100: "einhundert",
        **{
            tens + units: f"{unit}und{ten}"
            for tens, ten in _GERMAN_TENS.items()
            for units, unit in _GERMAN_UNITS.items()
        },
        200: "zweihundert",
        300: "dreihundert",
        500: "fünfhundert",
    },
    "fr": {
        1: "un",
        2: "deux",
        3: "trois",
        4: "quatre",
        5: "cinq",
        6: "six",
        7: "sept",
        8: "huit",
        9: "neuf",
        10: "dix",
        11: "onze",
        12: "douze",
        13: "treize",
        14: "quatorze",
        15: "quinze",
        16: "seize",
        20: "vingt",
        30: "trente",
        40: "quarante",
        50: "cinquante",
        60: "soixante",
    },
    "es": {
        0.5: "medio",
        1: "un",
        2: "dos",
        3: "tres",
        4: "cuatro",
        5: "cinco",
        6: "seis",
        7: "siete",
        8: "ocho",
        9: "nueve",
        10: "diez",
        11: "once",
        12: "doce",
        15: "quince",
        20: "veinte",
        30: "treinta",
        40: "cuarenta",
        50: "cincuenta",
        100: "cien",
        200: "doscientos doscientas",
        300: "trescientos trescientas",
        500: "quinientos quinientas",
    },
    "it": {
        0.5: "mezzo",
        1: "un",
        2: "due",
        3: "tre",
        4: "quattro",
        5: "cinque",
        6: "sei",
        7: "sette",
        8: "otto",
        9: "nove",
        10: "dieci",
        12: "dodici",
        15: "quindici",
        20: "venti",
        30: "trenta",
        50: "cinquanta",
        100: "cento",
    },
    "pt": {
        0.5: "meio",
        1: "um",
        2: "dois duas",
        3: "três",
        4: "quatro",
        5: "cinco",
        6: "seis",
        7: "sete",
        8: "oito",
        9: "nove",
        10: "dez",
        12: "doze",
        15: "quinze",
        20: "vinte",
        30: "trinta",
        50: "cinquenta",
        100: "cem",
    },
    "ru": {
        1: "один одного одним",
        1.5: "полтора полутора",
        2: "два две двух двум двумя",
        3: "три трёх трех трём трем тремя",
        4: "четыре четырёх четырех четырьмя",
        5: "пять пяти пятью",
        6: "шесть шести",
        7: "семь семи",
        8: "восемь восьми",
        9: "девять девяти",
        10: "десять десяти",
        11: "одиннадцать одиннадцати",
        12: "двенадцать двенадцати",
        15: "пятнадцать пятнадцати",
        20: "двадцать двадцати",
        30: "тридцать тридцати",
        40: "сорок сорока",
        50: "пятьдесят пятидесяти",
        60: "шестьдесят шестидесяти",
        70: "семьдесят семидесяти",
        80: "восемьдесят восьмидесяти",
        90: "девяносто",
        100: "сто ста",
        200: "двести двухсот",
        300: "триста трёхсот трехсот",
        500: "пятьсот пятисот",
        500_000: "полмиллиона",
    },
    "uk": {
        1: "один",
        1.5: "півтора",
        2: "два дві двох",
        3: "три трьох",
        4: "чотири чотирьох",
        5: "пʼять",
        6: "шість",
        7: "сім",
        8: "вісім",
        10: "десять",
        20: "двадцять",
        30: "тридцять",
        100: "сто",
    },
    "pl": {
        1.5: "półtora",
        2: "dwa dwie dwóch",
        3: "trzy trzech",
        4: "cztery czterech",
        5: "pięć pięciu",
        6: "sześć sześciu",
        7: "siedem",
        8: "osiem",
        10: "dziesięć",
        20: "dwadzieścia",
        100: "sto",
    },
    "tr": {
        0.5: "yarım",
        1: "bir",
        1.5: "birbuçuk",
        2: "iki",
        3: "üç",
        4: "dört",
        5: "beş",
        6: "altı",
        7: "yedi",
        8: "sekiz",
        9: "dokuz",
        10: "on",
        20: "yirmi",
        30: "otuz",
        40: "kırk",
        50: "elli",
        60: "altmış",
        70: "yetmiş",
        80: "seksen",
        90: "doksan",
    },
    "az": {
        1: "bir",
        2: "iki",
        3: "üç",
        4: "dörd",
        5: "beş",
        6: "altı",
        7: "yeddi",
        8: "səkkiz",
        9: "doqquz",
        10: "on",
        20: "iyirmi",
        30: "otuz",
        40: "qırx",
        50: "əlli",
    },
    "ar": {
        3: "ثلاثة ثلاث",
        4: "أربعة أربع",
        5: "خمسة خمس",
        6: "ستة ست",
        7: "سبعة سبع",
        8: "ثمانية ثماني",
        9: "تسعة تسع",
        10: "عشرة عشر",
        20: "عشرون عشرين",
        30: "ثلاثون ثلاثين",
        40: "أربعون أربعين",
        50: "خمسون خمسين",
        100: "مئة مائة",
        2_000_000: "مليونا مليوني مليونين",
        2_000: "ألفا ألفي ألفين",
    },
}
_YEARS = "years"
# Signs, units and currencies by their words.
UNITS: dict[str, dict[str, str]] = {
    "en": {
        "%": "percent pct",
        "km": "kilometre kilometres kilometer kilometers kilometre",
        "m": "metre metres meter meters",
        "cm": "centimetre centimetres centimeter centimeters",
        "mm": "millimetre millimetres millimeter millimeters",
        "mi": "mile miles",
        "ft": "foot feet ft",
        "in": "inch inches",
        "yd": "yard yards",
        "ha": "hectare hectares",
        "acres": "acre acres",
        "kg": "kilogram kilograms kilogramme kilogrammes kilo kilos",
        "g": "gram grams gramme grammes",
        "mg": "milligram milligrams",
        "µg": "microgram micrograms",
        "t": "tonne tonnes",
        "tons": "ton tons",
        "lb": "lb lbs pound pounds",
        "oz": "ounce ounces",
        "l": "litre litres liter liters",
        "ml": "millilitre millilitres milliliter milliliters",
        "gal": "gallon gallons",
        "quarts": "quart quarts",
        "pints": "pint pints",
        "cups": "cup cups",
        "tbsp": "tablespoon tablespoons tbsp tbsps tbs",
        "tsp": "teaspoon teaspoons tsp tsps",
        "barrels": "barrel barrels",
        "h": "hour hours hrs",
        "min": "minute minutes mins",
        "s": "second seconds secs",
        "ms": "millisecond milliseconds msec msecs",
        "µs": "microsecond microseconds",
        "ns": "nanosecond nanoseconds",
        "days": "day days",
        "weeks": "week weeks",
        "months": "month months",
        _YEARS: "year years yrs",
        "MW": "megawatt megawatts",
        "GW": "gigawatt gigawatts",
        "kW": "kilowatt kilowatts",
        "W": "watt watts",
        "V": "volt volts",
        "A": "amp amps ampere amperes",
        "hp": "horsepower",
        "Hz": "hertz",
        "kHz": "kilohertz",
        "MHz": "megahertz",
        "GHz": "gigahertz",
        "dB": "decibel decibels",
        "lumens": "lumen lumens",
        "calories": "calorie calories",
        "°": "degree degrees",
        "cents": "cent cents",
        "kB": "kilobyte kilobytes",
        "MB": "megabyte megabytes megs",
        "GB": "gigabyte gigabytes",
        "TB": "terabyte terabytes",
        "PB": "petabyte petabytes",
        "MP": "megapixel megapixels",
        "bytes": "byte bytes",
        "bits": "bits",
        "pixels": "pixel pixels",
        "USD": "dollar dollars",
        "EUR": "euro euros",
        "JPY": "yen",
        "CNY": "yuan",
        "RUB": "rouble roubles ruble rubles",
        "AZN": "manat manats",
        "UAH": "hryvnia hryvnias",
    },
    "de": {
        "%": "prozent",
        "km": "kilometer kilometern",
        "m": "meter metern",
        "cm": "zentimeter zentimetern",
        "mm": "millimeter millimetern",
        "ha": "hektar",
        "km²": "quadratkilometer quadratkilometern",
        "m²": "quadratmeter quadratmetern",
        "kg": "kilogramm kilo",
        "g": "gramm",
        "t": "tonne tonnen",
        "l": "liter litern",
        "h": "stunde stunden",
        "min": "minute minuten",
        "s": "sekunde sekunden",
        "days": "tag tage tagen",
        "weeks": "woche wochen",
        "months": "monat monate monaten",
        _YEARS: "jahr jahre jahren",
        "MW": "megawatt",
        "GW": "gigawatt",
        "EUR": "euro",
        "USD": "dollar",
        "CHF": "franken",
        "ft": "fuß",
        "in": "zoll",
        "mi": "meile meilen",
        "mi²": "quadratmeilen",
        "pp": "prozentpunkte prozentpunkten",
        "nmi": "seemeile seemeilen",
    },
    "fr": {
        "km": "kilomètre kilomètres",
        "m": "mètre mètres",
        "cm": "centimètre centimètres",
        "mm": "millimètre millimètres",
        "ha": "hectare hectares",
        "kg": "kilogramme kilogrammes kilo kilos",
        "g": "gramme grammes",
        "t": "tonne tonnes",
        "l": "litre litres",
        "h": "heure heures",
        "min": "minute minutes",
        "s": "seconde secondes",
        "days": "jour jours",
        "weeks": "semaine semaines",
        "months": "mois",
        _YEARS: "an ans année années",
        "mi": "miles",
        "MW": "mégawatts",
        "EUR": "euro euros",
        "USD": "dollar dollars",
    },
    "es": {
        "km": "kilómetro kilómetros",
        "m": "metro metros",
        "cm": "centímetro centímetros",
        "mm": "milímetros",
        "ha": "hectárea hectáreas",
        "mi": "milla millas",
        "ft": "pies",
        "kg": "kilogramo kilogramos kilo kilos",
        "g": "gramo gramos",
        "t": "tonelada toneladas",
        "l": "litro litros",
        "h": "hora horas",
        "min": "minuto minutos",
        "s": "segundos",
        "days": "día días",
        "weeks": "semana semanas",
        "months": "mes meses",
        _YEARS: "año años",
        "EUR": "euro euros",
        "USD": "dólar dólares",
        "acres": "acre acres",
    },
    "it": {
        "km": "chilometro chilometri",
        "m": "metro metri",
        "cm": "centimetri",
        "ha": "ettaro ettari",
        "kg": "chilogrammo chilogrammi chilo chili",
        "g": "grammo grammi",
        "t": "tonnellata tonnellate",
        "l": "litro litri",
        "h": "ora ore",
        "min": "minuto minuti",
        "s": "secondi",
        "days": "giorno giorni",
        "weeks": "settimana settimane",
        "months": "mese mesi",
        _YEARS: "anno anni",
        "EUR": "euro",
        "USD": "dollaro dollari",
    },
    "pt": {
        "km": "quilómetro quilómetros quilômetro quilômetros",
        "m": "metro metros",
        "cm": "centímetros",
        "ha": "hectare hectares",
        "kg": "quilograma quilogramas quilo quilos",
        "g": "grama gramas",
        "t": "tonelada toneladas",
        "l": "litro litros",
        "h": "hora horas",
        "min": "minuto minutos",
        "days": "dia dias",
        "weeks": "semana semanas",
        "months": "mês meses",
        _YEARS: "ano anos",
        "EUR": "euro euros",
        "USD": "dólar dólares",
        "BRL": "real reais",
    },
    "ru": {
        "%": "процент процента процентов процентам процентами проц",
        "km": "километр километра километров километрах км километрах",
        "m": "метр метра метров метрах",
        "cm": "сантиметр сантиметра сантиметров см",
        "mm": "миллиметр миллиметра миллиметров мм",
        "ha": "гектар гектара гектаров га гектарах гектарам гектарами",
        "mi": "миля мили миль милях",
        "ft": "фут фута футов",
        "in": "дюйм дюйма дюймов",
        "kg": "килограмм килограмма килограммов кг",
        "g": "грамм грамма граммов гр",
        "mg": "миллиграмм миллиграмма миллиграммов мг",
        "t": "тонна тонны тонн тоннах тоннам",
        "l": "литр литра литров",
        "ml": "миллилитр миллилитра миллилитров мл",
        "°": "градус градуса градусов градусам градусах",
        "h": "час часа часов",
        "min": "минута минуты минут",
        "s": "секунда секунды секунд",
        "days": "день дня дней суток",
        "weeks": "неделя недели недель",
        "months": "месяц месяца месяцев",
        _YEARS: "года лет",
        "MW": "мегаватт мвт",
        "RUB": "рубль рубля рублей рублям рублями руб",
        "USD": "доллар доллара долларов долларам",
        "EUR": "евро",
        "UAH": "гривна гривны гривен",
        "AZN": "манат маната манатов",
        "KZT": "тенге",
    },
    "uk": {
        "%": "відсоток відсотка відсотки відсотків",
        "km": "кілометр кілометри кілометрів км",
        "m": "метр метри метрів",
        "ha": "гектар гектари гектарів га",
        "kg": "кілограм кілограми кілограмів кг",
        "t": "тонна тонни тонн",
        "h": "година години годин",
        "min": "хвилина хвилини хвилин",
        "days": "день дні днів",
        "weeks": "тиждень тижні тижнів",
        "months": "місяць місяці місяців",
        _YEARS: "роки років",
        "UAH": "гривня гривні гривень грн",
        "USD": "долар долари доларів",
        "EUR": "євро",
        "RUB": "рублів",
    },
    "pl": {
        "%": "procent procenta procentów proc",
        "km": "kilometr kilometry kilometrów",
        "m": "metr metry metrów",
        "ha": "hektar hektary hektarów",
        "kg": "kilogram kilogramy kilogramów",
        "t": "tona tony ton",
        "h": "godzina godziny godzin",
        "min": "minuta minuty minut",
        "days": "dzień dni",
        "weeks": "tydzień tygodnie tygodni",
        "months": "miesiąc miesiące miesięcy",
        _YEARS: "lata lat",
        "PLN": "złoty złote złotych zł",
        "USD": "dolar dolary dolarów",
        "EUR": "euro",
    },
    "tr": {
        "km": "kilometre kilometrelik km",
        "mi": "mil",
        "m": "metre metrelik",
        "cm": "santimetre santim",
        "m²": "metrekare",
        "km²": "kilometrekare",
        "ha": "hektar",
        "kg": "kilogram kilo",
        "g": "gram",
        "t": "ton",
        "l": "litre",
        "h": "saat",
        "min": "dakika",
        "s": "saniye",
        "days": "gün",
        "weeks": "hafta",
        "months": "ay",
        _YEARS: "yıl",
        "MW": "megavat",
        "TRY": "lira liralık liranın tl",
        "USD": "dolar dolarlık doların",
        "EUR": "avro avroluk euro",
        "Gt": "gigaton",
    },
    "az": {
        "%": "faiz faizi faizə",
        "km": "kilometr km",
        "m": "metr",
        "ha": "hektar",
        "kg": "kiloqram",
        "t": "ton",
        "h": "saat",
        "min": "dəqiqə",
        "days": "gün",
        "months": "ay",
        _YEARS: "il",
        "AZN": "manat",
        "USD": "dollar",
        "EUR": "avro",
    },
    "ar": {
        "%": "بالمئة بالمائة",
        "km": "كيلومتر كيلومترا كيلومترات كم",
        "mi": "ميل ميلا أميال",
        "ft": "قدم قدما أقدام",
        "m": "متر مترا أمتار",
        "ha": "هكتار هكتارا",
        "kg": "كيلوغرام كيلوغراما كيلوجرام",
        "t": "طن طنا",
        "h": "ساعة ساعات",
        "min": "دقيقة دقائق",
        "days": "يوم يوما أيام",
        "weeks": "أسبوع أسبوعا أسابيع",
        "months": "شهر شهرا أشهر شهور",
        _YEARS: "عام عاما أعوام سنة سنوات",
        "USD": "دولار دولارا دولارات",
        "EUR": "يورو",
    },
    "fa": {"%": "درصد", "km": "کیلومتر", "days": "روز", _YEARS: "سال", "USD": "دلار"},
    "zh": {"CNY": "元"},
    "ja": {"JPY": "円"},
}
# What people are called where they are counted.
PEOPLE: dict[str, str] = {
    "en": "people persons person men women children adults residents inhabitants citizens "
    "civilians refugees migrants soldiers troops workers employees students pupils teachers "
    "delegates participants passengers patients victims protesters demonstrators voters "
    "guests visitors spectators officers officials police prisoners hostages users buyers "
    "customers subscribers readers viewers listeners players fans musicians followers "
    "supporters consumers shoppers sellers owners homeowners tenants landlords investors "
    "shareholders donors entrepreneurs executives managers staffers colleagues professors "
    "academics graduates undergraduates freshmen alumni applicants candidates contestants "
    "athletes runners cyclists swimmers referees politicians lawmakers legislators senators "
    "congressmen ministers mayors governors diplomats ambassadors representatives "
    "councillors leaders activists campaigners rebels militants insurgents terrorists "
    "gunmen attackers suspects criminals inmates detainees convicts defendants plaintiffs "
    "witnesses survivors casualties fatalities believers pilgrims worshippers priests "
    "bishops monks nuns slaves immigrants emigrants settlers villagers locals neighbours "
    "neighbors individuals humans folks guys ladies gentlemen attendees respondents "
    "panelists performers dancers painters poets photographers filmmakers composers singers "
    "actors actresses artists authors writers journalists reporters bloggers commenters "
    "gamers developers programmers engineers scientists researchers scholars experts "
    "specialists doctors physicians surgeons dentists nurses paramedics lawyers attorneys "
    "judges jurors prosecutors investigators inspectors farmers fishermen miners sailors "
    "pilots firefighters volunteers peacekeepers rescuers cadets recruits veterans "
    "policemen policewomen cops guards parents mothers fathers sons daughters brothers "
    "sisters siblings grandchildren kids boys girls babies infants toddlers teenagers teens "
    "youths seniors retirees pensioners tourists travellers travelers hikers climbers "
    "skiers surfers divers commuters pedestrians motorists chefs waiters waitresses "
    "cashiers clerks technicians electricians plumbers carpenters labourers laborers "
    "contractors consultants brokers bankers accountants economists analysts astronauts "
    "servicemen troopers deserters evacuees orphans widows newborns schoolchildren "
    "taxpayers personnel smokers drinkers kindergartners centenarians nonsmokers",
    "de": "menschen personen leute einwohner einwohnern einwohnerinnen bürger bürgern kinder "
    "kindern frauen männer männern teilnehmer teilnehmern flüchtlinge flüchtlingen soldaten "
    "mitarbeiter mitarbeitern beschäftigte beschäftigten besucher besuchern schüler "
    "schülern studenten arbeiter arbeitern passagiere passagieren patienten tote toten "
    "verletzte verletzten delegierte delegierten nutzer nutzern nutzerinnen kunden "
    "kundinnen käufer käufern käuferinnen leser lesern leserinnen zuschauer zuschauern "
    "zuschauerinnen zuhörer zuhörern abonnenten spieler spielern spielerinnen "
    "fans musiker musikern musikerinnen anwohner anwohnern wähler wählern wählerinnen "
    "beamte beamten polizisten polizistinnen feuerwehrleute feuerwehrleuten lehrer lehrern "
    "lehrerinnen ärzte ärzten ärztinnen pfleger pflegern forscher forschern forscherinnen "
    "wissenschaftler wissenschaftlern experten gäste gästen touristen "
    "reisende reisenden fahrgäste fahrgästen insassen häftlinge häftlingen gefangene "
    "gefangenen demonstranten geiseln helfer helfern freiwillige freiwilligen studierende "
    "studierenden auszubildende auszubildenden rentner rentnern babys jugendliche "
    "jugendlichen mädchen eltern geschwister migranten asylbewerber asylbewerbern "
    "zivilisten angeklagte angeklagten zeugen anwälte anwälten journalisten politiker "
    "politikern abgeordnete abgeordneten senatoren sportler sportlern athleten bauern "
    "landwirte landwirten fischer fischern bergleute matrosen piloten besucherinnen "
    "bürgerinnen schülerinnen studentinnen mitarbeiterinnen teilnehmerinnen angestellte "
    "angestellten arbeitslose arbeitslosen verbraucher verbrauchern aktionäre aktionären "
    "follower followern",
    "fr": "personne personnes gens habitants habitant hommes femmes enfants réfugiés migrants "
    "soldats participants employés salariés étudiants élèves passagers patients victimes "
    "morts blessés délégués manifestants électeurs citoyens visiteurs utilisateurs "
    "utilisatrices clients clientes acheteurs lecteurs lectrices abonnés auditeurs "
    "téléspectateurs spectateurs joueurs joueuses fans musiciens musiciennes internautes "
    "policiers gendarmes pompiers enseignants professeurs médecins infirmiers infirmières "
    "chercheurs scientifiques experts touristes voyageurs prisonniers détenus otages "
    "bénévoles volontaires retraités adolescents bébés filles garçons parents frères "
    "sœurs civils accusés témoins avocats juges journalistes députés sénateurs ministres "
    "élus athlètes sportifs agriculteurs pêcheurs marins pilotes militaires ouvriers "
    "ouvrières fonctionnaires consommateurs actionnaires invités candidats étudiantes "
    "salariées employées collégiens lycéens supporters chômeurs",
    "es": "persona personas habitantes hombres mujeres niños refugiados migrantes soldados "
    "participantes empleados trabajadores estudiantes alumnos pasajeros pacientes víctimas "
    "muertos heridos delegados manifestantes electores votantes ciudadanos visitantes "
    "usuarios usuarias clientes compradores lectores suscriptores oyentes espectadores "
    "telespectadores televidentes jugadores aficionados seguidores músicos internautas "
    "policías bomberos maestros profesores médicos enfermeros enfermeras investigadores "
    "científicos expertos turistas viajeros presos detenidos rehenes voluntarios jubilados "
    "jóvenes adolescentes bebés niñas padres madres hermanos civiles acusados testigos "
    "abogados jueces periodistas diputados senadores ministros atletas deportistas "
    "agricultores pescadores mineros marineros pilotos militares obreros funcionarios "
    "consumidores accionistas invitados candidatos vecinos trabajadoras empleadas "
    "desempleados",
    "it": "persona persone abitanti uomini donne bambini rifugiati migranti soldati partecipanti "
    "dipendenti lavoratori studenti passeggeri pazienti vittime morti feriti delegati "
    "cittadini visitatori utenti clienti acquirenti lettori abbonati ascoltatori spettatori "
    "telespettatori giocatori tifosi musicisti poliziotti medici infermieri ricercatori "
    "scienziati turisti viaggiatori detenuti ostaggi volontari pensionati giovani ragazzi "
    "ragazze insegnanti docenti giornalisti deputati senatori atleti agricoltori pescatori "
    "operai elettori bambine",
    "pt": "pessoa pessoas habitantes homens mulheres crianças refugiados migrantes soldados "
    "participantes funcionários trabalhadores estudantes alunos passageiros pacientes "
    "vítimas mortos feridos delegados manifestantes cidadãos visitantes usuários "
    "utilizadores clientes compradores leitores assinantes ouvintes espectadores "
    "telespectadores jogadores fãs torcedores músicos policiais médicos enfermeiros "
    "pesquisadores turistas viajantes presos detidos reféns voluntários jovens adolescentes "
    "bebês meninas meninos professores jornalistas deputados senadores atletas agricultores "
    "pescadores operários eleitores",
    "ru": "человек человека людей жителей жителя граждан мужчин женщин детей беженцев мигрантов "
    "солдат военнослужащих участников сотрудников работников студентов учеников пассажиров "
    "пациентов делегатов погибших раненых избирателей пользователей пользователя "
    "пользователям покупателей покупателя клиентов клиента читателей читателя подписчиков "
    "подписчика зрителей зрителя телезрителей слушателей слушателя игроков игрока "
    "болельщиков болельщика фанатов музыкантов музыканта посетителей посетителя туристов "
    "туриста гостей врачей врача медиков учителей учителя преподавателей учёных ученых "
    "исследователей экспертов эксперта журналистов журналиста полицейских спасателей "
    "спасателя пожарных добровольцев добровольца волонтёров волонтеров заключённых "
    "заключенных заложников задержанных подозреваемых пострадавших пострадавшего жертв "
    "протестующих демонстрантов мигранта рабочих сотрудника депутатов депутата сенаторов "
    "спортсменов спортсмена школьников школьника пенсионеров подростков подростка младенцев "
    "девочек мальчиков девушек юношей родителей призывников резервистов моряков лётчиков "
    "летчиков шахтёров шахтеров фермеров рыбаков пассажира пациента солдата студента "
    "ученика участника работника делегата беженца женщины мужчины ребёнка ребенка",
    "uk": "людина людини людей осіб особи жителів мешканців громадян чоловіків жінок дітей "
    "біженців солдатів учасників працівників студентів пасажирів делегатів загиблих "
    "поранених користувачів покупців клієнтів читачів підписників глядачів слухачів гравців "
    "вболівальників музикантів відвідувачів туристів лікарів вчителів науковців журналістів "
    "поліцейських рятувальників волонтерів депутатів учнів школярів пенсіонерів пацієнтів "
    "мігрантів виборців",
    "pl": "osoba osoby osób ludzi mieszkańców obywateli mężczyzn kobiet dzieci uchodźców "
    "żołnierzy uczestników pracowników studentów pasażerów użytkowników klientów kupujących "
    "czytelników subskrybentów widzów słuchaczy graczy kibiców muzyków turystów lekarzy "
    "nauczycieli naukowców dziennikarzy policjantów strażaków wolontariuszy pacjentów "
    "uczniów wyborców posłów",
    "tr": "kişi kişinin kişiye kişiyi kişilik insan insanın kadın erkek çocuk asker öğrenci işçi "
    "çalışan katılımcı delege mülteci göçmen yolcu sivil seçmen kullanıcı müşteri alıcı "
    "okur okuyucu abone izleyici dinleyici seyirci oyuncu taraftar müzisyen ziyaretçi "
    "turist doktor hemşire öğretmen araştırmacı uzman gazeteci polis itfaiyeci "
    "mahkum mahkûm tutuklu rehine hasta emekli bebek milletvekili sporcu çiftçi balıkçı "
    "madenci memur personel vatandaş misafir takipçi",
    "az": "nəfər nəfərə nəfəri nəfərin nəfərdən insan qadın uşaq əsgər tələbə işçi nümayəndə "
    "istifadəçi müştəri alıcı oxucu abunəçi tamaşaçı dinləyici oyunçu azarkeş musiqiçi "
    "ziyarətçi turist həkim müəllim jurnalist polis vətəndaş seçici",
    "ar": "شخص شخصا أشخاص شخصاً نسمة لاجئ لاجئا لاجئين مواطن مواطنا مواطنين رجل رجال امرأة نساء "
    "طفل طفلا أطفال جندي جنديا جنود طالب طالبا مشارك مشاركا ناخب ناخبا قتيل قتيلا قتلى "
    "جريحا جرحى مدنيا مدنيين مستخدم مستخدما مستخدمين عميلا عملاء زبون زبونا زبائن قارئ "
    "قارئا قراء مشترك مشتركا مشتركين مشاهدا مشاهدين مستمع مستمعا مستمعين لاعب لاعبا لاعبين "
    "مشجع مشجعا مشجعين موسيقيا موسيقيين زائر زائرا زوار سائح سائحا سياح طبيب طبيبا أطباء "
    "معلم معلما معلمين صحفي صحفيا صحفيين شرطيا متطوع متطوعا متطوعين سجين سجينا سجناء رهينة "
    "رهائن مريض مريضا مرضى موظف موظفا موظفين عاملا عمال نائب نائبا نواب",
    "fa": "نفر نفری کاربر مشتری",
    "zh": "人",
    "ja": "人",
}
# Peoples, parties and believers, which have capitals.
PEOPLES = {
    "en": (
        "americans canadians mexicans cubans haitians venezuelans colombians brazilians "
        "argentines chileans peruvians europeans britons germans italians spaniards greeks poles "
        "swedes finns czechs slovaks latvians lithuanians estonians norwegians hungarians "
        "romanians bulgarians albanians serbs croats bosnians bosniaks russians ukrainians "
        "belarusians georgians armenians azerbaijanis chechens turks kurds israelis palestinians "
        "jordanians egyptians libyans tunisians moroccans algerians saudis yemenis syrians iraqis "
        "iranians afghans pakistanis indians bangladeshis tibetans uyghurs indonesians filipinos "
        "koreans australians malaysians thais africans nigerians ghanaians ugandans kenyans "
        "somalis ethiopians eritreans rwandans asians latinos hispanics muslims sunnis shiites "
        "sikhs christians jews catholics protestants hindus buddhists republicans democrats"
    ),
}
# Before a time, words that only tell more of it: `five short months`.
BEFORE_TIMES = {
    "en": "short long full whole more other additional extra further straight consecutive "
    "successive calendar entire total solid",
}
# Of these few may as well be machines or parts of a program, and many are people: `50,000 fans`.
ALSO_THINGS = "fans listeners readers writers viewers subscribers lecteurs guards managers"
# After these a word for people is one for machines: `two DVD players`.
OF_MACHINES = (
    "dvd cd mp3 media music video record audio ray disc cassette card screen rss feed news code "
    "barcode e ebook book cooling ceiling exhaust case file image password window package event "
    "device table drawer sled"
)
# Who uses or buys what is called by a name and a number: `Windows 10 users`.
USERS = (
    "users players gamers owners customers subscribers developers fans buyers consumers nutzer "
    "kunden spieler utilisateurs joueurs clients usuarios jugadores clientes пользователей игроков"
)
