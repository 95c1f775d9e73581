"""Records in batches, as the statements that write them; the next batch is made while the database writes the one before."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from graph import identities
from graph.rows import EdgeRow, NodeRow
from schema.base import Source
from schema.ontology import Record

BATCH = 1000
Row = TypeVar("Row", NodeRow, EdgeRow)
Edges = dict[tuple[str, str, str], list[EdgeRow]]
"""By the base label of the first node, the type and the base label of the second."""


@dataclass(frozen=True)
class Batch:
    """What is to be written of some records. All rows are in one order for all writers, so that two at once wait for each other.

    `content`: relations that follow from what names a node, and are there if the node is. `others` are not: who says it, and what it
    supersedes. `entities` are declared by several sources, and so are their ends.
    """

    records: int
    registers: set[str]
    entities: list[NodeRow]
    nodes: dict[tuple[str, tuple[str, ...]], list[NodeRow]]
    ends: Edges
    content: Edges
    others: Edges

    def ids(self, *bases: str) -> set[str]:
        """The ids of all nodes with these base labels."""
        named = {row.id for (base, _), rows in self.nodes.items() if base in bases for row in rows}
        return named | {row.id for row in self.entities} if "Entity" in bases else named

    def bases(self) -> set[str]:
        """All base labels."""
        return {"Entity"} | {base for base, _ in self.nodes}


def batch_of(records: Iterator[Record], kept: Mapping[str, str]) -> Batch | None:
    """The next records, as what is decided on the ids that they name; None where there are no more."""
    batch = list(islice(records, BATCH))
    return whole(batch, kept) if batch else None


def whole(batch: list[Record], kept: Mapping[str, str]) -> Batch:
    """These records as one batch."""
    rows = [row for record in batch for row in identities.rows(record, kept)]
    nodes = [row for row in rows if isinstance(row, NodeRow)]
    edges = [row for row in rows if isinstance(row, EdgeRow)]
    return Batch(
        len(batch),
        {each.dataset for each in batch if isinstance(each, Source) and each.dataset},
        [row for row in nodes if row.base == "Entity"],
        _by_labels(row for row in nodes if row.base != "Entity"),
        _by_type(row for row in edges if row.base == "Entity"),
        _by_type(row for row in edges if row.base != "Entity" and row.part_of),
        _by_type(row for row in edges if row.base != "Entity" and not row.part_of),
    )


@asynccontextmanager
async def ahead(records: Iterator[Record], kept: Mapping[str, str]) -> AsyncIterator[AsyncIterator[Batch]]:
    """The batches of all records."""
    ready = asyncio.create_task(asyncio.to_thread(batch_of, records, kept))

    async def batches() -> AsyncIterator[Batch]:
        nonlocal ready
        while batch := await ready:
            ready = asyncio.create_task(asyncio.to_thread(batch_of, records, kept))
            yield batch

    try:
        yield batches()
    finally:
        await asyncio.gather(ready, return_exceptions=True)


def _by_labels(rows: Iterable[NodeRow]) -> dict[tuple[str, tuple[str, ...]], list[NodeRow]]:
    """A fact that comes with the row of a register and without is written as with it (`content` in graph/rows.py)."""
    groups: dict[tuple[str, tuple[str, ...]], dict[str, NodeRow]] = defaultdict(dict)
    for row in rows:
        found = groups[row.base, row.labels]
        if row.id not in found or "content" in row.properties:
            found[row.id] = row
    return {key: _ordered(found.values()) for key, found in groups.items()}


def _by_type(rows: Iterable[EdgeRow]) -> Edges:
    groups: dict[tuple[str, str, str], dict[tuple[str, str], EdgeRow]] = defaultdict(dict)
    for row in rows:
        groups[row.base, row.type, row.target_base][row.id, row.target] = row
    return {key: _ordered(found.values()) for key, found in groups.items()}


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.id, getattr(row, "target", "")))
