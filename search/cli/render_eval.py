"""How well questions are answered, for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pinakes.search.cli.terminal import Terminal, one_line

if TYPE_CHECKING:
    from pinakes.search.judged import Comparison, Figures

_SHOWN = 5


def render_figures(figures: Figures, terminal: Terminal) -> str:
    """Return each measure with its mean and interval, then what is to be known of them."""
    return "\n".join(_figure_lines(figures, terminal))


def _figure_lines(figures: Figures, terminal: Terminal) -> Iterator[str]:
    yield terminal.style(f"{'measure':12} {'mean':>6}  95 % interval", "title")
    for name, figure in figures.means.items():
        yield f"{name:12} {figure.mean:6.4f}  {figure.low:.4f} to {figure.high:.4f}"
    yield f"{len(figures.questions):,} judged questions{_left_out(figures)}"
    if figures.without_relevant:
        means = ", ".join(f"{name} {mean:.4f}" for name, mean in figures.answerable.items())
        count = f"{figures.without_relevant:,} questions have no relevant article and count as 0"
        yield f"{count}; without them: {means}"
    share = figures.unjudged / figures.looked_at if figures.looked_at else 0.0
    yield f"{share:.1%} of the first ten articles nobody judged; they count as not relevant"


def _left_out(figures: Figures) -> str:
    unanswered = f", {figures.unanswered:,} without an answer" if figures.unanswered else ""
    more = f"; {figures.not_judged:,} more nobody judged" if figures.not_judged else ""
    return unanswered + more


def render_comparison(comparisons: Sequence[Comparison], terminal: Terminal) -> str:
    """Return by how much one run is better than another, and on which questions most."""
    return "\n".join(_comparison_lines(comparisons, terminal))


def _comparison_lines(comparisons: Sequence[Comparison], terminal: Terminal) -> Iterator[str]:
    head = f"{'difference':12} {'mean':>7}  {'95 % interval':19}  {'p':>6}  better  worse"
    yield terminal.style(head, "title")
    for each in comparisons:
        mean, low, high = each.difference
        interval = f"{low:+.4f} to {high:+.4f}"
        counts = f"{each.better:6,}  {each.worse:5,}"
        yield f"{each.measure:12} {mean:+7.4f}  {interval:19}  {each.p:6.4f}  {counts}"
    first = comparisons[0]
    largest = [(name, value) for name, value in first.by_question[:_SHOWN] if value]
    if largest:
        told = ", ".join(f"{one_line(name)} {value:+.4f}" for name, value in largest)
        yield f"most in {first.measure}: {told}"


def eval_object(figures: Figures, comparisons: Sequence[Comparison]) -> dict[str, Any]:
    """Return everything about a run as JSON has it."""
    told: dict[str, Any] = {
        "schema_version": 1,
        "questions": len(figures.questions),
        "without_relevant": figures.without_relevant,
        "unanswered": figures.unanswered,
        "not_judged": figures.not_judged,
        "first_ten": {"articles": figures.looked_at, "unjudged": figures.unjudged},
        "measures": {
            name: {**figure._asdict(), "answerable": figures.answerable[name]}
            for name, figure in figures.means.items()
        },
        "by_question": {
            question: {name: float(values[row]) for name, values in figures.values.items()}
            for row, question in enumerate(figures.questions)
        },
    }
    if comparisons:
        told["comparison"] = {
            each.measure: {
                **each.difference._asdict(),
                "p": each.p,
                "better": each.better,
                "worse": each.worse,
                "by_question": dict(each.by_question),
            }
            for each in comparisons
        }
    return told
