"""Pinakes beside other engines: building, queries by passage and by article, whole answers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from bench.check import check_answers
from bench.contest import Contest
from bench.contestants import ARTICLES, PASSAGES, WHOOSH
from bench.inputs import Selection, select_passages
from bench.machine import describe_machine
from bench.settings import Settings
from bench.shapes import Asked
from bench.tables import print_queries, print_table
from bench.turns import REFERENCE

_ASKED = tuple(Asked)
_SHARED_FOLDER = "passages"


def compare(settings: Settings) -> dict[str, Any]:
    """Measure everything, print tables, and return all figures."""
    report: dict[str, Any] = {"machine": describe_machine(), "settings": _plain(settings)}
    every = settings.whoosh_every
    selection = Selection(str(settings.passages), limit=settings.limit)
    for name, field, contestants, folder in (
        ("passages", selection, PASSAGES, _SHARED_FOLDER),
        ("articles", selection, ARTICLES, _SHARED_FOLDER),
        (
            "passages of whoosh",
            selection._replace(every=every),
            WHOOSH,
            f"every-{every}" if every > 1 else _SHARED_FOLDER,
        ),
    ):
        contest = Contest(settings, field, folder)
        cores = settings.cores if contestants is PASSAGES else settings.cores[:1]
        contest.build(contestants, cores=cores)
        if contest.is_contest or contestants is PASSAGES:
            report[name] = _measure(contest, name)
        if contestants is PASSAGES:
            report["check"] = _check(contest)
    return report


def _measure(contest: Contest, name: str) -> dict[str, Any]:
    if contest.built:
        _print_building(contest.built, name)
    rows = contest.measure(_ASKED)
    for asked in _ASKED:
        print_queries([row for row in rows if row["asked"] == asked], f"{name}: {_MEANING[asked]}")
    return {"missing": contest.missing, "built": contest.built, "queries": rows}


def _check(contest: Contest) -> dict[str, Any]:
    settings = contest.settings
    with contest.open_reference() as worker:
        checked = check_answers(
            worker, select_passages(contest.selection), settings.sets, settings.check
        )
    wrong = len(checked["wrong"])
    click.echo(
        f"\nanswers compared with brute force: {checked['compared']}; other scores in {wrong}"
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
