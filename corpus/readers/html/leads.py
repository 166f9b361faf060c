"""Finds an article's lead: the sentence or two between its title and its first paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.html.blocks import RawBlock
from pinakes.corpus.readers.html.metadata import PageMetadata
from pinakes.corpus.readers.html.titles import fold_title, names_title

_WORDS_LIST = """
    lead lede dek deck standfirst subtitle subheadline subhead subheading intro introduction
    summary abstract excerpt vorspann chapo chapeau entradilla bajada sommario
    occhiello sottotitolo leadtext spot
"""
_WORDS = frozenset(_WORDS_LIST.split())
_PROPERTIES = frozenset({"description", "alternativeheadline", "abstract"})
_SHORTEST = 30
_LONGEST = 700
# Shorter ones are headings of a summary, no summaries.
_SHORTEST_HEADING = 40
# So many code points of the page's description must open the block, or be opened by it.
_SHARED = 40
_SENTENCE_END = (".", "!", "?", "…", "。", "؟", "”", '"', "»", ":")


def find_lead(
    blocks: Sequence[RawBlock], kept: Sequence[RawBlock], metadata: PageMetadata
) -> tuple[RawBlock | None, bool]:
    """Return the lead, if the page has one, and whether it is among `kept` already.

    A lead is called so by its element, or says what the page's description says, or is a sentence
    set as a heading. It stands before the first paragraph that is neither; a paragraph that merely
    opens the article is none.
    """
    first = next((block for block in kept if _is_body(block, metadata)), None)
    kept_ids = {id(block) for block in kept}
    title_at = _place_of_title(blocks, metadata)
    for index, block in enumerate(blocks):
        if block is first:
            return None, False
        is_kept = id(block) in kept_ids
        if index <= title_at or not (is_kept or _SHORTEST <= len(block.text) <= _LONGEST):
            continue
        if _is_named(block) or _is_described(block, metadata):
            if is_kept or title_at >= 0:
                return block, is_kept
        elif is_kept and block.kind is Kind.HEADING:
            # A heading of the first part ends the head of the article.
            return (block, True) if _is_sentence(block.text) else (None, False)
    return None, False


def _is_body(block: RawBlock, metadata: PageMetadata) -> bool:
    return block.kind is not Kind.HEADING and not (
        _is_named(block) or _is_described(block, metadata)
    )


def _place_of_title(blocks: Sequence[RawBlock], metadata: PageMetadata) -> int:
    """Return where the title stands as a heading, or -1."""
    titles = {fold_title(title) for title in metadata.chosen("title")}
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING and names_title(block.text, titles):
            return index
    return -1


def _is_named(block: RawBlock) -> bool:
    if block.kind in (Kind.LIST_ITEM, Kind.TABLE, Kind.CAPTION) or block.link_density > 0.5:
        return False
    if block.kind is Kind.HEADING and len(block.text) < _SHORTEST_HEADING:
        return False
    for node in list(block.node.ancestors())[:2]:
        if node.attributes.get("itemprop", "").lower() in _PROPERTIES:
            return True
        if node.tag not in ("body", "html") and not _WORDS.isdisjoint(node.words):
            return True
    return False


def _is_described(block: RawBlock, metadata: PageMetadata) -> bool:
    """Whether the block is what the page's description says, as far as both go."""
    described = fold_title(metadata.description.rstrip(". …"))
    folded = fold_title(block.text)
    shared = min(len(described), len(folded))
    return (
        block.kind in (Kind.PARAGRAPH, Kind.HEADING)
        and shared >= _SHARED
        and described[:shared] == folded[:shared]
        and len(folded) <= 1.2 * len(described)
    )


def _is_sentence(text: str) -> bool:
    return len(text) >= 2 * _SHORTEST and text.rstrip().endswith(_SENTENCE_END)
