"""Words, AND, OR, NOT, minus, parentheses: what they find in six short articles.

Of equal articles the first comes first: all have as many words, and hold a word once.
"""

ARCHIVE = """
= a language=en
The mine collapsed late on Monday.
= b language=en
The minister visited the old mine.
= c language=en
A quarry collapsed in the north.
= d language=en
The coal mine stays open today.
= e language=en
Ministers met again in the capital.
= f language=en
The mines were closed in spring.

Coal dust covered the whole town.
"""

CASES = """
mine
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
  The coal [mine] stays open today.
  The [mines] were closed in spring.
mines
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
  The coal [mine] stays open today.
  The [mines] were closed in spring.
MINE
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
  The coal [mine] stays open today.
  The [mines] were closed in spring.
mine collapse
  The [mine] [collapsed] late on Monday.
collapse mine
  The [mine] [collapsed] late on Monday.
mine AND collapse
  The [mine] [collapsed] late on Monday.
mine   collapse
  The [mine] [collapsed] late on Monday.
mine dust
  Coal [dust] covered the whole town.
  The [mines] were closed in spring.
dust AND closed
  The mines were [closed] in spring.
  Coal [dust] covered the whole town.
coal mine
  The [coal] [mine] stays open today.
  [Coal] dust covered the whole town.
  The [mines] were closed in spring.
quarry OR dust
  A [quarry] collapsed in the north.
  Coal [dust] covered the whole town.
quarry OR minister
  A [quarry] collapsed in the north.
  The [minister] visited the old mine.
  [Ministers] met again in the capital.
collapse OR mine
  The [mine] [collapsed] late on Monday.
  A quarry [collapsed] in the north.
  The minister visited the old [mine].
  The coal [mine] stays open today.
  The [mines] were closed in spring.
quarry OR coal open
  The [coal] mine stays [open] today.
  A [quarry] collapsed in the north.
quarry OR coal AND open
  The [coal] mine stays [open] today.
  A [quarry] collapsed in the north.
coal open OR quarry
  The [coal] mine stays [open] today.
  A [quarry] collapsed in the north.
(quarry OR coal) open
  The [coal] mine stays [open] today.
open AND (quarry OR coal)
  The [coal] mine stays [open] today.
(quarry OR mine) collapse
  A [quarry] [collapsed] in the north.
  The [mine] [collapsed] late on Monday.
(mine collapse) OR (minister capital)
  [Ministers] met again in the [capital].
  The [mine] [collapsed] late on Monday.
mine NOT coal
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
mine AND NOT coal
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
mine -coal
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
minister -mine
  [Ministers] met again in the capital.
-mine minister
  [Ministers] met again in the capital.
minister -mines
  [Ministers] met again in the capital.
minister - mine
  The [minister] visited the old [mine].
  ! empty-clause
minister --mine
  The [minister] visited the old [mine].
  ! stray-hyphen
minister-mine
mine -(coal OR minister)
  The [mine] collapsed late on Monday.
mine -coal -minister
  The [mine] collapsed late on Monday.
mine -"coal mine"
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
  The [mines] were closed in spring.
mine -"coal dust"
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
  The coal [mine] stays open today.
(-coal mine)
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
mine NOT (coal OR NOT minister)
  The minister visited the old [mine].
NOT NOT quarry
  A quarry collapsed in the north.
-mine
  A quarry collapsed in the north.
  Ministers met again in the capital.
  ! only-negations
-mine -minister
  A quarry collapsed in the north.
  ! only-negations
quarry OR -mine
  A [quarry] collapsed in the north.
  Ministers met again in the capital.
mine or quarry
  ! lower-case-operator
mine and collapse
  ! lower-case-operator
not quarry
  ! lower-case-operator
mine OR
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
  The coal [mine] stays open today.
  The [mines] were closed in spring.
  ! empty-clause
OR quarry
  A [quarry] collapsed in the north.
  ! empty-clause
quarry AND
  A [quarry] collapsed in the north.
  ! empty-clause
quarry NOT
  A [quarry] collapsed in the north.
  ! empty-clause
quarry ()
  A [quarry] collapsed in the north.
  ! empty-clause
(quarry
  A [quarry] collapsed in the north.
  ! open-parenthesis
quarry)
  A [quarry] collapsed in the north.
  ! stray-parenthesis
quarry || dust
  ! foreign-operator
quarry && collapse
  A [quarry] [collapsed] in the north.
  ! foreign-operator
quarry quarry
  A [quarry] collapsed in the north.
mine^50 OR quarry
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
  The coal [mine] stays open today.
  The [mines] were closed in spring.
  A [quarry] collapsed in the north.
mine OR quarry^0.1
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
  The coal [mine] stays open today.
  The [mines] were closed in spring.
  A [quarry] collapsed in the north.
mine^=1 OR quarry^=2
  A [quarry] collapsed in the north.
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
  The coal [mine] stays open today.
  The [mines] were closed in spring.
volcano
mine volcano
mine -volcano
  The [mine] collapsed late on Monday.
  The minister visited the old [mine].
  The coal [mine] stays open today.
  The [mines] were closed in spring.
"""
