"""Writes records: batched, idempotent, in any order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Set
from dataclasses import astuple, dataclass
from typing import Any

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph import corrections, derive, entities, feed, identities, releases
from graph.batches import Batch, Edges, ahead
from schema.ontology import Record


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
    writes nothing the second time. What is decided on the ids that they name is followed (graph/identities.py); raises
    DecidedOtherwiseError where that changes meanwhile. At the end the releases of the registers that came are settled.
    """
    done = Loaded(0, 0, 0, 0)
    registers: set[str] = set()
    async with driver.session(database=database) as session:
        held = await session.execute_read(identities.held)
        async with ahead(iter(records), held.kept) as batches:
            async for batch in batches:
                registers |= batch.registers
                done += await session.execute_write(_write_as, batch, held)
                yield done
    for dataset in sorted(registers):
        await releases.settle_dataset(driver, database, dataset)


async def _write_as(tx: AsyncManagedTransaction, batch: Batch, held: identities.Held) -> Loaded:
    written = await write(tx, batch)
    await identities.check(tx, held)
    return written


async def write(tx: AsyncManagedTransaction, batch: Batch, gone: Set[str] = frozenset()) -> Loaded:
    """Write one batch in a transaction of the caller's, who may have withdrawn the facts `gone` in it before."""
    new, declared = await entities.declare(tx, batch.entities) if batch.entities else (0, set())
    nodes = await write_nodes(tx, batch)
    fresh = {kind: [row for row in rows if row.part_of in nodes.ids] for kind, rows in batch.content.items()}
    ends = await _relate(tx, _DECLARED_END, batch.ends)
    content = await _relate(tx, _CONTENT, fresh)
    others = await _relate(tx, _OTHER, batch.others)
    written = nodes + ends + content + others
    changed = declared | nodes.ids | ends.ids | others.ids
    changed |= await corrections.apply(tx, batch.ids("Fact"))
    facts = changed - batch.ids(*batch.bases() - {"Fact"})
    conditions = changed & batch.ids("Condition")
    facts |= await derive.known_days(tx, facts, conditions, changed & batch.ids("Entity"))
    facts |= await feed.saying(tx, conditions)
    await feed.stamp(tx, facts | gone, changed & batch.ids("Entity"))
    return Loaded(
        batch.records,
        len((changed | facts) & batch.ids("Entity", "Fact")),
        new + written.nodes,
        written.relations,
    )


@dataclass(frozen=True)
class Written:
    """The nodes that are new or have a new relation, and how many nodes and relations are new."""

    ids: frozenset[str] = frozenset()
    nodes: int = 0
    relations: int = 0

    def __add__(self, other: Written) -> Written:
        """Both together."""
        return Written(self.ids | other.ids, self.nodes + other.nodes, self.relations + other.relations)


async def write_nodes(tx: AsyncManagedTransaction, batch: Batch) -> Written:
    """Facts and values: named by the hash of what they say, so that one that is there already needs no change."""
    written = Written()
    for (base, labels), rows in batch.nodes.items():
        text = _NODE.format(base=base, labels="".join(f", n:{label}" for label in labels))
        written += await _run(tx, text, [{"id": row.id, "properties": row.properties} for row in rows])
    return written


async def _relate(tx: AsyncManagedTransaction, text: str, edges: Edges) -> Written:
    written = Written()
    for (base, type_, target), rows in edges.items():
        if rows:
            parameters = [{"id": row.id, "target": row.target, "properties": row.properties} for row in rows]
            written += await _run(tx, text.format(base=base, type=type_, target=target), parameters)
    return written


async def _run(tx: AsyncManagedTransaction, text: str, rows: list[dict[str, Any]]) -> Written:
    result = await tx.run(text, rows=rows)
    ids = (await result.single(strict=True))["ids"]
    counters = (await result.consume()).counters
    return Written(frozenset(ids), counters.nodes_created, counters.relationships_created)


_NODE = """
UNWIND $rows AS row MERGE (n:{base} {{id: row.id}}) ON CREATE SET n += row.properties, n.new = true{labels}
ON MATCH SET n += CASE WHEN n.content IS NULL AND row.properties.content IS NOT NULL THEN {{content: row.properties.content}} ELSE {{}} END
WITH n WHERE n.new REMOVE n.new RETURN collect(n.id) AS ids
"""
"""A fact that was stated without the row of a register, and is now stated with one, gets what the settling of releases reads."""
_CONTENT = """
UNWIND $rows AS row MERGE (a:{base} {{id: row.id}}) MERGE (b:{target} {{id: row.target}})
CREATE (a)-[r:{type}]->(b) SET r = row.properties
RETURN [] AS ids LIMIT 1
"""
"""What a new node says: its relations are new as it is."""
_OTHER = """
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
