"""The nouns of reading: what a reader makes of a source file, before it is an article.

Offsets are as everywhere, of `Extract.text`.
"""

from __future__ import annotations

from dataclasses import dataclass

from pinakes.corpus.model import Kind, MetadataValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of an article's text that its source set apart.

    Attributes:
        kind: What the source made of it.
        start: First code point in the article's text.
        end: One past the last code point.
        section: The headings above it, outermost first; a heading is the last of its own.
    """

    kind: Kind
    start: int
    end: int
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A run of text of a saved page, whether its article has it or not.

    Attributes:
        text: As an article would have it.
        is_kept: Whether the article has it.
    """

    text: str
    is_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    r"""What a reader kept of one article in a source file.

    Attributes:
        text: NFC, blocks joined by one blank line (`"\n\n"`).
        blocks: In order, not overlapping; together they cover all of `text` but the joints.
        metadata: Every value found, the chosen ones of a field before the others.
        record: Which record of the file it is (`line 12`, or its declared id); empty for a file
            that is one article.
        notes: What whoever relies on the text should know of how it came about, each a sentence for
            a person without a full stop (`declared as utf-8, read as windows-1251 (detector)`); the
            ledger keeps them with the file.
        whole: Every text of the page in reading order, where that was asked for and it is a page.
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: tuple[MetadataValue, ...] = ()
    record: str = ""
    notes: tuple[str, ...] = ()
    whole: tuple[SourceText, ...] = ()

    def chosen(self, field: str) -> tuple[str, ...]:
        """Return the values that were chosen for `field`, in order."""
        return tuple(m.value for m in self.metadata if m.field == field and m.chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A part of a source file that could not be read, or many that are told together.

    Attributes:
        where: `line 12`, or empty for the whole file.
        reason: What is wrong with it, for a person.
        count: How many parts they are; the ledger does not keep that.
    """

    where: str
    reason: str
    count: int = 1
