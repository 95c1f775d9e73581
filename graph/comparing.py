"""What a person compares who decides whether two things are one: names, parties, days, posts and their holders."""

from __future__ import annotations

from typing import Any

from neo4j import READ_ACCESS, AsyncDriver

_COMPARED = """
MATCH (n:Agreement|Person|Post|Organisation) WHERE n.recorded_at IS NOT NULL
RETURN n.id AS id, head([l IN labels(n) WHERE l <> 'Entity']) AS kind, [n.name] + coalesce(n.alternative_names, []) AS names,
  COLLECT {
    MATCH (n)-[:PARTY]->(p:Party) RETURN p.code
    UNION MATCH (n)<-[:AGREEMENT]-(:AgreementEvent|Commitment)-[:PARTY]->(p:Party) RETURN p.code
    UNION MATCH (n)<-[:PERSON]-(:Tenure)-[:POST]->(:Post)-[:PARTY]->(p:Party) RETURN p.code
  } AS parties,
  COLLECT { MATCH (n)<-[:AGREEMENT]-(f:AgreementEvent {stage: 'SIGNED'}) RETURN DISTINCT f.valid_from } AS signed,
  COLLECT { MATCH (n)<-[:AGREEMENT]-(f:AgreementEvent {stage: 'IN_FORCE'}) RETURN DISTINCT f.valid_from } AS in_force,
  COLLECT { MATCH (n)<-[:PERSON]-(t:Tenure) RETURN DISTINCT [t.valid_from_first, t.valid_to_first] } AS terms,
  COLLECT { MATCH (n)<-[:POST]-(:Tenure)-[:PERSON]->(p:Person) RETURN DISTINCT p.name } AS holders
ORDER BY id
"""


async def compared(driver: AsyncDriver, database: str) -> list[dict[str, Any]]:
    """All agreements, persons, posts and organisations with what is compared of them."""
    async with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
        return [row.data() async for row in await session.run(_COMPARED)]
