"""Why a passage has its tags: the taggers say it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pinakes.corpus import (
    HAND_RULE,
    Article,
    FoundTag,
    PassageTable,
    PassageText,
    Tag,
    Tagger,
    TagPattern,
    article_text,
    facts_of,
    find_tags,
    logger_of,
    rule_name,
    spelled,
)
from pinakes.search.tagging.tag_state import TagState

_STRUCTURE = "structure"
_log = logger_of(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagReason:
    """A tag of a passage, and why it is there, or would be.

    Attributes:
        tag: As the archive has it, or as it would be.
        reason: For a person.
        confidence: How often such a tag is right, as far as its tagger says.
        is_stored: Whether the archive has it.
        is_found: Whether it would be there if its rule ran now.
    """

    tag: Tag
    reason: str
    confidence: float = 1.0
    is_stored: bool = True
    is_found: bool = True


def explain_tags(
    article: Article,
    number: int,
    state: TagState,
    *,
    taken_away: Collection[tuple[str, str]] = (),
) -> tuple[TagReason, ...]:
    """Return the tags of a passage with their reasons, and those that rules would make now.

    Args:
        article: Whose passage it is.
        number: Of the passage.
        state: The taggers that there are.
        taken_away: Types and values of tags that a person has taken from it.

    Returns:
        In the order of where they start, then type, value and rule. Of a tagger that fails, the
        tags that are stored say so, and the log does.
    """
    passage = article.passages[number]
    seen = article_text(PassageTable.of(article.passages, article.text), facts_of(article))
    names = {*state.wanted, *(rule_name(tag.rule) for tag in passage.tags)}
    taggers = [tagger for name, tagger in state.taggers.items() if name in names]
    found, failed = _find_tags(taggers, seen.passages[number])
    reasons = [_explain_stored(tag, found, failed, state) for tag in passage.tags]
    for tag in found.keys() - set(passage.tags):
        is_away = (tag.type, tag.value) in taken_away
        reasons.append(
            TagReason(
                tag=tag,
                reason=found[tag].reason + ("; taken away by hand" if is_away else ""),
                confidence=found[tag].confidence,
                is_stored=False,
                is_found=not is_away,
            )
        )
    return tuple(sorted(reasons, key=_order))


def _order(reason: TagReason) -> tuple[int, str, str, str]:
    tag = reason.tag
    return tag.start, tag.type, tag.value, tag.rule


def _find_tags(
    taggers: Iterable[Tagger], passage: PassageText
) -> tuple[dict[Tag, FoundTag], dict[str, str]]:
    """Return what taggers find, and by the names of those that fail, why."""
    found: dict[Tag, FoundTag] = {}
    failed: dict[str, str] = {}
    for tagger in taggers:
        try:
            tags = list(find_tags(tagger, passage))
        except Exception as error:  # noqa: BLE001 - one tagger must not stop the others.
            failed[tagger.name] = f"{type(error).__name__}: {error}"
            told = spelled(failed[tagger.name])
            _log.warning("tagger %s fails in this passage: %s", tagger.rule(), told)
        else:
            found |= {_place(pattern, passage): each for pattern, each in tags}
    return found, failed


def _place(pattern: TagPattern, passage: PassageText) -> Tag:
    start, end = pattern.span or (0, len(passage.text))
    return Tag(
        type=pattern.type,
        value=pattern.value,
        start=passage.start + start,
        end=passage.start + end,
        rule=pattern.rule,
    )


def _explain_stored(
    tag: Tag, found: Mapping[Tag, FoundTag], failed: Mapping[str, str], state: TagState
) -> TagReason:
    if tag in found:
        return TagReason(tag=tag, reason=found[tag].reason, confidence=found[tag].confidence)
    name = rule_name(tag.rule)
    if name == _STRUCTURE:
        return TagReason(tag=tag, reason="where the passage stands in its article")
    if tag.rule == HAND_RULE:
        return TagReason(tag=tag, reason="set by hand")
    tagger = state.taggers.get(name)
    if tagger is None:
        why = state.problems.get(name, "there is no such rule any more")
    elif name in failed:
        why = f"{tagger.rule()} fails in this passage now: {failed[name]}"
    elif tag.rule.rpartition("/")[2] != str(tagger.version):
        why = f"made by an older version; pinakes tag --rerun {name} runs {tagger.rule()}"
    else:
        why = f"{tagger.rule()} does not find it now; pinakes tag --rerun {name}"
    return TagReason(tag=tag, reason=why, is_found=False)
