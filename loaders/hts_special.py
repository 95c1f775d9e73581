"""The special rates of column 1 of the US schedule: several duties in one cell, each with the programmes that it is for.

    cell   =  part { part }
    part   =  duty "(" code { "," code } ")"

As published they follow each other without a separator, with blanks inside the brackets, and a bracket may belong to the
duty ("(see U.S. note 3 of this subchapter)"): a bracket closes a part only where it holds nothing but codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = r"[A-Z]{1,2}[+*]?"
_LIST = re.compile(rf"\(\s*(?P<codes>\.?{_CODE}(?:[\s,.]+{_CODE})*)[\s,]*(?:\)|$)")
"""Codes between brackets; a stray dot, a comma at the end and a last bracket that is missing occur."""


@dataclass(frozen=True)
class Part:
    """One duty of the cell, as it is written, and the codes of the programmes that it is for."""

    duty: str
    codes: tuple[str, ...]


def split_special(cell: str) -> tuple[tuple[Part, ...], str]:
    """The parts of a cell in their order, and what follows the last of them, which names no programme ("" for nothing)."""
    parts: list[Part] = []
    start = 0
    for match in _LIST.finditer(cell):
        parts.append(Part(cell[start : match.start()].strip(), tuple(re.findall(_CODE, match["codes"]))))
        start = match.end()
    return tuple(parts), cell[start:].strip()
