"""The pages: what an archive answers, as HTML that needs no script.

In: a request. Out: a page. Whatever articles, tags and queries hold is shown as text.
"""
