"""Hides PyStemmer, which bm25s brings, from Pinakes: an installation by itself has none."""

raise ImportError("PyStemmer is hidden, so that Pinakes is measured as it is installed")
