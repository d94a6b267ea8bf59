"""What can be wrong with a source, always with what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one row. The message says what to do."""

    field: str
    message: str
    line: int | None = None


class InterchangeError(Exception):
    """The whole source cannot be used; nothing was taken. The message says what to do."""


class MappingNeededError(InterchangeError):
    """Columns that nobody recognises. `example` is a mapping file to copy and complete."""

    def __init__(self, message: str, columns: list[str], example: str) -> None:
        super().__init__(message)
        self.columns = columns
        self.example = example


class Refusal(ValueError):
    """A value that cannot be taken. `messages` say what to do."""

    def __init__(self, *messages: str) -> None:
        super().__init__("; ".join(messages))
        self.messages = list(messages)


class UnresolvedError(Refusal):
    """A reference to an item that is not there, perhaps not yet."""

    def __init__(self, message: str, identifier: str) -> None:
        super().__init__(message)
        self.identifier = identifier


class RowRefusedError(Exception):
    """A row that cannot be taken, with everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems
