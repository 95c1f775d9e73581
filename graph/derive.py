"""What is derived when facts are written: when a fact became known, and when it was superseded.

`claims_to` is where a fact's period ends for the comparison of sources: an open end claims nothing after its source's
date, except in an act. All follow from evidence and SUPERSEDES alone, so that the order of loading never changes them
(design.md, section 2).
"""

from __future__ import annotations

from neo4j import AsyncManagedTransaction

from graph.reads.time import published
from schema.base import SourceKind

RANKS = {str(kind): rank for rank, kind in enumerate(SourceKind)}
"""Preference by kind of source, 0 before 1."""

_EVIDENCE = "-[r:EVIDENCE]->(e:Evidence)-[:SOURCE]->(s:Source)"
_DAY = published("r", "e", "s")

_KNOWN_FROM = f"""
UNWIND $ids AS id
MATCH (f:Fact {{id: id}}){_EVIDENCE}
WITH f, min($ranks[s.kind]) AS rank, min({_DAY}) AS first, max({_DAY}) AS last
WITH f, rank, first,
  coalesce(f.valid_to_last, CASE WHEN rank > 0 THEN toString(date(last) + duration('P1D')) END) AS claims_to
WHERE f.known_from IS NULL OR first IS NULL OR f.known_from <> first OR f.rank <> rank
  OR coalesce(f.claims_to, '') <> coalesce(claims_to, '')
SET f.known_from = first, f.rank = rank, f.claims_to = claims_to
RETURN collect(f.id) AS ids
"""

_CONDITIONS_KNOWN_FROM = f"""
UNWIND $ids AS id
MATCH (c:Condition {{id: id}}){_EVIDENCE}
WITH c, min({_DAY}) AS known
WHERE coalesce(c.known_from, '') <> coalesce(known, '')
SET c.known_from = known
WITH c
MATCH (f:Fact)-[:CONDITIONS]->(c)
RETURN collect(DISTINCT f.id) AS ids
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
OPTIONAL MATCH (old)-[:KEY]->(:FactKey)<-[:SUPERSEDES]-(new:Fact) WHERE new.retracted_at IS NULL AND new.withdrawn IS NULL AND new.id <> old.id
WITH old, min(new.known_from) AS known_to
WHERE coalesce(old.known_to, '') <> coalesce(known_to, '')
SET old.known_to = known_to
RETURN collect(old.id) AS ids
"""

_ATTRIBUTED = """
UNWIND $ids AS id
MATCH (f:Attribute {id: id})-[:ABOUT]->(e:Entity) WHERE e.attributed IS NULL
SET e.attributed = true
RETURN collect(DISTINCT e.id) AS ids
"""
"""Entities of which sources state properties: only there do reads look for them."""

_OF_SOURCES = """
UNWIND $ids AS id
MATCH (s:Source {id: id})<-[:SOURCE]-(:Evidence)<-[:EVIDENCE]-(x) WHERE x:Fact OR x:Condition
RETURN collect(DISTINCT x.id) AS ids
"""


async def known_days(tx: AsyncManagedTransaction, ids: set[str]) -> set[str]:
    """Derive for the nodes in `ids` and all that depend on them; give the ids of the facts that this changed."""
    touched = sorted(ids | await _ids(tx, _OF_SOURCES, sorted(ids)))
    changed = await _ids(tx, _CONDITIONS_KNOWN_FROM, touched)
    changed |= await _ids(tx, _KNOWN_FROM, touched)
    changed |= await _ids(tx, _ATTRIBUTED, touched)
    return changed | await _ids(tx, _KNOWN_TO, touched)


async def _ids(tx: AsyncManagedTransaction, text: str, ids: list[str]) -> set[str]:
    found = await (await tx.run(text, ids=ids, ranks=RANKS)).single(strict=True)
    return set(found["ids"])
