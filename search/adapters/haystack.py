"""A component for Haystack (`haystack-ai`)."""

# Haystack looks at the types of `run` themselves: they are not postponed here.
from pathlib import Path
from typing import Any

from haystack import Document, component, default_from_dict, default_to_dict

from pinakes.search.adapters.passages import find_passages
from pinakes.search.archive import Archive


@component
class PinakesRetriever:
    """Finds passages of an archive; each is a `Document` whose `id` is that of the passage.

    A pipeline that is written down knows the archive by its folder, and opens it when it is first
    asked.
    """

    def __init__(
        self, archive: Archive | Path | str, *, limit: int = 10, is_question: bool = True
    ) -> None:
        """Ask an archive, or the one in a folder.

        Args:
            archive: What answers; one that is given open is not closed by this.
            limit: Passages at the most.
            is_question: As of `find_passages`: whether any word will do.
        """
        self._archive = archive
        self._limit = limit
        self._is_question = is_question

    def warm_up(self) -> None:
        """Open the archive, if that has not happened."""
        self._open()

    @component.output_types(documents=list[Document])
    def run(self, query: str, limit: int | None = None) -> dict[str, list[Document]]:
        """Return the passages that match best, as `documents`.

        Args:
            query: A question or a query.
            limit: Passages at the most; by default as when this was made.
        """
        asked = self._limit if limit is None else limit
        found = find_passages(self._open(), query, limit=asked, is_question=self._is_question)
        documents = [
            Document(id=each.id, content=each.text, score=each.score, meta=each.metadata)
            for each in found
        ]
        return {"documents": documents}

    def to_dict(self) -> dict[str, Any]:
        """Return this as a pipeline is written down."""
        held = self._archive
        folder = str(held.root if isinstance(held, Archive) else held)
        written: dict[str, Any] = default_to_dict(
            self, archive=folder, limit=self._limit, is_question=self._is_question
        )
        return written

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "PinakesRetriever":
        """Return what `to_dict` wrote down."""
        read: PinakesRetriever = default_from_dict(cls, data)
        return read

    def _open(self) -> Archive:
        if not isinstance(self._archive, Archive):
            self._archive = Archive.open(self._archive)
        return self._archive
