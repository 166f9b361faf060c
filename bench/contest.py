"""Contestants on the same passages: their indexes are built, and their queries timed in turn."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import click

from bench.contestants import Contestant
from bench.inputs import Selection
from bench.peer import PeerMissingError
from bench.settings import Settings
from bench.shapes import Asked
from bench.turns import REFERENCE, ask_in_turn
from bench.worker_process import WorkerError, WorkerProcess


class Contest:
    """Contestants on the same passages.

    Attributes:
        selection: The passages.
        contestants: Those who are here.
        missing: Why others are not, by name.
        built: What building told: a row for each contestant and number of cores.
        memory: MB of each contestant's own, mapped files left out, before queries and after.
    """

    def __init__(self, settings: Settings, selection: Selection, name: str) -> None:
        """Begin with nobody; contests with the same `name` share the indexes that are there."""
        self.settings = settings
        self.selection = selection
        self.contestants: list[Contestant] = []
        self.missing: dict[str, str] = {}
        self.built: list[dict[str, Any]] = []
        self.memory: dict[str, dict[str, float]] = {}
        self._folder = settings.folder / name

    def build(self, contestants: Sequence[Contestant], *, cores: tuple[int, ...]) -> None:
        """Build the index of each with each number of cores; the first is built last, and kept.

        One that is there already is left as it is.
        """
        for contestant in contestants:
            asked_for = self.settings.peers
            if asked_for and contestant.name not in asked_for and contestant.name != REFERENCE:
                continue
            try:
                self._build(contestant, cores)
            except (PeerMissingError, WorkerError) as reason:
                click.echo(f"{contestant.name}: left out: {reason}", err=True)
                self.missing[contestant.name] = str(reason)
                continue
            self.contestants.append(contestant)

    def _build(self, contestant: Contestant, cores: tuple[int, ...]) -> None:
        folder = self._folder / contestant.index
        if folder.exists():
            return
        for count in reversed(cores[:1] if contestant.is_one_threaded else cores):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            click.echo(f"{contestant.name}: building on {count} core(s)", err=True)
            with self._start(contestant, cores=count) as worker:
                told = worker.ask(
                    "build",
                    folder=str(folder),
                    selection=self.selection._replace(joined=contestant.joined),
                    cores=count,
                    memory_mb=self.settings.memory_mb,
                )
                setting = worker.ask("describe")
            self.built.append({"name": contestant.name, "cores": count, **told, "is": setting})

    def _start(self, contestant: Contestant, *, cores: int = 1) -> WorkerProcess:
        return contestant.start(cores=cores, lucene_jars=self.settings.lucene_jars)

    def open_reference(self) -> WorkerProcess:
        """Return a worker that has the index of Pinakes open."""
        reference = next(each for each in self.contestants if each.name == REFERENCE)
        worker = self._start(reference)
        worker.ask("open", folder=str(self._folder / reference.index))
        return worker

    def measure(self, asked: Sequence[Asked]) -> list[dict[str, Any]]:
        """Return a row for each kind of query, way to ask and contestant."""
        with ExitStack() as stack:
            workers = {
                each.name: stack.enter_context(self._start(each)) for each in self.contestants
            }
            for each in self.contestants:
                workers[each.name].ask("open", folder=str(self._folder / each.index))
            before = {name: worker.own_mb() for name, worker in workers.items()}
            rows = ask_in_turn(workers, self.settings, asked)
            for name, worker in workers.items():
                self.memory[name] = {"opened_mb": before[name], "asked_mb": worker.own_mb()}
            return rows
