"""The names of the months, as dates are written in the languages of the world's newspapers."""

from __future__ import annotations

from functools import cache

# One row a month, with the forms that stand in dates and the usual abbreviations: en, de, fr, es,
# ca, it, pt, nl, da/no/sv, fi, pl, cs, sk, hu, ro, el, ru, uk, bg, tr, az, id, vi, ar, fa, he, hi.
# Croatian is left out: its `listopad` is October, that of Czechs and Poles November.
_MONTH_NAMES = (
    "january jan januar jänner janvier janv enero ene gener gennaio gen janeiro januari tammikuuta "
    "stycznia styczeń sty ledna leden január ianuarie ιανουαρίου ιανουάριος ιαν января январь янв "
    "січня януари ocak oca yanvar يناير ژانویه ינואר जनवरी",
    "february feb februar février févr fév febrero febrer febbraio fevereiro fev februari "
    "helmikuuta lutego luty února únor február februarie φεβρουαρίου φεβρουάριος φεβ февраля "
    "февраль фев февр лютого февруари şubat şub fevral فبراير شباط فوریه פברואר फ़रवरी फरवरी",
    "march mar märz mrz mars marzo març março maart marts maaliskuuta marca marzec března březen "
    "március martie μαρτίου μάρτιος μαρ марта март мар березня mart maret مارس آذار מרץ मार्च",
    "april apr avril avr abril abr aprile kwietnia kwiecień kwi dubna duben apríla április aprilie "
    "απριλίου απρίλιος απρ huhtikuuta апреля апрель апр квітня април nisan nis aprel أبريل إبريل "
    "ابريل نيسان آوریل אפריל अप्रैल",
    "may mai mayo maig maggio mag maio mei maj toukokuuta maja května květen mája május μαΐου "
    "μάιος μαϊ мая май травня mayıs مايو أيار مه מאי मई",
    "june jun juni juin junio juny giugno giu junho kesäkuuta czerwca czerwiec cze června červen "
    "júna június iunie ιουνίου ιούνιος ιουν июня июнь июн червня юни haziran haz iyun يونيو "
    "حزيران ژوئن יוני जून",
    "july jul juli juillet juil julio juliol luglio lug julho heinäkuuta lipca lipiec lip července "
    "červenec júla július iulie ιουλίου ιούλιος ιουλ июля июль июл липня юли temmuz tem iyul "
    "يوليو تموز ژوئیه יולי जुलाई",
    "august aug août aout agosto agost ago augustus augusti elokuuta sierpnia sierpień sie srpna "
    "srpen augusta augusztus αυγούστου αύγουστος αυγ августа август авг серпня ağustos ağu avqust "
    "agustus أغسطس اغسطس آب اوت אוגוסט अगस्त",
    "september sep sept septembre septiembre setiembre setembre settembre set setembro syyskuuta "
    "września wrzesień wrz září septembra szeptember septembrie σεπτεμβρίου σεπτέμβριος σεπ "
    "сентября сентябрь сен сент вересня септември eylül eyl sentyabr سبتمبر أيلول سپتامبر ספטמבר "
    "सितंबर",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta października "
    "październik paź října říjen októbra október octombrie οκτωβρίου οκτώβριος οκτ октября октябрь "
    "окт жовтня октомври ekim eki oktyabr أكتوبر اكتوبر اکتبر אוקטובר अक्टूबर",
    "november nov novembre noviembre novembro marraskuuta listopada listopad lis listopadu "
    "novembra noiembrie νοεμβρίου νοέμβριος νοε ноября ноябрь ноя нояб ноември kasım kas noyabr "
    "نوفمبر نوامبر נובמבר नवंबर",
    "december dec dezember dez décembre déc diciembre dic desembre dicembre dezembro desember "
    "joulukuuta grudnia grudzień gru prosince prosinec decembra decembrie δεκεμβρίου δεκέμβριος "
    "δεκ декабря декабрь дек грудня декември aralık ara dekabr ديسمبر دسامبر דצמבר दिसंबर",
)


@cache
def month_numbers() -> dict[str, int]:
    """Return the number of each month, 1 to 12, by its name in lower case."""
    return {
        name.casefold(): number
        for number, names in enumerate(_MONTH_NAMES, start=1)
        for name in names.split()
    }
