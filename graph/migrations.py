"""How a graph of an earlier version becomes one of this version: forward only, one number a step.

A step is added at the end and never changed afterwards; a test tries it on a graph of the version before.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Migration:
    """One step: the version that it leads to, what it does, and the Cypher for it.

    The statements of a step run in one transaction together with the new number; they change data only, since constraints and
    indexes follow from the ontology (`graph/constraints.py`) and cannot be made in the transaction that writes.
    """

    number: int
    does: str
    statements: tuple[str, ...]


FIRST = 1
"""The version of a graph that says none: new, or made before versions were written down."""

MIGRATIONS: tuple[Migration, ...] = ()
"""All steps in order, the first of them leading to 2. None was needed yet."""


def version(migrations: tuple[Migration, ...] = MIGRATIONS) -> int:
    """The version that this program reads and writes."""
    return migrations[-1].number if migrations else FIRST
