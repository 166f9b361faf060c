"""Why an article has its score, and why it is not found, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pinakes.search.cli.layout import wrap
from pinakes.search.cli.terminal import Terminal, one_line

if TYPE_CHECKING:
    from pinakes.search.evaluation import ScorePart
    from pinakes.search.why import ClauseCheck, WhyNot

_INDENT = "    "
_STEP = "  "
_SHOWN = 8


def explanation_lines(part: ScorePart, depth: int = 0) -> Iterator[str]:
    """Yield a number of a score, how it is made and of what, a number a line, to the last digit."""
    value = repr(part.value).removesuffix(".0")
    formula = f" = {part.formula}" if part.formula else ""
    yield f"{_INDENT}{_STEP * depth}{value}  {part.name}{formula}  ({one_line(part.what)})"
    for below in part.parts:
        yield from explanation_lines(below, depth + 1)


def render_why_not(why: WhyNot, terminal: Terminal) -> str:
    """Return whether an article satisfies a query, then part by part what holds in it."""
    name = f"{why.article.id}  {one_line(why.article.title)}"
    lines = [terminal.style(line, "title") for line in wrap(name, terminal.width)]
    if why.holds:
        lines.append(f"satisfies {one_line(why.interpreted)}")
    for failing in why.failing:
        lines += wrap(f"fails {one_line(failing.clause)}: {failing.reason}", terminal.width)
    lines.append("")
    lines += _check_lines(why.check, terminal, 0)
    return "\n".join(lines)


def _check_lines(check: ClauseCheck, terminal: Terminal, depth: int) -> Iterator[str]:
    mark = "no " if check.reason else "yes"
    told = check.reason or _places(check.passages)
    line = f"{mark}  {_STEP * depth}{one_line(check.clause)}"
    yield terminal.style(line, "faint") if not check.reason else line
    indent = " " * len(mark) + _STEP + _STEP * (depth + 1)
    for text in wrap(told, max(20, terminal.width - len(indent))):
        yield indent + text
    for part in check.parts:
        yield from _check_lines(part, terminal, depth + 1)


def _places(numbers: tuple[int, ...]) -> str:
    shown = ", ".join(f"#{number}" for number in numbers[:_SHOWN])
    rest = len(numbers) - _SHOWN
    return f"in {shown} and {rest} more" if rest > 0 else f"in {shown}" if shown else ""
