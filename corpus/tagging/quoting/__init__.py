"""What is quoted in a passage, and who is quoted.

In: a `PassageText`. Out: its quotations, and for each the speaker where the words around it tell.
"""

from __future__ import annotations

from pinakes.corpus.tagging.quoting.quotations import Quotation, QuotationKind, quotations_in
from pinakes.corpus.tagging.quoting.speakers import Speaker, speakers_in

__all__ = ["Quotation", "QuotationKind", "Speaker", "quotations_in", "speakers_in"]
