"""The axis of the change feed: when each node was written, changed or withdrawn.

There is no log: the feed follows from `first_recorded_at`, `recorded_at` and `retracted_at` of the nodes themselves. A node
that changes moves to its new moment, where it appears as retracted and added. The moments of transactions rise in the order
of their commits: each takes the lock of one node before it reads the clock.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from neo4j import AsyncManagedTransaction

_LOCK = "MERGE (s:Store {id: 'store'}) SET s.lock = true REMOVE s.lock RETURN s.written AS written"
_STAMP = """
MATCH (s:Store {id: 'store'}) SET s.written = $now
WITH s
UNWIND $ids AS id
MATCH (n:Fact {id: id})
SET n.first_recorded_at = coalesce(n.first_recorded_at, $now), n.recorded_at = $now,
    n.retracted_at = CASE WHEN n.withdrawn THEN $now ELSE n.retracted_at END
REMOVE n.withdrawn
"""
_SAYING = """
UNWIND $ids AS id
MATCH (:Condition {id: id})<-[:CONDITIONS]-(f:Fact) WHERE NOT f:Withdrawn
RETURN collect(DISTINCT f.id) AS ids
"""


async def saying(tx: AsyncManagedTransaction, conditions: set[str]) -> set[str]:
    """The facts that say these conditions: further evidence of a condition is a change of theirs."""
    if not conditions:
        return set()
    found = await (await tx.run(_SAYING, ids=sorted(conditions))).single(strict=True)
    return set(found["ids"])


async def stamp(tx: AsyncManagedTransaction, facts: set[str], entities: set[str]) -> None:
    """Give all these nodes the moment of this transaction. The last thing that a transaction does."""
    if not facts | entities:
        return
    held = await (await tx.run(_LOCK)).single(strict=True)
    now = after(held["written"])
    for label, ids in (("Fact", facts), ("Entity", entities)):
        await tx.run(_STAMP.replace(":Fact", f":{label}"), ids=sorted(ids), now=now)


def after(written: str | None) -> str:
    """The present moment in milliseconds, or the next one after the last that was given out."""
    now = datetime.now(UTC)
    if written is not None:
        now = max(now, datetime.fromisoformat(written) + timedelta(milliseconds=1))
    return now.isoformat(timespec="milliseconds")
