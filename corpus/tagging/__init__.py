"""Tags passages: what is said, where, when, by whom, under which law.

In: an article cut into passages. Out: the same passages with tags, each on a span, with the rule
that made it. Rules, lists of names and small statistics only; docs/tags.md has what each is
measured to be worth.
"""
