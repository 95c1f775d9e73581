"""A checksum of the whole graph that does not depend on the order in which it was loaded.

Every node is hashed with its labels, properties and the relations that leave it (their ends by `id`); the hashes of nodes
with the same labels are added, and the sums hashed. Nothing is sorted but the parts of one node, and nothing is kept but
the sums: memory does not grow with the graph. While a loader writes, the checksum is that of no moment in particular.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from neo4j import READ_ACCESS, AsyncDriver, AsyncSession

from graph.embedded.progress import Progress

IGNORED = frozenset({"recorded_at", "first_recorded_at", "retracted_at", "touched"})
"""When we wrote something is no part of what the graph says."""
IGNORED_LABELS = frozenset({"Store", "Identity", "Decided", "Statement", "Withdrawn"})
"""Nodes of our own book-keeping, and facts that only the change feed still shows."""
STEP = 1000
"""Database ids that go into one record: few large records cost a tenth of many small ones."""

_TOP = "MATCH (n) RETURN coalesce(max(id(n)), -1) AS top"
_NODES = """
UNWIND range(0, $top, $step) AS first
RETURN COLLECT {
  UNWIND range(first, first + $step - 1) AS id
  MATCH (n) WHERE id(n) = id
  RETURN [labels(n), properties(n), COLLECT { MATCH (n)-[r]->(m) RETURN [type(r), m.id, properties(r)] }]
} AS nodes
"""
"""Database ids only cut the graph into pieces; they are no part of the checksum."""


@dataclass
class Sums:
    """What has been seen so far: nodes, relations, and the sum of hashes for each set of labels."""

    nodes: int = 0
    relations: int = 0
    by_labels: dict[str, int] = field(default_factory=dict)

    def add(self, labels: list[str], properties: dict[str, Any], relations: list[list[Any]]) -> None:
        """Take in one node and the relations that leave it."""
        if not IGNORED_LABELS.isdisjoint(labels):
            return
        key = ":".join(sorted(labels))
        number = int.from_bytes(_digest(properties, relations))
        self.by_labels[key] = (self.by_labels.get(key, 0) + number) % 2**256
        self.nodes += 1
        self.relations += len(relations)

    @property
    def checksum(self) -> str:
        """The checksum of all that was taken in."""
        parts = [self.nodes, self.relations, sorted(self.by_labels.items())]
        return hashlib.sha256(_bytes(parts)).hexdigest()


async def checksum(driver: AsyncDriver, database: str, progress: Progress) -> Sums:
    """Read the whole graph; the result says its checksum."""
    sums = Sums()
    # A small fetch size: the server hands out as many records at a time, each of them a thousand nodes.
    async with driver.session(database=database, default_access_mode=READ_ACCESS, fetch_size=8) as session:
        async for done, total, nodes in _read(session):
            for labels, properties, relations in nodes:
                sums.add(labels, properties, relations)
            progress.count("Reading the graph", done, total)
    return sums


async def _read(session: AsyncSession) -> AsyncIterator[tuple[int, int, list[Any]]]:
    found = await (await session.run(_TOP)).single(strict=True)
    total = found["top"] + 1
    done = 0
    async for record in await session.run(_NODES, top=found["top"], step=STEP):
        done = min(done + STEP, total)
        yield done, total, record["nodes"]


def _digest(properties: dict[str, Any], relations: list[list[Any]]) -> bytes:
    for name in IGNORED & properties.keys():
        del properties[name]
    for relation in relations:
        for name in IGNORED & relation[2].keys():
            del relation[2][name]
    relations.sort(key=_order)
    return hashlib.sha256(_bytes([properties, relations])).digest()


def _order(relation: list[Any]) -> tuple[str, str, bytes]:
    type_, end, properties = relation
    return type_, end or "", _bytes(properties) if properties else b""


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=repr)
"""One form for equal values: keys sorted; 1, 1.0 and true apart; types that JSON lacks as Python writes them."""


def _bytes(value: Any) -> bytes:
    return _ENCODER.encode(value).encode()
