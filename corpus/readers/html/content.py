"""Decides which raw blocks of a page are its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.boilerplate_lines import is_boilerplate
from pinakes.corpus.readers.html.asides import find_asides
from pinakes.corpus.readers.html.authors import read_authors
from pinakes.corpus.readers.html.block_runs import trim, without_link_sections
from pinakes.corpus.readers.html.blocks import RawBlock
from pinakes.corpus.readers.html.features import Observed, observe
from pinakes.corpus.readers.html.leads import find_lead
from pinakes.corpus.readers.html.metadata import PageMetadata
from pinakes.corpus.readers.html.model import ContentModel
from pinakes.corpus.readers.html.page_shape import PageShape
from pinakes.corpus.readers.html.short_blocks import (
    is_clock,
    is_dateline,
    is_litter,
    is_plea,
    is_pointer,
    starts_byline,
)
from pinakes.corpus.readers.html.text_features import fold_words
from pinakes.corpus.readers.html.titles import fold_title, names_title
from pinakes.corpus.readers.html.tree import Page

_SHORT = 200
# So many times of day standing alone are the entries of a live blog.
_FEWEST_ENTRIES = 4
_ENTRY_WITHIN = 2
_LONGEST_BYLINE = 120
# `, Kessel, 19 November 2014`
_LONGEST_ADDITION = 40
# What stands in an element that says it is beside the article has to be as likely as that.
_LEAST_BESIDE = 0.9
# However unlikely, a paragraph so long goes with one that is kept and stands just before it in the
# same element.
_LONG = 300
_REACH = 3
# A table with more of its text in links leads elsewhere.
_LINKED = 0.3
# Sets of pages rarely count captions; here they belong to the article.
_LEAST_CAPTION = 0.1
# Where no block passes, those are kept that come so near to the likeliest one.
_NEAR_LIKELIEST = 0.5


def observe_page(page: Page, blocks: Sequence[RawBlock], metadata: PageMetadata) -> Observed:
    """Return what is seen of a page's blocks, its title and description known."""
    return observe(
        page,
        blocks,
        title=fold_words(" ".join(metadata.chosen("title"))),
        description=fold_words(metadata.description),
    )


def select_content(
    page: Page, blocks: Sequence[RawBlock], metadata: PageMetadata, *, model: ContentModel
) -> list[RawBlock]:
    """Return the blocks of the article in reading order, its lead marked as such.

    Where no block is likely to be content, the likeliest are kept.
    """
    observed = observe_page(page, blocks, metadata)
    likely = model.judge(observed)
    asides = find_asides(observed.shape)
    beside = asides & ((likely < _LEAST_BESIDE) | (observed.shape.prose == 0))
    if not beside.all():
        likely[beside] = 0.0
    likeliest = float(likely.max())
    least = model.threshold if likeliest >= model.threshold else _NEAR_LIKELIEST * likeliest
    is_caption = np.asarray([block.kind is Kind.CAPTION for block in blocks])
    is_kept = likely >= least
    # Up to two blocks before the first that is kept, as a picture often opens an article.
    begun = np.maximum.accumulate(np.append(is_kept[2:], [True, True])[: len(is_kept)])
    ended = ~np.maximum.accumulate(is_kept[::-1])[::-1]
    is_kept |= begun & ~ended & is_caption & (likely >= _LEAST_CAPTION)
    _keep_long_siblings(observed.shape, is_kept, ~asides)
    _keep_tables(blocks, observed.shape, is_kept)
    _keep_times(blocks, is_kept)
    kept = [blocks[index] for index in np.flatnonzero(is_kept).tolist()]
    kept = trim(without_scraps(without_link_sections(kept), metadata)) or kept
    return _with_lead(blocks, kept, metadata)


def _keep_long_siblings(
    shape: PageShape, is_kept: NDArray[np.bool_], is_within: NDArray[np.bool_]
) -> None:
    """Keep long paragraphs that follow what is kept as if nothing were between them."""
    is_long = (shape.prose >= _LONG) & (shape.links < 0.1 * shape.chars) & is_within
    around = shape.parent[shape.at]
    for index in np.flatnonzero(is_long & ~is_kept).tolist():
        before = slice(max(index - _REACH, 0), index)
        is_beside = (around[before] == around[index]) & (shape.prose[before] > 0)
        is_kept[index] = bool((is_beside & is_kept[before]).any())


def _keep_tables(blocks: Sequence[RawBlock], shape: PageShape, is_kept: NDArray[np.bool_]) -> None:
    """Keep tables of data that stand between two kept blocks of one element."""
    around = shape.parent[shape.at]
    for index, block in enumerate(blocks):
        if block.kind is Kind.TABLE and not is_kept[index] and block.link_density < _LINKED:
            before, after = (
                slice(max(index - _REACH, 0), index),
                slice(index + 1, index + 1 + _REACH),
            )
            is_kept[index] = all(
                (is_kept[some] & (around[some] == around[index])).any() for some in (before, after)
            )


def _keep_times(blocks: Sequence[RawBlock], is_kept: NDArray[np.bool_]) -> None:
    """Keep times of day that stand before what is kept: in a live blog each entry has one."""
    times = [
        index
        for index, block in enumerate(blocks)
        if is_clock(block.text) and is_kept[index + 1 : index + 1 + _ENTRY_WITHIN].any()
    ]
    if len(times) >= _FEWEST_ENTRIES:
        is_kept[times] = True


def _with_lead(
    blocks: Sequence[RawBlock], kept: list[RawBlock], metadata: PageMetadata
) -> list[RawBlock]:
    lead, is_kept = find_lead(blocks, kept, metadata)
    if lead is None:
        return kept
    marked = replace(lead, kind=Kind.LEAD, level=0)
    if is_kept:
        return [marked if block is lead else block for block in kept]
    # Often the same words open the article once more.
    repeats = any(lead.text.strip() in block.text for block in kept[:3])
    return kept if repeats else [marked, *kept]


def without_scraps(blocks: Sequence[RawBlock], metadata: PageMetadata) -> list[RawBlock]:
    """Return the blocks but for those that are no content whatever stands around them.

    These are short and a date, a byline, a pointer to another page, a plea to subscribe and the
    like; or the title once more.
    """
    authors = {name.casefold() for name in metadata.chosen("author")}
    titles = {fold_title(title) for title in metadata.chosen("title")}
    entries = sum(1 for block in blocks if is_clock(block.text))
    kept = []
    for block in blocks:
        text = " ".join(block.text.split())
        if is_litter(text) or (block.kind is Kind.HEADING and names_title(text, titles)):
            continue
        is_entry = is_clock(text) and entries >= _FEWEST_ENTRIES
        # The figures of a table look like dates, its names like bylines.
        is_telling = block.kind is Kind.TABLE or block.chars > _SHORT or is_entry
        if is_telling or not (_is_byline(text, authors) or _is_scrap(block, text)):
            kept.append(block)
    return kept


def _is_scrap(block: RawBlock, text: str) -> bool:
    density = block.link_density
    if not any(map(str.isalnum, text)) or is_boilerplate(text) or is_dateline(text):
        return True
    if is_pointer(text, link_density=density):
        return True
    if block.kind is Kind.HEADING:
        return False
    return (density > 0.8 and block.kind is not Kind.LIST_ITEM) or (
        block.kind is not Kind.QUOTE and is_plea(text)
    )


def _is_byline(text: str, authors: set[str]) -> bool:
    """Whether a short text is the names of authors, with a date, a place or a role at most."""
    if len(text) > _LONGEST_BYLINE:
        return False
    names = {name.casefold() for name in read_authors([text])}
    if names and (names <= authors or starts_byline(text)):
        return True
    rest = text.casefold()
    for name in authors:
        rest = rest.replace(name, " ")
    is_named = len(rest) < len(text) and not text.endswith((".", "!", "?", ":"))
    return is_named and len(" ".join(rest.split())) <= _LONGEST_ADDITION
