"""Words in many scripts: folding, stemming by the language of the article, words without spaces."""

ARCHIVE = """
= cafe language=fr
Le café du coin et les cafés d’ici.
= cafe-en language=en
A cafe on the corner, naïve as ever.
= putin language=ru
Речь Путина о шахте была короткой.
= putin-und language=und
Путина Путин
= mines-ru language=ru
Шахты закрыли, а шахтёры ушли.
= uk language=uk
Шахта в Донецьку, м’яч і сім’я.
= de language=de
Die Straße in Köln führt zu den Gruben, die Grube ist groß.
= tr language=tr
İstanbul’da ılık bir gün, ISLIK sesi.
= es language=es
El niño cantó una canción; los niños cantaron.
= pl language=pl
Łódź i żółte źdźbło.
= el language=el
Ο δρόμος προς την Αθήνα, ΔΡΟΜΟΣ.
= ar language=ar
انهار المنجم في القُدس يوم الاثنين.
= he language=he
המכרה קרס ביום שני, צה״ל הודיע.
= fa language=fa
معدن در تهران فرو ریخت.
= hi language=hi
खान सोमवार को ढह गई।
= zh language=zh
矿山在星期一倒塌。
= ja language=ja
鉱山が月曜日に崩壊した。カフェに行く。
= ko language=ko
광산이 월요일에 무너졌다.
= th language=th
เหมืองถล่มวันจันทร์
= ka language=ka
მაღარო ჩამოინგრა ორშაბათს.
= hy language=hy
Հանքը փլուզվեց երկուշաբթի։
= wide language=en
ＭＩＮＥ at half past，the ﬁrst one.
= roman language=en
Vol. Ⅳ of the œuvre, x² and ½ more.
= emoji language=en
A 👷🏽 at the mine 🇺🇦 today.
= soft language=en
The news\u00adpaper and the in\u200bvisible one.
"""

CASES = """
cafe
  Le [café] du coin et les [cafés] d’ici.
  A [cafe] on the corner, naïve as ever.
café
  Le [café] du coin et les [cafés] d’ici.
  A [cafe] on the corner, naïve as ever.
CAFÉ
  Le [café] du coin et les [cafés] d’ici.
  A [cafe] on the corner, naïve as ever.
cafés
  Le [café] du coin et les [cafés] d’ici.
  A [cafe] on the corner, naïve as ever.
"cafe"
  A [cafe] on the corner, naïve as ever.
  Le [café] du coin et les cafés d’ici.
="café"
  Le [café] du coin et les cafés d’ici.
="cafe"
  A [cafe] on the corner, naïve as ever.
naive
  A cafe on the corner, [naïve] as ever.
"d'ici"
  Le café du coin et les cafés [d’ici].
Путин
  Путина [Путин]
  Речь [Путина] о шахте была короткой.
путина
  [Путина] Путин
  Речь [Путина] о шахте была короткой.
ПУТИНУ
  Речь [Путина] о шахте была короткой.
"Путин"
  Путина [Путин]
"путина"
  [Путина] Путин
  Речь [Путина] о шахте была короткой.
шахта
  [Шахты] закрыли, а шахтёры ушли.
  Речь Путина о [шахте] была короткой.
  [Шахта] в Донецьку, м’яч і сім’я.
шахтер*
  Шахты закрыли, а [шахтёры] ушли.
путин NEAR/1 шахта
  Речь [Путина] о [шахте] была короткой.
"о шахте"
  Речь Путина [о шахте] была короткой.
м'яч
  Шахта в Донецьку, [м’яч] і сім’я.
strasse
  Die [Straße] in Köln führt zu den Gruben, die Grube ist groß.
straße
  Die [Straße] in Köln führt zu den Gruben, die Grube ist groß.
koln
  Die Straße in [Köln] führt zu den Gruben, die Grube ist groß.
grube
  Die Straße in Köln führt zu den [Gruben], die [Grube] ist groß.
gross
  Die Straße in Köln führt zu den Gruben, die Grube ist [groß].
istanbul
  [İstanbul]’da ılık bir gün, ISLIK sesi.
nino
  El [niño] cantó una canción; los [niños] cantaron.
cancion
  El niño cantó una [canción]; los niños cantaron.
lodz
  [Łódź] i żółte źdźbło.
zolte
  Łódź i [żółte] źdźbło.
δρομος
  Ο [δρόμος] προς την Αθήνα, [ΔΡΟΜΟΣ].
αθηνα
  Ο δρόμος προς την [Αθήνα], ΔΡΟΜΟΣ.
المنجم
  انهار [المنجم] في القُدس يوم الاثنين.
القدس
  انهار المنجم في [القُدس] يوم الاثنين.
"المنجم في"
  انهار [المنجم في] القُدس يوم الاثنين.
المكرة
המכרה
  [המכרה] קרס ביום שני, צה״ל הודיע.
צה״ל
  המכרה קרס ביום שני, [צה״ל] הודיע.
צה"ל
  המכרה קרס ביום שני, [צה״ל] הודיע.
תהרן
تهران
  معدن در [تهران] فرو ریخت.
खान
  [खान] सोमवार को ढह गई।
सोमवार -ढह
矿山
  [矿山]在星期一倒塌。
"矿山在"
  [矿山在]星期一倒塌。
矿山 倒塌
  [矿山]在星期一[倒塌]。
山矿
鉱山
  [鉱山]が月曜日に崩壊した。カフェに行く。
カフェ
  鉱山が月曜日に崩壊した。[カフェ]に行く。
광산*
  [광산]이 월요일에 무너졌다.
월요일에
  광산이 [월요일에] 무너졌다.
მაღარო
  [მაღარო] ჩამოინგრა ორშაბათს.
հանքը
  [Հանքը] փլուզվեց երկուշաբթի։
first
  ＭＩＮＥ at half past，the [ﬁrst] one.
mine
  A 👷🏽 at the [mine] 🇺🇦 today.
  [ＭＩＮＥ] at half past，the ﬁrst one.
oeuvre
  Vol. Ⅳ of the [œuvre], x² and ½ more.
mine 🇺🇦
  A 👷🏽 at the [mine] 🇺🇦 today.
  [ＭＩＮＥ] at half past，the ﬁrst one.
  ! nothing-searchable
newspaper
  The [newspaper] and the invisible one.
="newspaper"
  The [newspaper] and the invisible one.
lang:ru
  Речь Путина о шахте была короткой.
  Шахты закрыли, а шахтёры ушли.
шахта lang:uk
  [Шахта] в Донецьку, м’яч і сім’я.
mine -lang:en
/пути./
  Путина [Путин]
путен~
  Путина [Путин]
"""
