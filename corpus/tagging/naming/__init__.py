"""Names in an article: who is a person, what an organisation, and which short forms mean them.

In: an `ArticleText`. Out: the names in each of its passages, with the reason for each.
"""

from __future__ import annotations

from pinakes.corpus.tagging.naming.article_names import Name, NameKind, names_in, read_names
from pinakes.corpus.tagging.naming.genders import Gender, gender_of, gender_of_pronoun
from pinakes.corpus.tagging.naming.lexicon import Lexicon, lexicon_of, words_listed

__all__ = [
    "Gender",
    "Lexicon",
    "Name",
    "NameKind",
    "gender_of",
    "gender_of_pronoun",
    "lexicon_of",
    "names_in",
    "read_names",
    "words_listed",
]
