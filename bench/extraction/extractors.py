"""Pinakes and the libraries that do the same, each a function from a page to its main text."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from pinakes.corpus.errors import EmptySourceError
from pinakes.corpus.model import Kind
from pinakes.corpus.readers.charset import decode
from pinakes.corpus.readers.html import read_html
from pinakes.corpus.readers.html.model import ContentModel

Extract = Callable[[bytes], str]
LIBRARIES = ("trafilatura", "readability-lxml", "resiliparse")


def pinakes_extractor(model: ContentModel, *, has_captions: bool = True) -> Extract:
    """Return what Pinakes does with a page: decoding, walk, metadata, main content.

    The title is left out, which Pinakes puts before the text wherever the page has it.

    Args:
        model: Tells content from the rest.
        has_captions: Whether captions, which Pinakes keeps as such, are handed over too.
    """
    left_out = {Kind.TITLE} if has_captions else {Kind.TITLE, Kind.CAPTION}

    def extract(data: bytes) -> str:
        try:
            found = read_html(decode(data).text, name="page", model=model)
        except EmptySourceError:
            return ""
        return "\n\n".join(
            found.text[block.start : block.end]
            for block in found.blocks
            if block.kind not in left_out
        )

    return extract


def library_extractor(name: str) -> Extract | None:
    """Return what a library does with a page, with its usual settings; nothing if it is missing."""
    try:
        version(name)
    except PackageNotFoundError:
        return None
    makers = {
        "trafilatura": _trafilatura,
        "readability-lxml": _readability,
        "resiliparse": _resiliparse,
    }
    return makers[name]()


def _trafilatura() -> Extract:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    def extract(data: bytes) -> str:
        return trafilatura.extract(data, include_comments=False) or ""

    return extract


def _readability() -> Extract:
    import lxml.html
    from lxml.etree import LxmlError
    from readability import Document

    logging.getLogger("readability").setLevel(logging.CRITICAL)

    def extract(data: bytes) -> str:
        try:
            summary = Document(decode(data).text).summary(html_partial=True)
            return " ".join(map(str, lxml.html.fromstring(summary).itertext()))
        except (LxmlError, ValueError):
            return ""
        except Exception as error:
            # It wraps whatever went wrong in an error of its own that has no public name.
            if type(error).__module__.startswith("readability"):
                return ""
            raise

    return extract


def _resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text

    def extract(data: bytes) -> str:
        text = decode(data).text
        return str(
            extract_plain_text(text, main_content=True, alt_texts=False, preserve_formatting=True)
        )

    return extract
