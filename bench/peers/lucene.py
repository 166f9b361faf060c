"""Starts `Lucene.java`, and puts requests as it takes them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from bench.inputs import select_passages
from bench.peer import PeerMissingError, folder_sizes
from bench.worker_process import WorkerProcess

_SOURCE = Path(__file__).with_name("Lucene.java")


class LuceneProcess(WorkerProcess):
    """A worker whose engine is Lucene."""

    @classmethod
    def start(cls, jars: Path, *, cores: int) -> Self:
        """Start Java with the jars of a folder; it compiles the one source file itself.

        Raises:
            PeerMissingError: There is no Java, or it cannot compile the file against these jars.
        """
        java = shutil.which("java")
        if java is None:
            raise PeerMissingError("needs Java 11 or newer")
        flags = ("-XX:+UseSerialGC", "-Xmx4g", "--class-path", f"{jars.resolve()}/*")
        return cls((java, *flags, str(_SOURCE)), cores=cores)

    def ask(self, do: str, **request: Any) -> dict[str, Any]:
        """Return what the worker answers; raises as that of any worker."""
        if do == "build":
            return self._build(request)
        fields: list[object] = [do]
        if do == "open":
            fields += [request["folder"]]
        elif do == "measure":
            if request["asked"] == "whole":
                return {"passes": [], "queries": []}
            keys = ("join", "asked", "passes", "seconds", "seed", "clock")
            fields += [request[key] for key in keys]
            fields += [str(request["parse_inside"]).lower()]
            fields += [_line(request["warm"]), _line(request["queries"])]
        elif do == "answers":
            fields += [request["join"], _line(request["queries"])]
        reply = self.send("\t".join(map(str, fields)))
        if do == "measure":
            reply["queries"] = list(range(len(request["queries"])))
        return reply

    def _build(self, request: dict[str, Any]) -> dict[str, Any]:
        folder = Path(request["folder"])
        text_bytes = 0
        with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as rows:
            for id_, text in select_passages(request["selection"]):
                text_bytes += len(text.encode())
                rows.write("\t".join(" ".join(part.split()) for part in (id_, text)) + "\n")
            rows.flush()
            settings = (request["cores"], request["memory_mb"])
            reply = self.send("\t".join(map(str, ("build", folder, rows.name, *settings))))
        further = {"text_mb": text_bytes / 1e6, "bytes": folder_sizes(folder), "further": {}}
        return reply | further


def _line(queries: Iterable[Iterable[str]]) -> str:
    return ";".join(" ".join(words) for words in queries)
