"""The application as Django knows it, and the archive that it holds."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from pinakes.corpus import ArchiveMissingError
from pinakes.search.archive import Archive


class PinakesConfig(AppConfig):
    """Holds the archive of this process, which threads and forked workers share."""

    name = "pinakes.search.adapters.django_pinakes"
    label = "pinakes"
    verbose_name = "Pinakes"

    @cached_property
    def archive(self) -> Archive:
        """The archive that holds the folder `PINAKES_ARCHIVE`.

        Raises:
            ImproperlyConfigured: There is no such setting, or no archive.
        """
        try:
            return Archive.open(_folder())
        except ArchiveMissingError as error:
            raise ImproperlyConfigured(
                f"{error}; `manage.py pinakes_index` makes one in PINAKES_ARCHIVE"
            ) from error

    def make_archive(self) -> Archive:
        """Return the archive, made in `PINAKES_ARCHIVE` if there is none.

        Raises:
            ImproperlyConfigured: There is no such setting.
        """
        try:
            Archive.open(_folder()).close()
        except ArchiveMissingError:
            Archive.create(_folder()).close()
        return self.archive


def _folder() -> Path:
    folder = getattr(settings, "PINAKES_ARCHIVE", None)
    if not folder:
        raise ImproperlyConfigured("set PINAKES_ARCHIVE to the folder of an archive")
    return Path(folder)
