"""Dates, numbers of words, everything, what is there at all. Asked on 31 May 2024."""

ARCHIVE = """
= y2012 language=en published=2012
The year mine.
= m2013 language=en published=2013-12
The month mine.
= d2013 language=en published=2013-12-31
The last day mine.
= d2014a language=en published=2014-01-01
The first day mine.
= d2014b language=en published=2014-03-04
The March mine.
= t2014 language=en published=2014-03-31T23:30:00Z
The late mine.
= d2014c language=en published=2014-12-31
The December mine.
= d2015 language=en published=2015-01-01
The new mine.
= d2024a language=en published=2024-02-28
The February mine.
= d2024b language=en published=2024-05-30
The yesterday mine.
= none language=en
The dateless mine, of which we know nothing at all.
"""

CASES = """
year date:2012
  The [year] mine.
date:2013
  The last day mine.
  The month mine.
date:2013-12
  The last day mine.
  The month mine.
date:2013-12-31
  The last day mine.
  The month mine.
date:2014-03
  The late mine.
  The March mine.
date:2014-03-04
  The March mine.
published:2014-03-04
  The March mine.
date:2014-03-31
  The late mine.
date:2014
  The December mine.
  The late mine.
  The March mine.
  The first day mine.
date:2013..2014-01
  The first day mine.
  The last day mine.
  The month mine.
date:2013-12-31..2014-01-01
  The first day mine.
  The last day mine.
  The month mine.
date:2014-03..2014-05
  The late mine.
  The March mine.
date:2014-12-31..
  The yesterday mine.
  The February mine.
  The new mine.
  The December mine.
date:..2013
  The last day mine.
  The month mine.
  The year mine.
date:[2014 TO 2015]
  The new mine.
  The December mine.
  The late mine.
  The March mine.
  The first day mine.
date:[2015 TO *]
  The yesterday mine.
  The February mine.
  The new mine.
date:[* TO 2012]
  The year mine.
date:>=2015
  The yesterday mine.
  The February mine.
  The new mine.
date:>2014
  The yesterday mine.
  The February mine.
  The new mine.
date:<=2012
  The year mine.
date:<2013
  The year mine.
date:<2012
date:>2015
  The yesterday mine.
  The February mine.
date:>=2014-12-31 date:<2015-01-02
  The new mine.
  The December mine.
after:2014-12-31 before:2015-01-02
  The new mine.
  The December mine.
after:2015
  The yesterday mine.
  The February mine.
  The new mine.
before:2013
  The year mine.
after:2014 before:2015
  The December mine.
  The late mine.
  The March mine.
  The first day mine.
after:2014-03-04 before:2014-04
  The late mine.
  The March mine.
date:3m..
  The yesterday mine.
date:1d..
  The yesterday mine.
date:1y..
  The yesterday mine.
  The February mine.
date:4m..2m
  The February mine.
after:1w
  The yesterday mine.
mine date:2012
  The year [mine].
march date:2014
  The [March] mine.
march date:2015
mine -date:2012..
  The dateless [mine], of which we know nothing at all.
mine -has:date
  The dateless [mine], of which we know nothing at all.
has:date -date:2013..
  The year mine.
date:(2012 OR 2015)
  The new mine.
  The year mine.
year OR date:2015
  The [year] mine.
  The new mine.
words:>3 day
  The last [day] mine.
  The first [day] mine.
words:10
  The dateless mine, of which we know nothing at all.
words:>=10
  The dateless mine, of which we know nothing at all.
words:>10
words:<4 new
  The [new] mine.
words:<=3 march
  The [March] mine.
words:4..9
  The first day mine.
  The last day mine.
words:[4 TO 9]
  The first day mine.
  The last day mine.
-words:<10
  The dateless mine, of which we know nothing at all.
  ! only-negations
* -date:2012..
  The dateless mine, of which we know nothing at all.
* words:4
  The first day mine.
  The last day mine.
date:2014-13
  ! bad-date
date:2014-02-30
  ! bad-date
date:yesterday
  ! bad-date
date:03/04/2014
  ! bad-date
date:2015..2014
  ! bad-date
date:[2014 TO
  ! bad-date
mine date:
  The year [mine].
  The month [mine].
  The March [mine].
  The late [mine].
  The December [mine].
  The new [mine].
  The February [mine].
  The yesterday [mine].
  The last day [mine].
  The first day [mine].
  The dateless [mine], of which we know nothing at all.
  ! empty-clause
date: 2012
  ! empty-clause
words:many
  ! bad-value
words:>-1
  ! bad-value
saved:2014..
  ! unsupported-operator
"""
