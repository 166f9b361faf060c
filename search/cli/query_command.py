"""What commands that take a query have in common."""

from __future__ import annotations

import re

import click


class QueryCommand(click.Command):
    """A command that takes a query, and helps with one that looks like an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse `args`, a query with a hyphen at its start among them."""
        # '-coal mine', quoted in the shell, is no option; a query may begin with a space.
        words = [f" {arg}" if _is_quoted_negation(arg) else arg for arg in args]
        try:
            return super().parse_args(ctx, words)
        except click.UsageError as error:
            if any(map(_IS_NEGATED_WORD.match, args)):
                raise click.UsageError(f"{error.message}\n{_NEGATION_HINT}", ctx) from error
            raise


# Of an option with a wrong value, as `-n -1`, nothing of the kind was meant.
_IS_NEGATED_WORD = re.compile(r"-[^\W\d_](?:[^\W\d_]|[^\w\s])")
_NEGATION_HINT = "A query that leaves something out goes after --: pinakes search -- mine -coal"


def _is_quoted_negation(arg: str) -> bool:
    return arg.startswith("-") and not arg.startswith("--") and " " in arg
