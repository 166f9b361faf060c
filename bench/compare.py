"""Pinakes beside other engines: building, queries by passage and by article, whole answers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any

import click

from bench.archives import PASSAGES_AN_ARTICLE
from bench.check import check_answers
from bench.contest import Contest
from bench.contestants import ARTICLES, PASSAGES, WHOOSH
from bench.inputs import Selection, select_passages
from bench.settings import Settings, Table
from bench.shapes import Asked
from bench.tables import print_first_pass, print_queries, print_table
from bench.turns import REFERENCE
from pinakes.search.options import By

_SHARED_FOLDER = "passages"


def compare(settings: Settings) -> dict[str, Any]:
    """Measure what is asked for, print tables, and return all figures."""
    every = settings.whoosh_every
    selection = Selection(str(settings.passages), limit=settings.limit)
    passages = Contest(settings, selection, _SHARED_FOLDER)
    articles = Contest(settings, selection, _SHARED_FOLDER)
    sample_folder = _SHARED_FOLDER if every == 1 else f"every-{every}"
    sample = Contest(settings, selection._replace(every=every), sample_folder)

    report: dict[str, Any] = {"settings": _plain(settings)}
    if Table.PASSAGES in settings.tables:
        passages.build(PASSAGES, cores=settings.cores)
        report["passages"] = _measure(passages, "passages")
    if Table.ARTICLES in settings.tables:
        articles.build(ARTICLES, cores=settings.cores[:1])
        report["articles"] = _measure(articles, f"articles of {PASSAGES_AN_ARTICLE} passages")
    report["check"] = _check({By.PASSAGE: passages, By.ARTICLE: articles})
    if Table.WHOOSH in settings.tables:
        sample.build(WHOOSH, cores=settings.cores[:1])
        report["whoosh"] = _measure(sample, f"beside Whoosh, every {every}. passage")
    return report


def _measure(contest: Contest, name: str) -> dict[str, Any]:
    if contest.built:
        _print_building(contest.built, name)
    asked = contest.settings.asked
    rows = contest.measure(asked)
    for each in asked:
        print_queries([row for row in rows if row["asked"] == each], f"{name}: {_MEANING[each]}")
    print_first_pass([row for row in rows if row["asked"] == asked[0]], f"{name}: first pass")
    print_table(
        f"{name}: memory of the process that answers, without mapped files",
        ("engine", "MB before queries", "MB after"),
        [(name, *map(round, told.values())) for name, told in contest.memory.items()],
    )
    return {
        "missing": contest.missing,
        "built": contest.built,
        "memory": contest.memory,
        "queries": rows,
    }


def _check(contests: Mapping[By, Contest]) -> dict[str, Any]:
    held = {by: contest for by, contest in contests.items() if contest.contestants}
    if not held or not next(iter(held.values())).settings.check:
        return {}
    contest = next(iter(held.values()))
    with ExitStack() as stack:
        workers = {by: stack.enter_context(each.open_reference()) for by, each in held.items()}
        read = select_passages(contest.selection)
        checked = check_answers(workers, read, contest.settings.sets, contest.settings.check)
    wrong = len(checked["wrong"])
    click.echo(
        f"\n{checked['compared']} answers compared with brute force, all passages looked at: "
        f"{wrong or 'none'} with other scores"
    )
    return checked


_MEANING = {
    Asked.TOP: "top 10, ids and scores",
    Asked.TOTALS: "top 10 and the exact total",
    Asked.WHOLE: "whole answer: total, 10 hits with text and highlighted snippets",
}


def _print_building(built: list[dict[str, Any]], name: str) -> None:
    reference = {row["cores"]: _speed(row) for row in built if row["name"] == REFERENCE}
    rows = []
    for row in built:
        sizes = row["bytes"]
        rows.append(
            (
                f"{row['name']}, {row['cores']} core(s)",
                round(_speed(row)),
                row["seconds"],
                row["cpu_seconds"],
                reference[row["cores"]] / _speed(row) if row["cores"] in reference else "",
                round(row["beyond_mb"]) if "beyond_mb" in row else "",
                sum(sizes.values()) / 1e6,
                sizes.get("texts", 0) / 1e6,
                row["text_mb"],
            )
        )
    heads = (
        "building",
        "texts/s",
        "s",
        "CPU s",
        "pinakes ÷ it",
        "MB RAM beyond texts",
        "MB",
        "texts",
        "of text",
    )
    print_table(f"{name}: from the first text to the durable commit", heads, rows)


def _speed(row: dict[str, Any]) -> float:
    return float(row["passages"] / row["seconds"])


def _plain(settings: Settings) -> dict[str, Any]:
    plain = asdict(settings)
    for key in ("folder", "lucene_jars"):
        del plain[key]
    return {
        **plain,
        "passages": settings.passages.name,
        "peers": sorted(settings.peers),
        "sets": {
            each.kind: {"queries": len(each.queries), "left_out": each.left_out}
            for each in settings.sets
        },
    }
