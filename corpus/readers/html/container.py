"""Where on a page the article stands: the element whose text speaks for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.html.blocks import RawBlock
from pinakes.corpus.readers.html.tree import Node, Page, sum_subtrees

_BODY_PROPERTIES = frozenset({"articlebody", "reviewbody", "articletext", "text"})
_BODY_WORDS = re.compile(
    r"\b(?:(?:article|story|post|entry|news|blog|content|page|main|single|text) "
    r"(?:body|content|text|main|inner|copy|article|entry|post|detail|details)"
    r"|articlebody|articletext|storytext|storybody|storycontent|postbody|postcontent|entrycontent"
    r"|body (?:copy|text|content)|rich text|richtext|wysiwyg|hentry|articolo|artikel"
    r"|mw parser output)\b"
)
_SENTENCE_END = re.compile(r"[.!?…:;\"”’»)。！？؟।]\W*$")
_ENDING = 8
_EVIDENCE_WEIGHT = 8.0
_COMMAS = re.compile("[,،、，;]")


def find_container(page: Page, blocks: Sequence[RawBlock], marks: Sequence[bool]) -> Node:
    """Return the element that holds the article and as little else as can be.

    Every block outside boilerplate weighs for its element and those around it: running text for,
    link lists and scraps against. The heaviest element wins, the innermost of equals; one marked
    as an article's body wins with less.
    """
    weights = sum_subtrees(
        page,
        [(block.node, _weight(block)) for block in blocks if not marks[block.node.number]],
    )
    best = page.root
    for node in page.nodes:
        if weights[node.number] >= weights[best.number]:
            best = node
    if weights[best.number] <= 0:
        return page.root
    return _marked_container(page, weights, best) or best


def _weight(block: RawBlock) -> float:
    own = block.chars - block.link_chars
    if block.kind is Kind.HEADING:
        return 0.0 if block.link_density < 0.5 else -30.0
    if block.link_density > 0.5:
        return -20.0 - 0.5 * block.link_chars
    if block.chars < 40:
        return -5.0 if block.kind is not Kind.LIST_ITEM else -2.0
    commas = len(_COMMAS.findall(block.text))
    ends = 1.0 if _SENTENCE_END.search(block.text[-_ENDING:]) else 0.5
    return (own - 1.5 * block.link_chars) * ends + 10.0 * min(commas, 10)


def _marked_container(page: Page, weights: Sequence[float], best: Node) -> Node | None:
    """Return the element marked as an article's body that outweighs `best`, if there is one.

    Several bodies of the same sort, none inside another, are parts of one article, as the entries
    of a live blog are: then it is the element around them all.
    """
    groups: dict[tuple[float, str, tuple[str, ...]], list[Node]] = {}
    for node in page.nodes:
        if weights[node.number] > 0 and (strength := _evidence(node)):
            group = groups.setdefault((strength, node.tag, node.words), [])
            if not (group and group[-1] in node.ancestors()):
                group.append(node)
    chosen: Node | None = None
    heaviest = weights[best.number]
    for (strength, _, _), group in groups.items():
        node = _around(group)
        if (weight := weights[node.number] * (1 + _EVIDENCE_WEIGHT * strength)) >= heaviest:
            chosen, heaviest = node, weight
    return chosen


def _around(group: Sequence[Node]) -> Node:
    """Return the innermost element that holds all of `group`."""
    shared = list(group[0].ancestors())
    for node in group[1:]:
        above = set(map(id, node.ancestors()))
        shared = [ancestor for ancestor in shared if id(ancestor) in above]
    return shared[0]


def _evidence(node: Node) -> float:
    """Return how strongly the element says that it holds an article's body, 0 to 1."""
    if not _BODY_PROPERTIES.isdisjoint(node.attributes.get("itemprop", "").lower().split()):
        return 0.6
    if node.words and _BODY_WORDS.search(" ".join(node.words)):
        return 0.4
    if node.tag == "article":
        return 0.35
    if node.tag == "main" or node.attributes.get("role") == "main":
        return 0.25
    return 0.0
