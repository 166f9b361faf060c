"""NEAR, ADJ, `~5`, SENT, PARA: only words in positions that satisfy them are marked.

The last three articles are those of public reports: words near one another marked where they are
not (the highlighter of a search server, `in_order` with a slop of 0; another one, NEAR/4 and
NEAR/5), and matches counted wrongly for a phrase with a distance.
"""

ARCHIVE = """
= letter language=en
A surveyor sent the letter to the inspector.
= far language=en
The letter, so it says in the long file of that year, reached no surveyor; a letter came.
= order language=en
The inspector kept every letter of the surveyor in a box.
= sentences language=en
The roof fell. Nobody asked the surveyor. The letter came late.
= same language=en
The roof and the wall fell. The wall was old.

The roof was new.
= crowd language=en
Mine one mine two shaft three shaft four mine.
= rescue language=en
Rescued miners and a rescue team met the minister near the collapsing shaft.
= nobel language=en
Jane Doe, of the Salt Board, and John Roe, of the Salt Union, signed.
= order-and-slop language=en
Short leg twice syndrome.

Short syndrome.
= twice language=en
Some word11 some some some word10 some some some some word10 some.
= red language=en
The red red flag, a flag of red.
"""

CASES = """
letter NEAR/2 surveyor
  A [surveyor] sent the [letter] to the inspector.
  The inspector kept every [letter] of the [surveyor] in a box.
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
surveyor NEAR/2 letter
  A [surveyor] sent the [letter] to the inspector.
  The inspector kept every [letter] of the [surveyor] in a box.
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
letter NEAR/1 surveyor
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
letter NEAR/0 surveyor
letter w/2 surveyor
  A [surveyor] sent the [letter] to the inspector.
  The inspector kept every [letter] of the [surveyor] in a box.
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
letter /1 surveyor
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
letter W/1 surveyor
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
surveyor ADJ/2 letter
  A [surveyor] sent the [letter] to the inspector.
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
letter ADJ/2 surveyor
  The inspector kept every [letter] of the [surveyor] in a box.
letter ADJ surveyor
  The inspector kept every [letter] of the [surveyor] in a box.
inspector NEAR surveyor
  A [surveyor] sent the letter to the [inspector].
  The [inspector] kept every letter of the [surveyor] in a box.
"letter surveyor"~2
  A [surveyor] sent the [letter] to the inspector.
  The inspector kept every [letter] of the [surveyor] in a box.
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
"letters surveyor"~2
"surveyor letter"~1
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
surveyor NEAR/2 letter NEAR/2 inspector
"surveyor letter inspector"~5
  A [surveyor] sent the [letter] to the [inspector].
  The [inspector] kept every [letter] of the [surveyor] in a box.
surveyor ADJ/5 letter ADJ/5 inspector
  A [surveyor] sent the [letter] to the [inspector].
lett* NEAR/2 *veyor
  A [surveyor] sent the [letter] to the inspector.
  The inspector kept every [letter] of the [surveyor] in a box.
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
lettre~ NEAR/2 surveyer~
  A [surveyor] sent the [letter] to the inspector.
  The inspector kept every [letter] of the [surveyor] in a box.
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
/let+er/ ADJ/2 surv?yor
  The inspector kept every [letter] of the [surveyor] in a box.
"sent the letter" NEAR/1 inspector
"sent the letter" NEAR/2 inspector
  A surveyor [sent the letter] to the [inspector].
"of the surveyor" ADJ/1 box
"of the surveyor" ADJ/2 box
  The inspector kept every letter [of the surveyor] in a [box].
letter NEAR/2 (surveyor OR box)
  A [surveyor] sent the [letter] to the inspector.
  The inspector kept every [letter] of the [surveyor] in a box.
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
box NEAR/5 (letter OR "of the surveyor")
  The inspector kept every letter [of the surveyor] in a [box].
(rescue ADJ/0 team) NEAR/3 minister
  Rescued miners and a [rescue] [team] met the [minister] near the collapsing shaft.
rescue NEAR/1 miner
  [Rescued] [miners] and a rescue team met the minister near the collapsing shaft.
shaft NEAR/0 collapse
  Rescued miners and a rescue team met the minister near the [collapsing] [shaft].
letter near/2 surveyor
  ! lower-case-operator
letter NEAR/2
  The [letter], so it says in the long file of that year, reached no surveyor; a [letter] came.
  A surveyor sent the [letter] to the inspector.
  The inspector kept every [letter] of the surveyor in a box.
  The roof fell. Nobody asked the surveyor. The [letter] came late.
  ! empty-clause
NEAR minister
  Rescued miners and a rescue team met the [minister] [near] the collapsing shaft.
minister NEAR kind:quote
  ! bad-operand
minister NEAR/3 tag:place
  ! unknown-tag
(minister team)~3
  ! bad-operand
-(letter NEAR/0 (of OR the)) letter
-(letter NEAR/2 surveyor) inspector
-(letter ADJ/3 surveyor) letter
  The [letter], so it says in the long file of that year, reached no surveyor; a [letter] came.
  A surveyor sent the [letter] to the inspector.
  The roof fell. Nobody asked the surveyor. The [letter] came late.
letter NEAR/2 surveyor box
  The inspector kept every [letter] of the [surveyor] in a [box].
box OR letter NEAR/1 surveyor
  The inspector kept every letter of the surveyor in a [box].
  The roof fell. Nobody asked the [surveyor]. The [letter] came late.
  The letter, so it says in the long file of that year, reached no [surveyor]; a [letter] came.
mine NEAR/1 shaft
  Mine one [mine] two [shaft] three [shaft] four [mine].
mine NEAR/0 shaft
mine ADJ/1 shaft
  Mine one [mine] two [shaft] three shaft four mine.
shaft ADJ/1 mine
  Mine one mine two shaft three [shaft] four [mine].
mine NEAR/1 mine
  [Mine] one [mine] two shaft three shaft four mine.
jane ADJ/0 doe
  [Jane] [Doe], of the Salt Board, and John Roe, of the Salt Union, signed.
"salt union" NEAR/4 roe
  Jane Doe, of the Salt Board, and John [Roe], of the [Salt Union], signed.
doe NEAR/3 salt
  Jane [Doe], of the [Salt] Board, and John Roe, of the Salt Union, signed.
roof SENT wall
  The [roof] and the [wall] fell. The wall was old.
surveyor SENT letter
  A [surveyor] sent the [letter] to the inspector.
  The inspector kept every [letter] of the [surveyor] in a box.
  The [letter], so it says in the long file of that year, reached no [surveyor]; a [letter] came.
roof SENT late
roof PARA late
  The [roof] fell. Nobody asked the surveyor. The letter came [late].
roof PARA wall
  The [roof] and the [wall] fell. The [wall] was old.
roof PARA new
  The [roof] was [new].
wall PARA new
wall new
  The roof and the [wall] fell. The [wall] was old.
  The roof was [new].
wall SENT old SENT roof
wall PARA old PARA roof
  The [roof] and the [wall] fell. The [wall] was [old].
ro?f SENT "the wall"
  The [roof] and [the wall] fell. The wall was old.
short ADJ/0 syndrome
  [Short] [syndrome].
"short syndrome"
  [Short syndrome].
short ADJ/2 syndrome
  [Short] [syndrome].
  [Short] leg twice [syndrome].
word11 NEAR/4 word10
  Some [word11] some some some [word10] some some some some word10 some.
word11 NEAR/5 word10
  Some [word11] some some some [word10] some some some some word10 some.
word11 NEAR/8 word10
  Some [word11] some some some [word10] some some some some word10 some.
word11 ADJ/5 word10
  Some [word11] some some some [word10] some some some some word10 some.
"red red"
  The [red red] flag, a flag of red.
"red red"~2
  The [red] [red] flag, a flag of red.
red ADJ/2 red
  The [red] [red] flag, a flag of red.
red NEAR/1 flag
  The red [red] [flag], a [flag] of [red].
re* flag
  The [red] [red] [flag], a [flag] of [red].
"""
