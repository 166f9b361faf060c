"""`manage.py pinakes_index`: articles into the archive, from files or from the database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from pinakes.corpus import IngestReport, PinakesError
from pinakes.search.archive import Archive


class Command(BaseCommand):
    """Takes in files, or without any, the records of `PINAKES_RECORDS`."""

    help = (
        "Take files and folders into the archive PINAKES_ARCHIVE; without any, the records that"
        " PINAKES_RECORDS returns: those that are no longer among them are removed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("paths", nargs="*", metavar="PATH")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take the articles in, and say how many there were."""
        archive = apps.get_app_config("pinakes").make_archive()
        try:
            report = _take_in(archive, options["paths"])
        except PinakesError as error:
            raise CommandError(str(error)) from error
        for outcome in report.outcomes:
            if outcome.status == "error":
                self.stderr.write(f"{outcome.path}: {outcome.detail}")
        self.stdout.write(
            f"{report.articles} articles new or changed, {report.removed} files removed,"
            f" {report.errors} not read"
        )
        if report.errors or report.failed_rules:
            raise CommandError("some could not be read", returncode=4)


def _take_in(archive: Archive, paths: list[str]) -> IngestReport:
    if paths:
        return archive.index(paths)
    name = getattr(settings, "PINAKES_RECORDS", "")
    if not name:
        raise CommandError("give files or folders, or set PINAKES_RECORDS")
    return archive.add(import_string(name)(), is_complete=True)
