"""The archive's truth: articles, passages, tags and ledger in one SQLite file."""

from pinakes.corpus.store.store import Store

__all__ = ["Store"]
