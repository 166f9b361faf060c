"""Prefixes, suffixes, single letters, misspellings, regular expressions: of words as they stand."""

ARCHIVE = """
= mine language=en
The mine and the mines of the miner.
= minister language=en
A minister of the ministry was minister.
= mane language=en
A mane of hair, a mone, a mne.
= collapse language=en
Collapse, collapsed, colapse and collllapse.
= sinister language=en
The sinister barrister was in the register.
= cafe language=fr
Un café, deux cafés, trois cafetières.
= numbers language=en
In 2013, 2014 and 20145 there were 14 of them.
= covid language=en
Covid-19 and covid-20 came before covids.
= letters language=en
Teh form was form, from, fomr and forums.
= edges language=en
The edge ab abb abbb ac adc.
= stars language=en
They wrote f**k and 5*3 there.
= names language=en
Petrov met Petrova, Petroff and Petrow.
"""

CASES = r"""
min*
  A [minister] of the [ministry] was [minister].
  The [mine] and the [mines] of the [miner].
MIN*
  A [minister] of the [ministry] was [minister].
  The [mine] and the [mines] of the [miner].
mine*
  The [mine] and the [mines] of the [miner].
mines*
  The mine and the [mines] of the miner.
minist*
  A [minister] of the [ministry] was [minister].
*ster
  The [sinister] [barrister] was in the [register].
  A [minister] of the ministry was [minister].
*inist*
  A [minister] of the [ministry] was [minister].
  The [sinister] barrister was in the register.
m*r
  A [minister] of the ministry was [minister].
  The mine and the mines of the [miner].
m*n*s*r
  A [minister] of the ministry was [minister].
*ster -minist*
  The [sinister] [barrister] was in the [register].
min* miner
  The [mine] and the [mines] of the [miner].
m?ne
  A [mane] of hair, a [mone], a mne.
  The [mine] and the mines of the miner.
?ine
  The [mine] and the mines of the miner.
m??e
  A [mane] of hair, a [mone], a mne.
  The [mine] and the mines of the miner.
min?s
  The mine and the [mines] of the miner.
min??
  ! question-mark
m?n*
  A [minister] of the [ministry] was [minister].
  The [mine] and the [mines] of the [miner].
  A [mane] of hair, a [mone], a mne.
mne~
  A [mane] of hair, a [mone], a [mne].
  The [mine] and the mines of the miner.
col?apse
  [Collapse], collapsed, colapse and collllapse.
col*apse
  [Collapse], collapsed, [colapse] and [collllapse].
colapse~
  [Collapse], collapsed, [colapse] and collllapse.
colapse~1
  [Collapse], collapsed, [colapse] and collllapse.
colapse~2
  [Collapse], [collapsed], [colapse] and collllapse.
collapse~2
  [Collapse], [collapsed], [colapse] and [collllapse].
form~
  Teh [form] was [form], [from], [fomr] and forums.
form~2
  Teh [form] was [form], [from], [fomr] and [forums].
the~ form
  [Teh] [form] was [form], from, fomr and forums.
teh~ form
  [Teh] [form] was [form], from, fomr and forums.
teh~ mine
  [The] [mine] and [the] [mines] of [the] miner.
petrov~
  [Petrov] met [Petrova], Petroff and [Petrow].
petrov~2
  [Petrov] met [Petrova], [Petroff] and [Petrow].
cafe*
  Un [café], deux [cafés], trois [cafetières].
CAFÉ*
  Un [café], deux [cafés], trois [cafetières].
c?fe
  Un [café], deux cafés, trois cafetières.
cafetiere~
  Un café, deux cafés, trois [cafetières].
2014*
  In 2013, [2014] and [20145] there were 14 of them.
201?
  ! question-mark
*14
  In 2013, [2014] and 20145 there were [14] of them.
covid-*
  [Covid-19] and [covid-20] came before covids.
covid-1*
  [Covid-19] and covid-20 came before covids.
covid*
  [Covid]-19 and [covid]-20 came before [covids].
covid-19~
  [Covid-19] and covid-20 came before covids.
/col+apse/
  [Collapse], collapsed, [colapse] and [collllapse].
/col{1,2}apse/
  [Collapse], collapsed, [colapse] and collllapse.
/coll?apsed?/
  [Collapse], [collapsed], [colapse] and collllapse.
/m[ao]ne/
  A [mane] of hair, a [mone], a mne.
/m[^i]ne/
  A [mane] of hair, a [mone], a mne.
/m.ne/
  A [mane] of hair, a [mone], a mne.
  The [mine] and the mines of the miner.
/(mi|ma)ne/
  The [mine] and the mines of the miner.
  A [mane] of hair, a mone, a mne.
/min/
/min.*/
  A [minister] of the [ministry] was [minister].
  The [mine] and the [mines] of the [miner].
/201\d/
  In [2013], [2014] and 20145 there were 14 of them.
/petro(v|ff)a?/
  [Petrov] met [Petrova], [Petroff] and Petrow.
/ab+/
  The edge [ab] [abb] [abbb] ac adc.
/ab*c|ad?c/
  The edge ab abb abbb [ac] [adc].
/a(b|c)/ edge
  The [edge] [ab] abb abbb [ac] adc.
/(a+)+b/
  The edge [ab] abb abbb ac adc.
/col(/
  ! bad-pattern
/a(?=b)/
  ! bad-pattern
/a**/
  ! bad-pattern
mine~3
  ! bad-value
mi*e~
  ! bad-value
f**k
  They wrote [f**k] and 5*3 there.
5*3
  They wrote f**k and [5*3] there.
min*^2 OR sinister
  A [minister] of the [ministry] was [minister].
  The [mine] and the [mines] of the [miner].
  The [sinister] barrister was in the register.
"min*"
"petrov met"~0
  [Petrov] [met] Petrova, Petroff and Petrow.
"""
