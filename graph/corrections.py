"""Our own misreadings: a statement read again, otherwise, from the same source withdraws the earlier reading.

Two readings of one statement carry one key. The earlier is retracted, never overwritten, and comes back if it is loaded
again. Acts and releases that change something are no corrections: they have keys of their own and supersede.
"""

from __future__ import annotations

from neo4j import AsyncManagedTransaction

_READ_OTHERWISE = """
UNWIND $ids AS id
MATCH (f:Fact {id: id})-[:KEY]->(:FactKey)<-[:KEY]-(old:Fact)
WHERE old.id <> f.id AND NOT old.id IN $ids AND old.retracted_at IS NULL
  AND EXISTS {
    MATCH (f)-[:EVIDENCE]->(:Evidence)-[:SOURCE]->(s:Source)
    MATCH (old)-[:EVIDENCE]->(:Evidence)-[:SOURCE]->(s)
  }
SET old.withdrawn = true
RETURN collect(DISTINCT old.id) AS ids
"""
_READ_AGAIN = """
UNWIND $ids AS id
MATCH (f:Fact {id: id}) WHERE f.retracted_at IS NOT NULL
REMOVE f.retracted_at
RETURN collect(f.id) AS ids
"""


async def apply(tx: AsyncManagedTransaction, ids: set[str]) -> set[str]:
    """Withdraw what the facts in `ids` correct, bring back those that had been retracted; give the ids of all these.

    The moment of a retraction is that of the transaction: `feed.stamp` writes it."""
    changed: set[str] = set()
    for text in (_READ_AGAIN, _READ_OTHERWISE):
        found = await (await tx.run(text, ids=sorted(ids))).single(strict=True)
        changed |= set(found["ids"])
    return changed
