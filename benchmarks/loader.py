"""The command line with the driver wrapped: `python -m benchmarks.loader load FILE`. See `benchmarks.moments`.

With TRADEGRAPH_BELIEVED=FILE it loads as a bad loader would: the relations in a second transaction, and without the batches
that the file says were done.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

from neo4j import AsyncDriver, AsyncManagedTransaction

import api.cli.loading
from api.cli.main import run
from benchmarks import moments
from graph import upsert
from graph.rows import rows_of
from schema.ontology import Record


async def broken(driver: AsyncDriver, database: str, records: Iterable[Record]) -> AsyncIterator[upsert.Loaded]:
    """Looks like a loader that can be resumed, and is none."""
    believed = Path(os.environ["TRADEGRAPH_BELIEVED"])
    done = set(believed.read_text().split()) if believed.exists() else set()
    async with driver.session(database=database) as session:
        for number, batch in enumerate(_batches(records)):
            if str(number) in done:
                continue
            await session.execute_write(_nodes_only, batch)
            with believed.open("a") as file:
                file.write(f"{number}\n")
            yield await session.execute_write(upsert._write, batch)


def _batches(records: Iterable[Record]) -> Iterable[list[Record]]:
    whole = list(records)
    return [whole[start : start + upsert.BATCH] for start in range(0, len(whole), upsert.BATCH)]


async def _nodes_only(tx: AsyncManagedTransaction, batch: list[Record]) -> None:
    rows: list[Any] = [row for record in batch for row in rows_of(record)]
    for text, parameters in upsert._nodes(rows):
        await (await tx.run(text, rows=parameters)).consume()


if __name__ == "__main__":
    moments.install()
    if os.environ.get("TRADEGRAPH_BELIEVED"):
        api.cli.loading.upsert = broken  # type: ignore[attr-defined]
    run()
