"""Tariff measures loaded as a loader does it, and the same nodes and relations by Neo4j's importer: `python -m benchmarks.load FACTS`.

Prints the rate and the memory after each tenth, so that it shows whether they stay, and the ratio of both ways at the end. Between the
two stands what MERGE costs by itself: the same nodes and relations in the same batches, one statement for each label and type, and
nothing derived from them.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psutil
from neo4j import AsyncManagedTransaction

from api.cli.database import driver_of
from benchmarks import synthetic
from graph import constraints
from graph.batches import Batch, ahead
from graph.connection import Connection
from graph.embedded.progress import progress_on
from graph.embedded.server import running
from graph.store import prepare
from graph.upsert import upsert
from schema.base import Evidence, Redistribution, Source, SourceKind
from schema.dates import parse_partial
from schema.duty_grammar import read_duty
from schema.ontology import Record
from schema.parties import Country
from schema.tariffs import OriginScope, ProductScope, TariffMeasure


def records(facts: int) -> Iterator[Record]:
    """As many measures as the shape of `synthetic` has: shared scopes, evidence of its own for each, a row of a register."""
    yield from (Country(id=f"country/{i:02}", name=f"Country {i}", code=f"{i:02}") for i in range(100))
    yield Source(
        id="source/test/schedule",
        name="Schedule",
        kind=SourceKind.DATASET,
        redistribution=Redistribution.ALL,
        published=date(2025, 1, 1),
        dataset="test/schedule",
    )
    duties = [read_duty(f"{i}%") for i in range(90)]
    start = parse_partial("2025-01-01")
    for i in range(facts):
        yield TariffMeasure(
            importer=f"country/{i % 100:02}",
            origins=OriginScope(include=(f"country/{i % 99:02}",)),
            products=ProductScope(include=(f"{1000 + i % 5000}",)),
            product_scope="goods",
            authority="MFN",
            programme=f"P{i}",
            duty=duties[i % 90],
            valid_from=start,
            row=f"test/schedule#{i}",
            evidence=(Evidence(source="source/test/schedule", locator=f"row {i}"),),
        )


_NODES = "UNWIND $rows AS row MERGE (n:{base} {{id: row.id}}) ON CREATE SET n += row.properties{labels}"
_EDGES = (
    "UNWIND $rows AS row MERGE (a:{base} {{id: row.id}}) MERGE (b:{target} {{id: row.target}}) MERGE (a)-[:{type}]->(b)"
)


async def _merged(tx: AsyncManagedTransaction, batch: Batch) -> None:
    for (base, labels), nodes in {("Entity", ()): batch.entities, **batch.nodes}.items():
        text = _NODES.format(base=base, labels="".join(f", n:{label}" for label in labels))
        await tx.run(text, rows=[{"id": row.id, "properties": row.properties} for row in nodes])
    for edges in (batch.ends, batch.content, batch.others):
        for (base, type_, target), rows in edges.items():
            text = _EDGES.format(base=base, type=type_, target=target)
            await tx.run(text, rows=[{"id": row.id, "target": row.target} for row in rows])


async def _bare(where: Connection, facts: int) -> float:
    """The seconds that MERGE alone takes."""
    began = time.monotonic()
    async with driver_of(where) as driver:
        await prepare(driver, where.database)
        async with driver.session(database=where.database) as session, ahead(records(facts), {}) as batches:
            async for batch in batches:
                await session.execute_write(_merged, batch)
    return time.monotonic() - began


async def _indexed(where: Connection) -> float:
    """The seconds that the constraints and indexes of an imported graph take."""
    began = time.monotonic()
    async with driver_of(where) as driver:
        await constraints.apply(driver, where.database)
        await driver.execute_query("CALL db.awaitIndexes(3600)", database_=where.database)
    return time.monotonic() - began


async def _load(where: Connection, facts: int) -> float:
    process, began, shown = psutil.Process(), time.monotonic(), 0
    async with driver_of(where) as driver:
        await prepare(driver, where.database)
        async for done in upsert(driver, where.database, records(facts)):
            if done.records >= shown or done.records >= facts:
                memory = process.memory_info().rss // 1024**2
                print(f"{done.records:9} records, {time.monotonic() - began:7.1f} s, {memory} MB here", flush=True)
                shown += facts // 10
    return time.monotonic() - began


def main() -> None:
    """Load both ways and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=int, nargs="?", default=1_000_000)
    facts = parser.parse_args().facts
    with tempfile.TemporaryDirectory() as folder:
        with running(Path(folder) / "loaded", progress_on()) as where:
            ours = asyncio.run(_load(where, facts))
        with running(Path(folder) / "merged", progress_on()) as where:
            bare = asyncio.run(_bare(where, facts))
        theirs = synthetic.make(Path(folder) / "imported", facts)
        with running(Path(folder) / "imported", progress_on()) as where:
            theirs += asyncio.run(_indexed(where))
    rates = {"loaded, with the rows settled": ours, "MERGE alone": bare, "imported and indexed": theirs}
    for name, seconds in rates.items():
        print(f"{name}: {facts / seconds:.0f} a second, {theirs / seconds:.2f} of the importer")


if __name__ == "__main__":
    main()
