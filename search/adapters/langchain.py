"""A retriever for LangChain (`langchain-core`)."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from pinakes.search.adapters.passages import find_passages
from pinakes.search.archive import Archive


class PinakesRetriever(BaseRetriever):
    """Finds passages of an archive; each is a `Document` whose `id` is that of the passage.

    Attributes:
        archive: What answers; it is not closed by this.
        limit: Passages at the most.
        is_question: As of `find_passages`: whether any word will do.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    archive: Archive
    limit: int = 10
    is_question: bool = True

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain passes it.
    ) -> list[Document]:
        found = find_passages(self.archive, query, limit=self.limit, is_question=self.is_question)
        return [
            Document(
                id=each.id, page_content=each.text, metadata={**each.metadata, "score": each.score}
            )
            for each in found
        ]
