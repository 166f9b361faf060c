"""Parses XML that a stranger wrote: no entity is expanded, no DTD loaded, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypedDict

from lxml import etree

from pinakes.corpus.errors import SourceError

Element = etree._Element


class SupportsRead(Protocol):
    """A file, as far as it has to be one."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most `size` bytes."""


class _Options(TypedDict):
    recover: bool
    resolve_entities: bool
    no_network: bool
    load_dtd: bool
    dtd_validation: bool
    huge_tree: bool
    remove_comments: bool
    remove_pis: bool


# Whichever way a document is read: nothing is fetched, nothing grows, and damage is mended.
_SAFELY = _Options(
    recover=True,
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    dtd_validation=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)


def parse_xml(data: bytes, *, name: str) -> Element:
    """Return the root element of a document, mended as far as it goes where it is not well-formed.

    Raises:
        SourceError: It is no XML at all.
    """
    try:
        parser = etree.XMLParser(
            **_SAFELY,
        )
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{name}: not XML: {error}") from error
    if root is None:
        raise SourceError(f"{name}: not XML: no element in it")
    return root


def iterate_xml(stream: SupportsRead, *, names: frozenset[str]) -> Iterator[Element]:
    """Yield elements called by one of `names` (without namespace), each once it is complete.

    An element that has been yielded is emptied afterwards, so a long file takes little memory.
    """
    events = etree.iterparse(
        stream,
        events=("end",),
        **_SAFELY,
    )
    for _, element in events:
        if local_name(element) in names:
            yield element
            element.clear(keep_tail=False)
            parent = element.getparent()
            while parent is not None and (before := element.getprevious()) is not None:
                parent.remove(before)


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace; of what is no element, nothing."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: Element) -> str:
    """Return all text in an element."""
    return "".join(str(part) for part in element.itertext())
