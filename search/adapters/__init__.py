"""An archive in the shapes that other frameworks expect: each module needs its own framework.

In: a query, as the framework hands it on. Out: passages as the framework's documents, each with its
citation. `langchain`, `llama_index` and `haystack` hold a retriever each, `django_pinakes` is an
application for Django. Nothing here is imported by anything else. docs/embedding.md has examples.
"""

__all__: list[str] = []
