"""The tree of a schedule that is told by the order of its lines and how far they are indented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A heading or line: how far it is indented, its code ("" for none), its words."""

    indent: int
    code: str
    words: str


Path = tuple[Step, ...]
"""A line, last, and all headings above it."""


def below(path: Path, step: Step) -> Path:
    """The path of the line that follows the one at the end of `path`."""
    return (*(each for each in path if each.indent < step.indent), step)


def code_above(path: Path) -> str | None:
    """The code of the nearest heading above the line that has one."""
    return next((step.code for step in reversed(path[:-1]) if step.code), None)


def name_of(path: Path) -> str:
    """The words of the line behind those of the headings without a code between it and the code above it."""
    steps = [path[-1].words]
    for step in reversed(path[:-1]):
        if step.code:
            break
        steps.insert(0, step.words)
    return ": ".join(steps)
