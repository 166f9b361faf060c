"""What whoever is handed a bundle has to know: how to check it, and what may be done with it."""

from __future__ import annotations

NOTICE_TEXT = """\
This is an export from a Pinakes archive: what one query found, and all that it takes to check it.

  index.html        the hits, to be read in any browser, without a network
  results.json      the query as typed and as understood, and every hit with rank and score
  citations.json    the citation of each passage that was found
  citations.jsonld  the same as Web Annotations (W3C)
  texts/            the text that was extracted from each article, in UTF-8
  files/            the files that the articles are from, as they were saved
  manifest.json     the SHA-256 of every other file here
  verify.py         checks all of it; needs nothing but Python (3.9 or later)

To check it, unpacked or not:

  python -I verify.py
  python -I verify.py BUNDLE.zip

Who made the bundle was told the SHA-256 of its manifest.json. If you were given it by another way
than this file, --manifest-sha256 compares it: only so can you tell a bundle that was made again,
with other texts and other checksums, from this one.

The files in files/ are what was found on the web or elsewhere. Saved pages may hold scripts, and
mails and documents worse: look at the texts first, and open files with care.

Copyright. Texts and files belong to their authors and publishers. That they are in an archive gives
nobody a right to publish them or to pass them on: whether you may, in whole or in part, depends on
the law where you are (quotation, research, court proceedings and the like) and on their terms.

Personal data. The articles may name people, and tell of them what the law protects: health, origin,
faith, politics, offences. Who stores or passes on this bundle is answerable for that under laws
such as the GDPR: keep it where only those can read it who need it, no longer than they do, and
pass on no more than that.
"""
