"""What is derived when facts are written: when a fact became known, and when it was superseded.

`claims_to` is where a fact's period ends for the comparison of sources: an open end claims nothing after its source's date,
except in an act. All follow from evidence and SUPERSEDES alone, so that the order of loading never changes them (design.md, section 2).
"""

from __future__ import annotations

from neo4j import AsyncManagedTransaction

from schema.base import SourceKind

RANKS = {str(kind): rank for rank, kind in enumerate(SourceKind)}
"""Preference by kind of source, 0 before 1."""

_KNOWN_FROM = """
UNWIND $ids AS id
MATCH (f:Fact {id: id})-[:EVIDENCE]->(e:Evidence)-[:SOURCE]->(s:Source)
WITH f, min($ranks[s.kind]) AS rank, collect(coalesce(e.published, s.published, s.retrieved)) AS days
UNWIND days AS day
WITH f, rank, min(day) AS first, max(day) AS last
SET f.known_from = first, f.rank = rank,
    f.claims_to = coalesce(f.valid_to_last, CASE WHEN rank > 0 THEN toString(date(last) + duration('P1D')) END)
"""

_CONDITIONS_KNOWN_FROM = """
UNWIND $ids AS id
MATCH (c:Condition {id: id})-[:EVIDENCE]->(e:Evidence)-[:SOURCE]->(s:Source)
WITH c, min(coalesce(e.published, s.published, s.retrieved)) AS known
SET c.known_from = known
"""

_KNOWN_TO = """
UNWIND $ids AS id
MATCH (f:Fact {id: id})
CALL (f) {
  RETURN f AS old
  UNION
  MATCH (f)-[:SUPERSEDES]->(:FactKey)<-[:KEY]-(old:Fact) RETURN old
}
WITH DISTINCT old
OPTIONAL MATCH (old)-[:KEY]->(:FactKey)<-[:SUPERSEDES]-(new:Fact) WHERE new.retracted_at IS NULL
WITH old, min(new.known_from) AS known_to
SET old.known_to = known_to
"""

_OF_SOURCES = """
UNWIND $ids AS id
MATCH (s:Source {id: id})<-[:SOURCE]-(:Evidence)<-[:EVIDENCE]-(x) WHERE x:Fact OR x:Condition
RETURN collect(DISTINCT x.id) AS ids
"""


async def known_days(tx: AsyncManagedTransaction, ids: list[str]) -> None:
    """Derive `known_from`, `known_to` and the rank of preference for the nodes in `ids` and all that depend on them."""
    dependent = await (await tx.run(_OF_SOURCES, ids=ids)).single(strict=True)
    touched = sorted({*ids, *dependent["ids"]})
    await tx.run(_KNOWN_FROM, ids=touched, ranks=RANKS)
    await tx.run(_CONDITIONS_KNOWN_FROM, ids=touched)
    await tx.run(_KNOWN_TO, ids=touched)
