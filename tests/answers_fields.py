"""Fields: titles, authors, sources, addresses, folders, languages, kinds, sections, tags, ids."""

ARCHIVE = """
= 1 language=en published=2014-03-04 source=herald.example url=https://herald.example/mine author=L
# Mine collapse in Donvik
The shaft gave way before noon.
= 2 language=en published=2014-05-06 source=post.example url=https://post.example/2014/talks
# Talks on the mine
The minister spoke of the shaft.
= 3 language=fr published=2015-01-02 source=journal.example
# La mine
Le ministre a parlé de la mine.
"""

FILES = {
    "reports/2014/inquiry.md": """---
title: Inquiry
author: Omar Smith
date: 2013-02-01
---
# Inquiry

The shaft was flooded.

## Background and law

> We had warned the ministry.

- salt and water

## Rescue

Nobody warned the crew.
""",
    "reports/2015/summary.md": """---
title: Summary
author: Ann Doe; Omar Smyth
date: 2013-01-01
---
# Summary

The crew was saved.
""",
}

CASES = """
title:mine
  La [mine]
  [Mine] collapse in Donvik
  Talks on the [mine]
title:mines
  La [mine]
  [Mine] collapse in Donvik
  Talks on the [mine]
title:"mine collapse"
  [Mine collapse] in Donvik
title:(collapse OR talks)
  Mine [collapse] in Donvik
  [Talks] on the mine
title:(mine collapse)
  [Mine] [collapse] in Donvik
title:(mine -collapse)
  La [mine]
  Talks on the [mine]
title:min*
  La [mine]
  [Mine] collapse in Donvik
  Talks on the [mine]
title:="Mine"
  [Mine] collapse in Donvik
title:shaft
title:mine shaft
  The [shaft] gave way before noon.
  [Mine] collapse in Donvik
  The minister spoke of the [shaft].
  Talks on the [mine]
mine -title:mine
  ! excluded-elsewhere
shaft -title:collapse
  The minister spoke of the [shaft].
  The [shaft] was flooded.
TITLE:inquiry
  [Inquiry]
author:smith
  The shaft was flooded.
  We had warned the ministry.
  salt and water
  Nobody warned the crew.
  Inquiry
  Background and law
  Rescue
author:"omar smith" shaft
  The [shaft] was flooded.
author:"smith omar" shaft
  The [shaft] was flooded.
author:Sm?th crew
  The [crew] was saved.
  Nobody warned the [crew].
author:doe crew
  The [crew] was saved.
author:(doe OR smith) crew
  The [crew] was saved.
  Nobody warned the [crew].
author:"ann smyth" crew
author:"doe ann" crew
  The [crew] was saved.
author:"DOÉ, Ann" crew
  The [crew] was saved.
crew -author:doe
  Nobody warned the [crew].
crew author:*
  The [crew] was saved.
  Nobody warned the [crew].
shaft has:author
  The [shaft] gave way before noon.
  The [shaft] was flooded.
shaft -has:author
  The minister spoke of the [shaft].
source:herald.example shaft
  The [shaft] gave way before noon.
site:herald.example shaft
  The [shaft] gave way before noon.
source:HERALD.example shaft
  The [shaft] gave way before noon.
source:*.example shaft
  The [shaft] gave way before noon.
  The minister spoke of the [shaft].
shaft -source:*.example
  The [shaft] was flooded.
source:(herald.example OR post.example) shaft
  The [shaft] gave way before noon.
  The minister spoke of the [shaft].
shaft has:source
  The [shaft] gave way before noon.
  The minister spoke of the [shaft].
source:nowhere.example shaft
url:https://herald.example/mine shaft
  The [shaft] gave way before noon.
url:https://post.example/* shaft
  The minister spoke of the [shaft].
shaft has:url
  The [shaft] gave way before noon.
  The minister spoke of the [shaft].
path:articles/reports/2014 warned
  Nobody [warned] the crew.
  We had [warned] the ministry.
in:articles/reports crew
  The [crew] was saved.
  Nobody warned the [crew].
path:./articles/reports/2015/summary.md crew
  The [crew] was saved.
path:*.md crew
  The [crew] was saved.
  Nobody warned the [crew].
path:articles/rep crew
crew -path:articles/reports/2015
  Nobody warned the [crew].
lang:fr mine
  Le ministre a parlé de la [mine].
  La [mine]
lang:FR ministre
  Le [ministre] a parlé de la mine.
mine lang:(en OR fr) talks
  [Talks] on the [mine]
kind:title mine
  La [mine]
  [Mine] collapse in Donvik
  Talks on the [mine]
kind:quote warned
  We had [warned] the ministry.
warned -kind:quote
  Nobody [warned] the crew.
kind:quote
  We had warned the ministry.
kind:list-item
  salt and water
kind:heading law
  Background and [law]
kind:(quote OR list-item)
  We had warned the ministry.
  salt and water
-kind:paragraph kind:list-item
  salt and water
warned crew kind:quote
section:background
  We had warned the ministry.
  salt and water
  Background and law
section:"background law" salt
  [salt] and water
section:back* warned
  We had [warned] the ministry.
section:rescue warned
  Nobody [warned] the crew.
warned -section:rescue
  We had [warned] the ministry.
warned has:section
  Nobody [warned] the crew.
  We had [warned] the ministry.
tag:kind:quote
  We had warned the ministry.
tag:section:Rescue
  Nobody warned the crew.
  Rescue
tag:section:"Background and law" warned
  We had [warned] the ministry.
tag:section:* warned
  Nobody [warned] the crew.
  We had [warned] the ministry.
tag:section warned
  Nobody [warned] the crew.
  We had [warned] the ministry.
#section warned
  Nobody [warned] the crew.
  We had [warned] the ministry.
#section:rescue warned
  Nobody [warned] the crew.
warned -#section:rescue
  We had [warned] the ministry.
tag:section:res* warned
  Nobody [warned] the crew.
warned -tag:kind:quote
  Nobody [warned] the crew.
tag:lang:fr mine
  Le ministre a parlé de la [mine].
  La [mine]
tag:person:"Jane Doe"
  ! unknown-tag
tag:law:*
  ! unknown-tag
id:00000000
crew -id:00000000
  The [crew] was saved.
  Nobody warned the [crew].
(crew kind:paragraph) OR (mine lang:fr)
  The [crew] was saved.
  Le ministre a parlé de la [mine].
  La [mine]
  Nobody warned the [crew].
autor:smith crew
  ! unknown-field
autor:smith
  ! unknown-field
titel:"mine collapse"
  ! unknown-field
kind:quotation
  ! bad-value
lang:english
  ! bad-value
title:(mine kind:quote)
  ! nested-field
author:
  ! empty-clause empty-query
author: smith
  ! empty-clause
has:pictures
  ! bad-value
author:smith~
  ! bad-value
author:smith^2 crew
  Nobody warned the [crew].
  ! score-ignored
mentions:1987..1989
  ! unknown-tag
"""
