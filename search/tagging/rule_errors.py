"""What can be wrong with a rule of the user's."""

from __future__ import annotations

from pinakes.corpus import PinakesError, spelled


class RuleError(PinakesError, ValueError):
    """A rule cannot be read.

    Attributes:
        file: Its name, in the folder of rules.
        line: The line that it is about, counting from 1; 0 if it is about all of the file.
        problem: What is wrong and what to do, for a person.
    """

    def __init__(self, file: str, problem: str, *, line: int = 0) -> None:
        where = f"rules/{file}, line {line}" if line else f"rules/{file}"
        super().__init__(spelled(f"{where}: {problem}"))
        self.file = file
        self.line = line
        self.problem = problem
