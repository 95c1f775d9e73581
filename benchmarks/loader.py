"""The command line with the driver wrapped: `python -m benchmarks.loader load FILE`. See `benchmarks.moments`.

With TRADEGRAPH_BELIEVED=FILE it loads as a bad loader would: the relations in a second transaction, and without the batches
that the file says were done.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable
from itertools import count
from pathlib import Path

from neo4j import AsyncDriver, AsyncManagedTransaction

import api.cli.loading
from api.cli.main import run
from benchmarks import moments
from graph import batches, upsert
from schema.ontology import Record


async def broken(driver: AsyncDriver, database: str, records: Iterable[Record]) -> AsyncIterator[upsert.Loaded]:
    """Looks like a loader that can be resumed, and is none."""
    believed = Path(os.environ["TRADEGRAPH_BELIEVED"])
    done = set(believed.read_text().split()) if believed.exists() else set()
    async with driver.session(database=database) as session:
        whole = iter(records)
        for number in count():
            if not (batch := batches.batch_of(whole, {})):
                return
            if str(number) in done:
                continue
            await session.execute_write(_nodes_only, batch)
            with believed.open("a") as file:
                file.write(f"{number}\n")
            yield await session.execute_write(upsert.write, batch)


async def _nodes_only(tx: AsyncManagedTransaction, batch: batches.Batch) -> None:
    await upsert.write_nodes(tx, batch)


if __name__ == "__main__":
    moments.install()
    if os.environ.get("TRADEGRAPH_BELIEVED"):
        api.cli.loading.upsert = broken  # type: ignore[attr-defined]
    run()
