"""What a format reader yields: one item as it stands in the file."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from library.interchange.problems import Problem


@dataclass
class Row:
    """One item as read: its place, its values by column, and what the reader has to say about it."""

    file: Path
    line: int
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problem: Problem | None = None
    # Whether headings inside `body` may name fields (Markdown).
    has_sections: bool = False

    @property
    def is_literal(self) -> bool:
        """Whether this is our own export: it says what it is, so nothing is guessed about it."""
        return "identifier" in self.values and "kind" in self.values

    def line_of(self, column: str) -> int:
        """The line of a column's value, where the format knows it; otherwise of the row."""
        return self.lines.get(column, self.line)
