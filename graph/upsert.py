"""Writes records: batched, idempotent, in any order."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from dataclasses import astuple, dataclass
from itertools import islice
from typing import Any, TypeVar

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph import corrections, derive, entities, feed, releases
from graph.rows import EdgeRow, NodeRow, rows_of
from schema.base import Source
from schema.ontology import Record

BATCH = 1000


@dataclass(frozen=True)
class Loaded:
    """How far a load is: records read, those of them that were new or changed something, new nodes and new relations."""

    records: int
    changed: int
    nodes: int
    relations: int

    def __add__(self, other: Loaded) -> Loaded:
        """Both together."""
        return Loaded(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


async def upsert(driver: AsyncDriver, database: str, records: Iterable[Record]) -> AsyncIterator[Loaded]:
    """Write all records and yield the running totals after each committed batch.

    The work of a batch is one managed transaction, repeated by the driver on transient errors. The same record twice
    writes nothing the second time. At the end the releases of the registers that came are settled.
    """
    done = Loaded(0, 0, 0, 0)
    iterator = iter(records)
    registers: set[str] = set()
    async with driver.session(database=database) as session:
        while batch := await asyncio.to_thread(lambda: list(islice(iterator, BATCH))):
            registers |= {each.dataset for each in batch if isinstance(each, Source) and each.dataset}
            done += await session.execute_write(_write, batch)
            yield done
    for dataset in sorted(registers):
        await releases.settle_dataset(driver, database, dataset)


async def _write(tx: AsyncManagedTransaction, batch: list[Record]) -> Loaded:
    rows = [row for record in batch for row in rows_of(record)]
    declared = [row for row in rows if isinstance(row, NodeRow) and row.base == "Entity"]
    nodes, changed = await entities.declare(tx, declared) if declared else (0, set())
    for text, parameters in _nodes(rows):
        result = await tx.run(text, rows=parameters)
        nodes += (await result.consume()).counters.nodes_created
    relations = 0
    for text, parameters in _edges(rows):
        result = await tx.run(text, rows=parameters)
        changed |= set((await result.single(strict=True))["ids"])
        counters = (await result.consume()).counters
        nodes, relations = nodes + counters.nodes_created, relations + counters.relationships_created
    facts = {row.id for row in rows if isinstance(row, NodeRow)}
    changed |= await corrections.apply(tx, facts)
    changed |= await derive.known_days(tx, facts | changed)
    await feed.stamp(tx, changed)
    written = {row.id for row in rows if isinstance(row, NodeRow) and row.base in ("Entity", "Fact")}
    return Loaded(len(batch), len(written & changed), nodes, relations)


Statement = tuple[str, list[dict[str, Any]]]


def _nodes(rows: list[NodeRow | EdgeRow]) -> list[Statement]:
    """Facts and values: named by the hash of what they say, so that one that is there already needs no change."""
    groups: dict[tuple[str, tuple[str, ...]], dict[str, NodeRow]] = defaultdict(dict)
    for row in rows:
        if isinstance(row, NodeRow) and row.base != "Entity":
            groups[row.base, row.labels][row.id] = row
    return [
        (
            f"UNWIND $rows AS row MERGE (n:{base} {{id: row.id}}) ON CREATE SET n += row.properties"
            + "".join(f", n:{label}" for label in labels),
            [{"id": row.id, "properties": row.properties} for row in _by_id(found.values())],
        )
        for (base, labels), found in groups.items()
    ]


def _edges(rows: list[NodeRow | EdgeRow]) -> list[Statement]:
    """Relations; each statement returns the ids of the nodes that got a new one."""
    groups: dict[tuple[str, str, str], list[EdgeRow]] = defaultdict(list)
    for row in rows:
        if isinstance(row, EdgeRow):
            groups[row.base, row.type, row.target_base].append(row)
    return [
        (
            _DECLARED_END.format(type=type_)
            if base == "Entity"
            else _RELATION.format(base=base, type=type_, target=target),
            [{"id": row.id, "target": row.target, "properties": row.properties} for row in _distinct(found)],
        )
        for (base, type_, target), found in groups.items()
    ]


def _distinct(rows: list[EdgeRow]) -> list[EdgeRow]:
    return _by_id({(row.id, row.target): row for row in rows}.values())


_RELATION = """
UNWIND $rows AS row MERGE (a:{base} {{id: row.id}}) MERGE (b:{target} {{id: row.target}})
MERGE (a)-[r:{type}]->(b) ON CREATE SET r += row.properties, r.new = true
WITH a, r WHERE r.new REMOVE r.new RETURN collect(DISTINCT a.id) AS ids
"""
_DECLARED_END = """
UNWIND $rows AS row MERGE (a:Entity {{id: row.id}}) MERGE (b:Entity {{id: row.target}})
WITH a, min(b.id) AS first WHERE NOT EXISTS {{ MATCH (a)-[:{type}]->(o) WHERE o.id <= first }}
MATCH (b:Entity {{id: first}})
CALL (a) {{ MATCH (a)-[old:{type}]->() DELETE old }}
MERGE (a)-[:{type}]->(b)
RETURN collect(a.id) AS ids
"""
"""An end of an entity is declared like its scalars (graph/entities.py): one, and of several the one that sorts first."""


Row = TypeVar("Row", NodeRow, EdgeRow)


def _by_id(rows: Iterable[Row]) -> list[Row]:
    """One order for all writers, so that two at once wait for each other instead of locking each other out."""
    return sorted(rows, key=lambda row: (row.id, getattr(row, "target", "")))
