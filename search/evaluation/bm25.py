"""How well an article, or a passage, speaks of what was asked: BM25F and BM25.

Everything here is a formula on numbers that were counted elsewhere. For passages `K1` and `B` are
the customary values of the literature; what else is set here was chosen by measuring, see
`docs/ranking.md`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from pinakes.indexer import Snapshot

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Counts: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

K1 = 1.2
"""How soon more occurrences stop to matter in a passage: at `K1` of them half of the weight is
reached, if it is of mean length."""
B = 0.75
"""How much length counts against a passage: 0 not at all, 1 in proportion."""
ARTICLE_K1 = 1.5
"""As `K1`, of articles."""
ZONE_WEIGHTS = (3.0, 2.0, 1.0)
"""What an occurrence counts in the title, in headings, and in the rest: in the order of `ZONES`."""
ZONE_B = (0.5, 0.75, 0.75)
"""As `B`, of the zones of articles in the same order."""
RARITY_POWER = 0.3
"""How much more a rare clause counts in an article than its rarity says: 0 is no more."""
PASSAGE_SHARE = 0.3
"""What the best passage of an article adds to its score, of what the passage scores itself."""


class Statistics(NamedTuple):
    """What the whole archive says about lengths, whichever passages a query looks at.

    Attributes:
        articles: Living articles.
        zone_words: Mean words an article by zone: title, headings, body.
        passage_words: Mean words a passage.
    """

    articles: int
    zone_words: tuple[float, float, float]
    passage_words: float


def statistics_of(snapshot: Snapshot) -> Statistics:
    """Return the mean lengths of the living articles and passages of a snapshot."""
    articles = max(1, snapshot.live_articles)
    title, heading, body = (words / articles for words in snapshot.live_words)
    return Statistics(
        articles=snapshot.live_articles,
        zone_words=(title, heading, body),
        # Where no passage has a word, no formula is asked for its length.
        passage_words=sum(snapshot.live_words) / max(1, snapshot.live_passages) or 1.0,
    )


def inverse_article_frequency(articles: int, holding: float) -> float:
    """Return the weight of a clause that `holding` of `articles` articles hold: rarer is more.

    `ln(1 + (N - n + 0.5) / (n + 0.5))`: Robertson and Spärck Jones's weight without relevance
    information, with the 1 that Lucene adds (BM25Similarity) so that it is above 0 always.
    """
    return math.log(1 + (articles - holding + 0.5) / (holding + 0.5))


def emphasise(rarity: float, articles: int) -> float:
    """Return the weight in the ranking of articles of a clause that is so rare.

    `idf * (idf / ln(2 N + 2)) ** RARITY_POWER`, where `ln(2 N + 2)` is the idf of what no article
    holds: at most `idf`, and the further below the more frequent the clause is, so that in long
    queries the many frequent words do not outweigh the few rare ones. The cosine of two tf-idf
    vectors has the square of idf (G. Salton, C. Buckley: Term-Weighting Approaches in Automatic
    Text Retrieval, Information Processing & Management 24(5), 1988); this is between that and BM25.
    """
    return float(rarity * (rarity / math.log(2 * articles + 2)) ** RARITY_POWER)


def relate(rarity: float, articles: int) -> float:
    """Return what `emphasise` does, as a share of the most it can be: in any archive alike."""
    most = math.log(2 * articles + 2)
    return emphasise(rarity, articles) / most


def bm25f(
    zone_counts: Floats | Counts,
    zone_words: Floats | Counts,
    mean_zone_words: tuple[float, float, float],
) -> Floats:
    """Return the saturated weight of one clause in each unit, between 0 and 1.

    `w / (k + w)` with `w = sum over zones z of W[z] * tf[z] / norm[z]` and `norm[z] = 1 - b[z] +
    b[z] * len[z] / mean[z]`: Robertson, Zaragoza and Taylor, Simple BM25 Extension to Multiple
    Weighted Fields (CIKM 2004), in the form of Robertson and Zaragoza, The Probabilistic Relevance
    Framework (2009), 3.6. Without the factor `k + 1`, as Lucene since 8.0: it changes no order. `k`
    is `ARTICLE_K1`.

    Args:
        zone_counts: Occurrences, a row a unit, a column a zone.
        zone_words: Words of the unit, likewise.
        mean_zone_words: Mean words of a unit by zone; a zone that no unit has may be 0.
    """
    return weigh_zones(zone_counts, damp_zones(zone_words, mean_zone_words))


def damp_zones(
    zone_words: Floats | Counts, mean_zone_words: tuple[float, float, float]
) -> list[Floats]:
    """Return `norm[z]` of `bm25f` of each unit, by zone; 1 for a zone that no unit has."""
    zones = zip(ZONE_B, mean_zone_words, strict=True)
    return [
        1 - b + b * (zone_words[:, zone] / mean) if mean else np.ones(len(zone_words))
        for zone, (b, mean) in enumerate(zones)
    ]


def weigh_zones(zone_counts: Floats | Counts, norms: Sequence[Floats]) -> Floats:
    """Return what `bm25f` does, of norms that are known; of several clauses, a row each."""
    weight = np.zeros(zone_counts.shape[:-1])
    for zone, (zone_weight, norm) in enumerate(zip(ZONE_WEIGHTS, norms, strict=True)):
        counts = zone_counts[..., zone]
        # Most clauses stand in one zone only; to add nothing changes no bit.
        if counts.any():
            weight += zone_weight * counts / norm
    return weight / (ARTICLE_K1 + weight)


def weigh_occurrences(
    zones: Counts,
    article_of: Counts,
    zone_words: Counts,
    mean_zone_words: tuple[float, float, float],
) -> Floats:
    """Return what one occurrence in each passage adds to the `w` of `bm25f`: `W[z] / norm[z]`.

    Args:
        zones: The zone of each passage.
        article_of: The row of its article.
        zone_words: Words of the articles, as for `bm25f`.
        mean_zone_words: As for `bm25f`.
    """
    norms = damp_zones(zone_words, mean_zone_words)
    body = len(ZONE_WEIGHTS) - 1
    gains: Floats = (ZONE_WEIGHTS[body] / norms[body]).take(article_of)
    # Few passages are titles or headings.
    for zone in range(body):
        rows = (zones == zone).nonzero()[0]
        gains[rows] = ZONE_WEIGHTS[zone] / norms[zone].take(article_of.take(rows))
    return gains


def bm25(counts: Floats | Counts, word_counts: Counts, mean_words: float) -> Floats:
    """Return the saturated weight of one clause in each passage that holds it, between 0 and 1.

    `tf / (K1 * (1 - B + B * len / mean) + tf)`: Robertson and others, Okapi at TREC-3 (1994),
    without the factor `K1 + 1`.
    """
    return saturate(counts, damp_length(word_counts, mean_words))


def damp_length(word_counts: Floats | Counts, mean_words: float) -> Floats:
    """Return `K1 * (1 - B + B * len / mean)` of each passage: the count that is half of the way."""
    return np.asarray(word_counts, np.float64) * (K1 * B / mean_words) + K1 * (1 - B)


def saturate(counts: Floats | Counts, half: Floats | float) -> Floats:
    """Return `tf / (half + tf)`: between 0 and 1, more slowly the more there is already."""
    saturated: Floats = counts / (half + counts)
    return saturated
