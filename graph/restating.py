"""Properties of facts written again, as this program stores what the facts state: where a later program stores it otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from neo4j import AsyncManagedTransaction

from graph.records import NODE, records_of
from graph.rows import NodeRow, rows_of

_FACTS = "MATCH (f:Fact&KIND) RETURN " + NODE.format(n="f")
_SET = "UNWIND $rows AS row MATCH (f:Fact {id: row.id}) SET f += row.properties"


async def restate(tx: AsyncManagedTransaction, kind: str) -> None:
    """Write those properties of all facts of a kind that are stored otherwise; their ids and relations stay."""
    rows = [row async for row in _differing(tx, kind)]
    await (await tx.run(_SET, rows=rows)).consume()


async def _differing(tx: AsyncManagedTransaction, kind: str) -> AsyncIterator[dict[str, Any]]:
    async for found in await tx.run(_FACTS.replace("KIND", kind)):
        held = found["properties"]
        record = next(records_of(found["labels"], held, found["relations"]))
        node = next(row for row in rows_of(record) if isinstance(row, NodeRow) and row.base == "Fact")
        properties = {name: value for name, value in node.properties.items() if held.get(name) != value}
        if properties:
            yield {"id": held["id"], "properties": properties}
