"""What is decided on ids, as the graph holds it: `Identity` nodes say which id is kept for which.

Loaders follow it: what a record says of an id that is joined is written of the id that is kept. Beside it stands the record
as its source states it (`Statement`), from which the graph is made anew where a decision changes (graph/joining.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from neo4j import AsyncManagedTransaction

from graph.entities import BORROWED
from graph.records import written
from graph.rows import EdgeRow, NodeRow, base_label, rows_of
from schema.base import Entity
from schema.decisions import named, rewritten
from schema.identity import digest, fact_id
from schema.ontology import Record

_HELD = """
OPTIONAL MATCH (s:Store {id: 'store'})
RETURN s.decided AS version, COLLECT { MATCH (i:Identity) RETURN [i.id, i.kept] } AS pairs
"""
_VERSION = "OPTIONAL MATCH (s:Store {id: 'store'}) RETURN s.decided AS version"


class DecidedOtherwiseError(Exception):
    """Decisions were applied while records were written. The batch is not written: run the load again."""


@dataclass(frozen=True)
class Held:
    """For every id that is joined the one that is kept, itself included; `version` changes whenever that does."""

    kept: Mapping[str, str]
    version: str | None


async def held(tx: AsyncManagedTransaction) -> Held:
    """What the graph holds."""
    found = await (await tx.run(_HELD)).single(strict=True)
    return Held(dict(found["pairs"]), found["version"])


async def check(tx: AsyncManagedTransaction, held: Held) -> None:
    """Raises DecidedOtherwiseError. Asked after the moment is stamped, which waits for others that write."""
    found = await (await tx.run(_VERSION)).single(strict=True)
    if found["version"] != held.version:
        raise DecidedOtherwiseError(
            "decisions were applied while this was loaded: run the load again, it goes on from there"
        )


def rows(record: Record, kept: Mapping[str, str]) -> Iterator[NodeRow | EdgeRow]:
    """All that a record writes, and what it states by itself where that is not the same or may change."""
    if not kept or kept.keys().isdisjoint(named(record)):
        yield from rows_of(record)
        return
    joined = rewritten(record, kept)
    for row in rows_of(joined):
        yield _borrowed(row) if isinstance(record, Entity) and row.id == node_id(joined) != record.id else row
    id_ = statement_id(record)
    yield NodeRow("Statement", (), id_, {"record": written(record)})
    yield EdgeRow("Statement", id_, "STATES", base_label(type(joined)), node_id(joined), part_of=id_)


def _borrowed(row: NodeRow | EdgeRow) -> NodeRow | EdgeRow:
    """The name of an id that is joined to another one."""
    return replace(row, properties={**row.properties, BORROWED: True}) if isinstance(row, NodeRow) else row


def node_id(record: Record) -> str:
    """The id of the node that a record writes."""
    return record.id if isinstance(record, Entity) else fact_id(record)


def statement_id(record: Record) -> str:
    """The id of what keeps a record as its source states it."""
    return digest({"statement": written(record)})
