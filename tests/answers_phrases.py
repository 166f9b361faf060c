"""Phrases in every kind of quotation mark, what is never closed, and literals."""

ARCHIVE = """
= right language=en
They spoke of a right to return, not of a right to rights.
= rights language=en
Rights to return were granted; the right was to return.
= upper language=en
The Right To Return Act names no RIGHT, to return.
= no language=en
No no no, said the clerk.
= quotes language=en
She called it “an open wound” and then «a closed book» twice.
= screen language=en
He bought a 19" screen and a frame of wood.
= mine language=en
The Mine closed; the mine opened, a mine is a mine.
= resume language=fr
Le résumé du café est au cafe du coin.
= split language=en
The long march ended here.

March orders came at noon.
"""

CASES = """
"right to return"
  The [Right To Return] Act names no [RIGHT, to return].
  They spoke of a [right to return], not of a right to rights.
“right to return”
  The [Right To Return] Act names no [RIGHT, to return].
  They spoke of a [right to return], not of a right to rights.
„right to return“
  The [Right To Return] Act names no [RIGHT, to return].
  They spoke of a [right to return], not of a right to rights.
„right to return”
  The [Right To Return] Act names no [RIGHT, to return].
  They spoke of a [right to return], not of a right to rights.
«right to return»
  The [Right To Return] Act names no [RIGHT, to return].
  They spoke of a [right to return], not of a right to rights.
»right to return«
  The [Right To Return] Act names no [RIGHT, to return].
  They spoke of a [right to return], not of a right to rights.
« right to return »
  The [Right To Return] Act names no [RIGHT, to return].
  They spoke of a [right to return], not of a right to rights.
"RIGHT TO RETURN"
  The [Right To Return] Act names no [RIGHT, to return].
  They spoke of a [right to return], not of a right to rights.
"rights to return"
  [Rights to return] were granted; the right was to return.
"to right"
"right return"
"right to rights"
  They spoke of a right to return, not of a [right to rights].
"right to return" act
  The [Right To Return] [Act] names no [RIGHT, to return].
"right to return" -act
  They spoke of a [right to return], not of a right to rights.
act -"right to return"
act -“right to return”
return -"right to return"
  Rights to [return] were granted; the right was to [return].
"right to rights" OR "an open wound"
  She called it “[an open wound]” and then «a closed book» twice.
  They spoke of a right to return, not of a [right to rights].
"no no"
  [No no no], said the clerk.
"no"
  [No] [no] [no], said the clerk.
  The Right To Return Act names [no] RIGHT, to return.
"open wound"
  She called it “an [open wound]” and then «a closed book» twice.
"wound and"
  She called it “an open [wound” and] then «a closed book» twice.
"return the"
"return
  Rights to [return] were granted; the right was to [return].
  The Right To [Return] Act names no RIGHT, to [return].
  They spoke of a right to [return], not of a right to rights.
  ! open-quote
"right to return act
  The [Right To Return Act] names no RIGHT, to return.
  ! open-quote
“right to return act
  The [Right To Return Act] names no RIGHT, to return.
  ! open-quote
«right to return act
  The [Right To Return Act] names no RIGHT, to return.
  ! open-quote
19" screen
  He bought a [19]" [screen] and a frame of wood.
  ! stray-quote
wood"
  He bought a 19" screen and a frame of [wood].
  ! stray-quote
clerk »
  No no no, said the [clerk].
  ! stray-quote
"" clerk
  No no no, said the [clerk].
  ! empty-clause
"…" clerk
  No no no, said the [clerk].
  ! nothing-searchable
"a OR b" clerk
"no OR no"
"NOT clerk"
"march orders"
  [March orders] came at noon.
"here march"
"long march" orders
  The [long march] ended here.
  March [orders] came at noon.
="The Mine"
  [The Mine] closed; the mine opened, a mine is a mine.
="the mine"
  The Mine closed; [the mine] opened, a mine is a mine.
="mine."
  The Mine closed; the mine opened, a mine is a [mine.]
="mine opened, a"
  The Mine closed; the [mine opened, a] mine is a mine.
="mine opened a"
="THE MINE"
=“The Mine”
  [The Mine] closed; the mine opened, a mine is a mine.
=«The Mine»
  [The Mine] closed; the mine opened, a mine is a mine.
="RIGHT, to"
  The Right To Return Act names no [RIGHT, to] return.
="résumé"
  Le [résumé] du café est au cafe du coin.
="resume"
"resume du cafe"
  Le [résumé du café] est au cafe du coin.
="cafe"
  Le résumé du café est au [cafe] du coin.
mine -="The Mine"
="an open wound" book
  She called it “[an open wound]” and then «a closed [book]» twice.
="§"
  ! nothing-searchable empty-query
=""
  ! empty-clause empty-query
"right to return"^2 OR clerk^=0.1
  The [Right To Return] Act names no [RIGHT, to return].
  They spoke of a [right to return], not of a right to rights.
  No no no, said the [clerk].
"""
