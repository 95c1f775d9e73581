"""What can be wrong with a curated file, and where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """One thing to mend: file, line and column (from 1), and what to write instead."""

    file: Path
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """In the form that editors jump to."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class CuratedError(Exception):
    """The files were refused as a whole and nothing was loaded; `problems` lists every place to mend."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
