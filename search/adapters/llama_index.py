"""A retriever for LlamaIndex (`llama-index-core`)."""

from __future__ import annotations

from typing import Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from pinakes.search.adapters.passages import find_passages
from pinakes.search.archive import Archive


class PinakesRetriever(BaseRetriever):
    """Finds passages of an archive; each is a `TextNode` whose id is that of the passage."""

    def __init__(
        self, archive: Archive, *, limit: int = 10, is_question: bool = True, **asked: Any
    ) -> None:
        """Ask `archive`, which is not closed by this.

        Args:
            archive: What answers.
            limit: Passages at the most.
            is_question: As of `find_passages`: whether any word will do.
            asked: What LlamaIndex's own retrievers take: a callback manager and such.
        """
        self._archive = archive
        self._limit = limit
        self._is_question = is_question
        super().__init__(**asked)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = find_passages(
            self._archive,
            query_bundle.query_str,
            limit=self._limit,
            is_question=self._is_question,
        )
        # A model is shown what a person would want to know of a passage, and not checksums.
        hidden = ["citation", "record", "path", "article"]
        return [
            NodeWithScore(
                node=TextNode(
                    id_=each.id,
                    text=each.text,
                    metadata=each.metadata,
                    excluded_llm_metadata_keys=hidden,
                    excluded_embed_metadata_keys=list(each.metadata),
                ),
                score=each.score,
            )
            for each in found
        ]
