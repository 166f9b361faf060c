"""Tags of an archive: the user's rules, tags by hand, tagging again, and why a tag is there.

In: an archive with its rules, and what is asked of its tags. Out: what `pinakes.corpus` tags with,
and other tags. What taggers are, and all that come with Pinakes, is `corpus/tagging/`; here is what
needs the language of queries, or an archive.
"""
