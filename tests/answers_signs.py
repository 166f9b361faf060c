"""Words with signs in them: hyphens, slashes, apostrophes, addresses, `AT&T`, `C++`, `§ 12`.

What has several parts is the phrase of its parts, and no sign is an operator where none is meant.
"""

ARCHIVE = """
= covid language=en
Covid-19 came, then covid 19 again, 19 times covid.
= covid-only language=en
The covid ward has a low roof.
= known language=en
A well-known road runs to the well known to all.
= att language=en
AT&T bought the line at twenty past.
= cpp language=en
The C++ course and the C course cost the same.
= csharp language=en
A course on C# begins with vitamin C here.
= law language=en
Under § 12 the owner pays; § 13 and room 12 do not matter.
= mail language=en
Write to e-mail@press.example or to press@mail.example today.
= url language=en
See https://news.example/mine?id=5 and www.news.example/shaft for more.
= or language=en
Owners and/or tenants may vote on it.
= time language=en
The siren went at 12:30 and was silent from 30 to 12 again.
= irish language=en
Mr O'Brien met O’Brien's brother, not Brien.
= percent language=en
It rose by 50% in 50 days, or 3.5 points.
= path language=en
The file lies in C:\\data\\reports beside /home/jane/reports now.
= slash language=en
The gate is open 24/7 w/o a guard.
= minus language=en
Minister-mine relations are poor in our minister mine country.
= hash language=en
It was number #1 for 1 week.
= money language=en
A ticket costs $5 or 5 euros.
= dots language=en
The U.S.A. and the USA signed.
= vector language=en
Use std::vector in place of a list.
"""

CASES = r"""
covid-19
  [Covid-19] came, then [covid 19] again, 19 times covid.
COVID-19
  [Covid-19] came, then [covid 19] again, 19 times covid.
"covid-19"
  [Covid-19] came, then [covid 19] again, 19 times covid.
"covid 19"
  [Covid-19] came, then [covid 19] again, 19 times covid.
covid -19
  The [covid] ward has a low roof.
covid NOT 19
  The [covid] ward has a low roof.
-covid-19 covid
  The [covid] ward has a low roof.
19-covid
well-known
  A [well-known] road runs to the [well known] to all.
well-known -road
well - known
  A [well]-[known] road runs to the [well] [known] to all.
  ! empty-clause
minister-mine
  [Minister-mine] relations are poor in our [minister mine] country.
minister -mine
-minister-mine relations
AT&T
  [AT&T] bought the line at twenty past.
at&t
  [AT&T] bought the line at twenty past.
"AT&T"
  [AT&T] bought the line at twenty past.
-AT&T twenty
="AT&T"
  [AT&T] bought the line at twenty past.
="at&t"
C++
  A course on [C]# begins with vitamin [C] here.
  The [C]++ course and the [C] course cost the same.
  The file lies in [C]:\data\reports beside /home/jane/reports now.
  ! signs-ignored
="C++"
  The [C++] course and the C course cost the same.
="C#"
  A course on [C#] begins with vitamin C here.
C#
  A course on [C]# begins with vitamin [C] here.
  The [C]++ course and the [C] course cost the same.
  The file lies in [C]:\data\reports beside /home/jane/reports now.
  ! signs-ignored
course -="C++"
  A [course] on C# begins with vitamin C here.
course C++ cost
  The [C]++ [course] and the [C] [course] [cost] the same.
  ! signs-ignored
§ 12 owner
  Under § [12] the [owner] pays; § 13 and room [12] do not matter.
  ! nothing-searchable
§12 owner
  Under § [12] the [owner] pays; § 13 and room [12] do not matter.
  ! signs-ignored
="§ 12"
  Under [§ 12] the owner pays; § 13 and room 12 do not matter.
"§ 12" owner
  Under § [12] the [owner] pays; § 13 and room [12] do not matter.
§
  ! nothing-searchable empty-query
owner & pays
  Under § 12 the [owner] [pays]; § 13 and room 12 do not matter.
  ! nothing-searchable
e-mail@press.example
  Write to [e-mail@press.example] or to press@mail.example today.
press@mail.example
  Write to e-mail@press.example or to [press@mail.example] today.
mail@press
  Write to e-[mail@press].example or to press@mail.example today.
write -e-mail@press.example
https://news.example/mine?id=5
  See [https://news.example/mine?id=5] and www.news.example/shaft for more.
www.news.example/shaft
  See https://news.example/mine?id=5 and [www.news.example/shaft] for more.
news.example
  See https://[news.example]/mine?id=5 and www.[news.example]/shaft for more.
see -https://news.example/mine?id=5
and/or
  Owners [and/or] tenants may vote on it.
12:30
  The siren went at [12:30] and was silent from 30 to 12 again.
O'Brien
  Mr [O'Brien] met [O’Brien]'s brother, not Brien.
O’Brien
  Mr [O'Brien] met [O’Brien]'s brother, not Brien.
50%
  It rose by [50]% in [50] days, or 3.5 points.
  ! signs-ignored
="50%"
  It rose by [50%] in 50 days, or 3.5 points.
3.5
  It rose by 50% in 50 days, or [3.5] points.
C:\data\reports
  The file lies in [C:\data\reports] beside /home/jane/reports now.
/home/jane/reports
  The file lies in C:\data\reports beside /[home/jane/reports] now.
24/7
  The gate is open [24/7] w/o a guard.
w/o guard
  The gate is open 24/7 [w/o] a [guard].
#1
  It was number #[1] for [1] week.
  ! signs-ignored
$5
  A ticket costs $[5] or [5] euros.
  It rose by 50% in 50 days, or 3.[5] points.
  See https://news.example/mine?id=[5] and www.news.example/shaft for more.
  ! signs-ignored
="$5"
  A ticket costs [$5] or 5 euros.
U.S.A.
  The [U.S.A]. and the USA signed.
USA
  The U.S.A. and the [USA] signed.
std::vector
  Use [std::vector] in place of a list.
why? vector
  ! question-mark
vector?
  Use std::[vector] in place of a list.
  ! question-mark
signed – usa
  The U.S.A. and the [USA] [signed].
  ! nothing-searchable
"""
