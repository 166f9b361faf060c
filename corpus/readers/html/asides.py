"""Elements that say of themselves that they stand beside the article, not in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pinakes.corpus.readers.html.page_shape import PageShape

_NAMES_LIST = """
    <nav> <footer> <aside> <form> <dialog> <menu> hidden
    role=navigation role=contentinfo role=complementary role=search role=dialog role=alertdialog
    breadcrumb breadcrumbs cookie cookies newsletter related relatedposts sharedaddy
    ad ads advert advertisement sponsored
"""
_NAMES = frozenset(_NAMES_LIST.split())
# One that holds so much of the page's running text is the article all the same.
_LARGEST_SHARE = 0.3
_COMMENTS = frozenset({"comments", "commentlist", "disqus"})
# However little it is, an article of so many characters may have any number of comments.
_FEWEST_CHARS = 350


def find_asides(shape: PageShape) -> NDArray[np.bool_]:
    """Return for each block whether it stands in such an element, that is no large part of it."""
    prose = shape.sum_below(shape.prose)
    is_named = np.asarray([not _NAMES.isdisjoint(names) for names in shape.looks])[shape.look]
    are_comments = np.asarray([not _COMMENTS.isdisjoint(names) for names in shape.looks])
    is_small = prose < _LARGEST_SHARE * max(float(prose[0]), 1.0)
    leaves_enough = prose <= prose[0] - _FEWEST_CHARS
    nodes = np.flatnonzero((is_named & is_small) | (are_comments[shape.look] & leaves_enough))
    depth = np.zeros(len(shape.look) + 1, dtype=np.int64)
    np.add.at(depth, nodes, 1)
    np.add.at(depth, shape.ends[nodes], -1)
    inside: NDArray[np.bool_] = np.cumsum(depth)[shape.at] > 0
    return inside
