"""Documents that are no pages: feeds, books, Word and PDF documents go in, articles come out."""

from pinakes.corpus.readers.documents.docx import read_docx
from pinakes.corpus.readers.documents.epub import read_epub
from pinakes.corpus.readers.documents.feed import read_feed
from pinakes.corpus.readers.documents.pdf import read_pdf

__all__ = ["read_docx", "read_epub", "read_feed", "read_pdf"]
