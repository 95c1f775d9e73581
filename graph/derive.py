"""What is derived when facts are written: when a fact became known, and when it was superseded.

`standing` is what preference goes by: for every day on which evidence was published, the best kind of source until then
and where the fact's period ends for the comparison of sources (an open end claims nothing after its source's date, except
in an act). All follow from evidence and SUPERSEDES alone, so that the order of loading never changes them
(design.md, section 2).
"""

from __future__ import annotations

from collections.abc import Set

from neo4j import AsyncManagedTransaction

from graph.reads.time import published
from schema.base import Attribute, SourceKind
from schema.ontology import kebab

RANKS = {str(kind): rank for rank, kind in enumerate(SourceKind)}
"""Preference by kind of source, 0 before 1."""

NEVER = "9999-12-31"
"""After any day: an end that is claimed by an act, or not at all."""

_EVIDENCE = "-[r:EVIDENCE]->(e:Evidence)-[:SOURCE]->(s:Source)"
_DAY = published("r", "e", "s")

_STANDING = f"""
WITH f, {_DAY} AS day, min($ranks[s.kind]) AS rank ORDER BY day
WITH f, [each IN collect([day, rank]) WHERE each[0] IS NOT NULL] AS days
WITH f, [each IN days | [each[0], reduce(best = each[1], x IN days |
  CASE WHEN x[0] < each[0] AND x[1] < best THEN x[1] ELSE best END)]] AS days
WITH f, [each IN days | each[0] + ' ' + each[1] + ' ' + coalesce(f.valid_to_last,
  CASE WHEN each[1] = 0 THEN '{NEVER}' ELSE toString(date(each[0]) + duration('P1D')) END)] AS steps
WITH f, [i IN range(0, size(steps) - 1) WHERE i = 0 OR substring(steps[i], 11) <> substring(steps[i - 1], 11) | steps[i]]
  AS standing
"""
"""A fact's steps, "2025-06-01 3 2025-06-02": the day of evidence, the best kind of source until then, the end that it claims."""

_KNOWN_FROM = f"""
UNWIND $ids AS id
MATCH (f:Fact {{id: id}}){_EVIDENCE}{_STANDING}
WITH f, standing, left(standing[0], 10) AS first
WHERE f.known_from IS NULL OR first IS NULL OR f.standing <> standing
SET f.known_from = first, f.standing = standing
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

_ATTRIBUTE = f"{kebab(Attribute.__name__)}/"
_ATTRIBUTED = """
UNWIND $ids AS id
MATCH (f:Fact&Attribute {id: id})-[:ABOUT]->(e:Entity) WHERE e.attributed IS NULL
SET e.attributed = true
RETURN collect(DISTINCT e.id) AS ids
"""
"""Entities of which sources state properties: only there do reads look for them."""

_OF_SOURCES = """
UNWIND $ids AS id
MATCH (s:Entity&Source {id: id})<-[:SOURCE]-(:Evidence)<-[:EVIDENCE]-(x) WHERE x:Fact OR x:Condition
RETURN collect(DISTINCT x.id) AS ids
"""


async def known_days(
    tx: AsyncManagedTransaction, facts: Set[str], conditions: Set[str] = frozenset(), sources: Set[str] = frozenset()
) -> set[str]:
    """Derive for these nodes and all that depend on them; give the ids of the facts that this changed."""
    of_sources = await _ids(tx, _OF_SOURCES, sources)
    changed = await _ids(tx, _CONDITIONS_KNOWN_FROM, conditions | of_sources)
    touched = facts | of_sources
    changed |= await _ids(tx, _KNOWN_FROM, touched)
    changed |= await _ids(tx, _ATTRIBUTED, {each for each in facts if each.startswith(_ATTRIBUTE)})
    return changed | await _ids(tx, _KNOWN_TO, touched)


async def _ids(tx: AsyncManagedTransaction, text: str, ids: Set[str]) -> set[str]:
    if not ids:
        return set()
    found = await (await tx.run(text, ids=sorted(ids), ranks=RANKS)).single(strict=True)
    return set(found["ids"])
