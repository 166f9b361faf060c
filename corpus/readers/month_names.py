"""The names of the months, as dates are written in the languages of the world's newspapers."""

from __future__ import annotations

from functools import cache

# January to December by language: the forms that stand in dates, whole names first, then the usual
# abbreviations after a bar. `sv` has Danish and Norwegian with it.
# Croatian is left out: its `listopad` is October, that of Czechs and Poles November.
_MONTH_NAMES = {
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
    "september|sep|sept october|oct november|nov december|dec",
    "de": "januar,jänner|jan februar|feb märz|mrz april|apr mai juni|jun juli|jul august|aug "
    "september|sep|sept oktober|okt november|nov dezember|dez",
    "fr": "janvier|janv février|févr|fév mars avril|avr mai juin juillet|juil août,aout "
    "septembre|sept octobre|oct novembre|nov décembre|déc",
    "es": "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago "
    "septiembre,setiembre|sep|sept octubre|oct noviembre|nov diciembre|dic",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "it": "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug "
    "agosto|ago settembre|set|sett ottobre|ott novembre|nov dicembre|dic",
    "pt": "janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun julho|jul agosto|ago "
    "setembro|set outubro|out novembro|nov dezembro|dez",
    "nl": "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug "
    "september|sep|sept oktober|okt november|nov december|dec",
    "sv": "januari,januar|jan februari,februar|feb mars,marts|mar april|apr maj,mai juni|jun "
    "juli|jul augusti,august|aug september|sep|sept oktober|okt november|nov december,desember|dec",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta "
    "syyskuuta lokakuuta marraskuuta joulukuuta",
    "pl": "stycznia,styczeń|sty lutego,luty marca,marzec|mar kwietnia,kwiecień|kwi maja,maj "
    "czerwca,czerwiec|cze lipca,lipiec|lip sierpnia,sierpień|sie września,wrzesień|wrz "
    "października,październik|paź listopada,listopad|lis grudnia,grudzień|gru",
    "cs": "ledna,leden února,únor března,březen dubna,duben května,květen června,červen "
    "července,červenec srpna,srpen září října,říjen listopadu,listopad prosince,prosinec",
    "sk": "január,januára február,februára marca,marec apríla,apríl mája,máj júna,jún júla,júl "
    "augusta,august septembra,september októbra,október novembra,november decembra,december",
    "hu": "január|jan február|febr március|márc április|ápr május|máj június|jún július|júl "
    "augusztus|aug szeptember|szept október|okt november|nov december|dec",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie "
    "noiembrie decembrie",
    "el": "ιανουαρίου,ιανουάριος|ιαν φεβρουαρίου,φεβρουάριος|φεβ μαρτίου,μάρτιος|μαρ "
    "απριλίου,απρίλιος|απρ μαΐου,μάιος|μαϊ ιουνίου,ιούνιος|ιουν ιουλίου,ιούλιος|ιουλ "
    "αυγούστου,αύγουστος|αυγ σεπτεμβρίου,σεπτέμβριος|σεπ οκτωβρίου,οκτώβριος|οκτ "
    "νοεμβρίου,νοέμβριος|νοε δεκεμβρίου,δεκέμβριος|δεκ",
    "ru": "января,январь|янв февраля,февраль|фев|февр марта,март|мар апреля,апрель|апр мая,май "
    "июня,июнь|июн июля,июль|июл августа,август|авг сентября,сентябрь|сен|сент "
    "октября,октябрь|окт ноября,ноябрь|ноя|нояб декабря,декабрь|дек",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "tr": "ocak|oca şubat|şub mart|mar nisan|nis mayıs|may haziran|haz temmuz|tem ağustos|ağu "
    "eylül|eyl ekim|eki kasım|kas aralık|ara",
    "az": "yanvar|yan fevral|fev mart|mar aprel|apr may iyun iyul avqust|avq sentyabr "
    "oktyabr|okt noyabr|noy dekabr|dek",
    "id": "januari|jan februari|feb maret|mar april|apr mei juni|jun juli|jul agustus "
    "september|sep oktober|okt november|nov desember",
    "ar": "يناير فبراير,شباط مارس,آذار أبريل,إبريل,ابريل,نيسان مايو,أيار يونيو,حزيران يوليو,تموز "
    "أغسطس,اغسطس,آب سبتمبر,أيلول أكتوبر,اكتوبر نوفمبر ديسمبر",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "he": "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "hi": "जनवरी फ़रवरी,फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
}


def months_of(language: str) -> dict[str, tuple[int, bool]]:
    """Return the months of a language, none if it is not in the list.

    Returns:
        The number, 1 to 12, by name in lower case, and whether that is an abbreviation.
    """
    months: dict[str, tuple[int, bool]] = {}
    for number, names in enumerate(_MONTH_NAMES.get(language, "").split(), start=1):
        whole, *short = names.split("|")
        months.update((name, (number, True)) for name in short)
        months.update((name, (number, False)) for name in whole.split(","))
    return months


@cache
def month_numbers() -> dict[str, int]:
    """Return the number of each month, 1 to 12, by its name in lower case, in any language."""
    return {
        name.casefold(): number
        for language in _MONTH_NAMES
        for name, (number, _) in months_of(language).items()
    }
