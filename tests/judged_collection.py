"""A small judged collection, made up: articles, questions and which article answers which."""

from __future__ import annotations

import json
from pathlib import Path

ARTICLES = {
    "salt": (
        "Salt in the river",
        "The pumps of the old mine send salt into the river every spring.",
    ),
    "fall": ("Mine collapse at Halvik", "A gallery of the potash mine collapsed before dawn."),
    "law": (
        "What the treaty says",
        "The treaty names a commission that measures salt in the river.",
    ),
    "vote": (
        "Parliament votes",
        "Members voted on the budget of the river commission at midnight.",
    ),
    "bees": (
        "Bees on the roofs",
        "Keepers put forty hives on roofs of the town, and honey in jars.",
    ),
    "rail": ("Night trains return", "Night trains to the coast run again from December."),
}
QUESTIONS = {
    "q1": "Who measures the salt in the river?",
    "q2": 'what happened at the "potash mine" (before dawn) -- and why?',
    "q3": "when do night trains run again",
    "q4": "where are the hives: on roofs OR in jars?",
    "q5": "Is there anything about volcanoes?",
}
JUDGEMENTS = {
    "q1": {"law": 2, "salt": 1, "bees": 0},
    "q2": {"fall": 1, "salt": 0},
    "q3": {"rail": 1},
    "q4": {"bees": 1},
    "q5": {"bees": 0},
}


class JudgedFiles:
    """The files of the collection in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.docs = folder / "docs.jsonl"
        self.queries = folder / "queries.jsonl"
        self.qrels = folder / "qrels.tsv"
        _write_records(self.docs, [
            {"id": name, "title": title, "text": text} for name, (title, text) in ARTICLES.items()
        ])  # fmt: skip
        _write_records(self.queries, [{"id": n, "text": t} for n, t in QUESTIONS.items()])
        lines = [f"{q}\t0\t{a}\t{g}" for q, given in JUDGEMENTS.items() for a, g in given.items()]
        self.qrels.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


def _write_records(path: Path, records: list[dict[str, str]]) -> None:
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
