"""The names of an archive's indexes of articles on a cluster."""

from __future__ import annotations

from pinakes.indexer.opensearch.connection import Cluster


def article_indexes(cluster: Cluster) -> dict[str, int]:
    """Return the indexes of articles by name, with their numbers; what a stopped run left included.

    What else begins so is another archive's, whose name is longer.
    """
    begin = cluster.name("articles-")
    found = cluster.request("GET", f"/{begin}*", params={"expand_wildcards": "all"})
    names = {name: name.removeprefix(begin) for name in sorted(found)}
    return {name: int(number) for name, number in names.items() if number.isdecimal()}


def free_name(cluster: Cluster) -> str:
    """Return a name for an index of articles that nobody is about to delete."""
    number = max(article_indexes(cluster).values(), default=0) + 1
    return cluster.name(f"articles-{number}")


def next_name(cluster: Cluster, index: str) -> str:
    """Return the name of what is to take the place of an index of articles."""
    number = index.removeprefix(cluster.name("articles-"))
    return cluster.name(f"articles-{int(number) + 1 if number.isdecimal() else 1}")


def name_articles(cluster: Cluster, index: str, *, before: str = "") -> None:
    """Let the alias of the articles stand for an index, and no more for the one before."""
    alias = cluster.name("articles")
    actions = [{"add": {"index": index, "alias": alias}}]
    if before:
        actions.append({"remove": {"index": before, "alias": alias}})
    cluster.request("POST", "/_aliases", {"actions": actions}, accepts="missing")
