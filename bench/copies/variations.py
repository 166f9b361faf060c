"""Makes copies of texts as reprints are: other headlines, cuts, additions, edits."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

_JOINT = "\n\n"
_EDITED = 0.1
_FEW_PARAGRAPHS = 4
_HEADLINE_WORDS = 9
_LENT_WORDS = 60
_LONGEST_WORD = 20
_SENTENCE_END = re.compile(r"(?<=[.!?。])\s+")
_BOILERPLATE = (
    "Sign up for our newsletter and never miss a story from the desk that covers your town",
    "This story was first filed by a news service and appears here under licence; spellings and "
    "headlines may differ from those of the original",
    "Follow us, share this page with your friends, or write to the editors if you have seen "
    "something that ought to be corrected. All rights reserved by the publisher",
)

Make = Callable[["Variation"], str]


class Variation:
    """A text about to be copied.

    Attributes:
        paragraphs: Its own, the headline first.
        others: Paragraphs of another text.
        chance: What is left to chance.
    """

    def __init__(self, text: str, other: str, chance: random.Random) -> None:
        """Take a text apart, and another one that may lend a headline, a paragraph and words.

        Both as `with_headline` returns them.
        """
        self.paragraphs = text.split(_JOINT)
        self.others = other.split(_JOINT)
        self.chance = chance

    def retitle(self) -> str:
        """Return it under the headline of the other."""
        return _JOINT.join([self.others[0], *self.paragraphs[1:]])

    def cut(self) -> str:
        """Return it without its first paragraph, the headline kept."""
        kept = self.paragraphs[2:] or self.paragraphs[1:]
        return _JOINT.join([self.paragraphs[0], *kept])

    def dress(self) -> str:
        """Return it with what an outlet puts around texts."""
        headline, *rest = self.paragraphs
        above, *below = _BOILERPLATE
        return _JOINT.join([headline, above, *rest, *below])

    def edit(self) -> str:
        """Return it with every tenth word, by chance, replaced, left out or doubled by another."""
        text = " ".join(self.paragraphs)
        # Of scripts without spaces, characters.
        joint = " " if text.count(" ") * _LONGEST_WORD > len(text) else ""
        spare = [word for paragraph in self.others for word in _split(paragraph, joint)]
        edited: list[str] = []
        for paragraph in self.paragraphs:
            words: list[str] = []
            for word in _split(paragraph, joint):
                if self.chance.random() >= _EDITED:
                    words.append(word)
                    continue
                way = self.chance.randrange(3)
                words += [[self.chance.choice(spare)], [], [word, self.chance.choice(spare)]][way]
            edited.append(joint.join(words))
        return _JOINT.join(edited)

    def insert(self) -> str:
        """Return it with a paragraph of the other somewhere behind the headline."""
        place = self.chance.randint(1, len(self.paragraphs))
        lent = " ".join(self.chance.choice(self.others).split()[:_LENT_WORDS])
        return _JOINT.join([*self.paragraphs[:place], lent, *self.paragraphs[place:]])


def _split(paragraph: str, joint: str) -> list[str]:
    return paragraph.split(joint) if joint else list(paragraph)


def with_headline(text: str) -> str:
    """Return a text in paragraphs under a headline of its own: what its first sentence begins with.

    One without line ends is given a paragraph every three sentences.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < _FEW_PARAGRAPHS:
        sentences = _SENTENCE_END.split(" ".join(lines))
        lines = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    headline = " ".join(lines[0].split()[:_HEADLINE_WORDS]) if lines else ""
    return _JOINT.join([headline, *lines])


def _all(variation: Variation) -> str:
    """Return it with all of that at once."""
    text = variation.edit()
    for make in (Variation.retitle, Variation.cut, Variation.insert, Variation.dress):
        step = Variation(text, _JOINT.join(variation.others), variation.chance)
        text = make(step)
    return text


ALL = "all of these"
VARIATIONS: Mapping[str, Make] = {
    "another headline": Variation.retitle,
    "first paragraph cut": Variation.cut,
    "boilerplate added": Variation.dress,
    "10 % of the words edited": Variation.edit,
    "paragraph inserted": Variation.insert,
    ALL: _all,
}


def vary(texts: Sequence[str], make: Make, *, seed: int = 1) -> list[str]:
    """Return a copy of each text; what it borrows is of the next one."""
    chance = random.Random(seed)  # noqa: S311
    following = [*texts[1:], *texts[:1]]
    return [
        make(Variation(text, other, chance)) for text, other in zip(texts, following, strict=True)
    ]
